"""The form of the policy's questions: a field for each question, and for the words beside each answer that has them."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

from wtforms import RadioField
from wtforms.validators import Optional

from ...content import clock
from ...content.clock import NotHours
from ...content.contact_times import written_hours
from ...content.model import Choice, Facet, Stance
from ...services import policy_draft
from ...wording import policy
from .. import incoming_request
from ..parts.fields import CalmForm, Paragraph

LONGEST_WORDS = 1000
UNANSWERED = "Choose one of these, or leave the question as it is."


class ChoiceForm(CalmForm):
    """What a form brought on each question. The fields are those of `form_for`."""

    def ticked(self, facet: Facet) -> str:
        """The name of the answer that is ticked; empty where none is."""
        return self[f"stance_{facet.name}"].data or ""

    def typed(self, facet: Facet) -> dict[str, str]:
        """What stands beside each answer that has words, by the answer's name."""
        return {each.name: self[_words_of(facet, each.name)].shown for each in facet.stances if each.fill}

    def saw(self, facet: Facet) -> str:
        """What the page had shown on a question."""
        return incoming_request.sent(f"saw_{facet.name}")

    def trouble(self, facet: Facet, nation: str) -> str | None:
        """Why what was sent on a question can't be saved by a school of this nation."""
        stance = facet.stance(self.ticked(facet))
        if self[f"stance_{facet.name}"].errors:
            return UNANSWERED
        if stance is None:
            return None
        if not stance.allowed_in(nation):
            return policy.cannot_be_chosen(stance.label, stance.elsewhere)
        errors = self[_words_of(facet, stance.name)].errors if stance.fill else ()
        return str(errors[0]) if errors else self._no_hours(facet, stance)

    def _no_hours(self, facet: Facet, stance: Stance) -> str | None:
        """Why what was typed beside an answer is no clock times where those are asked for."""
        typed = self._typed_choice(facet, stance)
        if stance.fill is None or stance.fill.times is None or not typed.words or self._stands_there(typed):
            return None
        try:
            clock.read_hours(typed.words)
        except NotHours as fault:
            return str(fault)
        return None

    def choice(self, facet: Facet) -> Choice | None:
        """What is chosen on a question; None where no answer is ticked."""
        stance = facet.stance(self.ticked(facet))
        if stance is None:
            return None
        choice = self._typed_choice(facet, stance)
        hours = written_hours(choice.words) if stance.fill and stance.fill.times else None
        return choice if hours is None or self._stands_there(choice) else replace(choice, words=str(hours))

    def _typed_choice(self, facet: Facet, stance: Stance) -> Choice:
        words = self.typed(facet).get(stance.name, "")
        several = stance.fill is not None and stance.fill.several
        return Choice(facet.name, stance.name, words if several else " ".join(words.split()))

    def _stands_there(self, choice: Choice) -> bool:
        """Whether a choice stood on the page before: what a school wrote earlier is no mistake of whoever saves another answer."""
        return policy_draft.shown(choice) == incoming_request.sent(f"saw_{choice.facet}")


def _words_of(facet: Facet, stance: str) -> str:
    return f"words_{facet.name}_{stance}"


@lru_cache(maxsize=2)
def form_for(facets: tuple[Facet, ...]) -> type[ChoiceForm]:
    """The form of these questions, made once for each library."""
    fields: dict[str, Any] = {}
    for facet in facets:
        fields[f"stance_{facet.name}"] = RadioField(
            facet.ask, choices={each.name: each.label for each in facet.stances}, validators=[Optional()]
        )
        for stance in facet.stances:
            if stance.fill:
                fields[_words_of(facet, stance.name)] = Paragraph(stance.fill.ask, longest=LONGEST_WORDS)
    return type("PolicyChoiceForm", (ChoiceForm,), fields)
