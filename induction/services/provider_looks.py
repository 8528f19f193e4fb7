"""The hourly look: whether those who are signed in by an account elsewhere still have it there."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from ..records.people import kept_forms, provider_accounts, sessions
from ..records.people.provider_accounts import Token
from ..records.store.database import Database, transaction
from ..rules.openid import Gone, Provider, ProviderFault, Reason, Still
from ..rules.sign_in_elsewhere import ASKED_AFTER
from ..settings import Settings
from . import providers

log = logging.getLogger("induction.caretaker")

MOST = 200  # accounts in one round; rounds come every ten minutes
NOT_THERE = (Reason.DOWN, Reason.SLOW, Reason.NOT_TRUSTED)  # of the provider, whoever is asked after

Ask = Callable[[Provider, str], Still]  # raises Gone, ProviderFault


def look(db: Database, settings: Settings, ask: Ask, now: datetime) -> int:
    """Ask after the accounts by which somebody is signed in; how many had ended, and their sessions with them.

    Where nobody can be asked, a session ends an hour after it was last proved who it is. A provider that doesn't answer ends none.
    """
    before, signed_in = now - ASKED_AFTER, sessions.by_accounts(db, now)
    there = {each.issuer: each for each in providers.configured(db, settings)} if signed_in else {}
    due = provider_accounts.to_ask(db, signed_in, before, MOST)
    asked = provider_accounts.with_token(db, list(there))
    with transaction(db):
        kept_forms.sweep(db, now)
        if without := signed_in - asked:
            provider_accounts.end_what_nobody_can_ask_for(db, without, before)
    away: set[str] = set()
    gone = 0
    for each in due:
        provider = there.get(each.account.issuer)
        if provider is None or provider.issuer in away:
            continue
        outcome = _ask(db, provider, each, ask, now)
        if outcome in NOT_THERE:
            away.add(provider.issuer)
        gone += outcome is None
    return gone


def _ask(db: Database, provider: Provider, token: Token, ask: Ask, now: datetime) -> Reason | Still | None:
    """What came of it; None where the account has ended."""
    opened = provider_accounts.opened(db, token.sealed)
    try:
        if opened is None:
            raise Gone  # sealed with a key that was lost: they sign in anew
        still = ask(provider, opened)
    except Gone:
        with transaction(db):
            ended = provider_accounts.has_gone(db, token)
        if not ended:
            return Still(None)  # they have proved it anew meanwhile
        log.info("Signed out: person %s, whose account elsewhere has ended", token.account.person_id)
        return None
    except ProviderFault as fault:
        with transaction(db):
            provider_accounts.not_answered(db, token, now)
        return fault.reason
    with transaction(db):
        provider_accounts.still_good(db, token, still.refresh_token, now)
    return still
