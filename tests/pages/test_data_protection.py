"""The page on what is done with whose data says what is so at this school, and the public page tells the same times."""

from induction.settings import MailServer
from induction.wording.retention import ABOUT
from tests.cast import own_site
from tests.pages.test_erasing import erase

PAGE = "/school/data-protection"


def test_it_is_filled_in_with_what_is_set(cast):
    page = cast.lou.open("/school/settings")
    page = cast.lou.press("Data protection")
    assert page.is_at(PAGE)
    assert "Controller: Wrenfield School" in page.text and "none named under Settings yet" in page.text
    assert "at present 5 people, and 1 who left" in page.text and "No mail server is set." in page.text
    assert "Not encrypted:" in page.text and "New ones are not encrypted" in page.text
    assert "Not agreed yet." in page.text and "No backup lies on this machine yet." in page.text
    assert page.text.count("For the school to fill in:") == 5
    assert all(about.title in page.text for about in ABOUT.values())


def test_it_says_another_thing_where_another_is_set(template, tmp_path):
    mail = MailServer("mail.school.example", 587, False, True, None, None, "induction@school.example")
    cast = own_site(template, tmp_path / "data", url="https://induction.school.example", smtp=mail, backup_keys=("age1x",))
    cast.lou.client.environ_base["wsgi.url_scheme"] = "https"
    page = cast.lou.open(PAGE)
    assert "mail server mail.school.example" in page.text and "it is encrypted (https)" in page.text
    assert "New ones are encrypted:" in page.text
    cast.records.close()


def test_times_are_those_that_were_agreed(cast):
    before = cast.browser().open("/what-we-keep")
    assert "decides how long; ask your induction lead" in before.text and "Answers in training:" not in before.text
    cast.lou.open("/school/retention")
    cast.lou.press("Yes, keep to these times", answers="18", left="120")
    for page in (cast.lou.open(PAGE), cast.browser().open("/what-we-keep"), cast.tess.open("/what-we-keep")):
        assert "Answers in training: 18 months after the lesson was passed" in page.text
        assert "People who left: 10 years after their account ended." in page.text and "What leads did: 7 years" in page.text
    assert "Not agreed yet." not in cast.lou.open(PAGE).text


def test_what_we_keep_leads_leads_there_and_nobody_else(cast):
    words = "what is done with whose data"
    assert cast.lou.open("/what-we-keep").has_link(words)
    for browser in (cast.browser(), cast.tess, cast.max):
        assert not browser.open("/what-we-keep").has_link(words)
    assert cast.tess.open(PAGE).status == cast.max.open(PAGE).status == 404


def test_who_was_erased_is_counted_as_nobody(cast):
    erase(cast, "ana")
    assert "at present 5 people, and 0 who left" in cast.lou.open(PAGE).text
