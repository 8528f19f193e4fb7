"""The school's policy, version by version.

A version is what was published: the choices made with it and the policy's whole text, by its SHA-256.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ...content.model import Choice
from ..people.history import then
from ..store.columns import moment, moment_text
from ..store.database import Database, UnfitValue
from ..store.tokens import digest

_BY = then("name", "v.chosen_by", "v.at")
_COLUMNS = f"v.version, v.sha256, v.text, v.material, v.note, v.chosen_by, {_BY} as by_name, v.at"
_LISTED = _COLUMNS.replace("v.text", "null as text")


class PublishedMeanwhile(Exception):
    """Somebody else has published since the page was opened, or changed the draft."""


@dataclass(frozen=True, slots=True)
class Hand:
    """Who made a choice, by name, and when. The command line has no name."""

    name: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A version as it is to be published."""

    after: int  # the number of the version in force until then; 0 for the first
    choices: Mapping[str, Choice]  # made with it, by facet
    sha256: str
    text: str
    material: bool  # asks everybody to acknowledge it
    note: str
    by: int | None  # None on the command line
    at: datetime


@dataclass(frozen=True, slots=True)
class Version:
    """A published version. One chosen before texts were published has no `text` and no `sha256`."""

    number: int
    sha256: str | None
    text: str | None  # an edition, as `content.editions.policy_document.open_policy` reads it
    material: bool  # asks everybody to acknowledge again
    note: str
    published_by: int | None  # None on the command line
    published_by_name: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class PolicyNow:
    version: int  # 0 until anything was published
    since: datetime | None
    choices: Mapping[str, Choice]  # by facet
    hands: Mapping[str, Hand] = field(default_factory=dict)  # who chose, by facet
    asks_for: int = 0  # an acknowledgement of this version or a later one is enough; 0: none is asked for
    sha256: str | None = None  # of the text in force


def now(db: Database) -> PolicyNow:
    """The policy as it stands: the latest version, and the latest choice for each facet."""
    latest = db.row(
        "select version, at, sha256, ifnull((select max(version) from policy_versions where material and text is not null), 0)"
        " as asks_for from policy_versions order by version desc limit 1"
    )
    if latest is None:
        return PolicyNow(0, None, {})
    rows = db.rows(
        f"select c.facet, c.stance, c.words, {_BY} as by_name, v.at"
        " from policy_choices c join policy_versions v on v.version = c.version order by v.version, c.facet"
    )
    return PolicyNow(
        latest["version"],
        moment(latest["at"]),
        {row["facet"]: Choice(row["facet"], row["stance"], row["words"]) for row in rows},
        {row["facet"]: Hand(row["by_name"], moment(row["at"])) for row in rows},
        latest["asks_for"],
        latest["sha256"],
    )


def text_in_force(db: Database) -> str | None:
    """The text of the latest version; None where it has none, or nothing was published."""
    found: str | None = db.value("select text from policy_versions order by version desc limit 1")
    return found


def publish(db: Database, new: NewVersion) -> int:
    """Publish a version; its number. What it chooses leaves the draft, the rest of which stays.

    What is chosen already is not chosen again. Raises PublishedMeanwhile where another version is in force than the one
    that it comes after, UnfitValue where the digest is not the text's.
    """
    if (db.value("select max(version) from policy_versions") or 0) != new.after:
        raise PublishedMeanwhile
    if digest(new.text) != new.sha256:
        raise UnfitValue
    number: int = db.value(
        "insert into policy_versions (chosen_by, at, sha256, text, material, note) values (?, ?, ?, ?, ?, ?) returning version",
        [new.by, moment_text(new.at), new.sha256, new.text, int(new.material), new.note],
    )
    for facet, choice in sorted(new.choices.items()):
        db.execute(
            "insert into policy_choices (version, facet, stance, words) select :version, :facet, :stance, :words"
            " where (:stance, :words) is not (select stance, words from policy_choices where facet = :facet"
            " order by version desc limit 1)",
            {"version": number, "facet": facet, "stance": choice.stance, "words": choice.words},
        )
        db.execute("delete from policy_draft_choices where facet = ?", [facet])
    db.execute("update school set revision = revision + 1")
    return number


def versions(db: Database) -> list[Version]:
    """Every version, the latest first, without its text."""
    return [_version(row) for row in db.rows(f"select {_LISTED} from policy_versions v order by v.version desc")]


def chosen_with(db: Database, number: int) -> list[Choice]:
    """What a version chose otherwise than the one before, by facet."""
    rows = db.rows("select facet, stance, words from policy_choices where version = ? order by facet", [number])
    return [Choice(row["facet"], row["stance"], row["words"]) for row in rows]


def latest(db: Database) -> Version | None:
    """The version in force, without its text."""
    row = db.row(f"select {_LISTED} from policy_versions v order by v.version desc limit 1")
    return None if row is None else _version(row)


def version(db: Database, number: int) -> Version | None:
    """One version, with its text."""
    row = db.row(f"select {_COLUMNS} from policy_versions v where v.version = ?", [number])
    return None if row is None else _version(row)


def _version(row: Mapping[str, Any]) -> Version:
    return Version(
        row["version"], row["sha256"], row["text"], bool(row["material"]), row["note"], row["chosen_by"], row["by_name"],
        moment(row["at"]),
    )
