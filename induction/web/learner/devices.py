"""Where one is signed in, and signing out there or everywhere."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import flash, g, redirect, render_template, session
from werkzeug.wrappers import Response

from ...records.people import history, sessions
from ...records.people.sessions import OpenSession
from ...rules import calendar, session_life
from ...rules.openid import ProviderKind
from ...rules.person_history import Way
from ...rules.second_factor import Due, SessionWay
from ...services import providers, sign_in
from ...wording import dates
from ...wording.sentences import sentence
from ...wording.ways_in import with_what
from ..security.sign_in import leave
from ..site import db, now, site, today, viewer
from .room import blueprint

log = logging.getLogger("induction.account")


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is signed in."""

    session: int
    name: str  # *Safari on iPhone, this one*
    detail: str  # *Today, 10.42 am · with Google · your own phone, until Sunday 27 December*
    here: bool  # in this browser


@dataclass(frozen=True, slots=True)
class DevicesPage:
    places: list[Place]
    may_stay: int  # days, where they may say that this is their own phone; else 0


@blueprint.get("/account/devices")
def devices() -> str:
    places = [_place(each) for each in sessions.mine(db(), viewer().id, now())]
    stays = not g.signed_in.own_phone and sign_in.may_stay(db(), site().settings, g.signed_in)
    return render_template("learner/devices.html", page=DevicesPage(places, session_life.OWN_PHONE.days if stays else 0))


def _place(each: OpenSession) -> Place:
    known = providers.of_kind(db(), site().settings, ProviderKind.OTHER) if each.way is SessionWay.OTHER else None
    other = known.label if known else ""
    here = each.id == g.signed_in.session_id
    used = "now" if here else f"{dates.recently(each.last_used_at, now())}, {dates.clock(each.last_used_at)}"
    half = " · without the second step, so it opens nothing yet" if each.due is Due.FACTOR else ""
    until = f" · your own phone, until {dates.day(calendar.local(each.until).date(), today())}" if each.own_phone else ""
    device = f"{each.device}{', this one' if here else ''}"
    return Place(each.id, device, sentence(f"{used} · {_by_what(each, other)}{half}{until}"), here)


def _by_what(each: OpenSession, other: str) -> str:
    """A session that a link began, of whoever has a password without one, began at the first run."""
    if each.way is SessionWay.LINK:
        kept = [way.what for way in history.ways_in(db(), viewer().id) if way.what not in (Way.INVITATION, Way.RESET)]
        if kept and kept[-1] is Way.SET:
            return "when the school was set up"
    return with_what(each.way, other)


@blueprint.post("/account/devices/own-phone")
def stay_here() -> Response:
    """This is their own phone: said by whoever signed in elsewhere or by a passkey, where no box to tick stood."""
    if sign_in.stay_on_own_phone(db(), site().settings, g.token, now()):
        session.permanent = True
        log.info("On their own phone: person %s", viewer().id)
        flash(f"You stay signed in here for {session_life.OWN_PHONE.days} days from when you signed in.", "done")
    return redirect("/account/devices", 303)


@blueprint.post("/account/devices/<id:session_id>")
def sign_out_there(session_id: int) -> Response:
    """End one of one's own sessions. One that has ended, or is nobody's or somebody else's, is the same answer."""
    sign_in.sign_out_there(db(), viewer().id, session_id)
    log.info("Signed out elsewhere: person %s", viewer().id)
    flash("Signed out there. Your answers are kept.", "done")
    return redirect("/account/devices", 303)


@blueprint.post("/account/devices")
def sign_out_everywhere() -> Response:
    sign_in.sign_out_everywhere(db(), viewer().id)
    log.info("Signed out everywhere: person %s", viewer().id)
    return leave()
