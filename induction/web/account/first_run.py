"""The first run: four short pages at one address, on which the school is set up by its first lead.

What was typed so far stays in the browser, in its signed cookie, so that each page is one that can be opened again, and is
looked at again each time a page is sent. Nothing is kept here before the third is. The password stands on that page alone
and goes nowhere else. The fourth says what was set up.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import current_app, g, redirect, render_template, request, session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response
from wtforms import Field

from ...content.model import School
from ...content.school_words import OUT_OF_HOURS_PHONE
from ...records.people import one_time_links, people
from ...records.people.one_time_links import Ended, LinkKind
from ...records.people.people import Person
from ...records.school import school
from ...records.school.school import UNNAMED, SchoolDetails
from ...rules.roles import Role
from ...rules.second_factor import SessionWay
from ...services import people as deeds
from ...services.people import FirstLead
from ...services.sign_in import Entrance
from ...wording import first_run as wording
from ..incoming_request import asked, number, sent
from ..parts.fields import SHOWN_AGAIN, EmailLine, Name, NewPassword
from ..parts.school_form import NATION_CHOICES, PHASE_CHOICES, SchoolForm
from ..security.browser_names import device
from ..security.sign_in import begin_or_sign_in
from ..site import current_programme, db, now, site
from . import ended_links
from .room import blueprint

log = logging.getLogger("induction.account")
TEMPLATES = ("first-run-school", "first-run-contacts", "first-run-lead")  # of the pages that are sent, in order
LAST = len(TEMPLATES)
SO_FAR = "first_run"  # in the session's cookie: what was typed, by field
LONGEST_COOKIE = 3800  # bytes; browsers drop a cookie of more than 4096
FIRST_CONTACTS = {"out_of_hours", "out_of_hours_phone", "safeguarding_lead", "safeguarding_lead_phone", "public_contacts"}
OF_THE_SCHOOL, OF_THE_LEAD = ("name", "phase", "nation"), ("lead_name", "lead_email", "lead_password")


class FirstRunForm(SchoolForm):
    """All that the pages ask. What a school says later, under its settings, is not asked here."""

    social_care_phone = social_care_out_of_hours_phone = adult_concerns_phone = data_protection_lead = None
    lead_name = Name("Your name", "Write your name.")
    lead_email = EmailLine("Your email")
    lead_password = NewPassword()

    def own_words(self) -> tuple[str, ...]:
        return (self.name.data or "", self.lead_name.data or "", self.lead_email.data or "")

    def not_words(self) -> set[str]:
        return set(OF_THE_LEAD)

    def of_page(self, page: int) -> list[Field]:
        """The fields of one of the pages that are sent."""
        return [field for field in self if _page_of(field) == page]

    def first_trouble(self, sent_page: int) -> int | None:
        """The first page, up to the one that was sent, on which something is to be mended, with no errors but its own."""
        self.validate()
        wrong = [_page_of(field) for field in self if field.errors]
        first = min((page for page in wrong if page <= sent_page), default=None)
        for field in self:
            if _page_of(field) != first:
                field.errors = ()
        return first


def _page_of(field: Field) -> int:
    return 1 if field.name in OF_THE_SCHOOL else LAST if field.name in OF_THE_LEAD else 2


@dataclass(frozen=True, slots=True)
class FirstRunPage:
    form: FirstRunForm
    number: int
    more_open: bool  # whether more contacts than the first are shown unfolded


@dataclass(frozen=True, slots=True)
class DonePage:
    lead_words: str
    kind: str  # of school
    details: SchoolDetails
    out_of_hours: tuple[str, str]  # who, and the number
    safeguarding_lead: tuple[str, str]
    seen_by: str
    lead: Person


@blueprint.route("/first-run/<token>", methods=["GET", "POST"])
def first_run(token: str) -> Response | str:
    token = ended_links.token_within(LinkKind.FIRST_RUN, token)
    if one_time_links.find(db(), LinkKind.FIRST_RUN, token, now()) is None or people.has_lead(db()):
        return _over(token)
    return _shown() if request.method == "GET" else _sent(token)


def _shown() -> str:
    """The page that is asked for, or an earlier one that is not filled in yet."""
    form, page = FirstRunForm(_so_far()), number(asked("page"))
    page = page if 1 <= page <= LAST else 1
    page = form.first_trouble(page - 1) or page
    for field in form:
        field.errors = ()  # nothing was sent
    return _page(form, page)


def _sent(token: str) -> Response | str:
    page = number(sent("stage"))
    form = _filled_in(page if 1 <= page <= LAST else None)
    page = page if 1 <= page <= LAST else LAST
    kept, back = _keep(form), bool(sent("back"))
    trouble = None if back and kept else form.first_trouble(page)
    if not kept and not trouble:
        form.of_page(page)[0].errors, trouble = [wording.TOO_MUCH], page
    if trouble:
        return _page(form, trouble)
    if page == LAST and not back:
        return _set_up(form, token)
    return redirect(f"/first-run/{token}?page={page - 1 if back else page + 1}", 303)


def _filled_in(page: int | None) -> FirstRunForm:
    """The form with what was sent of a page, and what was typed before on the others; None: all of it was sent at once."""
    so_far = _so_far()
    typed = {
        field.name: sent(field.name, SHOWN_AGAIN + 1) if page in (None, _page_of(field)) else so_far.get(field.name, "")
        for field in FirstRunForm(formdata=None)
    }
    return FirstRunForm(MultiDict({name: value for name, value in typed.items() if value}))


def _so_far() -> MultiDict[str, str]:
    """What was typed before; contacts are shown to anyone until that is taken away."""
    return MultiDict(session.get(SO_FAR) or {"public_contacts": "y"})


def _keep(form: FirstRunForm) -> bool:
    """Keep what was typed in this browser; False, and nothing is kept, where it is more than a cookie holds."""
    typed = {field.name: "y" if field.data is True else getattr(field, "shown", field.data or "") for field in form}
    so_far = {name: value for name, value in typed.items() if value and name != "lead_password"}
    signer = current_app.session_interface.get_signing_serializer(current_app)
    if len(signer.dumps({**session, SO_FAR: so_far})) > LONGEST_COOKIE:
        return False
    session[SO_FAR] = so_far
    return True


def _set_up(form: FirstRunForm, token: str) -> Response | str:
    secret = site().hashing.hash(form.lead_password.data)
    first = FirstLead(form.lead_name.data, form.lead_email.data, secret, device())
    try:
        kept = deeds.set_up(db(), token, form.about(), first, now())
    except people.EmailTaken:
        form.lead_email.errors = ["Somebody with that email is here already. Use another, or make them a lead on the server."]
        return _page(form, LAST)
    if kept is None:
        return ended_links.page(LinkKind.FIRST_RUN, token)
    log.info("First run: the school is set up by person %s", kept.person_id)
    return begin_or_sign_in(kept, f"/first-run/{token}", Entrance(SessionWay.LINK))


def _page(form: FirstRunForm, page: int) -> str:
    if page > 1:
        programme = current_programme()
        form.speak_as(School(form.name.data or UNNAMED, form.nation.data or "", form.phase.data or ""), programme.library)
    more = [field for field in form.of_page(2) if field.name not in FIRST_CONTACTS]
    return render_template(
        f"account/{TEMPLATES[page - 1]}.html",
        page=FirstRunPage(form, page, any(field.data or field.errors for field in more)),
    )


def _over(token: str) -> Response | str:
    """The fourth page, for a lead of the school that the link has set up; else why it doesn't work."""
    lead = g.get("viewer")
    used = one_time_links.why_ended(db(), LinkKind.FIRST_RUN, token) is Ended.USED
    if lead is None or lead.role is not Role.LEAD or not used:
        return ended_links.page(LinkKind.FIRST_RUN, token)
    about = school.details(db())
    words = about.words
    return render_template("account/first-run-done.html", page=DonePage(
        wording.set_up(current_programme().policy_state.published),
        f"{PHASE_CHOICES.get(about.phase, '')}, {NATION_CHOICES.get(about.nation, '')}",
        about,
        (words.get("out of hours", ""), words.get(OUT_OF_HOURS_PHONE, "")),
        (words.get("safeguarding lead", ""), words.get("safeguarding lead phone", "")),
        wording.who_sees_contacts(about.public_contacts),
        lead,
    ))
