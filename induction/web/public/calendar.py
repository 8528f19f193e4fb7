"""Due dates at a secret address, which a calendar program asks for by itself. It signs in nobody, and looking changes nothing."""

from __future__ import annotations

from flask import Response, abort

from ...services import calendars
from ..security.access import same_for_all
from ..site import current_programme, db, now
from .room import blueprint

LONGEST = 100  # letters of a secret


@blueprint.get("/calendar/<secret>.ics", endpoint="calendar")
@same_for_all
def due_dates(secret: str) -> Response:
    """An address that was never there, has ended, or belongs to somebody who has left is the same answer."""
    found = calendars.of_token(db(), current_programme(), secret, now()) if len(secret) <= LONGEST else None
    if found is None:
        abort(404)
    answer = Response(found, content_type="text/calendar; charset=utf-8")
    answer.headers["Cache-Control"] = "no-store"
    return answer
