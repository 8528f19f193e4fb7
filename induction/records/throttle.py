"""Tries at signing in, counted for each account before they are judged, and never by address: a school is one.

A browser that signed in to the account before has a mark, and with it a count of its own, so that
a stranger who keeps guessing can't keep its owner out.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from .columns import moment, moment_text
from .database import Database
from .person import normal_email
from .tokens import digest, new_token

FREE = 5  # wrong tries before anybody waits
LONGEST = 30  # seconds; nobody is refused for good
FORGOTTEN = timedelta(days=1)  # wrong tries
MARKS_LAST = timedelta(days=400)  # as long as a browser keeps a cookie


def know_device(db: Database, email: str, now: datetime) -> str:
    """A mark for the browser that has just signed in to this account."""
    mark = new_token()
    db.execute("delete from devices where known_since < ?", [moment_text(now - MARKS_LAST)])
    db.execute(
        "insert into devices (mark_sha256, account_sha256, known_since) values (?, ?, ?)",
        [digest(mark), _account(email), moment_text(now)],
    )
    return mark


def knows_device(db: Database, email: str, mark: str | None) -> bool:
    """Whether the mark is of a browser that signed in to this account before."""
    return bool(_device(db, email, mark))


def note_try(db: Database, email: str, mark: str | None, now: datetime) -> int:
    """Count a try before it is judged; the seconds to wait, 0 to go on.

    A try that must wait is not judged and doesn't count. Accounts that nobody has are counted alike.
    """
    account, device = _account(email), _device(db, email, mark)
    db.execute("delete from tries where last_at < ?", [moment_text(now - FORGOTTEN)])
    row = db.row("select wrong, last_at from tries where account_sha256 = ? and device = ?", [account, device])
    wait = _wait(row["wrong"], now - moment(row["last_at"])) if row else 0
    if not wait:
        db.execute(
            "insert into tries (account_sha256, device, wrong, last_at) values (?, ?, 1, ?)"
            " on conflict (account_sha256, device) do update set wrong = wrong + 1, last_at = excluded.last_at",
            [account, device, moment_text(now)],
        )
    return wait


def clear(db: Database, email: str, mark: str | None) -> None:
    """The password was right: this device's tries are forgotten, or those of all unknown ones."""
    db.execute(
        "delete from tries where account_sha256 = ? and device = ?", [_account(email), _device(db, email, mark)]
    )


def _wait(wrong: int, since: timedelta) -> int:
    """Seconds still to wait: 2 after five wrong tries, then twice as many each time, at most 30."""
    if wrong < FREE or since < timedelta(0):  # a clock that was put back locks nobody out
        return 0
    needed = min(LONGEST, 2 ** min(wrong - FREE + 1, 10))
    return max(0, needed - int(since.total_seconds()))


def _account(email: str) -> str:
    return digest(normal_email(email))


def _device(db: Database, email: str, mark: str | None) -> str:
    """The mark's digest if it is known for this account, else empty: all unknown devices count together."""
    if not mark:
        return ""
    known = "select mark_sha256 from devices where mark_sha256 = ? and account_sha256 = ?"
    return db.value(known, [digest(mark), _account(email)]) or ""
