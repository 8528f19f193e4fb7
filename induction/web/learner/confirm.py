"""Confirm that it is you: asked before an act that matters, where it was last proved a while ago. Nothing is done here."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from urllib.parse import quote

from flask import abort, g, redirect, render_template
from werkzeug.wrappers import Response

from ...records.people import people, second_factors
from ...records.people.people import StoredPassword
from ...rules import addresses, second_factor
from ...rules.addresses import safe_next
from ...rules.passkeys import Purpose
from ...rules.roles import Role
from ...rules.second_factor import WITH_A_PASSWORD, SessionWay
from ...services import asking_again as deeds
from ...services import kept_forms
from ...services.sign_in import Wait
from ...wording import confirm as wording
from ..incoming_request import asked, sent
from ..parts import error_pages, passkeys
from ..parts.error_pages import Field
from ..parts.fields import CalmForm, Password
from ..security import confirm as asking
from ..security.codes import Codes, answered, codes_of, told_to_wait
from ..security.confirm import GO_ON, PAGE, Kept
from ..security.sign_in import browser_asking, check_password, go_on
from ..site import db, now, viewer
from .room import blueprint

log = logging.getLogger("induction.account")
FILES = (".csv", ".zip", ".pdf", ".json")  # which a browser takes without leaving the page it is on


class ConfirmForm(CalmForm):
    password = Password("Your password", "Write your password.")


@dataclass(frozen=True, slots=True)
class ConfirmPage:
    form: ConfirmForm
    what_for: str
    waits: str  # that a form was sent and is kept; else empty
    next: str  # where it goes on when it is proved
    elsewhere: str | None  # the kind of provider that the session came from
    by_password: bool
    passkey: str  # what a browser is asked for, where they have one
    codes: Codes | None  # of whoever has a second step


@dataclass(frozen=True, slots=True)
class GoOnPage:
    kept: Kept | None
    fields: tuple[Field, ...]
    what_for: str
    another: str  # where one was sent since the one that was asked about, from another tab; else empty
    next: str  # a file, to be taken by a link
    send: str  # the button that sends what waits
    nothing: str = wording.NOTHING_WAITS


@blueprint.route(PAGE, methods=["GET", "POST"])
def confirm() -> Response | str:
    where, what_for, waits = _asked_for()
    if second_factor.confirmed(g.signed_in.confirmed_at, now()):
        return redirect(where, 303)
    form, codes = ConfirmForm(), codes_of(viewer().id) if second_factors.has_one(db(), viewer().id) else None
    elsewhere = None if g.signed_in.way in (*WITH_A_PASSWORD, SessionWay.PASSKEY) else g.signed_in.way
    by_password = codes is None and elsewhere is None
    if by_password and form.validate_on_submit() and (answer := _by_password(form, where)):
        return answer
    if codes and (answer := answered(codes, where)):
        return answer
    passkey = passkeys.options(Purpose.CONFIRM, viewer())
    page = ConfirmPage(form, what_for, wording.A_FORM_WAITS if waits else "", where, elsewhere, by_password, passkey, codes)
    drawn = render_template("learner/confirm.html", page=page)
    return told_to_wait(drawn, codes.wait) if codes and codes.wait else drawn


def _by_password(form: ConfirmForm, where: str) -> Response | None:
    """None with what is wrong beside the field."""
    person, token = viewer(), g.token
    verified = check_password(person.email, form.password.data)
    if isinstance(verified, Wait):
        form.password.errors = [f"Wait {verified.seconds} seconds and try again."]
        return None
    if not isinstance(verified, StoredPassword) or verified.person_id != person.id:
        form.password.errors = ["That is not your password; type it again."]
        return None
    log.info("Confirmed who they are: person %s", person.id)
    return go_on(deeds.by_password(db(), verified, browser_asking(), token, now()), where)


def _asked_for() -> tuple[str, str, bool]:
    """Where it goes on, for what in words, and whether a form waits."""
    next = sent("next", addresses.LONGEST_PLACE + 1) or asked("next", addresses.LONGEST_PLACE + 1)
    of = sent("of") or asked("of")
    if of or not next:
        kept = asking.kept()
        return (f"{GO_ON}?of={quote(of)}" if of else GO_ON), _what_for(kept.path if kept else "", "POST"), kept is not None
    next = safe_next(next)
    path = next.partition("?")[0]
    if path in (PAGE, GO_ON):
        return (next if path == GO_ON else "/"), _what_for("", "GET"), False
    where = f"{GO_ON}?next={quote(next, safe='/')}" if path.endswith(FILES) else next
    return where, _what_for(next, "GET"), False


def _what_for(path: str, method: str) -> str:
    return wording.what_for(*_act(path, method))


def _act(path: str, method: str) -> tuple[str, str]:
    """The page that does it, and about whom."""
    endpoint, arguments = asking.endpoint_of(path, method)
    person_id = arguments.get("person_id")
    person = people.find(db(), person_id) if isinstance(person_id, int) and viewer().role is Role.LEAD else None
    return endpoint, person.name if person else ""


@blueprint.get(GO_ON)
def confirmed() -> Response | str:
    """What was sent, with a button that sends it; or a link to the file that was asked for."""
    if not second_factor.confirmed(g.signed_in.confirmed_at, now()):
        return redirect(f"{PAGE}?of={quote(asked('of'))}", 303)
    if next := asked("next", addresses.LONGEST_PLACE + 1):
        where = safe_next(next)
        if not where.partition("?")[0].endswith(FILES):
            return redirect(where, 303)
        return _go_on_page(None, _what_for(where, "GET"), next=where)
    kept = asking.kept()
    return _go_on_page(kept, _what_for(kept.path, "POST") if kept else "")


def _go_on_page(kept: Kept | None, what_for: str, next: str = "") -> str:
    fields = error_pages.fields(kept.fields) if kept else ()
    send = wording.send_it(*_act(kept.path, "POST"), dict(kept.fields)) if kept else wording.SEND
    another = wording.ANOTHER_SINCE if kept and asked("of") not in ("", kept.mark) else ""
    return render_template("learner/confirmed.html", page=GoOnPage(kept, fields, what_for, another, next, send))


@blueprint.post(f"{PAGE}/leave")
def leave_kept() -> Response:
    """What was kept is kept no longer; back to the page that it came from, where that can be opened."""
    kept = asking.kept() or abort(redirect("/", 303))
    kept_forms.drop(db(), g.token)
    path = kept.path.partition("?")[0]
    return redirect(path if asking.endpoint_of(path, "GET")[0] else "/", 303)
