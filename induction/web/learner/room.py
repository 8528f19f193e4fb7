"""The learner's room: all staff, whatever else they do."""

from __future__ import annotations

from ..security.access import STAFF, Room

blueprint = Room("learner", __name__, open_to=STAFF)
