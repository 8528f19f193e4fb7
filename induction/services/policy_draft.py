"""Saving into the draft of the policy's next version: never over what another lead has saved unseen.

A page names what it had shown, by `shown`; where something else is stored by then, nothing is saved.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from ..content.model import Choice, Facet, OwnWords
from ..records.policy import draft
from ..records.policy.draft import Draft
from ..records.store.database import Database, transaction
from ..records.store.tokens import digest
from ..rules.policy_answers import standing
from . import policy_publication


@dataclass(frozen=True, slots=True)
class TheirChoice:
    """What stands on a question that another lead has changed."""

    choice: Choice | None  # None: nothing, since the draft was thrown away
    by: str | None  # who has drafted it; None where it is in force


class ChosenMeanwhile(Exception):
    """Another lead has chosen otherwise on the question."""

    def __init__(self, theirs: TheirChoice) -> None:
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


def save_choice(db: Database, in_force: Mapping[str, Choice], choice: Choice, saw: str, *, by: int, at: datetime) -> bool:
    """Save what is chosen on a question; false where it stands so already, whoever chose it.

    What is in force already needs no draft, and so leaves it. `saw` is what the page had shown. Raises ChosenMeanwhile.
    """
    with transaction(db):
        drafted = draft.read(db)
        stored = stored_choice(drafted, in_force, choice.facet)
        if choice == stored:
            return False
        if shown(stored) != saw:
            raise ChosenMeanwhile(_theirs(drafted, stored))
        draft.save_choice(db, choice, by, at)
    return True


def save_cautious(
    db: Database, facets: Iterable[Facet], nation: str, in_force: Mapping[str, Choice], *, by: int, at: datetime
) -> list[Facet]:
    """Choose the cautious rule on those of the questions that are open still; which they are, in their order."""
    with transaction(db):
        drafted = draft.read(db).choices
        still = [each for each in facets if standing(each, nation, in_force.get(each.name), drafted.get(each.name)).is_open]
        for each in still:
            draft.save_choice(db, Choice(each.name, each.cautious.name), by, at)
    return still


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
