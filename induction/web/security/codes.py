"""A code given in the session that waits for it: after a password, and before an act that matters."""

from __future__ import annotations

import logging

from flask import flash, g, make_response
from werkzeug.wrappers import Response

from ...rules.factor_codes import FEW, NoCode
from ...services import second_factor as deeds
from ...services.second_factor import Later
from ...wording import second_factor as wording
from ..parts.codes import CodeForm
from ..site import db, now
from .browser_names import device
from .sign_in import go_on

log = logging.getLogger("induction.account")


def by_code(form: CodeForm, where: str) -> Response | int:
    """On to `where`; or the seconds to wait, 0 with what is wrong beside the field."""
    found = deeds.give(db(), g.token, form.code.data, device(), now())
    if isinstance(found, Later):
        log.info("Second step: told to wait")
        return found.seconds
    if isinstance(found, NoCode):
        log.info("Second step refused: %s", found.value)
        form.code.errors = [wording.NOT_TAKEN[found]]
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
