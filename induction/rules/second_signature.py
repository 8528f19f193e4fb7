"""A second signature is by somebody else: what ties a signer to whoever signed first, and from when it counts.

Nobody can see who sits at a keyboard. What can be seen is who made an account, gave it its role, or made the link by which its
password was chosen or an account elsewhere became its own. Whoever did that for the second hand waits, so that the owner of the
account has time to notice; and it stands beside the signature, whenever that was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from .person_history import Entry, Way, WayIn
from .roles import Role

NEW = timedelta(days=1)  # an account, or a lead, that the first made
PASSWORDS = (Way.BEGAN, Way.CHOSEN, Way.CHANGED, Way.SET)
TAKEN_OVER = timedelta(days=7)  # an account that had an owner, and to which the first made another way in


@dataclass(frozen=True, slots=True)
class Tie:
    """Something that the first did to the account of the second."""

    words: str  # *made the account*
    at: datetime
    rests: timedelta

    @property
    def until(self) -> datetime:
        return self.at + self.rests


def ties(
    first: int, entries: Sequence[Entry], ways: Sequence[WayIn], until: datetime, linked: Sequence[datetime] = ()
) -> list[Tie]:  # fmt: skip
    """What the first did to an account up to a moment, the oldest first. `entries` and `ways` are the account's own, `linked` the
    moments at which an account elsewhere became its owner's by an invitation.
    """
    found: list[Tie] = []
    before: Entry | None = None
    for entry in entries:
        if entry.by == first:
            if before is None:
                found.append(Tie("made the account", entry.at, NEW))
            elif entry.role is Role.LEAD and before.role is not Role.LEAD:
                found.append(Tie("made them a lead", entry.at, NEW))
            if before is not None and (entry.name, entry.email) != (before.name, before.email):
                found.append(Tie("changed the account’s name or email", entry.at, TAKEN_OVER))
        before = entry
    links: dict[int | None, WayIn] = {each.id: each for each in ways}
    had_password = False
    for way in ways:
        link = links.get(way.through)
        if link is not None and link.by == first:
            words = "made the link by which its password was chosen"
            found.append(Tie(words, way.at, TAKEN_OVER if had_password else NEW))
        had_password = had_password or way.what in PASSWORDS
    for at in linked:
        made = [each for each in ways if each.what is Way.INVITATION and each.at <= at]
        if made and made[-1].by == first:
            words = "made the link by which an account elsewhere became theirs"
            began = any(each.at < at for each in ways if each.what in PASSWORDS) or any(each < at for each in linked)
            found.append(Tie(words, at, TAKEN_OVER if began else NEW))
    return sorted((each for each in found if each.at <= until), key=lambda each: each.at)


def waits_for(found: Sequence[Tie], now: datetime) -> Tie | None:
    """The tie that a signature still waits for, the longest; None where it counts now."""
    waiting = [each for each in found if each.until > now]
    return max(waiting, key=lambda each: each.until, default=None)
