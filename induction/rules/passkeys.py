"""Passkeys: what a browser is asked for, and what the challenge in its answer has to be.

A challenge is kept nowhere. It is chance and a moment, sealed with the site's key for one browser and one purpose: so that of
another browser, for another purpose or from too long ago fits nothing here, and several tabs don't get in each other's way.
"""

from __future__ import annotations

from enum import StrEnum


class Purpose(StrEnum):
    """What a passkey is asked for."""

    ADD = "add"
    SIGN_IN = "sign in"  # by it alone
    SECOND_STEP = "second step"  # after a password
    CONFIRM = "confirm"  # before an act that matters
