"""The certificate of the site's own address, as it was seen last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..store.columns import mapper, moment_text
from ..store.database import Database


@dataclass(frozen=True, slots=True)
class Seen:
    host: str
    seen_at: datetime
    ends_at: datetime | None  # None where it could not be seen, or was not trusted
    refused: str = ""  # why a browser would not trust it
    trouble: str = ""  # why it could not be looked at


_seen = mapper(Seen)


def keep(db: Database, seen: Seen) -> None:
    db.execute("delete from certificate_seen")
    db.execute(
        "insert into certificate_seen (id, host, seen_at, ends_at, refused, trouble) values (1, ?, ?, ?, ?, ?)",
        [seen.host, moment_text(seen.seen_at), seen.ends_at and moment_text(seen.ends_at), seen.refused, seen.trouble],
    )


def latest(db: Database) -> Seen | None:
    """None where nobody has looked yet."""
    row = db.row("select * from certificate_seen")
    return None if row is None else _seen(row)
