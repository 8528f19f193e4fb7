"""The form that asks for a new password."""

from __future__ import annotations

from .fields import CalmForm, NewPassword


class NewPasswordForm(CalmForm):
    password = NewPassword()

    def __init__(self, *of: str) -> None:
        super().__init__()
        self._of = of

    def own_words(self) -> tuple[str, ...]:
        return self._of
