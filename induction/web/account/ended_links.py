"""A link that does not work: why, in words for whoever opened it, and what to do. A made-up one learns nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from flask import make_response, render_template
from werkzeug.wrappers import Response

from ...records.people import one_time_links, people
from ...records.people.one_time_links import Ended, LinkKind
from ...wording import days_here
from ..site import db, today

TOKENS = (re.compile(r"[A-Za-z0-9_-]{43}"), re.compile(r"[a-z2-7]{32}"))  # as chance makes them; as they are derived
LASTED = {LinkKind.FIRST_RUN: "seven days", LinkKind.INVITATION: "fourteen days", LinkKind.RESET: "an hour"}


@dataclass(frozen=True, slots=True)
class EndedPage:
    title: str
    words: str
    do: str
    sign_in: bool = False  # whether signing in is what to do next


WORDS = {  # {lasted} is how long a link of the kind works
    Ended.LATE: EndedPage(
        "This link’s time is over",
        "It worked for {lasted}. Nothing is lost.",
        "Ask your induction lead for a new link; it takes them a minute.",
    ),
    Ended.NEWER: EndedPage(
        "There is a newer link",
        "Another link was made for you after this one, and only the newest works.",
        "Open the latest message that you were sent. If you have chosen a password already, sign in with it.",
        sign_in=True,
    ),
    Ended.USED: EndedPage(
        "This link is used up",
        "Each link works once, and a password was chosen, by this one or since.",
        "Sign in with it. If it was not you who chose it, tell your induction lead today.",
        sign_in=True,
    ),
    Ended.TAKEN_BACK: EndedPage(
        "This link was taken back",
        "Something about your account was changed after it had been made. Nothing is lost.",
        "Ask your induction lead for a new link; it takes them a minute.",
    ),
    Ended.AWAY: EndedPage(
        "This link has ended",
        "The account that it was made for is closed at present. Nothing is lost.",
        "If that is a mistake, tell your induction lead.",
    ),
    Ended.UNKNOWN: EndedPage(
        "This link does not work",
        "Perhaps a part of it is missing: open it as a whole, or copy all of it. Otherwise it has ended; "
        "each link works once and for a while, and a newer one ends the older.",
        "If you have chosen a password already, sign in with it. If not, ask your induction lead for a new link.",
        sign_in=True,
    ),
}
SET_UP = EndedPage(
    "This site is set up already",
    "The link for setting it up works once. Nothing was changed.",
    "Sign in, or ask your induction lead for an invitation.",
    sign_in=True,
)


def token_within(kind: LinkKind, text: str) -> str:
    """The token in the last part of a link, without the full stop, bracket, quotation mark or word that stuck to it.

    One that is or was a link's, where there is one; else what looks like one, or all of it.
    """
    found = [each[0] for pattern in TOKENS if (each := pattern.search(text))]
    known = (each for each in found if one_time_links.why_ended(db(), kind, each) is not Ended.UNKNOWN)
    return next(known, next(iter(found), text))


def page(kind: LinkKind, token: str) -> Response:
    """404, with the words that fit."""
    words = _words(kind, one_time_links.why_ended(db(), kind, token))
    return make_response(render_template("account/link-ended.html", page=words), 404)


def waits(kind: LinkKind, first_day: date) -> str:
    """Of a link that is opened before somebody's first day: an invitation works from then on."""
    words = days_here.link_waits(first_day, today(), lasts=kind is LinkKind.INVITATION)
    return render_template("account/link-ended.html", page=EndedPage(*words))


def away() -> Response:
    """404: the account's last day is past, and it is about to end."""
    return make_response(render_template("account/link-ended.html", page=WORDS[Ended.AWAY]), 404)


def _words(kind: LinkKind, why: Ended) -> EndedPage:
    if kind is LinkKind.FIRST_RUN:
        if people.has_lead(db()):
            return SET_UP
        here = replace(WORDS[why], do="On the server, induction first-run prints a new one.", sign_in=False)
    else:
        here = WORDS[why]
    return replace(here, words=here.words.format(lasted=LASTED[kind]))
