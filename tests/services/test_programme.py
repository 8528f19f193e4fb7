"""What is taught, put together: made anew when the school or its content changes, and opened once for all who meet it."""

import pytest

from induction.records import editions
from induction.records.school import school
from induction.records.store.database import transaction
from induction.services import open_editions, policy_publication
from induction.services.open_editions import OpenEditions
from tests.records.making import COURSE, NOW

LESSON = "where-the-line-is"
SCHOOL = {"name": "Wrenfield School", "nation": "england", "phase": "all-through", "words": {}, "public_contacts": False}


def say(db, **changes):
    with transaction(db):
        school.save(db, **SCHOOL | changes)


def choose(db, programmes, stance):
    """Publish where the school stands on pupils' messages; the version's number."""
    programme = programmes.current()
    return policy_publication.choose(db, programme.library, {"pupil-contact": stance}, by=None, at=NOW)


def stored(db, programme):
    """The version of a lesson's scenarios, kept as a try at them keeps it."""
    course = programme.library.courses[COURSE]
    now = programme.quiz_edition(course, course.lesson(LESSON))
    with transaction(db):
        editions.keep(db, now, "quiz", NOW)
    return now.sha256


def test_the_programme_is_the_same_until_the_school_changes(db, programmes):
    say(db)
    before = programmes.current()
    assert programmes.current() is before
    say(db, name="Highmoor School")
    after = programmes.current()
    assert (before.school.name, after.school.name) == ("Wrenfield School", "Highmoor School")
    assert programmes.current(school.revision(db)) is after


def test_what_is_asked_about_a_lesson_is_made_once(programmes):
    programme = programmes.current()
    course = programme.library.courses[COURSE]
    lesson, other = course.lesson(LESSON), course.lessons[1]
    assert programme.lesson_edition(course, lesson) is programme.lesson_edition(course, lesson)
    assert programme.lesson_edition(course, lesson) != programme.lesson_edition(course, other)
    assert programme.quiz(course, lesson) is programme.quiz(course, lesson)


@pytest.mark.parametrize("phase", ["all-through", "primary", "secondary"])
def test_a_try_asks_as_many_as_the_opened_scenarios_say(db, programmes, phase):
    say(db, phase=phase)
    programme = programmes.current()
    for course, lesson in programme.lessons:
        quiz = programme.quiz(course, lesson)
        assert programme.scenarios_in_a_try(course, lesson) == ((quiz.ask or len(quiz.scenarios)) if quiz else 0)


def test_what_is_stored_is_opened_from_the_record_and_only_once(db, programmes):
    version, opened = stored(db, programmes.current()), OpenEditions()
    quiz = opened.stored_quiz(db, version)
    assert opened.stored_quiz(db, version) is quiz
    assert programmes.current().stored_quiz(version).scenarios == quiz.scenarios
    with pytest.raises(LookupError):
        opened.stored_quiz(db, "0" * 64)


def test_what_was_judged_the_other_way_round_is_told_from_what_is_stored(db, programmes):
    choose(db, programmes, "approved-accounts")
    before = programmes.current()
    version, course = stored(db, before), before.library.courses[COURSE]
    assert before.turned_round(version, course, course.lesson(LESSON)) == frozenset()
    choose(db, programmes, "none")
    assert programmes.current().turned_round(version, course, course.lesson(LESSON))


def test_the_document_is_that_of_the_version_asked_for(db, programmes):
    opened = OpenEditions()
    assert opened.document(db, 1) is None
    first, second = choose(db, programmes, "none"), choose(db, programmes, "approved-accounts")
    assert opened.document(db, first) != opened.document(db, second)
    assert opened.document(db, second) is opened.document(db, second)


def test_what_was_asked_for_last_stays_open(db, programmes, monkeypatch):
    monkeypatch.setattr(open_editions, "OPEN_QUIZZES", 2)
    programme, opened = programmes.current(), OpenEditions()
    course = programme.library.courses[COURSE]
    first, second, third = (programme.quiz_edition(course, lesson) for lesson in course.lessons[:3])
    quiz = opened.quiz(first)
    displaced = opened.quiz(second)
    assert opened.quiz(first) is quiz
    opened.quiz(third)
    assert opened.quiz(first) is quiz and opened.quiz(second) is not displaced
