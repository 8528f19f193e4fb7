"""Who has acknowledged the policy and who has not, version by version; signatures on paper."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Response, abort, flash, redirect, render_template
from werkzeug.wrappers import Response as AnyResponse
from wtforms.validators import ValidationError

from ...records.people import people
from ...records.people.people import Person
from ...records.policy import acknowledgements, versions
from ...records.policy.acknowledgements import NotTheLatest, Reader, Signed
from ...records.policy.versions import Version
from ...rules import calendar
from ...rules.names import told_apart
from ...services import completion
from ...services.approved_accounts import NotASecondHand
from ...wording import dates, policy
from ...wording.second_signature import waits_words
from ..incoming_request import asked, sent
from ..parts import handed_out
from ..parts.fields import CalmForm, DayField, Name
from ..parts.paging import within
from ..security.confirm import ask_again
from ..site import current_programme, db, now, today, viewer
from .room import blueprint

log = logging.getLogger("induction.policy")
PER_PAGE = 50


class PaperForm(CalmForm):
    """A signature on paper under a published version."""

    name = Name("Name as it is signed", "Write the name as it stands on the paper.")
    signed_on = DayField("Signed on", "Write the day it was signed.", "For example, 20/11/2026", past=True)

    def __init__(self, version: Version, **given: Any) -> None:
        super().__init__(**given)
        self._version = version

    def validate_signed_on(self, field: DayField) -> None:
        if field.day and field.day > today():
            raise ValidationError("That day is still to come; write the day on the paper.")
        published = calendar.local(self._version.at).date()
        if field.day and field.day < published:
            raise ValidationError(policy.before_it_was_published(self._version.number, published, today()))


@dataclass(frozen=True, slots=True)
class ReadersPage:
    version: Version | None  # None: nothing is published
    versions: list[Version]
    lead: str
    counts: bool  # whether whoever has read this version is asked nothing more
    done: int
    left: int
    show: str  # `done` or `left`
    rows: list[tuple[Reader, str, str]]  # what they are called, and the day
    paper: Person | None  # whose signature on paper is being recorded
    form: PaperForm | None
    me: int
    page: int
    pages: int
    trouble: str | None = None  # why a signature was not recorded

    def address(self, page: int) -> str:
        wanted = {"version": self.version.number if self.version else "", "show": self.show, "page": page}
        return f"/school/policy/readers?{urlencode(wanted)}"


def _published() -> tuple[list[Version], Version | None]:
    """The versions that have a text, the latest first, and the one asked for: the one in force where none of them is."""
    published = [each for each in versions.versions(db()) if each.sha256]
    wanted = asked("version")
    return published, next((each for each in published if str(each.number) == wanted), next(iter(published), None))


def _counts_from(published: list[Version], shown: Version) -> int:
    """The version from which an acknowledgement counts for the one shown: a minor version asks nobody."""
    return next((each.number for each in published if each.material and each.number <= shown.number), 0)


def _readers(paper: Person | None = None, form: PaperForm | None = None, trouble: str | None = None) -> str:
    published, shown = _published()
    counts_from = _counts_from(published, shown) if shown else 0
    done, left = acknowledgements.counts(db(), counts_from) if shown else (0, 0)
    show = "done" if asked("show") == "done" else "left"
    number, pages = within(done if show == "done" else left, PER_PAGE)
    page = ReadersPage(
        version=shown,
        versions=published,
        lead=policy.have_read(shown.number, done, left, latest=shown is published[0], counts_from=counts_from) if shown else "",
        counts=shown is not None and shown.number >= current_programme().policy.asks_for,
        done=done,
        left=left,
        show=show,
        rows=_rows(counts_from, show == "done", number) if shown else [],
        paper=paper,
        form=form,
        me=viewer().id,
        page=number,
        pages=pages,
        trouble=trouble,
    )
    return render_template("school/policy-readers.html", page=page)


def _rows(counts_from: int, done: bool, number: int) -> list[tuple[Reader, str, str]]:
    found = acknowledgements.readers(db(), counts_from, done=done, page=number, per_page=PER_PAGE)
    called = told_apart(found, people.shared_names(db(), (each.name for each in found)))
    return [(each, called[each.id], _day(each)) for each in found]


def _day(reader: Reader) -> str:
    kept = reader.acknowledgement
    return dates.day(kept.signed_on or calendar.local(kept.at).date(), today()) if kept else ""


@blueprint.get("/policy/readers", endpoint="readers")
def readers() -> str:
    return _readers()


@blueprint.get("/policy/readers.csv", endpoint="readers_csv")
def readers_csv() -> Response:
    """Every acknowledgement there is; with `left`, who is still asked."""
    ask_again()
    handed_out.note_download("who has still to read the policy" if asked("left") else "who has read the policy")
    log.info("Acknowledgements exported by person %s", viewer().id)
    if not asked("left"):
        return handed_out.sheet("policy-acknowledgements", acknowledgements.EXPORTED, acknowledgements.export(db()))
    version = current_programme().policy.asks_for
    rows = [
        {"person_email": each.email, "person_name": each.name, "policy_version": version}
        for each in (acknowledgements.readers(db(), version, done=False) if version else [])
    ]
    return handed_out.sheet("policy-acknowledgements", ("person_email", "person_name", "policy_version"), rows)


@blueprint.route("/policy/readers/<id:person_id>", methods=["GET", "POST"], endpoint="paper_signature")
def paper(person_id: int) -> AnyResponse | str:
    """Record a signature on paper under the version that stands on it, marked as such. Nobody records their own."""
    found, (_, version) = people.find(db(), person_id), _published()
    if found is None or not found.active or found.id == viewer().id or version is None:
        abort(404)
    form = PaperForm(version)
    if not form.validate_on_submit():
        return _readers(found, form)
    signed = Signed(
        found.id, version.number, sent("sha256"), form.name.data, now(), recorded_by=viewer().id, signed_on=form.signed_on.day
    )
    try:
        new = completion.acknowledge(db(), current_programme(), signed).new
    except NotTheLatest:
        flash("Nothing was recorded: another version was published meanwhile. Look which one was signed.", "wait")
        return redirect("/school/policy/readers", 303)
    except NotASecondHand as fault:
        return _readers(found, form, waits_words(fault.tie, found.name, today()))
    if new:
        log.info("Paper signature of person %s recorded by person %s", found.id, viewer().id)
    flash(f"Kept, as signed on paper: {found.name}." if new else _had_before(found, version), "done")
    return redirect("/school/policy/readers", 303)


def _had_before(person: Person, version: Version) -> str:
    """What is on record already, and stands: what was typed now is not kept."""
    kept = next((each for each in acknowledgements.of_person(db(), person.id) if each.counts and each.version == version.number), None)
    if kept is None:
        return policy.acknowledged_before(person.name, None)
    on = kept.signed_on or calendar.local(kept.at).date()
    return policy.acknowledged_before(person.name, policy.signed(on, kept.typed_name, kept.recorded_by_name, today()))
