"""Signing in and out."""

from __future__ import annotations

import logging

from flask import g, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from ...records.store.database import DatabaseFault
from ...rules import addresses
from ...rules.addresses import safe_next
from ...services import kept_forms, providers
from ...services import sign_in as deeds
from ...services.sign_in import Entrance, Wait
from ...wording import days_here, elsewhere
from ..incoming_request import asked, sent
from ..security import carried_fields
from ..security.carried_fields import Carried
from ..security.codes import told_to_wait
from ..security.sign_in import SignInForm, begin_session, check_password, leave, sign_in_page
from ..site import db, now, site, today
from .room import blueprint

log = logging.getLogger("induction.account")


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Response | str | tuple[str, int]:
    form = SignInForm()
    where = safe_next(sent("next", addresses.LONGEST_PLACE + 1) or asked("next", addresses.LONGEST_PLACE + 1))
    carried = sent(carried_fields.FIELD, carried_fields.LONGEST)
    if request.method == "GET":
        return redirect(where, 303) if "viewer" in g else sign_in_page(form, where)
    if not form.validate_on_submit():
        return sign_in_page(form, where, carried=carried)
    verified = check_password(form.email.data, form.password.data)
    if isinstance(verified, Wait):
        return told_to_wait(sign_in_page(form, where, carried=carried, wait=verified.seconds), verified.seconds)
    if verified and (shut := deeds.shut_for(db(), verified, now())):
        log.info("Sign-in refused: person %s, %s their days", verified.person_id, shut.when.value)
        return sign_in_page(form, where, carried=carried, shut=days_here.not_signed_in(shut, today()))
    if verified and deeds.passwords_are_closed_to(db(), verified.role, site().settings):
        log.info("Sign-in refused: person %s, with a password", verified.person_id)
        labels = [each.label for each in providers.configured(db(), site().settings)]
        return sign_in_page(form, where, carried=carried, shut=elsewhere.passwords_closed(labels))
    answer = begin_session(verified, where, Entrance(own_phone=form.own_phone.data)) if verified else None
    if verified is None or answer is None:
        log.info("Sign-in refused")
        return sign_in_page(form, where, carried=carried, refused=True)
    kept = carried_fields.unpack(carried, verified.person_id)
    if kept and "half" in g:  # shown to nobody before they have given their second step
        kept_forms.keep(db(), g.token, verified.person_id, carried, now())
        return answer
    return answer if kept is None else show_again(answer, kept)


def show_again(answer: Response, kept: Carried) -> Response:
    """Signed in again: the words that this person had typed, to take along to the page where they belong."""
    page = make_response(render_template("account/typed-before.html", page=kept))
    for cookie in answer.headers.getlist("Set-Cookie"):
        page.headers.add("Set-Cookie", cookie)
    return page


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """Ends the session; where the records can't be written the cookie is cleared all the same."""
    if "token" in g:
        try:
            deeds.sign_out(db(), g.token)
            log.info("Signed out: person %s", g.get("half", g.get("signed_in")).person.id)
        except DatabaseFault as fault:
            log.error("Signed out in the browser alone: %s", fault)
    return leave()
