"""Mail: every letter that was sent, waits, is held or was refused, with the server's own words and what to do."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template
from werkzeug.wrappers import Response

from ...records.school import outbox
from ...records.school.outbox import Letter
from ...rules.letters import LetterState
from ...services import letters as deeds
from ...wording import mail as wording
from ..incoming_request import asked, number, sent
from ..parts.seen import KEPT_ALREADY
from ..security.confirm import ask_again
from ..site import db, now, site, viewer
from .room import blueprint

log = logging.getLogger("induction.school")
PER_PAGE = 50
SHOWS = {
    "waiting": ("Waiting", (LetterState.WAITING, LetterState.CLAIMED, LetterState.POSTING)),
    "refused": ("Refused", (LetterState.REFUSED,)),
    "unsure": ("Perhaps sent", (LetterState.UNSURE,)),
    "dropped": ("Not sent", (LetterState.DROPPED,)),
    "sent": ("Sent", (LetterState.SENT,)),
}
EVERY = tuple(LetterState)


@dataclass(frozen=True, slots=True)
class Row:
    letter: Letter
    kind: str
    to: str  # whom it is for
    state: str
    said: str
    do: str
    can_be_sent_again: bool


@dataclass(frozen=True, slots=True)
class MailPage:
    open: bool
    held: bool
    server: str
    how: str  # in a sentence
    do: str
    summary: str
    show: str
    counts: dict[str, int]
    rows: Sequence[Row]
    older: str  # the address of those before; empty where there are none
    shows: dict[str, str]


@blueprint.get("/mail", endpoint="mail")
def read() -> str:
    return render_template("school/mail.html", page=_page())


def _page() -> MailPage:
    office, count = deeds.office(db()), outbox.counts(db())
    show = asked("show") if asked("show") in SHOWS else ""
    listed = outbox.listing(db(), SHOWS[show][1] if show else EVERY, number(asked("before")) or None, PER_PAGE + 1)
    shown = listed[:PER_PAGE]
    older = f"/school/mail?show={show}&before={shown[-1].id}" if len(listed) > PER_PAGE else ""
    counts = {name: sum(count.get(state, 0) for state in states) for name, (_, states) in SHOWS.items()}
    how, do = _how_it_is()
    server = site().settings.smtp
    return MailPage(
        office.open, office.held, f"{server.host}, port {server.port}" if server else "", how, do,
        wording.outbox(counts["waiting"], counts["refused"], counts["unsure"]), show, counts, _rows(shown), older,
        {name: words for name, (words, _) in SHOWS.items()},
    )  # fmt: skip


def _how_it_is() -> tuple[str, str]:
    """How mail is, and what to do about it."""
    office = deeds.office(db())
    if not office.open:
        return wording.NO_MAIL, wording.NO_MAIL_DO
    if office.failing_since:
        return wording.trouble(office.trouble, office.failing_since, office.next_try, now()), wording.what_to_do(office.trouble)
    return wording.how_mail_is(office.last_sent_at, now()), ""


def _rows(listed: Sequence[Letter]) -> list[Row]:
    whose = outbox.names(db(), [each.id for each in listed])
    return [_row(each, whose.get(each.id, "")) for each in listed]


def _row(letter: Letter, name: str) -> Row:
    troubled = letter.state in (LetterState.REFUSED, LetterState.UNSURE) or (letter.state is LetterState.WAITING and letter.said)
    can = letter.state in (LetterState.REFUSED, LetterState.UNSURE) and letter.words is not None and letter.not_after > now()
    return Row(
        letter,
        wording.KINDS[letter.kind],
        name or letter.email,
        wording.state(letter.state, letter.tries, letter.done_at, letter.not_before, now()),
        letter.said if letter.state is not LetterState.SENT else "",
        wording.what_to_do(letter.said) if troubled and letter.said else "",
        can,
    )


@blueprint.post("/mail/test", endpoint="test_letter")
def test() -> Response:
    """A letter to whoever asks; one a minute."""
    office = deeds.office(db())
    if not office.open:
        flash("There is no mail server, so there is nothing to test.", "wait")
    elif not deeds.put_test(db(), viewer(), now()):
        flash(f"A test letter to {viewer().email} was written within the last minute, and no second one. It stands below.", "done")
    elif office.held:
        flash("A test letter is written and held back, like all letters at present.", "wait")
    else:
        flash(f"A test letter to {viewer().email} is on its way. Look here again in a moment, and into your mail.", "done")
    return redirect("/school/mail", 303)


@blueprint.post("/mail/hold", endpoint="hold_mail")
def hold() -> Response:
    """Hold all letters back, or let them go: what the button said, however often it is pressed."""
    if sent("held") not in ("yes", "no"):
        abort(400)
    held = sent("held") == "yes"
    ask_again()
    if deeds.hold(db(), held, by=viewer().id, now=now()):
        log.info("Letters %s by person %s", "held" if held else "let go", viewer().id)
        flash("All letters are held back." if held else "Letters go out again.", "done")
    else:
        flash(KEPT_ALREADY, "done")
    return redirect("/school/mail", 303)


@blueprint.post("/mail/<id:letter_id>/again", endpoint="send_again")
def again(letter_id: int) -> Response:
    """Post one once more that was refused, or of which nobody knows whether it arrived."""
    letter = outbox.find(db(), letter_id) or abort(404)
    if deeds.send_again(db(), letter_id, by=viewer().id, now=now()):
        log.info("Letter %s sent again by person %s", letter_id, viewer().id)
        flash("It waits again, held back like all letters at present." if deeds.office(db()).held else "It is on its way again.", "done")
    else:
        flash(wording.not_again((outbox.find(db(), letter.id) or letter).state), "wait")
    return redirect("/school/mail", 303)
