"""All of the school's certificates as PDF, in one file that is sent while it is made."""

from __future__ import annotations

import logging
import threading
from collections.abc import Generator, Iterable
from datetime import date
from itertools import chain
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from flask import Response, abort
from werkzeug.wrappers import Response as AnyResponse

from ...bridges.typesetting import NotSet
from ...records.progress import certificates as records
from ...rules import calendar
from ...rules.certificates import Certificate
from ...services import certificates
from ...services.spreadsheet.csv_file import csv_text
from ...wording import certificates as wording
from ..incoming_request import asked, number
from ..parts import certificate_files, handed_out
from ..parts.error_pages import FaultPage
from ..security.confirm import ask_again
from ..site import current_programme, db, today, viewer
from .room import blueprint

log = logging.getLogger("induction.certificates")
ADDRESS = "/school/evidence/certificates.zip"
ONE_AT_A_TIME = threading.Lock()
NOT_NOW = FaultPage(
    "The file could not be made just now",
    "One such file is made at a time, and another may be on its way. Nothing was changed.",
    "Try again in a minute or two. Each certificate’s own page has its PDF meanwhile.",
)


def choices() -> list[tuple[str, str, str]]:
    """What can be downloaded: what it is called, how much it is, and where."""
    years = records.years(db())
    found = [("All certificates", wording.how_many(sum(years.values())), ADDRESS)] if years else []
    of_years = [(f"Those of {year}", wording.how_many(count), f"{ADDRESS}?year={year}") for year, count in years.items()]
    return found + (of_years if len(years) > 1 else [])


@blueprint.get("/evidence/certificates.zip", endpoint="certificates_zip")
def download_all() -> AnyResponse:
    """All, or those of a year that is asked for: a PDF each, and a sheet of them."""
    year = number(asked("year")) or None
    if year is not None and year not in records.years(db()):
        abort(404)
    ask_again()
    parts = _parts(certificates.of_everybody(db(), current_programme(), year), current_programme().school.name, today())
    try:
        first = next(parts)  # so that what can't be made is said in words, and is no file that breaks off
    except NotSet as fault:
        log.error("Certificates could not be set: %s", fault)
        return certificate_files.could_not_be_made(NOT_NOW)
    handed_out.note_download(wording.downloaded(year))
    log.info("Certificates exported by person %s", viewer().id)
    answer = Response(chain([first], parts), content_type="application/zip")
    answer.call_on_close(parts.close)
    answer.headers["Content-Disposition"] = f'attachment; filename="certificates-{year or "all"}-{today().isoformat()}.zip"'
    return answer


class _Sent:
    """What a ZIP is written to: it holds no more than what is sent next."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []

    def write(self, some: bytes) -> int:
        self._waiting.append(bytes(some))
        return len(some)

    def flush(self) -> None:
        """There is nothing behind it."""

    def taken(self) -> bytes:
        some = b"".join(self._waiting)
        self._waiting.clear()
        return some


def _parts(every: Iterable[Certificate], school: str, on: date) -> Generator[bytes]:
    """The file, certificate by certificate, and at its end the sheet. Raises NotSet."""
    if not ONE_AT_A_TIME.acquire(blocking=False):
        raise NotSet("another such file is being made")
    try:
        addressed, sent = [(each, certificate_files.address(each)) for each in every], _Sent()
        with ZipFile(sent, "w", ZIP_STORED) as archive:
            for (each, _), body in zip(addressed, certificate_files.each_as_pdf(addressed, school), strict=True):
                archive.writestr(ZipInfo(wording.file_name(each), calendar.local(each.at).timetuple()[:6]), body)
                yield sent.taken()
            sheet = csv_text(wording.COLUMNS, wording.in_sheet(addressed, on))
            archive.writestr("certificates.csv", sheet.encode(), ZIP_DEFLATED)
        yield sent.taken()
    finally:
        ONE_AT_A_TIME.release()
