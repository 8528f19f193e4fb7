"""Evidence: the chain's head, what it shows and what it can't, who keeps it outside, and what is taken along."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO

from flask import flash, redirect, render_template, request
from werkzeug.wrappers import Response
from wtforms.validators import ValidationError

from ...records import evidence
from ...records.evidence import Entry
from ...records.people import people
from ...records.school import evidence_heads, post_office
from ...records.school.evidence_heads import PLACES
from ...rules import evidence as rules
from ...services import evidence as deeds
from ...wording import dates
from ...wording import evidence as wording
from ..incoming_request import asked
from ..parts import handed_out, seen
from ..parts.fields import CalmForm, EmailLine
from ..parts.seen import KEPT_ALREADY, Theirs
from ..security.confirm import ask_again
from ..site import db, now, site, today, viewer
from . import certificates
from .room import blueprint

log = logging.getLogger("induction.school")
HERE = "/school/evidence"
PIECE = 2**16  # bytes
IN_MEMORY = 2**20  # bytes of what is handed out; the rest lies on the disk until it has gone


class EmailOfSomebodyHere(EmailLine):
    """Somebody who can sign in here; may be left empty."""

    person_id: int | None = None

    def __init__(self, label: str, **more: str) -> None:
        super().__init__(label, **more)
        self.validators = []

    def pre_validate(self, form: CalmForm) -> None:
        super().pre_validate(form)
        found = people.by_email(db(), self.data) if self.data else None
        if self.data and (found is None or not found.active):
            raise ValidationError("Nobody here has that address. Write the one that stands on their page, or add them first.")
        self.person_id = found and found.id


class WitnessesForm(CalmForm):
    first = EmailOfSomebodyHere("First person: their email here")
    second = EmailOfSomebodyHere("Second person: their email here")

    def validate_second(self, field: EmailOfSomebodyHere) -> None:
        if field.data and field.data == self.first.data:
            raise ValidationError("That is the first person again. Write another, or leave it empty.")


@dataclass(frozen=True, slots=True)
class Head:
    """A head that somebody kept, looked up."""

    typed: str
    entry: Entry | None
    too_short: bool


@dataclass(frozen=True, slots=True)
class EvidencePage:
    entries: str
    head: str
    last: str  # how it was found when it was gone through last
    proves: tuple[str, ...]
    kept: Head | None
    kept_at: str
    posts: bool  # the site sends letters
    form: WitnessesForm
    saw: str  # who is named as the page shows it, by `seen.fingerprint`
    theirs: Theirs | None  # whom another lead has named meanwhile
    certificates: list[tuple[str, str, str]]  # those of a year, or all: what they are called, how many, and where


@blueprint.route("/evidence", methods=["GET", "POST"], endpoint="evidence")
def read() -> Response | str:
    before = evidence_heads.witnesses(db())
    emails = {place: person.email for place in PLACES if (person := people.find(db(), before.get(place, 0)))}
    form = WitnessesForm(first=emails.get(1, ""), second=emails.get(2, ""))
    saw, theirs = seen.sent() if form.is_submitted() else seen.fingerprint(before), None
    if form.validate_on_submit():
        named = form.first.person_id, form.second.person_id
        try:
            new = deeds.name_witnesses(db(), named, lambda then: seen.fingerprint(then) == saw, by=viewer().id, now=now())
        except deeds.WitnessesMeanwhile:
            saw = seen.fingerprint(before)
            stored = {form.first.label.text: emails.get(1, ""), form.second.label.text: emails.get(2, "")}
            typed = {form.first.label.text: form.first.shown, form.second.label.text: form.second.shown}
            theirs = Theirs("Somebody else has named others", seen.differing(typed, stored))
        else:
            flash(wording.kept_elsewhere(_posts()) if new else KEPT_ALREADY, "done")
            return redirect(HERE, 303)
    latest, kept = evidence.latest(db()), _kept(asked("head"))
    return render_template("school/evidence.html", page=EvidencePage(
        entries=wording.entries(latest.n if latest else 0),
        head=wording.in_groups(latest.head) if latest else "",
        last=_last_look(),
        proves=wording.PROVES,
        kept=kept,
        kept_at=dates.day_and_clock(kept.entry.at, today()) if kept and kept.entry else "",
        posts=_posts(),
        form=form,
        saw=saw,
        theirs=theirs,
        certificates=certificates.choices(),
    ))


def _posts() -> bool:
    return post_office.look(db()).open


def _last_look() -> str:
    """How the chain was found; the head that it had then is not said twice."""
    found = next((each for each in site().readiness.findings() if each.name == "evidence"), None)
    if found is None or not found.ok:
        return found.words if found else ""
    return wording.held(found.numbers.get("entries_of_evidence", 0))


def _kept(typed: str) -> Head | None:
    """The entry of a head, however it was written down."""
    if not typed:
        return None
    digits = rules.digits(typed)
    return Head(typed[:100], evidence.by_head(db(), digits) if digits else None, not digits)


@blueprint.post("/evidence/check", endpoint="check_evidence")
def check() -> Response:
    """Go through it now; the site does so by itself, too."""
    checked = evidence.check(db())
    if checked.fault:
        flash(f"The chain does not hold. {deeds.in_words(checked)}", "wait")
        log.error("The chain of evidence does not hold. %s", deeds.in_words(checked))
    else:
        flash(f"The chain holds: {wording.entries(checked.entries)}, and each says what the records say.", "done")
    return redirect(HERE, 303)


@blueprint.get("/evidence/evidence.zip", endpoint="evidence_file")
def whole() -> Response:
    """The chain with the program that verifies it, for whoever doubts."""
    ask_again()
    handed_out.note_download("the chain of evidence")
    return handed_out.download(_packed(), "application/zip", f"evidence-{today().isoformat()}.zip")


def _packed() -> Iterator[bytes]:
    """The file, a piece at a time."""
    if request.method != "GET":
        return iter(())
    out = SpooledTemporaryFile(IN_MEMORY)
    deeds.pack(db(), out)  # before anything goes out: what can't be made is a page of its own
    out.seek(0)
    return _pieces(out)


def _pieces(out: IO[bytes]) -> Iterator[bytes]:
    with out:
        while piece := out.read(PIECE):
            yield piece
