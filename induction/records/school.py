"""What the school says of itself, and the policy it has chosen, version by version."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ..content.model import School
from ..learning.dates import local
from .columns import moment, moment_text
from .database import Database
from .people import has_lead

UNNAMED = "our school"


@dataclass(frozen=True, slots=True)
class SchoolDetails:
    name: str  # empty until the first run
    nation: str
    phase: str
    words: Mapping[str, str]
    public_contacts: bool  # names and direct numbers on the open help page
    revision: int  # another one after each change of the school or its policy


@dataclass(frozen=True, slots=True)
class Choice:
    facet: str
    stance: str
    version: int
    chosen_by: int | None
    chosen_by_name: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class PolicyNow:
    version: int  # 0 until anything was chosen
    since: datetime | None
    choices: Mapping[str, Choice]  # by facet


def details(db: Database) -> SchoolDetails:
    row = db.row("select * from school")
    return SchoolDetails(
        name=row["name"],
        nation=row["nation"],
        phase=row["phase"],
        words=json.loads(row["words"]),
        public_contacts=bool(row["public_contacts"]),
        revision=row["revision"],
    )


def save(
    db: Database, *, name: str, nation: str, phase: str, words: Mapping[str, str], public_contacts: bool
) -> None:
    """Keep what the school says of itself, all of it."""
    db.execute(
        "update school set name = ?, nation = ?, phase = ?, words = ?, public_contacts = ?, revision = revision + 1",
        [name.strip(), nation, phase, json.dumps(dict(words), ensure_ascii=False), int(public_contacts)],
    )


def revision(db: Database) -> int:
    """A number that is another one after each change that lessons or judgements could show."""
    return db.value("select revision from school")


def set_up(db: Database) -> bool:
    """The school is set up as soon as there is a lead."""
    return has_lead(db)


def load(db: Database) -> School:
    """The school as its lessons and judgements see it."""
    about, chosen = details(db), policy(db)
    return School(
        name=about.name or UNNAMED,
        nation=about.nation,
        phase=about.phase,
        words=about.words,
        choices={choice.facet: choice.stance for choice in chosen.choices.values()},
        policy_version=chosen.version,
        policy_since=local(chosen.since).date() if chosen.since else None,
    )


def policy(db: Database) -> PolicyNow:
    """The policy as it stands: the latest choice for each facet."""
    rows = db.rows(
        "select c.facet, c.stance, v.version, v.chosen_by, p.name as chosen_by_name, v.at"
        " from policy_choices c join policy_versions v on v.version = c.version"
        " left join people p on p.id = v.chosen_by order by v.version, c.facet"
    )
    choices = {row["facet"]: Choice(**{**row, "at": moment(row["at"])}) for row in rows}
    latest = max(choices.values(), key=lambda choice: choice.version, default=None)
    return PolicyNow(latest.version, latest.at, choices) if latest else PolicyNow(0, None, {})


def choose(db: Database, choices: Mapping[str, str], by: int | None, now: datetime) -> int:
    """Choose stances by facet, as one new version of the policy; its number.

    What is chosen already makes no new version. `by` is the lead's id, None on the command line.
    """
    present = policy(db)
    changed = {
        facet: stance
        for facet, stance in choices.items()
        if facet not in present.choices or present.choices[facet].stance != stance
    }
    if not changed:
        return present.version
    version = db.value(
        "insert into policy_versions (chosen_by, at) values (?, ?) returning version", [by, moment_text(now)]
    )
    for facet, stance in changed.items():
        db.execute("insert into policy_choices (version, facet, stance) values (?, ?, ?)", [version, facet, stance])
    db.execute("update school set revision = revision + 1")
    return version
