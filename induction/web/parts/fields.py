"""Forms and their fields: each field makes what is typed fit to keep in one place, its length first, and says in words what it
can't take. What is refused stays in the field to be mended, unless it is far too long.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field, StringField
from wtforms.fields.choices import SelectFieldBase
from wtforms.validators import DataRequired, StopValidation, ValidationError
from wtforms.widgets import PasswordInput, TextArea

from ...rules import calendar, email_address, passwords, text
from ..site import today

SHOWN_AGAIN = 20_000  # characters of something refused, whatever its field may hold


class Typed(StringField):
    """A field for text. `longest` is how many characters are kept; `data` is what `fit` makes of what was typed."""

    longest: int

    def __init__(self, label: str, required: str | None = None, hint: str = "", **more: Any) -> None:
        super().__init__(label, [DataRequired(required)] if required else [], description=hint, **more)
        self._refused: str | None = None

    def fit(self, typed: str) -> str:
        """What is kept of it. Looks at the length before anything else. Raises ValueError with a sentence."""
        raise NotImplementedError

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0] if valuelist else ""
        if typed and typed == self.data:
            return  # as the form was filled in: what is kept is not asked of anew
        self.data = ""
        try:
            self.data = self.fit(typed)
        except ValueError:
            self._refused = typed if len(typed) <= max(SHOWN_AGAIN, text.bearable(self.longest)) else ""
            raise

    def pre_validate(self, form: Any) -> None:
        if self.process_errors:
            raise StopValidation  # what can't be kept is not also missing

    @property
    def shown(self) -> str:
        """What stands in the field: what was typed where it is refused, else what is kept."""
        return self.data or "" if self._refused is None else self._refused

    def _value(self) -> str:
        return self.shown


class Line(Typed):
    """One line of words."""

    def __init__(
        self, label: str, required: str | None = None, hint: str = "", longest: int = text.LONGEST_LINE, **more: Any
    ) -> None:
        super().__init__(label, required, hint, **more)
        self.longest = longest

    def fit(self, typed: str) -> str:
        return text.line(typed, self.longest)


class Name(Typed):
    """The name of somebody, or of a school."""

    longest = text.LONGEST_NAME

    def fit(self, typed: str) -> str:
        return text.name(typed)


class Paragraph(Typed):
    """Words on several lines."""

    widget = TextArea()

    def __init__(self, label: str, required: str | None = None, hint: str = "", longest: int = 1000, **more: Any) -> None:
        super().__init__(label, required, hint, **more)
        self.longest = longest

    def fit(self, typed: str) -> str:
        return text.lines(typed, self.longest)


class EmailLine(Typed):
    """An email address."""

    longest = email_address.LONGEST

    def __init__(self, label: str = "Email", hint: str = "", **more: Any) -> None:
        super().__init__(label, "Write the email address.", hint, **more)

    def fit(self, typed: str) -> str:
        return email_address.normal(typed) if text.line(typed, self.longest) else ""


class Password(Typed):
    """A password that was chosen before, as it is typed."""

    widget = PasswordInput()
    longest = passwords.LONGEST

    def fit(self, typed: str) -> str:
        if len(typed) > text.bearable(self.longest):
            raise text.Unfit(f"Use at most {self.longest} characters.")
        return typed


class NewPassword(Password):
    """A password to choose. `own_words` of the form are names and emails it must not be made of."""

    def __init__(self, label: str = "Choose a password", **more: Any) -> None:
        hint = f"{passwords.SHORTEST} characters or more. Three or four words you can picture make a good one."
        super().__init__(label, "Choose a password.", hint, **more)
        self.validators = [*self.validators, a_good_password]

    def fit(self, typed: str) -> str:
        return text.secret(typed, self.longest)


def a_good_password(form: Any, field: Field) -> None:
    problem = passwords.objection(field.data, form.own_words())
    if problem:
        raise ValidationError(problem)


class DayField(Typed):
    """A day, however people write it: `day` holds it, or None, and the field shows it in one form.

    `past`: what is asked for has been, so that a day without its year is the last one.
    """

    longest = 100
    day: date | None = None

    def __init__(self, label: str, required: str | None = None, hint: str = "", past: bool = False, **more: Any) -> None:
        super().__init__(label, required, hint, **more)
        self._past = past

    def process_data(self, value: date | None) -> None:
        self.day = value
        self.data = calendar.written(value) if value else ""

    def fit(self, typed: str) -> str:
        self.day = None
        plain = text.line(typed, self.longest)
        if plain:
            self.day = calendar.read_day(plain, today(), past=self._past)
        return calendar.written(self.day) if self.day else ""


LIMITED = (Typed, SelectFieldBase, BooleanField)  # what a form may ask for: nothing without a limit


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
                raise TypeError(f"The field {field.name} has no limit: take one of web/parts/fields.py, not {type(field).__name__}.")
            if isinstance(field, SelectFieldBase):
                field.invalid_choice_message = field.invalid_choice_message or "Choose one of these."
            return field
