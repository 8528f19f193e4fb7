"""The letter at the beginning of a week: whose induction needs a word, who has finished, what waits. Nothing to say, no letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ..rules.groups import Group
from . import dates, overview
from .numbers import number
from .sentences import sentence

WHY_LEAD = "you are an induction lead"
WHY_MENTOR = "you are a mentor"
MOST = 8  # names in each list


@dataclass(frozen=True, slots=True)
class Needs:
    """Somebody who needs a word."""

    name: str
    group: Group  # overdue, or not begun
    due: date | None
    begun: bool
    opened: bool  # the invitation


def for_mentor(
    needs: Sequence[Needs], finished: Sequence[tuple[str, date]], today: date, to_sign_off: Sequence[str] = ()
) -> list[str]:
    """The paragraphs on somebody's own teachers; none where there is nothing to say."""
    said = []
    if needs:
        head = f"{_people(len(needs), 'of your teachers')} {_need(len(needs))} a word from you:"
        said.append(_list(head, [_line(each, today) for each in needs]))
    if finished:
        said.append(_list("Finished in the last week:", [f"{name}, on {dates.day(on, today)}" for name, on in finished]))
    if to_sign_off:
        said.append(_list("Waiting for your sign-off, once you have talked it through:", to_sign_off))
    return said


def for_lead(needs: Sequence[Needs], waits: Sequence[str], today: date) -> list[str]:
    """The paragraphs on the whole school; none where there is nothing to say."""
    said = []
    if needs:
        head = f"In the whole school {_people(len(needs), '')} {_need(len(needs))} a word:"
        said.append(_list(head, [_line(each, today) for each in needs]))
    if waits:
        said.append("\n".join(["What waits for you:", *(f"– {each}" for each in waits)]))
    return said


def teachers_here(address: str) -> str:
    """Where a mentor sees them; `address` is the site's."""
    return f"Your teachers stand here:\n{address}/mentor/"


def all_here(address: str) -> str:
    """Where a lead sees all of it."""
    return f"All of it stands here:\n{address}/school/overview"


def subject(needs: int, waits: int) -> str:
    """What the letter is about, the most urgent first."""
    if needs:
        return f"This week: {_people(needs, '')} {_need(needs)} a word"
    return f"This week: {number(waits)} {'thing waits' if waits == 1 else 'things wait'} for you"


def _people(count: int, of: str) -> str:
    if of:
        return f"{sentence(number(count))} {of}"
    return "one person" if count == 1 else f"{number(count)} people"


def _need(count: int) -> str:
    return "needs" if count == 1 else "need"


def _line(each: Needs, today: date) -> str:
    why = overview.why_a_word(each.group, each.due, each.begun, each.opened, today)
    return f"{each.name}: {why[:1].lower()}{why[1:]}"


def _list(head: str, lines: Sequence[str]) -> str:
    shown = [f"– {each}" for each in lines[:MOST]]
    more = [f"– and {len(lines) - MOST:,} more"] if len(lines) > MOST else []
    return "\n".join([head, *shown, *more])
