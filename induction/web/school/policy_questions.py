"""The policy's questions in one list: what stands on each, how the whole stands, and what is to be done next."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template

from ...content.conditions import in_force
from ...content.model import Choice, Facet
from ...records.policy import draft
from ...records.policy.draft import Draft
from ...rules.policy_answers import Standing, standing
from ...services import policy_draft, policy_publication
from ...services.programme import Programme
from ...wording import dates, policy
from ..site import current_programme, db, now, today
from .room import blueprint

SIGNS = {  # shape and colour; the word stands beside it
    Standing.OPEN: ("todo", "todo"),
    Standing.ANOTHER: ("overdue", "overdue"),
    Standing.NO_TIMES: ("due-soon", "due-soon"),
    Standing.DRAFTED: ("begun", "state"),
    Standing.CHOSEN: ("done", "state"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One question in the list."""

    facet: Facet
    answer: str  # what stands: what is chosen, drafted or not, else the cautious rule
    standing: Standing
    state: str
    drafted: bool

    @property
    def address(self) -> str:
        return f"/school/policy/choices/{self.facet.name}"

    @property
    def shape(self) -> str:
        return SIGNS[self.standing][0]

    @property
    def colour(self) -> str:
        return SIGNS[self.standing][1]


@dataclass(frozen=True, slots=True)
class QuestionsPage:
    rows: list[Row]
    lead: str
    not_published: str  # how much is drafted; empty where nothing is
    draft: str  # what it shows of the draft, by its fingerprint
    to_publish: bool
    stale: bool  # the text would read otherwise today, though nothing is drafted
    in_force: str  # the text that applies
    no_longer_asked: list[Choice]

    @property
    def first_open(self) -> Row | None:
        return next((each for each in self.rows if each.standing.is_open), None)


def rows(programme: Programme, drafted: Draft) -> list[Row]:
    """Every question, in its order."""
    return [_row(programme, drafted, each) for each in programme.library.facets.values()]


def _row(programme: Programme, drafted: Draft, facet: Facet) -> Row:
    stored = policy_draft.stored_choice(drafted, programme.policy.choices, facet.name)
    waits = drafted.choices.get(facet.name)
    how = standing(facet, programme.school.nation, programme.policy.choices.get(facet.name), waits)
    stance = facet.stance(stored.stance) if stored and not how.is_open else None
    answer = policy.answer(stance.label, stored.words) if stored and stance else in_force(programme.school, facet).label
    return Row(facet, answer, how, policy.state(how, waits is not None), waits is not None)


@blueprint.get("/policy", endpoint="policy")
def questions() -> str:
    programme, drafted = current_programme(), draft.read(db())
    facets, listed = programme.library.facets, rows(programme, drafted)
    waiting = len(drafted.choices) + (drafted.text is not None)
    since = dates.day(programme.school.policy_since, today()) if programme.school.policy_since else ""
    stale = drafted.empty and policy_publication.reads_otherwise(db(), programme, now())
    published = programme.policy_state.published
    page = QuestionsPage(
        rows=listed,
        lead=policy.how_it_stands([each.standing for each in listed], sum(each.drafted and not each.standing.is_open for each in listed)),
        not_published=policy.not_published(waiting) if waiting else "",
        draft=drafted.fingerprint,
        to_publish=bool(waiting) or stale or not published,
        stale=stale,
        in_force=policy.in_force(programme.policy.version if published else 0, since),
        no_longer_asked=[each for name, each in programme.policy.choices.items() if name not in facets],
    )
    return render_template("school/policy-questions.html", page=page)
