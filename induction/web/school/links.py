"""The link that a lead has made for somebody: shown as often as they ask, to copy, to send and to scan, while it works."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, render_template
from markupsafe import Markup

from ...records.people import history, one_time_links, people
from ...records.people.one_time_links import LinkKind, Made
from ...records.people.people import Person
from ...records.school.outbox import Letter
from ...rules.person_history import Way, WayIn
from ...services import letters as deeds
from ...services import sign_in_rules
from ...wording import dates, letters
from ...wording import invitations as wording
from ...wording import mail as how_mail_goes
from ...wording.invitations import YOU, Hidden, Kind
from ..incoming_request import asked
from ..parts import qr_code
from ..parts.write_to import write_to
from ..site import current_programme, db, now, site, today, viewer
from .room import blueprint

WORDS = {LinkKind.INVITATION: Kind.INVITATION, LinkKind.RESET: Kind.RESET}
BUTTONS = {LinkKind.INVITATION: "Make a new invitation", LinkKind.RESET: "Make a link for a new password"}


@dataclass(frozen=True, slots=True)
class LinkPage:
    person: Person
    first: str
    kind: LinkKind
    due: str
    saw_way: int  # the number of the latest link or password
    trouble: str = ""  # why none is shown
    make: str = ""  # the button that makes another; empty where none is to be made
    link: str = ""
    until: str = ""
    letter: str = ""  # an address that opens one's own mail program
    mailed: str = ""  # how the letter stands that the site sends by itself; empty where it sends none
    square: Markup = Markup()


def address(person_id: int, kind: LinkKind) -> str:
    """Where a link is shown."""
    return f"/school/people/{person_id}/link{'?kind=reset' if kind is LinkKind.RESET else ''}"


def full(kind: LinkKind, token: str) -> str:
    """A link as it is sent."""
    return f"{site().settings.address}/{kind.value}/{token}"


def tokens(kind: LinkKind, links: dict[int, Made]) -> dict[int, str]:
    """The links that whoever asks may be shown, by whom they are for."""
    return {
        each: full(kind, token)
        for each, token in one_time_links.shown_again(db(), links.values(), viewer().id, now()).items()
    }


def open_links(person: Person) -> list[tuple[str, str]]:
    """The links for somebody that whoever asks may be shown: what is said of each, and where."""
    found = []
    for kind in WORDS:
        links = one_time_links.kept(db(), kind, [person.id])
        if tokens(kind, links):
            words = f"Show the {WORDS[kind]} again, which {wording.works(links[person.id].expires_at, now())}"
            found.append((words, address(person.id, kind)))
    return found


@blueprint.get("/people/<id:person_id>/link", endpoint="link")
def read(person_id: int) -> str:
    person = people.find(db(), person_id) or abort(404)
    kind = LinkKind.RESET if asked("kind") == LinkKind.RESET else LinkKind.INVITATION
    return render_template("school/link.html", page=_page(person, kind))


def _page(person: Person, kind: LinkKind) -> LinkPage:
    links, ways = one_time_links.kept(db(), kind, [person.id]), history.ways_in(db(), person.id)
    due = f"{dates.day(person.due, today())}, {dates.from_now(person.due, today())}" if person.due else "No date"
    first, saw = person.name.split()[0], ways[-1].id if ways else 0
    link = tokens(kind, links).get(person.id)
    if link is None:
        trouble, makes = _why_not(person, kind, links.get(person.id), ways)
        return LinkPage(person, first, kind, due, saw, trouble, BUTTONS[kind] if makes else "")
    until = wording.until(links[person.id].expires_at, now())
    letter = write_to(_letter(person, kind, link, until), person.email)
    mailed = _mailed(person, deeds.letter_with(db(), kind, links[person.id].way))
    return LinkPage(
        person, first, kind, due, saw, link=link, until=until, letter=letter, mailed=mailed, square=qr_code.drawn(link)
    )


def _mailed(person: Person, letter: Letter | None) -> str:
    if letter is None:
        return ""
    return how_mail_goes.on_its_way(person.email, letter.state, letter.done_at, letter.said, deeds.office(db()).held, now())


def _letter(person: Person, kind: LinkKind, link: str, until: str) -> letters.Letter:
    first, school, sender = person.name.split()[0], current_programme().school.name, viewer().name
    only_with = sign_in_rules.only_with(db(), person.role, site().settings)
    if kind is LinkKind.RESET and only_with:
        return letters.no_new_password(first, school, link, only_with, f"It works once, until {until}.", sender)
    if kind is LinkKind.RESET:
        return letters.new_password(first, school, link, until, sender)
    due = dates.day(person.due, today()) if person.due else ""
    begins = dates.day(person.starts, today()) if person.starts and person.starts > today() else ""
    return letters.invitation(first, school, link, until, due, sender, begins, only_with)


def _why_not(person: Person, kind: LinkKind, link: Made | None, ways: list[WayIn]) -> tuple[str, bool]:
    """Why no link is shown, and whether making one helps."""
    what, first = WORDS[kind], person.name.split()[0]
    if not person.active:
        return wording.left(person.name), False
    if link and link.works(now()):
        by = YOU if link.made_by_id == viewer().id else link.made_by_name
        return wording.not_shown(what, first, Hidden(by, link.made_at, link.expires_at), now()), True
    if link:
        return wording.over(what, link.expires_at, now()), True
    made = max((each.id for each in ways if each.what == kind.value), default=0)
    chosen = next(
        (each for each in ways if made and each.id > made and each.what in (Way.CHOSEN, Way.CHANGED, Way.SET)), None
    )
    if chosen and person.has_password:
        return wording.used(what, first, chosen.at, now()), False
    return wording.none_open(what, first, bool(made)), True
