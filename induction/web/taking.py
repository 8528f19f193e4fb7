"""Taking a lesson's scenarios: begin, answer, and what follows. All of it inside one change of the caller's.

The demonstration takes lessons through here too, so that what it shows is what would have happened.
"""

from __future__ import annotations

from datetime import datetime

from ..content.edition import JudgedQuiz
from ..content.model import Course, Lesson
from ..learning import drawing, judging
from ..learning.drawing import Shuffle
from ..records import attempts, completions, versions
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
        drawn=drawing.draw(quiz, latest, shuffle),
        now=now,
    )


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
    if result.passed:
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
    """Complete the course if all its lessons are; True if that is new."""
    done = {completion.lesson for completion in completions.of_person(db, person_id) if completion.course == course.word}
    if not all(lesson.word in done for lesson in course.lessons) or "" in done:
        return False
    version = taught.course_edition(course)
    versions.keep(db, version.sha256, "course", version.text, now)
    return completions.complete_course(
        db,
        person_id=person_id,
        course=course.word,
        version=version.sha256,
        policy_version=taught.school.policy_version,
        now=now,
    )
