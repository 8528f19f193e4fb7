"""The rules of signing in, in words."""

from __future__ import annotations

from collections.abc import Sequence

from ..rules.openid import Provider
from ..rules.sign_in_rules import SignInRules, Strangers
from .numbers import in_figures
from .providers import either

TEACHERS = "Teachers may sign in with a password"
STRANGERS = "Whoever was not invited"
GRACE = "Days without a second step"
STRANGERS_CHOICES = {
    Strangers.REFUSED.value: "Refused, even with an account of the school",
    Strangers.HELD.value: "With an account of the school: held until a lead lets them in",
}
GRACE_HINT = (
    "0 to 14. So many days a mentor or a lead who signs in with a password has, from when they become one, until they have to set up"
    " a second step."
)
NO_WAY_ELSE = "Set up Google, Microsoft or another provider first, and test it. Else no teacher could get in."
HELD_HINT = (
    "To hold somebody, set the school’s domain or tenant (your school’s number at Microsoft) at the provider first; there the address"
    " of their account has to be a proved one."
)
OPEN_ALL_THE_SAME = "Passwords open for teachers all the same: nothing else can be used at present."
SAVED = "Saved. It holds from now on."


def closing(providers: Sequence[Provider], here: int, linked: int) -> list[str]:
    """What becomes of teachers once they can’t sign in with a password any more."""
    labels, left = either([each.label for each in providers]), here - linked
    if not here:
        first = "No teacher is here yet."
    elif not left and here == 1:
        first = f"The one teacher here has signed in with {labels} before."
    elif not left:
        first = f"All {in_figures(here, 'teacher')} here have signed in with {labels} before."
    else:
        first = (
            f"{left} of {in_figures(here, 'teacher')} {'has' if left == 1 else 'have'} never signed in with {labels}. They get in where"
            f" their email here is that of their account there, or by an invitation; else they don’t, and need you."
        )
    return [
        first,
        f"From then on teachers get in with {labels} alone: no password, and no link for a new one, brings them in.",
        "Teachers who are signed in now stay so for twelve hours at most; those who said that a phone is their own sign in anew.",
        "Mentors and leads keep their passwords, with a second step.",
        "You can open passwords again here, and whoever looks after the server can without a browser.",
    ]


def yes_or_no(said: bool) -> str:
    return "Yes" if said else "No"


def in_words(rules: SignInRules) -> dict[str, str]:
    """By the label of each field."""
    return {
        TEACHERS: yes_or_no(rules.teachers_by_password),
        STRANGERS: STRANGERS_CHOICES[rules.strangers.value],
        GRACE: str(rules.grace_days),
    }
