"""The lead's policy: question by question, each stance beside what it changes. What is chosen goes into a draft."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import abort, flash, redirect, render_template, request
from werkzeug.wrappers import Response
from wtforms import RadioField
from wtforms.validators import Optional

from ...content import changes, policy_text
from ...content.changes import Changes
from ...content.conditions import in_force
from ...content.model import Facet, Fill
from ...content.nearest import TooMuch
from ...content.render import has_chosen, says
from ...learning import dates
from ...records import policy as policies
from ...records.database import transaction
from ...records.policy import Choice, Draft
from ...records.tokens import digest
from .. import publishing
from ..carrying import keeps_words_of
from ..forms import CalmForm, Paragraph
from ..site import db, now, teaching, today, viewer
from ..teaching import Teaching
from .lists import blueprint

log = logging.getLogger("induction.policy")
LONGEST_WORDS = 1000
UNANSWERED = "Choose one of these, or leave the question as it is."
Kept = tuple[str, str]  # a stance, and what is written beside it


@dataclass(frozen=True, slots=True)
class Sent:
    """A question as a form brought it: what is ticked, what is typed beside each stance, what the page had shown."""

    facet: Facet
    stance: str
    words: Mapping[str, str]
    saw: str | None = None  # by `_seen`
    trouble: str | None = None

    @property
    def choice(self) -> Kept | None:
        found = self.facet.stance(self.stance)
        if found is None:
            return None
        words = self.words.get(found.name, "")
        return found.name, words if found.fill is None or found.fill.several else " ".join(words.split())


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
    stale: bool  # the text would read otherwise today, though nothing is drafted
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


def _kept(taught: Teaching, draft: Draft, facet: str) -> Kept | None:
    """What the draft says on a facet or, lacking that, what is chosen."""
    kept = draft.choices.get(facet) or taught.policy.choices.get(facet)
    return (kept.stance, kept.words) if kept else None


def _seen(kept: Kept | None) -> str:
    return digest("\n".join(kept)) if kept else ""


def _question(taught: Teaching, facet: Facet, draft: Draft, bears: tuple[int, int], sent: Sent | None = None) -> Question:
    choice, drafted = taught.policy.choices.get(facet.name), draft.choices.get(facet.name)
    kept = _kept(taught, draft, facet.name)
    picked, words = kept or ("", "")
    typed = {picked: words} | dict(sent.words if sent else {})
    picked = sent.stance if sent and sent.stance else picked
    stances = [
        StanceShown(each.name, each.label, says(each, taught.school), each.name == picked, each.fill, typed.get(each.name, ""))
        for each in facet.stances
    ]
    chosen = has_chosen(taught.school, taught.library, facet.name)
    said = [_who(drafted.saved_by_name, "Drafted", drafted.saved_at)] if drafted else []
    if choice and chosen:
        said.append(_who(choice.chosen_by_name or "the command line", "Chosen", choice.at))
    said.append(f"Bears on {_counted(bears[0], 'lesson')} and {_counted(bears[1], 'scenario')}.")
    return Question(
        facet=facet,
        stances=stances,
        chosen=chosen,
        drafted=drafted is not None,
        applies=in_force(taught.school, facet).label,
        gone=choice.stance if choice and not chosen else None,
        note=" ".join(said),
        saw=_seen(kept) if sent is None or sent.saw is None else sent.saw,
        trouble=sent.trouble if sent else None,
    )


def _counted(count: int, what: str) -> str:
    return f"{dates.number(count)} {what}{'s' * (count != 1)}"


def _who(name: str, what: str, at: Any) -> str:
    return f"{what} by {name} on {dates.day(dates.local(at).date(), today())}."


@blueprint.get("/policy", endpoint="policy")
def questions() -> str:
    return _questions()


def _questions(sent: Iterable[Sent] = ()) -> str:
    taught, draft = teaching(), policies.draft(db())
    bears, sent_by_facet = _bears_on(taught), {each.facet.name: each for each in sent}
    asked = [
        _question(taught, each, draft, bears[each.name], sent_by_facet.get(each.name)) for each in taught.library.facets.values()
    ]
    page = PolicyPage(
        school=taught.school.name,
        questions=asked,
        chosen=sum(each.chosen for each in asked),
        drafted=len(draft.choices) + (draft.text is not None),
        stale=draft.empty and is_stale(taught),
        version=taught.policy.version,
        since=dates.day(taught.school.policy_since, today()) if taught.school.policy_since else "",
        no_longer_asked=[each for name, each in taught.policy.choices.items() if name not in taught.library.facets],
    )
    return render_template("school/policy.html", page=page)


def _bears_on(taught: Teaching) -> dict[str, tuple[int, int]]:
    return taught.remember(("bears on",), lambda: changes.bears_on(taught.library, taught.school))


def is_stale(taught: Teaching) -> bool:
    """Whether settings or an update have changed what the published text says."""
    return taught.remember(("stale",), lambda: _reads_otherwise(taught))


def _reads_otherwise(taught: Teaching) -> bool:
    if taught.document is None:
        return False
    try:
        proposed = publishing.propose(db(), taught.library, taught.school, Draft(), now())
    except TooMuch:
        return True
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
    question = _question(taught, found, policies.draft(db()), _bears_on(taught)[found.name])
    effects = changes.by_stance(taught.library, taught.school, found.name)
    applies = in_force(taught.school, found).name
    page = FacetPage(question, [StanceEffect(each, each.name == applies, effects[each.name]) for each in question.stances])
    return render_template("school/policy-facet.html", page=page)


def _form() -> type[CalmForm]:
    """A field for each question and for the words beside each answer: each says whose it is."""
    facets = teaching().library.facets.values()
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
    return [_sent_on(facet, form) for facet in teaching().library.facets.values()]


def _sent_on(facet: Facet, form: CalmForm) -> Sent:
    ticked = form[f"stance_{facet.name}"]
    typed = {each.name: form[f"words_{facet.name}_{each.name}"] for each in facet.stances if each.fill}
    beside = typed.get(ticked.data)
    trouble = UNANSWERED if ticked.errors else str(beside.errors[0]) if beside is not None and beside.errors else None
    words = {stance: field.data or "" for stance, field in typed.items()}
    return Sent(facet, ticked.data or "", words, request.form.get(f"saw_{facet.name}"), trouble)


@blueprint.post("/policy", endpoint="choose")
@keeps_words_of(_form)
def choose() -> Response | str:
    """Save every choice on the page that is another than the page had shown, whichever button was pressed."""
    sent = _sent()
    if any(each.trouble for each in sent):
        return _questions(sent)
    saved = _save(sent)
    if saved:
        return redirect(f"/school/policy#{saved[0]}", 303)
    pressed = request.form.get("at", "")
    if any(each.facet.name == pressed and each.choice is None for each in sent):
        return _questions([replace(each, trouble=UNANSWERED) if each.facet.name == pressed else each for each in sent])
    flash("Nothing on the page was chosen otherwise, so nothing was saved.", "done")
    return redirect(f"/school/policy#{pressed}" if pressed in teaching().library.facets else "/school/policy", 303)


def _save(sent: list[Sent]) -> list[str]:
    """Save into the draft what is chosen otherwise, all of it or nothing; the facets, in the order of the page."""
    taught = teaching()
    with transaction(db()):
        draft = policies.draft(db())
        otherwise = [each for each in sent if _is_otherwise(each, _kept(taught, draft, each.facet.name))]
        for each in otherwise:
            policies.draft_choice(db(), each.facet.name, *each.choice, viewer().id, now())  # type: ignore[misc]
        draft = policies.draft(db())
    if otherwise:
        log.info("Policy draft: %s by person %s", ", ".join(each.facet.name for each in otherwise), viewer().id)
        _say(otherwise, draft)
    return [each.facet.name for each in otherwise]


def _is_otherwise(sent: Sent, kept: Kept | None) -> bool:
    """Whether a choice is new. One that stands as the page had shown it was not made, even if the draft has moved on."""
    return sent.choice is not None and sent.choice != kept and sent.saw != _seen(sent.choice)


def _say(sent: list[Sent], draft: Draft) -> None:
    """Say of choices whether they wait in the draft or are what applies."""
    drafted = [each for each in sent if each.facet.name in draft.choices]
    applying = [each for each in sent if each.facet.name not in draft.choices]
    if len(drafted) == 1:
        flash(f"Saved in the draft: {_label(drafted[0])}. It applies once you publish.", "done")
    elif drafted:
        flash(f"{dates.number(len(drafted)).capitalize()} choices saved in the draft. They apply once you publish.", "done")
    for each in applying:
        flash(f"“{_label(each)}” is what applies already; nothing in the draft on it.", "done")


def _label(sent: Sent) -> str:
    stance = sent.facet.stance(sent.stance)
    return stance.label if stance else ""


@blueprint.post("/policy/discard", endpoint="discard_draft")
def discard() -> Response:
    with transaction(db()):
        policies.discard_draft(db())
    flash("The draft is thrown away. The policy in force stays as it is.", "done")
    return redirect("/school/policy", 303)
