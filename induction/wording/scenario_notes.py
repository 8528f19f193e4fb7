"""Notes on scenarios: who reads them."""

from __future__ import annotations

from collections.abc import Sequence


def who_reads(leads: Sequence[str]) -> str:
    """*Lou Hartley reads*, *Lou Hartley and Ida Brook read*; beyond two names, how many."""
    if len(leads) < 2:
        return f"{leads[0] if leads else 'Your induction lead'} reads"
    more = leads[1] if len(leads) == 2 else f"{len(leads) - 1} other leads"
    return f"{leads[0]} and {more} read"
