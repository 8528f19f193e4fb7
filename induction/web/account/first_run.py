"""The first run: the school is set up by its first lead."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import flash, render_template, request
from werkzeug.wrappers import Response

from ...records.people import one_time_links, people
from ...records.people.one_time_links import LinkKind
from ...services import people as deeds
from ...services.people import FirstLead
from ..parts.fields import EmailLine, Name, NewPassword
from ..parts.school_form import SchoolForm
from ..security.browser_names import words_for
from ..security.sign_in import begin_or_sign_in
from ..site import db, now, site
from . import ended_links
from .room import blueprint

log = logging.getLogger("induction.account")


class FirstRunForm(SchoolForm):
    lead_name = Name("Your name", "Write your name.")
    lead_email = EmailLine("Your email")
    lead_password = NewPassword()

    def own_words(self) -> tuple[str, ...]:
        return (self.name.data or "", self.lead_name.data or "", self.lead_email.data or "")

    def not_words(self) -> set[str]:
        return {"lead_name", "lead_email", "lead_password"}


@dataclass(frozen=True, slots=True)
class FirstRunPage:
    form: FirstRunForm


@blueprint.route("/first-run/<token>", methods=["GET", "POST"])
def first_run(token: str) -> Response | str:
    token = ended_links.token_within(token)
    if one_time_links.find(db(), LinkKind.FIRST_RUN, token, now()) is None or people.has_lead(db()):
        return ended_links.page(LinkKind.FIRST_RUN, token)
    form = FirstRunForm()
    if not form.validate_on_submit():
        if request.method == "GET":
            form.nation.data = "england"
        return render_template("account/first-run.html", page=FirstRunPage(form))
    secret = site().hashing.hash(form.lead_password.data)
    device = words_for(request.user_agent.string)
    try:
        kept = deeds.set_up(
            db(), token, form.about(), FirstLead(form.lead_name.data, form.lead_email.data, secret, device), now()
        )
    except people.EmailTaken:
        form.lead_email.errors = ["Somebody with that email is here already. Use another, or make them a lead on the server."]
        return render_template("account/first-run.html", page=FirstRunPage(form))
    if kept is None:
        return ended_links.page(LinkKind.FIRST_RUN, token)
    log.info("First run: the school is set up by person %s", kept.person_id)
    answer = begin_or_sign_in(kept, "/school/people")
    flash("Your school is set up. Next: add the people who are new.", "done")
    return answer
