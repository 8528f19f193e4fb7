"""What becomes of somebody's ways in beside links and passwords, as their history keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class EventKind(StrEnum):
    LINKED = "account linked"  # one at Google, Microsoft or another provider; `about` is its address there
    UNLINKED = "account unlinked"
    LET_IN = "let in"  # whoever was not invited
    NEW_DEVICE = "new device"
    NOT_ME = "not me"  # they said that a sign-in was not they
    PASSKEY_ADDED = "passkey added"
    PASSKEY_REMOVED = "passkey removed"
    PASSKEY_REFUSED = "passkey refused"  # its count went back, as a copy's does
    APP_ADDED = "code app added"
    APP_REMOVED = "code app removed"
    CODES_MADE = "recovery codes made"
    CODE_USED = "recovery code used"
    WRONG_CODES = "wrong codes"  # many after one another, by whoever knew the password
    RESET_ASKED = "reset asked"  # by one lead
    RESET_AGREED = "reset agreed"  # by a second: the second step is gone
    RESET_REFUSED = "reset refused"
    RESET = "reset"  # on the command line of the server


@dataclass(frozen=True, slots=True)
class SignInEvent:
    what: EventKind
    person_id: int
    at: datetime
    by: int | None  # None: the command line, or the site itself
    about: str = ""  # an address there, a passkey's name, a lead's reason
    device: str = ""  # *Firefox on Windows*


@dataclass(frozen=True, slots=True)
class ToldEvent:
    """One as it is read: with the name that whoever did it had then."""

    what: EventKind
    at: datetime
    by: int | None
    by_name: str | None
    about: str
    device: str
