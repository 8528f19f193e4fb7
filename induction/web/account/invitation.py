"""A password chosen by a link: of an invitation, or of a reset; and whom to ask for one."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import redirect, render_template
from werkzeug.wrappers import Response

from ...records.people import days_here, one_time_links, people
from ...records.people.one_time_links import LinkKind
from ...records.people.people import Person
from ...records.school import school
from ...rules import session_life
from ...rules.days_here import When
from ...rules.openid import Provider
from ...rules.second_factor import SessionWay
from ...services import letters, providers
from ...services import sign_in as deeds
from ...services.sign_in import Entrance
from ..incoming_request import asked
from ..parts.fields import CalmForm, EmailLine
from ..parts.new_password import NewPasswordForm
from ..parts.own_phone import own_phone as own_phone_tick
from ..security.browser_names import device
from ..security.sign_in import begin_or_sign_in
from ..site import contacts, db, now, site
from . import ended_links
from .room import blueprint

log = logging.getLogger("induction.account")


class ChooseForm(NewPasswordForm):
    own_phone = own_phone_tick()


@dataclass(frozen=True, slots=True)
class LinkPage:
    """A page with a button: opening it changes nothing, since mail scanners open links."""

    form: ChooseForm
    person: Person
    invited: bool
    may_stay: bool  # signed in, on a phone of their own
    elsewhere: list[Provider]  # where they can sign in instead
    token: str  # of the invitation
    closed: bool  # whether no password opens anything for them


@blueprint.route("/invitation/<token>", methods=["GET", "POST"])
def invitation(token: str) -> Response | str | tuple[str, int]:
    return _choose_password(LinkKind.INVITATION, token)


@blueprint.route("/reset/<token>", methods=["GET", "POST"])
def reset(token: str) -> Response | str | tuple[str, int]:
    return _choose_password(LinkKind.RESET, token)


def _choose_password(kind: LinkKind, token: str) -> Response | str | tuple[str, int]:
    token = ended_links.token_within(kind, token)
    link = one_time_links.find(db(), kind, token, now())
    person = people.find(db(), link.person_id) if link and link.person_id else None
    if person is None:
        return ended_links.page(kind, token)
    if shut := days_here.shut(db(), person, now()):
        return ended_links.waits(kind, shut.day) if shut.when is When.BEFORE else ended_links.away()
    form = ChooseForm(person.name, person.email, school.details(db()).name)
    if deeds.passwords_are_closed_to(db(), person.role, site().settings) or not form.validate_on_submit():
        return _page(form, person, kind, token)
    secret = site().hashing.hash(form.password.data)
    kept = deeds.choose_password(db(), kind, token, secret, device=device(), now=now(), settings=site().settings)
    if kept is None:
        return ended_links.page(kind, token)  # another press was first
    log.info("Password chosen by a link: person %s", person.id)
    return begin_or_sign_in(kept, "/", Entrance(SessionWay.LINK, own_phone=form.own_phone.data))


def _page(form: ChooseForm, person: Person, kind: LinkKind, token: str) -> str:
    settings, invited = site().settings, kind is LinkKind.INVITATION
    page = LinkPage(
        form, person, invited, session_life.may_stay(person.role),
        providers.configured(db(), settings), token if invited else "", deeds.passwords_are_closed_to(db(), person.role, settings),
    )  # fmt: skip
    return render_template("account/choose-password.html", page=page)


class ForgottenForm(CalmForm):
    email = EmailLine("Your email at the school")


@dataclass(frozen=True, slots=True)
class ForgottenPage:
    form: ForgottenForm | None  # None: the school has no mail
    asked: bool  # just now; the same for whatever address
    induction_lead: str
    switchboard: str


@blueprint.route("/forgotten", methods=["GET", "POST"])
def forgotten() -> Response | str:
    """Whom to ask for a new password; where there is mail, a link to choose one, in the same words and time for every address."""
    mail = letters.office(db())
    form = ForgottenForm() if mail.open and not mail.held else None
    if form is not None and form.validate_on_submit():
        letters.ask_for_password(db(), form.email.data, now())
        return redirect("/forgotten?asked=1", 303)
    known = contacts()
    page = ForgottenPage(form, asked("asked") == "1", known.get("induction lead", ""), known.get("switchboard", ""))
    return render_template("account/forgotten.html", page=page)
