"""Where people sign in elsewhere, as leads have set it up: one of a kind, with its client secret sealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from ...rules.openid import Provider, ProviderKind
from ..store.columns import moment, moment_text
from ..store.database import Database
from ..store.sealed import Secret, open_sealed, seal


@dataclass(frozen=True, slots=True)
class StoredProvider:
    provider: Provider
    since: datetime
    lost_secret: bool  # sealed with a key that isn't here any more: it has to be typed anew


def stored(db: Database) -> list[StoredProvider]:
    """Each that is set up, Google first."""
    rows = db.rows("select * from providers order by kind <> 'google', kind <> 'microsoft'")
    found = []
    for row in rows:
        secret = _opened(db.path, row["client_secret"])
        provider = Provider(
            ProviderKind(row["kind"]), row["label"], row["issuer"], row["client_id"], secret or "", row["domain"]
        )  # fmt: skip
        found.append(StoredProvider(provider, moment(row["since"]), secret is None))
    return found


def put(db: Database, provider: Provider, now: datetime) -> None:
    """Keep one in the place of what is set up of its kind."""
    secret = seal(db.path, Secret.CLIENT, provider.client_secret) if provider.client_secret else ""
    db.execute(
        "insert or replace into providers (kind, label, issuer, client_id, client_secret, domain, since) values (?, ?, ?, ?, ?, ?, ?)",
        [provider.kind, provider.label, provider.issuer, provider.client_id, secret, provider.domain, moment_text(now)],
    )


def remove(db: Database, kind: ProviderKind) -> None:
    db.execute("delete from providers where kind = ?", [kind])


def end_what_rests_on(db: Database, kind: ProviderKind, issuer: str) -> int:
    """End the sessions that began there, and all by which it is asked later; how many sessions that were. Whose accounts
    they are stays known."""
    accounts = "(select id from provider_accounts where issuer = ?)"
    db.execute(f"delete from provider_tokens where account in {accounts}", [issuer])
    db.execute("delete from waiting_accounts where issuer = ? and refused_at is null", [issuer])
    return db.execute(f"delete from sessions where way = ? or provider_account in {accounts}", [kind, issuer])


def _opened(database: Path, sealed: str) -> str | None:
    """Nothing where it was kept without one; None where it can't be opened."""
    if not sealed:
        return ""
    try:
        return _known(database, sealed)
    except _Lost:
        return None


class _Lost(Exception):
    """The key that it was sealed with isn't here."""


@lru_cache(maxsize=8)  # asked with every sign-in page
def _known(database: Path, sealed: str) -> str:
    secret = open_sealed(database, Secret.CLIENT, sealed)
    if secret is None:
        raise _Lost  # which is not remembered
    return secret
