"""The days on which letters go by themselves: those of the nation, and the holidays that leads enter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ..records.school import holidays
from ..records.store.database import Database, transaction
from ..rules.sending_days import Holiday, SendingDays, joined


class NoDayLeft(ValueError):
    """With this holiday no letter could go for a whole year."""


@dataclass(frozen=True, slots=True)
class Entered:
    """What came of a holiday."""

    whole: Holiday  # as it stands now: with those that it overlapped, as one
    joined: tuple[Holiday, ...] = ()
    before: bool = False  # it stood so already, and nothing was kept


def sending_days(db: Database, nation: str) -> SendingDays:
    return SendingDays(nation, holidays.of_days(db))


def look(nation: str, stored: Sequence[Holiday], added: Holiday) -> tuple[Entered, tuple[int, int]]:
    """What would come of a holiday beside those stored; and of the year from its first day on, how many days letters would
    go on and how many are Mondays to Fridays. Raises NoDayLeft.
    """
    around = next((each for each in stored if each.first <= added.first and added.last <= each.last), None)
    if around:
        return Entered(around, before=True), SendingDays(nation, stored).in_a_year(around.first)
    whole, taken = joined(added, stored)
    left = SendingDays(nation, [*(each for each in stored if each not in taken), whole]).in_a_year(whole.first)
    if not left[0]:
        raise NoDayLeft
    return Entered(whole, taken), left


def enter(db: Database, nation: str, added: Sequence[Holiday], *, by: int, now: datetime) -> list[Entered]:
    """Enter holidays, all of them or none; those that overlap become one. Raises NoDayLeft."""
    with transaction(db):
        return [_enter(db, nation, each, by, now) for each in added]


def _enter(db: Database, nation: str, added: Holiday, by: int, now: datetime) -> Entered:
    standing = holidays.listing(db)
    entered, _ = look(nation, [each.holiday for each in standing], added)
    if not entered.before:
        for each in standing:
            if each.holiday.meets(entered.whole):
                holidays.end(db, each.id, by=by, now=now)
        holidays.enter(db, entered.whole, by=by, now=now)
    return entered


def take_away(db: Database, holiday_id: int, *, by: int, now: datetime) -> bool:
    """Take a holiday away: letters go on its days again. False where it was taken away before, or is none."""
    with transaction(db):
        return holidays.end(db, holiday_id, by=by, now=now)


def coming(db: Database, today: date) -> list[holidays.Entered]:
    """The holidays that are not over, the next first."""
    return holidays.listing(db, today)
