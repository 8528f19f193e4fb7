"""What was done elsewhere, as pages show it; and its document, which is only ever handed over as a download."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from io import BytesIO

from flask import Response, abort, send_file

from ...records.progress import done_elsewhere
from ...records.store import documents
from ...rules.documents import Kind
from ...rules.done_elsewhere import Certificate, counting
from ...wording import done_elsewhere as wording
from ..site import current_programme, db, site, today
from .handed_out import note_download


@dataclass(frozen=True, slots=True)
class Shown:
    """A certificate on a page."""

    certificate: Certificate
    course: str  # the title of ours, for which it counts
    done: str
    until: str
    recorded: str
    counts: bool  # today


def title_of(course: str) -> str:
    found = current_programme().library.courses.get(course)
    return found.title if found else course


def of_person(person_id: int) -> list[Shown]:
    """All of somebody's, the latest first."""
    return [
        Shown(
            each, title_of(each.course), wording.done(each), wording.until(each, today()), wording.recorded(each, today()),
            each.counts(today()),
        )
        for each in reversed(done_elsewhere.of_person(db(), person_id))
    ]  # fmt: skip


def in_words(courses: Mapping[int, Collection[str]]) -> dict[int, list[str]]:
    """Of these people, what counts today for these courses of theirs, each in a sentence; one query where there are any."""
    wanted = {person: asked for person, asked in courses.items() if asked}
    found = done_elsewhere.of_people(db(), wanted) if wanted else {}
    valid = {person: counting(found.get(person, ()), today()) for person in wanted}
    return {
        person: [wording.of_course(title_of(course), each) for course, each in valid[person].items() if course in asked]
        for person, asked in wanted.items()
    }


def download(certificate: Certificate) -> Response:
    """Its document, to be saved and never shown: whatever is in it, no page of ours has run it."""
    content = documents.read(site().settings.data, certificate.document)
    if content is None:
        abort(404, "The document is not where it should be. A backup may have it.")
    note_download(f"the document “{certificate.title}”", certificate.person_id)
    answer = send_file(
        BytesIO(content), Kind(certificate.kind).media_type, as_attachment=True, download_name=certificate.file, etag=False,
    )
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["Cache-Control"] = "no-store"
    return answer
