"""The school's policy, version by version, and the draft of the next one.

A version is what was published: the stances chosen with it and the policy's whole text, by its SHA-256. A draft is
nobody's record and goes when it is published or thrown away.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ..people.history import then
from ..store.columns import moment, moment_text
from ..store.database import Database, UnfitValue
from ..store.tokens import digest

_CHOSEN_BY = then("name", "v.chosen_by", "v.at")


class PublishedMeanwhile(Exception):
    """Somebody else has published since the page was opened, or changed the draft."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What the school has chosen on a facet, and what it wrote beside it."""

    facet: str
    stance: str
    version: int
    chosen_by: int | None
    chosen_by_name: str | None
    at: datetime
    words: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """A published version. One chosen before texts were published has no `text` and no `sha256`."""

    number: int
    sha256: str | None
    text: str | None  # an edition, as `content.policy_text.open_policy` reads it
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
    asks_for: int = 0  # an acknowledgement of this version or a later one is enough; 0: none is asked for
    sha256: str | None = None  # of the text in force


@dataclass(frozen=True, slots=True)
class DraftChoice:
    facet: str
    stance: str
    words: str
    saved_by_name: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class DraftText:
    own_only: bool
    words: str
    ties: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Draft:
    choices: Mapping[str, DraftChoice] = field(default_factory=dict)
    text: DraftText | None = None

    @property
    def empty(self) -> bool:
        return not self.choices and self.text is None

    @property
    def fingerprint(self) -> str:
        """What changes when anything in the draft does."""
        said = [[each.facet, each.stance, each.words] for each in self.choices.values()]
        text = [self.text.own_only, self.text.words, dict(self.text.ties)] if self.text else None
        return hashlib.sha256(json.dumps([sorted(said), text], sort_keys=True).encode()).hexdigest()


def now(db: Database) -> PolicyNow:
    """The policy as it stands: the latest version, and the latest choice for each facet."""
    latest = db.row(
        "select version, at, sha256, ifnull((select max(version) from policy_versions where material and text is not null), 0)"
        " as asks_for from policy_versions order by version desc limit 1"
    )
    if latest is None:
        return PolicyNow(0, None, {})
    rows = db.rows(
        f"select c.facet, c.stance, c.words, v.version, v.chosen_by, {_CHOSEN_BY} as chosen_by_name, v.at"
        " from policy_choices c join policy_versions v on v.version = c.version order by v.version, c.facet"
    )
    choices = {row["facet"]: Choice(**{**row, "at": moment(row["at"])}) for row in rows}
    return PolicyNow(latest["version"], moment(latest["at"]), choices, latest["asks_for"], latest["sha256"])


def publish(
    db: Database, *, after: int, choices: Mapping[str, tuple[str, str]], sha256: str, text: str, material: bool,
    note: str, by: int | None, now: datetime,
) -> int:
    """Publish a version; its number. What it chooses leaves the draft, the rest of which stays.

    `choices` are the stances chosen with it, by facet, each with the words written beside it; what is chosen
    already is not chosen again. Raises PublishedMeanwhile where the latest version is no longer `after`, UnfitValue
    where the digest is not the text's.
    """
    if (db.value("select max(version) from policy_versions") or 0) != after:
        raise PublishedMeanwhile
    if digest(text) != sha256:
        raise UnfitValue
    version = db.value(
        "insert into policy_versions (chosen_by, at, sha256, text, material, note) values (?, ?, ?, ?, ?, ?) returning version",
        [by, moment_text(now), sha256, text, int(material), note],
    )
    for facet, (stance, words) in sorted(choices.items()):
        db.execute(
            "insert into policy_choices (version, facet, stance, words) select :version, :facet, :stance, :words"
            " where (:stance, :words) is not (select stance, words from policy_choices where facet = :facet"
            " order by version desc limit 1)",
            {"version": version, "facet": facet, "stance": stance, "words": words},
        )
        db.execute("delete from policy_draft_choices where facet = ?", [facet])
    db.execute("update school set revision = revision + 1")
    return version


def versions(db: Database) -> list[Version]:
    """Every version, the latest first, without its text."""
    rows = db.rows(
        f"select v.version, v.sha256, null as text, v.material, v.note, v.chosen_by, {_CHOSEN_BY} as chosen_by_name, v.at"
        " from policy_versions v order by v.version desc"
    )
    return [_version(row) for row in rows]


def version(db: Database, number: int) -> Version | None:
    """One version, with its text."""
    row = db.row(
        f"select v.version, v.sha256, v.text, v.material, v.note, v.chosen_by, {_CHOSEN_BY} as chosen_by_name, v.at"
        " from policy_versions v where v.version = ?",
        [number],
    )
    return None if row is None else _version(row)


def _version(row: Mapping[str, Any]) -> Version:
    return Version(
        row["version"], row["sha256"], row["text"], bool(row["material"]), row["note"], row["chosen_by"],
        row["chosen_by_name"], moment(row["at"]),
    )


# The draft

def draft(db: Database) -> Draft:
    """What is saved for the next version."""
    rows = db.rows(
        "select d.facet, d.stance, d.words, p.name as saved_by_name, d.saved_at from policy_draft_choices d"
        " join people p on p.id = d.saved_by order by d.facet"
    )
    choices = {row["facet"]: DraftChoice(**{**row, "saved_at": moment(row["saved_at"])}) for row in rows}
    row = db.row("select own_only, words, ties from policy_draft_text")
    text = DraftText(bool(row["own_only"]), row["words"], json.loads(row["ties"])) if row else None
    return Draft(choices, text)


def draft_choice(db: Database, facet: str, stance: str, words: str, by: int, now: datetime) -> None:
    """Save a stance for the next version; one that is in force already, with the same words, leaves the draft."""
    db.execute("delete from policy_draft_choices where facet = ?", [facet])
    db.execute(
        "insert into policy_draft_choices (facet, stance, words, saved_by, saved_at)"
        " select :facet, :stance, :words, :by, :at where (:stance, :words) is not"
        " (select stance, words from policy_choices where facet = :facet order by version desc limit 1)",
        {"facet": facet, "stance": stance, "words": words, "by": by, "at": moment_text(now)},
    )


def draft_text(db: Database, *, own_only: bool, words: str, ties: Mapping[str, str], by: int, now: datetime) -> None:
    """Save the school's own words for the next version's text."""
    db.execute(
        "insert into policy_draft_text (id, own_only, words, ties, saved_by, saved_at) values (1, ?, ?, ?, ?, ?)"
        " on conflict (id) do update set own_only = excluded.own_only, words = excluded.words, ties = excluded.ties,"
        " saved_by = excluded.saved_by, saved_at = excluded.saved_at",
        [int(own_only), words, json.dumps(dict(ties), ensure_ascii=False, sort_keys=True), by, moment_text(now)],
    )


def discard_draft(db: Database) -> None:
    """Throw the draft away: what is in force stays."""
    db.execute("delete from policy_draft_choices")
    db.execute("delete from policy_draft_text")
