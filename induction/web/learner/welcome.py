"""Who sees what: read once, by whoever comes in for the first time, by whatever way."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template

from ...rules import addresses
from ...rules.addresses import safe_next
from ...wording import welcome as wording
from ..incoming_request import asked
from ..security.sign_in import WELCOME
from ..site import viewer
from .room import blueprint


@dataclass(frozen=True, slots=True)
class WelcomePage:
    first: str
    seen_by: tuple[tuple[str, str], ...]  # who, and what they see
    next: str


@blueprint.get(WELCOME)
def welcome() -> str:
    person = viewer()
    where = safe_next(asked("next", addresses.LONGEST_PLACE + 1))
    page = WelcomePage(person.name.split()[0], wording.seen_by(person.role), where)
    return render_template("learner/welcome.html", page=page)
