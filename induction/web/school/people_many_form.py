"""What is to become of many people at once: whom it is about, and what is chosen for them, as the address or a form says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, SelectField
from wtforms.validators import ValidationError

from ...records.people import people
from ...records.people.people import Person
from ...rules.names import told_apart
from ...rules.people_many import ManyDeed
from ...services.people import NOBODY
from ...services.people_many import Wanted
from ...wording import dates
from ..parts.fields import CalmForm, DayField
from ..site import current_programme, db
from .person_form import ALL_COURSES, GONE, named

DO = {  # as the list of people offers it
    ManyDeed.MENTOR: "set their mentor",
    ManyDeed.DUE: "set their date",
    ManyDeed.COURSE: "set their course",
    ManyDeed.END: "end their accounts",
}
CHOOSE = {"": "Choose"}
NO_MENTOR = {str(NOBODY): "No mentor at present"}


class MentorForm(CalmForm):
    mentor = SelectField("Who is their mentor from now on?", default="", invalid_choice_message=GONE)

    def offer(self, but: int | None = None) -> None:
        called = told_apart(people.mentors(db()))
        self.mentor.choices = CHOOSE | NO_MENTOR | {str(id): name for id, name in called.items() if id != but}

    def validate_mentor(self, field: SelectField) -> None:
        if not field.data:
            raise ValidationError("Choose a mentor, or that there is none at present.")

    def wanted(self) -> Wanted:
        return Wanted(ManyDeed.MENTOR, mentor_id=int(self.mentor.data) or None)

    def to(self) -> str:
        """What is chosen, in words; empty where it is nobody, or no date."""
        return "" if self.mentor.data == str(NOBODY) else dict(self.mentor.choices)[self.mentor.data]


class DueForm(CalmForm):
    due = DayField("To be done by", hint="For example, 04/12/2026.")
    none = BooleanField("No date")

    def validate_due(self, field: DayField) -> None:
        if not field.day and not self.none.data:
            raise ValidationError("Write the date, or tick that there is none.")
        if field.day and self.none.data:
            raise ValidationError("Write the date, or tick that there is none: not both.")

    def wanted(self) -> Wanted:
        return Wanted(ManyDeed.DUE, due=self.due.day)

    def to(self) -> str:
        return dates.in_full(self.due.day) if self.due.day else ""


class CourseForm(CalmForm):
    course = SelectField("Which course are they given?", default="")

    def offer(self) -> None:
        self.course.choices = {"": ALL_COURSES} | {each.slug: each.title for each in current_programme().by_name}

    def wanted(self) -> Wanted:
        return Wanted(ManyDeed.COURSE, course=self.course.data or None)

    def to(self) -> str:
        return dict(self.course.choices)[self.course.data]


@dataclass(frozen=True, slots=True)
class Follower:
    """The choice of who follows one of the mentors whose accounts end."""

    mentor: Person
    name: str  # of the field
    label: str
    choices: dict[str, str]
    chosen: str
    error: str


def form_for(deed: ManyDeed, hands_over: int | None, given: MultiDict[str, str] | None) -> Any:
    """The form of a deed, filled in with what was said; an end asks by `followers_asked`."""
    form = {ManyDeed.MENTOR: MentorForm, ManyDeed.DUE: DueForm, ManyDeed.COURSE: CourseForm}[deed](formdata=given)
    if isinstance(form, MentorForm):
        form.offer(hands_over)
    elif isinstance(form, CourseForm):
        form.offer()
    return form


def followers_asked(mentors: dict[int, list[Person]], leaving: set[int], said: MultiDict[str, str], complain: bool) -> list[Follower]:
    """For each mentor who leaves, who follows: offered are those who stay."""
    found = people.by_ids(db(), mentors)
    offered = {str(id): name for id, name in told_apart(people.mentors(db())).items() if id not in leaving}
    called = told_apart(found.values(), people.shared_names(db(), (each.name for each in found.values())))
    asked = []
    for id, teachers in mentors.items():
        name = f"follower-{id}"
        chosen = said.get(name, "")[:20]
        error = "" if chosen in offered or chosen == str(NOBODY) else "Choose who follows, or nobody at present."
        label = f"Who mentors {named(teachers)} from now on, after {called[id]}?"
        choices = CHOOSE | {str(NOBODY): "Nobody at present"} | offered
        asked.append(Follower(found[id], name, label, choices, chosen if not error else "", error if complain else ""))
    return asked
