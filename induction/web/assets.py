"""What the browser gets besides pages: read once at start, served compressed and kept for a year.

The address of each file carries its content's hash, so that an upgrade is seen at once.
"""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response, abort, current_app, request

blueprint = Blueprint("assets", __name__)
YEAR = 365 * 24 * 3600
KINDS = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Asset:
    body: bytes
    packed: bytes
    type: str
    version: str


class Assets:
    """The files of one folder, by name."""

    def __init__(self, folder: Path) -> None:
        self._assets = {path.name: _read(path) for path in sorted(folder.iterdir()) if path.is_file()}

    def get(self, name: str) -> Asset | None:
        return self._assets.get(name)

    def address(self, name: str) -> str:
        """The address of a file that exists; KeyError names one that doesn't."""
        return f"/static/{name}?v={self._assets[name].version}"


def _read(path: Path) -> Asset:
    body = path.read_bytes()
    version = hashlib.sha256(body).hexdigest()[:12]
    return Asset(body, gzip.compress(body, mtime=0), KINDS[path.suffix], version)


@blueprint.get("/static/<name>")
def static(name: str) -> Response:
    asset = current_app.extensions["assets"].get(name) or abort(404)
    packed = request.accept_encodings.quality("gzip") > 0  # `gzip;q=0` says that it is not wanted
    answer = Response(asset.packed if packed else asset.body, content_type=asset.type)
    if packed:
        answer.headers["Content-Encoding"] = "gzip"
    answer.headers["Vary"] = "Accept-Encoding"
    answer.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    answer.set_etag(asset.version + ("-gz" if packed else ""))
    return answer.make_conditional(request)
