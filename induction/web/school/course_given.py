"""To whom a course is given, and when it comes round: what a lead says of it on the course's page."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import flash, redirect, render_template
from werkzeug.wrappers import Response
from wtforms import RadioField, SelectMultipleField
from wtforms.validators import ValidationError

from ...content.model import Course
from ...records.people import staff_groups
from ...records.people.staff_groups import StaffGroup
from ...records.school import course_cycles
from ...rules import calendar
from ...rules.calendar import DayOfYear
from ...rules.cycles import MOST_MONTHS, MOST_WEEKS, Cycle
from ...services import course_cycles as deeds
from ...services.course_cycles import ChangedMeanwhile, Wanted
from ...services.programme import Programme
from ...services.staff_groups import NoSuchGroup
from ...wording import cycles as words
from ...wording import dates
from ..parts import seen
from ..parts.fields import CalmForm, Line
from ..parts.seen import KEPT_ALREADY, Theirs
from ..site import current_programme, db, now, today, viewer
from .courses import find_course, to_whom
from .room import blueprint

log = logging.getLogger("induction.school")
TURNS = {
    "no": "Not at all: once is enough",
    "year": "Every year, on the same day",
    "months": "So many months after somebody completed it",
}


class DayOfYearField(Line):
    """A day of the year, however people write it: `day` holds it, or None."""

    day: DayOfYear | None = None

    def fit(self, typed: str) -> str:
        plain = super().fit(typed)
        self.day = calendar.read_day_of_year(plain) if plain else None
        return self.day.written if self.day else ""

    def process_data(self, value: DayOfYear | None) -> None:
        self.day, self.data = value, value.written if value else ""


class CountField(Line):
    """A whole number between 1 and `most` of something."""

    def __init__(self, label: str, most: int, **more: object) -> None:
        super().__init__(label, longest=10, **more)  # type: ignore[arg-type]
        self.most = most

    def fit(self, typed: str) -> str:
        plain = super().fit(typed)
        if plain and not (plain.isascii() and plain.isdigit() and 1 <= int(plain) <= self.most):
            raise ValueError(f"Write a number from 1 to {self.most}.")
        return str(int(plain)) if plain else ""


class GivenForm(CalmForm):
    groups = SelectMultipleField("Groups of staff that are given it")
    turn = RadioField("Does it come round?", choices=TURNS)
    every = DayOfYearField("On which day?", hint="For example, 1 September.")
    joined_by = DayOfYearField(
        "Last day of joining for the next round", hint="For example, 1 May: whoever joined or completed it later is asked the year after."
    )
    months = CountField("After how many months?", MOST_MONTHS, hint=f"From 1 to {MOST_MONTHS}.")
    weeks = CountField("Weeks to do it in", MOST_WEEKS, hint="From the day on which a round begins.")

    @classmethod
    def of(cls, cycle: Cycle, given: list[int], groups: list[StaffGroup]) -> GivenForm:
        turn = "year" if cycle.every else "months" if cycle.months else "no"
        form = cls(data={
            "groups": list(map(str, given)), "turn": turn, "every": cycle.every, "joined_by": cycle.joined_by,
            "months": str(cycle.months or ""), "weeks": str(cycle.weeks),
        })  # fmt: skip
        form.groups.choices = {str(each.id): each.name for each in groups}
        form.groups.invalid_choice_message = "A group is no longer there. Choose among these."
        return form

    def validate_every(self, field: DayOfYearField) -> None:
        if self.turn.data == "year" and not field.day and not field.errors:
            raise ValidationError(calendar.WRITE_A_DAY_OF_YEAR)

    def validate_months(self, field: CountField) -> None:
        if self.turn.data == "months" and not field.data and not field.errors:
            raise ValidationError(f"Write after how many months: from 1 to {MOST_MONTHS}.")

    def validate_weeks(self, field: CountField) -> None:
        if self.turn.data != "no" and not field.data and not field.errors:
            raise ValidationError(f"Write how many weeks there are for a round: from 1 to {MOST_WEEKS}.")

    def cycle(self) -> Cycle:
        """What a sound form says."""
        weeks = int(self.weeks.data or Cycle().weeks)
        if self.turn.data == "year":
            return Cycle(every=self.every.day, joined_by=self.joined_by.day, weeks=weeks)
        return Cycle(months=int(self.months.data), weeks=weeks) if self.turn.data == "months" else Cycle()


@dataclass(frozen=True, slots=True)
class Before:
    """What was said of a course's cycle."""

    words: str
    who: str
    day: str


@dataclass(frozen=True, slots=True)
class GivenPage:
    course: Course
    form: GivenForm
    saw: int
    history: list[Before]
    theirs: Theirs | None = None


@blueprint.route("/given/<course>", methods=["GET", "POST"])
def given(course: str) -> Response | str:
    """Say to whom a course is given and when it comes round. What another lead said meanwhile is shown."""
    found, programme = find_course(course), current_programme()
    groups = staff_groups.listing(db()) if found.by_name else []
    now_given, saw = staff_groups.given_to(db()).get(found.slug, []), deeds.said(db(), found)
    form = GivenForm.of(programme.cycle(found), now_given, groups)
    if not form.validate_on_submit():
        return _page(found, form, seen.number() if form.is_submitted() else saw)
    wanted = Wanted(form.cycle(), frozenset(map(int, form.groups.data or ())) if groups else frozenset(now_given), seen.number())
    try:
        changed = deeds.change(db(), programme, found, wanted, by=viewer().id, now=now())
    except (ChangedMeanwhile, NoSuchGroup):
        return _page(found, form, saw, _theirs(programme, found))
    if changed:
        log.info("Course %s: groups %s, cycle %s, by person %s", found.slug, sorted(wanted.groups), wanted.cycle, viewer().id)
    flash(words.saved(wanted.cycle, today()) if changed else KEPT_ALREADY, "done")
    return redirect(f"/school/courses/{found.slug}", 303)


def _page(course: Course, form: GivenForm, saw: int, theirs: Theirs | None = None) -> str:
    history = [
        Before(words.comes_round(each.cycle), seen.who(each.by, each.by_name),
               dates.day_and_clock(each.at, today()))
        for each in course_cycles.history(db(), course.slug)
    ]  # fmt: skip
    return render_template("school/course-given.html", page=GivenPage(course, form, saw, history, theirs))


def _theirs(programme: Programme, course: Course) -> Theirs:
    to = to_whom(programme, course)
    return Theirs("It was changed meanwhile", [("Given to", [to]), ("Comes round", [words.comes_round(programme.cycle(course))])])
