"""The register of approved accounts as leads keep it: add one, change it, sign it off, switch it off."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date, datetime

from flask import abort, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from ...content.model import Fact
from ...records.people import people
from ...records.school import approved_accounts
from ...records.school.approved_accounts import (
    Account,
    Assessment,
    ChangedMeanwhile,
    NotHere,
    OnTheRegister,
    OwnAssessment,
    SignedAlready,
    Switch,
)
from ...rules import account_approval, calendar
from ...rules.account_approval import AccountStatus, Need
from ...rules.names import told_apart
from ...services import approved_accounts as register_deeds
from ...services.approved_accounts import NotASecondHand
from ...wording.approved_accounts import (
    NOT_IN_USE,
    age_fault,
    how_it_stands,
    in_a_word,
    in_short,
    switched_already,
    switched_for_another_reason,
    why_not,
)
from ...wording.second_signature import tied_words, waits_words
from ..incoming_request import asked, number, sent
from ..parts import seen
from ..parts.fields import CalmForm, Line
from ..parts.seen import Theirs
from ..parts.signature import SignatureForm
from ..security.carried_fields import keeps_words_of
from ..site import current_programme, db, now, today, viewer
from .risk_assessment import GONE, GROUPS, AssessmentForm, Row, read_out
from .room import blueprint

log = logging.getLogger("induction.accounts")
LIST = "/school/policy/accounts"


def _need() -> Need:
    programme = current_programme()
    return account_approval.need(programme.library.facets.values(), programme.school)


@dataclass(frozen=True, slots=True)
class AccountRow:
    account: Account
    status: AccountStatus

    @property
    def in_a_word(self) -> str:
        return in_a_word(self.status)

    @property
    def in_short(self) -> str:
        return in_short(self.status)


@dataclass(frozen=True, slots=True)
class AccountsPage:
    rows: list[AccountRow]
    not_in_use: str | None  # why no account is approved, whatever is written here


@blueprint.get("/policy/accounts", endpoint="accounts")
def accounts_list() -> str:
    need = _need()
    rows = [AccountRow(each, each.standing(need, today())) for each in approved_accounts.listing(db())]
    return render_template("school/approved-accounts.html", page=AccountsPage(rows, NOT_IN_USE.get(need)))


@dataclass(frozen=True, slots=True)
class AccountFormPage:
    form: AssessmentForm
    account: Account | None  # None: a new one
    under_16: Fact | None
    based_on: int = 0  # the assessment that the page shows, or had shown where a form with a mistake came from it
    theirs: Theirs | None = None  # what somebody else has written since the page was opened
    groups: tuple[tuple[str, tuple[str, ...]], ...] = GROUPS


def _form(**more: None) -> AssessmentForm:
    form = AssessmentForm(**more)
    form.offer(account_approval.platforms(current_programme().library.facts), told_apart(people.here(db())), today())
    return form


def _form_page(form: AssessmentForm, account: Account | None, theirs: Theirs | None = None) -> AccountFormPage:
    based_on = account.latest.id if account and (theirs or not form.is_submitted()) else number(sent("based_on"))
    return AccountFormPage(form, account, current_programme().library.facts.get("under-16-rules"), based_on, theirs)


def _draw(page: AccountFormPage) -> str:
    return render_template("school/approved-account-form.html", page=page)


def _say(form: AssessmentForm, fault: Exception) -> AssessmentForm:
    """What only the records could see, beside the field it is about."""
    if isinstance(fault, OnTheRegister):
        form.handle.errors = ["That account is on the register already. Open it there and change it."]
    else:
        form.second_responsible.errors = [GONE]
    return form


@blueprint.route("/policy/accounts/add", methods=["GET", "POST"])
@keeps_words_of(lambda: AssessmentForm)
def add_account() -> Response | str:
    form = _form()
    if not form.validate_on_submit():
        return _draw(_form_page(form, None))
    try:
        account_id = register_deeds.add(db(), form.said(), by=viewer().id, now=now())
    except (NotHere, OnTheRegister) as fault:
        return _draw(_form_page(_say(form, fault), None))
    log.info("Account %s put on the register by person %s", account_id, viewer().id)
    flash("Saved. It is not approved until another lead has signed it off.", "done")
    return redirect(f"{LIST}/{account_id}", 303)


@blueprint.route("/policy/accounts/<id:account_id>/change", methods=["GET", "POST"])
@keeps_words_of(lambda: AssessmentForm)
def change_account(account_id: int) -> Response | str:
    """Write the risk assessment anew, filled in with the latest."""
    account = approved_accounts.find(db(), account_id) or abort(404)
    form = _form()
    if request.method == "GET":
        form.show(account.latest)
    if not form.validate_on_submit():
        return _draw(_form_page(form, account))
    try:
        based_on = number(sent("based_on"))
        register_deeds.change(db(), account.id, form.said(), based_on=based_on, by=viewer().id, now=now())
    except (NotHere, OnTheRegister) as fault:
        return _draw(_form_page(_say(form, fault), account))
    except ChangedMeanwhile:
        return _draw(_changed_meanwhile(form, account.id))
    log.info("Account %s assessed anew by person %s", account.id, viewer().id)
    flash("Saved. It is not approved until another lead has signed it off.", "done")
    return redirect(f"{LIST}/{account.id}", 303)


def _changed_meanwhile(form: AssessmentForm, account_id: int) -> AccountFormPage:
    """The form as it was typed, with what somebody else has changed beneath it."""
    account = approved_accounts.find(db(), account_id) or abort(404)
    latest = account.latest
    before = next((each for each in approved_accounts.assessments(db(), account_id) if each.id == number(sent("based_on"))), None)
    old = [row for _, rows in read_out(form, before) for row in rows] if before else []
    changed = [(row.label, list(row.lines)) for _, rows in read_out(form, latest) for row in rows if row not in old]
    who = seen.who_changed(latest.written_by, latest.written_by_name, latest.at)
    return _form_page(form, account, Theirs(who, changed))


class SwitchForm(CalmForm):
    why = Line("Why", "Write why.", longest=500)


@dataclass(frozen=True, slots=True)
class AccountPage:
    account: Account
    shown: Assessment  # the latest, or an earlier one
    groups: list[tuple[str, list[Row]]]
    status: AccountStatus
    in_a_word: str
    why_not: str
    earlier: list[Assessment]
    switches: list[Switch]
    other_leads: list[str]  # who may sign what the writer wrote
    mine: bool  # the viewer wrote the latest
    waits: str | None  # why the viewer's signature doesn't count yet
    tied: list[str]  # what the writer did to the account of whoever signed what is shown
    sign_form: SignatureForm
    switch_form: SwitchForm
    trouble: str | None
    too_young: str | None  # where the platform asks for a higher age than it did then
    printed: date

    @property
    def is_latest(self) -> bool:
        return self.shown.id == self.account.latest.id

    def day(self, moment: datetime) -> date:
        return calendar.local(moment).date()


@blueprint.get("/policy/accounts/<id:account_id>", endpoint="account")
def account(account_id: int) -> str:
    return _account_page(account_id)


def _account_page(
    account_id: int, sign: SignatureForm | None = None, switch: SwitchForm | None = None, trouble: str | None = None
) -> str:
    found = approved_accounts.find(db(), account_id) or abort(404)
    every, status = approved_accounts.assessments(db(), found.id), found.standing(_need(), today())
    shown = found.latest
    if earlier := asked("assessment"):
        shown = next((each for each in every if each.id == number(earlier)), None) or abort(404)
    page = AccountPage(
        account=found,
        shown=shown,
        groups=read_out(AssessmentForm(formdata=None), shown),
        status=status,
        in_a_word=in_a_word(status),
        why_not=why_not(status, today()),
        earlier=[each for each in every if each.id != found.latest.id],
        switches=approved_accounts.switches(db(), found.id),
        other_leads=[words for id, words in told_apart(people.leads(db())).items() if id != found.latest.written_by],
        mine=found.latest.written_by == viewer().id,
        waits=_waits(found.latest),
        tied=_tied(shown),
        sign_form=sign or SignatureForm(formdata=None),
        switch_form=switch or SwitchForm(formdata=None),
        trouble=trouble,
        too_young=_too_young(found.latest),
        printed=today(),
    )
    return render_template("school/approved-account.html", page=page)


def _waits(assessment: Assessment) -> str | None:
    """Why the viewer can't be the second hand yet."""
    hand = register_deeds.second_hand(db(), viewer().id, assessment.written_by, now())
    return waits_words(hand.waits_for, assessment.written_by_name, today()) if hand.waits_for else None


def _tied(assessment: Assessment) -> list[str]:
    """What whoever wrote it had done to the account that signed it, as it stands beside the signature."""
    signed = assessment.signature
    if signed is None:
        return []
    hand = register_deeds.second_hand(db(), signed.signed_by, assessment.written_by, signed.at)
    return [tied_words(each, assessment.written_by_name, today()) for each in hand.ties]


def _too_young(assessment: Assessment) -> str | None:
    """What is wrong with an audience by the platform's minimum age of today."""
    said = assessment.said
    known = {each.name: each for each in account_approval.platforms(current_programme().library.facts)}.get(said.platform)
    return age_fault(known, said.youngest) if known else None


@blueprint.post("/policy/accounts/<id:account_id>/sign")
def sign_account(account_id: int) -> Response | str:
    """Sign the latest risk assessment off, as a second person."""
    found = approved_accounts.find(db(), account_id) or abort(404)
    form = SignatureForm()
    if not form.validate():
        return _account_page(found.id, sign=form)
    try:
        new = register_deeds.sign(
            db(), found.id, number(sent("assessment")), typed_name=form.name.data, by=viewer().id, now=now()
        )
    except ChangedMeanwhile:
        return _account_page(found.id, form, trouble="It was changed after you opened this page. Read what it says now, then sign.")
    except OwnAssessment:
        return _account_page(found.id, trouble="You wrote this one, so a second person signs it off: another lead.")
    except SignedAlready:
        return _account_page(found.id, trouble="Somebody else has signed it off already.")
    except NotASecondHand as fault:
        return _account_page(found.id, form, trouble=waits_words(fault.tie, found.latest.written_by_name, today()))
    if new:
        log.info("Account %s signed off by person %s", found.id, viewer().id)
    flash(f"{'Signed off' if new else 'You had signed it off before, and that stands'}. {_how_it_stands(found.id)}", "done")
    return redirect(f"{LIST}/{found.id}", 303)


@blueprint.post("/policy/accounts/<id:account_id>/switch")
def switch_account(account_id: int) -> Response | str:
    """Switch an account off, or on again; the form says which, so that sending it twice is harmless."""
    found = approved_accounts.find(db(), account_id) or abort(404)
    form, off = SwitchForm(), sent("off") != "0"
    if not form.validate():
        return _account_page(found.id, switch=form)
    new = register_deeds.switch(db(), found.id, off=off, why=form.why.data, by=viewer().id, now=now())
    if not new:
        return _switched_before(found.id, form, off)
    log.info("Account %s switched %s by person %s", found.id, "off" if off else "on", viewer().id)
    words = "Switched off. The register tells staff that nobody uses it." if off else f"Switched on again. {_how_it_stands(found.id)}"
    flash(words, "done")
    return redirect(f"{LIST}/{found.id}", 303)


def _switched_before(account_id: int, form: SwitchForm, off: bool) -> Response | str:
    """It was so already: by the same words, or by others, which stand."""
    found = approved_accounts.find(db(), account_id) or abort(404)
    last = found.switch
    if last is None or (last.why, last.by) == (form.why.data, viewer().id):
        flash(f"{switched_already(off, last is not None)}. Nothing more was changed.", "done")
        return redirect(f"{LIST}/{account_id}", 303)
    by = "you" if last.by == viewer().id else last.by_name
    return _account_page(account_id, trouble=switched_for_another_reason(off, by, last.why, form.why.data))


def _how_it_stands(account_id: int) -> str:
    found = approved_accounts.find(db(), account_id) or abort(404)
    return how_it_stands(found.standing(_need(), today()), today())
