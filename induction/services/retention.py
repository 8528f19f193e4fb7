"""How long the school keeps what: agreed to by a lead with what would go in sight, then kept to by itself."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ..records import erasure, retention
from ..records.people import people
from ..records.school import chores
from ..records.store.database import Database, transaction
from ..rules.acts import Act, What
from ..rules.calendar import local, months_later
from ..rules.retention import ACTS, SPANS, Kind, in_force, latest, over_before
from ..wording.retention import ABOUT, period, what_went
from . import acts
from .erasure import finish

log = logging.getLogger("induction.retention")

CHORE = "remove what is kept no longer"
ASLEEP = timedelta(days=60)  # a server may be off for the summer
PEOPLE_AT_ONCE = 25  # in one transaction, so that nobody waits long
ROWS_AT_ONCE = 500
ROUNDS = 400  # of one day: what is left goes on the next
OF_NOBODY = (Kind.LETTERS, Kind.BROWSERS)


class ChangedMeanwhile(Exception):
    """Another lead has said something after the page was opened."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What goes of a kind, if it is kept for so many months."""

    kind: Kind
    months: int
    now: int
    in_a_month: int  # besides
    in_a_year: int  # besides


@dataclass(frozen=True, slots=True)
class Times:
    """How long the kinds are kept: as it was said last, or is proposed; and since when it counts."""

    months: Mapping[Kind, int]
    agreed: bool  # a lead has said so
    in_force: Mapping[Kind, int]
    saw: int  # the number of what was said last


def times(db: Database, today: date) -> Times:
    said = retention.said(db)
    proposed = {kind: span.proposed for kind, span in SPANS.items()}
    return Times({**proposed, **latest(said)}, bool(said), in_force(said, today), retention.latest(db))


def outlook(db: Database, months: Mapping[Kind, int], today: date) -> list[Outlook]:
    """What would go by these times: now, within a month, within a year. Counts, and nobody's name."""
    days = (today, months_later(today, 1), months_later(today, 12))
    found = []
    for kind in SPANS:
        here, soon, later = retention.over(db, kind, [over_before(day, months[kind]) for day in days])
        found.append(Outlook(kind, months[kind], here, soon - here, later - soon))
    return found


def agree(db: Database, months: Mapping[Kind, int], *, by: int, saw: int, now: datetime) -> list[Kind]:
    """Say how long the kinds are kept; those of which it is another time. It counts from the next day, a longer time at once.

    `saw` is the number of what the page had shown. Raises ChangedMeanwhile, ValueError for a time that can't be.
    """
    with transaction(db):
        before = latest(retention.said(db))
        new = [kind for kind in SPANS if before.get(kind) != months[kind]]
        if any(not SPANS[kind].least <= months[kind] <= SPANS[kind].most for kind in new):
            raise ValueError("no such time")
        if new and saw != retention.latest(db):
            raise ChangedMeanwhile
        for kind in new:
            retention.say(db, kind, months[kind], by=by, now=now)
        if new:
            was, became = ({ABOUT[kind].title: period(of[kind]) for kind in new if kind in of} for of in (before, months))
            acts.note(db, Act(What.RETENTION_SET, by, now, was=was, became=became))
    return new


def on_its_round(db: Database, now: datetime) -> dict[Kind, int]:
    """The same by the caretaker. It waits a day where no round is known of the weeks before: a clock may have leapt ahead, and
    what has gone does not come back when it is put right.
    """
    known = chores.all_of_them(db).get(CHORE)
    last = known.done_at if known else None
    if last is None or not timedelta(0) <= now - last <= ASLEEP:
        return {}
    return keep_to_times(db, now)


def keep_to_times(db: Database, now: datetime) -> dict[Kind, int]:
    """Take away what has had its time: how many rows or, of those who left, people. Nothing before a lead has agreed.

    Harmless when done twice; what is not done in one go is done on the next day.
    """
    today = local(now).date()
    agreed = in_force(retention.said(db), today)
    gone = {kind: _take(db, kind, over_before(today, months), now) for kind, months in agreed.items()}
    if agreed:
        _note(db, gone, over_before(today, ACTS), now)
    if any(gone.values()):
        log.info("Had its time: %s", ", ".join(f"{kind} {count}" for kind, count in gone.items() if count))
    finish(db)
    return {kind: count for kind, count in gone.items() if count}


def _note(db: Database, gone: Mapping[Kind, int], acts_before: datetime, now: datetime) -> None:
    """Note what went in the log of what leads did, and let go what has had its time of the log itself."""
    with transaction(db):
        old = retention.acts_before(db, acts_before)
        if old or any(gone.values()):
            acts.note(db, Act(What.RECORDS_GONE, None, now, about=what_went(gone, old)))
            retention.take_acts(db, acts_before)


def _take(db: Database, kind: Kind, until: datetime, now: datetime) -> int:
    total = 0
    for _ in range(ROUNDS):
        with transaction(db):
            if kind is Kind.LEFT:
                count = _erase_one(db, until, now)
            elif kind in OF_NOBODY:
                count = retention.take_of_nobody(db, kind, until=until, most=ROWS_AT_ONCE, now=now)
            else:
                theirs = retention.whose(db, kind, until, PEOPLE_AT_ONCE)
                for person_id, rows in theirs.items():
                    retention.take(db, kind, person_id, rows, until=until, now=now)
                count = sum(theirs.values())
        total += count
        if not count:
            break
    return total


def _erase_one(db: Database, until: datetime, now: datetime) -> int:
    """The whole record of somebody who left long enough ago: all that was ever written is looked through for their name."""
    left = retention.whose(db, Kind.LEFT, until, most=1)
    for person in people.by_ids(db, left).values():
        erasure.erase(db, person, kind=Kind.LEFT, by=None, why=retention.ITS_TIME, until=until, now=now)
    return len(left)

