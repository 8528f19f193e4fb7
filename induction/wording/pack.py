"""The inspection pack in words: what it is and is not, how somebody stood, and what each of its files holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from ..rules.calendar import local
from ..rules.days_here import Shut, When
from ..rules.done_elsewhere import Certificate
from ..rules.evidence import SHORTEST_HEAD
from ..rules.pack import Stood
from .dates import clock, day_and_clock, in_full, short_in_full

COMMAND_LINE = "the command line of the server"

IS = (
    "It says who was required to take which course, who had done so and who had not, what was taught in which words, under "
    "which policy, and who approved it, as the school’s own site has it on record."
)
IS_NOT = (
    "It is no statement about anybody’s conduct. “Done” means that somebody opened or read the lessons, answered their "
    "scenarios to the pass mark without crossing a line, and said that they had read the policy. Answers in training are "
    "practice, and none stands in here."
)
OF_ONE_MOMENT = "Everything in it was read at one moment."
KEEP_IT = "Keep this page where the school’s server can’t reach it: it is the head that was kept outside."
LACKS = "No typeface here has these letters, so their numbers stand in their place; the sheets have the letters themselves:"
MARKED = {
    Stood.OVERDUE: "Overdue",
    Stood.DUE: "Due",
    Stood.DONE: "Done",
    Stood.EXEMPT: "Exempt",
    Stood.ERASED: "Erased since",
}
MEANS = {
    Stood.DONE: "nothing that was required was left",
    Stood.DUE: "something was left, and was still in time or had no date",
    Stood.OVERDUE: "something was left, and its date had passed",
    Stood.EXEMPT: "nothing was required that day: done elsewhere, or a first day still to come",
    Stood.ERASED: "their record was erased after that day, so what they had done is not known any more",
}

# What each file holds, in the order in which the pack lists them.
SHEETS = {
    "people": "everybody who was here, as they were called that day, and how they stood",
    "people-by-course": "the same, course by course",
    "completions": "each lesson and course that was completed, when, in which words and under which policy",
    "certificates": "the code of each course’s certificate, by which its page can be looked up",
    "done-elsewhere": "certificates of other providers that count here",
    "acknowledgements": "who read which version of the policy and said so",
    "sign-offs": "who signed off which completed course",
    "corrections": "what was corrected, why and by whom; what stood before stays in its own sheet",
    "lessons": "the lessons of each course, with the SHA-256 of their words",
    "scenarios": "their scenarios, with the SHA-256 of their words",
    "approvals-of-courses": "who approved which course, in which version",
    "policy-versions": "each version of the policy",
    "policy-choices": "what each version chose",
    "accounts": "the register of approved accounts",
    "account-assessments": "each risk assessment of them, question by question",
    "who-they-were": "name, address, role, mentor and dates, and each change of them",
    "conversations": "that conversations took place: the day and with whom, and nothing that was said",
}
POLICY_TEXT = "the words of version {}, to be read"
CHAIN = "the chain of evidence, whole; the words of tries, answers, leads’ acts and later days are left out"
VERIFIER = "a program that goes through it, with nothing but Python"
POLICY_WORDS = "the same to the letter: its SHA-256 is the one that was acknowledged"


def title(person: str) -> str:
    return f"Inspection pack: {person}" if person else "Inspection pack"


def as_at(day: date, now: datetime) -> str:
    """*As at the end of Friday 4 December 2026*; of today, at the moment at which it was made."""
    if day == local(now).date():
        return f"As at {in_full(day)}, {clock(now)}"
    return f"As at the end of {in_full(day)}"


def made(now: datetime, by: str, version: str) -> str:
    return f"Made on {in_full(local(now).date())} at {clock(now)} for {by or COMMAND_LINE}, by induction {version}."


def stood(stood: Stood, due: date | None) -> str:
    """*Overdue: due by 4 December 2026*, *Due by 4 December 2026*, *Done*."""
    if stood is Stood.OVERDUE and due:
        return f"Overdue: due by {short_in_full(due)}"
    if stood is Stood.DUE:
        return f"Due by {short_in_full(due)}" if due else "Due, without a date"
    return MARKED[stood]


def why_exempt(shut: Shut | None, here: bool) -> str:
    """*first day 4 January 2027*, in a cell; empty where they were here."""
    if shut is None:
        return "" if here else "had left"
    return f"{'first day' if shut.when is When.BEFORE else 'last day'} {short_in_full(shut.day)}"


def elsewhere(certificate: Certificate | None) -> str:
    """*Level 1, Kent, 4 December 2026*"""
    return f"{certificate.title}, {certificate.provider}, {short_in_full(certificate.done_on)}" if certificate else ""


def of_lessons(done: int, asked: int) -> str:
    return f"{done} of {asked}" if asked else ""


def verify(head: str) -> str:
    """How whoever has the server checks it against the head on paper: as many of its digits as nobody mistypes are enough."""
    command = f"induction verify --head {head[:SHORTEST_HEAD]}"
    return f"On the school’s server: {command}, which goes through all entries and names the first that does not fit."


def verify_alone(head: str) -> str:
    """The same with what lies in the pack, and nothing of the school's."""
    return f"Anywhere with Python: python3 verify.py evidence.csv {head[:SHORTEST_HEAD]}, in the folder evidence/ beside this."


def under(policy_version: str) -> str:
    """The version of the policy under which something was judged, as the sheets name it."""
    return "none yet" if policy_version == "default" else policy_version


def read(version: int | None, on: date | None) -> str:
    """*Version 3, 4 December 2026*: which version of the policy somebody had read."""
    return f"Version {version}, {short_in_full(on)}" if version and on else ""


def in_figures_of(counts: Mapping[Stood, int]) -> str:
    """The whole school in a sentence: *12 people were here: 2 overdue, 3 due and 7 done.*"""
    total = sum(counts.values())
    told = [f"{counts[each]} {MARKED[each].lower()}" for each in Stood if counts.get(each)]
    if not told:
        return "Nobody was here."
    listed = f"{', '.join(told[:-1])} and {told[-1]}" if len(told) > 1 else told[0]
    return f"{'1 person was' if total == 1 else f'{total:,} people were'} here: {listed}."


def who(name: str, role: str) -> str:
    """The heading over one person: *Tess Okafor, teacher*"""
    return f"{name}, {role}"


NOTHING_COMPLETED = "Nothing had been completed by then."
NOTHING_READ = "No version of the policy had been acknowledged by then."


def entry(what: str, of: str) -> str:
    """*the completion of Friend requests*, *the acknowledgement of version 3*"""
    return f"the {what} of {of}"


def chosen(by_the_school: bool) -> str:
    return "yes" if by_the_school else "no: the cautious rule"


def approved(ever: bool) -> str:
    return "Approved for this school by:" if ever else "No lead had approved this course for this school by then."


def in_force(title: str, version: int) -> str:
    """The heading over the words of a policy."""
    return f"{title}: the words of version {version}"


NO_POLICY = "No version of the policy had been published by then. The cautious rule applied on each question."
NO_ACCOUNTS = "No account stood on the register."
FILES = "Each sheet is whole, opens in any spreadsheet, and has full digests and moments in UTC."
TOO_MANY = "They are too many for paper: each of them stands in csv/people.csv."
STEPS = ("Reading the records", "Writing the sheets", "Setting the pages", "Packing it")


# What can't be known of a day that is past


def caveats(*, past: bool, began: date | None, day: date, erased: int, changed: Sequence[str]) -> list[str]:
    """Where the pack says less than all about that day.

    `began`: since when the site keeps who somebody was. `changed`: courses that were approved in other words by then.
    """
    found = []
    if past:
        found.append(
            "Courses and their lessons are those of the day on which this was made. What was taught before stands, "
            "word for word, in the site’s records under the SHA-256 that each completion names. Where lessons have been added "
            "since, somebody counts as done who had completed the course as it was."
        )
        found.append("The school’s name and its nation are those of the day on which this was made.")
    if changed:
        found.append(f"Approved by then in other words than those of today: {'; '.join(changed)}.")
    if began and day < began:
        found.append(
            f"Who somebody was is kept since {short_in_full(began)}. Names, roles and dates before that are those of that day."
        )
    if erased:
        who = "One person who was" if erased == 1 else f"{erased} people who were"
        found.append(f"{who} here that day {'has' if erased == 1 else 'have'} been erased since, and stand here by a number alone.")
    return found


# The page, and the log


NOT_HERE_YET = "They were not known here by then. Write a later day."
DAY_TO_COME = "That day is still to come. Write today’s date, or an earlier one."
INTERRUPTED = "It was interrupted, and nothing of it was kept. Make it again."
NO_ROOM = "It could not be kept, since the disk is full or can’t be written. Nothing else was changed."
TOOK_TOO_LONG = "It took too long, and nothing of it was kept. Make it again when the server has less to do."
NOT_MADE = "It could not be made, and nothing of it was kept. What the server’s log says will help whoever looks after it."
GONE = "That pack is not here any more. Packs are kept for a day, and go when somebody’s record is erased. Make it again."


def another_under_way(by: str) -> str:
    return f"A pack is being made for {by} at the moment. Ask again when it is done."


def called(person: str | None, day: date, today: date) -> str:
    """*The whole school, as at today*"""
    when = "today" if day == today else short_in_full(day)
    return f"{person or 'The whole school'}, as at {when}"


def link(person: str | None, day: date, today: date) -> str:
    """*Download the pack of the whole school, as at today*"""
    of = called(person, day, today)
    return f"Download the pack of {of if person else of[0].lower() + of[1:]}"


def asked(by: str, at: datetime) -> str:
    return f"Asked for by {by} at {clock(at)}"


def how_far(step: int) -> str:
    """*2 of 4: Writing the sheets*"""
    return f"{step + 1} of {len(STEPS)}: {STEPS[step]}" if 0 <= step < len(STEPS) else "Almost done"


def kept_until(until: datetime, today: date) -> str:
    return f"Kept until {day_and_clock(until, today)}."


def size(count: int) -> str:
    """*71 kB*, *1.4 MB*"""
    return f"{count / 1_000_000:.1f} MB" if count >= 100_000 else f"{-(-count // 1000)} kB"


def downloaded(day: date, sha256: str) -> str:
    """As the log tells of it, so that a pack that is shown years later can be known again."""
    return f"the inspection pack as at {short_in_full(day)} (SHA-256 {sha256})"


def file_name(day: date, person_id: int | None) -> str:
    return f"inspection-pack-{person_id}-{day}.zip" if person_id else f"inspection-pack-{day}.zip"
