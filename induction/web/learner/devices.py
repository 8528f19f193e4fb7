"""Where one is signed in, and signing out everywhere."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from flask import g, render_template
from werkzeug.wrappers import Response

from ...records.people import sessions
from ...records.people.sessions import OpenSession
from ...services import sign_in
from ..security.sign_in import leave
from ..site import db, now, viewer
from .room import blueprint

log = logging.getLogger("induction.account")


@dataclass(frozen=True, slots=True)
class DevicesPage:
    sessions: list[OpenSession]
    here: int  # the id of the session in this browser
    now: datetime


@blueprint.get("/account/devices")
def devices() -> str:
    mine = sessions.mine(db(), viewer().id, now())
    return render_template("learner/devices.html", page=DevicesPage(mine, g.signed_in.session_id, now()))


@blueprint.post("/account/devices")
def sign_out_everywhere() -> Response:
    sign_in.sign_out_everywhere(db(), viewer().id)
    log.info("Signed out everywhere: person %s", viewer().id)
    return leave()
