"""Pages open to anybody."""

from __future__ import annotations

from . import (
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
    "blueprint", "calendar", "certificates", "demo", "health", "help", "metrics", "static_files",
]
