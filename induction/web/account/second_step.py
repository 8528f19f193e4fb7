"""The second step, after a password: a code of the app, a passkey, or a recovery code."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g, redirect, render_template
from werkzeug.wrappers import Response

from ...rules import addresses
from ...rules.addresses import safe_next, with_next
from ...rules.passkeys import Purpose
from ...rules.second_factor import Due
from ..incoming_request import asked, sent
from ..parts import passkeys
from ..security.codes import Codes, answered, codes_of, told_to_wait
from ..site import contacts
from .room import blueprint


@dataclass(frozen=True, slots=True)
class SecondStepPage:
    codes: Codes
    next: str
    passkey: str  # what the browser is asked for; empty where they have none that could be
    induction_lead: str
    switchboard: str


@blueprint.route("/second-step", methods=["GET", "POST"])
def second_step() -> Response | str:
    """For a session that waits for it; whoever is in goes on, and a stranger signs in first."""
    where = safe_next(sent("next", addresses.LONGEST_PLACE + 1) or asked("next", addresses.LONGEST_PLACE + 1))
    half = g.get("half")
    if half is None or half.due is not Due.FACTOR:
        return redirect(where if "viewer" in g else with_next("/account/second-step" if half else "/sign-in", where), 303)
    codes = codes_of(half.person.id)
    if answer := answered(codes, where):
        return answer
    known = contacts()
    page = SecondStepPage(
        codes, where, passkeys.options(Purpose.SECOND_STEP, half.person),
        known.get("induction lead", ""), known.get("switchboard", ""),
    )  # fmt: skip
    drawn = render_template("account/second-step.html", page=page)
    return told_to_wait(drawn, codes.wait) if codes.wait else drawn
