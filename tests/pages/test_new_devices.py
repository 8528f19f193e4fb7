"""A sign-in in a browser that was not known: its owner gets a letter, and by its link says that it was not they."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from induction.bridges import mail
from induction.records.people import new_devices
from induction.records.people.new_devices import NewDevice
from induction.records.people.one_time_links import LinkKind
from induction.records.store.columns import moment_text
from induction.records.store.database import transaction
from induction.rules.letters import LetterKind
from induction.rules.second_factor import SessionWay
from induction.services import letters, posting
from induction.services.posting import Round
from tests.cast import PASSWORD, Cast, email_of
from tests.pages.test_second_step import has_app
from tests.post import PostOffice

LINK = re.compile(r"http://localhost(/not-me/[A-Za-z0-9_-]{43})")
USED = "This link does not work"


@pytest.fixture
def mailed(cast):
    letters.set_up_office(cast.records, "http://localhost", open=True)
    return cast


def letters_of(cast: Cast, kind: LetterKind) -> list[str]:
    rows = cast.records.rows("select email, words from letters where kind = ? order by id", [kind])
    return [f"{row['email']}: {row['words']}" for row in rows]


def told(cast: Cast, who: str) -> list[str]:
    rows = cast.records.rows("select what from sign_in_events where person = ? order by id", [cast.who(who).id])
    return [row["what"] for row in rows]


def signed_in_elsewhere(cast: Cast, who: str = "tess") -> str:
    """Somebody signs in to the account in another browser; the address of the link in the letter."""
    assert cast.tess if who == "tess" else getattr(cast, who)
    cast.sign_in(who)
    return LINK.search(letters_of(cast, LetterKind.NEW_DEVICE)[-1])[1]


def test_the_first_sign_in_is_told_to_nobody_and_the_next_one_elsewhere_is(mailed):
    browser = mailed.sign_in("tess")
    assert told(mailed, "tess") == []
    browser.open("/")
    browser.press("Sign out")
    mailed.sign_in("tess", browser)
    assert told(mailed, "tess") == [], "a browser that is known"
    mailed.sign_in("tess")
    assert told(mailed, "tess") == ["new device"]
    [letter] = letters_of(mailed, LetterKind.NEW_DEVICE)
    assert letter.startswith(f"{email_of('tess')}: ") and "with the password in Safari on iPhone" in letter
    assert "127.0.0.1" not in letter


def test_without_mail_it_stands_in_the_history_alone(cast):
    assert cast.tess
    cast.sign_in("tess")
    assert told(cast, "tess") == ["new device"]
    assert cast.records.value("select count(*) from new_devices") == cast.records.value("select count(*) from letters") == 0


def test_a_password_that_was_chosen_by_a_link_is_told_of_once(mailed):
    """The letter on the new password tells of it already."""
    kim = mailed.add("Kim Invited")
    assert kim
    browser = mailed.browser()
    browser.open(f"/invitation/{mailed.link(LinkKind.INVITATION, 'kim')}")
    browser.press("Open my induction", password="nine quiet herons wade")
    assert told(mailed, "kim") == []


def test_it_goes_as_a_letter(mailed):
    signed_in_elsewhere(mailed)
    with PostOffice() as office:
        posting.deliver(Round(mailed.records, lambda: mail.dial(office.set_up), lambda: datetime.now(UTC), lambda letter: ""))
        [one] = office.arrived
    assert "new device" in one.subject and "/not-me/" in one.text


def test_a_browser_that_forgets_brings_a_few_letters_and_each_time_an_entry(mailed):
    assert mailed.tess
    for _ in range(5):
        mailed.sign_in("tess")
    assert len(letters_of(mailed, LetterKind.NEW_DEVICE)) == 3 and told(mailed, "tess") == ["new device"] * 5


def test_opening_the_link_changes_nothing(mailed):
    link, before = signed_in_elsewhere(mailed), mailed.all_that_is_kept()
    page = mailed.browser().open(link)
    assert page.heading == "Was this not you?" and "with the password, in Safari on iPhone." in page.text
    assert mailed.browser().open(f"{link}.").heading == "Was this not you?", "with the full stop that stuck to it"
    assert mailed.all_that_is_kept() == before and mailed.tess.open("/record").status == 200


def test_whoever_says_so_is_signed_out_everywhere_and_gets_a_link_for_a_new_password(mailed):
    link = signed_in_elsewhere(mailed)
    mailed.tess.open(link)
    page = mailed.tess.press("This was not me")
    assert page.heading == "You are safe for now: everybody was signed out"
    assert "your induction leads are told" in page.text and "on its way" in page.text
    assert "Tess" not in page.document.text, "signed out here, too"
    assert mailed.records.value("select count(*) from sessions where person = ?", [mailed.who("tess").id]) == 0
    assert mailed.try_to_sign_in("tess", mailed.browser(), PASSWORD).heading == "Sign in"
    assert mailed.records.value("select count(*) from devices") == 0, "no browser is known any more"
    assert told(mailed, "tess") == ["new device", "not me"]
    [lead] = letters_of(mailed, LetterKind.NOT_ME)
    assert lead.startswith(email_of("lou")) and "Tess Okafor said that somebody else had signed in" in lead
    with PostOffice() as office:
        posting.deliver(Round(mailed.records, lambda: mail.dial(office.set_up), lambda: datetime.now(UTC), lambda letter: ""))
        [words] = [each.text for each in office.arrived if each.subject.startswith("A new password")]
    assert "The password of before has ended" in words
    browser = mailed.browser()
    browser.open(re.search(r"http://localhost(/reset/\S+)", words)[1])
    browser.press("Save the password", password="nine quiet herons wade")
    assert browser.open("/record").status == 200 and told(mailed, "tess") == ["new device", "not me"]


def test_it_works_once(mailed):
    link = signed_in_elsewhere(mailed)
    first, second = mailed.browser(), mailed.browser()
    first.open(link)
    second.open(link)
    first.press("This was not me")
    assert second.press("This was not me").heading == USED
    assert told(mailed, "tess").count("not me") == 1


def test_a_link_that_is_made_up_or_too_old_is_the_same_calm_page(mailed):
    link = signed_in_elsewhere(mailed)
    with transaction(mailed.records):
        mailed.records.execute("update new_devices set at = ?", [moment_text(datetime.now(UTC) - timedelta(days=30, minutes=1))])
    pages = [mailed.browser().open(address) for address in (link, "/not-me/" + "a" * 43, "/not-me/x", "/not-me/%00")]
    assert {(page.status, page.heading) for page in pages} == {(404, USED)}
    mailed.lou.send("/not-me/" + "a" * 43)
    assert told(mailed, "tess") == ["new device"]


def test_the_only_lead_is_told_nothing_of_themselves(mailed):
    link = signed_in_elsewhere(mailed, "lou")
    browser = mailed.browser()
    browser.open(link)
    page = browser.press("This was not me")
    assert letters_of(mailed, LetterKind.NOT_ME) == [] and "leads are told" not in page.text


def test_a_password_without_the_second_step_is_told_as_what_it_is(mailed):
    """Somebody knows the password, and nothing more."""
    has_app(mailed, "max")
    mailed.was_here("max")
    stranger = mailed.browser()
    assert mailed.try_to_sign_in("max", stranger).heading == "Your second step"
    [letter] = letters_of(mailed, LetterKind.NEW_DEVICE)
    assert "somebody who knows your password" in letter and "had not given it" in letter
    owner = mailed.browser()
    owner.open(LINK.search(letter)[1])
    assert owner.press("This was not me").heading == "You are safe for now: everybody was signed out"
    assert stranger.open("/second-step").is_at("/sign-in")
    assert mailed.records.value("select count(*) from code_apps") == 1, "the second step stays"


def test_where_one_is_signed_in_says_that_the_second_step_was_not_given(cast):
    has_app(cast, "max")
    assert cast.max.open("/second-step")
    with transaction(cast.records):
        cast.records.execute("update sessions set due = null where person = ?", [cast.who("max").id])
    cast.try_to_sign_in("max", cast.browser())
    assert "without the second step, so it opens nothing yet" in cast.max.open("/account/devices").text


def test_whoever_has_no_password_is_told_what_to_do_elsewhere(mailed):
    """They came in by an account elsewhere: that is where the password has to be changed."""
    kim = mailed.add("Kim Elsewhere")
    with transaction(mailed.records):
        token = new_devices.put(mailed.records, NewDevice(kim.id, datetime.now(UTC), "", SessionWay.MICROSOFT))
        mailed.records.execute("update people set password_hash = null where id = ?", [kim.id])
    browser = mailed.browser()
    browser.open(f"/not-me/{token}")
    page = browser.press("This was not me")
    assert "came in with Microsoft" in page.text and "Your password has ended" not in page.text
    assert mailed.records.value("select count(*) from letters where kind = ?", [LetterKind.NEW_PASSWORD]) == 0


def test_the_page_of_whoever_said_so_tells_leads_what_is_true(mailed):
    link, browser = signed_in_elsewhere(mailed, "max"), mailed.browser()
    browser.open(link)
    browser.press("This was not me")
    max = mailed.who("max")
    page = mailed.lou.open(f"/school/people/{max.id}")
    assert "Max’s password ended on" in page.text and "A link for a new one went to them." in page.text
    assert page.has_button("Make a link for a new password") and not page.has_button("Make a new invitation")
    assert {"How Max signs in", "Second step"} <= {each.text for each in page.document.all("h2")}
    assert "The site made a link for a new password, as Max" in page.text and "somebody at the sign-in" not in page.text
    assert "Max" in mailed.lou.open("/school/people?show=no-second-step").text
    mailed.lou.open(f"/school/people/{max.id}")
    assert mailed.lou.press("Make a link for a new password").status == 200
