"""The part of pages in which a browser is asked for a passkey.

Each page that has one gives its template `passkey`, which is `options(…)`, and includes the part that goes with it.
"""

from __future__ import annotations

from dataclasses import dataclass

from ...records.people.person import Person
from ...rules.passkeys import Purpose

__all__ = ["Purpose"]


@dataclass(frozen=True, slots=True)
class MyPasskeys:
    """Somebody's own, on the page of their second step."""


def options(purpose: Purpose, person: Person | None = None) -> str:
    """What the browser is to ask for, as JSON for a data attribute; empty where they have no passkey that could be asked for.

    `person`: whose it has to be; None where whoever it opens is to be found by it. The challenge is this browser's.
    """
    return ""


def mine(person: Person) -> MyPasskeys:
    """For the include `learner/_passkeys.html`, as `page.passkeys`."""
    return MyPasskeys()
