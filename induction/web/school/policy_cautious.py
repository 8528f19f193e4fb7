"""Taking the cautious rule on all questions that are open, after a page that says what that decides."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import flash, redirect, render_template
from werkzeug.wrappers import Response

from ...content.editions.differences import school_that_chose
from ...content.editions.fill import says
from ...content.model import Choice, Facet
from ...records.policy import draft
from ...services import policy_draft
from ...services.programme import Programme
from ...wording import policy
from .. import incoming_request
from ..site import current_programme, db, now, viewer
from .policy_choices import LIST, flash_with_way_back
from .policy_questions import rows
from .room import blueprint

log = logging.getLogger("induction.policy")


@dataclass(frozen=True, slots=True)
class Decided:
    """An open question, and what the cautious rule makes of it."""

    facet: Facet
    says: str
    asks: str  # what remains to be written beside it; empty where nothing does


@blueprint.get("/policy/cautious", endpoint="cautious")
def cautious() -> str:
    programme = current_programme()
    page = [_decided(programme, each.facet) for each in rows(programme, draft.read(db())) if each.standing.is_open]
    return render_template("school/policy-cautious.html", page=page)


def _decided(programme: Programme, facet: Facet) -> Decided:
    school = school_that_chose(programme.school, Choice(facet.name, facet.cautious.name))
    return Decided(facet, says(facet.cautious, school, programme.library), _asks(facet))


def _asks(facet: Facet) -> str:
    fill = facet.cautious.fill
    return policy.still_to_write(fill.ask) if fill else ""


@blueprint.post("/policy/cautious", endpoint="take_cautious")
def take_cautious() -> Response:
    """Choose the cautious rule on the questions that the page had shown, as far as they are open still."""
    programme = current_programme()
    facets, in_force = programme.library.facets, programme.policy.choices
    asked = [facets[name] for name in dict.fromkeys(incoming_request.every("facet")) if name in facets]
    taken = policy_draft.save_cautious(db(), asked, programme.school.nation, in_force, by=viewer().id, at=now())
    if taken:
        log.info("Policy draft: the cautious rule on %s by person %s", ", ".join(each.name for each in taken), viewer().id)
    flash(policy.took_cautious(len(taken), len(asked) - len(taken)), "done")
    for each in taken:
        if asks := _asks(each):
            flash_with_way_back(asks, each, each.title)
    return redirect(LIST, 303)
