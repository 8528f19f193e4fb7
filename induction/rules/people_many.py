"""What is done to many people at once, and who of them stays as they are."""

from __future__ import annotations

from enum import StrEnum

MOST = 1000  # people, in one deed


class ManyDeed(StrEnum):
    MENTOR = "mentor"
    DUE = "due"
    COURSE = "course"
    END = "end"  # their accounts


class Stays(StrEnum):
    """Why nothing changes for one of them."""

    SO_ALREADY = "so already"
    OWN_MENTOR = "own mentor"  # they would be their own mentor
    HAS_LEFT = "has left"
