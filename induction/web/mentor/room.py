"""The mentor's room: mentors and leads."""

from __future__ import annotations

from ..security.access import MENTORS, Room

blueprint = Room("mentor", __name__, open_to=MENTORS)
