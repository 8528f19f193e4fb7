"""Which night a backup is of, whether one is due, and which of the daily ones stay."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from .calendar import local

FROM = 2  # o'clock at the school: a night's backup is made from then on
UNTIL = 6  # o'clock: what may wait for the night, such as a drill, begins before then
DAILY, WEEKLY, MONTHLY = 7, 8, 12  # how many stay
TRY_AGAIN = timedelta(hours=1)  # after one that could not be made
COPY_COUNTS = timedelta(days=7)  # since the last copy to the second folder that worked
DRILL_EVERY = timedelta(days=30)
DRILL_AGAIN = timedelta(days=1)  # after one that failed
DRILL_BY_DAY = timedelta(days=2)  # over its time, a drill waits no longer for a night in which the server is awake


def night_of(moment: datetime) -> date:
    """The night that a moment belongs to: from two o'clock at the school until the next two o'clock."""
    here = local(moment)
    return here.date() if here.hour >= FROM else here.date() - timedelta(days=1)


def is_due(made: Iterable[datetime], begun: datetime | None, now: datetime) -> bool:
    """Whether this night's backup is still to be made. `begun`: since when there is anybody; a school's first is of its first night."""
    tonight = night_of(now)
    return begun is not None and night_of(begun) != tonight and all(night_of(each) != tonight for each in made)


def is_recent(at: datetime | None, now: datetime, within: timedelta) -> bool:
    """What a clock that was ahead has dated later than now is not."""
    return at is not None and timedelta(0) <= now - at < within


@dataclass(frozen=True, slots=True)
class Staying:
    """Each stays for one reason; `later` are dated later than now, by a clock that was ahead: nothing is judged by them."""

    daily: frozenset[datetime]
    weekly: frozenset[datetime]
    monthly: frozenset[datetime]
    later: frozenset[datetime]

    def __contains__(self, moment: object) -> bool:
        return any(moment in each for each in (self.daily, self.weekly, self.monthly, self.later))


def staying(moments: Collection[datetime], now: datetime) -> Staying:
    """Of the moments of daily backups, those that stay: the newest days, then of what is older the last one of each week, of what
    is older still the last one of each month.

    They are counted, not measured against today: a clock that jumps a year ahead ages nothing away.
    """
    later = frozenset(each for each in moments if each > now)
    rest = sorted(set(moments) - later, reverse=True)
    daily, rest = _newest(rest, DAILY, night_of)
    weekly, rest = _newest(rest, WEEKLY, lambda each: night_of(each).isocalendar()[:2])
    monthly, _ = _newest(rest, MONTHLY, lambda each: (night_of(each).year, night_of(each).month))
    return Staying(daily, weekly, monthly, later)


def _newest(moments: list[datetime], count: int, of: Callable[[datetime], object]) -> tuple[frozenset[datetime], list[datetime]]:
    """Of moments, the newest first: the newest of each of the first `count` days, weeks or months; and what is of none of these."""
    newest: dict[object, datetime] = {}
    rest = []
    for each in moments:
        if of(each) in newest:
            continue
        if len(newest) < count:
            newest[of(each)] = each
        else:
            rest.append(each)
    return frozenset(newest.values()), rest


def drill_is_due(last: datetime | None, went_well: bool, begun: datetime | None, now: datetime) -> bool:
    """Whether the monthly drill is to be held now. `last`: when one was held, and whether it went well."""
    if begun is None:
        return False
    wait = timedelta(0) if last is None else DRILL_EVERY if went_well else DRILL_AGAIN
    by_night = FROM <= local(now).hour < UNTIL
    waited = now - (last or begun)
    return waited >= wait and (by_night or waited >= wait + DRILL_BY_DAY)
