"""The demonstration's own page: signing in as any of the three by one click. Registered there alone."""

from __future__ import annotations

from flask import abort
from werkzeug.wrappers import Response

from ...records.people import people
from ...services.sign_in import Entrance
from ..incoming_request import sent
from ..security.access import ANYBODY, Room
from ..security.sign_in import begin_session
from ..site import db

blueprint = Room("demo", __name__, open_to=ANYBODY)  # registered beside the room, in the demonstration alone

# button, email, where to begin
PARTS = {
    "teacher": ("tess.okafor@wrenfield.example", "/"),
    "mentor": ("max.adeyemi@wrenfield.example", "/mentor/"),
    "lead": ("lou.hartley@wrenfield.example", "/school/overview"),
}


@blueprint.post("/demo")
def sign_in_as() -> Response:
    email, where = PARTS.get(sent("part")) or abort(404)
    return begin_session(people.password_of(db(), email) or abort(404), where, Entrance(proved=True)) or abort(404)
