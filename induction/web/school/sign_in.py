"""Signing in, as leads decide it: with what, by which rules, and who waits to be let in."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import flash, redirect, render_template
from werkzeug.wrappers import Response
from wtforms import BooleanField, RadioField
from wtforms.validators import InputRequired, ValidationError

from ...records.people import sign_in_rules, waiting_accounts
from ...records.people.sign_in_rules import WaysIn
from ...rules.openid import ProviderKind
from ...rules.second_factor import GRACE_DAYS
from ...rules.sign_in_rules import SignInRules, Strangers
from ...services import providers
from ...services import sign_in_rules as deeds
from ...services.providers import Standing
from ...services.sign_in_rules import NoWayElse, RulesMeanwhile
from ...wording import providers as provider_wording
from ...wording import sign_in_rules as wording
from ..incoming_request import sent
from ..parts import seen
from ..parts.fields import CalmForm, Line
from ..parts.seen import KEPT_ALREADY, Theirs
from ..security.confirm import ask_again
from ..site import db, now, site, viewer
from .room import blueprint

log = logging.getLogger("induction.school")
HERE = "/school/sign-in"


class Days(Line):
    """So many days, from none to fourteen."""

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if self.data and not (self.data.isascii() and self.data.isdigit() and int(self.data) <= GRACE_DAYS):
            raise ValidationError(f"Write a number from 0 to {GRACE_DAYS}.")


class RulesForm(CalmForm):
    teachers = BooleanField(wording.TEACHERS, description="Mentors and leads always may; they need a second step besides.")
    strangers = RadioField(
        wording.STRANGERS, choices=wording.STRANGERS_CHOICES, description=wording.HELD_HINT,
        validators=[InputRequired("Choose what becomes of them.")],
    )  # fmt: skip
    grace = Days(wording.GRACE, "Write how many days.", wording.GRACE_HINT, longest=4)

    @classmethod
    def of(cls, rules: SignInRules, **more: Any) -> RulesForm:
        return cls(
            data={"teachers": rules.teachers_by_password, "strangers": rules.strangers.value, "grace": str(rules.grace_days)}, **more
        )  # fmt: skip

    def rules(self) -> SignInRules:
        """What a sound form says."""
        return SignInRules(int(self.grace.data), bool(self.teachers.data), Strangers(self.strangers.data))


@dataclass(frozen=True, slots=True)
class Row:
    kind: ProviderKind
    name: str
    standing: Standing | None
    words: str  # how it stands


@dataclass(frozen=True, slots=True)
class SignInPage:
    now: str  # how people sign in
    rows: Sequence[Row]
    form: RulesForm
    saw: str
    held: bool
    waiting: str  # who waits to be let in; empty where nobody does
    ways: Sequence[WaysIn]
    open_all_the_same: str  # where passwords were closed, and can't be; else empty
    theirs: Theirs | None = None


@dataclass(frozen=True, slots=True)
class ClosingPage:
    """The question before passwords are closed for teachers: what becomes of them is said first."""

    form: RulesForm  # as it is sent again with the answer
    saw: str
    closing: Sequence[str]
    besides: Mapping[str, str]  # what else becomes another


@blueprint.get("/sign-in", endpoint="sign_in")
def read() -> str:
    stored = sign_in_rules.now(db())
    return _page(RulesForm.of(stored, formdata=None), stored)


@blueprint.post("/sign-in/rules", endpoint="sign_in_rules")
def decide() -> Response | str:
    """Closing passwords for teachers is asked about once: what becomes of them is said first."""
    stored = sign_in_rules.now(db())
    form = RulesForm.of(stored)
    if not form.validate_on_submit():
        return _page(form, stored, saw=seen.sent())
    wanted = form.rules()
    closes = stored.teachers_by_password and not wanted.teachers_by_password
    if closes and not providers.configured(db(), site().settings):
        return _no_way_else(form, stored)
    if closes and sent("close") != "yes":
        return _asks_whether_to_close(form, stored)
    ask_again()
    try:
        new = deeds.decide(
            db(), site().settings, wanted, lambda then: seen.sent() == _fingerprint(then), by=viewer().id, now=now()
        )  # fmt: skip
    except NoWayElse:
        return _no_way_else(form, stored)
    except RulesMeanwhile as meanwhile:
        theirs = seen.differing(wording.in_words(wanted), wording.in_words(meanwhile.stored))
        return _page(form, meanwhile.stored, theirs=Theirs("Another lead has changed the rules", theirs))
    if new:
        log.info("Rules of signing in set by person %s", viewer().id)
    flash(wording.SAVED if new else KEPT_ALREADY, "done")
    return redirect(HERE, 303)


def how_people_sign_in() -> str:
    """As the row under Settings says it."""
    found = providers.configured(db(), site().settings)
    return provider_wording.how_people_sign_in(found, sign_in_rules.now(db()).teachers_by_password)


def _no_way_else(form: RulesForm, stored: SignInRules) -> str:
    form.teachers.errors = [wording.NO_WAY_ELSE]
    return _page(form, stored, saw=seen.sent())


def _asks_whether_to_close(form: RulesForm, stored: SignInRules) -> str:
    settings, wanted = site().settings, replace(form.rules(), teachers_by_password=True)
    found, was = deeds.teachers(db(), settings), wording.in_words(stored)
    closing = wording.closing(providers.configured(db(), settings), found.here, found.linked)
    besides = {label: said for label, said in wording.in_words(wanted).items() if was[label] != said}
    return render_template("school/close-passwords.html", page=ClosingPage(form, seen.sent(), closing, besides))


def _fingerprint(rules: SignInRules) -> str:
    return seen.fingerprint(wording.in_words(rules))


def _page(form: RulesForm, stored: SignInRules, saw: str = "", theirs: Theirs | None = None) -> str:
    page = SignInPage(
        how_people_sign_in(), _rows(), form, saw or _fingerprint(stored), stored.strangers is Strangers.HELD,
        provider_wording.waiting(waiting_accounts.count(db())), deeds.who_signs_in_how(db(), site().settings),
        wording.OPEN_ALL_THE_SAME if deeds.closed_in_vain(db(), site().settings) else "", theirs,
    )  # fmt: skip
    return render_template("school/sign-in.html", page=page)


def _rows() -> list[Row]:
    standing = {each.provider.kind: each for each in providers.standing(db(), site().settings)}
    return [_row(kind, standing.get(kind)) for kind in ProviderKind]


def _row(kind: ProviderKind, found: Standing | None) -> Row:
    about = found.provider if found else None
    words = provider_wording.stands(about, bool(found and found.on_the_server), bool(found and found.lost_secret))
    return Row(kind, provider_wording.name(kind, about), found, words)
