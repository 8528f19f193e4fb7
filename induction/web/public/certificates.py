"""Certificates, for anybody who has the code of one: what the school's record says, and the same as a PDF."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from flask import make_response, redirect, render_template
from markupsafe import Markup
from werkzeug.wrappers import Response

from ...rules import certificate_codes
from ...rules.certificates import Certificate
from ...services import certificates
from ...wording import certificates as wording
from ...wording.certificates import Told
from ..incoming_request import all_sent, asked
from ..parts import certificate_files, qr_code
from ..site import current_programme, db, today
from .room import blueprint


@dataclass(frozen=True, slots=True)
class CertificatePage:
    told: Told
    stands: tuple[str, str]  # a few words, and a sentence
    holds: bool  # there is nothing more to say of it
    badge: bool  # one is made of it
    address: str
    square: Markup  # the address, for a phone
    pdf: str


@dataclass(frozen=True, slots=True)
class AskPage:
    typed: str
    not_here: bool  # nothing is held under what was typed
    empty: bool  # nothing was typed


@blueprint.get("/certificates/", endpoint="certificates")
def ask() -> Response | str:
    """A page to type a code, which leads to the certificate's own."""
    if "code" not in all_sent():
        return _ask(AskPage("", False, False))
    typed = asked("code", certificate_codes.LONGEST)
    code = certificate_codes.found_in(typed)
    if code:
        return redirect(f"/certificates/{quote(certificate_codes.grouped(code))}", 303)
    return _ask(AskPage(typed, bool(typed.strip()), not typed.strip()), 404 if typed.strip() else 200)


@blueprint.get("/certificates/<code>", endpoint="certificate")
def certificate(code: str) -> Response:
    found = certificates.of_code(db(), current_programme(), code)
    if found is None:
        return _not_here(code)
    return _unlisted(make_response(render_template("public/certificate.html", page=_page(found), words=wording)))


@blueprint.get("/certificates/<code>.pdf", endpoint="certificate_pdf")
def pdf(code: str) -> Response:
    """The same on paper: it is the same bytes each time, as long as the record says the same."""
    found = certificates.of_code(db(), current_programme(), code)
    return _not_here(code) if found is None else _unlisted(certificate_files.answer(found))


def _page(found: Certificate) -> CertificatePage:
    told, where = wording.told(found, current_programme().school.name), certificate_files.address(found)
    state = found.state(today())
    return CertificatePage(
        told=told,
        stands=wording.stands(found, today()),
        holds=state is state.HOLDS,
        badge=not found.correction,
        address=where,
        square=qr_code.drawn(where),
        pdf=f"/certificates/{told.code}.pdf",
    )


def _not_here(code: str) -> Response:
    """The same for a code that never was, for one whose record was erased, and for one with a slip in it."""
    return _ask(AskPage(code[: certificate_codes.LONGEST], True, False), 404)


def _ask(page: AskPage, status: int = 200) -> Response:
    return make_response(render_template("public/certificates.html", page=page, words=wording), status)


def _unlisted(answer: Response) -> Response:
    """Who has the code may see a name; who looks for the name must not find the code."""
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
