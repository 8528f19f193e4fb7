"""The register of approved accounts as all staff read it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template

from ...records.school import approved_accounts
from ...records.school.approved_accounts import Said
from ...rules import account_approval, calendar
from ...rules.account_approval import Need
from ...rules.roles import Role
from ...wording import dates
from ...wording.approved_accounts import in_short
from ..site import current_programme, db, today, viewer
from .room import blueprint


@dataclass(frozen=True, slots=True)
class ApprovedAccount:
    said: Said
    purpose: str
    looked_after_by: str
    since: str
    review: str


@dataclass(frozen=True, slots=True)
class RestingAccount:
    said: Said
    reason: str


@dataclass(frozen=True, slots=True)
class RegisterPage:
    school: str
    need: Need
    approved: list[ApprovedAccount]
    resting: list[RestingAccount]  # not approved now
    is_lead: bool


@blueprint.get("/policy/accounts", endpoint="approved_accounts")
def shown() -> str:
    programme = current_programme()
    need = account_approval.need(programme.library.facets.values(), programme.school)
    approved, resting = [], []
    for each in approved_accounts.listing(db()):
        standing, said = each.standing(need, today()), each.latest.said
        if not standing.approved or each.since is None:
            resting.append(RestingAccount(said, in_short(standing)))
            continue
        approved.append(
            ApprovedAccount(
                said,
                said.answers.get("purpose", ""),
                " and ".join(person.called for person in each.latest.responsible),
                dates.short_day(calendar.local(each.since).date(), today()),
                dates.short_day(said.review_on, today()),
            )
        )
    page = RegisterPage(programme.school.name, need, approved, resting, viewer().role is Role.LEAD)
    return render_template("learner/approved-accounts.html", page=page)
