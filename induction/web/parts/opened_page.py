"""The lesson's page says, signed, when it was opened; what is sent from it brings that along.

So opening a page writes nothing, and the record still knows whether a lesson was opened before its scenarios. What is sent
from elsewhere brings nothing: then it was not.
"""

from __future__ import annotations

from functools import lru_cache

from flask import current_app
from itsdangerous import BadSignature, Signer

from ...content.model import Course, Lesson
from ...records.store.columns import moment, moment_text
from ...rules.openings import OpenedPage
from .. import incoming_request
from ..site import current_programme, now, viewer

FIELD = "opened"
LONGEST = 1000


@lru_cache(maxsize=8)
def _signer(key: bytes) -> Signer:
    return Signer(key, salt="lesson opened")


def mark(course: Course, lesson: Lesson) -> str:
    """What the page of a lesson sends along, for whoever has it open."""
    version = current_programme().lesson_edition(course, lesson).sha256
    return _signer(current_app.secret_key).sign("|".join((moment_text(now()), version, *_whose(course, lesson)))).decode()


def page(course: Course, lesson: Lesson) -> OpenedPage | None:
    """The page of this lesson that this form was sent from; None where it was not, or by somebody else."""
    sent = incoming_request.sent(FIELD, LONGEST + 1)
    if len(sent) > LONGEST:
        return None
    try:
        at, version, *whose = _signer(current_app.secret_key).unsign(sent).decode().split("|")
    except (BadSignature, UnicodeError):
        return None
    if tuple(whose) != _whose(course, lesson):
        return None
    return OpenedPage(version, min(moment(at), now()))


def _whose(course: Course, lesson: Lesson) -> tuple[str, str, str]:
    return str(viewer().id), course.slug, lesson.slug
