"""The part of pages in which a browser is asked for a passkey.

A page that has one gives its template `page.passkey`, which is `options(…)`, and includes the part that goes with it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from flask import current_app, session

from ...records.people import passkeys as records
from ...records.people.person import Person
from ...records.store.tokens import new_token
from ...rules import passkeys as rules
from ...rules.passkeys import Asker, NoPasskeys, Place, Purpose
from ...services import passkeys as deeds
from ...wording import passkeys as wording
from ..site import current_programme, db, now, site

__all__ = ["Purpose", "asker", "mine", "none_here", "options", "place"]
BROWSER = "passkey"  # in the session's cookie: what only this browser and the site know


@dataclass(frozen=True, slots=True)
class MyPasskey:
    id: int
    name: str
    detail: str


@dataclass(frozen=True, slots=True)
class MyPasskeys:
    """Somebody's own, on the page of their second step."""

    keys: list[MyPasskey]
    none_here: str  # why this site has none; else empty


def place() -> Place | NoPasskeys:
    return rules.place(site().settings.address)


def none_here() -> str:
    """Why this site has no passkeys, in words; empty where it has."""
    here = place()
    return wording.none_here(here) if isinstance(here, NoPasskeys) else ""


def asker(purpose: Purpose) -> Asker | None:
    """Who asks this browser for a passkey; None where the site has none."""
    here = place()
    if isinstance(here, NoPasskeys):
        return None
    if BROWSER not in session:
        session[BROWSER] = new_token()
    return Asker(here, current_app.secret_key, str(session[BROWSER]), purpose)


def options(purpose: Purpose, person: Person | None = None) -> str:
    """What the browser is to ask for, as JSON for a data attribute; empty where they have no passkey that could be asked for.

    `person`: whose it has to be; None where whoever it opens is to be found by it. The challenge is this browser's.
    """
    asks = asker(purpose)
    if asks is None:
        return ""
    if purpose is Purpose.ADD and person:
        return json.dumps(deeds.to_make(db(), asks, current_programme().school.name, person, now()))
    wanted = deeds.to_use(db(), asks, person, now())
    return json.dumps(wanted) if wanted else ""


def mine(person: Person) -> MyPasskeys:
    """For the include `learner/_passkeys.html`, as `page.passkeys`."""
    keys = [
        MyPasskey(each.id, each.name, wording.detail(each.at, each.used_at, each.stopped_at, now()))
        for each in records.of_person(db(), person.id)
    ]
    return MyPasskeys(keys, none_here())
