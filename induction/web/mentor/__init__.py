"""What mentors see of their teachers, and leads of everybody."""

from __future__ import annotations

from . import completed, teacher, teachers
from .room import blueprint

__all__ = ["blueprint", "completed", "teacher", "teachers"]
