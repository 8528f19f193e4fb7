"""Taking a lesson's scenarios: begin, answer, put one off. Each is one change, judged before anybody has to wait for it.

The demonstration takes lessons through here too, so that what it shows is what would have happened.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ..content.editions.quiz_edition import JudgedQuiz
from ..records import editions
from ..records.progress import attempts, scenarios_put_off
from ..records.progress.attempts import Answer, Attempt, Beginning
from ..records.progress.scenarios_put_off import PutOff
from ..records.store.database import Database, transaction
from ..rules import judging, selection
from ..rules.judging import NoSuchOption, NothingChosen, Outcome, Place
from ..rules.selection import Shuffle
from . import completion, lesson_visits, retakes
from .lesson_visits import LessonVisit
from .programme import Programme


@dataclass(frozen=True, slots=True)
class Chosen:
    """An option as it stood on a page. Step 0: it stood on none of ours."""

    step: int  # of the whole attempt, from 1
    scene: str
    option: int  # its number, from 1


class Trouble(StrEnum):
    """Why an answer is not taken."""

    NOTHING = "nothing"  # no option was chosen
    ELSEWHERE = "elsewhere"  # the options are not those of the scene that is to be answered now


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer of that step is kept, from now or from before; None where there was nothing left to answer."""

    step: int | None


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was kept; the attempt is where it was."""

    attempt: Attempt
    quiz: JudgedQuiz
    trouble: Trouble


def begin(db: Database, programme: Programme, visit: LessonVisit, shuffle: Shuffle) -> int | None:
    """The id of the open attempt, or of one started now: what it asks is drawn once and stored.

    None where the lesson has no scenarios.
    """
    quiz = programme.quiz(visit.course, visit.lesson)
    scenarios = programme.quiz_edition(visit.course, visit.lesson)
    if quiz is None or scenarios is None:
        return None
    person, course, lesson = visit.person_id, visit.course.slug, visit.lesson.slug
    words = programme.lesson_edition(visit.course, visit.lesson)
    asked = retakes.open_for(db, programme, person).get((course, lesson))
    latest, aside = attempts.latest_ratings(db, person, course, lesson), programme.put_aside(visit.course, visit.lesson)
    drawn = asked.scenarios if asked else selection.draw(quiz, latest, shuffle, aside)
    with transaction(db):
        opening = lesson_visits.keep(db, programme, visit)
        already = attempts.open_attempt(db, person, course, lesson)
        if already is not None:
            return already
        editions.keep(db, scenarios, "quiz", visit.at)
        editions.keep(db, words, "lesson", visit.at)
        return attempts.start_or_resume(db, Beginning(
            person_id=person,
            course=course,
            lesson=lesson,
            quiz_version=scenarios.sha256,
            lesson_version=words.sha256,
            policy_version=programme.school.policy_version,
            pass_mark=quiz.pass_mark,
            drawn=drawn,
            started_at=visit.at,
            asked_again=asked.id if asked else None,
            opening=opening,
        ))


def answer(
    db: Database, programme: Programme, viewer_id: int, attempt_id: int, chosen: Sequence[Chosen], now: datetime
) -> Answered | Refused | None:
    """Judge an answer of the viewer's, save it and all that follows: the result, the lesson's completion, the course's.

    The same step again changes nothing. None where the attempt is not the viewer's, as if it were not there.
    """
    attempt = attempts.find(db, viewer_id, attempt_id)
    if attempt is None:
        return None
    if chosen and 0 < chosen[0].step <= len(attempt.answers):
        return Answered(chosen[0].step)
    if attempt.finished_at is not None:
        return Answered(None)  # its answers may have had their time
    quiz = programme.attempted(attempt)
    here = judging.place(quiz, attempt.drawn, attempt.answers)
    if here is None:
        return Answered(None)
    try:
        given = _judged(here, chosen, now)
    except NothingChosen:
        return Refused(attempt, quiz, Trouble.NOTHING)
    except NoSuchOption:
        return Refused(attempt, quiz, Trouble.ELSEWHERE)
    if not _save(db, programme, attempt, given, _outcome(quiz, attempt, given)):
        return answer(db, programme, viewer_id, attempt_id, chosen, now)  # answered or put off since it was read: look again
    return Answered(here.step)


def _judged(here: Place, chosen: Sequence[Chosen], now: datetime) -> Answer:
    """Raises NothingChosen, or NoSuchOption."""
    if any((each.step, each.scene) != (here.step, here.scene.id) for each in chosen):
        raise NoSuchOption
    options = tuple(sorted({each.option for each in chosen}))
    judgement = judging.judge(here.scene, options)
    return Answer(here.step, here.scenario.id, here.scene.id, options, judgement.rating, judgement.mark, now)


def _outcome(quiz: JudgedQuiz, attempt: Attempt, given: Answer) -> Outcome | None:
    """What the attempt comes to with this answer; None while there is more to answer."""
    answers = (*attempt.answers, given)
    return None if judging.place(quiz, attempt.drawn, answers) else judging.outcome(quiz, attempt.drawn, answers)


def _save(db: Database, programme: Programme, attempt: Attempt, given: Answer, outcome: Outcome | None) -> bool:
    """False, and nothing is saved, where the attempt no longer stands as it was read."""
    with transaction(db):
        if not attempts.save_answer(db, attempt, given):
            return False
        if outcome:
            attempts.finish(db, attempt, outcome, given.at)
            if outcome.passed and attempt.asked_again is None:  # those who are asked again have passed the lesson
                completion.lesson_passed(db, programme, attempt, outcome, given.at)
    return True


def put_off(
    db: Database, programme: Programme, attempt: Attempt, scenario: str, shuffle: Shuffle, now: datetime
) -> tuple[str, ...] | None:
    """Put off the scenario that is to be answered now: what is drawn then, or None where it stays.

    `scenario` is the one that the page had shown. It stays where it is answered in part, says nothing beforehand, or is
    asked again for its rule; and where it was put off before.
    """
    quiz = programme.attempted(attempt)
    here = judging.place(quiz, attempt.drawn, attempt.answers)
    if here is None or attempt.finished_at or here.scenario.id != scenario or not may_put_off(db, programme, attempt):
        return None
    drawn = _another(db, programme, attempt, scenario, shuffle)
    following = judging.place(quiz, drawn, attempt.answers) if drawn else None
    if drawn is None or following is None:
        return None
    with transaction(db):
        if not attempts.replace_drawn(db, attempt, drawn):
            return None
        scenarios_put_off.keep(db, PutOff(attempt.id, scenario, following.scenario.id, now))
    return drawn


def may_put_off(db: Database, programme: Programme, attempt: Attempt) -> bool:
    """Whether somebody may have another scenario instead of the one that is to be answered now."""
    here = judging.place(programme.attempted(attempt), attempt.drawn, attempt.answers)
    if here is None or not here.scenario.warn or attempt.asked_again is not None:
        return False
    if judging.answers_in(attempt.answers, here.scenario.id):
        return False
    return _another(db, programme, attempt, here.scenario.id, lambda words: None) is not None


def _another(
    db: Database, programme: Programme, attempt: Attempt, instead_of: str, shuffle: Shuffle
) -> tuple[str, ...] | None:
    before = scenarios_put_off.of_attempt(db, attempt.id)
    course = programme.library.courses.get(attempt.course)
    lesson = course.lesson(attempt.lesson) if course else None
    aside = programme.put_aside(course, lesson) if course and lesson else ()
    return selection.another(programme.attempted(attempt), attempt.drawn, instead_of, before, shuffle, aside)
