"""Which reminder somebody is due today: at most one, and only if it is true today.

Letters go on sending days alone (`sending_days`), between 7.00 and 18.00. Where its own day is quiet:

| reminder    | its own day              | on a quiet day                                        | until           | how often    |
|-------------|--------------------------|-------------------------------------------------------|-----------------|--------------|
| not begun   | a week after they came   | the next sending day                                  | 13 days later   | once         |
| week before | seven days before        | the last sending day of the week before that, else    | 3 days before   | once a date  |
|             |                          | the next one up to three days before the date         |                 |              |
| day before  | the day before           | the last sending day before, however long before      | the day before  | once a date  |
| on the day  | the day                  | not at all: *the day before* went, and named the day  | that day        | once a date  |
| overdue     | the day after            | the next sending day                                  | all is done     | every seven  |
|             |                          |                                                       |                 | days         |

One that was missed, since the site was asleep or had no mail, still goes while its *until* is not over; of several the one
that is nearest to the date, and none of those that came before it. *Week before* is left out where *day before* would follow
within two days, *not begun* where those of the date begin within two days or have begun. Nobody is reminded on the day they
came, nor of their date in a week before they have been here three days. A date that is changed brings its own series; so
does the next round of a course that comes round, which counts as if they had come on the day on which it began.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .sending_days import SendingDays

A_WEEK = timedelta(days=7)
STILL_NOT_BEGUN = 13  # days after its own in which *not begun* still goes
WEEK_ENDS = 3  # days before the date, when *week before* makes sense no more
APART = timedelta(days=2)  # between two of different kinds, but for those of the last day
SETTLED = timedelta(days=3)  # after somebody came, before they hear of their date


class Reminder(StrEnum):
    """Each can be switched off and has words of its own."""

    NOT_BEGUN = "not-begun"
    WEEK = "week-before"
    EVE = "day-before"
    DAY = "on-the-day"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Stand:
    """How somebody stands who has an induction to do."""

    came: date  # when they were added, their first day, or when it came round again: the latest of these
    due: date | None
    begun: bool
    complete: bool
    leaves: date | None = None  # their last day


@dataclass(frozen=True, slots=True)
class Written:
    """A reminder that was written to somebody: of which date, and on which day."""

    reminder: Reminder
    about: date
    day: date


@dataclass(frozen=True, slots=True)
class Due:
    """A reminder to be written today, and the date that it is about: the due date, or when they came."""

    reminder: Reminder
    about: date


def due_today(
    stand: Stand, today: date, days: SendingDays, on: Collection[Reminder], before: Sequence[Written] = ()
) -> Due | None:
    """The reminder that somebody is due. `on` are those that are switched on, `before` those written to them so far."""
    if stand.complete or today <= stand.came or (stand.leaves and today > stand.leaves) or not days.sends(today):
        return None
    before = [each for each in before if each.day <= today]  # of a clock that went ahead once there may be later ones
    if any(each.day == today for each in before):
        return None
    reminder = _of_the_date(stand, stand.due, today, days, on, before) if stand.due else None
    if reminder and stand.due:
        return Due(reminder, stand.due)
    return Due(Reminder.NOT_BEGUN, stand.came) if _not_begun(stand, today, days, on, before) else None


def still_so(due: Due, stand: Stand, today: date) -> bool:
    """Whether what a reminder says is still so: they are here, have not finished or begun meanwhile, and the date is the same."""
    if stand.complete or (stand.leaves and today > stand.leaves) or today < stand.came:
        return False
    if due.reminder is Reminder.NOT_BEGUN:
        return not stand.begun
    return stand.due == due.about and (due.reminder is Reminder.OVERDUE) is (due.about < today)


def _of_the_date(
    stand: Stand, due: date, today: date, days: SendingDays, on: Collection[Reminder], before: Sequence[Written]
) -> Reminder | None:
    """The one of a date's series that is true today."""
    written = {each.reminder: each.day for each in before if each.about == due}  # the latest of each: they come in order
    if today > due:
        late = Reminder.OVERDUE in on and _late_again(written.get(Reminder.OVERDUE), today)
        return Reminder.OVERDUE if late else None
    if today == due:
        return Reminder.DAY if Reminder.DAY in on and Reminder.DAY not in written else None
    eve = days.last_before(due)
    if today == eve:
        return Reminder.EVE if Reminder.EVE in on and Reminder.EVE not in written else None
    week = week_before(due, days)
    if Reminder.WEEK not in on or Reminder.WEEK in written or week is None or not week <= today <= due - WEEK_ENDS * timedelta(days=1):
        return None
    followed = Reminder.EVE in on and eve is not None and eve - today < APART
    return None if followed or today < stand.came + SETTLED else Reminder.WEEK


def _late_again(last: date | None, today: date) -> bool:
    return last is None or today >= last + A_WEEK


def week_before(due: date, days: SendingDays) -> date | None:
    """The sending day from which *week before* goes; None where all of its days are quiet."""
    own = due - A_WEEK
    if days.sends(own):
        return own
    earlier = days.last_before(own)
    if earlier and earlier >= own - A_WEEK:
        return earlier
    later = days.first_from(own)
    return later if later and later <= due - WEEK_ENDS * timedelta(days=1) else None


def _not_begun(
    stand: Stand, today: date, days: SendingDays, on: Collection[Reminder], before: Sequence[Written]
) -> bool:
    if stand.begun or Reminder.NOT_BEGUN not in on or any(each.day > today - A_WEEK for each in before):
        return False
    if any(each.reminder is Reminder.NOT_BEGUN and each.about == stand.came for each in before):
        return False
    first = days.first_from(stand.came + A_WEEK)
    if first is None or not first <= today <= first + STILL_NOT_BEGUN * timedelta(days=1):
        return False
    begins = min(_begin(stand.due, days, on), default=None) if stand.due else None
    return begins is None or today < begins - APART


def _begin(due: date, days: SendingDays, on: Collection[Reminder]) -> Iterator[date]:
    """The days from which each of a date's reminders goes."""
    own = {
        Reminder.WEEK: week_before(due, days),
        Reminder.EVE: days.last_before(due),
        Reminder.DAY: due,
        Reminder.OVERDUE: due + timedelta(days=1),
    }
    return (day for reminder, day in own.items() if day and reminder in on)
