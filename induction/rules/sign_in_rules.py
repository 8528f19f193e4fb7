"""What a school decides of signing in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Strangers(StrEnum):
    """What becomes of somebody of the school's own domain who was not invited."""

    REFUSED = "refused"
    HELD = "held"  # until a lead lets them in


@dataclass(frozen=True, slots=True)
class SignInRules:
    grace_days: int  # 0 to 14, in which mentors and leads need no second step yet
    teachers_by_password: bool  # whether teachers sign in with a password
    strangers: Strangers
