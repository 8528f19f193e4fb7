"""What mentors see of their teachers, and leads of everybody."""

from __future__ import annotations

from . import teacher, teachers
from .room import blueprint

__all__ = ["blueprint", "teacher", "teachers"]
