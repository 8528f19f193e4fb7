"""How long somebody stays signed in: an hour unused and twelve in all; a teacher, on a phone of their own, thirty days."""

from __future__ import annotations

from datetime import datetime, timedelta

from .roles import Role

IDLE = timedelta(minutes=60)
LONGEST = timedelta(hours=12)
OWN_PHONE = timedelta(days=30)


def may_stay(role: Role) -> bool:
    """Whether somebody may stay signed in on their own phone. Whoever sees what others did may not, since phones get lost."""
    return role is Role.TEACHER


def stands(begun: datetime, used: datetime, now: datetime, *, own_phone: bool, role: Role) -> bool:
    """Whether a session still stands.

    Both ways from now, so that a clock that was put right neither keeps a session alive for years
    nor ends the program.
    """
    if own_phone and may_stay(role):
        return abs(now - begun) <= OWN_PHONE
    return abs(now - used) <= IDLE and abs(now - begun) <= LONGEST
