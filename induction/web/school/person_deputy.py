"""Who stands in for a mentor: named, with its days, and taken back."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date

from flask import abort, flash, redirect, render_template
from werkzeug.wrappers import Response
from wtforms import SelectField
from wtforms.validators import ValidationError

from ...records.people import deputies, people
from ...records.people.people import NotAMentor, Person
from ...rules.deputies import Deputy
from ...rules.roles import MENTORS
from ...services import deputies as deeds
from ...services.deputies import DeputyMeanwhile, NotTheirMentor, Stand
from ...services.people import NOBODY
from ...wording import dates
from ..parts import seen
from ..parts.fields import CalmForm, DayField
from ..parts.seen import KEPT_ALREADY, Theirs
from ..site import db, now, today, viewer
from .person_form import GONE, offered
from .room import blueprint

log = logging.getLogger("induction.school")


class DeputyForm(CalmForm):
    deputy = SelectField("Who stands in?", default="", invalid_choice_message=GONE)
    begins = DayField("From", hint="For example, 04/12/2026.")
    ends = DayField("Until", hint="The last day. Leave it empty: until you take it back.")
    said: Deputy | None = None  # what stands

    @classmethod
    def of(cls, mentor: Person, said: Deputy | None) -> DeputyForm:
        """Filled in with what stands; where nothing does, from today."""
        stands = said if said and not said.is_over(today()) and not said.lapsed else None
        form = cls(data={
            "deputy": str(stands.deputy_id) if stands else "", "begins": stands.begins if stands else today(),
            "ends": stands.ends if stands else None,
        })  # fmt: skip
        form.said = stands
        form.deputy.choices = {"": "Choose", str(NOBODY): "Nobody"} | offered(mentor.id)
        return form

    def validate_deputy(self, field: SelectField) -> None:
        if not field.data:
            raise ValidationError("Choose who stands in.")

    def validate_begins(self, field: DayField) -> None:
        if not field.day and self.deputy.data != str(NOBODY):
            raise ValidationError("Write the first day.")
        if field.day and field.day < today() and not (self.said and field.day == self.said.begins):
            raise ValidationError("That day is past. Write today, or a day to come.")

    def validate_ends(self, field: DayField) -> None:
        if field.day and self.begins.day and field.day < max(self.begins.day, today()):
            raise ValidationError("Write a day to come, after the first.")

    def stand(self) -> Stand:
        """What a sound form says."""
        if self.deputy.data == str(NOBODY):
            return Stand(None, today())
        return Stand(int(self.deputy.data), self.begins.day or today(), self.ends.day)


@dataclass(frozen=True, slots=True)
class DeputyPage:
    mentor: Person
    form: DeputyForm
    saw: int
    stands: bool  # whether somebody is named
    theirs: Theirs | None = None
    trouble: str = ""


@blueprint.route("/people/<id:person_id>/deputy", methods=["GET", "POST"])
def deputy(person_id: int) -> Response | str:
    """Say who stands in for a mentor. Pressed twice, it is said once; what another lead said meanwhile is shown."""
    mentor = people.find(db(), person_id) or abort(404)
    if not mentor.active or mentor.role not in MENTORS:
        abort(404)
    latest = deputies.latest(db(), mentor.id)
    form, saw = DeputyForm.of(mentor, latest), latest.id if latest else 0
    stands = form.said is not None
    if not form.validate_on_submit():
        return _page(DeputyPage(mentor, form, seen.number() if form.is_submitted() else saw, stands))
    try:
        said = deeds.name_deputy(db(), mentor.id, form.stand(), saw=seen.number(), by=viewer().id, now=now())
    except DeputyMeanwhile as fault:
        return _page(DeputyPage(mentor, form, fault.latest.id, stands, _theirs(fault.latest)))
    except NotAMentor:
        form.deputy.errors = [GONE]
        return _page(DeputyPage(mentor, form, seen.number(), stands))
    except NotTheirMentor as fault:
        return _page(DeputyPage(mentor, form, saw, stands, trouble=str(fault)))
    if said:
        log.info("Deputy of person %s: %s, by person %s", mentor.id, form.stand().deputy_id, viewer().id)
    flash(_done(mentor, form) if said else KEPT_ALREADY, "done")
    return redirect(f"/school/people/{mentor.id}", 303)


def _page(page: DeputyPage) -> str:
    return render_template("school/person-deputy.html", page=page)


def _done(mentor: Person, form: DeputyForm) -> str:
    stand = form.stand()
    if stand.deputy_id is None:
        return f"Saved. Nobody stands in for {mentor.name}."
    return f"Saved. {dict(form.deputy.choices)[form.deputy.data]} stands in for {mentor.name}, and sees their teachers."


def _theirs(latest: Deputy) -> Theirs:
    """What another lead has said meanwhile."""
    rows = [("Who stands in", latest.deputy_name or "nobody")]
    if latest.deputy_id is not None:
        rows += [("From", _day(latest.begins)), ("Until", _day(latest.ends) if latest.ends else "until it is taken back")]
    return Theirs(seen.who_changed(latest.by, latest.by_name, latest.at), [(label, [words]) for label, words in rows])


def _day(day: date) -> str:
    return dates.day(day, today())
