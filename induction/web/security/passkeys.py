"""A passkey in a session that is open or half open: what proves anew whose it is."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import g, render_template
from werkzeug.wrappers import Response

from ...records.people.person import Person
from ...rules import addresses
from ...rules.addresses import safe_next, with_next
from ...rules.passkeys import LONGEST_ANSWER, Purpose, Why
from ...services import passkeys as deeds
from ...wording import passkeys as wording
from ..incoming_request import asked, every, sent
from ..parts import passkeys
from ..site import db, now
from .browser_names import device
from .sign_in import go_on

log = logging.getLogger("induction.account")
NOTHING_TO_TYPE = "Press the button; your device then asks for your face, your finger or its PIN. There is nothing to type."
PAGES = {Purpose.SECOND_STEP: "/second-step", Purpose.CONFIRM: "/confirm"}  # which have the other ways too


@dataclass(frozen=True, slots=True)
class PasskeyPage:
    """A page that asks for a passkey, with the way round it."""

    title: str
    lead: str
    action: str
    button: str
    without: str  # what to do where there is no script
    back: str
    back_words: str
    options: str
    none_here: str
    refused: str
    carried: str = ""  # long words that were typed in a session that ended, packed


def place_to_go() -> str:
    return safe_next(asked("next", addresses.LONGEST_PLACE + 1))


def sent_answer() -> str | None:
    """What the browser sent of a passkey, longer than any answer where it is too long; None where it asks for the page anew."""
    return sent("answer", LONGEST_ANSWER + 1) if every("answer") else None


def prove_by_passkey(purpose: Purpose, person: Person, where: str) -> Response | str:
    """Prove in this session whose it is and go on to `where`; else the page that asks for it, with what was wrong."""
    asker, answer, refused = passkeys.asker(purpose), sent_answer(), ""
    if asker and answer is not None:
        proved = deeds.prove(db(), asker, g.token, answer, device(), now())
        if not isinstance(proved, Why):
            log.info("Proved by a passkey who they are: person %s", person.id)
            return go_on(proved, where)
        log.info("Passkey refused: person %s, %s", person.id, proved.value)
        refused = wording.refused(proved, asker.place)
    above = PAGES[purpose]
    page = PasskeyPage(
        "Use your passkey", NOTHING_TO_TYPE, with_next(f"{above}/passkey", where), "Use my passkey", "Use another way.",
        with_next(above, where), "Use another way", passkeys.options(purpose, person), passkeys.none_here(), refused,
    )  # fmt: skip
    return render_template("account/passkey.html", page=page)
