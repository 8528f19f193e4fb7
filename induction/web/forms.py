"""Forms and their fields: what may be typed, and what is said where it can't be taken."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, PasswordField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, StopValidation, ValidationError

from ..learning import passwords

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
LONGEST_LINE = 200
KEY = re.compile(r"[A-Za-z0-9_-]{16,100}")


class CalmForm(FlaskForm):
    """A form that refuses what can't be stored, in words, before anything else looks at it."""

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """The fields of a form and nothing else: no form here asks for a file, and none is sent as JSON."""
            found = super().wrap_formdata(form, formdata)
            return found if found is None or found is formdata else request.form

        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Field:
            field = super().bind_field(form, unbound_field, options)
            if isinstance(field, StringField | PasswordField):
                field.validators = [storable, *field.validators]
            return field


def storable(_: Any, field: Field) -> None:
    """Refuse characters that no person types: NUL and other controls, halves of characters."""
    text = field.data or ""
    allowed = "\r\n\t" if isinstance(field, TextAreaField) else ""
    if any(unicodedata.category(letter) in ("Cc", "Cs") and letter not in allowed for letter in text):
        raise StopValidation("That holds a character that can't be stored. Type it again by hand.")


def page_key() -> str:
    """The key that came with the page, which makes sending it twice harmless; a new one where none fits."""
    key = request.form.get("key", "")
    return key if KEY.fullmatch(key) else new_key()


def new_key() -> str:
    return secrets.token_urlsafe(16)


def tidy(text: str | None) -> str | None:
    """One line, with single spaces."""
    return " ".join(text.split()) if text else text


class Line(StringField):
    """One line of words."""

    def __init__(self, label: str, required: str | None = None, hint: str = "", longest: int = LONGEST_LINE, **more: Any):
        first = [DataRequired(required)] if required else [Optional()]
        words = f"Use at most {longest} characters."
        super().__init__(label, [*first, Length(max=longest, message=words)], filters=[tidy], description=hint, **more)


def unix_lines(text: str | None) -> str | None:
    """Lines ended as Unix does, without spaces at their ends or empty lines round the whole."""
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")).strip() if text else text


class Paragraph(TextAreaField):
    """Words on several lines."""

    def __init__(self, label: str, required: str | None = None, hint: str = "", longest: int = 1000, **more: Any):
        first = [DataRequired(required)] if required else [Optional()]
        words = f"Use at most {longest:,} characters."
        super().__init__(label, [*first, Length(max=longest, message=words)], filters=[unix_lines], description=hint, **more)


def an_email(_: Any, field: Field) -> None:
    if not EMAIL.fullmatch(field.data or "") or len(field.data) > 254:
        raise ValidationError("Write an email address, such as tess.okafor@school.example.")


class EmailLine(Line):
    def __init__(self, label: str = "Email", hint: str = "", **more: Any):
        super().__init__(label, "Write the email address.", hint, longest=254, **more)
        self.validators = [*self.validators, an_email]


class NewPassword(PasswordField):
    """A password to choose. `own_words` of the form are names and emails it must not be made of."""

    def __init__(self, label: str = "Choose a password", **more: Any):
        hint = f"{passwords.SHORTEST} characters or more. Three or four words you can picture make a good one."
        super().__init__(label, [InputRequired("Choose a password."), a_good_password], description=hint, **more)


def a_good_password(form: Any, field: Field) -> None:
    problem = passwords.objection(field.data or "", form.own_words())
    if problem:
        raise ValidationError(problem)


class DayField(StringField):
    """A day, written `04/12/2026` or `2026-12-04`; `day` holds it as a date, or None."""

    day: date | None = None

    def pre_validate(self, form: Any) -> None:
        self.day = None
        if (self.data or "").strip():
            self.day = parse_day(self.data)
            if self.day is None:
                raise StopValidation("Write the date as 04/12/2026.")


def parse_day(text: str) -> date | None:
    """A date as people and spreadsheets write it, or None."""
    text = text.strip()
    british = re.fullmatch(r"([0-9]{1,2})[/. -]([0-9]{1,2})[/. -]([0-9]{4})", text)
    try:
        if british:
            day, month, year = map(int, british.groups())
            return date(year, month, day)
        return date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        return None


NATION_CHOICES = {
    "england": "England",
    "wales": "Wales",
    "scotland": "Scotland",
    "northern-ireland": "Northern Ireland",
}
PHASE_CHOICES = {
    "primary": "Primary",
    "secondary": "Secondary",
    "all-through": "All-through, or something else",
}

# word in braces, label, hint; each has a name and a telephone number
CONTACTS: Sequence[tuple[str, str, str]] = (
    ("safeguarding lead", "Safeguarding lead", "Whom staff tell about a worry for a child."),
    ("deputy safeguarding lead", "Deputy safeguarding lead", ""),
    ("headteacher", "Headteacher", "Whom staff tell about a worry over an adult, unless you say otherwise below."),
    ("chair of governors", "Chair of governors, or proprietor", "Whom staff tell about a worry over the head."),
)


def _contact_fields(cls: type) -> type:
    """A name and a telephone number for each of CONTACTS."""
    for word, label, hint in CONTACTS:
        name = word.replace(" ", "_")
        setattr(cls, name, Line(f"{label}: name", hint=hint))
        setattr(cls, f"{name}_phone", Line(f"{label}: telephone", longest=40))
    return cls


class SchoolForm(CalmForm):
    """What a school says of itself."""

    name = Line("Name of the school", "Write the school's name.", longest=120)
    nation = RadioField("Nation", choices=NATION_CHOICES, validators=[InputRequired("Choose the nation.")])
    phase = RadioField("Phase", choices=PHASE_CHOICES, validators=[InputRequired("Choose the phase.")])
    out_of_hours = Line(
        "Out of hours",
        "Write whom staff reach in the evening and at weekends.",
        "Whom staff reach in the evening, at weekends and in the holidays, and how: a name or a role, and a number.",
    )
    concerns_about_adults = Line(
        "Worries about an adult go to", hint="Leave it empty where they go to the headteacher."
    )
    concerns_about_the_head = Line(
        "Worries about the head go to", hint="Leave it empty where they go to the chair of governors."
    )
    induction_lead = Line("Induction lead", hint="Whom new staff ask about this induction.")
    switchboard = Line("Switchboard", hint="The school office's telephone number.", longest=40)
    public_contacts = BooleanField(
        "Show these names and direct numbers on Help now to anyone, also without signing in"
    )

    def words(self) -> dict[str, str]:
        """The words in braces that were filled in, and the telephone numbers (`… phone`)."""
        skip = {"name", "nation", "phase", "public_contacts", "csrf_token", *self.not_words()}
        return {
            field.short_name.replace("_", " "): field.data
            for field in self
            if field.short_name not in skip and field.data
        }

    def about(self) -> dict[str, Any]:
        """What a sound form says, as the records keep it."""
        return {
            "name": self.name.data,
            "nation": self.nation.data,
            "phase": self.phase.data,
            "words": self.words(),
            "public_contacts": self.public_contacts.data,
        }

    def not_words(self) -> set[str]:
        return set()

    def show(self, name: str, nation: str, phase: str, words: dict[str, str], public: bool) -> None:
        """Fill in what is stored."""
        self.name.data, self.nation.data, self.phase.data, self.public_contacts.data = name, nation, phase, public
        for field in self:
            word = field.short_name.replace("_", " ")
            if word in words:
                field.data = words[word]


_contact_fields(SchoolForm)
