"""The lead's policy: question by question, each stance beside what it changes. What is chosen goes into a draft."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from flask import abort, flash, redirect, render_template
from werkzeug.wrappers import Response
from wtforms import RadioField
from wtforms.validators import Optional

from ...content.conditions import in_force
from ...content.editions import differences, policy_document
from ...content.editions.differences import Changes
from ...content.editions.fill import has_chosen, says
from ...content.model import Facet, Fill
from ...content.problems import TooMuch
from ...records.policy import versions as policies
from ...records.policy.versions import Choice, Draft
from ...records.store.database import transaction
from ...rules import calendar
from ...services import policy_publication
from ...services.programme import Programme
from ...wording import dates, numbers
from .. import incoming_request
from ..parts import seen
from ..parts.school_form import CalmForm, Paragraph
from ..security.carried_fields import keeps_words_of
from ..site import current_programme, db, now, today, viewer
from .policy_choices import Sent, kept_on, save, seen_of
from .room import blueprint

log = logging.getLogger("induction.policy")
LONGEST_WORDS = 1000
UNANSWERED = "Choose one of these, or leave the question as it is."


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
    saw: str
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class PolicyPage:
    school: str
    questions: list[Question]
    chosen: int
    drafted: int
    draft: str  # what it shows of the draft, by its fingerprint
    stale: bool  # the text would read otherwise today, though nothing is drafted
    published: bool  # a text
    version: int
    since: str
    no_longer_asked: list[Choice]

    @property
    def count(self) -> int:
        return len(self.questions)

    @property
    def troubles(self) -> list[tuple[str, str]]:
        """What is wrong, each with its question and where it stands."""
        return [(f"{each.facet.ask} {each.trouble}", f"#{each.facet.name}") for each in self.questions if each.trouble]


def _question(programme: Programme, facet: Facet, draft: Draft, bears: tuple[int, int], sent: Sent | None = None) -> Question:
    choice, drafted = programme.policy.choices.get(facet.name), draft.choices.get(facet.name)
    kept = kept_on(programme, draft, facet.name)
    picked, words = kept or ("", "")
    typed = {picked: words} | dict(sent.words if sent else {})
    picked = sent.stance if sent and sent.stance else picked
    stances = [
        StanceShown(each.name, each.label, says(each, programme.school), each.name == picked, each.fill, typed.get(each.name, ""))
        for each in facet.stances
    ]
    chosen = has_chosen(programme.school, programme.library, facet.name)
    said = [_who(drafted.saved_by_name, "Drafted", drafted.saved_at)] if drafted else []
    if choice and chosen:
        said.append(_who(choice.chosen_by_name or "the command line", "Chosen", choice.at))
    said.append(f"Bears on {_counted(bears[0], 'lesson')} and {_counted(bears[1], 'scenario')}.")
    return Question(
        facet=facet,
        stances=stances,
        chosen=chosen,
        drafted=drafted is not None,
        applies=in_force(programme.school, facet).label,
        gone=choice.stance if choice and not chosen else None,
        note=" ".join(said),
        saw=seen_of(kept) if sent is None or sent.saw is None else sent.saw,
        trouble=sent.trouble if sent else None,
    )


def _counted(count: int, what: str) -> str:
    return f"{numbers.number(count)} {what}{'s' * (count != 1)}"


def _who(name: str, what: str, at: Any) -> str:
    return f"{what} by {name} on {dates.day(calendar.local(at).date(), today())}."


@blueprint.get("/policy", endpoint="policy")
def questions() -> str:
    return _questions()


def _questions(sent: Iterable[Sent] = ()) -> str:
    programme, draft = current_programme(), policies.draft(db())
    bears, sent_by_facet = _bears_on(programme), {each.facet.name: each for each in sent}
    asked = [
        _question(programme, each, draft, bears[each.name], sent_by_facet.get(each.name)) for each in programme.library.facets.values()
    ]
    page = PolicyPage(
        school=programme.school.name,
        questions=asked,
        chosen=sum(each.chosen for each in asked),
        drafted=len(draft.choices) + (draft.text is not None),
        draft=draft.fingerprint,
        stale=draft.empty and is_stale(programme),
        published=programme.policy_state.published,
        version=programme.policy.version,
        since=dates.day(programme.school.policy_since, today()) if programme.school.policy_since else "",
        no_longer_asked=[each for name, each in programme.policy.choices.items() if name not in programme.library.facets],
    )
    return render_template("school/policy-questions.html", page=page)


def _bears_on(programme: Programme) -> dict[str, tuple[int, int]]:
    return programme.remember(("bears on",), lambda: differences.bears_on(programme.library, programme.school))


def is_stale(programme: Programme) -> bool:
    """Whether settings or an update have changed what the published text says."""
    return programme.remember(("stale",), lambda: _reads_otherwise(programme))


def _reads_otherwise(programme: Programme) -> bool:
    if programme.document is None:
        return False
    try:
        proposed = policy_publication.propose(db(), programme.library, programme.school, Draft(), now())
    except TooMuch:
        return True
    return bool(policy_document.changes(programme.document, policy_document.open_policy(proposed.edition.text)))


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
    programme = current_programme()
    found = programme.library.facets.get(facet) or abort(404)
    question = _question(programme, found, policies.draft(db()), _bears_on(programme)[found.name])
    effects = differences.by_stance(programme.library, programme.school, found.name)
    applies = in_force(programme.school, found).name
    page = FacetPage(question, [StanceEffect(each, each.name == applies, effects[each.name]) for each in question.stances])
    return render_template("school/policy-facet.html", page=page)


def _form() -> type[CalmForm]:
    """A field for each question and for the words beside each answer: each says whose it is."""
    facets = current_programme().library.facets.values()
    fields: dict[str, Any] = {}
    for facet in facets:
        fields[f"stance_{facet.name}"] = RadioField(
            facet.ask, choices={each.name: each.label for each in facet.stances}, validators=[Optional()]
        )
        for stance in facet.stances:
            if stance.fill:
                fields[f"words_{facet.name}_{stance.name}"] = Paragraph(stance.fill.ask, longest=LONGEST_WORDS)
    return type("ChoiceForm", (CalmForm,), fields)


def _sent() -> list[Sent]:
    """What the form brought on each question."""
    form = _form()()
    form.validate()
    return [_sent_on(facet, form) for facet in current_programme().library.facets.values()]


def _sent_on(facet: Facet, form: CalmForm) -> Sent:
    ticked = form[f"stance_{facet.name}"]
    typed = {each.name: form[f"words_{facet.name}_{each.name}"] for each in facet.stances if each.fill}
    beside = typed.get(ticked.data)
    trouble = UNANSWERED if ticked.errors else str(beside.errors[0]) if beside is not None and beside.errors else None
    words = {stance: field.shown for stance, field in typed.items()}
    return Sent(facet, ticked.data or "", words, incoming_request.sent(f"saw_{facet.name}"), trouble)


@blueprint.post("/policy", endpoint="choose")
@keeps_words_of(_form)
def choose() -> Response | str:
    """Save every choice on the page that is another than the page had shown, whichever button was pressed."""
    sent = _sent()
    if any(each.trouble for each in sent):
        return _questions(sent)
    saved, meanwhile = save(sent)
    if meanwhile:
        return _questions(meanwhile)
    if saved:
        return redirect(f"/school/policy#{saved[0]}", 303)
    pressed = incoming_request.sent("at")
    if any(each.facet.name == pressed and each.choice is None for each in sent):
        return _questions([replace(each, trouble=UNANSWERED) if each.facet.name == pressed else each for each in sent])
    flash("Nothing on the page was chosen otherwise, so nothing was saved.", "done")
    return redirect(f"/school/policy#{pressed}" if pressed in current_programme().library.facets else "/school/policy", 303)


@blueprint.post("/policy/discard", endpoint="discard_draft")
def discard() -> Response:
    """Throw the draft away that the page had shown."""
    with transaction(db()):
        draft = policies.draft(db())
        shown = seen.sent() == draft.fingerprint
        if shown:
            policies.discard_draft(db())
    if draft.empty:
        flash("There is no draft any more. The policy in force stays as it is.", "done")
    elif shown:
        log.info("Policy draft thrown away by person %s", viewer().id)
        flash("The draft is thrown away. The policy in force stays as it is.", "done")
    else:
        flash("Nothing was thrown away: the draft has changed since you opened the page. This is how it stands now.", "wait")
    return redirect("/school/policy", 303)
