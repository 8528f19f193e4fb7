"""What a lead takes out of the site is noted among the acts of leads, before it is handed out."""

from __future__ import annotations

from flask import request

from ...rules.acts import Act, What
from ...rules.roles import Role
from ...services import acts
from ..site import db, now, viewer


def note_download(about: str, person_id: int | None = None) -> None:
    """Note that a lead downloads something that is not their own; of anybody else, and of who only asks what it would be,
    nothing is noted. `person_id`: whom it concerns."""
    me = viewer()
    if request.method == "GET" and me.role is Role.LEAD and me.id != person_id:
        acts.note_alone(db(), Act(What.DOWNLOADED, me.id, now(), person_id, about))
