"""A scenario on the wall of the staffroom: the situation and the options, then where the line is. No names."""

from __future__ import annotations

from flask import abort, render_template

from ...services.staff_meeting import discussion
from ..site import current_programme, db, today
from .room import blueprint


@blueprint.get("/meeting/<course>/<lesson>/<scenario>")
def staff_meeting(course: str, lesson: str, scenario: str) -> str:
    page = discussion(db(), current_programme(), course, lesson, scenario, today()) or abort(404)
    return render_template("school/staff-meeting.html", page=page)
