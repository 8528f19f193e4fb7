"""What a lead writes of somebody, as a form; and who follows them as a mentor."""

from __future__ import annotations

from datetime import date
from typing import Any

from wtforms import RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, ValidationError

from ...records.people import people, staff_groups
from ...records.people.people import Person
from ...records.people.person import Details
from ...rules.days_here import Fault, fault
from ...rules.email_address import as_typed
from ...rules.names import told_apart
from ...rules.roles import Role
from ...services import staff_groups as group_deeds
from ...services.people import NOBODY
from ...wording import dates, days_here
from ..parts.fields import CalmForm, DayField, EmailLine, Name
from ..parts.seen import Shown
from ..site import current_programme, db, today

ROLES = (
    "Teacher: anybody who does the induction, whatever their job. Mentor: sees how their own teachers are getting on. Lead: brings"
    " people in, sets the policy, sees how the school stands."
)
ROLE_CHOICES = {Role.TEACHER.value: "Teacher", Role.MENTOR.value: "Mentor", Role.LEAD.value: "Lead"}
GONE = "That person is no mentor any more; choose another."
ALL_COURSES = "What everyone is given"


def offered(but: int | None) -> dict[str, str]:
    """Who may mentor, by id as a choice names them; all but one."""
    return {str(id): called for id, called in told_apart(people.mentors(db())).items() if id != but}


class PersonForm(CalmForm):
    name = Name("Name", "Write the name.")
    email = EmailLine("Email")
    role = RadioField(
        "Role", choices=ROLE_CHOICES, description=ROLES, validators=[InputRequired("Choose a role.")], default=Role.TEACHER.value
    )
    mentor = SelectField("Mentor", invalid_choice_message=GONE)
    course = SelectField("Course", default="")
    due = DayField("To be done by", hint="For example, 04/12/2026. Leave it empty where there is no date.")
    starts = DayField("First day", hint="Until then nobody gets in. Leave it empty: from now on.")
    ends = DayField("Last day", hint="After it the account ends by itself. Leave it empty where there is none.")
    follower = SelectField("Who mentors their teachers from now on?", default="", invalid_choice_message=GONE)

    person: Person | None = None  # who is changed; None: somebody new

    def validate_ends(self, field: DayField) -> None:
        if self.starts.errors or field.errors:
            return
        found = fault(self.starts.day, field.day, self.person.ends if self.person else None, today())
        if found:
            past = found is Fault.PAST and self.person
            raise ValidationError(days_here.PAST_OF_SOMEBODY_HERE if past else days_here.FAULTS[found])

    def offer(self, person: Person | None = None) -> None:
        """What may be chosen for somebody. A course that is there no more can stay."""
        self.person = person
        mentors = offered(person.id if person else None)
        self.mentor.choices = {"": "No mentor at present"} | mentors
        self.course.choices = {"": ALL_COURSES} | {each.slug: each.title for each in current_programme().by_name}
        if person and person.course and person.course not in self.course.choices:
            self.course.choices[person.course] = f"{person.course}, which is no longer here: they are given what everyone is"
        self.follower.choices = {"": "Choose", str(NOBODY): "Nobody at present"} | mentors

    @classmethod
    def of(cls, person: Person, **more: Any) -> PersonForm:
        """The form of somebody, filled in with what is stored."""
        stored = {"name": person.name, "email": person.email, "role": person.role.value, "due": person.due,
                  "starts": person.starts, "ends": person.ends}  # fmt: skip
        form = cls(data={**stored, "mentor": str(person.mentor_id or ""), "course": person.course or ""}, **more)
        form.offer(person)
        return form

    def details(self) -> Details:
        """What a sound form says."""
        return Details(
            email=self.email.data,
            name=self.name.data,
            role=Role(self.role.data),
            mentor_id=int(self.mentor.data) if self.mentor.data else None,
            due=self.due.day,
            course=self.course.data or None,
            starts=self.starts.day,
            ends=self.ends.day,
        )

    def said(self) -> Shown:
        """What a sound form says, in words."""
        return _in_words(self.details(), dict(self.mentor.choices), dict(self.course.choices))

    def stored(self, person: Person) -> Shown:
        """The same of somebody as they stand."""
        details = Details(person.email, person.name, person.role, person.mentor_id, person.due, person.course,
                          person.starts, person.ends)  # fmt: skip
        return _in_words(details, dict(self.mentor.choices), dict(self.course.choices))


def _in_words(details: Details, mentors: dict[str, str], courses: dict[str, str]) -> Shown:
    return {
        "Name": details.name,
        "Email": as_typed(details.email),
        "Role": ROLE_CHOICES[details.role.value],
        "Mentor": mentors.get(str(details.mentor_id or ""), ""),
        "Course": courses.get(details.course or "", ""),
        "To be done by": _day(details.due),
        "First day": _day(details.starts),
        "Last day": _day(details.ends),
    }


def _day(day: date | None) -> str:
    return dates.short_day(day, today()) if day else "no date"


class BackForm(CalmForm):
    """From when until when somebody is back."""

    starts = DayField("First day", hint="Leave it empty: from now on.")
    ends = DayField("Last day", hint="Leave it empty where there is none.")

    def validate_ends(self, field: DayField) -> None:
        found = None if self.starts.errors or field.errors else fault(self.starts.day, field.day, None, today())
        if found:
            raise ValidationError(days_here.FAULTS[found])


class GroupsForm(CalmForm):
    groups = SelectMultipleField("Belongs to", invalid_choice_message="A group is no longer there. Choose among these.")
    saw = ""  # what the page shows of it

    @classmethod
    def of(cls, person_id: int, **more: Any) -> GroupsForm:
        belongs = staff_groups.of_people(db(), [person_id]).get(person_id, ())
        form = cls(data={"groups": list(map(str, belongs))}, **more)
        form.groups.choices = {str(each.id): each.name for each in staff_groups.listing(db())}
        form.saw = group_deeds.as_shown(belongs)
        return form


class EndForm(CalmForm):
    """Who follows somebody whose account ends."""

    follower = SelectField("", default="", id="who-follows", invalid_choice_message=GONE)

    def offer(self, person: Person, teachers: list[Person]) -> None:
        self.follower.label.text = follower_label(teachers)
        self.follower.choices = {"": "Choose", str(NOBODY): "Nobody at present"} | offered(person.id)


def named(listed: list[Person]) -> str:
    """*Tess Okafor, Sam Price and 3 more*; those who are named alike told apart."""
    called = told_apart(listed, people.shared_names(db(), (each.name for each in listed)))
    return dates.listed([called[each.id] for each in listed])


def follower_label(teachers: list[Person]) -> str:
    """*Who mentors Tess Okafor and Sam Price from now on?*"""
    return f"Who mentors {named(teachers)} from now on?"


def follower(field: SelectField) -> int | None:
    """Whom a form names; None where it names nobody and doesn't say so."""
    return int(field.data) if field.data else None
