"""The certificates of others that one's school keeps of oneself, to take along."""

from __future__ import annotations

from flask import Response, abort

from ...records.progress import done_elsewhere
from ..parts.done_elsewhere import download
from ..site import db, viewer
from .room import blueprint


@blueprint.get("/record/elsewhere/<id:certificate_id>")
def own_certificate(certificate_id: int) -> Response:
    """One's own; somebody else's is not there."""
    found = done_elsewhere.find(db(), certificate_id)
    if found is None or found.person_id != viewer().id:
        abort(404)
    return download(found)
