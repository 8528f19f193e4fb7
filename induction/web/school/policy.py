"""The lead's policy: question by question, each stance beside what it changes. What is chosen goes into a draft."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template
from werkzeug.wrappers import Response
from wtforms import RadioField
from wtforms.validators import InputRequired

from ...content import changes, policy_text
from ...content.changes import Changes
from ...content.conditions import in_force
from ...content.model import Facet, Fill
from ...content.render import has_chosen, says
from ...learning import dates
from ...records import policy as policies
from ...records.database import transaction
from ...records.policy import Choice, Draft
from .. import publishing
from ..forms import CalmForm, Paragraph
from ..site import db, now, teaching, today, viewer
from ..teaching import Teaching
from .lists import blueprint

log = logging.getLogger("induction.policy")
LONGEST_WORDS = 1000


@dataclass(frozen=True, slots=True)
class StanceShown:
    name: str
    label: str
    says: str
    checked: bool
    fill: Fill | None
    words: str  # written beside it


@dataclass(frozen=True, slots=True)
class Question:
    """One facet as the lead sees it."""

    facet: Facet
    stances: list[StanceShown]
    chosen: bool
    drafted: bool
    applies: str  # the label of the stance in force
    gone: str | None  # a stance that was chosen and that this release no longer offers
    note: str  # who chose, and what it bears on
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class PolicyPage:
    school: str
    questions: list[Question]
    chosen: int
    drafted: int
    stale: bool  # the text would read otherwise today, though nothing is drafted
    version: int
    since: str
    no_longer_asked: list[Choice]

    @property
    def count(self) -> int:
        return len(self.questions)


def _question(taught: Teaching, facet: Facet, draft: Draft, bears: tuple[int, int], trouble: str | None = None) -> Question:
    choice, drafted = taught.policy.choices.get(facet.name), draft.choices.get(facet.name)
    picked = drafted.stance if drafted else choice.stance if choice else ""
    words = drafted.words if drafted else choice.words if choice else ""
    stances = [
        StanceShown(each.name, each.label, says(each, taught.school), each.name == picked, each.fill, words if each.name == picked else "")
        for each in facet.stances
    ]
    chosen = has_chosen(taught.school, taught.library, facet.name)
    said = [_who(drafted.saved_by_name, "Drafted", drafted.saved_at)] if drafted else []
    if choice and chosen:
        said.append(_who(choice.chosen_by_name or "the command line", "Chosen", choice.at))
    said.append(f"Bears on {_counted(bears[0], 'lesson')} and {_counted(bears[1], 'scenario')}.")
    gone = choice.stance if choice and not chosen else None
    return Question(
        facet, stances, chosen, drafted is not None, in_force(taught.school, facet).label, gone, " ".join(said), trouble
    )


def _counted(count: int, what: str) -> str:
    return f"{dates.number(count)} {what}{'s' * (count != 1)}"


def _who(name: str, what: str, at: Any) -> str:
    return f"{what} by {name} on {dates.day(dates.local(at).date(), today())}."


@blueprint.get("/policy", endpoint="policy")
def questions() -> str:
    return _questions()


def _questions(facet: str = "", trouble: str | None = None) -> str:
    taught, draft = teaching(), policies.draft(db())
    bears = taught.remember(("bears on",), lambda: changes.bears_on(taught.library, taught.school))
    asked = [
        _question(taught, each, draft, bears[each.name], trouble if each.name == facet else None)
        for each in taught.library.facets.values()
    ]
    page = PolicyPage(
        school=taught.school.name,
        questions=asked,
        chosen=sum(each.chosen for each in asked),
        drafted=len(draft.choices) + (draft.text is not None),
        stale=draft.empty and taught.remember(("stale",), lambda: _is_stale(taught, draft)),
        version=taught.policy.version,
        since=dates.day(taught.school.policy_since, today()) if taught.school.policy_since else "",
        no_longer_asked=[each for name, each in taught.policy.choices.items() if name not in taught.library.facets],
    )
    return render_template("school/policy.html", page=page)


def _is_stale(taught: Teaching, draft: Draft) -> bool:
    """Whether settings or an update have changed what the published text says."""
    if taught.document is None:
        return False
    proposed = publishing.propose(db(), taught.library, taught.school, draft, now())
    return bool(policy_text.changes(taught.document, policy_text.open_policy(proposed.edition.text)))


@dataclass(frozen=True, slots=True)
class StanceEffect:
    stance: StanceShown
    applies: bool  # in force now
    changes: Changes


@dataclass(frozen=True, slots=True)
class FacetPage:
    question: Question
    effects: list[StanceEffect]


@blueprint.get("/policy/choices/<facet>", endpoint="policy_facet")
def facet(facet: str) -> str:
    """What each stance of a question would change, before and after."""
    taught = teaching()
    found = taught.library.facets.get(facet) or abort(404)
    bears = changes.bears_on(taught.library, taught.school)[found.name]
    question = _question(taught, found, policies.draft(db()), bears)
    effects = changes.by_stance(taught.library, taught.school, found.name)
    applies = in_force(taught.school, found).name
    page = FacetPage(question, [StanceEffect(each, each.name == applies, effects[each.name]) for each in question.stances])
    return render_template("school/policy-facet.html", page=page)


def _choice_form(facet: Facet) -> CalmForm:
    """A stance, and for each stance that has them the words written beside it."""
    fields: dict[str, Any] = {
        "stance": RadioField(
            facet.ask,
            choices={each.name: each.label for each in facet.stances},
            validators=[InputRequired("Choose one of these, or leave the question as it is.")],
        )
    }
    for each in facet.stances:
        if each.fill:
            fields[f"words_{each.name}"] = Paragraph(each.fill.ask, longest=LONGEST_WORDS)
    return type("ChoiceForm", (CalmForm,), fields)()


@blueprint.post("/policy/choices/<facet>")
def choose(facet: str) -> Response | str:
    """Save a stance into the draft of the next version."""
    found = teaching().library.facets.get(facet) or abort(404)
    form = _choice_form(found)
    if not form.validate():
        return _questions(found.name, next(str(field.errors[0]) for field in form if field.errors))
    stance = found.stance(form.stance.data) or abort(404)
    words = form[f"words_{stance.name}"].data or "" if stance.fill else ""
    if stance.fill and not stance.fill.several:
        words = " ".join(words.split())
    with transaction(db()):
        policies.draft_choice(db(), found.name, stance.name, words, viewer().id, now())
    log.info("Policy draft: %s by person %s", found.name, viewer().id)
    flash(f"Saved in the draft: {stance.label}. It applies once you publish.", "done")
    return redirect(f"/school/policy#{found.name}", 303)


@blueprint.post("/policy/discard", endpoint="discard_draft")
def discard() -> Response:
    with transaction(db()):
        policies.discard_draft(db())
    flash("The draft is thrown away. The policy in force stays as it is.", "done")
    return redirect("/school/policy", 303)
