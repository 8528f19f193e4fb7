"""The tick with which a teacher stays signed in on a phone of their own, where somebody signs in."""

from __future__ import annotations

from wtforms import BooleanField

from ...rules.session_life import OWN_PHONE


def own_phone() -> BooleanField:
    """Offered to everybody who signs in, since it isn't known yet who that is; it does something for teachers."""
    return BooleanField(
        "This is my own phone",
        description=f"Nobody else uses it, and it locks. Teachers stay signed in on it for {OWN_PHONE.days} days.",
    )
