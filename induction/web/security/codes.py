"""A code given in the session that waits for it: after a password, and before an act that matters."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import flash, g, make_response
from werkzeug.wrappers import Response

from ...records.people import code_apps
from ...rules.factor_codes import FEW, NoCode
from ...services import second_factor as deeds
from ...services.second_factor import Later
from ...wording import second_factor as wording
from ..incoming_request import every
from ..parts.codes import CodeForm, CodeLine, RecoveryForm
from ..site import db, now
from .browser_names import device
from .sign_in import go_on

log = logging.getLogger("induction.account")


@dataclass(slots=True)
class Codes:
    """What a page asks for: a code of the app, where they have one, and a recovery code in its place."""

    has_app: bool
    app: CodeForm
    recovery: RecoveryForm
    on_paper: bool  # a recovery code was sent
    wait: int = 0  # seconds until one is judged

    @property
    def sent(self) -> CodeForm | RecoveryForm:
        return self.recovery if self.on_paper else self.app


def codes_of(person_id: int) -> Codes:
    has_app = code_apps.find(db(), person_id) is not None
    on_paper = bool(every("recovery")) or not has_app
    return Codes(has_app, CodeForm(), RecoveryForm(), on_paper)


def answered(codes: Codes, where: str) -> Response | None:
    """On to `where`, where a code was sent that is right; else None, with what is wrong beside its field."""
    if not codes.sent.validate_on_submit():
        return None
    found = _by_code(codes.recovery.recovery if codes.on_paper else codes.app.code, where)
    if isinstance(found, Response):
        return found
    codes.wait = found
    return None


def _by_code(field: CodeLine, where: str) -> Response | int:
    """On to `where`; or the seconds to wait, 0 with what is wrong beside the field."""
    found = deeds.give(db(), g.token, field.data or "", device(), now())
    if isinstance(found, Later):
        log.info("Second step: told to wait")
        return found.seconds
    if isinstance(found, NoCode):
        log.info("Second step refused: %s", found.value)
        field.errors = [wording.NOT_TAKEN[found]]
        return 0
    if found is None:
        return go_on(None, where)
    log.info("Second step given: person %s", found.signed_in.person.id)
    if found.codes_left is not None:
        flash(wording.used_a_code(found.codes_left), "wait" if found.codes_left <= FEW else "done")
    return go_on((found.token, found.signed_in), where)


def told_to_wait(page: str, wait: int) -> Response:
    answer = make_response(page, 429)
    answer.headers["Retry-After"] = str(wait)
    return answer
