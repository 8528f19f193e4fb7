"""Choosing on the policy's questions: what is chosen goes into the draft, from which it may be thrown away."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from flask import flash, redirect
from werkzeug.wrappers import Response

from ...content.model import Facet
from ...services import policy_draft
from ...services.policy_draft import ChosenMeanwhile, DraftedMeanwhile, NothingDrafted, SavedChoice, TheirChoice
from ...wording import policy
from .. import incoming_request
from ..parts import seen
from ..security.carried_fields import keeps_words_of
from ..site import current_programme, db, now, viewer
from .policy_choice_form import UNANSWERED, ChoiceForm, form_for
from .policy_questions import Mistake, questions_page
from .room import blueprint

log = logging.getLogger("induction.policy")


def _form() -> type[ChoiceForm]:
    return form_for(tuple(current_programme().library.facets.values()))


@blueprint.post("/policy", endpoint="choose")
@keeps_words_of(_form)
def choose() -> Response | str:
    """Save every choice on the page that is another than the page had shown, whichever button was pressed."""
    programme, form = current_programme(), _form()()
    form.validate()
    facets, nation = programme.library.facets, programme.school.nation
    mistakes = {name: Mistake(form.saw(each), trouble) for name, each in facets.items() if (trouble := form.trouble(each, nation))}
    if mistakes:
        return questions_page(form, mistakes)
    choices = [choice for each in facets.values() if (choice := form.choice(each))]
    saw = {name: form.saw(each) for name, each in facets.items()}
    try:
        saved = policy_draft.save_choices(db(), programme.policy.choices, choices, saw, by=viewer().id, at=now())
    except ChosenMeanwhile as fault:
        return questions_page(form, {name: _meanwhile(facets[name], theirs) for name, theirs in fault.theirs.items()})
    return _said(saved) if saved else _nothing_saved(form)


def _meanwhile(facet: Facet, theirs: TheirChoice) -> Mistake:
    """What another lead chose on a question after the page was opened; the page has shown it from here on."""
    stance = facet.stance(theirs.choice.stance) if theirs.choice else None
    words = theirs.choice.words if theirs.choice else ""
    told = policy.chosen_meanwhile(theirs.by, stance.label if stance else None, words)
    return Mistake(policy_draft.shown(theirs.choice), told)


def _said(saved: Sequence[SavedChoice]) -> Response:
    log.info("Policy draft: %s by person %s", ", ".join(each.choice.facet for each in saved), viewer().id)
    drafted, applying = ([_label(each) for each in saved if each.drafted is so] for so in (True, False))
    for told in policy.saved(drafted, applying):
        flash(told, "done")
    return redirect(f"/school/policy#{saved[0].choice.facet}", 303)


def _label(saved: SavedChoice) -> str:
    stance = current_programme().library.facets[saved.choice.facet].stance(saved.choice.stance)
    return stance.label if stance else ""


def _nothing_saved(form: ChoiceForm) -> Response | str:
    """A button was pressed with nothing chosen beside it, or with what stands there already."""
    pressed = current_programme().library.facets.get(incoming_request.sent("at"))
    if pressed and form.choice(pressed) is None:
        return questions_page(form, {pressed.name: Mistake(form.saw(pressed), UNANSWERED)})
    flash("Nothing on the page was chosen otherwise, so nothing was saved.", "done")
    return redirect(f"/school/policy#{pressed.name}" if pressed else "/school/policy", 303)


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
    return redirect("/school/policy", 303)
