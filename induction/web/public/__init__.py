"""Pages open to anybody."""

from __future__ import annotations

from . import (
    badges,
    calendar,
    certificates,
    demo,
    health,
    help,
    metrics,
    static_files,
)
from .room import blueprint

__all__ = [
    "badges", "blueprint", "calendar", "certificates", "demo", "health", "help", "metrics", "static_files",
]
