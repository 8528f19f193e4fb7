"""Whether the school has mail, by which address its links begin, and how the mail server has been answering."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..store.columns import mapper, moment_text
from ..store.database import Database


@dataclass(frozen=True, slots=True)
class Office:
    """As the site that was started last has set it up."""

    address: str  # of the site: what links in letters begin with
    open: bool  # there is a mail server
    held: bool  # a lead holds all letters back
    failures: int  # how often the server could not be used, one after another
    failing_since: datetime | None
    next_try: datetime | None  # not before
    trouble: str  # the server's own words
    last_sent_at: datetime | None


_office = mapper(Office)


def look(db: Database) -> Office:
    return _office(db.rows("select * from post_office")[0])


def set_up(db: Database, address: str, open: bool) -> None:
    """Inside a change: what the site says of itself at its start. A server that was in trouble is tried anew."""
    db.execute(
        "update post_office set address = ?, open = ?, failures = 0, failing_since = null, next_try = null, trouble = ''",
        [address, int(open)],
    )


def hold(db: Database, held: bool) -> None:
    db.execute("update post_office set held = ?", [int(held)])


def try_now(db: Database) -> None:
    """The next try need not wait."""
    db.execute("update post_office set next_try = null")


def failed(db: Database, said: str, next_try: datetime, now: datetime) -> None:
    """The server could not be used."""
    db.execute(
        "update post_office set failures = failures + 1, failing_since = ifnull(failing_since, ?), next_try = ?, trouble = ?",
        [moment_text(now), moment_text(next_try), said or "no words"],
    )


def worked(db: Database, now: datetime) -> None:
    """A letter was taken."""
    db.execute(
        "update post_office set failures = 0, failing_since = null, next_try = null, trouble = '', last_sent_at = ?",
        [moment_text(now)],
    )
