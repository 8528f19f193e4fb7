"""What the browser gets besides pages, kept by it for a year."""

from __future__ import annotations

from flask import Response, abort, request
from werkzeug.wrappers import Response as AnyResponse

from ..security.access import same_for_all
from ..site import site
from .room import blueprint

YEAR = 365 * 24 * 3600  # seconds


@blueprint.get("/static/<name>")
@same_for_all
def static(name: str) -> AnyResponse:
    asset = site().assets.get(name) or abort(404)
    packed = request.accept_encodings.quality("gzip") > 0  # `gzip;q=0` says that it is not wanted
    answer = Response(asset.packed if packed else asset.body, content_type=asset.type)
    if packed:
        answer.headers["Content-Encoding"] = "gzip"
    answer.headers["Vary"] = "Accept-Encoding"
    answer.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    answer.set_etag(asset.version + ("-gz" if packed else ""))
    return answer.make_conditional(request)
