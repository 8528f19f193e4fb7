"""Where somebody is with their induction, and what comes next: home shows it, and a result leads on to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ...records.progress.retakes import Asked
from ...rules import calendar
from ...rules.induction import Begins, LessonName, Part
from ...services import progress, retakes
from ...services.programme import Programme
from ...services.progress import Progress
from ...wording import standing
from ...wording.standing import AskedAgain, PolicyTask
from ..parts.shell import own_home
from ..site import current_programme, db, now, today, viewer


@dataclass(frozen=True, slots=True)
class NextStep:
    """A card with what comes next, and *Continue*."""

    over: str  # *Lesson 5 of 11 · you stopped this morning*
    heading: str
    words: str
    href: str
    goes_on: bool = False  # with its scenarios: a try that is open, where it stopped, or what a later round begins with


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """How far the viewer is, and what else is asked of them."""

    known: Progress
    task: PolicyTask | None  # the policy, where it is still to be read
    asked: Mapping[LessonName, Asked]  # scenarios to meet again

    @property
    def again(self) -> AskedAgain | None:
        if not self.asked:
            return None
        asked = self.asked.values()
        return AskedAgain(sum(len(each.scenarios) for each in asked), all(each.first_policy for each in asked))

    @property
    def finished(self) -> bool:
        """Whether nothing at all is asked of them now. Where there are no lessons, nobody has finished."""
        induction = self.known.induction
        return bool(induction.lessons) and induction.complete and not self.task and not self.asked

    @property
    def finished_on(self) -> date | None:
        """When the last of their courses was completed; None where that is not kept of each."""
        done = [self.known.learner.course_completed(course) for course in self.known.learner.given]
        return calendar.local(max(each.at for each in done if each)).date() if done and all(done) else None


def whereabouts(programme: Programme) -> Whereabouts:
    known = progress.of(db(), programme, viewer(), today())
    asked = retakes.open_for(db(), programme, viewer().id) if known.waiting.asked_again else {}
    return Whereabouts(known, _policy_task(programme, known), asked)


def _policy_task(programme: Programme, known: Progress) -> PolicyTask | None:
    """A version that asks to be read once more is a task also for those who have completed the induction."""
    read, policy = known.waiting.acknowledged, programme.policy
    if read >= policy.asks_for:
        return None
    return PolicyTask(read > 0, not known.induction.policy_left, bool(read and programme.policy_changes(read)))


def on_home(programme: Programme, at: Whereabouts) -> NextStep | None:
    """What home goes on with: where somebody stopped, else the first lesson that is left, else the policy."""
    part = at.known.induction.next
    if part:
        stopped = f" · {standing.stopped(part.stopped, now())}" if part.stopped else ""
        words = standing.lesson_left(part, standing.lesson_to_come(part))
        return _lesson(programme, at, part, (f"{_place(at, part)}{stopped}", lesson_title(programme, part.lesson), words))
    return _policy(programme, at.task, at.task.heading) if at.task else None


def after_a_result(at: Whereabouts) -> NextStep:
    """What a lesson that was passed leads on to: the next lesson, the policy, what is asked again, or the end."""
    programme, part = current_programme(), at.known.induction.next
    if part:
        return _lesson(programme, at, part, (_place(at, part), *standing.next_lesson(lesson_title(programme, part.lesson), part)))
    if at.task:
        return _policy(programme, at.task, at.task.as_next)
    home = own_home(viewer().role)
    if at.again:
        return NextStep(at.again.why, "Next: what is asked again", at.again.words, home)
    return NextStep("", "You have finished", standing.finished(at.finished_on, today()), home)


def _lesson(programme: Programme, at: Whereabouts, part: Part, said: tuple[str, str, str]) -> NextStep:
    over, heading, words = said
    return NextStep(over, heading, words, "/courses/{}/{}".format(*part.lesson), _with_scenarios(part))


def _with_scenarios(part: Part) -> bool:
    """Whether *Continue* leads to its scenarios at once: to where somebody stopped, or in a round that begins with them."""
    return bool(part.stopped) or part.begins_with is Begins.SCENARIOS


def _policy(programme: Programme, task: PolicyTask, heading: str) -> NextStep:
    return NextStep(f"Our policy, version {programme.policy.version}", heading, task.words, "/policy")


def _place(at: Whereabouts, part: Part) -> str:
    lessons = at.known.induction.lessons
    return f"Lesson {lessons.index(part) + 1} of {len(lessons)}"


def lesson_title(programme: Programme, name: LessonName) -> str:
    course, lesson = name
    found = programme.library.courses[course].lesson(lesson)
    return found.title if found else lesson
