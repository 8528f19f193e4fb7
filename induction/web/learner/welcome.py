"""Who sees what: read once, by whoever comes in for the first time, by whatever way."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template

from ...wording import welcome as wording
from ..security.sign_in import WELCOME
from ..site import viewer
from .room import blueprint


@dataclass(frozen=True, slots=True)
class WelcomePage:
    first: str
    seen_by: tuple[tuple[str, str], ...]  # who, and what they see


@blueprint.get(WELCOME)
def welcome() -> str:
    person = viewer()
    page = WelcomePage(person.name.split()[0], wording.seen_by(person.role))
    return render_template("learner/welcome.html", page=page)
