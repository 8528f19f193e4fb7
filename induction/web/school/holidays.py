"""The school's holidays: entered from a day to a day, or pasted as councils publish them and looked at line by line."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import flash, redirect, render_template
from werkzeug.wrappers import Response

from ...records.school.holidays import Entered
from ...rules import holiday_calendar, holiday_lines
from ...rules.holiday_lines import LONGEST, Line
from ...rules.sending_days import Holiday
from ...services import school_days
from ...services.school_days import NoDayLeft
from ...wording import school_days as wording
from ..incoming_request import sent
from ..parts import seen
from ..parts.fields import CalmForm, DayField, Paragraph
from ..parts.fields import Line as LineField
from ..security.carried_fields import keeps_words_of
from ..site import current_programme, db, now, today, viewer
from .room import blueprint

log = logging.getLogger("induction.school")
LONGEST_PASTED = 50_000  # characters: a calendar file of some years


class HolidayForm(CalmForm):
    holiday = LineField("What it is called", hint="Such as Autumn half term.", longest=LONGEST)
    first = DayField("First day", "Write the first day.", "Such as 26 October 2026.")
    last = DayField("Last day", "Write the last day.", "The last day on which the school is closed.")


class PastedForm(CalmForm):
    pasted = Paragraph(
        "Paste the dates",
        "Paste the dates here.",
        "From the council’s page, a sheet, or a calendar file (.ics). One holiday on a line, such as Autumn half term:"
        " Monday 26 October to Friday 30 October 2026.",
        longest=LONGEST_PASTED,
    )


@dataclass(frozen=True, slots=True)
class Row:
    entered: Entered
    days: str


@dataclass(frozen=True, slots=True)
class HolidaysPage:
    rows: list[Row]
    form: HolidayForm
    pasted: PastedForm
    now: str  # whether letters go today


@dataclass(frozen=True, slots=True)
class LineShown:
    line: Line
    days: str = ""
    notes: tuple[str, ...] = ()  # what is to be known of a holiday before it is entered
    new: bool = False  # its days are no holidays yet


@dataclass(frozen=True, slots=True)
class PastedPage:
    form: PastedForm
    lines: list[LineShown]
    count: int  # of the holidays in it
    problems: int
    saw: str
    meanwhile: bool = False  # what it would do is another thing than was shown


@blueprint.get("/holidays", endpoint="holidays")
def read() -> str:
    return _page(HolidayForm(formdata=None), PastedForm(formdata=None))


def _page(form: HolidayForm, pasted: PastedForm) -> str:
    rows = [Row(each, wording.from_to(each.first, each.last, today())) for each in school_days.coming(db(), today())]
    days = school_days.sending_days(db(), _nation())
    stands = wording.quiet_today(days.why_quiet(today()), today(), days.first_from(today()))
    return render_template("school/holidays.html", page=HolidaysPage(rows, form, pasted, stands))


def _nation() -> str:
    return current_programme().school.nation


@blueprint.post("/holidays", endpoint="enter_holiday")
def enter() -> Response | str:
    """Enter one; where it can't be so, what was typed comes back."""
    form = HolidayForm()
    if not form.validate():
        return _page(form, PastedForm(formdata=None))
    first, last = form.first.day or date.max, form.last.day or date.min
    line = holiday_lines.checked(0, "", Holiday(form.holiday.data or wording.NAMELESS, first, last), today())
    if line.holiday is None:
        form.last.errors = [line.problem or line.left_out]
        return _page(form, PastedForm(formdata=None))
    try:
        _, left = _look([], line.holiday)
        [entered] = school_days.enter(db(), _nation(), [line.holiday], by=viewer().id, now=now())
    except NoDayLeft:
        form.last.errors = [wording.ALL_YEAR]
        return _page(form, PastedForm(formdata=None))
    _say(entered, left)
    return redirect("/school/holidays", 303)


def _look(before: Sequence[Holiday], added: Holiday) -> tuple[school_days.Entered, tuple[int, int]]:
    """What would come of a holiday after those that come before it. Raises NoDayLeft."""
    return school_days.look(_nation(), [*(each.holiday for each in school_days.coming(db(), date.min)), *before], added)


def _say(entered: school_days.Entered, left: tuple[int, int]) -> None:
    if entered.before:
        flash(wording.stood_so(entered.whole, today()), "done")
        return
    log.info("A holiday was entered by person %s", viewer().id)
    flash(" ".join(filter(None, ["Entered.", _joined(entered)])), "done")
    if warning := wording.few_left(*left):
        flash(warning, "wait")


def _joined(entered: school_days.Entered) -> str:
    return wording.became_one(entered.whole, entered.joined, today()) if entered.joined else ""


@blueprint.post("/holidays/<id:holiday_id>/take-away", endpoint="take_holiday_away")
def take_away(holiday_id: int) -> Response:
    if school_days.take_away(db(), holiday_id, by=viewer().id, now=now()):
        log.info("A holiday was taken away by person %s", viewer().id)
        flash("Taken away. Letters go on its school days again.", "done")
    else:
        flash("It was taken away before. Nothing more was changed.", "done")
    return redirect("/school/holidays", 303)


@blueprint.post("/holidays/pasted", endpoint="paste_holidays")
@keeps_words_of(lambda: PastedForm)
def paste() -> Response | str:
    """Look at what was pasted; and enter it, where it would still do what was shown."""
    form = PastedForm()
    if not form.validate():
        return _page(HolidayForm(formdata=None), form)
    page = _looked_at(form)
    if sent("then") != "enter":
        return render_template("school/holidays-pasted.html", page=page)
    if page.count and not any(each.new for each in page.lines):
        flash(seen.KEPT_ALREADY, "done")
        return redirect("/school/holidays", 303)
    if page.saw != seen.sent() or not page.count:
        return render_template("school/holidays-pasted.html", page=_looked_at(form, meanwhile=True))
    found = [each.line.holiday for each in page.lines if each.line.holiday]
    try:
        entered = school_days.enter(db(), _nation(), found, by=viewer().id, now=now())
    except NoDayLeft:  # with what another lead has entered this moment
        return render_template("school/holidays-pasted.html", page=_looked_at(form, meanwhile=True))
    new = sum(not each.before for each in entered)
    log.info("%s holidays were entered by person %s", new, viewer().id)
    flash(f"Entered: {new}." if new else seen.KEPT_ALREADY, "done")
    return redirect("/school/holidays", 303)


def _looked_at(form: PastedForm, meanwhile: bool = False) -> PastedPage:
    text = form.pasted.data or ""
    read = holiday_calendar.read if holiday_calendar.is_calendar(text) else holiday_lines.read
    before: list[Holiday] = []
    lines = [_line(each, before) for each in read(text, today())]
    count = sum(each.line.holiday is not None for each in lines)
    problems = sum(bool(each.line.problem) for each in lines)
    return PastedPage(form, lines, count, problems, seen.fingerprint([str(each) for each in lines]), meanwhile)


def _line(line: Line, before: list[Holiday]) -> LineShown:
    """A line as it would be entered after those before it."""
    if line.holiday is None:
        return LineShown(line)
    try:
        entered, left = _look(before, line.holiday)
    except NoDayLeft:
        return LineShown(Line(line.number, line.words, problem=wording.ALL_YEAR))
    days = wording.from_to(line.holiday.first, line.holiday.last, today())
    if entered.before:
        return LineShown(line, days, (wording.stood_so(entered.whole, today()),))
    before[:] = [*(each for each in before if each not in entered.joined), entered.whole]
    return LineShown(line, days, tuple(filter(None, (_joined(entered), wording.few_left(*left)))), new=True)
