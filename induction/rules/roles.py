"""Who somebody is here, and what that lets them see."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """A mentor or a lead may take the courses too; nobody needs two accounts for that."""

    TEACHER = "teacher"
    MENTOR = "mentor"
    LEAD = "lead"


MENTORS = (Role.MENTOR, Role.LEAD)  # who may be somebody's mentor, and see how their teachers are doing
