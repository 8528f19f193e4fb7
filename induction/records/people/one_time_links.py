"""Links that work once: the first run, an invitation, a new password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from ..store.columns import mapper, moment_text
from ..store.database import Database
from ..store.tokens import digest, new_token


class Ended(StrEnum):
    """Why a link does not work."""

    UNKNOWN = "unknown"  # nobody made it here, or it had ended before this was kept
    LATE = "late"  # its time is over
    NEWER = "newer"  # another was made after it
    USED = "used"  # a password was chosen by it, or by another way since
    TAKEN_BACK = "taken back"  # it ended, and there is no password: the email was changed, or they had left
    AWAY = "away"  # whom it was for is not here


class LinkKind(StrEnum):
    FIRST_RUN = "first-run"
    INVITATION = "invitation"
    RESET = "reset"


LASTS = {
    LinkKind.FIRST_RUN: timedelta(days=7),
    LinkKind.INVITATION: timedelta(days=14),
    LinkKind.RESET: timedelta(hours=1),
}


@dataclass(frozen=True, slots=True)
class Link:
    kind: LinkKind
    person_id: int | None  # nobody yet on a first run
    expires_at: datetime


_link = mapper(Link)


def make(db: Database, kind: LinkKind, person_id: int | None, now: datetime, by: int | None = None) -> str:
    """A new link's token. It ends the older link of that kind for that person, and is one of their ways in.

    `by` is who makes it, None on the command line.
    """
    token = new_token()
    db.execute(
        "insert into links (kind, person, token_sha256, expires_at, made_at, made_by) values (?, ?, ?, ?, ?, ?)"
        " on conflict (ifnull(person, 0), kind) do update set token_sha256 = excluded.token_sha256,"
        " expires_at = excluded.expires_at, made_at = excluded.made_at, made_by = excluded.made_by",
        [kind, person_id, digest(token), moment_text(now + LASTS[kind]), moment_text(now), by],
    )
    return token


def find(db: Database, kind: LinkKind, token: str, now: datetime) -> Link | None:
    """The link, if it still works and its person is active. Looking changes nothing."""
    row = db.row(
        "select l.kind, l.person, l.expires_at from links l left join people p on p.id = l.person"
        " where l.token_sha256 = ? and l.kind = ? and l.expires_at > ? and (l.person is null or p.active)",
        [digest(token), kind, moment_text(now)],
    )
    return None if row is None else _link(row)


def why_ended(db: Database, kind: LinkKind, token: str) -> Ended:
    """Why a link that does not work, does not."""
    row = db.row(
        "select l.person, l.expires_at, l.renewed, ifnull(p.active, 1) as here, p.password_hash is not null as has_password"
        " from (select token_sha256, kind, person, expires_at, 0 as renewed from links"
        " union all select token_sha256, kind, person, null, renewed from ended_links) l"
        " left join people p on p.id = l.person where l.token_sha256 = ? and l.kind = ?",
        [digest(token), kind],
    )
    if row is None:
        return Ended.UNKNOWN
    if not row["here"]:
        return Ended.AWAY
    if row["expires_at"]:
        return Ended.LATE
    if row["renewed"]:
        return Ended.NEWER
    return Ended.USED if row["has_password"] or row["person"] is None else Ended.TAKEN_BACK


def use(db: Database, kind: LinkKind, token: str, now: datetime) -> Link | None:
    """Use a link up, in the transaction of what it is for; None if it doesn't work, or another press was first."""
    link = find(db, kind, token, now)
    db.execute("delete from links where token_sha256 = ? and kind = ?", [digest(token), kind])
    return link


def end_all(db: Database, person_id: int) -> None:
    """End every link of a person."""
    db.execute("delete from links where person = ?", [person_id])
