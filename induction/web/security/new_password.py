"""A new password: the form that asks for it, and the session that begins with it."""

from __future__ import annotations

from flask import redirect
from werkzeug.wrappers import Response

from ...records.people import people
from ..parts.school_form import CalmForm, NewPassword
from ..site import db
from .sign_in import begin_session


class NewPasswordForm(CalmForm):
    password = NewPassword()

    def __init__(self, *of: str) -> None:
        super().__init__()
        self._of = of

    def own_words(self) -> tuple[str, ...]:
        return self._of


def begin_with(email: str, secret: str, where: str) -> Response:
    """Begin a session with a password that was kept this moment, while it is the one that counts."""
    stored = people.password_of(db(), email)
    answer = begin_session(stored, where) if stored and stored.password_hash == secret else None
    return answer or to_sign_in()


def to_sign_in() -> Response:
    """The account was changed at this very moment: whoever knows the password that counts now signs in with it."""
    return redirect("/sign-in", 303)
