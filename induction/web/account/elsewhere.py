"""Signing in elsewhere: on the way to a provider, and back.

Nothing is written on the way there. What belongs to it stands in the browser's signed cookie, under a state that chance makes;
what has to be secret of it is derived from that with the site's key. Whatever comes back without it was not begun here.
"""

from __future__ import annotations

import base64
import hmac
import logging
import re
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from flask import current_app, flash, g, make_response, redirect, render_template, request, session
from werkzeug.wrappers import Response

from ...records.people import provider_accounts
from ...records.store.tokens import new_token
from ...rules import addresses, openid
from ...rules.addresses import safe_next, with_next
from ...rules.openid import Answer, Provider, ProviderFault, ProviderKind, Reason, Refusal
from ...rules.sign_in_elsewhere import NotIn
from ...services import kept_forms, providers
from ...services import provider_sign_in as deeds
from ...services.provider_sign_in import CameBack, NotLetIn
from ...services.sign_in import Begun
from ...wording import days_here
from ...wording import elsewhere as wording
from ...wording import openid as provider_words
from ..incoming_request import asked, asked_twice, maybe_asked
from ..security import carried_fields
from ..security.form_token import SIGNED_IN
from ..security.sign_in import browser_asking, go_on, welcome
from ..site import db, now, site, today
from .room import blueprint
from .sign_in import show_again

log = logging.getLogger("induction.account")

KEPT = "elsewhere"  # in the session's cookie: what was begun, the latest last
MOST = 3  # that are begun in one browser at once
LASTS = 600  # seconds
LONGEST_PLACE = 500  # bytes of where to go afterwards: a cookie holds four thousand
LONGEST_CODE = 8192
ONCE = ("state", "code", "iss", "error")  # what comes back at most once each
STATUS = {
    Reason.DOWN: HTTPStatus.SERVICE_UNAVAILABLE,
    Reason.CLOCK: HTTPStatus.SERVICE_UNAVAILABLE,
    Reason.SLOW: HTTPStatus.GATEWAY_TIMEOUT,
    Reason.NOT_TRUSTED: HTTPStatus.BAD_GATEWAY,
    Reason.WRONG_ISSUER: HTTPStatus.BAD_GATEWAY,
    Reason.BAD_TOKEN: HTTPStatus.BAD_GATEWAY,
    Reason.CLIENT_REFUSED: HTTPStatus.BAD_GATEWAY,
    Reason.NONSENSE: HTTPStatus.BAD_GATEWAY,
    Reason.NOT_ANEW: HTTPStatus.FORBIDDEN,
    NotIn.SPENT: HTTPStatus.CONFLICT,
    NotIn.CHANGED: HTTPStatus.CONFLICT,
    NotIn.ANOTHER_ACCOUNT: HTTPStatus.CONFLICT,
}
OTHERS_MAY = (  # come in, where the account with which they came is the wrong one
    Refusal.CONSUMER, Refusal.OTHER_TENANT, Refusal.OTHER_DOMAIN, Refusal.NOT_PROVED, Refusal.GUEST, NotIn.NOBODY, NotIn.TAKEN_AWAY,
    NotIn.LINKED_BEFORE, NotIn.ANOTHER_ACCOUNT, NotIn.SOMEBODY_ELSES, NotIn.LINK_ENDED, NotIn.WAITS, NotIn.REFUSED,
)  # fmt: skip
OUR_OWN = ("same-origin", "none")  # as a browser says where a link was followed: here, or typed by hand
TOKEN = re.compile(r"[A-Za-z0-9_-]{20,64}")
NOTHING_BEGUN = HTTPStatus.BAD_REQUEST


@dataclass(frozen=True, slots=True)
class Start:
    """A sign-in that was begun in this browser."""

    kind: str
    state: str = field(repr=False)
    at: int
    next: str = "/"
    own_phone: bool = False
    invitation: str = field(default="", repr=False)
    again: bool = False  # in a session, who it is is asked anew
    consent: bool = False  # they are asked to allow that the site asks later
    trial: bool = False  # a lead tries it

    def packed(self) -> list[Any]:
        return [self.kind, self.state, self.at, self.next, self.own_phone, self.invitation, self.again, self.consent, self.trial]

    @property
    def other(self) -> str:
        """Where they go to choose another account, with all that they had taken along."""
        kept = {"next": "" if self.next == "/" else self.next, "invitation": self.invitation, "own_phone": "1" if self.own_phone else ""}
        kept |= {"anew": "1" if self.trial else ""}
        return f"/sign-in/with/{self.kind}?{urlencode({'other': '1'} | {name: said for name, said in kept.items() if said})}"

    @property
    def before(self) -> str:
        """The page from which they went."""
        if self.again:
            return self.next
        if self.invitation:
            return f"/invitation/{self.invitation}"
        return with_next("/sign-in", self.next)


@dataclass(frozen=True, slots=True)
class ElsewherePage:
    title: str
    words: str
    back: str  # an address, and what leads there is called
    back_words: str
    other: str  # where another account is chosen; empty where that is no help


@blueprint.get("/sign-in/with/<kind>")
def sign_in_with(kind: str) -> Response:
    """To the provider; nothing is written but the browser's cookie."""
    provider = providers.of_kind(db(), site().settings, kind)
    if provider is None:
        return _page(wording.NOT_SET_UP, HTTPStatus.NOT_FOUND)
    where, invitation, again = safe_next(asked("next", addresses.LONGEST_PLACE + 1)), asked("invitation", 64), asked("again") == "1"
    if again and "viewer" not in g:
        return redirect("/sign-in", 303)
    other, trial = asked("other") == "1", asked("anew") == "1"
    if "viewer" in g and not (again or invitation or other or trial):
        return redirect(where, 303)
    if request.headers.get("Sec-Fetch-Site", "none") not in OUR_OWN:  # another site, or a letter read in a browser, sent them
        return redirect(f"/invitation/{invitation}" if TOKEN.fullmatch(invitation) else "/sign-in", 303)
    start = Start(
        provider.kind, new_token(), int(now().timestamp()), where if len(where.encode()) <= LONGEST_PLACE else "/",
        asked("own_phone") == "1", invitation, again, trial=trial,
    )  # fmt: skip
    return _go(provider, start, other and not again)


def _go(provider: Provider, start: Start, another: bool = False) -> Response:
    """To the provider; `another`: where the account that is at hand was refused, so that it isn't brought again."""
    hint = ""
    if start.again:
        account_id = g.signed_in.account_id
        own = provider_accounts.find(db(), g.viewer.id, account_id) if account_id else None
        hint = own.address if own else ""
    elif not another and (guest := deeds.invited(db(), start.invitation, now())):
        hint = guest.email
    try:
        there = site().openid.start(
            provider, _back_to(provider.kind), start.state, _derived("nonce", start.state), _derived("verifier", start.state),
            again=start.again, another=another, hint=hint, consent=start.consent,
        )  # fmt: skip
    except ProviderFault as fault:
        return _faulty(provider, fault, start)
    session[KEPT] = [*(each.packed() for each in _begun()[1 - MOST :]), start.packed()]
    return redirect(there, 303)


@blueprint.get("/sign-in/from/<kind>")
def sign_in_from(kind: str) -> Response:
    """Back from a provider. Each sign-in that was begun is taken out of the cookie first, whatever becomes of it."""
    if asked_twice(*ONCE):
        return _page(wording.NONSENSE, NOTHING_BEGUN)
    start = _taken(asked("state"))
    if start is None:
        return _page(wording.NOT_BEGUN_HERE, NOTHING_BEGUN)
    provider = providers.of_kind(db(), site().settings, start.kind)
    if provider is None:
        return _page(wording.NOT_SET_UP, HTTPStatus.NOT_FOUND)
    iss = maybe_asked("iss")
    if kind != start.kind or not openid.is_the_issuers(provider, iss):
        return _faulty(provider, ProviderFault(Reason.MIXED_UP), start)
    if maybe_asked("error") is not None:
        return _came_back_with(openid.safe_error(asked("error")), provider, start)
    try:
        found = site().openid.finish(
            provider, _back_to(start.kind), asked("code", LONGEST_CODE + 1), _derived("nonce", start.state),
            _derived("verifier", start.state), now(), again=start.again, iss=iss,
        )  # fmt: skip
    except ProviderFault as fault:
        return _faulty(provider, fault, start)
    return _found(provider, found, start)


def _found(provider: Provider, found: Answer, start: Start) -> Response:
    account = found.account
    if isinstance(account, Refusal):
        log.info("Sign-in elsewhere refused: %s", account.value)
        return _page(provider_words.refused(account, provider), HTTPStatus.FORBIDDEN, start, other=account in OTHERS_MAY)
    back = CameBack(provider, account, found.refresh_token, start.state, start.invitation, start.own_phone)
    if start.again:
        return _proved_again(back, start)
    if _has_to_allow(provider, found, start) and deeds.lacks_token(db(), account):
        return _go(provider, replace(start, state=new_token(), consent=True))
    before = session.get(SIGNED_IN)
    outcome = deeds.come_in(db(), site().settings, back, browser_asking(), now(), ends=g.get("token"))
    if isinstance(outcome, NotLetIn):
        return _not_let_in(outcome, back, start)
    answer = welcome(outcome, start.next, start.own_phone)
    if start.trial:
        flash(wording.it_works(provider, account.address, bool(outcome.signed_in.due)), "done")
    return _with_their_words(answer, outcome, before)


def _has_to_allow(provider: Provider, found: Answer, start: Start) -> bool:
    """Google says how to ask later only to whoever allows that anew."""
    return provider.kind is ProviderKind.GOOGLE and not found.refresh_token and not start.consent


def _proved_again(back: CameBack, start: Start) -> Response:
    if "viewer" not in g:
        return redirect("/sign-in", 303)
    outcome = deeds.prove_again(db(), site().settings, back, g.token, now())
    if isinstance(outcome, NotLetIn):
        return _not_let_in(outcome, back, start)
    log.info("Confirmed elsewhere who they are: person %s", g.viewer.id)
    return go_on(outcome, start.next)


def _with_their_words(answer: Response, begun: Begun, before: object) -> Response:
    """What they had typed in a session that ended, for them alone."""
    if not isinstance(before, str):
        return answer
    person_id = begun.signed_in.person.id
    kept = carried_fields.unpack(kept_forms.take(db(), before, person_id, now()), person_id)
    return show_again(answer, kept) if kept else answer


# What is kept on the way


def _begun() -> list[Start]:
    """What was begun in this browser and may still be finished."""
    late = int(now().timestamp()) - LASTS
    kept = [Start(*each) for each in session.get(KEPT, []) if len(each) == len(Start.__slots__)]  # an upgrade may have come between
    return [each for each in kept if each.at >= late]


def _taken(state: str) -> Start | None:
    """What was begun with that state; it is finished once."""
    begun = _begun()
    found = next((each for each in begun if hmac.compare_digest(each.state.encode(), state.encode())), None)
    if found:
        session[KEPT] = [each.packed() for each in begun if each is not found]
    return found


def _derived(what: str, state: str) -> str:
    """What goes with a state and can't be known from it."""
    made = hmac.digest(current_app.secret_key, f"sign-in elsewhere {what}\0{state}".encode(), "sha256")
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()


def _back_to(kind: str) -> str:
    """The address to come back to, as it stands at the provider."""
    return f"{site().settings.address}/sign-in/from/{kind}"


# Pages


def _came_back_with(error: str, provider: Provider, start: Start) -> Response:
    log.info("Sign-in elsewhere: came back with %s", error)
    if error == "access_denied":
        flash(wording.stopped(provider), "wait")
        return redirect(start.before, 303)
    return _page(provider_words.came_back(error, provider), NOTHING_BEGUN, start)


def _faulty(provider: Provider, fault: ProviderFault, start: Start) -> Response:
    words = provider_words.fault(fault.reason, provider, fault.off)
    return _page(words, STATUS.get(fault.reason, NOTHING_BEGUN), start)


def _not_let_in(found: NotLetIn, back: CameBack, start: Start) -> Response:
    log.info("Sign-in elsewhere refused: %s", found.why.value)
    words = wording.not_in(found.why, back.provider, back.account.address)
    if found.shut:
        words = days_here.not_signed_in(found.shut, today())
    return _page(words, STATUS.get(found.why, HTTPStatus.FORBIDDEN), start, other=found.why in OTHERS_MAY)


def _page(words: str, status: HTTPStatus, start: Start | None = None, other: bool = False) -> Response:
    if "viewer" in g and not (start and start.again):
        title, back, back_words = wording.NOTHING_DONE, "/", "Go to the home page"
    elif start and start.again:
        title, back, back_words = wording.NOT_PROVED_AGAIN, start.next, "Go back"
    else:
        title, back = wording.TITLE, start.before if start else "/sign-in"
        back_words = "Back to the invitation" if start and start.invitation else "Back to Sign in"
    page = ElsewherePage(title, words, back, back_words, start.other if start and other and not start.again else "")
    return make_response(render_template("account/elsewhere.html", page=page), status)
