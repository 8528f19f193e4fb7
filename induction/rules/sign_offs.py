"""Signing off what somebody has completed: how long it is asked for."""

from __future__ import annotations

from datetime import timedelta

ASKED_FOR = timedelta(days=90)  # after a course was completed; later it can still be signed off, and nobody is asked to
