"""The badge of a certificate, for anybody who has its code, and the keys by which badges of this school are checked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Response, abort, make_response, render_template

from ...rules.badge_reading import Form
from ...rules.badges import KEYS
from ...rules.certificate_codes import grouped
from ...rules.certificates import Certificate
from ...services import badges as deeds
from ...services import certificates
from ...services.badges import CannotSign
from ...wording import badges as wording
from ...wording import certificates as certificate_words
from ..parts import badges as parts
from ..parts.handed_out import download
from ..security.access import same_for_all
from ..site import current_programme, db, site
from .room import blueprint


@dataclass(frozen=True, slots=True)
class BadgePage:
    code: str
    facts: list[tuple[str, str]]
    fingerprint: str
    trouble: str  # no badge can be made
    no_address: str  # nobody can reach the address that stands in it


def _found(code: str) -> Certificate:
    """One that is not there, or no longer, is the same as any other address that is none."""
    return certificates.of_code(db(), current_programme(), code) or abort(404)


@blueprint.get("/certificates/<code>/badge", endpoint="badge")
def badge(code: str) -> Response:
    found, settings = _found(code), site().settings
    told = certificate_words.told(found, current_programme().school.name)
    fingerprint, trouble = parts.own_fingerprint()
    page = BadgePage(
        told.code, [("Name", told.name), ("Course", told.title), *told.facts], fingerprint,
        wording.CORRECTED if found.correction else trouble and wording.FOR_OTHERS, "" if settings.url else wording.NO_ADDRESS,
    )  # fmt: skip
    return _unlisted(make_response(render_template("public/badge.html", page=page)))


@blueprint.get("/certificates/<code>/badge.json", endpoint="badge_json")
def as_json(code: str) -> Response:
    """With its proof in itself."""
    return _file(_found(code), Form.JSON)


@blueprint.get("/certificates/<code>/badge.jwt", endpoint="badge_token")
def as_token(code: str) -> Response:
    return _file(_found(code), Form.TOKEN)


def _file(found: Certificate, form: Form) -> Response:
    try:
        body = deeds.of_certificate(db(), site().settings.data, found, parts.own_school(), form)
    except CannotSign:
        abort(404, wording.FOR_OTHERS)
    return _unlisted(download(body, parts.MEDIA_TYPES[form], f"badge-{grouped(found.code)}.{form}"))


@blueprint.get(KEYS, endpoint="signing_keys")
@same_for_all
def keys() -> Response:
    """The school's public keys, those of before too. A badge names one of them."""
    return _for_programs(deeds.published(db(), parts.own_school()), "application/json; charset=utf-8")


@blueprint.get(f"{KEYS}.jwks", endpoint="token_keys")
@same_for_all
def keys_for_tokens() -> Response:
    return _for_programs(deeds.published_for_tokens(db(), parts.own_school()), "application/jwk-set+json; charset=utf-8")


def _for_programs(said: Mapping[str, Any], kind: str) -> Response:
    """What a page of another site may read too, as those do that check badges: it is the same for everybody."""
    answer = Response(json.dumps(said, indent=2) + "\n", content_type=kind)
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def _unlisted(answer: Response) -> Response:
    """Who has the code may see a name; who looks for the name must not find the code."""
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
