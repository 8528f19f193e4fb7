"""What the last page of the first run says of how the school was set up."""

from __future__ import annotations

TOO_MUCH = "That is more than these pages can carry. Write less here, and the rest later under Settings."


def set_up(published: bool) -> str:
    """`published`: the policy is, so that it is read later than on the first day."""
    done = "It is open, and you are signed in."
    if published:
        return done
    return f"{done} Until you publish your policy the cautious rules apply, those that are safest for a child; nobody has to wait for it."


def who_sees_contacts(public: bool) -> str:
    """Of the names and direct numbers on Help now."""
    if public:
        return "Anyone who opens Help now sees these names and numbers, without signing in."
    return "Staff who are signed in see these names and numbers on Help now. Strangers read roles, the switchboard and the helplines."
