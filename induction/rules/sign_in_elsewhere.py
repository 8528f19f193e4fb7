"""Signing in elsewhere: why whoever came back with a good account is not let in, and how often accounts are asked after."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

ASKED_AFTER = timedelta(minutes=50)  # so that, looked at every ten minutes, a session outlives its account by an hour at most


class NotIn(StrEnum):
    """Why somebody is not let in."""

    SPENT = "spent"  # this very sign-in was finished before
    CHANGED = "changed"  # the provider was set up otherwise since it began
    NOBODY = "nobody"  # who was not invited
    TAKEN_AWAY = "taken away"  # it was somebody's, and a lead took it away, or they left
    LINKED_BEFORE = "linked before"  # whose address it is had another account there, so the address says nothing any more
    ANOTHER_ACCOUNT = "another account"  # whose address it is signs in there with another
    SOMEBODY_ELSES = "somebody else's"  # and the invitation is not theirs
    LINK_ENDED = "link ended"  # the invitation that they took along
    WAITS = "waits"  # for a lead
    REFUSED = "refused"  # by a lead
    SHUT = "shut"  # it is not their day
    SIGNED_OUT = "signed out"  # the session in which they were asked again has ended
    NOT_THE_SAME = "not the same"  # asked again, they came back with another account
