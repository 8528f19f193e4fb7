"""One question of the policy: its answers, each with the words that the school would be saying, and what each would change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import abort, render_template, request

from ...content.conditions import in_force
from ...content.editions import differences
from ...content.editions.differences import school_that_chose
from ...content.editions.fill import has_chosen, says
from ...content.model import Choice, Facet, Fill, School
from ...records.policy import draft
from ...records.policy.draft import Draft
from ...records.policy.versions import Hand
from ...rules.calendar import local
from ...rules.policy_answers import Standing
from ...services import policy_draft, retakes
from ...services.programme import Programme
from ...wording import policy
from ..site import current_programme, db, today
from .policy_changes import ChangesShown, shown
from .policy_choice_form import ChoiceForm
from .policy_questions import Row, rows
from .room import blueprint


@dataclass(frozen=True, slots=True)
class StanceShown:
    name: str
    label: str
    says: str
    checked: bool
    fill: Fill | None
    words: str  # written beside it
    elsewhere: str  # why it can't be chosen in this nation; empty where it can


@dataclass(frozen=True, slots=True)
class Effect:
    """What an answer would change."""

    stance: str
    words: str  # from what to what; or that it is in force
    changes: ChangesShown | None  # None where it is in force


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with what was sent, and what the page shows of the question from here on."""

    saw: str
    trouble: str


@dataclass(frozen=True, slots=True)
class QuestionPage:
    facet: Facet
    rows: list[Row]  # of all questions
    stances: list[StanceShown]
    stands: str  # what applies though it is not what was chosen, or what it lacks; empty where nothing has to be said
    note: str  # who chose, and what it bears on
    effects: list[Effect]
    saw: str
    trouble: str

    @property
    def number(self) -> int:
        return 1 + next(place for place, each in enumerate(self.rows) if each.facet is self.facet)

    @property
    def previous(self) -> Row | None:
        return self.rows[self.number - 2] if self.number > 1 else None

    @property
    def next(self) -> Row | None:
        return self.rows[self.number] if self.number < len(self.rows) else None

    @property
    def open(self) -> bool:
        return self.rows[self.number - 1].standing.is_open

    @property
    def answered(self) -> int:
        return sum(not each.standing.is_open for each in self.rows)

    @property
    def mend(self) -> str:
        """Where what is wrong can be mended: the words of the answer that is ticked, else the first answer."""
        ticked = next((each for each in self.stances if each.checked and each.fill), None)
        return f"words-{ticked.name}" if ticked else f"stance-{next(each.name for each in self.stances if not each.elsewhere)}"


def asked_facet() -> Facet:
    """The question that the address names; where it names none there is no page."""
    facets = current_programme().library.facets
    return facets.get((request.view_args or {})["facet"]) or abort(404)


@blueprint.get("/policy/choices/<facet>", endpoint="policy_facet")
def question(facet: str) -> str:
    return question_page(asked_facet())


def question_page(facet: Facet, form: ChoiceForm | None = None, mistake: Mistake | None = None) -> str:
    """A question, as it stands or as a form with a mistake has left it."""
    programme, drafted = current_programme(), draft.read(db())
    stored = policy_draft.stored_choice(drafted, programme.policy.choices, facet.name)
    stances = _stances(programme, facet, stored, form)
    listed = rows(programme, drafted)
    page = QuestionPage(
        facet=facet,
        rows=listed,
        stances=stances,
        stands=_stands(programme, facet, stored, next(each.standing for each in listed if each.facet is facet)),
        note=_note(programme, facet, drafted),
        effects=_effects(programme, facet, stances),
        saw=mistake.saw if mistake else policy_draft.shown(stored),
        trouble=mistake.trouble if mistake else "",
    )
    return render_template("school/policy-facet.html", page=page)


def _stances(programme: Programme, facet: Facet, stored: Choice | None, form: ChoiceForm | None) -> list[StanceShown]:
    """Each answer with what was sent of it, else with what is stored."""
    words = {stored.stance: stored.words} if stored else {}
    ticked = stored.stance if stored else ""
    if form:
        words |= form.typed()
        ticked = form.ticked.name if form.ticked else ticked
    return [
        StanceShown(
            each.name,
            each.label,
            says(each, _having_chosen(programme.school, facet, each.name, words), programme.library),
            each.name == ticked,
            each.fill,
            words.get(each.name, ""),
            "" if each.allowed_in(programme.school.nation) else each.elsewhere,
        )
        for each in facet.stances
    ]


def _having_chosen(school: School, facet: Facet, stance: str, words: Mapping[str, str]) -> School:
    return school_that_chose(school, Choice(facet.name, stance, words.get(stance, "")))


def _stands(programme: Programme, facet: Facet, stored: Choice | None, standing: Standing) -> str:
    """What has to be said of how a question stands."""
    applies = in_force(programme.school, facet).label
    stance = facet.stance(stored.stance) if stored else None
    match standing:
        case Standing.OPEN:
            return policy.undecided(applies, None)
        case Standing.ANOTHER if stance:
            return policy.not_allowed(applies, stance.label)
        case Standing.ANOTHER:
            return policy.undecided(applies, stored.stance if stored else None)
        case Standing.NO_TIMES if stored and stance and stance.fill:
            return policy.no_clock_times(stored.words, str(stance.fill.times))
        case Standing.DRAFTED:
            return policy.until_published(_applies(programme, facet))
    return ""


def _note(programme: Programme, facet: Facet, drafted: Draft) -> str:
    chosen = programme.policy.hands.get(facet.name) if has_chosen(programme.school, programme.library, facet.name) else None
    hands = [("Drafted", drafted.hands.get(facet.name)), ("Chosen", chosen)]
    lessons, scenarios = _bears_on(programme)[facet.name]
    return " ".join([*(_made(how, hand) for how, hand in hands if hand), policy.bears_on(lessons, scenarios)])


def _made(how: str, hand: Hand) -> str:
    return policy.made(how, hand.name, local(hand.at).date(), today())


def _bears_on(programme: Programme) -> Mapping[str, tuple[int, int]]:
    found: Mapping[str, tuple[int, int]] = programme.remember(
        ("bears on",), lambda: differences.bears_on(programme.library, programme.school)
    )
    return found


def _applies(programme: Programme, facet: Facet) -> str:
    """The answer in force, with what is written beside it."""
    stance, stored = in_force(programme.school, facet), programme.policy.choices.get(facet.name)
    return policy.answer(stance.label, stored.words if stored and stored.stance == stance.name else "")


def _effects(programme: Programme, facet: Facet, stances: list[StanceShown]) -> list[Effect]:
    """What each answer that can be chosen would change, with the words that stand beside it."""
    words = {each.name: each.words for each in stances}
    found = differences.by_stance(programme.library, programme.school, facet.name, words)
    judged = {name: _having_chosen(programme.school, facet, name, words) for name, each in found.items() if each.scenarios}
    people = retakes.count_touched(db(), programme, judged) if judged else {}
    now, chosen = _applies(programme, facet), has_chosen(programme.school, programme.library, facet.name)
    effects = []
    for each in stances:
        then = policy.answer(each.label, each.words)
        if each.name in found and then == now:
            effects.append(Effect(each.name, policy.applies_now(then, chosen), None))
        elif each.name in found:
            touched = policy.taught_otherwise(people.get(each.name, 0))
            effects.append(Effect(each.name, policy.from_to(now, then), shown(found[each.name], touched)))
    return effects
