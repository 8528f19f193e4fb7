"""Saying beforehand who follows a mentor who leaves."""

from __future__ import annotations

from datetime import datetime

from ..records.people import handovers, people
from ..records.store.database import Database, transaction
from ..rules.handovers import Handover
from ..rules.roles import MENTORS


class NobodyLeaves(people.PeopleFault):
    """There is no last day for which a follower could be named."""

    words = "They are no mentor here with a last day. Nothing was kept."


class LeavesToo(people.PeopleFault):
    """Who is to follow has left by then as well."""

    words = "They leave by then too. Choose somebody who stays longer."


class HandoverMeanwhile(people.PeopleFault):
    """Something else was said of who follows after the page had been opened."""

    words = "That was changed meanwhile."

    def __init__(self, latest: Handover) -> None:
        super().__init__()
        self.latest = latest


def name_follower(
    db: Database, mentor_id: int, follower_id: int | None, *, saw: int, by: int | None, now: datetime
) -> bool:
    """Say who mentors somebody's teachers once their last day is past, or that nobody does; False where that stands so.

    `saw` is the number of what was said last when the page was opened; 0 for nothing. Raises HandoverMeanwhile, LeavesToo,
    NobodyLeaves, NotAMentor.
    """
    with transaction(db):
        latest = handovers.latest(db, mentor_id)
        if latest and not latest.done and latest.follower_id == follower_id:
            return False
        if latest and latest.id != saw:
            raise HandoverMeanwhile(latest)
        mentor = people.find(db, mentor_id)
        if mentor is None or not mentor.active or mentor.role not in MENTORS or mentor.ends is None:
            raise NobodyLeaves
        if follower_id is not None:
            follower = people.find(db, follower_id)
            if follower is None or not follower.active or follower.role not in MENTORS or follower.id == mentor_id:
                raise people.NotAMentor
            if follower.ends is not None and follower.ends <= mentor.ends:
                raise LeavesToo
        handovers.say(db, mentor_id, follower_id, by=by, now=now)
        return True
