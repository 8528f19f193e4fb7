"""Which reminders go, and in which words: a lead chooses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..records.school import reminder_choices
from ..records.store.database import Database, transaction
from ..rules.reminders import Reminder
from ..wording.reminders import SHIPPED


class ChosenMeanwhile(Exception):
    """Another lead has chosen otherwise since the page was opened."""

    def __init__(self, theirs: Chosen) -> None:
        super().__init__()
        self.theirs = theirs


@dataclass(frozen=True, slots=True)
class Chosen:
    """How a reminder stands."""

    goes: bool = True
    words: str | None = None  # the school's own; None: those that are shipped
    number: int = 0  # of the choice; 0: nothing was chosen
    by_name: str = ""
    at: datetime | None = None


def now_chosen(db: Database) -> dict[Reminder, Chosen]:
    """How each stands: it goes, in the words that are shipped, until a lead chooses otherwise."""
    kept = reminder_choices.now(db)
    return {
        each: Chosen(kept[each].goes, kept[each].words, kept[each].id, kept[each].by_name, kept[each].at) if each in kept else Chosen()
        for each in Reminder
    }


def choose(db: Database, reminder: Reminder, *, goes: bool, words: str, saw: int, by: int, now: datetime) -> bool:
    """Keep whether it goes, and its words; False where it stands so. Words that are those shipped are not the school's own.

    `saw` is the number of the choice that the page had shown. Raises ChosenMeanwhile.
    """
    own = None if words.strip() == SHIPPED[reminder] else words
    with transaction(db):
        stands = now_chosen(db)[reminder]
        if (stands.goes, stands.words) == (goes, own):
            return False
        if stands.number != saw:
            raise ChosenMeanwhile(stands)
        reminder_choices.keep(db, reminder, goes=goes, words=own, by=by, now=now)
        return True
