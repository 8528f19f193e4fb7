"""The policy's questions as a lead reads them: all on one page, and each beside what its answers would change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import abort, render_template

from ...content.conditions import chosen, in_force, not_allowed
from ...content.contact_times import written_hours
from ...content.editions import differences
from ...content.editions.differences import Changes
from ...content.editions.fill import has_chosen, says
from ...content.model import Choice, Facet, Fill
from ...records.policy import draft
from ...records.policy.draft import Draft
from ...records.policy.versions import Hand
from ...rules.calendar import local
from ...services import policy_draft, policy_publication
from ...services.programme import Programme
from ...wording import dates, policy
from ..site import current_programme, db, now, today
from .policy_choice_form import ChoiceForm
from .room import blueprint

NOTHING = Changes((), ())  # of an answer that can't be chosen


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
class Question:
    """One facet as the lead sees it."""

    facet: Facet
    stances: list[StanceShown]
    chosen: bool
    drafted: bool
    undecided: str  # what applies where nothing is chosen; else empty
    no_times: str  # that clock times are asked for, and what scenarios go by; empty where they are written
    note: str  # who chose, and what it bears on
    saw: str
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with what was sent on a question, and what the page shows of it from here on."""

    saw: str
    trouble: str


@dataclass(frozen=True, slots=True)
class QuestionsPage:
    questions: list[Question]
    chosen: int
    drafted: int
    not_published: str  # the heading over what is drafted
    draft: str  # what it shows of the draft, by its fingerprint
    stale: bool  # the text would read otherwise today, though nothing is drafted
    in_force: str  # the text that applies
    no_longer_asked: list[Choice]

    @property
    def count(self) -> int:
        return len(self.questions)

    @property
    def troubles(self) -> list[tuple[str, str]]:
        """What is wrong, each with its question and where it stands."""
        return [(f"{each.facet.ask} {each.trouble}", f"#{each.facet.name}") for each in self.questions if each.trouble]


def _bears_on(programme: Programme) -> Mapping[str, tuple[int, int]]:
    found: Mapping[str, tuple[int, int]] = programme.remember(
        ("bears on",), lambda: differences.bears_on(programme.library, programme.school)
    )
    return found


def _question(programme: Programme, facet: Facet, drafted: Draft, form: ChoiceForm | None, mistake: Mistake | None) -> Question:
    stored = policy_draft.stored_choice(drafted, programme.policy.choices, facet.name)
    chosen = has_chosen(programme.school, programme.library, facet.name)
    saw = mistake.saw if mistake else form.saw(facet) if form else policy_draft.shown(stored)
    return Question(
        facet=facet,
        stances=_stances(programme, facet, stored, form),
        chosen=chosen,
        drafted=facet.name in drafted.choices,
        undecided="" if chosen else _undecided(programme, facet),
        no_times=_no_times(programme, facet),
        note=_note(programme, facet, drafted, chosen),
        saw=saw,
        trouble=mistake.trouble if mistake else None,
    )


def _stances(programme: Programme, facet: Facet, stored: Choice | None, form: ChoiceForm | None) -> list[StanceShown]:
    """Each answer with what was sent of it, else with what is stored."""
    typed = {stored.stance: stored.words} if stored else {}
    ticked = stored.stance if stored else ""
    if form:
        typed |= form.typed(facet)
        ticked = form.ticked(facet) or ticked
    return [
        StanceShown(
            each.name,
            each.label,
            says(each, programme.school, programme.library),
            each.name == ticked,
            each.fill,
            typed.get(each.name, ""),
            "" if each.allowed_in(programme.school.nation) else each.elsewhere,
        )
        for each in facet.stances
    ]


def _undecided(programme: Programme, facet: Facet) -> str:
    applies = in_force(programme.school, facet).label
    there = not_allowed(programme.school, facet)
    if there:
        return policy.not_allowed(applies, there.label)
    gone = programme.policy.choices.get(facet.name)
    return policy.undecided(applies, gone.stance if gone else None)


def _no_times(programme: Programme, facet: Facet) -> str:
    stance = chosen(programme.school, facet)
    if stance is None or stance.fill is None or stance.fill.times is None:
        return ""
    words = programme.policy.choices[facet.name].words
    return "" if written_hours(words) else policy.no_clock_times(words, str(stance.fill.times))


def _note(programme: Programme, facet: Facet, drafted: Draft, chosen: bool) -> str:
    lessons, scenarios = _bears_on(programme)[facet.name]
    hands = [("Drafted", drafted.hands.get(facet.name)), ("Chosen", programme.policy.hands.get(facet.name) if chosen else None)]
    return " ".join([*(_made(how, hand) for how, hand in hands if hand), policy.bears_on(lessons, scenarios)])


def _made(how: str, hand: Hand) -> str:
    return policy.made(how, hand.name, local(hand.at).date(), today())


@blueprint.get("/policy", endpoint="policy")
def questions() -> str:
    return questions_page()


def questions_page(form: ChoiceForm | None = None, mistakes: Mapping[str, Mistake] | None = None) -> str:
    """All questions, as they stand or as a form with mistakes has left them, which are given by facet."""
    programme, drafted = current_programme(), draft.read(db())
    facets = programme.library.facets
    asked = [_question(programme, each, drafted, form, (mistakes or {}).get(each.name)) for each in facets.values()]
    changes = len(drafted.choices) + (drafted.text is not None)
    since = dates.day(programme.school.policy_since, today()) if programme.school.policy_since else ""
    page = QuestionsPage(
        questions=asked,
        chosen=sum(each.chosen for each in asked),
        drafted=changes,
        not_published=policy.not_published(changes),
        draft=drafted.fingerprint,
        stale=drafted.empty and policy_publication.reads_otherwise(db(), programme, now()),
        in_force=policy.in_force(programme.policy.version if programme.policy_state.published else 0, since),
        no_longer_asked=[each for name, each in programme.policy.choices.items() if name not in facets],
    )
    return render_template("school/policy-questions.html", page=page)


@dataclass(frozen=True, slots=True)
class StanceEffect:
    stance: StanceShown
    applies: str  # where it is in force now: what choosing it would change; else empty
    changes: Changes


@dataclass(frozen=True, slots=True)
class FacetPage:
    question: Question
    effects: list[StanceEffect]


@blueprint.get("/policy/choices/<facet>", endpoint="policy_facet")
def facet(facet: str) -> str:
    """What each stance of a question would change, before and after."""
    programme = current_programme()
    found = programme.library.facets.get(facet) or abort(404)
    question = _question(programme, found, draft.read(db()), None, None)
    effects = differences.by_stance(programme.library, programme.school, found.name)
    applies = in_force(programme.school, found).name
    told = policy.applies_now(question.chosen)
    page = FacetPage(
        question,
        [StanceEffect(each, told if each.name == applies else "", effects.get(each.name, NOTHING)) for each in question.stances],
    )
    return render_template("school/policy-facet.html", page=page)
