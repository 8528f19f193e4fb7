"""Who is named somewhere in the school can leave: what somebody holds, and what is left without anybody."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from ..records.people import deputies, people, staff_groups
from ..records.people.lists import PeopleFilter, PeoplePage
from ..records.people.people import Person
from ..records.people.staff_groups import StaffGroup
from ..records.school import approved_accounts
from ..records.school.approved_accounts import Account
from ..records.store.database import Database
from ..rules.deputies import Deputy
from ..rules.text import folded

SHOWN = 4  # names of those without a mentor
PHONE = " phone"  # how the school's words end that are numbers


@dataclass(frozen=True, slots=True)
class Held:
    """Where somebody is named, who may leave."""

    teachers: list[Person]  # whose mentor they are
    accounts: list[Account]  # that they look after
    contacts: list[str]  # the school's words that name them: *induction lead*
    stands_in: list[Deputy]  # for whom they are a deputy, today or later


@dataclass(frozen=True, slots=True)
class Vacancies:
    """Where nobody is, or somebody who has left."""

    without_mentor: PeoplePage  # the first of them
    without_course: list[Person]  # given a course by name that is no longer here
    accounts: list[Account]  # that somebody looks after who has left
    contacts: list[tuple[str, str]]  # the school's word, and who of that name has left
    deputies: list[Deputy]  # who stood in for a mentor, and has left or is no mentor any more
    groups: list[tuple[StaffGroup, str]]  # with a course that is given to them and is no longer here


def held_by(db: Database, person: Person, words: Mapping[str, str], today: date) -> Held:
    """What somebody holds. `words` are the school's: whom its lessons name."""
    looked_after = [
        each for each in approved_accounts.listing(db) if not each.off and person.id in (one.id for one in each.latest.responsible)
    ]
    named = [word for word, text in words.items() if not word.endswith(PHONE) and _names(text, person.name)]
    return Held(people.teachers_of(db, person.id), looked_after, named, deputies.stands_in(db, person.id, today))


def find(db: Database, words: Mapping[str, str], courses: Collection[str], today: date) -> Vacancies:
    """Every place that is empty. `courses` are those that may be given by name."""
    named = {word: text for word, text in words.items() if not word.endswith(PHONE)}
    gone = people.left_and_named_in(db, "\n".join(named.values()))
    here = {each.name for each in people.namesakes(db, {each.name for each in gone})}
    contacts = [
        (word, each.name)
        for word, text in named.items()
        for each in gone
        if each.name not in here and _names(text, each.name)
    ]
    return Vacancies(
        people.listing(db, PeopleFilter(alone=True), per_page=SHOWN),
        people.given_another_course(db, courses),
        [each for each in approved_accounts.listing(db) if not each.off and not all(one.active for one in each.latest.responsible)],
        contacts,
        deputies.vacant(db, today),
        [(group, course) for group, given in staff_groups.with_courses(db) for course in given if course not in courses],
    )


def _names(text: str, name: str) -> bool:
    """Whether a text has that name in it, as words of its own."""
    return bool(re.search(rf"(?<!\w){re.escape(folded(name))}(?!\w)", folded(text)))
