"""Forms, and what a school says of itself."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field, RadioField
from wtforms.fields.choices import SelectFieldBase
from wtforms.validators import InputRequired

from ..incoming_request import sent
from .fields import LIMITED, DayField, EmailLine, Line, Name, NewPassword, Paragraph, Password, Signature, Typed

__all__ = [
    "CalmForm", "DayField", "EmailLine", "Line", "Name", "NewPassword", "Paragraph", "Password", "SchoolForm", "Signature",
    "Typed", "new_key", "page_key",
]
KEY = re.compile(r"[A-Za-z0-9_-]{16,100}")


class CalmForm(FlaskForm):
    """A form whose fields all have a limit. Raises TypeError, when it is made, for one that has none."""

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """The fields of a form and nothing else: no form here asks for a file, and none is sent as JSON."""
            if formdata is None or isinstance(formdata, MultiDict):
                return formdata
            return request.form if form.is_submitted() else None

        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Field:
            field = super().bind_field(form, unbound_field, options)
            if not isinstance(field, LIMITED):
                raise TypeError(f"The field {field.name} has no limit: take one of web/fields.py, not {type(field).__name__}.")
            if isinstance(field, SelectFieldBase):
                field.invalid_choice_message = field.invalid_choice_message or "Choose one of these."
            return field


def page_key() -> str:
    """The key that came with the page, which makes sending it twice harmless; a new one where none fits."""
    key = sent("key")
    return key if KEY.fullmatch(key) else new_key()


def new_key() -> str:
    return secrets.token_urlsafe(16)


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
        name = _field_of(word)
        setattr(cls, name, Name(f"{label}: name", hint=hint))
        setattr(cls, f"{name}_phone", Line(f"{label}: telephone", longest=40))
    return cls


def _field_of(word: str) -> str:
    return word.replace(" ", "_")


class SchoolForm(CalmForm):
    """What a school says of itself."""

    name = Name("Name of the school", "Write the school's name.")
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
    induction_lead = Name("Induction lead", hint="Whom new staff ask about this induction.")
    switchboard = Line("Switchboard", hint="The school office's telephone number.", longest=40)
    public_contacts = BooleanField(
        "Show these names and direct numbers on Help now to anyone, also without signing in"
    )

    def words(self) -> dict[str, str]:
        """The words in braces that were filled in, and the telephone numbers (`… phone`)."""
        skip = {"name", "nation", "phase", "public_contacts", *self.not_words()}
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

    @classmethod
    def filled_in(cls, about: Mapping[str, Any], **more: Any) -> SchoolForm:
        """The form, filled in with what is stored, as `about` says it."""
        kept = {_field_of(word): said for word, said in about["words"].items()}
        return cls(data={**kept, **{name: about[name] for name in ("name", "nation", "phase", "public_contacts")}}, **more)


_contact_fields(SchoolForm)
