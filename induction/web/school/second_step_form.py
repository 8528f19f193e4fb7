"""What a person's page says of their second step, and the form that asks for its reset."""

from __future__ import annotations

from dataclasses import dataclass

from ...records.people import factor_resets, history, second_factors, sign_in_rules
from ...records.people.factor_resets import Reset
from ...records.people.person import Person
from ...rules import second_factor
from ...services.factor_resets import can_be_asked
from ...wording import second_factor as wording
from ..parts.fields import CalmForm, Line
from ..site import db, now, viewer


class ResetForm(CalmForm):
    why = Line("What is lost, and how do you know that it is they who ask?", "Write why: a second lead reads it.", longest=300)


@dataclass(frozen=True, slots=True)
class SecondStep:
    words: str
    form: ResetForm | None = None  # of whoever may ask that it be reset
    instead: str = ""  # why they may not; else empty
    waits: str = ""  # that it was asked for, and by whom; else empty
    why: str = ""
    asked_at: str = ""
    may_answer: bool = False
    who_answers: str = ""


def second_step_of(person: Person, form: ResetForm | None = None) -> SecondStep | None:
    """None of whoever signs in by no password, and has none."""
    has_one = second_factors.has_one(db(), person.id)
    if not has_one and not person.has_password and history.password_ended(db(), person.id) is None:
        return None
    words = _words(person, has_one)
    if (reset := factor_resets.of_person(db(), person.id, now())) and has_one:
        return _waiting(words, reset)
    if not has_one:
        return SecondStep(words)
    if not can_be_asked(db(), person, viewer()):
        return SecondStep(words, instead=wording.at_the_server(person.email))
    if person.id == viewer().id:
        return SecondStep(words, instead=wording.ONES_OWN)
    return SecondStep(words, form or ResetForm(formdata=None))


def _words(person: Person, has_one: bool) -> str:
    first = person.name.split()[0]
    if has_one:
        return wording.has_one(first)
    if not second_factor.must_have(person.role):
        return wording.need_not(first)
    standing = second_factors.standing(db(), person.id, person.role)
    return wording.has_none(first, second_factor.asked_from(standing, sign_in_rules.now(db()).grace_days), now())


def _waiting(words: str, reset: Reset) -> SecondStep:
    whose, asked_by = reset.person_id == viewer().id, reset.asked_by == viewer().id
    who = wording.NOT_ONES_OWN if whose else ""
    return SecondStep(
        words, waits=wording.waits_for_a_second(reset.asked_by_name, reset.at, reset.until, now()), why=reset.why,
        asked_at=reset.at.isoformat(), may_answer=not whose and not asked_by, who_answers=who,
    )  # fmt: skip
