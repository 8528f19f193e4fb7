"""The draft of the policy's next version. It is nobody's record, and goes when it is published or thrown away."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ...content.model import Choice, OwnWords
from ..people.history import then
from ..store.columns import moment, moment_text
from ..store.database import Database
from .versions import Hand


@dataclass(frozen=True, slots=True)
class Draft:
    """What the next version says otherwise than the one in force."""

    choices: Mapping[str, Choice] = field(default_factory=dict)  # by facet
    text: OwnWords | None = None  # None: the school's own words stay as they are
    hands: Mapping[str, Hand] = field(default_factory=dict)  # who saved a choice last, by facet

    @property
    def empty(self) -> bool:
        return not self.choices and self.text is None

    @property
    def fingerprint(self) -> str:
        """What changes when anything in the draft does."""
        choices = sorted([each.facet, each.stance, each.words] for each in self.choices.values())
        text = [self.text.only, self.text.words, dict(self.text.ties)] if self.text else None
        return hashlib.sha256(json.dumps([choices, text], sort_keys=True).encode()).hexdigest()


def read(db: Database) -> Draft:
    """What is saved for the next version."""
    rows = db.rows(
        f"select d.facet, d.stance, d.words, {then('name', 'd.saved_by', 'd.saved_at')} as saved_by, d.saved_at"
        " from policy_draft_choices d order by d.facet"
    )
    own = db.row("select own_only, words, ties from policy_draft_text")
    return Draft(
        {row["facet"]: Choice(row["facet"], row["stance"], row["words"]) for row in rows},
        OwnWords(bool(own["own_only"]), own["words"], json.loads(own["ties"])) if own else None,
        {row["facet"]: Hand(row["saved_by"], moment(row["saved_at"])) for row in rows},
    )


def save_choice(db: Database, choice: Choice, by: int, at: datetime) -> bool:
    """Save a choice for the next version; false where it is in force already, with the same words, and so leaves the draft."""
    db.execute("delete from policy_draft_choices where facet = ?", [choice.facet])
    drafted = db.execute(
        "insert into policy_draft_choices (facet, stance, words, saved_by, saved_at)"
        " select :facet, :stance, :words, :by, :at where (:stance, :words) is not"
        " (select stance, words from policy_choices where facet = :facet order by version desc limit 1)",
        {"facet": choice.facet, "stance": choice.stance, "words": choice.words, "by": by, "at": moment_text(at)},
    )
    return bool(drafted)


def save_text(db: Database, own: OwnWords, by: int, at: datetime) -> None:
    """Save the school's own words for the next version's text."""
    db.execute(
        "insert into policy_draft_text (id, own_only, words, ties, saved_by, saved_at) values (1, ?, ?, ?, ?, ?)"
        " on conflict (id) do update set own_only = excluded.own_only, words = excluded.words, ties = excluded.ties,"
        " saved_by = excluded.saved_by, saved_at = excluded.saved_at",
        [int(own.only), own.words, json.dumps(dict(own.ties), ensure_ascii=False, sort_keys=True), by, moment_text(at)],
    )


def discard(db: Database) -> None:
    """Throw the draft away: what is in force stays."""
    db.execute("delete from policy_draft_choices")
    db.execute("delete from policy_draft_text")
