"""From a draft to a published version of the policy: what it would say, what it would change, and the publishing itself.

The command line and the demonstration publish through here too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from ..content import policy_text
from ..content.conditions import in_force
from ..content.edition import Edition
from ..content.model import Library, School
from ..content.policy_text import OwnWords
from ..content.render import says
from ..learning.dates import local
from ..records import policy
from ..records.database import Database
from ..records.policy import Draft, PolicyNow

Choices = Mapping[str, tuple[str, str]]  # facet -> stance, and what is written beside it


@dataclass(frozen=True, slots=True)
class Proposal:
    """A version as it would be published."""

    school: School
    own: OwnWords
    edition: Edition
    choices: Choices
    stances_change: bool  # what staff are held to changes, so that everybody is asked to acknowledge it


def own_in_force(db: Database, now: PolicyNow) -> OwnWords:
    """The school's own words in the latest version; none where nothing was published."""
    latest = policy.version(db, now.version)
    return policy_text.open_policy(latest.text).own if latest and latest.text else OwnWords()


def propose(db: Database, library: Library, school: School, draft: Draft, at: datetime) -> Proposal:
    """What would be published of a draft. `school` is the school as it stands."""
    own = OwnWords(draft.text.own_only, draft.text.words, draft.text.ties) if draft.text else own_in_force(db, policy.now(db))
    choices = {each.facet: (each.stance, each.words) for each in draft.choices.values()}
    return proposal(library, school, own, choices, at)


def proposal(library: Library, school: School, own: OwnWords, choices: Choices, at: datetime) -> Proposal:
    """A version with these words and, besides what is chosen already, these choices."""
    after = replace(
        school,
        choices={**school.choices, **{facet: stance for facet, (stance, _) in choices.items()}},
        fills={**school.fills, **{facet: words for facet, (_, words) in choices.items()}},
        policy_version=school.policy_version + 1,
        policy_since=local(at).date(),
    )
    changed = any(
        says(in_force(school, facet), school) != says(in_force(after, facet), after) for facet in library.facets.values()
    )
    return Proposal(after, own, policy_text.policy_edition(own, library, after), choices, changed)


def publish(
    db: Database, proposed: Proposal, *, after: int, minor: bool, note: str, by: int | None, now: datetime
) -> int:
    """Publish; the version's number. Only a version that holds nobody to anything new can be minor.

    Raises PublishedMeanwhile.
    """
    return policy.publish(
        db,
        after=after,
        choices=proposed.choices,
        sha256=proposed.edition.sha256,
        text=proposed.edition.text,
        material=proposed.stances_change or not minor or after == 0,
        note=note,
        by=by,
        now=now,
    )


def choose(
    db: Database, library: Library, school: School, stances: Mapping[str, str], *, by: int | None, now: datetime
) -> int:
    """Publish stances at once, as the command line does; the version in force. What is chosen already makes no new one."""
    before = policy.now(db)
    choices = {
        facet: (stance, "")
        for facet, stance in stances.items()
        if facet not in before.choices or before.choices[facet].stance != stance
    }
    if not choices:
        return before.version
    proposed = proposal(library, school, own_in_force(db, before), choices, now)
    return publish(db, proposed, after=before.version, minor=True, note="", by=by, now=now)
