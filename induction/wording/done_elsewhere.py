"""What was done elsewhere, in words that never look as if it had been done here."""

from __future__ import annotations

from datetime import date

from ..rules.done_elsewhere import Certificate
from . import dates


def done(certificate: Certificate) -> str:
    """*done elsewhere, Kent Safeguarding, 1 September 2026*."""
    return f"done elsewhere, {certificate.provider}, {dates.short_in_full(certificate.done_on)}"


def of_course(title: str, certificate: Certificate) -> str:
    """*Professional boundaries online: done elsewhere, Kent Safeguarding, 1 September 2026*."""
    return f"{title}: {done(certificate)}"


def until(certificate: Certificate, today: date) -> str:
    """How long it counts, or why it does not."""
    if certificate.taken_back_at is not None:
        return f"Taken back: {certificate.why}"
    if certificate.expires_on is None:
        return "It counts without an end."
    if certificate.expires_on < today:
        return f"It counted until {dates.short_in_full(certificate.expires_on)}."
    return f"It counts until {dates.short_in_full(certificate.expires_on)}."


def recorded(certificate: Certificate, today: date) -> str:
    """By whom and when it was recorded, and taken back."""
    words = f"Recorded by {certificate.by_name or 'somebody on the server'}, {dates.day_and_clock(certificate.at, today)}."
    if certificate.taken_back_at is None:
        return words
    who = certificate.taken_back_by_name or "somebody on the server"
    return f"{words} Taken back by {who}, {dates.day_and_clock(certificate.taken_back_at, today)}."


def nothing_is_asked(policy_left: bool) -> str:
    """For somebody who has no lesson to do, since all was done elsewhere."""
    words = "What you have done elsewhere counts here, so no lesson is asked of you."
    return f"{words} What is left is to read our policy, and to say that you have." if policy_left else words
