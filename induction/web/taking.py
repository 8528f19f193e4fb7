"""Taking a lesson's scenarios: begin, answer, and what follows. All of it inside one change of the caller's.

The demonstration takes lessons through here too, so that what it shows is what would have happened.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from ..content.edition import JudgedQuiz
from ..content.model import Course, Lesson
from ..learning import again, drawing, judging
from ..learning.drawing import Shuffle
from ..records import acknowledgements, asked_again, attempts, completions, versions
from ..records.asked_again import Asked
from ..records.attempts import Answer, Attempt
from ..records.database import Database
from .teaching import Teaching


def begin(
    db: Database, taught: Teaching, course: Course, lesson: Lesson, person_id: int, shuffle: Shuffle, now: datetime
) -> int | None:
    """The id of the open attempt, or of one started now: what it asks is drawn once and stored.

    None where the lesson has no scenarios.
    """
    quiz, version = taught.quiz(course, lesson), taught.quiz_edition(course, lesson)
    if quiz is None or version is None:
        return None
    already = attempts.open_attempt(db, person_id, course.word, lesson.word)
    if already is not None:
        return already
    words = taught.lesson_edition(course, lesson)
    versions.keep(db, version.sha256, "quiz", version.text, now)
    versions.keep(db, words.sha256, "lesson", words.text, now)
    turned = asked(db, taught, person_id).get((course.word, lesson.word))
    latest = attempts.latest_ratings(db, person_id, course.word, lesson.word)
    return attempts.start_or_resume(
        db,
        person_id=person_id,
        course=course.word,
        lesson=lesson.word,
        quiz_version=version.sha256,
        lesson_version=words.sha256,
        policy_version=taught.school.policy_version,
        pass_mark=quiz.pass_mark,
        drawn=turned.scenarios if turned else drawing.draw(quiz, latest, shuffle),
        now=now,
        asked_again=turned.id if turned else None,
    )


def asked(db: Database, taught: Teaching, person_id: int) -> dict[tuple[str, str], Asked]:
    """What somebody is asked again because a new policy turned it round, by (course, lesson).

    As far as it is still taught, and still the other way round than when they met it last before they were asked.
    """
    found = {}
    for each in asked_again.open_ones(db, person_id):
        course = taught.library.courses.get(each.course)
        lesson = course.lesson(each.lesson) if course else None
        if course is None or lesson is None:
            continue
        met = asked_again.taught(db, each.course, each.lesson, besides=each.id, person_id=person_id)
        turned = {one.quiz_version: taught.turned_round(one.quiz_version, course, lesson) for one in met}
        still = again.touched(met, turned).get(person_id, ())
        known = tuple(word for word in each.scenarios if word in still)
        if known:
            found[each.course, each.lesson] = replace(each, scenarios=known)
    return found


def answer(db: Database, taught: Teaching, attempt: Attempt, quiz: JudgedQuiz, given: Answer) -> None:
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
        )
        course = taught.library.courses.get(attempt.course)
        if course:
            finish_course(db, taught, course, attempt.person_id, given.at)


def finish_course(db: Database, taught: Teaching, course: Course, person_id: int, now: datetime) -> bool:
    """Complete the course if all its lessons are and the policy is acknowledged, where there is one; True if that is new."""
    done = {completion.lesson for completion in completions.of_person(db, person_id) if completion.course == course.word}
    if not course.lessons or not all(lesson.word in done for lesson in course.lessons) or "" in done:
        return False
    acknowledged = acknowledgements.latest_version(db, person_id)
    if acknowledged < taught.policy.asks_for:
        return False
    version = taught.course_edition(course)
    versions.keep(db, version.sha256, "course", version.text, now)
    return completions.complete_course(
        db,
        person_id=person_id,
        course=course.word,
        version=version.sha256,
        policy_version=acknowledged or taught.school.policy_version,
        now=now,
    )


def acknowledge(
    db: Database, taught: Teaching, person_id: int, *, version: int, sha256: str, typed_name: str, now: datetime,
    recorded_by: int | None = None, signed_on: date | None = None,
) -> bool:
    """Keep that somebody has read and understood the policy, and complete their courses if that was the last thing.

    False if they had said so before. Raises NotTheLatest.
    """
    new = acknowledgements.acknowledge(
        db, person_id, version=version, sha256=sha256, typed_name=typed_name, now=now, recorded_by=recorded_by,
        signed_on=signed_on,
    )
    for course in taught.courses:
        finish_course(db, taught, course, person_id, now)
    return new
