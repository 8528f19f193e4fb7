"""Taking a lesson's scenarios: begin, answer, and what follows. All of it inside one change of the caller's.

The demonstration takes lessons through here too, so that what it shows is what would have happened.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from ..content.editions.quiz_edition import JudgedQuiz
from ..content.model import Course, Lesson
from ..records import editions
from ..records.policy import acknowledgements
from ..records.progress import attempts, completions, lessons_opened, retakes, scenarios_put_off
from ..records.progress.attempts import Answer, Attempt
from ..records.progress.retakes import Asked
from ..records.store.database import Database
from ..rules import judging, reversals, selection
from ..rules.selection import Shuffle
from ..wording.reading import OpenedPage, Opening
from .programme import Programme


def begin(
    db: Database, programme: Programme, course: Course, lesson: Lesson, person_id: int, shuffle: Shuffle, now: datetime,
    page: OpenedPage | None = None,
) -> int | None:
    """The id of the open attempt, or of one started now: what it asks is drawn once and stored.

    `page` is the lesson's page that it was begun from, where it was. None where the lesson has no scenarios.
    """
    quiz, version = programme.quiz(course, lesson), programme.quiz_edition(course, lesson)
    if quiz is None or version is None:
        return None
    opening = opened(db, programme, course, lesson, person_id, page, now)
    already = attempts.open_attempt(db, person_id, course.slug, lesson.slug)
    if already is not None:
        return already
    words = programme.lesson_edition(course, lesson)
    editions.keep(db, version.sha256, "quiz", version.text, now)
    editions.keep(db, words.sha256, "lesson", words.text, now)
    turned = asked(db, programme, person_id).get((course.slug, lesson.slug))
    latest = attempts.latest_ratings(db, person_id, course.slug, lesson.slug)
    return attempts.start_or_resume(
        db,
        person_id=person_id,
        course=course.slug,
        lesson=lesson.slug,
        quiz_version=version.sha256,
        lesson_version=words.sha256,
        policy_version=programme.school.policy_version,
        pass_mark=quiz.pass_mark,
        drawn=turned.scenarios if turned else selection.draw(quiz, latest, shuffle),
        now=now,
        asked_again=turned.id if turned else None,
        opening=opening,
    )


def opened(
    db: Database, programme: Programme, course: Course, lesson: Lesson, person_id: int, page: OpenedPage | None, now: datetime
) -> Opening:
    """Keep that a lesson's page was opened, where something is sent from it, and tell when it first was.

    A page that lay open while its words changed is kept by its version alone.
    """
    words = programme.lesson_edition(course, lesson)
    if page is not None:
        if page.version == words.sha256:
            editions.keep(db, words.sha256, "lesson", words.text, now)
        lessons_opened.keep(db, person_id, course.slug, lesson.slug, page)
    return lessons_opened.known(db, person_id, course.slug, lesson.slug)


def read(
    db: Database, programme: Programme, course: Course, lesson: Lesson, person_id: int, now: datetime, page: OpenedPage | None = None
) -> None:
    """A lesson without scenarios is done, as its reader says; perhaps the course is too."""
    opening, words = opened(db, programme, course, lesson, person_id, page, now), programme.lesson_edition(course, lesson)
    editions.keep(db, words.sha256, "lesson", words.text, now)
    completions.complete_lesson(
        db,
        person_id=person_id,
        course=course.slug,
        lesson=lesson.slug,
        version=words.sha256,
        policy_version=programme.school.policy_version,
        now=now,
        opening=opening,
    )
    finish_course(db, programme, course, person_id, now)


def another(
    db: Database, attempt: Attempt, quiz: JudgedQuiz, scenario: str, shuffle: Shuffle, now: datetime
) -> tuple[str, ...] | None:
    """Put off the scenario that is to be answered now: what is drawn then, or None where it stays.

    `scenario` is the one that the page had shown. It stays where it is answered in part, says nothing beforehand, or is
    asked again for its rule; and where it was put off before.
    """
    here = judging.place(quiz, attempt.drawn, attempt.answers)
    if here is None or here.scenario.id != scenario or not may_put_off(db, attempt, quiz):
        return None
    drawn = selection.another(quiz, attempt.drawn, scenario, scenarios_put_off.of_attempt(db, attempt.id), shuffle)
    following = judging.place(quiz, drawn, attempt.answers) if drawn else None
    if drawn is None or following is None:
        return None
    attempts.replace_drawn(db, attempt.id, drawn)
    scenarios_put_off.keep(db, attempt.id, scenario, following.scenario.id, now)
    return drawn


def may_put_off(db: Database, attempt: Attempt, quiz: JudgedQuiz) -> bool:
    """Whether somebody may have another scenario instead of the one that is to be answered now."""
    here = judging.place(quiz, attempt.drawn, attempt.answers)
    if here is None or not here.scenario.warn or attempt.asked_again is not None:
        return False
    if judging.answers_in(attempt.answers, here.scenario.id):
        return False
    before = scenarios_put_off.of_attempt(db, attempt.id)
    return selection.another(quiz, attempt.drawn, here.scenario.id, before, lambda words: None) is not None


def asked(db: Database, programme: Programme, person_id: int) -> dict[tuple[str, str], Asked]:
    """What somebody is asked again because a new policy turned it round, by (course, lesson).

    As far as it is still taught, and still the other way round than when they met it last before they were asked.
    """
    found = {}
    for each in retakes.open_ones(db, person_id):
        course = programme.library.courses.get(each.course)
        lesson = course.lesson(each.lesson) if course else None
        if course is None or lesson is None:
            continue
        met = retakes.finished_tries(db, each.course, each.lesson, besides=each.id, person_id=person_id)
        turned = {one.quiz_version: programme.turned_round(one.quiz_version, course, lesson) for one in met}
        still = reversals.touched(met, turned).get(person_id, ())
        known = tuple(word for word in each.scenarios if word in still)
        if known:
            found[each.course, each.lesson] = replace(each, scenarios=known)
    return found


def answer(db: Database, programme: Programme, attempt: Attempt, quiz: JudgedQuiz, given: Answer) -> None:
    """Save an answer and all that follows: perhaps the attempt's result, the lesson's completion, the course's."""
    attempts.save_answer(
        db,
        attempt.id,
        step=given.step,
        scenario=given.scenario,
        scene=given.scene,
        chosen=given.chosen,
        rating=given.rating,
        mark=given.mark,
        now=given.at,
    )
    answers = (*attempt.answers, given)
    if judging.place(quiz, attempt.drawn, answers) is not None:
        return
    result = judging.outcome(quiz, attempt.drawn, answers)
    attempts.finish(
        db,
        attempt.id,
        mark=result.mark,
        percent=result.percent,
        breaches=result.breaches,
        passed=result.passed,
        now=given.at,
    )
    if result.passed and attempt.asked_again is None:  # those who are asked again have passed the lesson
        completions.complete_lesson(
            db,
            person_id=attempt.person_id,
            course=attempt.course,
            lesson=attempt.lesson,
            version=attempt.quiz_version,
            policy_version=attempt.policy_version,
            now=given.at,
            attempt_id=attempt.id,
            percent=result.percent,
            pass_mark=attempt.pass_mark,
            opening=attempt.opening,
        )
        course = programme.library.courses.get(attempt.course)
        if course:
            finish_course(db, programme, course, attempt.person_id, given.at)


def finish_course(db: Database, programme: Programme, course: Course, person_id: int, now: datetime) -> bool:
    """Complete the course if all its lessons are and the policy is acknowledged, where there is one; True if that is new."""
    done = {completion.lesson for completion in completions.of_person(db, person_id) if completion.course == course.slug}
    if not course.lessons or not all(lesson.slug in done for lesson in course.lessons) or "" in done:
        return False
    acknowledged = acknowledgements.latest_version(db, person_id)
    if acknowledged < programme.policy.asks_for:
        return False
    version = programme.course_edition(course)
    editions.keep(db, version.sha256, "course", version.text, now)
    return completions.complete_course(
        db,
        person_id=person_id,
        course=course.slug,
        version=version.sha256,
        policy_version=acknowledged or programme.school.policy_version,
        now=now,
    )


def acknowledge(
    db: Database, programme: Programme, person_id: int, *, version: int, sha256: str, typed_name: str, now: datetime,
    recorded_by: int | None = None, signed_on: date | None = None,
) -> bool:
    """Keep that somebody has read and understood the policy, and complete their courses if that was the last thing.

    False if they had said so before. Raises NotTheLatest.
    """
    new = acknowledgements.acknowledge(
        db, person_id, version=version, sha256=sha256, typed_name=typed_name, now=now, recorded_by=recorded_by,
        signed_on=signed_on,
    )
    for course in programme.courses:
        finish_course(db, programme, course, person_id, now)
    return new
