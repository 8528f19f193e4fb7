"""The register of approved accounts: the accounts, their risk assessments, signatures, and when one was switched off.

An assessment never changes: another one takes its place, and the latest counts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from ...rules import account_approval, names
from ...rules.account_approval import AccountStatus, Need
from ...rules.calendar import local
from ...rules.text import folded
from ..people.history import then
from ..store.columns import mapper, moment_text
from ..store.database import Database


class AccountFault(Exception):
    """Something about an account that can't be so. Nothing was changed."""


class NotHere(AccountFault):
    """Somebody who would look after the account has left, or was never here."""


class ChangedMeanwhile(AccountFault):
    """Another assessment was saved since the page was opened."""


class OnTheRegister(AccountFault):
    """Another entry is about the same account."""


class OwnAssessment(AccountFault):
    """Somebody would sign off what they wrote themselves."""


class SignedAlready(AccountFault):
    """Somebody else has signed this assessment off."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a risk assessment says."""

    platform: str
    handle: str
    youngest: int
    minimum_age: int  # the platform's, as it was then
    first_responsible: int
    second_responsible: int
    review_on: date
    answers: Mapping[str, str]  # by the form's field

    @property
    def title(self) -> str:
        return f"{self.handle} on {self.platform}"


@dataclass(frozen=True, slots=True)
class Responsible:
    id: int
    name: str
    email: str
    active: bool
    shared: bool  # somebody else here is named alike

    @property
    def called(self) -> str:
        return names.called(self.name, self.email, self.shared)


@dataclass(frozen=True, slots=True)
class Signature:
    signed_by: int
    signed_by_name: str
    typed_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Assessment:
    id: int
    account_id: int
    said: Said
    responsible: tuple[Responsible, Responsible]
    written_by: int
    written_by_name: str
    at: datetime
    signature: Signature | None


@dataclass(frozen=True, slots=True)
class Switch:
    off: bool
    why: str
    by: int
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Account:
    id: int
    latest: Assessment
    switch: Switch | None  # the last time it was switched off or on again

    @property
    def off(self) -> Switch | None:
        return self.switch if self.switch and self.switch.off else None

    @property
    def since(self) -> datetime | None:
        """Since when it may be used, where it may."""
        signature = self.latest.signature
        if signature is None or self.off:
            return None
        return max(signature.at, self.switch.at) if self.switch else signature.at

    def standing(self, need: Need, today: date) -> AccountStatus:
        return account_approval.standing(
            need=need,
            signed=self.latest.signature is not None,
            review_on=self.latest.said.review_on,
            gone=[each.called for each in self.latest.responsible if not each.active],
            off=(local(self.off.at).date(), self.off.why) if self.off else None,
            today=today,
        )


# Reading

_said, _switch = mapper(Said), mapper(Switch)
_signature = mapper(Signature, at="signed_at")
_first, _second = (
    mapper(Responsible, id=f"{which}_responsible", **{of: f"{which}_{of}" for of in ("name", "email", "active", "shared")})
    for which in ("first", "second")
)
_assessment = mapper(
    Assessment,
    said=_said,
    responsible=lambda row: (_first(row), _second(row)),
    signature=lambda row: _signature(row) if row["signed_at"] else None,
)

_ASSESSMENTS = (
    "select a.*, f.name as first_name, f.email as first_email, f.active as first_active,"
    " s.name as second_name, s.email as second_email, s.active as second_active,"
    " (select count(*) from people where active = 1 and sort_name = f.sort_name and id <> f.id) as first_shared,"
    " (select count(*) from people where active = 1 and sort_name = s.sort_name and id <> s.id) as second_shared,"
    f" {then('name', 'a.written_by', 'a.at')} as written_by_name, g.typed_name, g.at as signed_at, g.signed_by,"
    f" {then('name', 'g.signed_by', 'g.at')} as signed_by_name"
    " from assessments a join people f on f.id = a.first_responsible join people s on s.id = a.second_responsible"
    " left join assessment_signatures g on g.assessment = a.id"
)
_SWITCHES = (
    f"""select s.account, s.off, s.why, s."by", {then('name', 's."by"', 's.at')} as by_name, s.at from accounts_switched_off s"""
)


def listing(db: Database) -> list[Account]:
    """Every account, by platform and name."""
    rows = db.rows(f"{_ASSESSMENTS} where a.id in (select max(id) from assessments group by account)")
    last = db.rows(f"{_SWITCHES} where s.id in (select max(id) from accounts_switched_off group by account)")
    switches = {row["account"]: _switch(row) for row in last}
    found = [Account(row["account"], _assessment(row), switches.get(row["account"])) for row in rows]
    return sorted(found, key=lambda each: (folded(each.latest.said.platform), folded(each.latest.said.handle)))


def find(db: Database, account_id: int) -> Account | None:
    row = db.row(f"{_ASSESSMENTS} where a.account = ? order by a.id desc limit 1", [account_id])
    return Account(account_id, _assessment(row), next(iter(switches(db, account_id)), None)) if row else None


def assessments(db: Database, account_id: int) -> list[Assessment]:
    """All that were written of an account, the latest first."""
    return [_assessment(row) for row in db.rows(f"{_ASSESSMENTS} where a.account = ? order by a.id desc", [account_id])]


def switches(db: Database, account_id: int) -> list[Switch]:
    """Each time an account was switched off or on again, the latest first."""
    return [_switch(row) for row in db.rows(f"{_SWITCHES} where s.account = ? order by s.id desc", [account_id])]


def to_sign_off(db: Database, person_id: int) -> int:
    """How many accounts wait for a signature that this person may give: not of what they wrote themselves."""
    return sum(
        each.latest.signature is None and not each.off and each.latest.written_by != person_id for each in listing(db)
    )


# Writing, each inside a transaction


def add(db: Database, said: Said, *, by: int, now: datetime) -> int:
    """Put an account on the register, not signed off yet; its id. Raises NotHere, OnTheRegister.

    Sent twice, it is one account.
    """
    same = _same_account(db, said, None)
    if same:
        if (same.latest.said, same.latest.written_by) == (said, by):
            return same.id
        raise OnTheRegister
    _check_here(db, said)
    account_id: int = db.value("insert into accounts (created_at) values (?) returning id", [moment_text(now)])
    _keep(db, account_id, said, by, now)
    return account_id


def change(db: Database, account_id: int, said: Said, *, based_on: int, by: int, now: datetime) -> None:
    """Keep another assessment, which waits for a signature. Raises ChangedMeanwhile, NotHere, OnTheRegister.

    `based_on` is the assessment that the page showed. Sent twice, it is one assessment.
    """
    latest = _latest(db, account_id)
    if latest.id != based_on:
        if (latest.said, latest.written_by) == (said, by):
            return
        raise ChangedMeanwhile
    if _same_account(db, said, account_id):
        raise OnTheRegister
    _check_here(db, said)
    _keep(db, account_id, said, by, now)


def sign(db: Database, account_id: int, assessment_id: int, *, typed_name: str, by: int, now: datetime) -> bool:
    """Sign the latest assessment off; False, and nothing changed, where they had signed it.

    Raises ChangedMeanwhile, OwnAssessment, SignedAlready.
    """
    latest = _latest(db, account_id)
    if latest.id != assessment_id:
        raise ChangedMeanwhile
    if latest.written_by == by:
        raise OwnAssessment
    signer = db.value("select signed_by from assessment_signatures where assessment = ?", [latest.id])
    if signer not in (None, by):
        raise SignedAlready
    return bool(db.execute(
        "insert into assessment_signatures (assessment, signed_by, typed_name, at) values (?, ?, ?, ?)"
        " on conflict (assessment) do nothing",
        [latest.id, by, typed_name, moment_text(now)],
    ))


def switch(db: Database, account_id: int, *, off: bool, why: str, by: int, now: datetime) -> bool:
    """Switch an account off, or on again; False, and nothing changed, where it was so already."""
    last = db.value("select off from accounts_switched_off where account = ? order by id desc limit 1", [account_id])
    if bool(last) is off:
        return False
    db.execute(
        'insert into accounts_switched_off (account, off, why, "by", at) values (?, ?, ?, ?, ?)',
        [account_id, int(off), why, by, moment_text(now)],
    )
    return True


def _latest(db: Database, account_id: int) -> Assessment:
    found = find(db, account_id)
    if found is None:
        raise ChangedMeanwhile
    return found.latest


def _same_account(db: Database, said: Said, but: int | None) -> Account | None:
    """The other entry, if any, that is about the account of this name on this platform."""

    def named(which: Said) -> tuple[str, str]:
        return which.platform.casefold(), which.handle.casefold().lstrip("@")

    return next((each for each in listing(db) if each.id != but and named(each.latest.said) == named(said)), None)


def _check_here(db: Database, said: Said) -> None:
    wanted = [said.first_responsible, said.second_responsible]
    if db.value("select count(*) from people where active = 1 and id in (?, ?)", wanted) != 2:
        raise NotHere


def _keep(db: Database, account_id: int, said: Said, by: int, now: datetime) -> None:
    db.execute(
        "insert into assessments (account, platform, handle, youngest, minimum_age, first_responsible,"
        " second_responsible, review_on, answers, written_by, at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [account_id, said.platform, said.handle, said.youngest, said.minimum_age, said.first_responsible,
         said.second_responsible, said.review_on.isoformat(),
         json.dumps(dict(said.answers), ensure_ascii=False, sort_keys=True), by, moment_text(now)],
    )
