"""Asking people again what a new policy turned round: whom, once, and no longer than it holds."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from induction.content.editions import quiz_edition
from induction.records.progress import attempts, retakes
from induction.records.progress.attempts import Beginning
from induction.records.store.database import transaction
from induction.rules import reversals
from tests.cast import COURSE, DUE_IN
from tests.choices import chosen
from tests.pages.test_policy import HOME, acknowledge, publish, put_in_draft
from tests.walking import answer, start, walk

LESSON = "where-the-line-is"
TURNED = {"get-well", "school-council"}


@pytest.fixture
def touched(cast):
    """Tess was taught under school platforms; then there is no contact, and she is asked again."""
    cast.choose(pupil_contact="school-platforms")
    walk(cast, "tess", LESSON)
    programme = {word for each in cast.attempts_of("tess") for word in each.drawn}
    while not TURNED <= programme:
        walk(cast, "tess", LESSON)
        programme |= set(cast.attempts_of("tess")[0].drawn)
    put_in_draft(cast, stance="none")
    publish(cast)
    return cast


def ask(cast):
    cast.lou.open(f"{HOME}/touched")
    return cast.lou.press("Ask them these scenarios again")


def finish(cast):
    page = cast.tess.page
    while page.options():
        answer(cast, cast.tess, "tess")
        page = cast.tess.press("Next")
    return page


def asked(cast):
    return "Asked again, because our policy changed" in cast.tess.open("/").text


def test_a_policy_that_is_turned_back_asks_no_longer(touched):
    ask(touched)
    assert asked(touched)
    touched.choose(pupil_contact="school-platforms")
    assert not asked(touched)
    assert "Nobody is touched" in touched.lou.open(f"{HOME}/touched").text


def test_a_minor_version_does_not_ask_twice(touched):
    ask(touched)
    touched.lou.open(f"{HOME}/text")
    touched.lou.press("Save and preview", mode="both", words="A word more.")
    publish(touched, kind="minor")
    page = touched.lou.open(f"{HOME}/touched")
    assert "all asked" in page.text and not page.has_button("Ask them these scenarios again")
    touched.tess.open("/")
    touched.tess.press("Meet them again")
    finish(touched)
    assert not asked(touched)


def test_a_try_that_is_open_already_comes_first(cast):
    cast.choose(pupil_contact="school-platforms")
    for _ in range(3):
        walk(cast, "tess", LESSON)
    start(cast.tess, LESSON)
    put_in_draft(cast, stance="none")
    publish(cast)
    ask(cast)
    assert "A try that you have begun comes first" in cast.tess.open("/").text
    cast.tess.press("Go on with that try")
    finish(cast)
    assert cast.attempts_of("tess")[0].asked_again is None
    assert asked(cast) and "comes first" not in cast.tess.page.text


def test_a_stale_page_asks_nobody(touched):
    touched.lou.open(f"{HOME}/touched")
    touched.choose(gaming="risk-assessed-club")
    page = touched.lou.press("Ask them these scenarios again")
    assert "Nobody was asked" in page.text
    assert retakes.still_asked(touched.records) == {}


def test_what_is_asked_again_is_not_swapped_for_another(touched):
    """A scenario that says beforehand what it is about can be left for later; another one would not have its rule."""
    ask(touched)
    programme, tess = touched.programme, touched.who("tess").id
    course = programme.library.courses[COURSE]
    lesson, warned = next(
        (lesson, word)
        for lesson in course.lessons
        for word, scenario in programme.quiz(course, lesson).scenarios.items()
        if scenario.warn and lesson.slug != LESSON
    )
    walk(touched, "tess", lesson.slug)
    taken, [open_one] = touched.attempts_of("tess")[0], retakes.waiting(touched.records, tess)
    with transaction(touched.records):
        attempt = attempts.start_or_resume(
            touched.records,
            Beginning(
                person_id=tess, course=COURSE, lesson=lesson.slug, quiz_version=taken.quiz_version,
                lesson_version=taken.lesson_version, policy_version=2, pass_mark=taken.pass_mark, drawn=(warned,),
                started_at=datetime.now(UTC), asked_again=open_one.id,
            ),
        )
    page = touched.tess.open(f"/attempts/{attempt}")
    assert "come back to it later" in page.text and not page.has_button("Another one instead")
    touched.tess.send(f"/attempts/{attempt}/another", {})
    assert touched.attempts_of("tess")[0].drawn == (warned,)


def test_another_headteacher_hides_no_judgement_that_is_turned_round(cast):
    library, school = cast.programme.library, cast.programme.school
    course = library.courses[COURSE]

    def soundness(quiz, where):
        return reversals.soundness(quiz_edition.open_quiz(quiz_edition.quiz_edition(course, quiz, library, where).text))

    found = 0
    for quiz in course.quizzes.values():
        one, other = (replace(school, choices=chosen({"pupil-contact": stance})) for stance in ("school-platforms", "none"))
        renamed = replace(other, words={**school.words, "headteacher": "Omar Reid", "concerns about adults": "Omar Reid"})
        before = soundness(quiz, one)
        turned = reversals.turned_round(before, soundness(quiz, other))
        assert turned == reversals.turned_round(before, soundness(quiz, renamed))
        found += len(turned)
    assert found


def test_the_due_date_runs_until_the_course_is_complete(cast):
    put_in_draft(cast)
    publish(cast)
    acknowledge(cast)
    put_in_draft(cast, stance="none")
    publish(cast)
    page = cast.tess.open("/")
    assert f"in {DUE_IN} days" in page.text
