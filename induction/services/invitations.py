"""Invitations: made for one or for many, and sent where there is mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..records.people import invitations, one_time_links
from ..records.people.invitations import Link, Wanted
from ..records.people.one_time_links import LinkKind
from ..records.people.person import Person
from ..records.store.database import Database, transaction
from . import letters


@dataclass(frozen=True, slots=True)
class Outcome:
    made: int
    ended: int  # of those that worked: a new one was made in their place
    left: int  # of those that work and can't be shown to who asked


def invite(db: Database, person: Person, *, by: int | None, now: datetime) -> str:
    """Inside a change: make somebody's invitation, with the letter that it goes out with; its token."""
    token = one_time_links.make(db, LinkKind.INVITATION, person.id, now, by=by)
    letters.put_link(db, person, LinkKind.INVITATION, token, by=by, now=now)
    return token


def make_missing(db: Database, wanted: Wanted, *, by: int, now: datetime, told: int | None = None) -> Outcome:
    """Make the invitations that are missing, so that the lead `by` can be shown one for each of those `wanted`.

    One that works and can't be shown to them stays, unless they were `told` of it: where they were, that is the number of
    the latest way in at that time. Done again, it does nothing more.
    """
    with transaction(db):
        without = invitations.listing(db, wanted, by, now, link=Link.NONE)
        hidden = invitations.listing(db, wanted, by, now, link=Link.HIDDEN)
        links = one_time_links.kept(db, LinkKind.INVITATION, [each.id for each in hidden])
        ending = [each for each in hidden if told is not None and links[each.id].way <= told]
        for person in (*without, *ending):
            invite(db, person, by=by, now=now)
    return Outcome(len(without) + len(ending), len(ending), len(hidden) - len(ending))
