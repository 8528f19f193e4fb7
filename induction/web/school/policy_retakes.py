"""Whom a new policy touches: those who were taught a judgement that it turns round, and asking them just that again."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import flash, redirect, render_template
from werkzeug.wrappers import Response

from ...services import retakes
from ...services.retakes import Touched
from ..incoming_request import sent
from ..site import current_programme, db, now, viewer
from .room import blueprint

log = logging.getLogger("induction.policy")


@dataclass(frozen=True, slots=True)
class TouchedPage:
    version: int
    lessons: list[Touched]

    @property
    def to_ask(self) -> int:
        return sum(len(each.to_ask) for each in self.lessons)


@blueprint.get("/policy/touched", endpoint="touched")
def touched_page() -> str:
    programme = current_programme()
    page = TouchedPage(programme.policy.version, retakes.touched(db(), programme, programme.school))
    return render_template("school/policy-retakes.html", page=page)


@blueprint.post("/policy/touched", endpoint="ask_again")
def ask_again() -> Response:
    """Ask everybody who is touched just those scenarios again."""
    programme = current_programme()
    if sent("version") != str(programme.policy.version):
        flash("Nobody was asked: another version was published meanwhile. Look again whom it touches.", "wait")
        return redirect("/school/policy/touched", 303)
    count = retakes.ask_again(db(), programme, viewer().id, now())
    log.info("Asked again under policy version %s: %s people, by person %s", programme.policy.version, count, viewer().id)
    told = f"{count} {'person finds' if count == 1 else 'people find'} them on their home page." if count else "Nobody new was asked."
    flash(told, "done")
    return redirect("/school/policy/touched", 303)
