"""A passkey as the only step of signing in, and as the second after a password."""

from __future__ import annotations

import logging

from flask import g, redirect, render_template
from werkzeug.wrappers import Response

from ...rules.addresses import with_next
from ...rules.days_here import Shut
from ...rules.passkeys import Purpose, Why
from ...rules.second_factor import Due
from ...services import passkeys as deeds
from ...wording import days_here
from ...wording import passkeys as wording
from ..incoming_request import sent
from ..parts import passkeys
from ..security import carried_fields
from ..security.passkeys import NOTHING_TO_TYPE, PasskeyPage, place_to_go, prove_by_passkey, sent_answer
from ..security.sign_in import browser_asking, welcome
from ..site import db, now, today
from .room import blueprint
from .sign_in import show_again

log = logging.getLogger("induction.account")


@blueprint.route("/sign-in/passkey", methods=["GET", "POST"])
def sign_in_by_passkey() -> Response | str:
    where = place_to_go()
    if "viewer" in g:
        return redirect(where, 303)
    asker, answer, refused = passkeys.asker(Purpose.SIGN_IN), sent_answer(), ""
    carried = sent(carried_fields.FIELD, carried_fields.LONGEST)
    if asker and answer is not None:
        begun = deeds.come_in(db(), asker, answer, browser_asking(), now(), ends=g.get("token"))
        if not isinstance(begun, Shut | Why):
            kept, entered = carried_fields.unpack(carried, begun.signed_in.person.id), welcome(begun, where)
            return show_again(entered, kept) if kept else entered
        log.info("Sign-in by passkey refused: %s", begun.value if isinstance(begun, Why) else begun.when.value)
        refused = wording.refused(begun, asker.place) if isinstance(begun, Why) else days_here.not_signed_in(begun, today())
    page = PasskeyPage(
        "Sign in with a passkey", NOTHING_TO_TYPE, with_next("/sign-in/passkey", where), "Sign in with a passkey",
        "Sign in with your password.", with_next("/sign-in", where), "Sign in with a password",
        passkeys.options(Purpose.SIGN_IN), passkeys.none_here(), refused, carried,
    )  # fmt: skip
    return render_template("account/passkey.html", page=page)


@blueprint.route("/second-step/passkey", methods=["GET", "POST"])
def second_step_by_passkey() -> Response | str:
    where, half = place_to_go(), g.get("half")
    if half is None or half.due is not Due.FACTOR:
        return redirect(where if "viewer" in g else with_next("/sign-in", where), 303)
    return prove_by_passkey(Purpose.SECOND_STEP, half.person, where)
