"""A list of people between being read and being brought in: its lead sees what it would do, mends it, and does it or not.

What is kept is what was read, which column is what, and what was mended. It is read and planned anew each time it is looked
at, on the people as they are by then; and only what was looked at is ever done.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from ..records.people import imports, people, staff_groups
from ..records.people.imports import Import
from ..records.people.people import Person
from ..records.store.database import Database, transaction
from ..rules.email_address import as_typed
from ..rules.text import folded
from . import people_import, people_plan
from .people_file import kept as keeping
from .people_file import reader, sheet
from .people_file.headings import Column
from .people_file.row import Mends, Sheet
from .people_file.sheet import Found
from .people_plan import PersonChange, Plan
from .spreadsheet.tables import Unreadable

_reading = threading.BoundedSemaphore()  # one file at a time: the other threads serve everybody else


class Busy(Exception):
    """Another file is being read at the moment."""


class ChangedMeanwhile(Exception):
    """The people, or the list, are not as they were when it was looked at; nothing was done."""


class NotAgreed(Exception):
    """There is something to agree to, and nobody did; nothing was done."""


def begin(db: Database, data: bytes, file: str, *, by: int, now: datetime) -> int:
    """Read a file, and keep what it says for this lead; its id. Raises Unreadable, Busy."""
    if not _reading.acquire(blocking=False):
        raise Busy
    try:
        text = keeping.written(_found(data))
    finally:
        _reading.release()
    with transaction(db):
        return imports.begin(db, by=by, file=file, sheet=text, now=now)


def _found(data: bytes) -> Found:
    """The sheet that is the list of people; where no headings say so, the one with the emails. Raises Unreadable."""
    tables = reader.opened(data)
    try:
        found = sheet.choose(tables)
    except Unreadable:
        found = sheet.most_like_a_list(tables)
        if not sheet.has_emails(found):
            raise
        return found
    if not any(line > found.line for line, _ in found.table.lines()):
        raise Unreadable("nobody stands below the headings.", found.line)
    return found


class Preview:
    """A list as it stands now: what it says, what it would do, and who is not in it."""

    def __init__(self, db: Database, kept: Import, today: date) -> None:
        self.kept = kept
        self.mends = keeping.mends_read(kept.mends)
        self.known = people.everybody(db)
        self.groups = staff_groups.names(db)
        self.found = _as_chosen(kept)
        self.sheet: Sheet = reader.read_sheet(self.found, today, self.mends)
        self.plan: Plan = people_plan.plan(self.sheet, self.known, self.groups)

    @cached_property
    def fingerprint(self) -> str:
        return self.plan.fingerprint()

    @cached_property
    def missing(self) -> list[Person]:
        """Who is here and not in the list, by name. A list ends nobody."""
        named = {row.email for row in self.sheet.rows}
        named |= {as_typed(said[Column.EMAIL]) for said in self.sheet.said.values() if said.get(Column.EMAIL)}
        return sorted(
            (each for each in self.known if each.active and each.email not in named), key=lambda each: each.name.casefold()
        )

    @property
    def namesakes(self) -> list[tuple[PersonChange, Person]]:
        """Who would be new, and bears the name of somebody who is or was here with another address and isn't in the list."""
        here = {folded(each.name): each for each in self.known}
        listed = {change.email for change in self.plan.changes}
        found = ((change, here.get(folded(change.name))) for change in self.plan.added)
        return [(change, person) for change, person in found if person and person.email not in listed]

    @property
    def last_line(self) -> int:
        """Of the list itself; people who were added here stand beyond it."""
        return max((line for line, _ in self.found.table.lines()), default=0)

    @property
    def left_out(self) -> list[int]:
        return sorted(self.mends.left_out & self.sheet.said.keys())


def needs_columns(kept: Import) -> bool:
    """Whether nobody has said yet what the columns are, and the headings don't."""
    found = _as_chosen(kept)
    return not found.headings.suffice or bool(found.headings.twice)


def _as_chosen(kept: Import) -> Found:
    found = keeping.read(kept.sheet)
    chosen = keeping.columns_read(kept.columns)
    return sheet.with_columns(found, chosen) if chosen else found


def choose_columns(db: Database, kept: Import, chosen: Mapping[int, Column]) -> None:
    """Keep which column is what. What was mended before may have stood in another column, so it goes."""
    with transaction(db):
        imports.change(db, replace(kept, columns=keeping.columns_written(chosen), mends=""))


@dataclass(frozen=True, slots=True)
class Answers:
    """What a lead has written on the page of a list."""

    cells: Mapping[int, Mapping[Column, str]]  # by line
    left_out: Collection[int]  # lines that are to be left out
    offered: Collection[int]  # lines of which that was asked


def mend(db: Database, preview: Preview, answers: Answers, now: datetime) -> bool:
    """Keep what was written, beside what another window of theirs has; False where nothing of it differs from what stands there."""
    with transaction(db):
        latest = imports.find(db, preview.kept.id, preview.kept.person_id, now)
        if latest is None or latest.done is not None:
            return False
        mends = keeping.mends_read(latest.mends)
        cells = {line: dict(each) for line, each in mends.cells.items()}
        for line, each in answers.cells.items():
            said = preview.sheet.said.get(line, {})
            if changed := {column: words for column, words in each.items() if words != said.get(column, "")}:
                cells.setdefault(line, {}).update(changed)
        left_out = (mends.left_out - set(answers.offered)) | set(answers.left_out)
        mended = Mends(cells, frozenset(left_out))
        if mended != mends:
            imports.change(db, replace(latest, mends=keeping.mends_written(mended)))
        return mended != mends


def put_away(db: Database, kept: Import, *, by: int, now: datetime) -> bool:
    """Do nothing of it, and keep nothing of it; False where it had been brought in before, which stands."""
    with transaction(db):
        latest = imports.find(db, kept.id, by, now)
        if latest is not None and latest.done is not None:
            return False
        imports.put_away(db, kept.id)
        return True


def bring_in(db: Database, preview: Preview, *, saw: str, agreed: bool, by: int, now: datetime) -> Mapping[str, int]:
    """Do what the list says, as it was looked at: how many were added, changed … Done before, it is not done again.

    `saw` is the fingerprint of what had been looked at. Raises ChangedMeanwhile, NotAgreed, PeopleFault; nothing is done then.
    """
    with transaction(db):
        latest = imports.find(db, preview.kept.id, by, now)
        if latest and latest.done is not None:
            return latest.done
        known = people.everybody(db)
        made = people_plan.plan(preview.sheet, known, staff_groups.names(db))
        if latest != preview.kept or made.problems or made.fingerprint() != saw:
            raise ChangedMeanwhile
        if made.weighty and not agreed:
            raise NotAgreed
        people_import.carry_out(db, made, known, by=by, now=now)
        done = {
            "added": len(made.added), "returning": len(made.returning), "changed": len(made.changed), "same": made.unchanged,
            "left_out": len(preview.left_out),
        }  # fmt: skip
        imports.finish(db, preview.kept.id, done)
        return done
