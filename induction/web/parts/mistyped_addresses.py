"""Addresses as people type and paste them: the page that was meant, where it is plain."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from flask import current_app, redirect, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.wrappers import Response

READING = ("GET", "HEAD")
# After an address that was copied out of a sentence: what nobody would put there, and never `..`, which climbs.
STUCK = re.compile(r"""(?<=[^/.])(?:/+|[ .,;:!?)\]}>'"’”»…*]{1,5}/?)$""")


def put_right() -> Response | None:
    """For an address that leads nowhere: a redirect to the page that was meant; None where there is none.

    With or without the last slash, without a full stop or bracket that stuck to it, in small letters.
    It stays on this site, under whatever name that was asked for.
    """
    if request.url_rule is not None or request.method not in READING:
        return None
    slip = request.routing_exception
    meant = urlsplit(slip.new_url).path if isinstance(slip, RequestRedirect) else _meant()
    if meant is None:
        return None
    query = request.query_string.decode("latin-1")
    return redirect(quote("/" + meant.lstrip("/"), safe="/%") + (f"?{query}" if query else ""), 308)


def _meant() -> str | None:
    adapter = current_app.create_url_adapter(request)
    plain = STUCK.sub("", request.path)
    if not plain or not adapter or "/.." in request.path:
        return None
    for path in (plain, f"{plain}/", plain.lower(), f"{plain.lower()}/"):
        try:
            if path != request.path and adapter.match(path, method="GET"):
                return path
        except HTTPException:
            continue
    return None
