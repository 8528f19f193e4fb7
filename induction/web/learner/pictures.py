"""The pictures in lessons, scenarios and the policy, each under the SHA-256 of its bytes."""

from __future__ import annotations

from flask import Response, abort

from ...services import own_content
from ..site import site
from .room import blueprint


@blueprint.get("/pictures/<name>")
def picture(name: str) -> Response:
    """A picture of any version: an edition goes on showing what it showed."""
    content, kind = own_content.kept_picture(site().settings.data, name) or abort(404)
    return Response(content, mimetype=kind)
