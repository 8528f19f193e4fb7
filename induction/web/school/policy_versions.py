"""Every published version of the policy: when, by whom, what it changed, and its words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import abort, render_template
from werkzeug.wrappers import Response

from ...content.editions import policy_document
from ...content.editions.policy_document import PolicyDocument, SectionChange
from ...records.policy import versions
from ...records.policy.versions import Version
from ...rules.calendar import local
from ...wording import dates, policy
from ..site import db, today
from .room import blueprint


@dataclass(frozen=True, slots=True)
class VersionRow:
    version: Version
    day: str
    by: str
    asks: str  # whom it asks to read it


@blueprint.get("/policy/versions", endpoint="policy_versions")
def every_version() -> str:
    rows = [
        VersionRow(each, dates.day(local(each.at).date(), today()), _by(each), policy.whom_it_asks(bool(each.sha256), each.material))
        for each in versions.versions(db())
    ]
    return render_template("school/policy-versions.html", page=rows)


def _by(version: Version) -> str:
    return version.published_by_name or policy.COMMAND_LINE


@dataclass(frozen=True, slots=True)
class VersionPage:
    version: Version
    by: str
    on: date
    document: PolicyDocument | None
    changes: list[SectionChange]


@blueprint.get("/policy/versions/<id:number>", endpoint="policy_version")
def version(number: int) -> str:
    """A version as it was published, and what had changed in it."""
    found = versions.version(db(), number) or abort(404)
    before = versions.version(db(), number - 1)
    document = policy_document.open_policy(found.text) if found.text else None
    older = policy_document.open_policy(before.text) if before and before.text else None
    page = VersionPage(
        version=found,
        by=_by(found),
        on=local(found.at).date(),
        document=document,
        changes=policy_document.changes(older, document) if older and document else [],
    )
    return render_template("school/policy-version.html", page=page)


@blueprint.get("/policy/versions/<id:number>/words", endpoint="policy_words")
def words(number: int) -> Response:
    """The words of a version to the letter, for anyone to work out their SHA-256."""
    found = versions.version(db(), number)
    if found is None or not found.text:
        abort(404)
    answer = Response(found.text.encode(), content_type="application/json; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="policy-version-{number}.json"'
    return answer
