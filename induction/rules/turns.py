"""Turns at the sign-in: who may try a password now, and who waits for how long. Nobody is refused for good.

A browser that somebody signed in with before has a count of its own. Strangers' browsers share one
for each account, which forgives a try every half minute. Up to five tries nobody waits. From then on
a browser must come back: its first try is put off by a few seconds, and what it tried before puts the
next off for longer. Whoever sends each guess from a browser made up for it is never judged at all; the
owner, in a new browser, presses twice and is in. Where even those who come back are many, browsers
that have tried less go first.

What it leaves to somebody who guesses, with as many browsers as they like: FREE, FULL and one try
each half minute, under 4,000 on the first day and 2,880 on every other. Passwords have twelve
characters or more and none of the common ones.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

FREE = 5  # tries before anybody waits
LONGEST = 30  # seconds
FORGIVEN = timedelta(seconds=30)  # after so long the strangers' shared count is one less
FULL = 1000  # tries: from here on, strangers are judged as tries are forgiven
PAUSE = 3  # seconds until a stranger's browser comes back
COMES_BACK = timedelta(minutes=5)  # later, its turn is over


@dataclass(frozen=True, slots=True)
class Tries:
    """How many, and since when: the last of them, or the last that was forgiven."""

    count: int
    at: datetime


def forgive(tries: Tries | None, now: datetime) -> Tries | None:
    """The strangers' count as it stands now; None where all is forgiven, as after a clock was put back."""
    if tries is None or tries.at > now + FORGIVEN:
        return None
    times = max(0, (now - tries.at) // FORGIVEN)
    return Tries(tries.count - times, tries.at + times * FORGIVEN) if times < tries.count else None


def one_more(before: Tries | None, now: datetime, *, shared: bool) -> Tries:
    """The count after a try that is judged. The strangers' goes on being forgiven from where it was."""
    if before is None:
        return Tries(1, now)
    return Tries(before.count + 1, before.at if shared else now)


def wait_of_known(own: Tries | None, now: datetime) -> int:
    """Seconds that a browser waits that is known for this account; 0 to be judged now."""
    return 0 if own is None else _left(_growing(own.count), now - own.at)


def wait_of_stranger(account: Tries | None, own: Tries | None, asked: datetime | None, now: datetime) -> int:
    """Seconds that a stranger's browser waits; 0 to be judged now.

    `account` is the strangers' count as it stands now; `own` what this browser has tried; `asked` when
    it was first told to come back, None if it was not or that is too long ago.
    """
    if account is None or account.count < FREE:
        return 0
    since = own.at if own else asked
    if since is None:
        return PAUSE
    tried = own.count if own else 0
    left = _left(max(PAUSE, _growing(tried)), now - since)
    return left or (0 if account.count < FULL // (tried + 1) else LONGEST)


def still_asked(asked: datetime | None, now: datetime) -> datetime | None:
    """When a browser was told to come back, if its turn is not over."""
    return asked if asked is not None and abs(now - asked) <= COMES_BACK else None


def _growing(count: int) -> int:
    """Seconds: 2 after five tries, then twice as many each time, at most 30."""
    return 0 if count < FREE else min(LONGEST, 2 ** min(count - FREE + 1, 10))


def _left(needed: int, since: timedelta) -> int:
    """A clock that was put back locks nobody out."""
    return 0 if since < timedelta(0) else max(0, math.ceil(needed - since.total_seconds()))
