"""What the school says of itself, changed by a lead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..records.school import school
from ..records.school.school import SchoolDetails
from ..records.store.database import Database, transaction
from ..rules.acts import Act, What
from . import acts

About = Mapping[str, Any]  # what `school.save` takes, by its names


class SettingsMeanwhile(Exception):
    """Somebody else has saved others after the page had been opened; nothing was overwritten."""

    def __init__(self, stored: About) -> None:
        super().__init__()
        self.stored = stored


@dataclass(frozen=True, slots=True)
class Page:
    """The page from which they are changed."""

    had_shown: Callable[[About], bool]  # whether it had shown what is stored
    in_words: Callable[[About], Mapping[str, str]]  # what stands in each field, by its label


def about(stored: SchoolDetails) -> About:
    """What is stored, as `school.save` takes it."""
    return {
        "name": stored.name, "nation": stored.nation, "phase": stored.phase, "words": dict(stored.words),
        "public_contacts": stored.public_contacts,
    }  # fmt: skip


def change(db: Database, wanted: About, page: Page, *, by: int, now: datetime) -> bool:
    """Keep what the school says of itself; False, and nothing kept, where it says so already. Raises SettingsMeanwhile."""
    with transaction(db):
        stored = about(school.details(db))
        if wanted == stored:
            return False
        if not page.had_shown(stored):
            raise SettingsMeanwhile(stored)
        school.save(db, **wanted)
        was, became = page.in_words(stored), page.in_words(wanted)
        others = {label for label in [*was, *became] if became.get(label) != was.get(label)}
        acts.note(db, Act(What.SETTINGS, by, now, was=_only(others, was), became=_only(others, became)))
        return True


def _only(labels: set[str], said: Mapping[str, str]) -> dict[str, str]:
    return {label: words for label, words in said.items() if label in labels}
