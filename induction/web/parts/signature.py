"""Signing by one's own name, as a policy, a course or a risk assessment is."""

from __future__ import annotations

from typing import Any

from .fields import CalmForm, Name


class Signature(Name):
    """A name that is typed in place of a signature."""

    def __init__(self, **more: Any) -> None:
        super().__init__("Type your name", "Type your name, as a signature.", "Instead of a signature.", **more)


class SignatureForm(CalmForm):
    """Nothing but the signature: what is signed stands on the page, and goes along by its number or its SHA-256."""

    name = Signature()
