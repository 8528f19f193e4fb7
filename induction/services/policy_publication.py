"""From a draft to a published version of the policy: what it would say, what it would change, and the publishing itself.

The command line and the demonstration publish through here too. A version is made before anybody has to wait for it, and
published where what it was made from still stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from ..content.conditions import in_force
from ..content.editions import policy_document
from ..content.editions.edition import Edition
from ..content.editions.fill import says
from ..content.model import Choice, Library, OwnWords, School
from ..content.problems import TooMuch
from ..records.policy import draft, versions
from ..records.policy.draft import Draft
from ..records.policy.versions import NewVersion, PublishedMeanwhile
from ..records.school import school as school_records
from ..records.store.database import Database, transaction
from ..rules.calendar import local
from .programme import Programme


@dataclass(frozen=True, slots=True)
class Proposal:
    """A version as it would be published of a draft."""

    draft: Draft
    after: int  # the version in force
    school: School  # as it would stand
    choices: Mapping[str, Choice]  # of the draft, as far as this release offers them
    edition: Edition
    stances_change: bool  # staff are held to something that no version in force told them, so that all are asked
    at: datetime

    @property
    def fingerprint(self) -> str:
        """What somebody saw who publishes it: the draft, and the words that it makes."""
        return f"{self.draft.fingerprint}.{self.edition.sha256}"

    def asks(self, minor: bool) -> bool:
        """Whether everybody is asked to read it. Only a version that holds nobody to anything new can be minor."""
        return self.stances_change or not minor


def own_words(db: Database, drafted: Draft) -> OwnWords:
    """The school's own words in a draft or, where it has none, in the latest version; none where no text was published."""
    return drafted.text or _published(db)[0]


def _published(db: Database) -> tuple[OwnWords, Mapping[str, str]]:
    """The school's own words in the latest version, and what it holds staff to, by facet."""
    text = versions.text_in_force(db)
    return policy_document.stored_words(text) if text else (OwnWords(), {})


def propose(db: Database, library: Library, school: School, drafted: Draft, at: datetime) -> Proposal:
    """What would be published of a draft. `school` is the school as it stands.

    What this release no longer asks or offers is left out. Raises TooMuch where the words outgrew what a policy holds.
    """
    own, held_to = _published(db)
    choices = {
        name: choice
        for name, choice in drafted.choices.items()
        if name in library.facets and choice.stance in {each.name for each in library.facets[name].offered_in(school.nation)}
    }
    after = replace(
        school,
        choices={**school.choices, **choices},
        policy_version=school.policy_version + 1,
        policy_since=local(at).date(),
    )
    return Proposal(
        draft=drafted,
        after=school.policy_version,
        school=after,
        choices=choices,
        edition=policy_document.policy_edition(drafted.text or own, library, after),
        stances_change=any(held_to.get(name) != says(in_force(after, facet), after, library) for name, facet in library.facets.items()),
        at=at,
    )


def reads_otherwise(db: Database, programme: Programme, at: datetime) -> bool:
    """Whether settings or an update have changed what the published text says."""
    return bool(programme.remember(("policy reads otherwise",), lambda: _reads_otherwise(db, programme, at)))


def _reads_otherwise(db: Database, programme: Programme, at: datetime) -> bool:
    if programme.document is None:
        return False
    try:
        proposed = propose(db, programme.library, programme.school, Draft(), at)
    except TooMuch:
        return True
    return bool(policy_document.changes(programme.document, policy_document.open_policy(proposed.edition.text)))


def publish(db: Database, proposed: Proposal, *, by: int | None, note: str = "", minor: bool = False) -> int:
    """Publish; the version's number. What it chooses leaves the draft that leads have saved, the rest of which stays.

    Raises PublishedMeanwhile where another version is in force than when it was proposed.
    """
    with transaction(db):
        return versions.publish(db, _version(proposed, by, note, minor))


def publish_draft(db: Database, proposed: Proposal, *, by: int, note: str = "", minor: bool = False) -> int:
    """Publish what was proposed of the draft that leads have saved, which then is gone; the version's number.

    Raises PublishedMeanwhile where another version is in force than when it was proposed, or the draft has changed.
    """
    with transaction(db):
        if draft.read(db).fingerprint != proposed.draft.fingerprint:
            raise PublishedMeanwhile
        number = versions.publish(db, _version(proposed, by, note, minor))
        draft.discard(db)
    return number


def _version(proposed: Proposal, by: int | None, note: str, minor: bool) -> NewVersion:
    words = proposed.edition
    return NewVersion(
        proposed.after, proposed.choices, words.sha256, words.text, proposed.asks(minor), note, by, proposed.at
    )


def choose(db: Database, library: Library, stances: Mapping[str, str], *, by: int | None, at: datetime) -> int:
    """Publish stances at once, as the command line does; the version in force. What is chosen already makes no new one.

    Raises TooMuch and PublishedMeanwhile.
    """
    school, policy = school_records.load(db)
    choices = {
        facet: Choice(facet, stance)
        for facet, stance in stances.items()
        if facet not in policy.choices or policy.choices[facet].stance != stance
    }
    if not choices:
        return policy.version
    return publish(db, propose(db, library, school, Draft(choices), at), by=by, minor=True)
