"""Who needs a word from a lead: who is past their date, then who has not begun, each with a letter to write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...records.people import people
from ...records.people.people import Person
from ...records.progress.groups import GroupedPerson, Groups, Overview
from ...rules.groups import Group
from ...rules.induction import Induction
from ...wording import overview
from ..parts.write_to import remind, remind_all
from ..site import db, today, viewer

SHOWN = 8
MOST_IN_COPY = 150  # of those overdue, who are written to from one page
NEED_ONE = {Group.OVERDUE: "overdue", Group.NOT_BEGUN: "not-begun"}  # and how the list of people calls them


@dataclass(frozen=True, slots=True)
class WordRow:
    person: Person
    called: str
    group: Group
    why: str
    href: str  # a letter, or their page where they can't be written to about what is left; empty for oneself
    link: str


@dataclass(frozen=True, slots=True)
class Words:
    rows: list[WordRow]
    more: list[tuple[str, str]]  # those for whom there is no room: words, and where they are listed
    letters: list[tuple[str, str]]  # to all who are overdue: words, and the address that opens one
    besides: str  # of those to whom these letters don't go


def who_needs_a_word(found: Overview, inductions: Mapping[int, Induction], called: Mapping[int, str]) -> Words:
    """`found` is the first page of all, with the inductions of whoever stands on it and what they are called."""
    first = [each for each in found.people if each.group in NEED_ONE][:SHOWN]
    letters, besides = _letters(found.groups)
    rows = [_row(each, inductions[each.person.id], called[each.person.id]) for each in first]
    return Words(rows, _more(found.groups), letters, besides)


def _row(found: GroupedPerson, induction: Induction, called: str) -> WordRow:
    person = found.person
    first_name = person.name.split()[0]  # enough beside what they are called
    why = overview.why_a_word(found.group, induction.due, induction.begun, person.can_sign_in, today())
    if not person.can_sign_in:
        return WordRow(person, called, found.group, why, f"/school/people/{person.id}", f"Invite {first_name} again")
    href = "" if person.id == viewer().id else remind(person, induction)
    return WordRow(person, called, found.group, why, href, f"Write to {first_name}")


def _more(groups: Groups) -> list[tuple[str, str]]:
    room, more = SHOWN, []
    for each, word in NEED_ONE.items():
        beyond = len(groups[each]) - room
        room = max(0, -beyond)
        if beyond > 0:
            more.append((overview.more_need_a_word(each, beyond), f"/school/people?show={word}"))
    return more


def _letters(groups: Groups) -> tuple[list[tuple[str, str]], str]:
    """Where one letter to each is too many: one to all who are overdue and can sign in, or several."""
    overdue = groups[Group.OVERDUE]
    known = people.by_ids(db(), overdue[:MOST_IN_COPY])
    late = [known[each] for each in overdue[:MOST_IN_COPY]]
    written_to = [each for each in late if each.can_sign_in and each.id != viewer().id]
    if len(written_to) < 2:
        return [], ""
    letters = remind_all(written_to)
    sizes = [address.count(",") + 1 for address in letters]  # commas stand between addresses alone: all others are quoted
    unopened = sum(not each.can_sign_in for each in late)
    besides = overview.besides_the_letters(unopened, max(0, len(overdue) - MOST_IN_COPY))
    return list(zip(overview.letters_to_the_overdue(sizes), letters, strict=True)), besides
