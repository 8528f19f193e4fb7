"""The invented school's policy, its register of approved accounts, and a change that waits to be published."""

from __future__ import annotations

from datetime import datetime, timedelta

from ..content.model import Choice, Library
from ..records.policy.draft import Draft
from ..records.school import approved_accounts, school
from ..records.school.approved_accounts import Said
from ..records.store.database import Database
from ..rules import calendar
from ..services import policy_draft, policy_publication
from .staff import who

POLICY = {
    "pupil-contact": "approved-accounts",
    "contact-hours": "agreed-hours",
    "school-social-media": "news-for-families",
    "former-pupils": "adult-and-two-years",
    "parents": "declared-friendships",
    "declared-relationships": "declare-and-agree",
    "personal-phone": "school-phone-on-trips",
    "own-devices": "silent-on-you",
    "staff-groups": "no-pupil-data",
    "naming-school": "with-care",
    "outside-work": "declare",
    "gaming": "none",
    "photo-devices": "school-devices",
    "photo-publishing": "named-staff",
    "ai-tools": "approved-tools",
    "phone-searches": "head-and-safeguarding-lead",
    "contact-from-pupils": "next-school-day",
    "sharing-concerns": "said-or-written",
    "keeping-evidence": "staff-keep",
    "recordings": "none",
}
WORDS = {"contact-hours": "8am to 5.30pm", "ai-tools": "Quill, for letters and plans\nSlate, for quizzes"}
FIRST_ACCOUNT = {
    "purpose": "To show families what happens in drama, and when.",
    "closed_platform": "Families of next year's pupils, and grandparents, are not on the school's platform.",
    "audience": "Families and friends of the school",
    "school_email": "drama@wrenfield.example",
    "two_steps": "yes",
    "device": "The tablet in the drama office",
    "handover": "The head of drama takes over, changes the password and removes the device that is no longer used.",
    "messages": "off",
    "comments": "off",
    "follows": "Theatres. No pupils, and nobody's own page.",
    "tagging": "Nobody is tagged, and no pupil is named.",
    "consent": "Cara keeps the list of what parents agreed to. Rhys checks each picture against it before it goes up.",
    "hours": "8am to 5pm on school days",
    "live": "never",
    "incident": "Take the post down, keep what was said, tell Priya Nair. In the evening ring 01632 960145.",
    "keeping": "Posts are taken down after a year.",
    "accessibility": "Cara writes a description for each picture and captions for each film.",
    "dpia": "done",
    "dpia_words": "In September, with the data protection lead.",
    "switch_off": "A month without anybody to look after it, or a complaint that is not settled in a week.",
}


def publish(db: Database, library: Library, lead: int, now: datetime) -> None:
    """The first version of the policy."""
    about, _ = school.load(db)
    choices = {facet: Choice(facet, stance, WORDS.get(facet, "")) for facet, stance in POLICY.items()}
    proposed = policy_publication.propose(db, library, about, Draft(choices), now)
    policy_publication.publish(db, proposed, by=lead, note="Our first policy of the year")


def keep_register(db: Database, lead: int, second: int, now: datetime) -> None:
    """Inside a change: an account that is approved, and one that waits for the second signature."""
    today = calendar.local(now).date()
    cara, rhys = who(db, "Cara Donnelly"), who(db, "Rhys Bevan")
    drama = Said("Instagram", "@wrenfielddrama", 18, 13, cara, rhys, today + timedelta(days=120), FIRST_ACCOUNT)
    account = approved_accounts.add(db, drama, by=lead, now=now - timedelta(days=50))
    found = approved_accounts.find(db, account)
    if found:
        approved_accounts.sign(db, account, found.latest.id, typed_name="Sofia Brandt", by=second, now=now - timedelta(days=48))
    sport = Said(
        "YouTube", "Wrenfield sport", 18, 13, rhys, who(db, "Emeka Bright"), today + timedelta(days=60),
        {**FIRST_ACCOUNT, "purpose": "Films of matches for families.", "school_email": "sport@wrenfield.example"},
    )
    approved_accounts.add(db, sport, by=lead, now=now - timedelta(days=3))


def keep_draft(db: Database, lead: int, now: datetime) -> None:
    """What the lead is thinking about."""
    policy_draft.save_choice(db, {}, Choice("live-lessons", "groups"), "", by=lead, at=now - timedelta(days=1))
