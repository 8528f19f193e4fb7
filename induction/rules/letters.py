"""The letters that the site posts by itself: which kinds there are, in what order they go, and when one is tried again."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum


class LetterKind(StrEnum):
    INVITATION = "invitation"
    NEW_PASSWORD = "new password"  # a link by which one is chosen
    PASSWORD_CHANGED = "password changed"
    NEW_DEVICE = "new device"  # somebody signed in where nobody had signed in to that account
    NOT_ME = "not me"  # to leads: somebody has said that such a sign-in was not they
    ADDRESS_CHANGED = "address changed"  # to the one of before: a lead has changed it
    SECOND_STEP = "second step"  # somebody's was changed, or is to be reset
    FINISHED = "finished"  # to a mentor: a teacher has completed a course
    NOTE = "note"  # to leads: a scenario was called wrong
    SIGNATURE = "signature"  # to leads: a risk assessment waits for a second one
    ACCOUNT_WAITS = "account waits"  # to leads: whoever was not invited wants to come in
    LET_IN = "let in"  # to whoever had not been invited and may sign in now
    REMINDER = "reminder"
    REMINDED = "reminded"  # to a mentor: their teachers were reminded
    DIGEST = "digest"
    HEAD = "head"  # of the chain of evidence, to whoever keeps it outside
    TEST = "test"


class LetterState(StrEnum):
    WAITING = "waiting"
    CLAIMED = "claimed"
    POSTING = "posting"
    SENT = "sent"
    REFUSED = "refused"
    UNSURE = "unsure"  # whoever posted it was stopped before the server's answer was kept
    DROPPED = "dropped"  # no longer wanted, or too late


URGENT = (  # somebody sits and waits, or somebody else is in their account
    LetterKind.NEW_PASSWORD, LetterKind.PASSWORD_CHANGED, LetterKind.NEW_DEVICE, LetterKind.NOT_ME, LetterKind.SECOND_STEP,
    LetterKind.ADDRESS_CHANGED, LetterKind.TEST,
)  # fmt: skip
WARN = (  # somebody of what happens to their own account: no lead holds these back
    LetterKind.PASSWORD_CHANGED, LetterKind.NEW_DEVICE, LetterKind.NOT_ME, LetterKind.SECOND_STEP, LetterKind.ADDRESS_CHANGED,
)  # fmt: skip

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

WAITS = tuple(timedelta(minutes=each) for each in (1, 5, 15, 60, 180, 360))
KEPT_TRYING = timedelta(days=3)  # where a letter says nothing else


def wait_after(failures: int) -> timedelta:
    """How long to wait before the next try, after so many that failed (1 or more)."""
    return WAITS[min(failures, len(WAITS)) - 1]


def may_write_another(answered: list[datetime], now: datetime) -> bool:
    """Whether one more is written of letters that a stranger can bring about: three an hour and eight a day are enough for anybody."""
    ages = [now - each for each in answered]
    return all(sum(timedelta(0) <= age < span for age in ages) < most for span, most in ((HOUR, 3), (DAY, 8)))
