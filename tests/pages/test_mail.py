"""Mail, as a lead sees it: how each letter stands in the server's words, what to do, and the buttons."""

from datetime import UTC, datetime, timedelta

import pytest

from induction.bridges import mail
from induction.records.people.one_time_links import LinkKind
from induction.records.school import chores, outbox
from induction.records.store.database import transaction
from induction.rules.letters import LetterKind
from induction.services import letters, posting
from induction.services import people as deeds
from induction.services.posting import Round
from induction.serving import caretaker
from induction.wording.letters import Letter as Words
from tests.cast import email_of
from tests.post import Blunt, PostOffice, but


@pytest.fixture
def office(cast):
    letters.set_up_office(cast.records, "http://localhost", open=True)
    with PostOffice() as server:
        yield server


def deliver(cast, office, now=None):
    return posting.deliver(Round(cast.records, lambda: mail.dial(office.set_up), lambda: now or datetime.now(UTC), lambda letter: ""))


def put(cast, who, key="a", **more):
    now = datetime.now(UTC)
    with transaction(cast.records):
        assert letters.put(
            cast.records, LetterKind.NOTE, cast.who(who), Words(f"About {key}", "Secret words"), key=key, why="so", now=now, **more
        )
    return outbox.with_key(cast.records, key).id


def test_without_mail_it_says_how_all_goes_on_and_what_to_do(cast):
    page = cast.lou.open("/school/mail")
    assert "This site has no mail server" in page.text and "set INDUCTION_SMTP" in page.text
    assert not page.has_button("Send me a test letter")


def test_the_settings_lead_there(cast):
    cast.lou.open("/school/settings")
    assert cast.lou.press("Mail").heading == "Mail"


def test_a_test_letter_goes_to_whoever_asks_and_the_page_says_so(cast, office):
    cast.lou.open("/school/mail")
    page = cast.lou.press("Send me a test letter")
    assert "A test letter to lou@wrenfield.example is on its way." in page.text and "1 letter waits." in page.text
    deliver(cast, office)
    page = cast.lou.open("/school/mail")
    assert "Mail works. The last letter went today." in page.text and "Sent today" in page.text
    assert [one.to for one in office.arrived] == [[email_of("lou")]]


def test_held_all_waits_and_a_second_press_changes_nothing(cast, office):
    cast.lou.open("/school/mail")
    twice = cast.lou.filled("Hold all letters")
    for _ in range(2):
        page = cast.lou.send(twice[0], twice[1], token=False)
        assert "Letters are held back." in page.text
    page = cast.lou.press("Send me a test letter")
    assert "written and held back" in page.text
    deliver(cast, office)
    assert office.arrived == []
    cast.lou.press("Let all letters go")
    deliver(cast, office)
    assert len(office.arrived) == 1


@pytest.mark.parametrize("held", [None, "", "maybe", "no\0"])
def test_holding_with_anything_else_than_its_buttons_does_nothing(cast, office, held):
    letters.hold(cast.records, True, by=cast.who("lou").id, now=datetime.now(UTC))
    cast.lou.open("/school/mail")
    assert cast.lou.send("/school/mail/hold", {} if held is None else {"held": held}).status == 400
    assert letters.office(cast.records).held


def test_a_refusal_stands_in_the_servers_words_with_what_to_do_and_goes_again(cast, office):
    office.answers.rcpt = lambda to: "550 5.1.1 <b>No such</b> mailbox"
    number = put(cast, "tess")
    deliver(cast, office)
    page = cast.lou.open("/school/mail?show=refused")
    assert "550 5.1.1 <b>No such</b> mailbox" in page.text and "Look whether the address is right" in page.text
    assert "Secret words" not in page.html
    person = cast.lou.open(f"/school/people/{cast.who('tess').id}")
    assert "The mail server refuses Tess’s address: 550 5.1.1" in person.text
    office.answers.rcpt = lambda to: None
    cast.lou.open("/school/mail")
    path, values, _ = cast.lou.filled("Send again to Tess Okafor")
    assert "It is on its way again." in cast.lou.send(path, values, token=False).text
    assert "is waiting to go already" in cast.lou.send(path, values, token=False).text, "pressed twice"
    deliver(cast, office)
    assert outbox.find(cast.records, number).state == "sent" and len(office.arrived) == 1
    assert "refuses" not in cast.lou.open(f"/school/people/{cast.who('tess').id}").text


def test_one_perhaps_sent_says_why(cast, office):
    put(cast, "tess")
    with Blunt(but(dot=None)) as blunt:
        deliver(cast, blunt)
    page = cast.lou.open("/school/mail?show=unsure")
    assert "Perhaps sent today" in page.text and "The line broke while it was being posted" in page.text
    assert "Of 1 nobody knows whether it arrived" in page.text and page.has_button("Send again to Tess Okafor")


def test_trouble_says_since_when_in_the_servers_words_and_what_to_do(cast, office):
    put(cast, "tess")
    office.answers.mail = lambda sender: "535 5.7.8 Wrong password for school"
    deliver(cast, office)
    page = cast.lou.open("/school/mail")
    assert "The mail server could not be used since" in page.text and "535 5.7.8 Wrong password for school" in page.text
    assert "See that name and password in INDUCTION_SMTP are right" in page.text and "It is tried again at" in page.text


def test_what_was_too_late_is_told_without_its_words(cast, office):
    put(cast, "tess", not_after=datetime.now(UTC) + timedelta(minutes=2))
    deliver(cast, office, datetime.now(UTC) + timedelta(hours=1))
    page = cast.lou.open("/school/mail?show=dropped")
    assert "Not sent" in page.text and "It could not be sent in time." in page.text
    assert not page.has_button("Send again to Tess Okafor")


def test_without_a_mail_server_any_more_the_caretaker_forgets_what_is_too_old(cast):
    letters.set_up_office(cast.records, "http://localhost", open=True)
    number, now = put(cast, "tess"), datetime.now(UTC)
    letters.set_up_office(cast.records, "http://localhost", open=False)
    for days, words in ((1, "Secret words"), (4, None)):
        caretaker.walk(cast.site, lambda days=days: now + timedelta(days=days), waits=False)
        assert outbox.find(cast.records, number).words == words
    assert {done.trouble for done in chores.all_of_them(cast.records).values()} == {""}


def test_older_letters_are_on_pages_of_their_own(cast, office):
    for number in range(120):
        put(cast, "tess", f"n {number}")
    page, seen = cast.lou.open("/school/mail?show=waiting"), []
    while True:
        seen += [row.all("span")[1].text for row in page.document.all("tr")[1:]]
        if not page.has_link("Older letters"):
            break
        page = cast.lou.press("Older letters")
    assert seen == [f"About n {number}" for number in reversed(range(120))]


@pytest.mark.parametrize(
    "asked", ["?show=nothing", "?show=%00", "?before=-1", "?before=9999999999999999999", "?before=x&show=sent", "?before=1"]
)
def test_nonsense_in_the_address_is_no_fault(cast, office, asked):
    put(cast, "tess")
    assert cast.lou.open(f"/school/mail{asked}").status == 200


def test_nobody_else_finds_it_and_no_letter_of_others(cast, office):
    number = put(cast, "tess")
    for browser in (cast.tess, cast.max):
        assert browser.open("/school/mail").status == 404
        for path in ("/school/mail/test", "/school/mail/hold", f"/school/mail/{number}/again"):
            assert browser.send(path, {"held": "yes"}).status == 404
    for missing in ("999", "0", "9" * 30):
        assert cast.lou.send(f"/school/mail/{missing}/again", {}).status == 404
    assert cast.lou.client.post("/school/mail/hold", data={"held": "yes"}).status_code == 400, "without the form's token"
    assert not letters.office(cast.records).held and letters.office(cast.records).open
    assert outbox.counts(cast.records) == {"waiting": 1}


def test_the_page_with_a_link_says_how_its_letter_stands(cast, office):
    kim = cast.add("Kim Late")
    deeds.make_link(cast.records, kim.id, LinkKind.INVITATION, by=cast.who("lou").id, now=datetime.now(UTC))
    path = f"/school/people/{kim.id}/link"
    assert f"A letter with it is on its way to {kim.email}." in cast.lou.open(path).text
    deliver(cast, office)
    assert f"A letter with it was sent to {kim.email} today" in cast.lou.open(path).text
