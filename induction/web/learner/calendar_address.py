"""The addresses under which one's own calendar program finds due dates: made, shown, renewed, ended."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template
from werkzeug.wrappers import Response

from ...records.people.calendar_addresses import Whose
from ...services import calendars
from ...wording import dates
from ..incoming_request import sent
from ..parts import seen
from ..site import db, now, site, today, viewer
from .room import blueprint

log = logging.getLogger("induction.account")
TITLES = {Whose.OWN: "My own date", Whose.TEACHERS: "My teachers’ dates"}
HOLDS = {
    Whose.OWN: "The day by which your induction is to be done, until it is.",
    Whose.TEACHERS: "The first names of your teachers who have not finished, each with their date.",
}


@dataclass(frozen=True, slots=True)
class Row:
    whose: Whose
    title: str
    holds: str
    made: str  # when the address was made; empty where there is none
    address: str  # empty where there is none, or it can't be shown again
    saw: str


@dataclass(frozen=True, slots=True)
class CalendarPage:
    rows: list[Row]


@blueprint.get("/account/calendar", endpoint="calendar_address")
def read() -> str:
    found = calendars.addresses(db(), viewer())
    return render_template("learner/calendar.html", page=CalendarPage([_row(each, found) for each in calendars.may_have(viewer())]))


def _row(whose: Whose, found: dict[Whose, tuple[calendars.Address, str]]) -> Row:
    if whose not in found:
        return Row(whose, TITLES[whose], HOLDS[whose], "", "", "")
    made, token = found[whose]
    address = f"{site().settings.address}/calendar/{token}.ics" if token else ""
    return Row(whose, TITLES[whose], HOLDS[whose], dates.day_and_clock(made.made_at, today()), address, calendars.mark(made))


@blueprint.post("/account/calendar", endpoint="change_calendar")
def change() -> Response:
    """Make an address, or a new one in its place; or end it."""
    whose = Whose(sent("whose")) if sent("whose") in calendars.may_have(viewer()) else abort(404)
    if sent("do") == "end":
        ended = calendars.end(db(), viewer(), whose)
        flash("Ended. Nothing is found there any more." if ended else "It had ended before. Nothing more was changed.", "done")
    elif calendars.renew(db(), viewer(), whose, saw=seen.sent(), now=now()):
        flash("Here is the address. One that was there before has ended.", "done")
    else:
        flash("The address was made already and stands below. Nothing more was changed.", "done")
    log.info("Calendar address changed: person %s", viewer().id)
    return redirect("/account/calendar", 303)
