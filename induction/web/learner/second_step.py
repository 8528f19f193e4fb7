"""One's own second step: what one has, an app for codes set up or taken away, and recovery codes."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import flash, g, redirect, render_template, request, session
from markupsafe import Markup
from werkzeug.wrappers import Response

from ...records.people import code_apps, recovery_codes, second_factors, sign_in_rules
from ...records.school import school
from ...rules import addresses, calendar, factor_codes, second_factor
from ...rules.addresses import safe_next, with_next
from ...rules.factor_codes import NoCode
from ...services import code_apps as deeds
from ...services import second_factor as codes_deeds
from ...services.code_apps import TheLastOne
from ...wording import dates
from ...wording import second_factor as wording
from ..incoming_request import asked, sent
from ..parts import passkeys, provider_labels, qr_code
from ..parts.codes import AppForm
from ..parts.passkeys import MyPasskeys
from ..security.access import for_setting_up
from ..security.browser_names import device
from ..security.confirm import ask_again
from ..security.sign_in import seat, typed_before
from ..site import db, now, site, today, viewer
from .room import blueprint

log = logging.getLogger("induction.account")
HERE = "/account/second-step"
PENDING = "app"  # in the session's cookie: (the secret of an app that is not confirmed yet, whose, since when)
CODES = "codes"  # there too: (recovery codes to be shown, whose, since when, what they come with, where it goes on)
LASTS = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class SecondStepPage:
    due: bool  # it has to be set up before anything else
    must: bool  # whoever it is has to have one
    instead: str  # with what they sign in who have no password, so that they need none; else empty
    from_when: str  # that it is not asked for yet; else empty
    app: str  # since when there is one; else empty
    has_one: bool
    codes_left: str
    few_codes: str
    lost: str  # what one has not got when a recovery code is needed
    passkeys: MyPasskeys
    next: str
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class AppPage:
    form: AppForm
    square: Markup
    link: str
    key: str  # to be typed, in groups
    next: str
    instead: bool  # there is one already, whose place it takes


@dataclass(frozen=True, slots=True)
class CodesPage:
    codes: list[str]
    first: str  # what was done that they come with; else empty: the old ones have ended
    lost: str  # what one has not got when they are needed
    site: str  # its address
    school: str
    name: str
    day: str
    next: str


@blueprint.get(HERE)
@for_setting_up
def second_step() -> str:
    return _page()


def _page(trouble: str = "") -> str:
    person = viewer()
    app, has_one = code_apps.find(db(), person.id), second_factors.has_one(db(), person.id)
    must, left = second_factor.must_have(person.role), recovery_codes.left(db(), person.id)
    mine = passkeys.mine(person)
    page = SecondStepPage(
        due="half" in g,
        must=must,
        instead="" if has_one else provider_labels.instead_of_a_password(person),
        from_when="" if has_one or "half" in g or not must else _from_when(),
        app=dates.day(calendar.local(app.at).date(), today()) if app else "",
        has_one=has_one,
        codes_left=wording.codes_left(left),
        few_codes=wording.few_codes(left),
        lost=wording.what_is_lost(app=app is not None, passkey=bool(mine.keys)),
        passkeys=mine,
        next=_next(),
        trouble=trouble,
    )
    return render_template("learner/second-step.html", page=page)


def _from_when() -> str:
    standing = second_factors.standing(db(), viewer().id, viewer().role)
    begins = second_factor.asked_from(standing, sign_in_rules.now(db()).grace_days)
    return wording.to_be_had_from(begins, now())


@blueprint.route(f"{HERE}/app", methods=["GET", "POST"])
@for_setting_up
def second_step_app() -> Response | str:
    """The square of a new app, and its first code. Nothing is kept here before that but in this browser."""
    _ask_again()
    form, secret = AppForm(), _pending()
    if request.method == "POST" and not secret:
        flash(wording.STARTED_ANEW, "wait")
        return redirect(_with_next(f"{HERE}/app"), 303)
    if not secret or request.method == "GET":
        secret = _pend(secret)
    if not form.validate_on_submit():
        return _app_page(form, secret)
    done = deeds.confirm(db(), g.token, secret, form.code.data, device(), now())
    if isinstance(done, NoCode):
        form.code.errors = [wording.NOT_SET_UP[done]]
        return _app_page(form, secret)
    if done is None:
        return redirect("/sign-in", 303)
    session.pop(PENDING, None)
    log.info("App for codes set up: person %s", viewer().id)
    where = _next()
    if done.went_on:
        seat(*done.went_on)
    if done.codes:
        return to_codes(done.codes, where, "Your app is set up.")
    flash("Your app is set up. Your recovery codes work as before.", "done")
    return redirect(where if done.went_on else HERE, 303)


def _pending() -> str:
    """The secret of an app that is set up in this browser; empty where there is none, or it has waited too long."""
    secret, whose, since = session.get(PENDING) or ("", 0, 0.0)
    fresh = abs(now() - datetime.fromtimestamp(since, UTC)) <= LASTS
    return deeds.opened(db(), str(secret)) if secret and whose == viewer().id and fresh else ""


def _pend(secret: str) -> str:
    """Keep it for a while from now on; a second tab shows the same square as the first."""
    secret = secret or deeds.new_secret()
    session[PENDING] = [deeds.hidden(db(), secret), viewer().id, now().timestamp()]
    return secret


def _app_page(form: AppForm, secret: str) -> str:
    link = deeds.address(secret, viewer().email, school.called(db()))
    instead = code_apps.find(db(), viewer().id) is not None
    page = AppPage(form, qr_code.drawn(link), link, factor_codes.in_groups(secret), _next(), instead)
    return render_template("learner/second-step-app.html", page=page)


@blueprint.post(f"{HERE}/app/remove")
def remove_app() -> Response | str:
    ask_again()
    try:
        gone = deeds.take_away(db(), viewer(), device(), now())
    except TheLastOne:
        return _page(wording.KEEP_ONE)
    if gone:
        log.info("App for codes taken away: person %s", viewer().id)
    flash("The app shows codes that open nothing here any more; remove the account in it too." if gone else "It is gone already.", "done")
    return redirect(HERE, 303)


@blueprint.get(f"{HERE}/codes")
def recovery_codes_page() -> str:
    """Those that were just made, once. Opened again it says so, and makes none."""
    kept, whose, since, first, where = session.pop(CODES, None) or ("", 0, 0.0, "", "")
    fresh = whose == viewer().id and abs(now() - datetime.fromtimestamp(since, UTC)) <= LASTS
    codes = codes_deeds.opened(db(), kept) if fresh and kept else []
    return _codes_page(codes, safe_next(where), first) if codes else _page(wording.SHOWN_BEFORE)


@blueprint.post(f"{HERE}/codes")
def new_recovery_codes() -> Response | str:
    ask_again()
    codes = codes_deeds.make_codes(db(), viewer(), device(), now())
    if codes is None:
        return _page(wording.NO_SECOND_STEP)
    log.info("Recovery codes made: person %s", viewer().id)
    return to_codes(codes, _next())


@blueprint.post(f"{HERE}/kept")
@for_setting_up
def kept_codes() -> Response:
    """They have put their codes away, and go on."""
    return ("half" not in g and typed_before()) or redirect(_next(), 303)


def to_codes(codes: list[str], where: str, first: str = "") -> Response:
    """On to the page that shows recovery codes once: loaded anew it makes no others, which would end those on paper.

    `first`: what was done that they come with; else they take the place of older ones.
    """
    session[CODES] = [codes_deeds.hidden(db(), codes), viewer().id, now().timestamp(), first, where]
    return redirect(f"{HERE}/codes", 303)


def _codes_page(codes: list[str], where: str, first: str) -> str:
    person = viewer()
    lost = wording.what_is_lost(app=code_apps.find(db(), person.id) is not None, passkey=bool(passkeys.mine(person).keys))
    return render_template("learner/recovery-codes.html", page=CodesPage(
        [factor_codes.in_groups(each) for each in codes], first, lost, site().settings.address, school.called(db()), person.name,
        dates.in_full(today()), where,
    ))  # fmt: skip


def _ask_again() -> None:
    """Whoever has just given their password and has to set one up is not asked again."""
    if "half" not in g:
        ask_again()


def _next() -> str:
    where = sent("next", addresses.LONGEST_PLACE + 1) or asked("next", addresses.LONGEST_PLACE + 1)
    return safe_next(where) if where else HERE if "half" not in g else "/"


def _with_next(page: str) -> str:
    where = _next()
    return page if where == HERE else with_next(page, where)
