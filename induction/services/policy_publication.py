"""From a draft to a published version of the policy: what it would say, what it would change, and the publishing itself.

The command line and the demonstration publish through here too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from ..content.conditions import in_force
from ..content.editions import policy_document
from ..content.editions.edition import Edition
from ..content.editions.fill import says
from ..content.editions.policy_document import OwnWords
from ..content.model import Library, School
from ..records.policy import versions
from ..records.policy.versions import Draft
from ..records.store.database import Database
from ..rules.calendar import local

Choices = Mapping[str, tuple[str, str]]  # facet -> stance, and what is written beside it


@dataclass(frozen=True, slots=True)
class Proposal:
    """A version as it would be published."""

    school: School
    edition: Edition
    choices: Choices
    stances_change: bool  # staff are held to something that no version in force told them, so that all are asked


def own_words(db: Database, draft: Draft) -> OwnWords:
    """The school's own words in a draft or, where it has none, in the latest version; none where no text was published."""
    return _drafted(draft) or _published(db)[0]


def _drafted(draft: Draft) -> OwnWords | None:
    return OwnWords(draft.text.own_only, draft.text.words, draft.text.ties) if draft.text else None


def _published(db: Database) -> tuple[OwnWords, Mapping[str, str]]:
    """The school's own words in the latest version, and what it holds staff to, by facet."""
    latest = versions.version(db, versions.now(db).version)
    return policy_document.kept_words(latest.text) if latest and latest.text else (OwnWords(), {})


def propose(db: Database, library: Library, school: School, draft: Draft, at: datetime) -> Proposal:
    """What would be published of a draft. `school` is the school as it stands.

    What this release no longer asks or offers is left out. Raises TooMuch where the words outgrew what a policy holds.
    """
    choices = {
        each.facet: (each.stance, each.words)
        for each in draft.choices.values()
        if each.facet in library.facets and library.facets[each.facet].stance(each.stance)
    }
    return proposal(db, library, school, choices, at, _drafted(draft))


def proposal(
    db: Database, library: Library, school: School, choices: Choices, at: datetime, own: OwnWords | None = None
) -> Proposal:
    """A version with these choices besides those made already, and with these words (None: those in force)."""
    before, held_to = _published(db)
    after = replace(
        school,
        choices={**school.choices, **{facet: stance for facet, (stance, _) in choices.items()}},
        fills={**school.fills, **{facet: words for facet, (_, words) in choices.items()}},
        policy_version=school.policy_version + 1,
        policy_since=local(at).date(),
    )
    changed = any(held_to.get(facet.name) != says(in_force(after, facet), after) for facet in library.facets.values())
    return Proposal(after, policy_document.policy_edition(own or before, library, after), choices, changed)


def publish(
    db: Database, proposed: Proposal, *, after: int, minor: bool, note: str, by: int | None, now: datetime
) -> int:
    """Publish; the version's number. Only a version that holds nobody to anything new can be minor.

    Raises PublishedMeanwhile.
    """
    return versions.publish(
        db,
        after=after,
        choices=proposed.choices,
        sha256=proposed.edition.sha256,
        text=proposed.edition.text,
        material=proposed.stances_change or not minor,
        note=note,
        by=by,
        now=now,
    )


def choose(
    db: Database, library: Library, school: School, stances: Mapping[str, str], *, by: int | None, now: datetime
) -> int:
    """Publish stances at once, as the command line does; the version in force. What is chosen already makes no new one."""
    before = versions.now(db)
    choices = {
        facet: (stance, "")
        for facet, stance in stances.items()
        if facet not in before.choices or before.choices[facet].stance != stance
    }
    if not choices:
        return before.version
    proposed = proposal(db, library, school, choices, now)
    return publish(db, proposed, after=before.version, minor=True, note="", by=by, now=now)
