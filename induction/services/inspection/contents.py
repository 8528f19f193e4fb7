"""What the pack holds, gathered from records of one moment."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ...content import conditions
from ...content.editions import policy_document
from ...content.editions.policy_document import PolicyDocument
from ...content.model import Library
from ...records import evidence
from ...records.evidence import Entry
from ...records.people import history, lists, people
from ...records.people.person import Person
from ...records.policy import versions
from ...records.store.database import Database
from ...rules.calendar import local
from ...rules.pack import Stood
from ...wording import pack as wording
from ...wording.acts import Called
from .. import programme as programmes
from ..open_editions import OpenEditions
from ..programme import Programme
from . import sheets
from .sheets import Sheet
from .standing import PersonStanding, of_people
from .written_words import blocks_of, text_of


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for, when and for whom."""

    day: date  # as at its end; today: as it stands
    now: datetime
    by: str  # the name of who asks; empty: the command line of the server
    version: str  # of this program
    person_id: int | None = None  # None: everybody


@dataclass(frozen=True, slots=True)
class Choice:
    """What applied on a question of policy."""

    ask: str
    label: str
    chosen: bool  # by the school; else it is the cautious rule


@dataclass(frozen=True, slots=True)
class File:
    """A file beside the document."""

    path: str
    about: str
    text: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Written:
    """A file beside the document that is too long to be held."""

    path: str
    about: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Pack:
    asked: Asked
    school: str
    stood: Sequence[PersonStanding]
    sheets: Sequence[Sheet]
    choices: Sequence[Choice]
    policies: Mapping[int, tuple[str, PolicyDocument]]  # each version's words to the letter, and opened; the latest last
    caveats: Sequence[str]
    head: Entry | None  # the last entry of the chain when this was made, whatever the day; None: there is none yet
    titles: Mapping[tuple[str, str], str]  # of lessons and, under (course, ''), of courses


class NobodyOfThatNumber(Exception):
    """Whom it was asked of is not known at that moment."""

    def __init__(self) -> None:
        super().__init__("Nobody of that name was known here by then.")


def gather(db: Database, library: Library, asked: Asked) -> Pack:
    """Everything, from records that are as they were at the end of the day. Raises NobodyOfThatNumber."""
    programme = programmes.made_of(library, db, OpenEditions())
    person = _person(db, asked.person_id)
    stood = of_people(db, programme, [person] if person else lists.here(db), asked.day)
    found = [*sheets.of_people(db, stood, asked.day), *sheets.of_learning(db, person)]
    if person:
        found += sheets.of_one_person(db, person, {course.slug: course.title for course in programme.courses})
    else:
        found += sheets.of_courses(db, programme) + sheets.of_policy(db, programme)
        found += sheets.of_accounts(db, sheets.register(db, programme, asked.day))
    return Pack(
        asked, programme.school.name, stood, found, () if person else _choices(programme), {} if person else _policies(db),
        _caveats(db, asked, stood, found), evidence.latest(db), Called.of(library).titles,
    )  # fmt: skip


def _person(db: Database, person_id: int | None) -> Person | None:
    if person_id is None:
        return None
    found = people.find(db, person_id)
    if found is None:
        raise NobodyOfThatNumber
    return found


def _choices(programme: Programme) -> list[Choice]:
    school = programme.school
    return [
        Choice(facet.ask, conditions.in_force(school, facet).label, conditions.chosen(school, facet) is not None)
        for facet in programme.library.facets.values()
    ]


def _policies(db: Database) -> dict[int, tuple[str, PolicyDocument]]:
    found = {}
    for each in reversed(versions.versions(db)):
        kept = versions.version(db, each.number)
        if kept and kept.text:
            found[each.number] = kept.text, policy_document.open_policy(kept.text)
    return found


def _caveats(db: Database, asked: Asked, stood: Sequence[PersonStanding], found: Sequence[Sheet]) -> list[str]:
    past = asked.day < local(asked.now).date()
    approvals = {row["course_title"]: row for each in found if each.name == "approvals-of-courses" for row in each.rows}
    return wording.caveats(
        past=past,
        began=history.kept_since(db),
        day=asked.day,
        erased=sum(each.stood is Stood.ERASED for each in stood),
        changed=[title for title, row in approvals.items() if row["is_the_version_of_today"] == "no"] if past else [],
    )


def files_of(pack: Pack) -> list[File]:
    """Each sheet as a CSV, and each version of the policy in words to be read and to the letter."""
    found = [File(f"csv/{each.name}.csv", wording.SHEETS[each.name], sheets.as_csv(each)) for each in pack.sheets]
    for number, (text, document) in pack.policies.items():
        name = sheets.policy_file(number)
        found.append(File(f"{name}.txt", wording.POLICY_TEXT.format(number), text_of(document.title, blocks_of(document))))
        found.append(File(f"{name}.json", wording.POLICY_WORDS, text))
    return found
