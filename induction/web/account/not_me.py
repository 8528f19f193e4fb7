"""*This wasn't me*: the link in the letter about a sign-in on a new device. Opening it changes nothing, as mail scanners open links."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass

from flask import g, make_response, render_template, session
from flask_login import logout_user
from werkzeug.wrappers import Response

from ...records.people import new_devices
from ...records.people.new_devices import NewDevice
from ...services import new_devices as deeds
from ...wording import not_me as wording
from ..site import db, now, today
from .ended_links import EndedPage
from .room import blueprint

log = logging.getLogger("induction.account")
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
NOTHING = EndedPage(
    "This link does not work",
    "Perhaps a part of it is missing: open it as a whole, or copy all of it. Otherwise it was used before, or it is older than thirty"
    " days. Nothing was changed.",
    "If somebody else is in your account, choose a new password, which signs out everybody else, and tell your induction lead today.",
    sign_in=True,
)


@dataclass(frozen=True, slots=True)
class NotMePage:
    what: str  # the sign-in, in words
    done: list[str]  # empty before it is said


@blueprint.route("/not-me/<token>", methods=["GET"], endpoint="not_me")
def look(token: str) -> Response | str:
    found = _find(token)
    return _page(found, []) if found else _nothing()


@blueprint.post("/not-me/<token>", endpoint="say_not_me")
def say(token: str) -> Response | str:
    """Pressed twice, it is done once."""
    found = _find(token)
    said = deeds.not_me(db(), _token(token), now()) if found else None
    if found is None or said is None:
        return _nothing()
    log.info("A sign-in was not theirs: person %s", said.person.id)
    if "token" in g:
        logout_user()
        session.clear()
        for each in ("token", "signed_in", "viewer", "half", "form_token"):
            g.pop(each, None)
    done = wording.done(
        said.way, had_password=said.had_password, mailed=said.mailed, leads_told=said.leads_told, other=deeds.other(db())
    )  # fmt: skip
    return _page(found, done)


def _token(text: str) -> str:
    """Without the full stop or bracket that stuck to it."""
    found = TOKEN.search(text)
    return found[0] if found else ""


def _find(token: str) -> NewDevice | None:
    return new_devices.find(db(), _token(token), now())


def _page(found: NewDevice, done: list[str]) -> str:
    what = wording.what(found.at, found.device, found.way, today(), deeds.other(db()))
    return render_template("account/not-me.html", page=NotMePage(what, done))


def _nothing() -> Response:
    return make_response(render_template("account/link-ended.html", page=NOTHING), 404)
