"""Links that work once: the first run, an invitation, a new password.

Only the digest of a link's token is kept. A lead's link can be shown again to that lead, since its token is derived from a
nonce that is kept with it, and from a key that lies beside the database and goes into no backup.
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from ...rules.calendar import midnight
from ..store import key_files
from ..store.columns import list_text, mapper, maybe_day, moment_text
from ..store.database import Database, transaction
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


KEY = "links-key"  # a file beside the database
BITS = 160  # of a token that is derived: 32 letters, which can be typed

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


@dataclass(frozen=True, slots=True)
class Made:
    """A link that is kept: neither used nor ended, though its time may be over."""

    person_id: int
    expires_at: datetime
    made_at: datetime | None  # None: before that was kept
    made_by_id: int | None  # None: the command line
    made_by_name: str | None
    nonce: str | None  # None: it can't be shown again
    token_sha256: str
    way: int  # the number of the way in that it is; 0 before these were kept

    def works(self, now: datetime) -> bool:
        return self.expires_at > now


_link, _made = mapper(Link), mapper(Made)


def find_key(db: Database) -> None:
    """At a start: see that there is a key. Where it has to be made, what another one derived can't be shown again."""
    path = db.path.with_name(KEY)
    if not path.exists():
        with transaction(db):
            db.execute("update links set nonce = null where nonce is not null")
        key_files.kept(path)


def make(db: Database, kind: LinkKind, person_id: int | None, now: datetime, by: int | None = None) -> str:
    """A new link's token. It ends the older link of that kind for that person, and is one of their ways in.

    `by` is the lead who makes it, and may be shown it again; None on the command line, which shows it once.
    """
    nonce = new_token() if by is not None else None
    begins = db.value("select starts from people where id = ?", [person_id])
    token = _derived(key_files.kept(db.path.with_name(KEY)), nonce) if nonce else new_token()
    db.execute(
        "insert into links (kind, person, token_sha256, nonce, expires_at, made_at, made_by) values (?, ?, ?, ?, ?, ?, ?)"
        " on conflict (ifnull(person, 0), kind) do update set token_sha256 = excluded.token_sha256, nonce = excluded.nonce,"
        " expires_at = excluded.expires_at, made_at = excluded.made_at, made_by = excluded.made_by",
        [kind, person_id, digest(token), nonce, moment_text(_until(kind, maybe_day(begins), now)), moment_text(now), by],
    )
    return token


def _until(kind: LinkKind, begins: date | None, now: datetime) -> datetime:
    """Until when a link works that is made now: an invitation so long from somebody's first day on, where that is to come."""
    from_when = max(now, midnight(begins)) if begins and kind is LinkKind.INVITATION else now
    return from_when + LASTS[kind]


def wait_until(db: Database, person_id: int, begins: date, now: datetime) -> None:
    """Somebody begins on another day: the invitation that works, works as long from then on."""
    until = _until(LinkKind.INVITATION, begins, now)
    db.execute(
        "update links set expires_at = max(expires_at, ?) where person = ? and kind = ? and expires_at > ?",
        [moment_text(until), person_id, LinkKind.INVITATION, moment_text(now)],
    )


def _derived(key: bytes, nonce: str) -> str:
    """The token that goes with a nonce, in small letters and the figures 2 to 7, none of which looks like another."""
    made = hmac.digest(key, f"one-time link\0{nonce}".encode(), "sha256")
    return base64.b32encode(made[: BITS // 8]).decode().lower()


def kept(db: Database, kind: LinkKind, people: Collection[int]) -> dict[int, Made]:
    """The links of that kind that are kept for these people, by id; of whom there is none, nothing."""
    rows = db.rows(
        "select l.person, l.expires_at, l.made_at, l.made_by, maker.name as made_by_name, l.nonce, l.token_sha256,"
        " ifnull((select max(id) from ways_in where person = l.person and what = l.kind), 0) as way"
        " from json_each(?) wanted join links l on ifnull(l.person, 0) = wanted.value and l.kind = ?"
        " left join people maker on maker.id = l.made_by",
        [list_text(sorted(people)), kind],
    )
    return {row["person"]: _made(row) for row in rows}


def shown_again(db: Database, links: Iterable[Made], viewer_id: int, now: datetime) -> dict[int, str]:
    """The tokens of those links that work and that the viewer made, by the person whom each is for.

    A link that another key was used for, or none, is not among them.
    """
    try:
        key = db.path.with_name(KEY).read_bytes()
    except FileNotFoundError:
        return {}
    mine = [
        (each, _derived(key, each.nonce))
        for each in links
        if each.nonce and each.made_by_id == viewer_id and each.works(now)
    ]
    return {each.person_id: token for each, token in mine if digest(token) == each.token_sha256}


def token(db: Database, link: Made) -> str:
    """The token of a link that works, to be posted once more; empty where it can't be derived."""
    try:
        made = _derived(db.path.with_name(KEY).read_bytes(), link.nonce) if link.nonce else ""
    except FileNotFoundError:
        return ""
    return made if digest(made) == link.token_sha256 else ""


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
        "select l.person, l.expires_at, l.renewed, ifnull(p.active, 1) as here, p.password_hash is not null or p.has_account as has_way_in"
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
    return Ended.USED if row["has_way_in"] or row["person"] is None else Ended.TAKEN_BACK


def use(db: Database, kind: LinkKind, token: str, now: datetime) -> Link | None:
    """Use a link up, in the transaction of what it is for; None if it doesn't work, or another press was first."""
    link = find(db, kind, token, now)
    db.execute("delete from links where token_sha256 = ? and kind = ?", [digest(token), kind])
    return link


def end_all(db: Database, person_id: int) -> None:
    """End every link of a person."""
    db.execute("delete from links where person = ?", [person_id])
