"""Who mentors somebody's teachers once they have left: named beforehand, and done by itself when their last day is past."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template
from werkzeug.wrappers import Response
from wtforms import SelectField
from wtforms.validators import ValidationError

from ...records.people import handovers, people
from ...records.people.people import NotAMentor, Person
from ...rules.handovers import Handover
from ...rules.roles import MENTORS
from ...services import handovers as deeds
from ...services.handovers import HandoverMeanwhile, LeavesToo
from ...services.people import NOBODY
from ...wording import days_here as wording
from ..parts import seen
from ..parts.fields import CalmForm
from ..parts.seen import KEPT_ALREADY, Theirs
from ..site import db, now, today, viewer
from .person_form import GONE, follower_label, offered
from .room import blueprint

log = logging.getLogger("induction.school")


class HandoverForm(CalmForm):
    follower = SelectField("Who mentors their teachers from then on?", default="", id="who-follows", invalid_choice_message=GONE)

    @classmethod
    def of(cls, mentor: Person, plan: Handover | None) -> HandoverForm:
        """Filled in with what was said."""
        form = cls(data={"follower": "" if plan is None or plan.vacant else str(plan.follower_id or NOBODY)})
        form.follower.choices = {"": "Choose", str(NOBODY): "Nobody at first"} | offered(mentor.id)
        return form

    def validate_follower(self, field: SelectField) -> None:
        if not field.data:
            raise ValidationError("Choose who follows, or nobody at first.")


@dataclass(frozen=True, slots=True)
class HandoverPage:
    mentor: Person
    form: HandoverForm
    saw: int
    leaves: str
    theirs: Theirs | None = None


@blueprint.route("/people/<id:person_id>/handover", methods=["GET", "POST"])
def handover(person_id: int) -> Response | str:
    """Say who follows a mentor who leaves. Pressed twice, it is said once; what another lead said meanwhile is shown."""
    mentor = people.find(db(), person_id) or abort(404)
    if not mentor.active or mentor.role not in MENTORS or mentor.ends is None:
        abort(404)
    teachers, latest = people.teachers_of(db(), mentor.id), handovers.latest(db(), mentor.id)
    form = HandoverForm.of(mentor, None if latest and latest.done else latest)
    saw = seen.number() if form.is_submitted() else latest.id if latest else 0
    if teachers:
        form.follower.label.text = follower_label(teachers).replace("from now on", "from then on")
    page = HandoverPage(mentor, form, saw, wording.leaves(mentor.name.split()[0], mentor.ends, len(teachers), today()))
    if not form.validate_on_submit():
        return _drawn(page)
    try:
        said = deeds.name_follower(db(), mentor.id, int(form.follower.data) or None, saw=seen.number(), by=viewer().id, now=now())
    except HandoverMeanwhile as fault:
        return _drawn(HandoverPage(mentor, form, fault.latest.id, page.leaves, _theirs(fault.latest)))
    except (NotAMentor, LeavesToo) as fault:
        form.follower.errors = [GONE if isinstance(fault, NotAMentor) else str(fault)]
        return _drawn(page)
    if said:
        log.info("Who follows person %s: %s, by person %s", mentor.id, form.follower.data, viewer().id)
    follower = dict(form.follower.choices)[form.follower.data] if int(form.follower.data) else None
    flash(f"Saved. {wording.follows(follower, mentor.ends, today())}" if said else KEPT_ALREADY, "done")
    return redirect(f"/school/people/{mentor.id}", 303)


def _drawn(page: HandoverPage) -> str:
    return render_template("school/person-handover.html", page=page)


def _theirs(latest: Handover) -> Theirs:
    """What another lead has said meanwhile."""
    return Theirs(seen.who_changed(latest.by, latest.by_name, latest.at), [("Who follows", [latest.follower_name or "nobody at first"])])
