"""The lead's room: what stands in it is for leads alone."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("school", __name__, url_prefix="/school")
