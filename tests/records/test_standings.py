"""Progress of many people, in few queries that don't grow with the school; and conversations."""

from datetime import date

import pytest

from induction.records.people import deputies, people
from induction.records.people.person import Details
from induction.records.progress import (
    completions,
    confidence,
    conversations,
    lessons_opened,
    scenarios_put_off,
    shares,
    standings,
)
from induction.records.store.database import transaction
from induction.rules.roles import Role
from tests.records.making import (
    COURSE,
    LESSONS,
    NOW,
    TODAY,
    complete,
    finish,
    start_attempt,
)


def asked(db, work):
    """The SELECTs that `work` sends, in this thread."""
    sent = []
    raw = db.connection().conn
    raw.set_trace_callback(sent.append)
    work()
    raw.set_trace_callback(None)
    return sent


def plans(db, work):
    """How SQLite goes about them."""
    return [row["detail"] for sql in asked(db, work) for row in db.rows(f"explain query plan {sql}")]


def test_progress_of_each_of_several_people(db, cast):
    with transaction(db):
        complete(db, cast.tess.id, "late-messages")
        start_attempt(db, cast.tess)
        complete(db, cast.sam.id, "")
        finish(db, start_attempt(db, cast.sam))
    found = standings.of_people(db, [cast.tess.id, cast.sam.id, cast.lou.id])
    begun, done = (COURSE, "friend-requests"), (COURSE, "late-messages")
    assert found == {
        cast.tess.id: standings.Done({done: TODAY}, frozenset([begun]), {}, tried=TODAY),
        cast.sam.id: standings.Done({}, frozenset(), {COURSE: (TODAY,)}, tried=TODAY),
        cast.lou.id: standings.Done({}, frozenset(), {}),
    }
    assert standings.done_and_begun(db, cast.tess.id) == ({done}, {begun})
    assert standings.of_people(db, []) == {}


def test_the_mentors_list_is_four_queries_that_search_and_never_scan(db, cast):
    def list_of(mentor):
        return standings.of_people(db, [person.id for person in people.teachers_of(db, mentor.id)])

    assert set(list_of(cast.max)) == {cast.tess.id}
    before = asked(db, lambda: list_of(cast.max))
    with transaction(db):
        for number in range(200):
            eve = people.add(db, Details(f"eve{number}@school.example", f"Eve {number}", Role.TEACHER, mentor_id=cast.nia.id), now=NOW)
            for _, lesson in LESSONS:
                complete(db, eve.id, lesson)
                start_attempt(db, eve, lesson)
    assert len(list_of(cast.nia)) == 201
    assert len(asked(db, lambda: list_of(cast.nia))) == len(before) == 4
    steps = plans(db, lambda: list_of(cast.nia))
    assert any("people_by_mentor" in step for step in steps)
    assert [step for step in steps if step.startswith("SCAN") and "json_each" not in step] == []
    # and a question without an index is seen to scan
    assert any(step.startswith("SCAN people") for step in plans(db, lambda: db.rows("select count(due) from people")))


def test_a_page_a_teacher_opens_never_scans(db, cast):
    works = [
        lambda: people.by_email(db, cast.tess.email),
        lambda: people.visible_teacher(db, cast.max.id, cast.tess.id, TODAY),
        lambda: deputies.teachers_seen(db, cast.max.id, TODAY),
        lambda: deputies.of_mentor(db, cast.max.id, TODAY),
        lambda: standings.done_and_begun(db, cast.tess.id),
        lambda: standings.waiting(db, cast.tess.id),
        lambda: completions.of_person(db, cast.tess.id),
        lambda: conversations.about(db, cast.tess.id),
        lambda: confidence.of_person(db, cast.tess.id),
        lambda: lessons_opened.known(db, cast.tess.id, *LESSONS[0]),
        lambda: scenarios_put_off.of_attempt(db, 1),
        lambda: scenarios_put_off.of_person(db, cast.tess.id),
        lambda: shares.attempts_of(db, cast.tess.id),
    ]
    for work in works:
        assert [step for step in plans(db, work) if step.startswith("SCAN")] == []


def test_what_was_undone_is_not_remembered(db, cast):
    with pytest.raises(ZeroDivisionError), transaction(db):
        complete(db, cast.tess.id, "late-messages")
        assert standings.lesson_figures(db) == {(COURSE, "late-messages"): (1, 0)}
        raise ZeroDivisionError
    with transaction(db):
        complete(db, cast.tess.id, "friend-requests")
    assert standings.lesson_figures(db) == {(COURSE, "friend-requests"): (1, 0)}


def test_what_is_known_is_known_in_the_middle_of_a_change_too_until_it_is_changed(db, cast):
    before = len(asked(db, lambda: standings.lesson_figures(db)))
    known = len(asked(db, lambda: standings.lesson_figures(db)))
    assert known < before
    with transaction(db):
        assert len(asked(db, lambda: standings.lesson_figures(db))) == known
        complete(db, cast.tess.id, "late-messages")
        assert standings.lesson_figures(db) == {(COURSE, "late-messages"): (1, 0)}
        assert len(asked(db, lambda: standings.lesson_figures(db))) > known
    assert standings.lesson_figures(db) == {(COURSE, "late-messages"): (1, 0)}


def test_figures_of_lessons_count_active_people_once(db, cast):
    with transaction(db):
        for person in (cast.tess, cast.sam, cast.ana):
            complete(db, person.id, "late-messages")
        start_attempt(db, cast.tess, "late-messages")  # done already, and trying again
        start_attempt(db, cast.max, "late-messages")
        start_attempt(db, cast.max)
        start_attempt(db, cast.ana)
    assert standings.lesson_figures(db) == {(COURSE, "late-messages"): (2, 1), (COURSE, "friend-requests"): (0, 1)}


def test_a_conversation_is_noted_once_for_a_page(db, cast):
    def note(key, day, themes):
        with transaction(db):
            return conversations.record(
                db, teacher_id=cast.tess.id, mentor_id=cast.max.id, held_on=day, themes=themes, key=key, now=NOW
            )

    assert note("key-of-the-first-page", date(2026, 11, 20), ["friend-requests", "late-messages"])
    assert not note("key-of-the-first-page", date(2026, 11, 21), [])
    assert note("key-of-another-page", date(2026, 11, 23), [])
    later, first = conversations.about(db, cast.tess.id)
    assert (later.held_on, later.themes) == (date(2026, 11, 23), ())
    assert (first.held_on, first.themes, first.mentor_name) == (
        date(2026, 11, 20), ("friend-requests", "late-messages"), "Max Reid",
    )
    assert conversations.about(db, cast.sam.id) == []
