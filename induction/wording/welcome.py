"""Who sees what, in short: for whoever comes in for the first time. All of it stands under *What we keep about you*."""

from __future__ import annotations

from ..rules.roles import Role

OF_YOU = (
    ("You", "all of it, under My record: every answer, and what was said of it."),
    ("Your mentor", "which lessons you passed and when, and themes worth talking about. A single answer only where you share it."),
    ("Leads", "who has passed what and when, and who has read the policy. Never what you chose."),
)
MENTORS_TOO = ("As a mentor", "you see the same of your teachers: how far they are, and what they share with you by name.")
LEADS_TOO = (
    "As a lead", "you see how far everybody is. What leads change is on record, with who and when, and the other leads can read it.",
)  # fmt: skip


def seen_by(role: Role) -> tuple[tuple[str, str], ...]:
    """Who sees what of somebody, and what they see of others: (who, what)."""
    match role:
        case Role.TEACHER:
            return OF_YOU
        case Role.MENTOR:
            return (*OF_YOU, MENTORS_TOO)
        case Role.LEAD:
            return (*OF_YOU, MENTORS_TOO, LEADS_TOO)
