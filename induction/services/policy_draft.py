"""Saving into the draft of the policy's next version: never over what another lead has saved unseen.

A page names what it had shown, by `shown`; where something else is stored by then, nothing is saved.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ..content.model import Choice, OwnWords
from ..records.policy import draft
from ..records.policy.draft import Draft
from ..records.store.database import Database, transaction
from ..records.store.tokens import digest
from . import policy_publication


@dataclass(frozen=True, slots=True)
class TheirChoice:
    """What stands on a question that another lead has changed."""

    choice: Choice | None  # None: nothing, since the draft was thrown away
    by: str | None  # who has drafted it; None where it is in force


@dataclass(frozen=True, slots=True)
class SavedChoice:
    choice: Choice
    drafted: bool  # false: it is what applies already, so nothing is drafted


class ChosenMeanwhile(Exception):
    """Another lead has chosen on questions that are answered otherwise here; by facet, what they chose."""

    def __init__(self, theirs: Mapping[str, TheirChoice]) -> None:
        super().__init__()
        self.theirs = theirs


class WrittenMeanwhile(Exception):
    """Another lead has saved other words of the school's own."""

    def __init__(self, theirs: OwnWords) -> None:
        super().__init__()
        self.theirs = theirs


class NothingDrafted(Exception):
    """There is no draft."""


class DraftedMeanwhile(Exception):
    """The draft is another one than the page had shown."""


def stored_choice(drafted: Draft, in_force: Mapping[str, Choice], facet: str) -> Choice | None:
    """What the draft says on a facet or, lacking that, what is chosen."""
    return drafted.choices.get(facet) or in_force.get(facet)


def shown(stored: Choice | OwnWords | None) -> str:
    """What changes when anything in a choice, or in the school's own words, does; empty for no choice."""
    if stored is None:
        return ""
    if isinstance(stored, Choice):
        return digest(f"{stored.stance}\n{stored.words}")
    return digest(json.dumps([stored.only, stored.words, dict(stored.ties)], sort_keys=True))


def save_choices(
    db: Database, in_force: Mapping[str, Choice], choices: Sequence[Choice], saw: Mapping[str, str], *, by: int, at: datetime
) -> list[SavedChoice]:
    """Save what is chosen otherwise, all of it or nothing; in the order of the choices.

    `saw` is what the page had shown of each facet. A choice that stands as the page had shown it was not made, even if the
    draft has moved on. Raises ChosenMeanwhile.
    """
    with transaction(db):
        drafted = draft.read(db)
        stored = {each.facet: stored_choice(drafted, in_force, each.facet) for each in choices}
        made = [each for each in choices if each != stored[each.facet] and shown(each) != saw[each.facet]]
        unseen = [each.facet for each in made if shown(stored[each.facet]) != saw[each.facet]]
        if unseen:
            raise ChosenMeanwhile({facet: _theirs(drafted, stored[facet]) for facet in unseen})
        return [SavedChoice(each, draft.save_choice(db, each, by, at)) for each in made]


def _theirs(drafted: Draft, stored: Choice | None) -> TheirChoice:
    hand = drafted.hands.get(stored.facet) if stored else None
    return TheirChoice(stored, hand.name if hand else None)


def save_words(db: Database, own: OwnWords, saw: str, *, by: int, at: datetime) -> bool:
    """Save the school's own words; false where they stand so already, whoever wrote them. Raises WrittenMeanwhile."""
    with transaction(db):
        stored = policy_publication.own_words(db, draft.read(db))
        if own == stored:
            return False
        if shown(stored) != saw:
            raise WrittenMeanwhile(stored)
        draft.save_text(db, own, by, at)
    return True


def discard(db: Database, saw: str) -> None:
    """Throw the draft away that a page had shown, by its fingerprint. Raises NothingDrafted and DraftedMeanwhile."""
    with transaction(db):
        drafted = draft.read(db)
        if drafted.empty:
            raise NothingDrafted
        if drafted.fingerprint != saw:
            raise DraftedMeanwhile
        draft.discard(db)
