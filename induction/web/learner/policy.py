"""The school's policy as staff read it, and their word that they have read and understood it."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date

from flask import flash, redirect, render_template
from werkzeug.wrappers import Response

from ...content.conditions import in_force
from ...content.editions.edition import TakenStance
from ...content.editions.fill import has_chosen, says
from ...content.editions.policy_document import PolicyDocument, SectionChange
from ...content.model import Facet
from ...records.policy import acknowledgements
from ...records.policy.acknowledgements import Acknowledgement, NotTheLatest, Signed
from ...rules import calendar
from ...services import completion
from ...services.programme import Programme
from ...wording import dates, notices
from ..incoming_request import number, sent
from ..parts.shell import own_home
from ..parts.signature import SignatureForm
from ..site import current_programme, db, now, today, viewer
from .room import blueprint

log = logging.getLogger("induction.policy")


@dataclass(frozen=True, slots=True)
class FacetShown:
    ask: str
    why: str
    name: str
    label: str
    says: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class PolicyPage:
    school: str
    ours: bool  # the school has published it, or has chosen something
    lead: str
    version: int
    since: date | None
    sha256: str | None
    document: PolicyDocument | None  # None: nothing is published, so the facets themselves are shown
    facets: list[FacetShown]
    undecided: int
    mine: Acknowledgement | None  # the latest
    asked: bool  # an acknowledgement is asked for now
    changes: list[SectionChange]  # since the version acknowledged last
    form: SignatureForm
    trouble: str | None
    printed: date

    def tied(self, facet: str) -> TakenStance | None:
        """Where the school stands on a facet that its own words speak of."""
        return self.document.stances.get(facet) if self.document else None


def facet_shown(programme: Programme, facet: Facet) -> FacetShown:
    stance = in_force(programme.school, facet)
    chosen = has_chosen(programme.school, programme.library, facet.name)
    return FacetShown(facet.ask, facet.why, facet.name, stance.label, says(stance, programme.school, programme.library), chosen)


def _page(form: SignatureForm, trouble: str | None = None) -> str:
    programme = current_programme()
    mine = acknowledgements.latest(db(), viewer().id)
    facets = [facet_shown(programme, facet) for facet in programme.library.facets.values()]
    asked = (mine.version if mine else 0) < programme.policy.asks_for
    changes = programme.policy_changes(mine.version) if mine and asked else []
    page = PolicyPage(
        school=programme.school.name,
        ours=programme.policy_state.published or programme.policy_state.chosen,
        lead=notices.policy_lead(programme.school.name, programme.policy_state, asked, _told(mine), bool(changes)),
        version=programme.policy.version,
        since=programme.school.policy_since,
        sha256=programme.policy.sha256,
        document=programme.document,
        facets=facets,
        undecided=programme.policy_state.undecided,
        mine=mine,
        asked=asked,
        changes=changes,
        form=form,
        trouble=trouble,
        printed=today(),
    )
    return render_template("learner/policy.html", page=page)


def _told(mine: Acknowledgement | None) -> notices.Acknowledged | None:
    if mine is None:
        return None
    day = dates.day(mine.signed_on or calendar.local(mine.at).date(), today())
    return notices.Acknowledged(mine.version, day, mine.recorded_by_name)


@blueprint.get("/policy", endpoint="policy")
def read() -> str:
    return _page(SignatureForm())


@blueprint.post("/policy")
def acknowledge() -> Response | str:
    """Keep that the reader has read and understood the version that was on the page."""
    form, programme = SignatureForm(), current_programme()
    if not programme.policy.sha256:
        flash("No text of the policy is published yet, so there is nothing to say that you have read. Nothing was kept.", "wait")
        return redirect("/policy", 303)
    version = sent("version")
    if not form.validate():
        return _page(form, None if version == str(programme.policy.version) else "meanwhile")
    signed = Signed(viewer().id, number(version), sent("sha256"), form.name.data or "", now())
    try:
        result = completion.acknowledge(db(), programme, signed)
    except NotTheLatest:
        return _page(form, "meanwhile")
    if not result.new:
        flash(f"You had said so before: {_kept_on()}. That stands; nothing more was kept.", "done")
        return redirect(own_home(viewer().role), 303)
    log.info("Policy version %s acknowledged by person %s", programme.policy.version, viewer().id)
    last = " That was the last thing: the course is complete." if result.completed else ""
    flash(f"Kept. You have read and understood version {programme.policy.version} of the policy.{last}", "done")
    return redirect(own_home(viewer().role), 303)


def _kept_on() -> str:
    """*Friday 4 December, signed as Tess Okafor*: of the latest acknowledgement."""
    mine = acknowledgements.latest(db(), viewer().id)
    assert mine is not None
    return f"{dates.day(mine.signed_on or calendar.local(mine.at).date(), today())}, signed as {mine.typed_name}"
