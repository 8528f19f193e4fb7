"""What every page may ask for: the site's parts, the hour, who is asking, and what is taught now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from flask import current_app, g, has_request_context

from ..bridges.openid import OpenID
from ..content.school_words import SERVICES
from ..records.people.people import Person
from ..records.school import school
from ..records.store.database import Database
from ..rules import calendar
from ..services.password_hashing import Hashing
from ..services.programme import Programme, Programmes
from ..services.readiness import Readiness
from ..services.shelf import Shelf
from ..settings import Settings
from .assets import Assets
from .browser_mark import Marks

NOBODYS_OWN = ("switchboard", *(service.phone for service in SERVICES))


@dataclass(frozen=True, slots=True)
class Site:
    """The parts of one running site, made once by `create_app`."""

    settings: Settings
    records: Database
    shelf: Shelf
    programmes: Programmes
    hashing: Hashing
    marks: Marks
    assets: Assets
    readiness: Readiness  # true where the site could do its work
    openid: OpenID  # by which providers of sign-ins are asked


def site() -> Site:
    return current_app.extensions["induction"]


def db() -> Database:
    return site().records


def now() -> datetime:
    """The moment of this request, UTC: one moment for all that it writes."""
    if not has_request_context():
        return datetime.now(UTC)
    here = g._get_current_object()
    found = here.get("now")
    if found is None:
        found = here.now = datetime.now(UTC)
    return found


def today() -> date:
    """The day of this request at the school."""
    return calendar.local(now()).date()


def contacts() -> Mapping[str, str]:
    """The names and numbers that whoever asks may read: all of them where they are signed in or a lead has made them
    public, else those that are nobody's own: the switchboard's and those of the district's services.
    """
    details = school.details(db())
    if details.public_contacts or "viewer" in g:
        return details.words
    return {word: said for word, said in details.words.items() if word in NOBODYS_OWN}


def viewer() -> Person:
    """Who is asking. Only on pages that the door opens to people signed in."""
    return g.viewer


def current_programme() -> Programme:
    """What is taught now, in the words of this school as it stands at this request."""
    here = g._get_current_object()  # looked up once: every page asks several times
    found = here.get("programme")
    if found is None:
        signed_in = here.get("signed_in")
        found = here.programme = site().programmes.current(signed_in.school_revision if signed_in else None)
    return found
