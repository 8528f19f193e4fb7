"""A conversation between a mentor and a teacher, as a form, and keeping it: once, however often the page is sent."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from wtforms import SelectMultipleField
from wtforms.validators import InputRequired, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from ...records.people.people import Person
from ...services import conversations as deeds
from ...wording import dates
from ..parts.fields import CalmForm, DayField
from ..parts.seen import Theirs, page_key
from ..site import db, now, today, viewer


class ConversationForm(CalmForm):
    """Date and themes; no free text, so that no incident is written down where it does not belong."""

    held_on = DayField("When did you talk?", "Write the day you talked.", "For example, 20/11/2026", past=True)
    themes = SelectMultipleField(
        "What you talked about",
        [InputRequired("Choose at least one theme.")],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )

    def offer(self, titles: Mapping[str, str], suggested: Collection[str]) -> None:
        """The themes that may be chosen; the suggested ones come first, and `suggested_themes` and `other_themes` part them."""
        self.themes.choices = sorted(titles.items(), key=lambda each: each[0] not in suggested)
        self._suggested = frozenset(suggested)

    @property
    def suggested_themes(self) -> list[tuple[str, str, bool]]:
        """(name, words, whether ticked) of each theme that the latest tries suggest."""
        return [each[:3] for each in self.themes.iter_choices() if each[0] in self._suggested]

    @property
    def other_themes(self) -> list[tuple[str, str, bool]]:
        return [each[:3] for each in self.themes.iter_choices() if each[0] not in self._suggested]

    def validate_held_on(self, field: DayField) -> None:
        if field.day and field.day > today():
            raise ValidationError("That day is still to come; record the conversation when you have had it.")


def record(person: Person, form: ConversationForm, titles: Mapping[str, str]) -> Theirs | None:
    """Keep a conversation; pressed twice it is kept once. None where it is kept: else what was kept from the page instead.

    `titles` are those of the themes.
    """
    try:
        deeds.record(
            db(), teacher_id=person.id, mentor_id=viewer().id, held_on=form.held_on.day,  # type: ignore[arg-type]
            themes=form.themes.data or (), key=page_key(), now=now(),
        )
    except deeds.AnotherWasKept as fault:
        kept = fault.kept
        rows = _in_words(kept.held_on, [titles.get(each, each) for each in kept.themes], form) if kept else {}
        return Theirs("Another conversation was kept from this page", [(label, [words]) for label, words in rows.items()])
    return None


def _in_words(held_on: date, themes: Sequence[str], form: ConversationForm) -> dict[str, str]:
    return {str(form.held_on.label.text): dates.day(held_on, today()), str(form.themes.label.text): ", ".join(themes)}
