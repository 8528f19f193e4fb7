"""Asking for a new password at sign-in: nobody learns who is known here; and links that something stuck to."""

from datetime import UTC, datetime

import pytest

from induction.bridges import mail
from induction.records.people.one_time_links import LinkKind
from induction.services import letters, posting
from induction.services import people as deeds
from induction.services.posting import Round
from tests.cast import email_of
from tests.post import PostOffice


@pytest.fixture
def mailed(cast):
    letters.set_up_office(cast.records, "http://localhost", open=True)
    return cast


def ask(cast, email, browser=None):
    browser = browser or cast.browser()
    browser.open("/forgotten")
    return browser.press("Send me a link", email=email)


def test_the_answer_is_the_same_for_everybody(mailed):
    kim = mailed.add("Kim Invited")
    asked = (email_of("tess"), kim.email, email_of("ana"), "nobody@elsewhere.example", " TESS@Wrenfield.example ")
    pages = [ask(mailed, email) for email in asked]
    assert {(page.status, page.path, page.text) for page in pages} == {(200, "/forgotten?asked=1", pages[0].text)}
    assert "If an account here has that email, a letter with a link is on its way." in pages[0].text
    rows = mailed.records.rows("select email from password_requests order by id")
    assert [row["email"] for row in rows] == [email_of("tess"), kim.email, email_of("ana"), "nobody@elsewhere.example"], "each once"
    assert mailed.records.value("select count(*) from letters") == 0, "looked up later, by nobody who waits for an answer"


@pytest.mark.parametrize("typed", ["", "tess", "a@", "@", "x" * 300 + "@x.example", "tess@wrenfield.example\r\nBcc: x", "a\0@x.example"])
def test_what_is_no_email_is_not_kept_and_comes_back(mailed, typed):
    page = ask(mailed, typed)
    assert page.status == 200 and (page.problems or page.is_at("/forgotten"))
    assert mailed.records.value("select count(*) from password_requests where email not like '%@%.example'") == 0


def test_where_there_is_no_mail_or_it_is_held_one_asks_the_lead(cast):
    for held in (False, True):
        letters.set_up_office(cast.records, "http://localhost", open=held)
        letters.hold(cast.records, held, by=cast.who("lou").id, now=datetime.now(UTC))
        page = cast.browser().open("/forgotten")
        assert not page.has_button("Send me a link") and "Ask your induction lead for a link to choose a new one." in page.text
        cast.browser().send("/forgotten", {"email": email_of("tess")})
    assert cast.records.value("select count(*) from password_requests") == 0


def test_the_link_in_the_letter_opens_a_page_with_a_button_and_the_new_password_works(mailed):
    ask(mailed, email_of("tess"))
    with PostOffice() as office:
        posting.deliver(Round(mailed.records, lambda: mail.dial(office.set_up), lambda: datetime.now(UTC), lambda letter: ""))
        [one] = office.arrived
        path = next(line for line in one.text.splitlines() if "/reset/" in line).removeprefix("http://localhost")
        for _ in range(2):  # a scanner first
            browser = mailed.browser()
            browser.open(path)
        new = "seven mild badgers hum"
        page = browser.press("Save and begin" if browser.page.has_button("Save and begin") else _only(browser), password=new)
        assert page.status == 200 and not page.problems
        posting.deliver(Round(mailed.records, lambda: mail.dial(office.set_up), lambda: datetime.now(UTC), lambda letter: ""))
        assert "was changed" in office.arrived[1].subject
    mailed.sign_in("tess", password=new)


def _only(browser):
    return [each.text for each in browser.page.main.all("button")][-1]


@pytest.mark.parametrize("by", ["lou", None])
@pytest.mark.parametrize(
    "stuck", ["{}.", "{}).", "{}>", "{}\u201d", "{}&times;", "{}\u00d7", "{},", "{} and", "{}%20", "&lt;{}", "{}&copy=1", "{}=", "{}*"]
)
@pytest.mark.parametrize("kind", [LinkKind.INVITATION, LinkKind.RESET])
def test_whatever_sticks_to_a_link_it_opens(cast, kind, by, stuck):
    by = by and cast.who(by).id
    token = deeds.make_link(cast.records, cast.who("sam").id, kind, by=by, now=datetime.now(UTC))
    assert len(token) == (32 if by else 43)
    page = cast.browser().open(f"/{kind}/" + stuck.format(token))
    assert page.status == 200 and "sam@wrenfield.example" in page.html
