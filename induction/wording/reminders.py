"""The letters that remind: their shipped words, what the words in braces stand for, and what mentors are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from ..rules.induction import Induction, Part, Stage
from ..rules.reminders import Reminder
from . import dates
from .letter_html import as_text
from .letters import Letter, paragraphs, what_is_left
from .own_letters import OwnLetter, read

TITLES = {
    Reminder.NOT_BEGUN: "Not begun",
    Reminder.WEEK: "Seven days before",
    Reminder.EVE: "The day before",
    Reminder.DAY: "On the day",
    Reminder.OVERDUE: "Overdue",
}
WHEN = {  # what is sent when, for the table
    Reminder.NOT_BEGUN: (
        "Once, a week after they came, or after it came round again, to whoever has not begun.",
        "On the next sending day. Not where a date is near: its own reminders come then.",
    ),
    Reminder.WEEK: (
        "Once, seven days before the date.",
        "On the last sending day of the week before, else on the next one, up to three days before the date.",
    ),
    Reminder.EVE: ("Once, the day before.", "On the last sending day before the date, however long that is before."),
    Reminder.DAY: ("Once, on the day.", "Not at all: the one before has named the day."),
    Reminder.OVERDUE: (
        "The day after, then every seven days until all is done. The mentor is told on the same day.",
        "On the next sending day.",
    ),
}
WHY = "you have an induction to do"
WHY_MENTOR = "you are their mentor"
COMMON = ("first name", "school", "what is left")
GAPS = {  # what may stand in braces in the words of each
    Reminder.NOT_BEGUN: (*COMMON, "since", "by when"),
    Reminder.WEEK: (*COMMON, "day", "how near"),
    Reminder.EVE: (*COMMON, "day", "how near"),
    Reminder.DAY: (*COMMON, "day"),
    Reminder.OVERDUE: (*COMMON, "day", "how long ago", "mentor is told"),
}
GAPS_MEAN = {
    "first name": "Tess",
    "school": "the school’s name",
    "what is left": "4 lessons of 11 are left, and our policy to read: about 30 minutes.",
    "since": "You have been here for a week or more; or that the induction came round again, and when",
    "by when": "It is to be done by Friday 4 December. Nothing where there is no date.",
    "day": "Friday 4 December",
    "how near": "tomorrow, in 7 days",
    "how long ago": "yesterday, 8 days ago",
    "mentor is told": "Max Adeyemi, your mentor, has been told too. Nothing where there is no mentor.",
}
NEW_HERE = "You have been here for a week or more"
_IN_THE_WAY = "If something is in the way, write back and we’ll find a time."
SHIPPED = {
    Reminder.NOT_BEGUN: (
        "Hello {first name},\n\n{since}, and you have not begun. {what is left} {by when}\n\n"
        f"You can stop at any time and carry on where you left off. {_IN_THE_WAY}"
    ),
    Reminder.WEEK: (
        "Hello {first name},\n\nYour induction is to be done by {day}, {how near}. {what is left}\n\n"
        f"You can stop at any time and carry on where you left off. {_IN_THE_WAY}"
    ),
    Reminder.EVE: (
        "Hello {first name},\n\nYour induction is to be done by {day}, {how near}. {what is left}\n\n"
        "If it can’t be done by then, write back and we’ll find a time."
    ),
    Reminder.DAY: (
        "Hello {first name},\n\nYour induction is to be done today, {day}. {what is left}\n\n"
        "If it can’t be done today, write back and we’ll find a time."
    ),
    Reminder.OVERDUE: (
        f"Hello {{first name}},\n\nYour induction was to be done by {{day}}, {{how long ago}}. {{what is left}}\n\n{_IN_THE_WAY}"
        " {mentor is told}"
    ),
}


@dataclass(frozen=True, slots=True)
class About:
    """Whom a reminder goes to, and what it tells of."""

    first_name: str
    school: str
    induction: Induction
    due: date | None
    mentor: str  # their name; empty where there is none
    opened: bool  # the invitation: they have a password
    today: date
    address: str  # the site's
    again: date | None = None  # when it came round again; None: the first time


@lru_cache(maxsize=32)
def own_words(reminder: Reminder, words: str) -> OwnLetter:
    """A reminder's words, read."""
    return read(words, GAPS[reminder])


def reminder(which: Reminder, words: str | None, about: About) -> Letter:
    """A reminder in the school's own words, or in those that are shipped, with the way to go on below them."""
    return Letter(subject(which, about), paragraphs(*reminder_paragraphs(which, words, about), about.school))


def reminder_paragraphs(which: Reminder, words: str | None, about: About) -> list[str]:
    """The same without its end, for more to follow."""
    return [*own_words(which, words or SHIPPED[which]).filled(_gaps(about)), _way_in(about)]


def subject(which: Reminder, about: About) -> str:
    if about.due is None or which is Reminder.NOT_BEGUN:
        return f"Your induction at {about.school}"
    if which is Reminder.DAY:
        return "Your induction is to be done today"
    return f"Your induction {'was' if which is Reminder.OVERDUE else 'is'} to be done by {dates.day(about.due, about.today)}"


def _gaps(about: About) -> Mapping[str, str]:
    day = dates.day(about.due, about.today) if about.due else ""
    near = dates.from_now(about.due, about.today) if about.due else ""
    return {
        "first name": about.first_name,
        "school": about.school,
        "what is left": what_is_left(about.induction),
        "since": f"Your induction came round again on {dates.day(about.again, about.today)}" if about.again else NEW_HERE,
        "by when": f"It is to be done by {day}." if day else "",
        "day": day,
        "how near": near,
        "how long ago": near,
        "mentor is told": f"{about.mentor}, your mentor, has been told too." if about.mentor else "",
    }


def _way_in(about: About) -> str:
    """How to go on; of whoever has never opened their invitation, how to get in at all."""
    if about.opened:
        return f"Your induction is here:\n{about.address}"
    return (
        "You begin with the personal link that you were sent; it lets you choose a password. If it has ended or got lost, ask for"
        f" another here, with the address that this letter came to:\n{about.address}/forgotten"
    )


# To a mentor


@dataclass(frozen=True, slots=True)
class Reminded:
    """A teacher who was reminded today that they are overdue, and what was written to them."""

    name: str
    due: date
    opened: bool
    words: str


def reminded_subject(names: Sequence[str]) -> str:
    return f"{dates.listed(names)} {'was' if len(names) == 1 else 'were'} reminded today"


def reminded_paragraphs(reminded: Sequence[Reminded], today: date) -> list[str]:
    """Who was reminded and why, then what was written, each once. A word from a mentor does more than a letter."""
    several = len(reminded) > 1
    said = [f"– {each.name}: {_late(each, today)}" for each in reminded]
    head = (
        f"{len(reminded)} of your teachers are past their date and were reminded today:\n" + "\n".join(said)
        if several
        else f"{reminded[0].name} is past the date and was reminded today: {_late(reminded[0], today)}"
    )
    written = [f"To {each.name} we wrote:\n{_quoted(each.words)}" for each in reminded[:QUOTED]]
    if len(reminded) > QUOTED:
        written.append("The others were written to in the same words.")
    return [head, "A word from you does more than a letter: ask what is in the way.", *written]


QUOTED = 3  # letters; more would be the same words again


def _late(each: Reminded, today: date) -> str:
    opened = "" if each.opened else ", and the invitation was never opened"
    return f"the date was {dates.day(each.due, today)}, {dates.from_now(each.due, today)}{opened}."


def _quoted(words: str) -> str:
    return "\n".join(f"> {line}" for line in words.split("\n") if line.strip())


# For a lead


def preview(which: Reminder, words: str, school: str, address: str, today: date) -> Letter:
    """How a letter would look today for an invented person."""
    away = {Reminder.WEEK: 7, Reminder.EVE: 1, Reminder.DAY: 0, Reminder.OVERDUE: -1}.get(which, 21)
    lesson = Part(("a-course", "a-lesson"), Stage.TO_DO, 6, 5, 5)
    done = Part(("a-course", "another"), Stage.DONE)
    lessons = (*[lesson] * 4, *[done] * (0 if which is Reminder.NOT_BEGUN else 7))
    left = Induction(lessons, Stage.TO_DO, today + timedelta(days=away))
    letter = reminder(which, words, About("Tess", school, left, left.due, "Max Adeyemi", True, today, address))
    return Letter(letter.subject, as_text(letter.words))
