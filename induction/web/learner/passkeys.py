"""One's own passkeys: added and removed; and one of them to prove again who it is."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import abort, flash, g, redirect, render_template, request
from werkzeug.wrappers import Response

from ...rules import second_factor
from ...rules.addresses import with_next
from ...rules.passkeys import LONGEST_NAME, Purpose, Why
from ...services import passkeys as deeds
from ...services.passkeys import Added, Removal
from ...wording import passkeys as wording
from ...wording.second_factor import KEEP_ONE
from ..parts import passkeys
from ..parts.fields import CalmForm, Line
from ..security.access import for_setting_up
from ..security.browser_names import device
from ..security.confirm import ask_again
from ..security.passkeys import place_to_go, prove_by_passkey, sent_answer
from ..security.sign_in import seat
from ..site import db, now, site, viewer
from .room import blueprint
from .second_step import to_codes

log = logging.getLogger("induction.account")
SECOND_STEP = "/account/second-step"
ADD = "/account/second-step/passkeys"


class PasskeyForm(CalmForm):
    called = Line("A name for it", "Write a name, so that you know it from others.", "So that you know it in your list.", LONGEST_NAME)


@dataclass(frozen=True, slots=True)
class AddPasskeyPage:
    form: PasskeyForm
    options: str
    none_here: str
    refused: str
    address: str
    action: str
    back: str
    longest: int = LONGEST_NAME  # characters of a name


@blueprint.route(ADD, methods=["GET", "POST"])
@for_setting_up
def add_passkey() -> Response | str:
    """It is asked who they are when it is opened, since a passkey that was made can't wait for that: what it answers is drawn
    after that alone, and is old in five minutes."""
    if request.method == "GET" and not g.signed_in.due:
        ask_again()
    asker, answer, refused = passkeys.asker(Purpose.ADD), sent_answer(), ""
    form = PasskeyForm(data={"called": device()})
    if asker and answer is not None and form.validate_on_submit():
        added = deeds.add(db(), asker, g.token, form.called.data, answer, device(), now())
        if not isinstance(added, Why):
            return _added(added, form.called.data, place_to_go())
        log.info("Passkey not added: person %s, %s", viewer().id, added.value)
        refused = wording.refused(added, asker.place)
    if request.method == "POST" and not g.signed_in.due and not second_factor.confirmed(g.signed_in.confirmed_at, now()):
        return redirect(ADD, 303)
    where = place_to_go()
    page = AddPasskeyPage(
        form, passkeys.options(Purpose.ADD, viewer()), passkeys.none_here(), refused, site().settings.address,
        with_next(ADD, where), with_next(SECOND_STEP, where),
    )  # fmt: skip
    return render_template("learner/passkey-add.html", page=page)


def _added(added: Added | None, name: str, where: str) -> Response | str:
    """On to where they were when it was due, else back to the page of the second step; with recovery codes, these first."""
    if added is None:
        return redirect("/sign-in", 303)
    token, signed_in = added.went_on
    log.info("Passkey added: person %s", signed_in.person.id)
    was_due = token != g.token
    if was_due:
        seat(token, signed_in)
    where = where if was_due or where != "/" else SECOND_STEP
    if added.codes:
        return to_codes(added.codes, where, "Your passkey is added.")
    flash(f"Your passkey is added: {name}.", "done")
    return redirect(where, 303)


@blueprint.post("/account/second-step/passkeys/<id:passkey_id>")
def remove_passkey(passkey_id: int) -> Response:
    """Remove one of one's own. One that is nobody's or somebody else's is not there."""
    ask_again()
    became = deeds.remove(db(), viewer(), passkey_id, device(), now())
    if became is Removal.NOT_THEIRS:
        abort(404)
    if became is Removal.ONLY_ONE:
        flash(KEEP_ONE, "wait")
        return redirect(SECOND_STEP, 303)
    log.info("Passkey removed: person %s", viewer().id)
    flash("That passkey opens nothing here any more. Your device may still show it; remove it there too.", "done")
    return redirect(SECOND_STEP, 303)


@blueprint.route("/confirm/passkey", methods=["GET", "POST"])
def confirm_by_passkey() -> Response | str:
    return prove_by_passkey(Purpose.CONFIRM, viewer(), place_to_go())
