"""How long somebody stays signed in: a teacher an hour unused and twelve in all, on a phone of their own thirty days; a mentor
or a lead, who sees what others did, half an hour unused and eight hours in all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from .roles import MENTORS, Role

OWN_PHONE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Limits:
    unused: timedelta
    in_all: timedelta


OF_TEACHERS = Limits(timedelta(minutes=60), timedelta(hours=12))
OF_THOSE_WHO_SEE_OTHERS = Limits(timedelta(minutes=30), timedelta(hours=8))


def limits(role: Role) -> Limits:
    return OF_THOSE_WHO_SEE_OTHERS if role in MENTORS else OF_TEACHERS


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
    of_role = limits(role)
    return abs(now - used) <= of_role.unused and abs(now - begun) <= of_role.in_all
