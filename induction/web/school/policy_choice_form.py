"""The form of one question of the policy: its answers, and a field for the words beside each answer that has them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from wtforms import RadioField
from wtforms.validators import InputRequired

from ...content import clock
from ...content.clock import NotHours
from ...content.contact_times import written_hours
from ...content.model import Choice, Facet, Stance
from ...services import policy_draft
from ...wording import policy
from ..parts import seen
from ..parts.fields import CalmForm, Paragraph

LONGEST_WORDS = 1000
UNANSWERED = "Choose one of these, or go on without saving."


class ChoiceForm(CalmForm):
    """What was sent on a question. The fields are those of `form_for`."""

    facet: Facet

    @property
    def ticked(self) -> Stance | None:
        """The answer that is ticked."""
        return self.facet.stance(self["stance"].data or "")

    def typed(self) -> dict[str, str]:
        """What stands beside each answer that has words, by the answer's name."""
        return {each.name: self[_words_of(each)].shown for each in self.facet.stances if each.fill}

    def trouble(self, nation: str) -> str | None:
        """Why what was sent can't be saved by a school of this nation."""
        self.validate()
        stance = self.ticked
        if stance is None:
            return UNANSWERED
        if not stance.allowed_in(nation):
            return policy.cannot_be_chosen(stance.label, stance.elsewhere)
        errors = self[_words_of(stance)].errors if stance.fill else ()
        return str(errors[0]) if errors else self._no_hours(stance)

    def _no_hours(self, stance: Stance) -> str | None:
        """Why what was typed beside an answer is no clock times where those are asked for."""
        typed = self._typed_choice(stance)
        if stance.fill is None or stance.fill.times is None or not typed.words or self._stood_there(typed):
            return None
        try:
            clock.read_hours(typed.words)
        except NotHours as fault:
            return str(fault)
        return None

    def choice(self, stance: Stance) -> Choice:
        """What is chosen with this answer."""
        choice = self._typed_choice(stance)
        hours = written_hours(choice.words) if stance.fill and stance.fill.times else None
        return choice if hours is None or self._stood_there(choice) else replace(choice, words=str(hours))

    def _typed_choice(self, stance: Stance) -> Choice:
        words = self.typed().get(stance.name, "")
        several = stance.fill is not None and stance.fill.several
        return Choice(self.facet.name, stance.name, words if several else " ".join(words.split()))

    def _stood_there(self, choice: Choice) -> bool:
        """Whether a choice stood on the page before: what a school wrote earlier is no mistake of whoever sends it again."""
        return policy_draft.shown(choice) == seen.sent()


def _words_of(stance: Stance) -> str:
    return f"words_{stance.name}"


def form_for(facet: Facet) -> type[ChoiceForm]:
    """The form of a question."""
    answers = {each.name: each.label for each in facet.stances}
    fields: dict[str, Any] = {"stance": RadioField(facet.ask, choices=answers, validators=[InputRequired(UNANSWERED)])}
    for stance in facet.stances:
        if stance.fill:
            fields[_words_of(stance)] = Paragraph(stance.fill.ask, longest=LONGEST_WORDS)
    return type("PolicyChoiceForm", (ChoiceForm,), {**fields, "facet": facet})
