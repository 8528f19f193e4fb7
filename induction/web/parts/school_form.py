"""What a school says of itself: asked at the first run, and in its settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from wtforms import BooleanField, RadioField
from wtforms.validators import InputRequired

from ...content import school_words
from ...content.model import Library, School
from ...content.school_words import SERVICES
from .fields import CalmForm, Line, Name

NATION_CHOICES = {
    "england": "England",
    "wales": "Wales",
    "scotland": "Scotland",
    "northern-ireland": "Northern Ireland",
}
PHASE_CHOICES = {
    "primary": "Primary",
    "secondary": "Secondary",
    "all-through": "All-through, or something else",
}
TITLED = {  # fields, and the nation's word for whom or what they are about
    "headteacher": "headteacher title",
    "chair_of_governors": "chair label",
    **{service.phone.removesuffix(" phone").replace(" ", "_"): service.title for service in SERVICES},
}


class SchoolForm(CalmForm):
    """What a school says of itself. What is no fact of its own below is a word in braces, such as `{{ safeguarding lead }}`."""

    name = Name("Name of the school", "Write the school's name.")
    phase = RadioField("Phase", choices=PHASE_CHOICES, validators=[InputRequired("Choose the phase.")])
    nation = RadioField("Nation", choices=NATION_CHOICES, validators=[InputRequired("Choose the nation.")])
    out_of_hours = Line(
        "Out of hours: name or role",
        "Write whom staff reach in the evening and at weekends.",
        "Whom staff reach in the evening, at weekends and in the holidays.",
    )
    out_of_hours_phone = Line("Out of hours: telephone", hint="Help now makes it a link, and lessons name it.", longest=40)
    concerns_about_adults = Line(
        "Worries about an adult go to", hint="Leave it empty where they go to the headteacher."
    )
    concerns_about_the_head = Line(
        "Worries about the head go to", hint="Leave it empty where they go to the chair of governors."
    )
    data_protection_lead = Name(
        "Data protection lead: name", hint="Whom staff tell when personal data has gone to the wrong place."
    )
    social_care_phone = Line("Children's social care: telephone", hint="Anyone may ring it who is worried about a child.", longest=40)
    social_care_out_of_hours_phone = Line("The council's emergency duty team: telephone", longest=40)
    adult_concerns_phone = Line(
        "Local authority designated officer: telephone",
        hint="Where a worry about an adult goes on to, and where staff go directly if nobody acts.",
        longest=40,
    )
    induction_lead = Name("Induction lead", hint="Whom new staff ask about this induction.")
    switchboard = Line("Switchboard", hint="The school office's telephone number.", longest=40)
    public_contacts = BooleanField(
        "Show these names and direct numbers on Help now to anyone, also without signing in",
        description="Somebody who is frightened may not be signed in.",
    )
    safeguarding_lead = Name("Safeguarding lead: name", hint="Whom staff tell about a worry for a child.")
    safeguarding_lead_phone = Line("Safeguarding lead: telephone", longest=40)
    deputy_safeguarding_lead = Name("Deputy safeguarding lead: name")
    deputy_safeguarding_lead_phone = Line("Deputy safeguarding lead: telephone", longest=40)
    headteacher = Name("Headteacher: name", hint="Whom staff tell about a worry over an adult, unless you say otherwise below.")
    headteacher_phone = Line("Headteacher: telephone", longest=40)
    chair_of_governors = Name(
        "Chair of governors, or proprietor: name",
        hint="Whom staff tell about a worry over the head. In a council’s school in Scotland, the head’s line manager there.",
    )
    chair_of_governors_phone = Line("Chair of governors, or proprietor: telephone", longest=40)

    def speak_as(self, school: School, library: Library) -> Self:
        """Call people and services what the school's nation calls them. The fields stay the same ones, so nothing is lost."""
        head, full, chair = (school_words.title(word, school, library) for word in ("head", "headteacher title", "chair title"))
        self.concerns_about_adults.description = f"Leave it empty where they go to {full}."
        self.concerns_about_the_head.label.text = f"Worries about the {head} go to"
        self.concerns_about_the_head.description = f"Leave it empty where they go to {chair}."
        self.chair_of_governors.description = f"Whom staff tell about a worry over the {head}. In a school without one, its proprietor."
        for name, word in TITLED.items():
            called = school_words.label(word, school, library)
            for field, what in ((name, "name"), (f"{name}_phone", "telephone")):
                if field in self:
                    self[field].label.text = f"{called}: {what}"
        return self

    def words(self) -> dict[str, str]:
        """The words in braces that were filled in, and the telephone numbers (`… phone`)."""
        skip = {"name", "nation", "phase", "public_contacts", *self.not_words()}
        return {
            field.short_name.replace("_", " "): field.data
            for field in self
            if field.short_name not in skip and field.data
        }

    def about(self) -> dict[str, Any]:
        """What a sound form says, as the records keep it."""
        return {
            "name": self.name.data,
            "nation": self.nation.data,
            "phase": self.phase.data,
            "words": self.words(),
            "public_contacts": self.public_contacts.data,
        }

    def not_words(self) -> set[str]:
        return set()

    @classmethod
    def filled_in(cls, about: Mapping[str, Any], **more: Any) -> SchoolForm:
        """The form, filled in with what is stored, as `about` says it."""
        kept = {word.replace(" ", "_"): said for word, said in about["words"].items()}
        return cls(data={**kept, **{name: about[name] for name in ("name", "nation", "phase", "public_contacts")}}, **more)
