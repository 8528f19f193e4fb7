"""One provider of sign-ins: what to click there, what to write here, whether it works; and taking it away."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import abort, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from ...records.school.providers import StoredProvider
from ...rules.openid import Provider, ProviderKind, is_loopback
from ...services import providers as deeds
from ...services.providers import NoLeadGetsIn, OnlyWayIn, OnTheServer, ProviderMeanwhile
from ...wording import openid
from ...wording import providers as wording
from ...wording.providers import Looked
from ..parts import seen
from ..parts.seen import KEPT_ALREADY, Theirs
from ..security.confirm import ask_again
from ..site import db, now, site, viewer
from .provider_form import ProviderForm
from .room import blueprint

log = logging.getLogger("induction.school")
HERE = "/school/sign-in"


@dataclass(frozen=True, slots=True)
class ProviderPage:
    kind: ProviderKind
    name: str
    form: ProviderForm
    saw: str
    back: str  # the address to come back to, which the provider has to know
    no_https: str  # what doesn't work without; empty where there is
    set_up: Provider | None  # as it can be used now
    on_the_server: bool
    lost_secret: bool
    looked: Sequence[Looked] = ()  # what a test found
    to_check: Sequence[str] = ()  # what none can find
    theirs: Theirs | None = None


@blueprint.route("/sign-in/<provider>", methods=["GET", "POST"], endpoint="provider")
def change(provider: str) -> Response | str:
    """Set up, or changed; saved where what is stored is still what the page had shown."""
    kind = _kind(provider)
    stored = deeds.stored(db(), kind)
    form = ProviderForm.of(kind, stored)
    if not form.validate_on_submit():
        return _page(form, stored, seen.sent() if form.is_submitted() else _fingerprint(stored))
    wanted = form.provider()
    ask_again()
    try:
        new = deeds.set_up(
            db(), site().settings, wanted, lambda then: seen.sent() == _fingerprint(then), by=viewer().id, now=now()
        )  # fmt: skip
    except OnTheServer:
        return redirect(f"{HERE}/{kind.value}", 303)
    except NoLeadGetsIn:
        form.domain.errors = [wording.NO_LEAD]
        return _page(form, stored, seen.sent())
    except ProviderMeanwhile as meanwhile:
        theirs = _theirs(form, wanted, meanwhile.stored)
        return _page(form, meanwhile.stored, _fingerprint(meanwhile.stored), theirs=theirs)
    if new:
        log.info("Provider set up: %s by person %s", kind.value, viewer().id)
    flash(wording.saved(wanted) if new else KEPT_ALREADY, "done")
    return redirect(f"{HERE}/{kind.value}", 303)


@blueprint.post("/sign-in/<provider>/test", endpoint="test_provider")
def test(provider: str) -> Response | str:
    """Try it out as far as that goes without somebody who signs in. Nothing is changed."""
    kind = _kind(provider)
    there = deeds.of_kind(db(), site().settings, kind)
    if there is None:
        return redirect(f"{HERE}/{kind.value}", 303)
    found = site().openid.test(there, _back(kind), now())
    log.info("Provider tested: %s by person %s, %s", kind.value, viewer().id, ", ".join(each.what.value for each in found) or "well")
    stored = deeds.stored(db(), kind)
    form = ProviderForm.of(kind, stored, formdata=None)
    looked, to_check = wording.looked(found, there), openid.to_check(there, _back(kind))
    return _page(form, stored, _fingerprint(stored), looked=looked, to_check=to_check)


@blueprint.route("/sign-in/<provider>/away", methods=["GET", "POST"], endpoint="provider_away")
def away(provider: str) -> Response | str:
    """Said first what goes with it. Pressed twice, it is taken away once."""
    kind = _kind(provider)
    found = deeds.stored(db(), kind)
    if found is None or deeds.is_on_the_server(site().settings, kind):
        if request.method == "POST":
            flash(KEPT_ALREADY, "done")
        return redirect(HERE, 303)
    if request.method == "GET":
        return render_template("school/provider-away.html", provider=found.provider, saw=_fingerprint(found), trouble="")
    ask_again()
    try:
        ended = deeds.take_away(db(), site().settings, kind, by=viewer().id, now=now())
    except (OnlyWayIn, NoLeadGetsIn) as fault:
        trouble = wording.NO_LEAD if isinstance(fault, NoLeadGetsIn) else wording.only_way_in(found.provider)
        return render_template("school/provider-away.html", provider=found.provider, saw=_fingerprint(found), trouble=trouble)
    if ended is not None:
        log.info("Provider taken away: %s by person %s", kind.value, viewer().id)
        flash(wording.taken_away(found.provider, ended), "done")
    return redirect(HERE, 303)


def _kind(name: str) -> ProviderKind:
    return ProviderKind(name) if name in list(ProviderKind) else abort(404)


def _back(kind: ProviderKind) -> str:
    return f"{site().settings.address}/sign-in/from/{kind.value}"


def _fingerprint(stored: StoredProvider | None) -> str:
    return seen.fingerprint(deeds.shown(stored))


def _theirs(form: ProviderForm, wanted: Provider, stored: StoredProvider | None) -> Theirs:
    rows = seen.differing(form.shown(wanted), form.shown(stored.provider)) if stored else []
    return Theirs("Another lead changed it" if stored else "Another lead took it away", rows)


def _page(
    form: ProviderForm, stored: StoredProvider | None, saw: str, looked: Sequence[Looked] = (), to_check: Sequence[str] = (),
    theirs: Theirs | None = None,
) -> str:  # fmt: skip
    kind, address = form.kind, site().settings.address
    form.keep_what_was_typed()
    there = deeds.of_kind(db(), site().settings, kind)
    near = is_loopback(urlsplit(address).hostname or "")
    page = ProviderPage(
        kind, wording.name(kind, there or (stored.provider if stored else None)), form, saw, _back(kind),
        "" if site().settings.secure or near else wording.NO_HTTPS,
        there, deeds.is_on_the_server(site().settings, kind),
        bool(stored and stored.lost_secret), looked, to_check, theirs,
    )  # fmt: skip
    return render_template("school/provider.html", page=page)
