"""How somebody stands, in words: for themselves and for their mentor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ..rules.calendar import local
from ..rules.induction import MINUTES_FOR_THE_POLICY, Begins, Induction, Part, Stage, Standing, minutes_for
from . import dates
from .done_elsewhere import nothing_is_asked
from .numbers import counted, in_figures, number
from .sentences import sentence

# Home


@dataclass(frozen=True, slots=True)
class PolicyTask:
    """The policy, where it is still to be read by somebody."""

    read_before: bool  # an earlier version
    completed: bool  # the induction was completed before
    differs: bool  # from the version read before

    @property
    def heading(self) -> str:
        if not self.read_before:
            return "Read our policy"
        return "Read what has changed" if self.differs else "Read our policy once more"

    @property
    def as_next(self) -> str:
        """*Next: read our policy*"""
        return f"Next: {self.heading[:1].lower()}{self.heading[1:]}"

    @property
    def words(self) -> str:
        stands = " What you have completed stands." if self.completed else ""
        if self.read_before:
            why = "Something in it has changed since you read it." if self.differs else "It reads as it did; everybody is asked again."
            return f"{why}{stands}"
        if self.completed:
            return f"It was published after you had completed the induction.{stands}"
        long = dates.minutes(MINUTES_FOR_THE_POLICY)
        return f"{sentence(long)}. At its end you say that you have read and understood it."


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """Scenarios that are asked once more, because a policy turned them round."""

    scenarios: int
    first: bool  # it is the first policy here

    @property
    def why(self) -> str:
        return "Asked again, because we have a policy now" if self.first else "Asked again, because our policy changed"

    @property
    def words(self) -> str:
        count = in_figures(self.scenarios, "scenario")
        return f"{count} where {'the rule' if self.first else 'our rule'} is now another one. You have passed the lesson, and that stands."


def home_lead(induction: Induction, task: PolicyTask | None, again: AskedAgain | None) -> str:
    """How it stands, in a sentence or two, while something is left."""
    lessons, left = len(induction.lessons), len(induction.left)
    if not lessons and induction.elsewhere:
        return nothing_is_asked(induction.policy_left)
    if not lessons:
        return "There are no lessons yet. Your induction lead can add them."
    if not left:
        return f"You have done every lesson. {_besides_lessons(task, again)}"
    kept = "Nothing here has to be done in one go: every answer is kept."
    if not induction.begun:
        return kept if any(each.begins for each in induction.rounds) else f"Welcome. {kept}"
    return f"{'You are over halfway' if left * 2 < lessons else 'You have made a start'}. {kept}"


def _besides_lessons(task: PolicyTask | None, again: AskedAgain | None) -> str:
    if task and task.read_before:
        return "Our policy has changed since you read it." if task.differs else "Everybody is asked to read our policy once more."
    if task and task.completed:
        return "Our policy has been published since then: what is left is to read it, and to say that you have."
    if task:
        return "What is left is to read our policy, and to say that you have."
    if again:
        what = "one scenario is" if again.scenarios == 1 else "some scenarios are"
        return f"{'We have a policy now' if again.first else 'Our policy has changed since'}, so {what} asked once more."
    return ""


def what_is_left(induction: Induction, task: PolicyTask | None, again: AskedAgain | None) -> tuple[str, str]:
    """The answer on home, large and small: *4 lessons*, *of 11, and the policy*."""
    lessons = len(induction.lessons)
    if induction.left:
        of = [f"of {lessons}"] if lessons > 1 else []
        return in_figures(len(induction.left), "lesson"), ", ".join([*of, *(["and the policy"] if task else [])])
    if task:
        return "The policy", "and no lesson"
    return in_figures(again.scenarios if again else 0, "scenario"), "to meet again"


def how_long(induction: Induction, task: PolicyTask | None, again: AskedAgain | None) -> tuple[str, str]:
    """*about 1½ hours*, *with the policy*: for all that is left, with what came after the induction was completed."""
    minutes = induction.minutes_left
    if task and task.completed:
        minutes += MINUTES_FOR_THE_POLICY
    if again:
        minutes += minutes_for(0, again.scenarios)
    return dates.minutes(minutes), "with the policy" if task and induction.left else ""


def by_when(induction: Induction, today: date) -> tuple[str, str]:
    """The date of the induction, as long as something of it is left; what came after it was completed has none of its own."""
    if induction.due is None:
        return "no date", "is set"
    if induction.complete:
        return "no new date", f"{dates.short_day(induction.due, today)} was for what you have done"
    return dates.day(induction.due, today), dates.from_now(induction.due, today)


def finished(on: date | None, today: date) -> str:
    """The first words to somebody who has nothing left. `on`: the day when it was completed; None where none is kept."""
    return f"You completed your induction on {dates.day(on, today)}." if on else "You have done all of your induction."


def has_finished(on: date | None) -> str:
    """The same on paper, below a name."""
    return f"has completed the staff induction, the last of it on {dates.in_full(on)}." if on else "has completed the staff induction."


def stays(asks_for: int) -> str:
    """What may still be asked of somebody who has finished. `asks_for`: the version of the policy to be read; 0 where none is."""
    if asks_for:
        return "When our policy changes you may be asked to read it again. Then it says so here."
    return "Once our policy is published you are asked to read it. Then it says so here."


def stopped(at: datetime, now: datetime) -> str:
    """*you stopped this morning*, *you stopped on Thursday evening*, *you stopped on 2 November*."""
    hour = local(at).hour
    part = "morning" if hour < 12 else "afternoon" if hour < 18 else "evening"
    when = dates.recently(at, now)
    if when == "today":
        return f"you stopped this {part}"
    if when == "yesterday":
        return f"you stopped yesterday {part}"
    return f"you stopped on {when}" if when[0].isdigit() else f"you stopped on {when} {part}"


# A lesson in a list


def lesson_done(at: datetime, percent: int | None, today: date) -> str:
    """*Monday 9 November · 94*; without a mark where there was nothing to answer."""
    return f"{day_of(at, today)}{'' if percent is None else f' · {percent}'}"


def lesson_to_come(part: Part) -> str:
    """*Scenario 3 of 5 is next*, *6 minutes, 5 scenarios*."""
    if part.stage is Stage.BEGUN:
        return f"Scenario {part.scenarios - part.scenarios_left + 1} of {part.scenarios} is next"
    if part.begins_with is Begins.SCENARIOS:
        return f"{in_figures(part.scenarios, 'scenario')} to begin with"
    asked = f", {in_figures(part.scenarios, 'scenario')}" if part.scenarios else ""
    again = "to read again: " if part.begins_with is Begins.READING_AGAIN else ""
    return sentence(f"{again}{dates.exactly(part.reading)}{asked}")


def next_lesson(title: str, part: Part) -> tuple[str, str]:
    """To whom a result leads on: *Next: Friend requests, 6 minutes*, and what comes with it."""
    if part.stage is Stage.BEGUN:
        return f"Next: {title}, {dates.exactly(part.minutes)}", f"{sentence(counted(part.scenarios_left, 'scenario'))} left."
    if part.begins_with is Begins.SCENARIOS:
        return f"Next: {title}, {dates.exactly(part.minutes)}", f"{sentence(counted(part.scenarios, 'scenario'))} to begin with."
    then = f"Then {counted(part.scenarios, 'scenario')}, {dates.minutes(minutes_for(0, part.scenarios))}." if part.scenarios else ""
    return f"Next: {title}, {dates.exactly(part.reading)}", then


def lesson_left(part: Part, detail: str) -> str:
    """*Three scenarios left, about 4 minutes.* Where it is not begun, all of it: its `detail`."""
    if part.stage is not Stage.BEGUN:
        return f"{detail}."
    left = part.scenarios_left
    return f"{sentence(counted(left, 'scenario'))} left, {dates.minutes(part.minutes)}."


def day_of(moment: datetime, today: date) -> str:
    """*Monday 9 November*, the day of a moment at the school."""
    return dates.day(local(moment).date(), today)


def what_was_done(lesson: str, percent: int | None) -> str:
    """*94*; *read* of a lesson where there was nothing to answer, *complete* of a course, which has no `lesson`."""
    if percent is not None:
        return str(percent)
    return "read" if lesson else "complete"


def judged_under(policy_version: int) -> str:
    """*version 3 of our policy*; *the cautious rule* where there was none yet."""
    return f"version {policy_version} of our policy" if policy_version else "the cautious rule, before we had a policy"


# A mentor's list


def lessons_done(induction: Induction) -> str:
    """*4 of 8 lessons*, *All 8 lessons*, *All 8 lessons, policy to read*, *Not begun*; empty where all was done elsewhere."""
    count = len(induction.lessons)
    if not count and induction.elsewhere:
        return "Policy to read" if induction.policy_left else ""
    if count and not induction.left:
        return f"All {count} lessons{', policy to read' if induction.policy_left else ''}"
    return f"{induction.done} of {count} lessons" if induction.begun else "Not begun"


def last_here(seen: datetime | None, now: datetime) -> str:
    """*today*, *Thursday*, *2 November*, *not yet*."""
    return dates.recently(seen, now) if seen else "not yet"


def due(day: date | None, today: date) -> str:
    """*4 December*, *no date*."""
    return dates.short_day(day, today) if day else "no date"


def who_needs_a_word(teachers: Sequence[tuple[str, Induction]], today: date) -> str:
    """One sentence with at most two names: who is late, then who has not begun. The most urgent come first."""
    if not teachers:
        return ""
    late, idle = [], []
    for name, induction in teachers:
        if induction.due and induction.standing(today) is Standing.OVERDUE:
            late.append(f"{name} is {counted((today - induction.due).days, 'day')} past the date")
        elif not induction.begun and not induction.complete:
            idle.append(f"{name} has not begun")
    if not late and not idle:
        complete = all(induction.standing(today) is Standing.COMPLETE for _, induction in teachers)
        return "Everyone has completed the induction." if complete else "Nobody is past a date. All are on their way."
    said, more = [*late, *idle][:2], len(late) + len(idle) - 2
    words = f"{' and '.join(said)}."
    if more > 0:
        return f"{words} {sentence(number(more))} more need a word."
    return words if len(said) == len(teachers) else f"{words} The rest are on their way."


# A mentor's page


def began(first_try: datetime | None, induction: Induction, today: date) -> str:
    """*began on Monday 9 November*, *has not begun*; empty where lessons were only read."""
    if first_try:
        return f"began on {day_of(first_try, today)}"
    return "" if induction.done else "has not begun"


def tries(count: int) -> str:
    """*1 try*, *3 tries*; empty where there is none."""
    return f"{count} {'try' if count == 1 else 'tries'}" if count else ""


@dataclass(frozen=True, slots=True)
class PolicyRead:
    """The version that somebody acknowledged last, and on which day."""

    version: int
    on: date


def policy_so_far(asks_for: int, version: int, read: PolicyRead | None, today: date) -> str | None:
    """*Our policy: version 3, read on Monday 9 November.* None where nothing is to be acknowledged.

    `version` is the policy's at present; an acknowledgement of `asks_for` or a later one is asked for.
    """
    if not asks_for:
        return None
    if read is None:
        return f"Our policy, version {version}, is still to be read."
    words = f"Our policy: version {read.version}, read on {dates.day(read.on, today)}"
    return f"{words}." if read.version >= asks_for else f"{words}; version {version} is still to be read."
