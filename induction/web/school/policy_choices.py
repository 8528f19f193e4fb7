"""What a form brought on the policy's questions, and saving it into the draft: never over what another lead chose unseen."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import flash

from ...content.model import Facet
from ...records.policy import versions as policies
from ...records.policy.versions import Draft
from ...records.store.database import transaction
from ...records.store.tokens import digest
from ...services.programme import Programme
from ...wording import numbers
from ..site import current_programme, db, now, viewer

log = logging.getLogger("induction.policy")
Kept = tuple[str, str]  # a stance, and what is written beside it


@dataclass(frozen=True, slots=True)
class Sent:
    """A question as a form brought it: what is ticked, what is typed beside each stance, what the page had shown."""

    facet: Facet
    stance: str
    words: Mapping[str, str]
    saw: str | None = None  # by `seen_of`
    trouble: str | None = None

    @property
    def choice(self) -> Kept | None:
        found = self.facet.stance(self.stance)
        if found is None:
            return None
        words = self.words.get(found.name, "")
        return found.name, words if found.fill is None or found.fill.several else " ".join(words.split())


def kept_on(programme: Programme, draft: Draft, facet: str) -> Kept | None:
    """What the draft says on a facet or, lacking that, what is chosen."""
    kept = draft.choices.get(facet) or programme.policy.choices.get(facet)
    return (kept.stance, kept.words) if kept else None


def seen_of(kept: Kept | None) -> str:
    return digest("\n".join(kept)) if kept else ""


def save(sent: list[Sent]) -> tuple[list[str], list[Sent]]:
    """Save into the draft what is chosen otherwise, all of it or nothing; the facets, in the order of the page.

    Where another lead chose meanwhile on a question that is answered otherwise, nothing is saved: then what was sent
    comes back, each such question with what the other lead chose, which the page has shown from there on.
    """
    programme = current_programme()
    with transaction(db()):
        draft = policies.draft(db())
        kept = {each.facet.name: kept_on(programme, draft, each.facet.name) for each in sent}
        otherwise = [each for each in sent if _is_otherwise(each, kept[each.facet.name])]
        if any(_is_unseen(each, kept[each.facet.name]) for each in otherwise):
            return [], [_told(programme, draft, each, kept[each.facet.name]) if each in otherwise else each for each in sent]
        for each in otherwise:
            policies.draft_choice(db(), each.facet.name, *each.choice, viewer().id, now())  # type: ignore[misc]
        draft = policies.draft(db())
    if otherwise:
        log.info("Policy draft: %s by person %s", ", ".join(each.facet.name for each in otherwise), viewer().id)
        _say(otherwise, draft)
    return [each.facet.name for each in otherwise], []


def _is_otherwise(sent: Sent, kept: Kept | None) -> bool:
    """Whether a choice is new. One that stands as the page had shown it was not made, even if the draft has moved on."""
    return sent.choice is not None and sent.choice != kept and sent.saw != seen_of(sent.choice)


def _is_unseen(sent: Sent, kept: Kept | None) -> bool:
    """Whether what stands on a question is not what the page had shown of it."""
    return (sent.saw or "") != seen_of(kept)


def _told(programme: Programme, draft: Draft, sent: Sent, kept: Kept | None) -> Sent:
    """A question with what another lead chose on it meanwhile, if they did."""
    if not _is_unseen(sent, kept):
        return sent
    drafted, stance = draft.choices.get(sent.facet.name), sent.facet.stance(kept[0]) if kept else None
    who = drafted.saved_by_name if drafted else "Somebody"
    theirs = f"{who} chose “{stance.label}”{f' ({kept[1]})' if kept and kept[1] else ''}" if stance else "The draft was thrown away"
    trouble = f"{theirs} after you had opened this page, so nothing is saved yet. Save again, and yours takes its place."
    return replace(sent, saw=seen_of(kept), trouble=trouble)


def _say(sent: list[Sent], draft: Draft) -> None:
    """Say of choices whether they wait in the draft or are what applies."""
    drafted = [each for each in sent if each.facet.name in draft.choices]
    applying = [each for each in sent if each.facet.name not in draft.choices]
    if len(drafted) == 1:
        flash(f"Saved in the draft: {_label(drafted[0])}. It applies once you publish.", "done")
    elif drafted:
        flash(f"{numbers.number(len(drafted)).capitalize()} choices saved in the draft. They apply once you publish.", "done")
    for each in applying:
        flash(f"“{_label(each)}” is what applies already; nothing in the draft on it.", "done")


def _label(sent: Sent) -> str:
    stance = sent.facet.stance(sent.stance)
    return stance.label if stance else ""
