"""Whether the process is up, and whether it could do its work: for whoever watches the server."""

from __future__ import annotations

from flask import Response

from ..security.access import under_any_host
from ..site import site
from .room import blueprint


@blueprint.get("/healthz")
@under_any_host
def alive() -> Response:
    return Response("up\n", mimetype="text/plain")


@blueprint.get("/readyz")
@under_any_host
def ready() -> Response:
    """200 where the doctor finds the site fit for its work and a real write works, else 503; strangers are told no more."""
    good = bool(site().readiness)
    return Response("ready\n" if good else "not ready\n", 200 if good else 503, mimetype="text/plain")
