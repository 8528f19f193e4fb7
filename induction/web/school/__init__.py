"""The lead's way: how the school stands, its people, its policy, its courses, its settings."""

from __future__ import annotations

from . import (
    approved_accounts,
    courses,
    overview,
    people,
    policy_choices,
    policy_publish,
    policy_questions,
    policy_readers,
    policy_retakes,
    policy_text,
    policy_versions,
    scenario_notes,
    settings,
    staff_meeting,
)
from .room import blueprint

__all__ = [
    "approved_accounts", "blueprint", "courses", "overview", "people", "policy_choices", "policy_publish", "policy_questions",
    "policy_readers", "policy_retakes", "policy_text", "policy_versions", "scenario_notes", "settings", "staff_meeting",
]
