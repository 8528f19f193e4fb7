"""What somebody takes along to their next school: certificates, badges and the whole record, as files by their names."""

from __future__ import annotations

import logging

from ...bridges.typesetting import NotSet
from ...records.people.people import Person
from ...rules.badge_reading import Form
from ...rules.certificate_codes import grouped
from ...services import badges as deeds
from ...services import certificates
from ...services.badges import CannotSign
from ...wording import certificates as wording
from ...wording import taken_along
from ..site import current_programme, db, site
from . import badges, certificate_files
from .whole_record import everything, files_of

log = logging.getLogger("induction.record")
Files = dict[str, str | bytes]


def files(person: Person) -> Files:
    """All of it. What can't be made just now is missing, and the file that is read first says so."""
    held = certificates.of_person(db(), current_programme(), person.id)
    pdfs, signed = _pdfs(held), _badges(held)
    first = taken_along.read_me(
        person.name, badges.own_school(), len(held), pdfs=len(pdfs), badges=len(signed) // len(Form), is_reachable=bool(site().settings.url)
    )
    record = {f"record/{name}": text for name, text in files_of(everything(person)).items()}
    return {"read-me-first.txt": first, **pdfs, **signed, **record}


def _pdfs(held: list[certificates.Certificate]) -> Files:
    asked = [(each, certificate_files.address(each)) for each in held]
    if not asked or not certificate_files.AT_ONCE.acquire(timeout=certificate_files.PATIENCE):
        return {}
    try:
        made = list(certificate_files.each_as_pdf(asked, current_programme().school.name))
    except NotSet as fault:
        log.error("Certificates could not be set: %s", fault)
        return {}
    finally:
        certificate_files.AT_ONCE.release()
    return {f"certificates/{wording.file_name(each)}": body for each, body in zip(held, made, strict=True)}


def _badges(held: list[certificates.Certificate]) -> Files:
    found: Files = {}
    for each in held:
        try:
            for form in Form:
                body = deeds.of_certificate(db(), site().settings.data, each, badges.own_school(), form)
                found[f"badges/badge-{grouped(each.code)}.{form}"] = body
        except CannotSign:
            log.warning("A badge could not be signed")
    return found
