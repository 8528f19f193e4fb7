"""A lead sees what would go and says yes; then it goes by itself, and every page goes on."""

from datetime import UTC, datetime, timedelta

import pytest

from induction.records.people import people
from induction.records.store.database import transaction
from induction.services import retention as deeds
from tests.cast import COURSE
from tests.pages.test_erasing import addresses
from tests.walking import walk

PAGE = "/school/retention"
YES, LOOK, KEEP = "Yes, keep to these times", "Show what would go", "Keep to these times"


def months_on(count, day=2):
    return datetime.now(UTC) + timedelta(days=31 * count + day)


def test_nothing_goes_before_a_lead_has_said_yes(cast):
    page = cast.lou.open(PAGE)
    assert "Nothing goes yet" in page.text and page.field("answers").get("value") == "12"
    deeds.keep_to_times(cast.records, months_on(400))
    assert cast.who("ana").name == "Ana Costa"
    page = cast.lou.press(YES, left="24")
    assert "A longer time counts at once" in page.document.text and page.field("left").get("value") == "24"
    assert deeds.keep_to_times(cast.records, datetime.now(UTC)) == {}
    assert page.has_button(KEEP) and "goes by itself, each day" in page.text


def test_what_would_go_is_shown_by_what_is_typed_and_nothing_is_kept(cast):
    walk(cast, "tess", "friend-requests")
    cast.lou.open(PAGE)
    page = cast.lou.press(LOOK, answers="1")
    assert "They are not kept yet." in page.text and "1 try within a year" in page.text
    assert page.field("answers").get("value") == "1"
    assert cast.lou.open(PAGE).field("answers").get("value") == "12"
    assert cast.records.value("select count(*) from retention_periods") == 0
    assert "Tess" not in page.text


@pytest.mark.parametrize("typed", ["", "0", "-1", "1.5", "twelve", "121", "9" * 6, "１２", "1e2", "12 months"])
def test_a_time_that_cant_be_is_said_and_comes_back(cast, typed):
    cast.lou.open(PAGE)
    page = cast.lou.press(YES, answers=typed, notes="36")
    assert len(page.problems) == 1 and page.field("notes").get("value") == "36" and page.field("answers").get("value") == typed
    assert cast.records.value("select count(*) from retention_periods") == 0


def test_pressed_twice_it_is_kept_once(cast):
    cast.lou.open(PAGE)
    path, values, _ = cast.lou.filled(YES)
    cast.lou.send(path, values, token=False)
    page = cast.lou.send(path, values, token=False)
    assert "That is how it stands already" in page.document.text
    assert cast.records.value("select count(*) from retention_periods") == 7


def test_another_lead_was_faster(cast):
    cast.add("Kit Moran", "lead")
    kit = cast.sign_in_new("kit")
    cast.lou.open(PAGE)
    kit.open(PAGE)
    kit.press(YES, answers="24")
    page = cast.lou.press(YES, answers="6")
    assert "Not saved yet" in page.document.text and "2 years" in page.text and page.field("answers").get("value") == "6"
    page = cast.lou.press(KEEP)
    assert page.field("answers").get("value") == "6"


def test_only_leads(cast):
    for browser in (cast.max, cast.tess):
        assert browser.open(PAGE).status == 404 and browser.send(PAGE, {"answers": "1"}).status == 404


def test_every_page_goes_on_once_things_have_gone(app, furnished):
    cast = furnished
    for lesson in cast.programme.library.courses[COURSE].lessons:
        walk(cast, "tess", lesson.slug)
    cast.lou.open(PAGE)
    cast.lou.press(YES)
    with transaction(cast.records):
        people.update(cast.records, cast.who("sam").id, mentor_id=cast.who("max").id, now=datetime.now(UTC))
    gone = deeds.keep_to_times(cast.records, months_on(26))
    assert {"answers", "notes"} <= set(gone), gone
    values = {"course": COURSE, "lesson": "friend-requests", "facet": "pupil-contact", "name": "induction.css", "slug": "x",
              "numbers": [str(cast.who("tess").id), str(cast.who("sam").id)], "scenario": "the-like", "token": "x"}
    for who in ("tess", "max", "lou"):  # whose sessions had their time too
        browser = cast.__dict__[who] = cast.sign_in(who)
        for path in addresses(app, values):
            page = browser.open(path)
            assert page.status in (200, 400, 404, 410) and not page.is_at("/sign-in") or path in ("/sign-in", "/invitation/x"), path
    for each in cast.attempts_of("tess"):
        page = cast.tess.open(f"/attempts/{each.id}")
        assert page.status == 200
    page = cast.tess.open("/attempts/1")
    assert "Your single choices have had their time" in page.text, page.text
    assert cast.tess.open("/attempts/1/1").status == 404
    assert all(each.percent is not None for each in cast.completions_of("tess") if each.lesson)
    record = cast.tess.open("/record/export").html
    assert '"removed"' in record
