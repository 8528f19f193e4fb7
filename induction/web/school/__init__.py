"""The lead's way: how the school stands, its people, its policy, its courses, its settings."""

from __future__ import annotations

from . import (
    acts,
    approved_accounts,
    checklist,
    course_given,
    course_reading,
    courses,
    holidays,
    invited,
    links,
    mail,
    overview,
    people,
    people_import,
    people_import_columns,
    people_many,
    person,
    person_deputy,
    person_elsewhere,
    person_end,
    person_handover,
    policy_cautious,
    policy_choices,
    policy_publish,
    policy_question,
    policy_questions,
    policy_readers,
    policy_retakes,
    policy_text,
    policy_versions,
    reminder_letters,
    scenario_aside,
    scenario_notes,
    settings,
    staff_groups,
    staff_meeting,
    upkeep,
)
from .room import blueprint

__all__ = [
    "acts", "approved_accounts", "blueprint", "checklist", "course_given", "course_reading", "courses", "holidays",
    "invited", "links", "mail", "overview", "people", "people_import", "people_import_columns", "people_many",
    "person", "person_deputy", "person_elsewhere", "person_end", "person_handover", "policy_cautious",
    "policy_choices", "policy_publish", "policy_question", "policy_questions", "policy_readers", "policy_retakes",
    "policy_text", "policy_versions", "reminder_letters", "scenario_aside", "scenario_notes", "settings",
    "staff_groups", "staff_meeting", "upkeep",
]
