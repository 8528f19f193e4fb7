"""The sign-in page, as the account room and the door both show it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired

from ..records import people, school
from .forms import CalmForm, problems
from .site import db


class SignInForm(CalmForm):
    email = StringField("Email", [InputRequired("Write your email.")])
    password = PasswordField("Password", [InputRequired("Write your password.")])


@dataclass(frozen=True, slots=True)
class SignInPage:
    form: SignInForm
    next: str
    carried: str | None  # typed fields of a session that ended, packed
    refused: bool
    wait: int  # seconds
    problems: list[tuple[str, str]]
    set_up: bool
    switchboard: str
    induction_lead: str


def sign_in_page(
    form: SignInForm, next: str = "/", carried: str | None = None, refused: bool = False, wait: int = 0
) -> str:
    """The page, with what was wrong with the last try said the same way whoever it was."""
    words = school.details(db()).words
    page = SignInPage(
        form,
        next,
        carried,
        refused,
        wait,
        problems(form),
        people.has_lead(db()),
        words.get("switchboard", ""),
        words.get("induction lead", ""),
    )
    return render_template("account/sign-in.html", page=page)
