"""Induction: professional boundaries online, for one school, on one small server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .version import VERSION as __version__

if TYPE_CHECKING:
    from flask import Flask

    from .settings import Settings

__all__ = ["__version__", "create_app"]


def create_app(settings: Settings | None = None) -> Flask:
    """The site, ready to serve. Raises BadSettings, DatabaseFault or ShippedContentFaulty, each with a sentence."""
    from .web.application import make_app  # not before: whatever shows no page need not wait for all of them

    return make_app(settings)
