"""With whom somebody may share: their mentor at present, whom the page had named."""

from __future__ import annotations

from ...records.people import people
from ...records.people.people import Person
from ...records.progress.shares import Share
from ...rules import calendar
from ...wording.sharing import Sharing, not_shared
from ..incoming_request import sent
from ..site import db, viewer


class NotShared(Exception):
    """The mentor whom the page had named is not the mentor at present. str() says so in a sentence."""


def mentor() -> Person | None:
    """Whoever mentors the viewer at present."""
    mentor_id = viewer().mentor_id
    return people.find(db(), mentor_id) if mentor_id else None


def standing(share: Share | None, mentor: Person | None) -> Sharing:
    """How a share stands, as it is told to whoever shares."""
    since = calendar.local(share.at).date() if share else None
    with_mentor = bool(share and mentor and share.reader_id == mentor.id)
    return Sharing(share.reader_name if share else None, since, mentor.name if mentor else None, with_mentor)


def reader() -> Person:
    """Inside a change: with whom the form shares. Raises NotShared."""
    found = mentor()
    if found is None or sent("reader") != str(found.id):
        raise NotShared(not_shared(found.name if found else None))
    return found
