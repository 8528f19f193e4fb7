"""Somebody's certificates in a list: their own, and as a mentor or a lead finds them."""

from __future__ import annotations

from dataclasses import dataclass

from ...rules.certificate_codes import grouped
from ...services import certificates
from ...wording import certificates as wording
from ..site import current_programme, db, today


@dataclass(frozen=True, slots=True)
class CertificateRow:
    title: str  # of the course
    words: str  # *4 December 2026 · valid until 1 September 2027*
    href: str


def rows(person_id: int) -> list[CertificateRow]:
    """All of somebody's, the latest first."""
    return [
        CertificateRow(each.title, wording.in_a_list(each, today()), f"/certificates/{grouped(each.code)}")
        for each in certificates.of_person(db(), current_programme(), person_id)
    ]
