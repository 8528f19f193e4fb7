"""What somebody who has finished has done, on a page to print for themselves; and their certificates, which others can check."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import redirect, render_template
from werkzeug.wrappers import Response

from ...records.policy import acknowledgements
from ...rules import calendar
from ...services.programme import Programme
from ...wording import dates, standing
from ..parts import certificate_rows
from ..parts.certificate_rows import CertificateRow
from ..parts.shell import own_home
from ..site import current_programme, db, today, viewer
from .next_step import Whereabouts, lesson_title, whereabouts
from .room import blueprint


@dataclass(frozen=True, slots=True)
class FinishedPage:
    name: str
    lead: str
    courses: list[str]
    lessons: list[tuple[str, str]]  # title and day
    policy: str  # *version 3, read and understood on Friday 4 December 2026*; empty where none was to be read
    certificates: list[CertificateRow]
    today: date


@blueprint.get("/induction/finished")
def finished() -> Response | str:
    """The page; home, where something is left."""
    programme = current_programme()
    at = whereabouts(programme)
    if not at.known.induction.lessons or not at.known.induction.complete:
        return redirect(own_home(viewer().role), 303)
    page = FinishedPage(
        name=viewer().name,
        lead=standing.has_finished(at.finished_on),
        courses=[course.title for course in at.known.learner.given],
        lessons=_lessons(programme, at),
        policy=_policy_read(),
        certificates=certificate_rows.rows(viewer().id),
        today=today(),
    )
    return render_template("learner/finished.html", page=page)


def _lessons(programme: Programme, at: Whereabouts) -> list[tuple[str, str]]:
    done = at.known.learner.completed
    return [
        (lesson_title(programme, part.lesson), dates.in_full(calendar.local(done[part.lesson].at).date()))
        for part in at.known.induction.lessons
    ]


def _policy_read() -> str:
    latest = acknowledgements.latest(db(), viewer().id)
    if latest is None:
        return ""
    day = latest.signed_on or calendar.local(latest.at).date()
    return f"Version {latest.version}, read and understood on {dates.in_full(day)}"
