"""The letters that the site posts by itself: which kinds there are, in what order they go, and when one is tried again."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from enum import StrEnum

from .calendar import SCHOOL_TIME, local


class LetterKind(StrEnum):
    INVITATION = "invitation"
    NEW_PASSWORD = "new password"  # a link by which one is chosen
    PASSWORD_CHANGED = "password changed"
    FINISHED = "finished"  # to a mentor: a teacher has completed a course
    NOTE = "note"  # to leads: a scenario was called wrong
    SIGNATURE = "signature"  # to leads: a risk assessment waits for a second one
    REMINDER = "reminder"
    REMINDED = "reminded"  # to a mentor: their teachers were reminded
    DIGEST = "digest"
    TEST = "test"


class LetterState(StrEnum):
    WAITING = "waiting"
    CLAIMED = "claimed"
    POSTING = "posting"
    SENT = "sent"
    REFUSED = "refused"
    UNSURE = "unsure"  # whoever posted it was stopped before the server's answer was kept
    DROPPED = "dropped"  # no longer wanted, or too late


URGENT = (LetterKind.NEW_PASSWORD, LetterKind.PASSWORD_CHANGED, LetterKind.TEST)  # somebody sits and waits

MORNING, EVENING = time(7), time(18)  # of the school's time

WAITS = tuple(timedelta(minutes=each) for each in (1, 5, 15, 60, 180, 360))
KEPT_TRYING = timedelta(days=3)  # where a letter says nothing else


def wait_after(failures: int) -> timedelta:
    """How long to wait before the next try, after so many that failed (1 or more)."""
    return WAITS[min(failures, len(WAITS)) - 1]


def in_the_day(moment: datetime) -> datetime:
    """The moment itself where it is by day at the school, else the next morning's beginning."""
    there = local(moment)
    if MORNING <= there.time() < EVENING:
        return moment
    day = there.date() + timedelta(days=there.time() >= EVENING)
    return datetime.combine(day, MORNING, SCHOOL_TIME).astimezone(UTC)


def may_answer_request(answered: list[datetime], now: datetime) -> bool:
    """Whether a further request for a new password is answered: three letters an hour are enough for anybody."""
    return sum(now - each < timedelta(hours=1) for each in answered) < 3
