"""A sign-in in a browser that was not known: its owner is told, and can say that it was not they."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..records.people import (
    new_devices,
    one_time_links,
    people,
    provider_accounts,
    second_factors,
    sign_in_events,
    sign_in_tries,
)
from ..records.people.new_devices import NewDevice
from ..records.people.one_time_links import LinkKind
from ..records.people.people import Person
from ..records.school import providers, school
from ..records.store.database import Database, transaction
from ..rules.openid import ProviderKind
from ..rules.second_factor import SessionWay
from ..rules.sign_in_events import EventKind, SignInEvent
from ..wording import site_letters as wording
from ..wording.ways_in import with_what
from . import letters

NEW_PASSWORD = LinkKind.RESET


def tell(db: Database, person: Person, found: NewDevice, *, half: bool) -> None:
    """Inside the change that began the session: keep it, and write the letter. `half`: the second step was not given yet."""
    _note(db, EventKind.NEW_DEVICE, person.id, found, found.at)
    if not letters.office(db).open:
        return
    link = f"{letters.office(db).address}/not-me/{new_devices.put(db, found)}"
    about = wording.SignedInNew(person.name.split()[0], school.called(db), found.at, found.device, found.way, half, link, other(db))
    letters.put_new_device(db, person, wording.new_device(about), found.at, half=half)


def other(db: Database) -> str:
    """What the provider is called that is neither Google nor Microsoft; empty where a lead has set none up."""
    return next((each.provider.label for each in providers.stored(db) if each.provider.kind is ProviderKind.OTHER), "")


def _note(db: Database, what: EventKind, person_id: int, found: NewDevice, at: datetime) -> None:
    """By the name that the provider has now: it may be another one later."""
    about = with_what(found.way, other(db)) if found.way is SessionWay.OTHER and other(db) else found.way
    sign_in_events.note(db, SignInEvent(what, person_id, at, person_id, about=about, device=found.device))


@dataclass(frozen=True, slots=True)
class NotMe:
    """What was done when somebody said that it was not they."""

    person: Person
    way: SessionWay  # by which whoever it was came in
    had_password: bool
    mailed: bool  # a link for a new password is on its way
    leads_told: bool


def not_me(db: Database, token: str, now: datetime) -> NotMe | None:
    """They say that a sign-in was not they: everybody is signed out, no browser is known any more, the password has ended, and
    leads are told. What became a way in or a second step since that sign-in is theirs no more; what was before it stays. None where
    the link doesn't work, or another press was first.
    """
    with transaction(db):
        found = new_devices.find(db, token, now)
        person = people.find(db, found.person_id) if found else None
        if found is None or person is None or not person.active:
            return None
        new_devices.end_all(db, person.id)
        second_factors.end_those_since(db, person.id, found.at)
        provider_accounts.unlink_those_since(db, person.id, found.at, now)
        sign_in_tries.forget_devices(db, person.email)
        had = people.end_password(db, person.id, by=person.id, now=now)
        mailed = False
        if had and letters.office(db).open:
            link = one_time_links.make(db, NEW_PASSWORD, person.id, now, by=person.id)
            mailed = letters.put_link(db, person, NEW_PASSWORD, link, by=None, now=now, ended=True)
        _note(db, EventKind.NOT_ME, person.id, found, now)
        return NotMe(person, found.way, had, mailed, letters.put_not_me(db, person, now))
