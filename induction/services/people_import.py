"""Bringing people in from a file: all that it says, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime

from ..records.people import people, staff_groups
from ..records.people.people import Person
from ..records.people.person import Details
from ..records.store.database import Database, transaction
from ..rules.acts import Act, What
from ..rules.roles import Role
from ..rules.text import folded
from ..wording.acts import list_brought_in
from . import acts, invitations
from .people_file.row import Sheet
from .people_plan import PersonChange, Plan, plan
from .staff_groups import put_into


def bring_in(
    db: Database, sheet: Sheet, *, agreed: bool, now: datetime, by: int | None = None,
    tell: Callable[[int, int], None] = lambda done, of: None,
) -> tuple[Plan, dict[int, str] | None]:
    """Do what a file says, all of it or nothing: what it was to do, and the tokens of the invitations that it made.

    Planned on what is there when nobody else writes. None and nothing done where there are problems, or what is weighty was
    not agreed to. `tell` hears how many of how many are done. Raises PeopleFault.
    """
    with transaction(db):
        known = people.everybody(db)
        made = plan(sheet, known, staff_groups.names(db))
        if made.problems or (made.weighty and not agreed):
            return made, None
        return made, carry_out(db, made, known, by=by, now=now, tell=tell)


def carry_out(
    db: Database, made: Plan, known: Collection[Person], *, by: int | None, now: datetime,
    tell: Callable[[int, int], None] = lambda done, of: None,
) -> dict[int, str]:  # fmt: skip
    """Inside a transaction: do what was planned on everybody who is known; the tokens of the invitations. Raises PeopleFault."""
    coming = _ComingIn(db, known, by, now)
    coming.bring(made, tell)
    coming.put_into_groups([change for change in made.changes if change.moves])
    counts = len(made.added), len(made.changed), len(made.returning)
    if any(counts):
        acts.note(db, Act(What.LIST_BROUGHT_IN, by, now, about=list_brought_in(*counts)))
    invited = [coming.people[change.email] for change in (*made.added, *made.returning)]
    return {each.id: invitations.invite(db, each, by=by, now=now) for each in invited}


class _ComingIn:
    """A plan on its way into the records: one statement for each who is added or changed."""

    def __init__(self, db: Database, known: Collection[Person], by: int | None, now: datetime) -> None:
        self._db, self._by, self._now = db, by, now
        self.people = {person.email: person for person in known}  # as they are by now
        self._mentors = {person.email for person in known if person.active and person.role is not Role.TEACHER}

    def bring(self, plan: Plan, tell: Callable[[int, int], None]) -> None:
        """Everybody in their turn; then once more who waits for a mentor."""
        for change in plan.returning:
            back = people.reactivate(self._db, self.people[change.email].id, now=self._now, by=self._by)
            self.people[change.email] = back or self.people[change.email]
        changes = sorted((*plan.added, *plan.changed, *plan.returning), key=lambda change: change.turn)
        waiting = []
        for done, change in enumerate(changes, 1):
            if not self._put(change):
                waiting.append(change)
            tell(done, len(changes))
        for change in waiting:
            self._keep(replace(self.people[change.email], mentor_id=self._id(change.mentor)))

    def _put(self, change: PersonChange) -> bool:
        """Make somebody what the file says; False where they wait for a mentor who comes after them, being of one role."""
        present = change.before.mentor_id if change.before else None
        mentor = self._id(change.mentor)
        waits = bool(change.mentor) and change.mentor not in self._mentors and (mentor is None or mentor != present)
        if waits:
            mentor = present
        if change.before is None:
            details = Details(change.email, change.name, change.role, mentor, change.due, starts=change.starts, ends=change.ends)
            self.people[change.email] = people.put_new(self._db, details, by=self._by, now=self._now)
        else:
            who = self.people[change.email]
            who = replace(who, due=change.due, starts=change.starts, ends=change.ends)
            self._keep(replace(who, name=change.name, role=change.role, mentor_id=mentor))
        if change.role is not Role.TEACHER:
            self._mentors.add(change.email)
        return not waits

    def put_into_groups(self, changes: Collection[PersonChange]) -> None:
        """Each belongs to the groups that the file names, and to no other; one that is not there yet is made."""
        known = {folded(each.name): each.id for each in staff_groups.listing(self._db)}
        wanted: dict[int, set[int]] = {}
        for change in changes:
            theirs = wanted[self.people[change.email].id] = set()
            for name in change.groups or ():
                if folded(name) not in known:
                    known[folded(name)] = staff_groups.add(self._db, name, by=self._by, now=self._now)
                theirs.add(known[folded(name)])
        put_into(self._db, wanted, by=self._by, now=self._now)

    def _keep(self, after: Person) -> None:
        self.people[after.email] = people.put(self._db, self.people[after.email], after, by=self._by, now=self._now)

    def _id(self, email: str | None) -> int | None:
        """The id of somebody, where they are here by now."""
        found = self.people.get(email) if email else None
        return found.id if found else None
