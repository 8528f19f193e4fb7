"""What can be used once, such as the code of an app: noted when it is used, in the transaction of what it is for."""

from __future__ import annotations

from datetime import datetime, timedelta

from ..store.columns import moment_text
from ..store.database import Database
from ..store.tokens import digest

REMEMBERED = timedelta(days=1)  # longer than anything works that is used once


def spend(db: Database, what: str, now: datetime) -> bool:
    """Use it up; False where it was used before."""
    db.execute("delete from used_once where at < ?", [moment_text(now - REMEMBERED)])
    spent = "insert or ignore into used_once (sha256, at) values (?, ?)"
    return db.execute(spent, [digest(what), moment_text(now)]) == 1
