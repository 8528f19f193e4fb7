"""Answering the policy's questions: each answer goes into the draft, from which all may be thrown away."""

from __future__ import annotations

import logging

from flask import flash, redirect
from markupsafe import Markup
from werkzeug.wrappers import Response

from ...content.model import Choice, Facet, Stance
from ...records.policy import draft
from ...rules.policy_answers import next_open
from ...services import policy_draft
from ...services.policy_draft import ChosenMeanwhile, DraftedMeanwhile, NothingDrafted, TheirChoice
from ...wording import policy
from .. import incoming_request
from ..parts import seen
from ..security.carried_fields import keeps_words_of
from ..site import current_programme, db, now, viewer
from .policy_choice_form import ChoiceForm, form_for
from .policy_question import Mistake, asked_facet, question_page
from .policy_questions import rows
from .room import blueprint

log = logging.getLogger("induction.policy")
LIST, PREVIEW = "/school/policy", "/school/policy/preview"


def _form() -> type[ChoiceForm]:
    return form_for(asked_facet())


@blueprint.post("/policy/choices/<facet>", endpoint="choose")
@keeps_words_of(_form)
def choose(facet: str) -> Response | str:
    """Save the answer to a question, unless another lead has given another meanwhile."""
    programme, asked, form = current_programme(), asked_facet(), _form()()
    trouble, stance = form.trouble(programme.school.nation), form.ticked
    if trouble or stance is None:
        return question_page(asked, form, Mistake(seen.sent(), trouble or ""))
    choice, in_force = form.choice(stance), programme.policy.choices
    try:
        new = policy_draft.save_choice(db(), in_force, choice, seen.sent(), by=viewer().id, at=now())
    except ChosenMeanwhile as fault:
        return question_page(asked, form, _meanwhile(asked, fault.theirs))
    if new:
        log.info("Policy draft: %s by person %s", asked.name, viewer().id)
    _say(asked, stance, choice, new)
    return redirect(_after(asked), 303)


def _meanwhile(facet: Facet, theirs: TheirChoice) -> Mistake:
    """What another lead chose on a question after the page was opened; the page has shown it from here on."""
    stance = facet.stance(theirs.choice.stance) if theirs.choice else None
    words = theirs.choice.words if theirs.choice else ""
    told = policy.chosen_meanwhile(theirs.by, stance.label if stance else None, words)
    return Mistake(policy_draft.shown(theirs.choice), told)


def _say(facet: Facet, stance: Stance, choice: Choice, new: bool) -> None:
    """What was saved, with the way back to it."""
    answer = policy.answer(stance.label, choice.words)
    applies = choice == current_programme().policy.choices.get(facet.name)
    words = policy.saved(facet.title, answer, applies) if new else policy.unchanged(facet.title, answer)
    flash_with_way_back(words, facet, "Back to that question")


def flash_with_way_back(words: str, facet: Facet, link: str) -> None:
    """Say what was done on a question, with a link to it."""
    flash(Markup('{} <a href="/school/policy/choices/{}">{}</a>').format(words, facet.name, link), "done")


def _after(facet: Facet) -> str:
    """Where somebody goes on: the list; the next open question; the preview, after the last; else the next in order."""
    if incoming_request.sent("then") == "list":
        return LIST
    listed = rows(current_programme(), draft.read(db()))
    open_next = next_open({each.facet.name: each.standing for each in listed}, facet.name)
    if open_next:
        return f"{LIST}/choices/{open_next}"
    if incoming_request.sent("open"):
        flash(policy.ALL_ANSWERED, "done")
        return PREVIEW
    places = [each.facet.name for each in listed]
    further = places[places.index(facet.name) + 1 :]
    return f"{LIST}/choices/{further[0]}" if further else PREVIEW


@blueprint.post("/policy/discard", endpoint="discard_draft")
def discard() -> Response:
    """Throw the draft away that the page had shown."""
    try:
        policy_draft.discard(db(), seen.sent())
    except NothingDrafted:
        flash("There is no draft any more. The policy in force stays as it is.", "done")
    except DraftedMeanwhile:
        flash("Nothing was thrown away: the draft has changed since you opened the page. This is how it stands now.", "wait")
    else:
        log.info("Policy draft thrown away by person %s", viewer().id)
        flash("The draft is thrown away. The policy in force stays as it is.", "done")
    return redirect(LIST, 303)
