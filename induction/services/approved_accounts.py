"""What is done about the register of approved accounts; and whose the second hand is, where two are needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..records.school import approved_accounts
from ..records.school.approved_accounts import AccountFault, Said
from ..records.store.database import Database, transaction
from ..rules import second_signature
from ..rules.second_signature import Tie
from . import letters
from . import second_hand as second_hand_of


def add(db: Database, said: Said, *, by: int, now: datetime) -> int:
    """Put an account on the register with its first risk assessment; its number. Raises NotHere, OnTheRegister."""
    with transaction(db):
        account_id = approved_accounts.add(db, said, by=by, now=now)
        letters.put_signature_waits(db, account_id, said.title, by=by, now=now)
        return account_id


def change(db: Database, account_id: int, said: Said, *, based_on: int, by: int, now: datetime) -> None:
    """Assess an account anew. `based_on` is the number of the assessment that the page had shown.

    Raises ChangedMeanwhile, NotHere, OnTheRegister.
    """
    with transaction(db):
        approved_accounts.change(db, account_id, said, based_on=based_on, by=by, now=now)
        letters.put_signature_waits(db, account_id, said.title, by=by, now=now)


def switch(db: Database, account_id: int, *, off: bool, why: str, by: int, now: datetime) -> bool:
    """Switch an account off, or on again; False where it was so already."""
    with transaction(db):
        return approved_accounts.switch(db, account_id, off=off, why=why, by=by, now=now)


class NotASecondHand(AccountFault):
    """Whoever signed first has just made the account of the second, or a way into it."""

    def __init__(self, tie: Tie) -> None:
        super().__init__()
        self.tie = tie


@dataclass(frozen=True, slots=True)
class SecondHand:
    """How somebody is tied to whoever wrote what they sign."""

    ties: list[Tie]
    waits_for: Tie | None


def second_hand(db: Database, signer: int, first: int, now: datetime) -> SecondHand:
    """What ties a signer to whoever signed first, up to a moment."""
    found = second_hand_of.ties(db, signer, first, now)
    return SecondHand(found, second_signature.waits_for(found, now))


def check(db: Database, signer: int, first: int, now: datetime) -> None:
    """Raises NotASecondHand."""
    waits_for = second_hand(db, signer, first, now).waits_for
    if waits_for is not None:
        raise NotASecondHand(waits_for)


def sign(db: Database, account_id: int, assessment_id: int, *, typed_name: str, by: int, now: datetime) -> bool:
    """Sign the latest risk assessment off, as a second person; False where they had signed it before.

    Raises NotASecondHand, and what `accounts.sign` raises.
    """
    with transaction(db):
        found = approved_accounts.find(db, account_id)
        if found is not None and not found.latest.signature:
            check(db, by, found.latest.written_by, now)
        return approved_accounts.sign(db, account_id, assessment_id, typed_name=typed_name, by=by, now=now)
