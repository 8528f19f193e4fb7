"""Ways in: the first run, invitations, signing in."""

from __future__ import annotations

from . import elsewhere, first_run, invitation, not_me, passkey, second_step, sign_in
from .room import blueprint

__all__ = ["blueprint", "elsewhere", "first_run", "invitation", "not_me", "passkey", "second_step", "sign_in"]
