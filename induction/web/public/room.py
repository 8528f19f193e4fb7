"""Open to anybody, signed in or not."""

from __future__ import annotations

from ..security.access import ANYBODY, Room

blueprint = Room("public", __name__, open_to=ANYBODY)
