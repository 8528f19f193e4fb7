"""How long the school keeps what: a lead sees what would go, and says yes or another time."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template
from werkzeug.wrappers import Response
from wtforms import Field
from wtforms.validators import ValidationError

from ...records import erasure
from ...records.erasure import Erasure
from ...rules.retention import SPANS, Kind
from ...services import retention as deeds
from ...services.retention import ChangedMeanwhile, Times
from ...wording import retention as wording
from ...wording.retention import ABOUT, ACTS_SENTENCE, About
from ..incoming_request import sent
from ..parts import seen
from ..parts.fields import CalmForm, Line
from ..parts.seen import KEPT_ALREADY, Theirs
from ..security.confirm import ask_again
from ..site import db, now, today, viewer
from .room import blueprint

log = logging.getLogger("induction.school")


class Months(Line):
    """So many months, between what may be chosen for a kind."""

    def __init__(self, kind: Kind, **more: Any) -> None:
        self.span = SPANS[kind]
        hint = f"{self.span.least} to {self.span.most:,}; {self.span.proposed} are proposed."
        super().__init__("Months", "Write how many months.", hint, longest=6, **more)

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if self.data and not (self.data.isascii() and self.data.isdigit() and self.span.least <= int(self.data) <= self.span.most):
            raise ValidationError(f"Write a number from {self.span.least} to {self.span.most:,}.")


class TimesForm(CalmForm):
    answers = Months(Kind.ANSWERS)
    notes = Months(Kind.NOTES)
    confidence = Months(Kind.CONFIDENCE)
    themes = Months(Kind.THEMES)
    letters = Months(Kind.LETTERS)
    browsers = Months(Kind.BROWSERS)
    left = Months(Kind.LEFT)

    @classmethod
    def of(cls, months: Mapping[Kind, int], **more: Any) -> TimesForm:
        form = cls(data={kind.value: str(count) for kind, count in months.items()}, **more)
        for kind in SPANS:
            form[kind.value].label.text = f"{ABOUT[kind].title}: months"
        return form

    def months(self) -> dict[Kind, int]:
        """What a sound form says."""
        return {kind: int(self[kind.value].data) for kind in SPANS}


@dataclass(frozen=True, slots=True)
class Row:
    about: About
    field: Field
    goes: str  # what would go, in words


@dataclass(frozen=True, slots=True)
class RetentionPage:
    form: TimesForm
    rows: Sequence[Row]
    times: Times
    saw: int
    looked: bool  # the times are typed, and not kept yet
    theirs: Theirs | None  # what another lead has said meanwhile
    acts: str
    erased: Sequence[Erasure]


@blueprint.route("/retention", methods=["GET", "POST"])
def retention() -> Response | str:
    """What would go is shown first, by what is typed; nothing goes before a lead has said yes, and then from the next day."""
    stored = deeds.times(db(), today())
    form = TimesForm.of(stored.months)
    if not form.validate_on_submit():
        return _page(form, stored, seen.number() if form.is_submitted() else stored.saw)
    if sent("do") == "look":
        return _page(form, stored, seen.number(), looked=True)
    ask_again()
    try:
        new = deeds.agree(db(), form.months(), by=viewer().id, saw=seen.number(), now=now())
    except ChangedMeanwhile:
        stored = deeds.times(db(), today())
        theirs = seen.differing(_in_words(form.months()), _in_words(stored.months))
        return _page(form, stored, stored.saw, theirs=Theirs("Another lead has said how long", theirs))
    if new:
        log.info("Retention: %s set by person %s", ", ".join(new), viewer().id)
        flash("Kept. A longer time counts at once, a shorter one from tomorrow.", "done")
    else:
        flash(KEPT_ALREADY, "done")
    return redirect("/school/retention", 303)


def _in_words(months: Mapping[Kind, int]) -> dict[str, str]:
    return {ABOUT[kind].title: wording.period(count) for kind, count in months.items()}


def _page(form: TimesForm, times: Times, saw: int, *, looked: bool = False, theirs: Theirs | None = None) -> str:
    months = form.months() if not form.errors else times.months
    goes = {each.kind: each for each in deeds.outlook(db(), months, today())}
    rows = [
        Row(ABOUT[kind], form[kind.value], wording.outlook(each.now, each.in_a_month, each.in_a_year, kind, times.agreed))
        for kind, each in goes.items()
    ]
    page = RetentionPage(form, rows, times, saw, looked, theirs, ACTS_SENTENCE, erasure.all_of_them(db()))
    return render_template("school/retention.html", page=page)
