"""Every published version of the policy: when, by whom, what it changed, and its words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from flask import abort, render_template
from werkzeug.wrappers import Response

from ...content.editions import policy_document
from ...content.editions.policy_document import PolicyDocument, SectionChange
from ...records.policy import versions as policies
from ...records.policy.versions import Version
from ...rules import calendar
from ...wording import dates
from ..site import db, today
from .room import blueprint


@dataclass(frozen=True, slots=True)
class VersionRow:
    version: Version
    day: str
    by: str


@blueprint.get("/policy/versions", endpoint="policy_versions")
def versions() -> str:
    rows = [_version_row(each) for each in policies.versions(db())]
    return render_template("school/policy-versions.html", page=rows)


def _version_row(each: Version) -> VersionRow:
    by = each.published_by_name or "the command line"
    return VersionRow(each, dates.day(calendar.local(each.at).date(), today()), by)


@dataclass(frozen=True, slots=True)
class VersionPage:
    row: VersionRow
    on: date
    document: PolicyDocument | None
    changes: list[SectionChange]


@blueprint.get("/policy/versions/<id:number>", endpoint="policy_version")
def version(number: int) -> str:
    """A version as it was published, and what had changed in it."""
    found = policies.version(db(), number) or abort(404)
    before = policies.version(db(), number - 1)
    document = policy_document.open_policy(found.text) if found.text else None
    older = policy_document.open_policy(before.text) if before and before.text else None
    page = VersionPage(
        _version_row(replace(found, text=None)),
        calendar.local(found.at).date(),
        document,
        policy_document.changes(older, document) if older and document else [],
    )
    return render_template("school/policy-version.html", page=page)


@blueprint.get("/policy/versions/<id:number>/words", endpoint="policy_words")
def words(number: int) -> Response:
    """The words of a version to the letter, for anyone to work out their SHA-256."""
    found = policies.version(db(), number)
    if found is None or not found.text:
        abort(404)
    answer = Response(found.text.encode(), content_type="application/json; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="policy-version-{number}.json"'
    return answer
