"""What the school says of itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from ...content.model import School
from ...rules.calendar import local
from ..policy import versions
from ..policy.versions import PolicyNow
from ..store.columns import mapper
from ..store.database import Database

UNNAMED = "our school"


@dataclass(frozen=True, slots=True)
class SchoolDetails:
    name: str  # empty until the first run
    nation: str
    phase: str
    words: Mapping[str, str]
    public_contacts: bool  # names and direct numbers on the open help page
    revision: int  # another one after each change of the school or its policy


_details = mapper(SchoolDetails)


def details(db: Database) -> SchoolDetails:
    return _details(db.rows("select * from school")[0])


def called(db: Database) -> str:
    """The school's name, or what stands for it until it has one."""
    return details(db).name or UNNAMED


def key(db: Database) -> str:
    """What tells this school from another: made with its database."""
    made: str = db.value("select key from school")
    return made


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
    number: int = db.value("select revision from school")
    return number


def load(db: Database) -> tuple[School, PolicyNow]:
    """The school as its lessons and judgements see it, and its policy as it stands."""
    about, chosen = details(db), versions.now(db)
    school = School(
        name=about.name or UNNAMED,
        nation=about.nation,
        phase=about.phase,
        words=about.words,
        choices=chosen.choices,
        policy_version=chosen.version,
        policy_since=local(chosen.since).date() if chosen.since else None,
    )
    return school, chosen
