"""The second step: who has to give or have one, and from when on. Whoever sees others' records does not rest on a password alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from .roles import MENTORS, Role

GRACE_DAYS = 14  # in which nobody has to have one yet; a lead may say fewer
RESET_WAITS = timedelta(days=7)  # for a second lead; after that it has to be asked for anew
CONFIRMED_FOR = timedelta(minutes=10)  # after which an act that matters asks again who it is


class SessionWay(StrEnum):
    """By what a session began."""

    PASSWORD = "password"
    LINK = "link"  # an invitation or a link for a new password
    GOOGLE = "google"
    MICROSOFT = "microsoft"
    OTHER = "other"  # another provider
    PASSKEY = "passkey"  # which is two steps in one: the device, and what unlocks it


WITH_A_PASSWORD = (SessionWay.PASSWORD, SessionWay.LINK)


class Due(StrEnum):
    """What has to be done in a session before anything else."""

    FACTOR = "factor"  # give the second step
    SET_UP = "set up"  # have one


@dataclass(frozen=True, slots=True)
class Standing:
    """What the second step of somebody hangs on."""

    role: Role
    has_one: bool
    since: datetime  # since when somebody of that role is to have one
    was_reset: bool = False  # in that time: whoever had one before has no days without one again


def must_have(role: Role) -> bool:
    """Whether somebody who signs in with a password has to have a second step."""
    return role in MENTORS


def asked_from(standing: Standing, grace_days: int) -> datetime:
    """From when on they don't get in without having one."""
    return standing.since + timedelta(days=0 if standing.was_reset else grace_days)


def due(way: SessionWay, standing: Standing, grace_days: int, now: datetime, *, just_linked: bool = False) -> Due | None:
    """What a session that begins now has to do first; None: nothing.

    An account elsewhere that became somebody's this moment, by an invitation or its address, is no way past their second step.
    """
    if just_linked and standing.has_one:
        return Due.FACTOR
    if way not in WITH_A_PASSWORD:
        return None
    if standing.has_one:
        return Due.FACTOR
    late = now >= asked_from(standing, grace_days)
    return Due.SET_UP if must_have(standing.role) and late else None


def confirmed(at: datetime | None, now: datetime) -> bool:
    """Whether who it is was proved a short while ago. Both ways from now, as a clock may have been put right."""
    return at is not None and abs(now - at) <= CONFIRMED_FOR
