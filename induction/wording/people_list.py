"""The list of people: what it can be narrowed to, how many those are, and what is said where nobody is."""

from __future__ import annotations

EVERYONE = ""  # as `show` in the address says it
NEEDS = {
    "not-begun": "Not begun",
    "overdue": "Overdue",
    "not-signed-in": "Never signed in",
    "no-mentor": "No mentor",
    "no-date": "No date",
    "unread": "Policy unread",
    "to-sign-off": "Waiting for a sign-off",
    "dormant": "Away for a term",
    "no-second-step": "Without a second step",
}
DAYS = {"to-come": "Starting later", "leaving": "Leaving within four weeks"}
ROLES = {"teacher": "Teachers", "mentor": "Mentors", "lead": "Leads"}
LEFT = "left"
WHO = {EVERYONE: "Everyone", **DAYS, LEFT: "Left"}
SHOWN = {**WHO, **NEEDS, **ROLES}
GROUPS = {"Show": WHO, "To see to": NEEDS, "By role": ROLES}

_SAID = {  # of one, and of several
    EVERYONE: ("1 person.", "{} people."),
    "not-begun": ("1 person has not begun.", "{} people have not begun."),
    "overdue": ("1 person is past their date.", "{} people are past their date."),
    "not-signed-in": ("1 person has never signed in.", "{} people have never signed in."),
    "no-mentor": ("1 teacher has no mentor at present.", "{} teachers have no mentor at present."),
    "no-date": ("1 person has an induction to do, and no date.", "{} people have an induction to do, and no date."),
    "unread": ("1 person has our policy still to read.", "{} people have our policy still to read."),
    "to-sign-off": (
        "1 person completed a course in the last three months, and nobody has signed it off.",
        "{} people completed a course in the last three months, and nobody has signed it off.",
    ),
    "dormant": (
        "1 person has not signed in for a term, and can. If they have left, end their account.",
        "{} people have not signed in for a term, and can. End the accounts of those who have left.",
    ),
    "no-second-step": (
        "1 mentor or lead can sign in with a password alone. Each sets up their own second step.",
        "{} mentors and leads can sign in with a password alone. Each sets up their own second step.",
    ),
    "to-come": ("1 person is still to begin.", "{} people are still to begin."),
    "leaving": ("1 person leaves within four weeks.", "{} people leave within four weeks."),
    "teacher": ("1 teacher.", "{} teachers."),
    "mentor": ("1 mentor.", "{} mentors."),
    "lead": ("1 lead.", "{} leads."),
    LEFT: ("1 person has left.", "{} people have left."),
}
_NOBODY = {
    "not-begun": "Everybody who has an induction to do has begun.",
    "overdue": "Nobody is past a date.",
    "not-signed-in": "Everybody here has signed in at least once.",
    "no-mentor": "Every teacher has a mentor.",
    "no-date": "Everybody who has an induction to do has a date.",
    "unread": "Nobody has our policy still to read.",
    "to-sign-off": "Nobody who completed a course in the last three months waits for a sign-off.",
    "dormant": "Everybody who can sign in has done so within a term.",
    "no-second-step": "Every mentor and lead who signs in with a password has a second step.",
    "to-come": "Nobody has a first day that is still to come. It is written where somebody is added.",
    "leaving": "Nobody has a last day within four weeks.",
    "mentor": "Make somebody a mentor on their page; a lead can mentor too.",
    LEFT: "Whoever leaves keeps their record, and is listed here.",
}


def lead(show: str, count: int, search: str) -> str:
    """*3 people have not begun.*; of what is searched, *1 person found.*"""
    if search:
        among = f", among: {SHOWN[show].lower()}" if show else ""
        return f"{count:,} {'person' if count == 1 else 'people'} found{among}."
    one, several = _SAID[show]
    if not count and show == "no-second-step":
        return "No mentor or lead can sign in with a password alone."
    return one if count == 1 else several.format(f"{count:,}")


def nobody(show: str, search: str) -> str:
    """What is said where the list is empty."""
    if search:
        return "Nobody fits that. Try fewer letters of the name, or show everyone."
    return _NOBODY.get(show, "Add the people who are new; they appear here.")


def write_to_all(show: str, count: int) -> str:
    """*Write to the 3 who are overdue*: the link above the list."""
    who = {"overdue": "past their date", "not-begun": "yet to begin", "unread": "yet to read our policy"}[show]
    return f"Write to {'the one who is' if count == 1 else f'the {count:,} who are'} {who}"
