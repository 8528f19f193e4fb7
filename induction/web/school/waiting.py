"""Waiting to be let in: accounts of the school's own domain whose owner was not invited; a lead lets each in, or doesn't."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request
from werkzeug.wrappers import Response
from wtforms import SelectField

from ...records.people import people, waiting_accounts
from ...records.people.faults import EmailTaken, NotAMentor
from ...records.people.person import Person
from ...records.people.waiting_accounts import WaitingAccount
from ...services import letters, providers
from ...services import provider_accounts as deeds
from ...wording import dates
from ...wording import providers as wording
from ..incoming_request import asked
from ..parts.fields import CalmForm, Name
from ..parts.paging import list_address, within
from ..security.confirm import ask_again
from ..site import db, now, site, viewer
from .person_form import GONE, offered
from .room import blueprint

log = logging.getLogger("induction.school")
HERE = "/school/sign-in/waiting"
PER_PAGE = 50


class LetInForm(CalmForm):
    name = Name("Name", "Write the name.", hint=wording.NAME_HINT)
    mentor = SelectField("Mentor", default="", invalid_choice_message=GONE)

    @classmethod
    def of(cls, waiting: WaitingAccount, **more: str) -> LetInForm:
        form = cls(data={"name": waiting.name, **more})
        form.mentor.choices = {"": "No mentor at present"} | offered(None)
        return form


@dataclass(frozen=True, slots=True)
class Row:
    waiting: WaitingAccount
    called: str
    since: str


@dataclass(frozen=True, slots=True)
class WaitingPage:
    rows: Sequence[Row]
    refused: bool  # those who were refused are shown
    others: int  # how many stand in the other list
    page: int
    pages: int

    def address(self, page: int) -> str:
        return list_address(HERE, page, "refused" if self.refused else "", "")


@dataclass(frozen=True, slots=True)
class LetInPage:
    row: Row
    form: LetInForm
    taken: Person | None  # who has that address here already


@blueprint.get("/sign-in/waiting", endpoint="waiting")
def read() -> str:
    refused = asked("show") == "refused"
    listed = waiting_accounts.listing(db(), refused)
    page, pages = within(len(listed), PER_PAGE)
    rows = [_row(each) for each in listed[(page - 1) * PER_PAGE : page * PER_PAGE]]
    return render_template("school/waiting.html", page=WaitingPage(rows, refused, waiting_accounts.count(db(), not refused), page, pages))


@blueprint.route("/sign-in/waiting/<id:waiting_id>", methods=["GET", "POST"], endpoint="let_in")
def let_in(waiting_id: int) -> Response | str:
    waiting = waiting_accounts.find(db(), waiting_id)
    if waiting is None:
        return _waits_no_longer() if request.method == "POST" else abort(404)
    form = LetInForm.of(waiting)
    if not form.validate_on_submit():
        return _page(waiting, form)
    ask_again()
    try:
        person = deeds.let_in(
            db(), waiting_id, form.name.data, int(form.mentor.data) if form.mentor.data else None,
            providers.label(db(), site().settings, waiting.issuer), by=viewer().id, now=now(),
        )  # fmt: skip
    except EmailTaken:
        return _page(waiting, form)
    except NotAMentor:
        form.mentor.errors = [GONE]
        return _page(waiting, form)
    if person is None:
        return _waits_no_longer()
    log.info("Person %s let in by person %s", person.id, viewer().id)
    flash(_let_in(person.name), "done")
    return redirect(f"/school/people/{person.id}", 303)


@blueprint.post("/sign-in/waiting/<id:waiting_id>/refuse", endpoint="refuse_waiting")
def refuse(waiting_id: int) -> Response:
    """Pressed twice, it is done once."""
    waiting = waiting_accounts.find(db(), waiting_id)
    if waiting is None or not deeds.refuse(db(), waiting_id, by=viewer().id, now=now()):
        return _waits_no_longer()
    log.info("Waiting account %s refused by person %s", waiting_id, viewer().id)
    flash(wording.not_ours(waiting.name or waiting.address), "done")
    return redirect(HERE, 303)


def _let_in(name: str) -> str:
    office = letters.office(db())
    return wording.let_in(name, office.open, office.held)


def _waits_no_longer() -> Response:
    flash(wording.WAITS_NO_LONGER, "wait")
    return redirect(HERE, 303)


def _row(waiting: WaitingAccount) -> Row:
    return Row(waiting, waiting.name or waiting.address, dates.recently(waiting.refused_at or waiting.at, now()))


def _page(waiting: WaitingAccount, form: LetInForm) -> str:
    page = LetInPage(_row(waiting), form, people.by_email(db(), waiting.address))
    return render_template("school/let-in.html", page=page)
