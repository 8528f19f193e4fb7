"""Links that work once: the first run, an invitation, a new password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from .columns import moment, moment_text
from .database import Database
from .tokens import digest, new_token


class Ended(StrEnum):
    """Why a link does not work."""

    UNKNOWN = "unknown"  # nobody made it here, or it was made before this was kept
    LATE = "late"  # its time is over
    NEWER = "newer"  # another was made after it
    USED = "used"  # it was used, or they have chosen a password since
    TAKEN_BACK = "taken back"  # their email was changed, or they had left; and no password since
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


def make(db: Database, kind: LinkKind, person_id: int | None, now: datetime) -> str:
    """A new link's token. It ends the older link of that kind for that person."""
    token = new_token()
    db.execute(
        "insert into links (kind, person, token_sha256, expires_at) values (?, ?, ?, ?)"
        " on conflict (ifnull(person, 0), kind)"
        " do update set token_sha256 = excluded.token_sha256, expires_at = excluded.expires_at",
        [kind, person_id, digest(token), moment_text(now + LASTS[kind])],
    )
    return token


def find(db: Database, kind: LinkKind, token: str, now: datetime) -> Link | None:
    """The link, if it still works and its person is active. Looking changes nothing."""
    row = db.row(
        "select l.kind, l.person, l.expires_at from links l left join people p on p.id = l.person"
        " where l.token_sha256 = ? and l.kind = ? and l.expires_at > ? and (l.person is null or p.active)",
        [digest(token), kind, moment_text(now)],
    )
    return None if row is None else Link(LinkKind(row["kind"]), row["person"], moment(row["expires_at"]))


def why_ended(db: Database, kind: LinkKind, token: str, now: datetime) -> Ended:
    """Why a link that was not found does not work."""
    row = db.row(
        "select l.person, p.active, p.password_hash is not null as has_password, l.here, n.expires_at > :now as newer"
        " from (select person, kind, token_sha256, 1 as here from links"
        " union all select person, kind, token_sha256, 0 from ended_links) l left join people p on p.id = l.person"
        " left join links n on n.kind = l.kind and n.person is l.person"
        " where l.token_sha256 = :token and l.kind = :kind",
        {"token": digest(token), "kind": kind, "now": moment_text(now)},
    )
    if row is None:
        return Ended.UNKNOWN
    if row["person"] is not None and not row["active"]:
        return Ended.AWAY
    if row["here"]:
        return Ended.LATE
    if row["newer"]:
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
