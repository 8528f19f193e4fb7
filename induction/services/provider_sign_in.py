"""Signing in elsewhere: whose account it is that came back, and whether they come in by it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from ..records.people import (
    days_here,
    one_time_links,
    people,
    provider_accounts,
    sessions,
    sign_in_events,
    sign_in_rules,
    used_once,
    waiting_accounts,
)
from ..records.people.one_time_links import LinkKind
from ..records.people.people import Person
from ..records.people.provider_accounts import How, ProviderAccount
from ..records.people.sessions import SignedIn
from ..records.store.database import Database, transaction
from ..rules.days_here import Shut
from ..rules.openid import Account, Provider
from ..rules.second_factor import SessionWay
from ..rules.sign_in_elsewhere import NotIn
from ..rules.sign_in_events import EventKind, SignInEvent
from ..rules.sign_in_rules import Strangers
from ..settings import Settings
from ..wording import elsewhere as wording
from . import letters, providers, second_factor, sign_in
from .sign_in import Begun, Browser, Entrance


@dataclass(frozen=True, slots=True)
class CameBack:
    """Who came back from a provider, and with what they had gone there."""

    provider: Provider
    account: Account
    refresh_token: str | None = field(repr=False)
    state: str = field(repr=False)  # of this one sign-in
    invitation: str = field(default="", repr=False)  # the token of one that they took along
    own_phone: bool = False


@dataclass(frozen=True, slots=True)
class NotLetIn:
    why: NotIn
    shut: Shut | None = None  # when it is not their day


def come_in(
    db: Database, settings: Settings, back: CameBack, browser: Browser, now: datetime, ends: str | None = None
) -> Begun | NotLetIn:  # fmt: skip
    """Begin the session of whoever came back; or why not. `ends` is the token of the browser's session before.

    An account that is nobody's yet is linked here, once, or waits for a lead. What holds is asked inside the one change.
    """
    with transaction(db):
        if why := _over(db, settings, back, now):
            return NotLetIn(why)
        known, found = _account(db, back), _whose(db, back, browser.device, now)
        if isinstance(found, NotLetIn):
            return found
        person = people.find(db, found.person_id)
        verified = people.password_of(db, person.email) if person else None
        if person is None or verified is None or not person.active:
            return NotLetIn(NotIn.TAKEN_AWAY)
        if shut := days_here.shut(db, person, now):
            return NotLetIn(NotIn.SHUT, shut)
        if back.refresh_token:
            provider_accounts.keep_token(db, found.id, back.refresh_token, now)
        by = Entrance(SessionWay(back.provider.kind), found.id, back.own_phone, just_linked=known is None)
        return sign_in.begin_inside(db, verified, browser, now, ends, by) or NotLetIn(NotIn.TAKEN_AWAY)


def prove_again(
    db: Database, settings: Settings, back: CameBack, token: str, now: datetime
) -> tuple[str, SignedIn] | NotLetIn:  # fmt: skip
    """It was proved anew who it is in the session of `token`, by the account with which it began; or why not."""
    with transaction(db):
        if why := _over(db, settings, back, now):
            return NotLetIn(why)
        found, here = _account(db, back), sessions.find(db, token, now)
        if here is None:
            return NotLetIn(NotIn.SIGNED_OUT)
        if found is None or (found.id, found.person_id) != (here.account_id, here.person.id):
            return NotLetIn(NotIn.NOT_THE_SAME)
        if back.refresh_token:
            provider_accounts.keep_token(db, found.id, back.refresh_token, now)
        return second_factor.given(db, token, now) or NotLetIn(NotIn.SIGNED_OUT)


def lacks_token(db: Database, account: Account) -> bool:
    """Whether it is somebody's of whom the provider can't be asked later whether they still may."""
    found = provider_accounts.of_subject(db, account.issuer, account.subject)
    return found is not None and not provider_accounts.has_token(db, found.id)


def invited(db: Database, token: str, now: datetime) -> Person | None:
    """For whom an invitation is, where it works."""
    link = one_time_links.find(db, LinkKind.INVITATION, token, now) if token else None
    return people.find(db, link.person_id) if link and link.person_id else None


def _over(db: Database, settings: Settings, back: CameBack, now: datetime) -> NotIn | None:
    if not used_once.spend(db, f"sign-in elsewhere {back.state}", now):
        return NotIn.SPENT
    still = providers.of_kind(db, settings, back.provider.kind)
    return None if still == back.provider else NotIn.CHANGED


def _account(db: Database, back: CameBack) -> ProviderAccount | None:
    return provider_accounts.of_subject(db, back.account.issuer, back.account.subject)


def _whose(db: Database, back: CameBack, device: str, now: datetime) -> ProviderAccount | NotLetIn:
    """By its subject; else by the invitation that they bring; else, where it never was anybody's, by its address."""
    known, guest = _account(db, back), invited(db, back.invitation, now)
    if known:
        if guest and guest.id != known.person_id:
            return NotLetIn(NotIn.SOMEBODY_ELSES)
        if guest:
            one_time_links.use(db, LinkKind.INVITATION, back.invitation, now)
        return known
    if back.invitation:
        if guest and _is_anothers(db, back.account, guest):
            return NotLetIn(NotIn.SOMEBODY_ELSES)
        return _link(db, back, guest, How.INVITATION, device, now) if guest else NotLetIn(NotIn.LINK_ENDED)
    if provider_accounts.was_linked(db, back.account.issuer, back.account.subject):
        return NotLetIn(NotIn.TAKEN_AWAY)
    person = people.by_email(db, back.account.address) if back.account.address_is_proved else None
    if person and provider_accounts.had_one(db, person.id, back.account.issuer):
        return NotLetIn(NotIn.LINKED_BEFORE)
    if person and person.active:
        return _link(db, back, person, How.ADDRESS, device, now)
    return NotLetIn(NotIn.NOBODY) if person else _stranger(db, back, device, now)


def _is_anothers(db: Database, account: Account, guest: Person) -> bool:
    """Whether the address of an account is that of somebody else here: whoever sent them the invitation of another would have
    them learn in that one's name."""
    holder = people.by_email(db, account.address) if account.address_is_proved else None
    return holder is not None and holder.active and holder.id != guest.id


def _link(
    db: Database, back: CameBack, person: Person, how: How, device: str, now: datetime
) -> ProviderAccount | NotLetIn:  # fmt: skip
    """Link the account to somebody, by themselves. Whoever signs in there with another one is not overwritten by an address."""
    account = back.account
    if any(each.issuer == account.issuer for each in provider_accounts.of_person(db, person.id)):
        return NotLetIn(NotIn.ANOTHER_ACCOUNT)
    if shut := days_here.shut(db, person, now):
        return NotLetIn(NotIn.SHUT, shut)  # what they brought stays good for their day
    made = one_time_links.kept(db, LinkKind.INVITATION, [person.id]).get(person.id) if how is How.INVITATION else None
    about = wording.linked(account.address or back.provider.label, made.made_at if made else None)
    one_time_links.end_all(db, person.id)
    waiting_accounts.drop(db, account.issuer, account.subject)
    sign_in_events.note(db, SignInEvent(EventKind.LINKED, person.id, now, person.id, about, device))
    return provider_accounts.link(db, person.id, account.issuer, account.subject, account.address, how, now)


def _stranger(db: Database, back: CameBack, device: str, now: datetime) -> NotLetIn:
    """Somebody of the school's own domain who was not invited: refused, or held until a lead lets them in."""
    account = back.account
    held = sign_in_rules.now(db).strangers is Strangers.HELD and back.provider.domain and account.address_is_proved
    if not held or not account.address:
        return NotLetIn(NotIn.NOBODY)
    waiting = waiting_accounts.of_subject(db, account.issuer, account.subject)
    if waiting:
        return NotLetIn(NotIn.REFUSED if waiting.refused_at else NotIn.WAITS)
    waiting_accounts.put(db, account.issuer, account.subject, account.address, account.name, device, now)
    letters.put_account_waits(db, now)
    return NotLetIn(NotIn.WAITS)
