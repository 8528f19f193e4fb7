"""What a lead takes out of the site is noted among the acts of leads, before it is handed out."""

from __future__ import annotations

from flask import request

from ...rules.acts import Act, What
from ...rules.roles import Role
from ...services import acts
from ..site import db, now, viewer


def note_download(about: str) -> None:
    """Note that a lead downloads something; of anybody else, and of who only asks what it would be, nothing is noted."""
    if request.method == "GET" and viewer().role is Role.LEAD:
        acts.note_alone(db(), Act(What.DOWNLOADED, viewer().id, now(), about=about))
