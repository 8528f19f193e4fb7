"""The lead's room: what stands in it is for leads alone."""

from __future__ import annotations

from ..security.access import LEADS, Room

blueprint = Room("school", __name__, open_to=LEADS, url_prefix="/school")
