"""Tries at signing in, counted for each account before they are judged, and never by address: a school is one.

A browser that signed in to the account before has a mark, and with it a count of its own; strangers'
browsers share one and have one each besides. Who waits for how long is said in `rules/turns.py`.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from ...rules import turns
from ...rules.email_address import as_typed
from ...rules.turns import Tries
from ..store.columns import moment, moment_text
from ..store.database import Database
from ..store.tokens import digest, new_token

FORGOTTEN = timedelta(days=1)  # tries
MARKS_LAST = timedelta(days=400)  # as long as a browser keeps a cookie
MOST_COUNTS = 50_000  # however many accounts and browsers somebody makes up; the least tried go first
STRANGERS = ""  # in place of a browser: the count that they share


def know_device(db: Database, email: str, now: datetime) -> str:
    """A mark for the browser that has just signed in to this account."""
    mark = new_token()
    db.execute("delete from devices where known_since < ?", [moment_text(now - MARKS_LAST)])
    db.execute(
        "insert into devices (mark_sha256, account_sha256, known_since) values (?, ?, ?)",
        [digest(mark), account_of(email), moment_text(now)],
    )
    return mark


def forget_devices(db: Database, email: str) -> None:
    """No browser is known for this account any more."""
    db.execute("delete from devices where account_sha256 = ?", [account_of(email)])


def knows_device(db: Database, email: str, mark: str | None) -> bool:
    """Whether the mark is of a browser that signed in to this account before."""
    return _device(db, email, mark) is not None


def note_try(
    db: Database, email: str, *, mark: str | None, browser: str, asked: datetime | None, now: datetime
) -> int:
    """Count a try before it is judged; the seconds to wait, 0 to go on.

    `browser` tells a stranger's browser from others; `asked` is when it was told to come back for this
    account. A try that must wait is not judged and doesn't count. Accounts that nobody has are counted alike.
    """
    account = account_of(email)
    db.execute("delete from tries where last_at < ?", [moment_text(now - FORGOTTEN)])
    device = _device(db, email, mark)
    if device is not None:
        own = _tries(db, account, device)
        wait = turns.wait_of_known(own, now)
        counts = {device: own}
    else:
        own, all_of_them = _tries(db, account, digest(browser)), turns.forgive(_tries(db, account, STRANGERS), now)
        wait = turns.wait_of_stranger(all_of_them, own, turns.still_asked(asked, now), now)
        counts = {digest(browser): own, STRANGERS: all_of_them}
    if not wait:
        for whose, tries in counts.items():
            _count(db, account, whose, tries, now)
        _bound(db)
    return wait


def so_far(db: Database, email: str, browser: str) -> int:
    """How many tries of a browser are counted for that account."""
    tries = _tries(db, account_of(email), digest(browser))
    return tries.count if tries else 0


def clear(db: Database, email: str, mark: str | None, browser: str) -> None:
    """The password was right: this browser's tries are forgotten; the strangers' too, unless they are many."""
    account, device = account_of(email), _device(db, email, mark)
    db.execute("delete from tries where account_sha256 = ? and device = ?", [account, device or digest(browser)])
    if device is None:
        db.execute(
            "delete from tries where account_sha256 = ? and device = ? and wrong <= ?", [account, STRANGERS, turns.FREE]
        )


def account_of(email: str) -> str:
    """What an account is called here, whether there is one or not."""
    return digest(as_typed(email))


def _tries(db: Database, account: str, whose: str) -> Tries | None:
    row = db.row("select wrong, last_at from tries where account_sha256 = ? and device = ?", [account, whose])
    return Tries(row["wrong"], moment(row["last_at"])) if row else None


def _count(db: Database, account: str, whose: str, before: Tries | None, now: datetime) -> None:
    after = turns.one_more(before, now, shared=whose == STRANGERS)
    db.execute(
        "insert into tries (account_sha256, device, wrong, last_at) values (?, ?, ?, ?)"
        " on conflict (account_sha256, device) do update set wrong = excluded.wrong, last_at = excluded.last_at",
        [account, whose, after.count, moment_text(after.at)],
    )


def _bound(db: Database) -> None:
    if db.value("select count(*) from tries") > MOST_COUNTS:
        db.execute(
            "delete from tries where (account_sha256, device) in"
            " (select account_sha256, device from tries order by wrong, last_at limit ?)", [MOST_COUNTS // 50]
        )


def _device(db: Database, email: str, mark: str | None) -> str | None:
    """The mark's digest if it is known for this account."""
    if not mark:
        return None
    known = "select mark_sha256 from devices where mark_sha256 = ? and account_sha256 = ?"
    return db.value(known, [digest(mark), account_of(email)])
