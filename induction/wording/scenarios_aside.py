"""Scenarios in dispute that are put aside: what stands, and why one can't be."""

from __future__ import annotations

from ..rules.selection import TooFew


def stands(by: str, day: str, why: str) -> str:
    """*Put aside by Lou Hartley on Thursday 26 November: the year is wrong*"""
    return f"Put aside by {by} on {day}: {why}"


def stands_in(twin: str | None) -> str:
    """What is asked in its place."""
    if twin:
        return f"Its twin, “{twin}”, stands in."
    return "Another of the lesson is asked in its place."


def too_few(why: TooFew, lesson: str, twin: str | None) -> str:
    """Why it can't be put aside, and what to do."""
    if why is TooFew.PAIR:
        return (
            f"Its twin, “{twin}”, is put aside already, and one of the two stays, so that what they are about is asked. "
            "Take that one back first, or have both mended."
        )
    return (
        f"Too few would be left: an attempt at “{lesson}” could no longer ask as many scenarios as it does. "
        "Take another one back first, or have this one mended."
    )


def already(by: str, why: str) -> str:
    """Another lead put it aside before this was sent."""
    return f"Not kept: {by} has put it aside already ({why})"
