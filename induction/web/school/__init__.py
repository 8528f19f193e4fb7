"""The lead's way: how the school stands, its people, its policy, its courses, its settings."""

from __future__ import annotations

from . import (
    accounts,
    courses,
    notes,
    overview,
    people,
    policy,
    policy_text,
    policy_versions,
    readers,
    settings,
    touched,
)
from .lists import blueprint

__all__ = [
    "accounts", "blueprint", "courses", "notes", "overview", "people", "policy", "policy_text", "policy_versions", "readers",
    "settings", "touched",
]
