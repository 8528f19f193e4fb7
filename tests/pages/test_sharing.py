"""Sharing names its reader: nobody reads single choices by becoming somebody's mentor, or by being a lead."""

import json
from datetime import UTC, datetime

import pytest

from induction.records.people import people
from induction.records.store.database import transaction
from induction.rules.roles import Role
from tests.cast import COURSE
from tests.walking import start, walk

LESSON = "friend-requests"
QUESTIONS = f"/courses/{COURSE}/confidence"
SHARE = "Share these choices with my mentor"
CHOICES, TALK = "What Tess shares", "Would like to talk about:"


@pytest.fixture
def shared(cast):
    """Tess has tried a lesson, said how ready she feels, and shares both with Max."""
    cast.tess.open(QUESTIONS)
    cast.tess.press("Save", **{"about-saying-no": "a little"})
    cast.tess.press("Save this choice", share=["y"])
    walk(cast, "tess", LESSON, wisely=False)
    cast.tess.press(SHARE)
    return cast


def teacher(cast, browser):
    return browser.open(f"/mentor/{cast.who('tess').id}").text


def give_mentor(cast, who):
    """As a lead does, in the records."""
    tess = cast.who("tess")
    with transaction(cast.records):
        people.update(cast.records, tess.id, mentor_id=cast.who(who).id if who else None, now=datetime.now(UTC))


def test_choices_are_shared_and_taken_back(cast):
    walk(cast, "tess", LESSON, wisely=False)
    assert CHOICES not in teacher(cast, cast.max)
    page = cast.tess.open("/attempts/1")
    assert "You may share the choices of this try with Max Adeyemi and nobody else" in page.text
    page = cast.tess.press(SHARE)
    assert "Shared with Max Adeyemi. Your mentor can see the choices of this try." in page.text and not page.has_button(SHARE)
    assert "Nobody else reads the choices of this try." in page.text
    assert CHOICES in teacher(cast, cast.max)
    assert "These choices are shared with Max Adeyemi on " in cast.tess.open("/record").text
    cast.tess.open("/attempts/1")
    page = cast.tess.press("Stop sharing these choices")
    assert "Taken back. Your choices are yours alone." in page.text and page.has_button(SHARE)
    assert CHOICES not in teacher(cast, cast.max)
    [attempt] = json.loads(cast.tess.open("/record/export").body)["attempts"]
    assert [each["with"] for each in attempt["shared"]] == ["Max Adeyemi", None]


def test_a_lead_reads_nothing_of_it_who_is_not_named(shared):
    text = teacher(shared, shared.lou)
    assert CHOICES not in text and TALK not in text and "What to talk about" in text
    assert CHOICES in teacher(shared, shared.max) and TALK in teacher(shared, shared.max)


@pytest.mark.parametrize("who", ["lou", "nia"])
def test_whoever_becomes_her_mentor_reads_nothing_until_she_says_so_again(shared, who):
    give_mentor(shared, who)
    browser = getattr(shared, who)
    name = shared.who(who).name
    assert CHOICES not in teacher(shared, browser) and TALK not in teacher(shared, browser)
    page = shared.tess.open("/attempts/1")
    assert "Shared with Max Adeyemi on " in page.text
    assert f"{name} is your mentor now, and does not read the choices of this try." in page.text
    assert "shared with Max Adeyemi on" in shared.tess.open("/record").text
    shared.tess.open("/attempts/1")
    shared.tess.press(SHARE)
    assert CHOICES in teacher(shared, browser) and TALK not in teacher(shared, browser), "each is shared by itself"
    page = shared.tess.open(QUESTIONS)
    assert f"{name} is your mentor now, and does not read what you would like to talk about." in page.text
    shared.tess.press("Save this choice", share=["y"])
    assert TALK in teacher(shared, browser)
    give_mentor(shared, "max")
    assert CHOICES not in teacher(shared, shared.max) and TALK not in teacher(shared, shared.max), "it names one reader"


def test_a_mentor_who_makes_themselves_one_reads_nothing(shared):
    """By the lead's own page, as somebody would who may change mentors."""
    shared.lou.open(f"/school/people/{shared.who('tess').id}")
    page = shared.lou.press("Save", mentor="Lou Hartley")
    assert page.status == 200 and shared.who("tess").mentor_id == shared.who("lou").id
    assert CHOICES not in teacher(shared, shared.lou) and TALK not in teacher(shared, shared.lou)


def test_an_old_page_shares_with_nobody_whom_it_did_not_name(cast):
    """Between opening the page and pressing the button somebody else became the mentor."""
    walk(cast, "tess", LESSON, wisely=False)
    give_mentor(cast, "nia")
    page = cast.tess.press(SHARE)
    assert "Not shared: Nia Évans is your mentor now, and the page had not said so." in page.text
    assert CHOICES not in teacher(cast, cast.nia)
    cast.tess.open(QUESTIONS)
    cast.tess.press("Save", **{"about-saying-no": "a little"})
    give_mentor(cast, "max")
    page = cast.tess.press("Save this choice", share=["y"])
    assert "Not shared: Max Adeyemi is your mentor now" in page.text and TALK not in teacher(cast, cast.max)


@pytest.mark.parametrize("reader", ["", "1", "999", "x", b"\xff", ["2", "3"], "9" * 5000])
def test_a_reader_made_up_reads_nothing(cast, reader):
    walk(cast, "tess", LESSON, wisely=False)
    mentor = str(cast.who("max").id)
    sent = {"share": "yes", "reader": reader if reader != ["2", "3"] else ["3", mentor]}
    assert cast.tess.send("/attempts/1/share", sent).status == 200
    assert CHOICES not in teacher(cast, cast.max) and CHOICES not in teacher(cast, cast.lou)


def test_without_a_mentor_there_is_nobody_to_share_with(cast):
    give_mentor(cast, None)
    page = walk(cast, "tess", LESSON, wisely=False)
    assert "Share with your mentor" not in page.text and not page.has_button(SHARE)
    page = cast.tess.send("/attempts/1/share", {"share": "yes", "reader": ""})
    assert "Not shared: you have no mentor at present." in page.text
    cast.tess.open(QUESTIONS)
    page = cast.tess.press("Save", **{"about-saying-no": "a little"})
    assert not page.has_button("Save this choice") and "Share with your mentor" not in page.text


def test_what_is_shared_can_be_taken_back_when_the_mentor_is_gone(shared):
    give_mentor(shared, None)
    page = shared.tess.open("/attempts/1")
    assert "Shared with Max Adeyemi on" in page.text and not page.has_button(SHARE)
    assert "Taken back." in shared.tess.press("Stop sharing these choices").text
    shared.tess.open(QUESTIONS)
    assert "Not shared." in shared.tess.press("Save this choice", share=[]).text


def test_an_attempt_in_progress_is_not_shared(cast):
    start(cast.tess, LESSON)
    assert cast.tess.send("/attempts/1/share", {"share": "yes", "reader": str(cast.who("max").id)}).status == 404


def test_nobody_shares_for_another(shared):
    for browser in (shared.max, shared.sam, shared.lou):
        assert browser.send("/attempts/1/share", {"share": "no"}).status == 404
    assert CHOICES in teacher(shared, shared.max)


def test_whoever_reads_has_it_in_their_own_record(shared):
    told = json.loads(shared.max.open("/record/export").body)["shared_with_them"]
    assert {(each["teacher"], each["course"], each["lesson"]) for each in told} == {
        ("Tess Okafor", COURSE, LESSON), ("Tess Okafor", COURSE, None),
    }
    assert json.loads(shared.lou.open("/record/export").body)["shared_with_them"] == []


def test_a_role_gives_no_right_to_it(shared):
    """Nia becomes a lead: she opens everybody's page, and still reads nothing that does not name her."""
    nia = shared.who("nia")
    with transaction(shared.records):
        people.update(shared.records, nia.id, role=Role.LEAD, now=datetime.now(UTC))
    assert CHOICES not in teacher(shared, shared.sign_in("nia"))
