"""What leads did: the log, narrowed and page by page, and as a sheet."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from flask import Response, render_template
from wtforms import SelectField
from wtforms.validators import ValidationError

from ...records import acts
from ...records.acts import SERVER, LogPage, Place, Wanted
from ...records.people import people
from ...rules import calendar
from ...rules.acts import Done, Kind
from ...rules.names import told_apart
from ...wording import acts as wording
from ...wording import dates
from ...wording.acts import Called
from ..incoming_request import all_sent, asked
from ..parts import handed_out
from ..parts.fields import CalmForm, DayField, Line
from ..parts.paging import LONGEST_SEARCH
from ..security.confirm import ask_again
from ..site import current_programme, db, today, viewer
from .room import blueprint

log = logging.getLogger("induction.school")
HERE = "/school/acts"
ANYBODY = ""
PERSON = "\N{OBJECT REPLACEMENT CHARACTER}"  # in a sentence, where the name of whom it concerns is a link


class LogForm(CalmForm):
    """What of the log is asked for; it stands in the address."""

    class Meta(CalmForm.Meta):
        csrf = False  # asking changes nothing

    by = SelectField("By whom", choices={}, default=ANYBODY)
    about = Line("For whom: name or email", longest=LONGEST_SEARCH)
    kind = SelectField("Of what", choices={ANYBODY: "Everything", **wording.KINDS}, default=ANYBODY)
    since = DayField("From", past=True, name="from")
    until = DayField("Until", past=True)

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        leads = acts.leads_ever(db())
        called = told_apart(leads, people.shared_names(db(), (each.name for each in leads)))
        self.by.choices = {ANYBODY: "Anybody", **{str(each.id): called[each.id] for each in leads}, str(SERVER): wording.THE_SERVER}

    def validate_until(self, field: DayField) -> None:
        if self.since.day and field.day and field.day < self.since.day:
            raise ValidationError("That is before the first day. Write a later one, or leave it empty.")

    @property
    def wanted(self) -> Wanted:
        """What a sound form asks for."""
        return Wanted(
            by=int(self.by.data) if self.by.data else None,
            about=frozenset(acts.called_like(db(), self.about.data)) if self.about.data else None,
            kind=Kind(self.kind.data) if self.kind.data else None,
            since=calendar.midnight(self.since.day) if self.since.day else None,
            before=calendar.midnight(self.until.day + timedelta(days=1)) if self.until.day else None,
        )

    @property
    def narrowed(self) -> dict[str, str]:
        """What is asked for, by the names of the fields."""
        return {field.name: field.shown if isinstance(field, DayField | Line) else field.data or "" for field in self}

    def address(self, path: str = HERE, place: Place | None = None) -> str:
        wanted = {**self.narrowed, "place": str(place) if place else ""}
        query = urlencode({name: value for name, value in wanted.items() if value})
        return f"{path}?{query}" if query else path


@dataclass(frozen=True, slots=True)
class Row:
    done: Done
    when: str
    who: str
    before: str  # the sentence, up to the name of whom it concerns
    after: str
    changes: list[str]


@dataclass(frozen=True, slots=True)
class ActsPage:
    form: LogForm
    lead: str
    heading: str
    rows: list[Row]
    nobody: str  # why nothing was found; empty where it is told otherwise
    newest: str  # the address of the newest; empty where this is it
    older: str  # of the page that follows; empty where there is none
    sheet: str


@blueprint.get("/acts", endpoint="acts")
def read() -> str:
    form = LogForm(formdata=all_sent())
    sound, place = form.validate(), Place.read(asked("place"))
    found = acts.log(db(), form.wanted, place) if sound else LogPage([], None)
    called = Called.of(current_programme().library)
    page = ActsPage(
        form=form,
        lead=wording.LEAD,
        heading=wording.heading(any(form.narrowed.values())),
        rows=[_row(each, called) for each in found.acts],
        nobody=wording.nothing_found(form.about.data if sound and not form.wanted.about else ""),
        newest=form.address() if place and sound else "",
        older=form.address(place=found.older) if found.older else "",
        sheet=form.address(f"{HERE}.csv") if sound else "",
    )
    return render_template("school/acts.html", page=page)


def _row(done: Done, called: Called) -> Row:
    before, _, after = wording.sentence(done, called, PERSON if done.person_id else None).partition(PERSON)
    return Row(done, dates.day_and_clock(done.at, today()), wording.who(done), before, after, wording.changes(done, called))


@blueprint.get("/acts.csv", endpoint="acts_csv")
def sheet() -> Response:
    """All of what is asked for; of nonsense, nothing is left out."""
    ask_again()
    form = LogForm(formdata=all_sent())
    wanted = form.wanted if form.validate() else Wanted()
    called = Called.of(current_programme().library)
    handed_out.note_download("what leads did")
    log.info("Acts exported by person %s", viewer().id)
    return handed_out.sheet("what-leads-did", wording.COLUMNS, (wording.row(each, called) for each in acts.whole_log(db(), wanted)))
