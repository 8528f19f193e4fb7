"""Certificates as PDF: one, or many after one another."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from functools import lru_cache
from io import BytesIO

import segno
from flask import make_response, render_template
from werkzeug.wrappers import Response

from ...bridges import typesetting
from ...bridges.typesetting import Document, NotSet
from ...rules.certificate_codes import grouped
from ...rules.certificates import Certificate
from ...settings import HOME
from ...wording import certificates as wording
from ..site import current_programme, site
from .error_pages import FaultPage
from .handed_out import download

log = logging.getLogger("induction.certificates")
SOURCE = HOME / "templates/public/certificate.typ"
AT_ONCE, PATIENCE = threading.BoundedSemaphore(2), 1  # processes that typeset single ones; seconds that another waits
LATELY = 32  # PDFs that were asked for last are at hand, 40 kB each: who asks again and again keeps nobody else waiting
NOT_MADE = FaultPage(
    "The PDF could not be made just now",
    "Nothing is wrong with the certificate: its page shows all that it says.",
    "Try again in a minute, or print that page from your browser: it fits one sheet of A4.",
)


def address(certificate: Certificate) -> str:
    """Where anybody can check it, built on the public address."""
    return f"{site().settings.address}/certificates/{grouped(certificate.code)}"


def answer(certificate: Certificate) -> Response:
    """It as a file that the browser saves; a page in words where it can't be made."""
    try:
        body = _pdf(certificate, address(certificate), current_programme().school.name)
    except NotSet as fault:
        log.error("A certificate could not be set: %s", fault)
        return could_not_be_made()
    return download(body, "application/pdf", f"certificate-{grouped(certificate.code)}.pdf")


@lru_cache(maxsize=LATELY)
def _pdf(certificate: Certificate, where: str, school: str) -> bytes:
    if not AT_ONCE.acquire(timeout=PATIENCE):
        raise NotSet("others are being made")
    try:
        return typesetting.pdf(_source(), _document(certificate, where, school))
    finally:
        AT_ONCE.release()


def could_not_be_made(page: FaultPage = NOT_MADE) -> Response:
    return make_response(render_template("error.html", page=page), 503)


def each_as_pdf(certificates: Iterable[tuple[Certificate, str]], school: str) -> Iterator[bytes]:
    """The PDF of each, with its address, as it is asked for. Raises NotSet."""
    return typesetting.pdfs(_source(), (_document(each, where, school) for each, where in certificates))


@lru_cache(maxsize=1)
def _source() -> str:
    return SOURCE.read_text(encoding="utf-8")


def _document(certificate: Certificate, where: str, school: str) -> Document:
    told = wording.told(certificate, school)
    square = BytesIO()
    segno.make_qr(where, error="m").save(square, kind="svg", border=0, xmldecl=False)
    data = {
        **asdict(told),
        "kind": wording.TITLE,
        "document": f"{wording.TITLE}: {told.name}, {told.title}",
        "school": school,
        "address": where,
        "lacks": wording.LACKS,
        "small": [told.means, wording.NO_CONDUCT, wording.HOW_TO_CHECK],
    }
    return Document(data, certificate.at, {"qr.svg": square.getvalue()})
