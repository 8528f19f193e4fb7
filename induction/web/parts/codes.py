"""The fields for a code: of an app, and on paper."""

from __future__ import annotations

from typing import Any

from .fields import CalmForm, Line

LONGEST = 60


class CodeLine(Line):
    """Not filled in again: a code is worth nothing a moment later."""

    def __init__(self, label: str, **more: Any) -> None:
        super().__init__(label, "Write the code.", longest=LONGEST, **more)

    def _value(self) -> str:
        return ""


class CodeForm(CalmForm):
    code = CodeLine("Code from your app")


class RecoveryForm(CalmForm):
    recovery = CodeLine("Recovery code", hint="Four groups of four signs. Each works once.")


class AppForm(CalmForm):
    code = CodeLine("The six figures that the app shows now")
