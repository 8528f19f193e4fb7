"""The ways in: open to anybody."""

from __future__ import annotations

from ..security.access import ANYBODY, Room

blueprint = Room("account", __name__, open_to=ANYBODY)
