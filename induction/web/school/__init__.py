"""The lead's way: how the school stands, its people, its settings."""

from __future__ import annotations

from . import overview, people, settings
from .lists import blueprint

__all__ = ["blueprint", "overview", "people", "settings"]
