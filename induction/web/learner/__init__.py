"""What all staff do: learn, answer, read the policy, see their record."""

from __future__ import annotations

from . import (
    approved_accounts,
    attempts,
    calendar_address,
    confidence,
    confirm,
    courses,
    devices,
    done_elsewhere,
    finished,
    home,
    passkeys,
    password,
    pictures,
    policy,
    record,
    record_download,
    scenario_notes,
    second_step,
    taught,
    taught_words,
    welcome,
)
from .room import blueprint

__all__ = [
    "approved_accounts", "attempts", "blueprint", "calendar_address", "confidence", "confirm", "courses", "devices", "done_elsewhere",
    "finished", "home", "passkeys", "password", "pictures", "policy", "record", "record_download", "scenario_notes", "second_step",
    "taught", "taught_words", "welcome",
]
