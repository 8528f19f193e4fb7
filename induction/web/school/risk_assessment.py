"""The risk assessment of an account: its questions, as a form and as they are read and printed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired

from ...records.school.approved_accounts import Assessment, Said
from ...rules import calendar
from ...rules.account_approval import Platform
from ...rules.text import Unfit
from ...wording.approved_accounts import age_fault, review_fault
from ...wording.dates import in_full
from ..parts.fields import CalmForm, DayField, EmailLine, Line, Paragraph

OTHER = "other"
GONE = "That person is not here any more; choose somebody else."
MESSAGES = {"off": "Switched off", "office": "An automatic answer points to the school office", "other": "Another way"}
COMMENTS = {"off": "Switched off", "read-first": "Each is read before it shows", "other": "Another way"}
LIVE = {"never": "Never", "exception": "Only by exception"}
DPIA = {"done": "It is done", "not-needed": "None is needed"}
CHOICES = {"two_steps": {"yes": "Yes", "no": "No"}, "messages": MESSAGES, "comments": COMMENTS, "live": LIVE, "dpia": DPIA}
WORDS_FOR = {"messages": ("other",), "comments": ("read-first", "other"), "live": ("exception",), "dpia": tuple(DPIA)}
COLUMNS = (  # all other fields are kept by name in the assessment's answers
    "platform", "other_platform", "other_minimum_age", "handle", "youngest", "first_responsible", "second_responsible",
    "review_on",
)
GROUPS = (
    ("The account", ("platform", "other_platform", "other_minimum_age", "handle", "purpose", "closed_platform")),
    ("Who it is for", ("audience", "youngest")),
    ("Who looks after it", (
        "first_responsible", "second_responsible", "school_email", "two_steps", "device", "handover",
    )),
    ("What happens there", (
        "messages", "messages_words", "comments", "comments_words", "follows", "tagging", "consent", "hours", "live",
        "live_words",
    )),
    ("Keeping it safe", ("incident", "keeping", "accessibility", "dpia", "dpia_words")),
    ("Until when", ("switch_off", "review_on")),
)


class AgeField(Line):
    """An age in years; `age` holds it as a number, or None."""

    age: int | None = None

    def fit(self, typed: str) -> str:
        self.age, plain = None, super().fit(typed)
        if plain and not re.fullmatch("[0-9]{1,2}", plain):
            raise Unfit("Write an age in years, such as 14.")
        self.age = int(plain) if plain else None
        return plain


def _choice(label: str, name: str, required: str) -> RadioField:
    return RadioField(
        label, [InputRequired(required)], choices=CHOICES[name], invalid_choice_message="Choose one of these."
    )


class AssessmentForm(CalmForm):
    """What a lead writes of an account. A second person reads all of it and signs."""

    platform = SelectField("Platform", [InputRequired("Choose the platform.")], invalid_choice_message="Choose one of these.")
    other_platform = Line("Name of the other platform", hint="Only where you chose “Another platform”.", longest=80)
    other_minimum_age = AgeField("Its minimum age", hint="As its own terms say; 0 where they say none.")
    handle = Line(
        "Name of the account", "Write the account’s name.", "In the school’s name, such as @ourschoolscience.", longest=100
    )
    purpose = Paragraph("What it is for", "Write what the account is for.")
    closed_platform = Paragraph(
        "Why a closed platform won’t do", "Write why a closed platform won’t do.",
        "What it can do that the classroom platform or the school’s website can’t.",
    )
    audience = Paragraph("Who follows it", "Write who it is for.", "Such as families, or pupils who study the subject.")
    youngest = AgeField(
        "Age of the youngest whom it is meant for", "Write the age of the youngest whom it is meant for.",
        "It can’t be below the platform’s minimum age.",
    )
    first_responsible = SelectField("First person", [InputRequired("Choose who looks after it.")], invalid_choice_message=GONE)
    second_responsible = SelectField(
        "Second person", [InputRequired("Choose a second person: nobody looks after an account alone.")],
        invalid_choice_message=GONE,
    )
    school_email = EmailLine("School email it stands on", "Never a person’s own address.")
    two_steps = _choice("Does signing in take two steps?", "two_steps", "Choose yes or no.")
    device = Line("School device it is used on", "Write which school device.", "It is used on no other.")
    handover = Paragraph(
        "When one of them leaves", "Write what happens when one of them leaves.", "Who takes over, and who changes the password."
    )
    messages = _choice("Direct messages", "messages", "Choose what happens to direct messages.")
    messages_words = Paragraph("If another way, which?")
    comments = _choice("Comments", "comments", "Choose what happens to comments.")
    comments_words = Paragraph("If they are not switched off: who reads them, and how?")
    follows = Paragraph("Whom it follows", "Write whom it follows.", "Pupils never. Perhaps nobody.")
    tagging = Paragraph(
        "Tags and names", "Write what may be tagged and named.", "Nobody is tagged, and no pupil’s full name stands beside a face."
    )
    consent = Paragraph(
        "How two people check consent", "Write how consent is checked.", "Before a picture, a voice or a piece of work is posted."
    )
    hours = Line("Hours in which it is used", "Write the hours.")
    live = _choice("Live streams", "live", "Choose whether there are live streams.")
    live_words = Paragraph("If by exception: who allows one, and how?")
    incident = Paragraph(
        "What happens if something goes wrong", "Write what happens if something goes wrong.",
        "Whom staff tell, who hides or takes down a post; and the same in the evening, at weekends and in the holidays.",
    )
    keeping = Paragraph(
        "How long posts stay, and how one is taken down", "Write how long posts stay and how one is taken down."
    )
    accessibility = Paragraph(
        "Descriptions and captions", "Write who adds them.", "So that pictures and films reach everybody, and who adds them."
    )
    dpia = _choice(
        "Data protection impact assessment", "dpia", "Choose whether it is done. Where one is needed, it comes before this."
    )
    dpia_words = Line("When it was done, or why none is needed")
    switch_off = Paragraph(
        "What switches it off", "Write what switches it off.",
        "Such as one of the two away for a week, or a first unkind comment about a pupil.",
    )
    review_on = DayField(
        "Review date", "Write the review date.",
        "Within a year, for example 01/09/2027. After it nobody uses the account until this is written anew.",
    )

    def offer(self, platforms: Sequence[Platform], staff: Mapping[int, str], today: date) -> None:
        """What may be chosen, whom by what they are called, and the day it is."""
        self.known = {each.key: each for each in platforms}
        self.today = today
        offered = {each.key: f"{each.name} ({each.minimum_age} or older)" for each in platforms}
        self.platform.choices = {"": "Choose a platform"} | offered | {OTHER: "Another platform"}
        named = {str(id): called for id, called in staff.items()}
        for field in (self.first_responsible, self.second_responsible):
            field.choices = {"": "Choose a person"} | named

    def show(self, assessment: Assessment) -> None:
        """Fill in what an assessment says."""
        said = assessment.said
        for field in self:
            field.data = said.answers.get(field.short_name, field.data)
        known = next((each.key for each in self.known.values() if each.name == said.platform), OTHER)
        self.platform.data, self.handle.data, self.youngest.data = known, said.handle, str(said.youngest)
        if known == OTHER:
            self.other_platform.data, self.other_minimum_age.data = said.platform, str(said.minimum_age)
        self.first_responsible.data, self.second_responsible.data = str(said.first_responsible), str(said.second_responsible)
        self.review_on.data = calendar.written(said.review_on)

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field by itself, then those that hang together."""
        super().validate(extra_validators)
        for choice, values in WORDS_FOR.items():
            if self[choice].data in values and not self[f"{choice}_words"].data:
                _refuse(self[f"{choice}_words"], f"Write this too: you chose “{CHOICES[choice][self[choice].data]}”.")
        if self.first_responsible.data and self.first_responsible.data == self.second_responsible.data:
            _refuse(self.second_responsible, "That is the same person twice. Choose a second one: nobody looks after an account alone.")
        if self.review_on.day is None:
            _refuse(self.review_on, "Write the review date.")
        elif fault := review_fault(self.review_on.day, self.today):
            _refuse(self.review_on, fault)
        self._check_age()
        return not self.errors

    def _check_age(self) -> None:
        if self.platform.data == OTHER:
            if not self.other_platform.data:
                _refuse(self.other_platform, "Write the platform’s name.")
            if not self.other_minimum_age.data:
                _refuse(self.other_minimum_age, "Write its minimum age, as its own terms say.")
        name, age, source = self._platform()
        if age is not None and self.youngest.age is not None:
            if fault := age_fault(Platform("", name, age, source), self.youngest.age):
                _refuse(self.youngest, fault)

    def _platform(self) -> tuple[str, int | None, str]:
        """Its name, its minimum age and where that comes from."""
        known = self.known.get(self.platform.data or "")
        if known:
            return known.name, known.minimum_age, known.source
        return self.other_platform.data or "", self.other_minimum_age.age, "as you wrote above"

    def said(self) -> Said:
        """What a sound form says."""
        name, age, _ = self._platform()
        answers = {field.short_name: field.data or "" for field in self if field.short_name not in COLUMNS}
        unasked = {f"{choice}_words" for choice, values in WORDS_FOR.items() if answers[choice] not in values}
        return Said(
            platform=name,
            handle=self.handle.data,
            youngest=self.youngest.age,  # type: ignore[arg-type]
            minimum_age=age,  # type: ignore[arg-type]
            first_responsible=int(self.first_responsible.data),
            second_responsible=int(self.second_responsible.data),
            review_on=self.review_on.day,  # type: ignore[arg-type]
            answers={name: "" if name in unasked else answer for name, answer in answers.items()},
        )


def _refuse(field: Any, words: str) -> None:
    if not field.errors:
        field.errors = [words]


@dataclass(frozen=True, slots=True)
class Row:
    """One question with its answer, line by line."""

    label: str
    lines: tuple[str, ...]


def read_out(form: AssessmentForm, assessment: Assessment) -> list[tuple[str, list[Row]]]:
    """An assessment under the form's headings, with the form's own labels."""
    said = assessment.said
    written = {
        "platform": [f"{said.platform}, for {said.minimum_age} and older by its own terms"],
        "handle": [said.handle],
        "youngest": [str(said.youngest)],
        "first_responsible": [assessment.responsible[0].called],
        "second_responsible": [assessment.responsible[1].called],
        "review_on": [in_full(said.review_on)],
    }
    for name, answer in said.answers.items():
        label = [CHOICES[name].get(answer, answer)] if name in CHOICES else []
        words = said.answers.get(f"{name}_words", "") if name in CHOICES else answer
        written[name] = label + words.splitlines()
    groups = []
    for heading, names in GROUPS:
        shown = [name for name in names if name in written and not name.endswith("_words")]
        groups.append((heading, [Row(str(form[name].label.text), tuple(written[name])) for name in shown]))
    return groups
