"""Induction: professional boundaries online, for one school, on one small server."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from .settings import Settings

__version__ = "1.5.0"


def create_app(settings: Settings | None = None) -> Flask:
    """The site, ready to serve. Raises BadSettings, DatabaseFault or ShippedContentFaulty, each with a sentence."""
    from .web.application import make_app  # not before: whatever shows no page need not wait for all of them

    return make_app(settings)
