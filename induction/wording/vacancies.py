"""What leads are told where nobody is, or somebody who has left: one sentence a place."""

from __future__ import annotations

from collections.abc import Sequence

from .dates import listed


def without_mentor(names: Sequence[str], count: int) -> str:
    """`names` are the first of so many people."""
    return f"{listed(names, count)} {'has' if count == 1 else 'have'} no mentor at present."


def group_without_course(group: str, course: str) -> str:
    """Of a group of staff that is given a course that is gone."""
    return f"The group {group} is given a course that is no longer here ({course}); it is asked of nobody."


def without_course(name: str, course: str) -> str:
    return f"{name} is given a course that is no longer here ({course}), and takes what everyone is given."


def without_owner(account: str) -> str:
    """Of an approved account."""
    return f"{account} rests, since somebody who looks after it has left."


def contact_has_left(word: str, name: str) -> str:
    """`word` is the school's: *induction lead*."""
    return f"Your settings name {name} as {word}, who has left."


def without_deputy(mentor: str, deputy: str) -> str:
    """Of a deputy who was to stand in for longer."""
    return f"Nobody stands in for {mentor} any more: {mentor} or {deputy} had left, or was no mentor for a time."
