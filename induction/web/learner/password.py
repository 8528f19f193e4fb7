"""Changing one's own password."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import flash, g, redirect, render_template
from werkzeug.wrappers import Response

from ...records.people.people import StoredPassword
from ...records.school import school
from ...services import sign_in as deeds
from ...services.sign_in import Entrance, Wait
from ..parts import provider_labels
from ..parts.fields import NewPassword, Password
from ..parts.new_password import NewPasswordForm
from ..security.browser_names import device
from ..security.sign_in import begin_or_sign_in, check_password
from ..site import db, now, site, viewer
from .room import blueprint

log = logging.getLogger("induction.account")


class ChangePasswordForm(NewPasswordForm):
    present = Password("Your present password", "Write your present password.")
    password = NewPassword("The new password")
    field_order = ("present", "password")


@dataclass(frozen=True, slots=True)
class PasswordPage:
    form: ChangePasswordForm | None  # none where there is no password to change
    instead: str = ""  # with what they sign in


@blueprint.route("/account/password", methods=["GET", "POST"])
def password() -> Response | str:
    person = viewer()
    if not person.has_password:
        return render_template("learner/password.html", page=PasswordPage(None, provider_labels.instead_of_a_password(person)))
    form = ChangePasswordForm(person.name, person.email, school.details(db()).name)
    if form.validate_on_submit():
        verified = check_password(person.email, form.present.data)
        if isinstance(verified, StoredPassword) and verified.person_id == person.id:
            return _change_password(verified, form.password.data)
        if isinstance(verified, Wait):
            form.present.errors = [f"Wait {verified.seconds} seconds and try again."]
        else:
            form.present.errors = ["That is not your present password; type it again."]
    return render_template("learner/password.html", page=PasswordPage(form))


def _change_password(verified: StoredPassword, new: str) -> Response:
    """Nothing is changed where the account, or this session, is no longer what it was when the present one was verified."""
    secret = site().hashing.hash(new)
    kept = deeds.change_password(db(), verified, secret, token=g.token, device=device(), now=now(), settings=site().settings)
    if kept is None:
        return redirect("/sign-in", 303)
    log.info("Password changed: person %s", verified.person_id)
    by = Entrance(own_phone=g.signed_in.own_phone, proved=True, proved_at=g.signed_in.confirmed_at)
    answer = begin_or_sign_in(kept, "/account/devices", by)
    flash("Your password is changed. Everywhere else you have been signed out.", "done")
    return answer
