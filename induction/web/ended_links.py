"""A link that does not work: why, in words for whoever opened it, and what to do. A made-up one learns nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import make_response, render_template
from werkzeug.wrappers import Response

from ..records import links, people
from ..records.links import Ended, LinkKind
from .site import db, now

TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
LASTED = {LinkKind.FIRST_RUN: "seven days", LinkKind.INVITATION: "fourteen days", LinkKind.RESET: "an hour"}
ASK = "Ask your induction lead for a new link; it takes them a minute."


@dataclass(frozen=True, slots=True)
class EndedPage:
    title: str
    words: str
    do: str
    sign_in: bool  # whether signing in is what to do next


def token_within(text: str) -> str:
    """The token in the last part of a link, without the full stop, bracket or quotation mark that stuck to it."""
    found = TOKEN.search(text)
    return found[0] if found else text


def page(kind: LinkKind, token: str) -> Response:
    """404, with the words that fit."""
    why = links.why_ended(db(), kind, token, now())
    words = _of_first_run(why) if kind is LinkKind.FIRST_RUN else _of_person(kind, why)
    return make_response(render_template("account/link-ended.html", page=words), 404)


def _of_person(kind: LinkKind, why: Ended) -> EndedPage:
    match why:
        case Ended.LATE:
            return EndedPage("This link’s time is over", f"It worked for {LASTED[kind]}. Nothing is lost.", ASK, False)
        case Ended.NEWER:
            words = "A newer link was made for you after this one, and only the newest works."
            return EndedPage("There is a newer link", words, "Open the latest message that you were sent. If you can’t find it, ask your induction lead.", False)
        case Ended.USED:
            words = "Each link works once, and you have a password. If you did not choose it yourself, tell your induction lead today."
            return EndedPage("This link has been used", words, "Sign in with your email and your password.", True)
        case Ended.TAKEN_BACK:
            return EndedPage("This link was taken back", "Something about your account was changed after it was made.", ASK, False)
        case Ended.AWAY:
            return EndedPage("This link has ended", "The account it was made for is closed at present. Nothing is lost.", "If that is a mistake, ask your induction lead.", False)
    words = "Perhaps a part of it is missing: open it as a whole, or copy all of it. Otherwise it has ended; each link works once and for a while."
    return EndedPage("This link does not work", words, f"If you have chosen a password already, sign in with it. If not: {ASK[0].lower()}{ASK[1:]}", True)


def _of_first_run(why: Ended) -> EndedPage:
    if people.has_lead(db()):
        return EndedPage("This site is set up already", "The link for setting it up works once. Nothing was changed.", "Sign in, or ask your induction lead for an invitation.", True)
    title = {
        Ended.LATE: "This link’s time is over",
        Ended.NEWER: "There is a newer link",
    }.get(why, "This link does not work")
    words = f"A link for setting up the site works once, for {LASTED[LinkKind.FIRST_RUN]}, and a newer one ends the older."
    return EndedPage(title, words, "On the server, induction first-run prints a new one.", False)
