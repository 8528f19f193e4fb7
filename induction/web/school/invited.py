"""Everybody who is invited and has not chosen a password: how their links stand, those that are missing made, and all of
them on paper or in a sheet.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from flask import Response as Answer
from flask import flash, redirect, render_template
from markupsafe import Markup
from werkzeug.wrappers import Response

from ...records.people import history, invitations, one_time_links, people
from ...records.people.invitations import Link, Wanted
from ...records.people.one_time_links import LASTS, LinkKind, Made
from ...records.people.people import Person
from ...rules import calendar
from ...rules.names import told_apart
from ...rules.roles import Role
from ...services import invitations as deeds
from ...services import sign_in_rules
from ...wording import invitations as wording
from ...wording.invitations import YOU
from ..incoming_request import asked, sent
from ..parts import handed_out, qr_code, seen
from ..parts.paging import list_address, tidy_search, within
from ..security.confirm import ask_again
from ..site import db, now, site, today, viewer
from . import links
from .room import blueprint

log = logging.getLogger("induction.school")
HERE = "/school/people/links"
SHOWS = {"": "Everybody", "today": "Added today", "file": "Added with the last file"}
PER_PAGE = 50
SLIPS = 96  # on a sheet that is printed at once: 12 pages
NAMED = 20  # of those whose link would end
CSV = ("name", "email", "link", "until")


@dataclass(frozen=True, slots=True)
class Row:
    person: Person
    called: str
    link: str  # *works until Friday 11 December*
    made: str  # *by you, today*
    shown: bool  # to whoever asks


@dataclass(frozen=True, slots=True)
class Selection:
    """What the address asks for, of a form too."""

    show: str
    search: str

    @classmethod
    def asked(cls) -> Selection:
        show = asked("show")
        return cls(show if show in SHOWS else "", tidy_search())

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.search, calendar.midnight(today()) if self.show == "today" else None, self.show == "file")

    def address(self, path: str = HERE, page: int = 0) -> str:
        return list_address(path, page, self.show, self.search)


@dataclass(frozen=True, slots=True)
class InvitedPage:
    selection: Selection
    lead: str
    shown: int
    hidden: int
    none: int
    rows: list[Row]
    page: int = 1
    pages: int = 1
    told: int = 0  # the number of the latest link or password of all
    path: str = HERE
    shows: Mapping[str, str] = field(default_factory=lambda: SHOWS)

    def address(self, page: int) -> str:
        return self.selection.address(self.path, page)


def _page(selection: Selection, link: Link | None = None, per_page: int = PER_PAGE) -> InvitedPage:
    """A page of those of whom the link stands so, or of all."""
    told = history.latest_way_of_all(db())
    count = invitations.count(db(), selection.wanted, viewer().id, now())
    page, pages = within(count[link] if link else sum(count.values()), per_page)
    listed = invitations.listing(db(), selection.wanted, viewer().id, now(), link=link, page=page, per_page=per_page)
    numbers = [count[each] for each in (Link.SHOWN, Link.HIDDEN, Link.NONE)]
    return InvitedPage(
        selection, wording.how_many(*numbers), *numbers, rows=_rows(listed), page=page, pages=pages, told=told
    )


def _rows(listed: list[Person]) -> list[Row]:
    made = one_time_links.kept(db(), LinkKind.INVITATION, [each.id for each in listed])
    shown = links.tokens(LinkKind.INVITATION, made)
    called = told_apart(listed, people.shared_names(db(), (each.name for each in listed)))
    return [_row(each, called[each.id], made.get(each.id), each.id in shown) for each in listed]


def _row(person: Person, called: str, link: Made | None, shown: bool) -> Row:
    if link is None:
        return Row(person, called, "none", "", shown)
    by = YOU if link.made_by_id == viewer().id else link.made_by_name
    return Row(person, called, wording.works(link.expires_at, now()), wording.made(by, link.made_at, now()), shown)


@blueprint.get("/people/links", endpoint="invited")
def read() -> str:
    return render_template("school/invited.html", page=_page(Selection.asked()))


@blueprint.get("/people/links/make", endpoint="links_to_end")
def ask() -> Response | str:
    """Which links that work would end, before they do."""
    selection = Selection.asked()
    page = _page(selection, Link.HIDDEN, NAMED)
    if not page.hidden:
        return redirect(selection.address(), 303)
    page = replace(page, lead=wording.shall_these_end(page.hidden), path=f"{HERE}/make")
    return render_template("school/invited-make.html", page=page)


@blueprint.post("/people/links/make", endpoint="make_links")
def make() -> Response:
    """Make those that are missing. Those that work and can't be shown are asked about first, and end if that was said."""
    selection, said = Selection.asked(), sent("others")
    count = invitations.count(db(), selection.wanted, viewer().id, now())
    if said not in ("keep", "end") and count[Link.HIDDEN]:
        return redirect(selection.address(f"{HERE}/make"), 303)
    told = seen.number() if said == "end" else None
    done = deeds.make_missing(db(), selection.wanted, by=viewer().id, now=now(), told=told)
    log.info("Invitations made by person %s: %s, of which %s ended others", viewer().id, done.made, done.ended)
    until = wording.until(now() + LASTS[LinkKind.INVITATION], now())
    flash(wording.outcome(done.made, done.ended, done.left, until), "done" if done.made else "wait")
    return redirect(selection.address(), 303)


# On paper and in a sheet


@dataclass(frozen=True, slots=True)
class Slip:
    person: Person
    link: str
    until: str
    square: Markup


@dataclass(frozen=True, slots=True)
class SlipsPage:
    selection: Selection
    slips: list[Slip]
    lead: str
    page: int
    pages: int
    begin: tuple[str, ...]

    def address(self, page: int) -> str:
        return self.selection.address(f"{HERE}/slips", page)


def _shown(
    selection: Selection, page: int = 1, per_page: int = -1
) -> tuple[list[Person], dict[int, Made], dict[int, str]]:
    """Those whose link works and can be shown, with it."""
    listed = invitations.listing(
        db(), selection.wanted, viewer().id, now(), link=Link.SHOWN, page=page, per_page=per_page
    )
    made = one_time_links.kept(db(), LinkKind.INVITATION, [each.id for each in listed])
    return listed, made, links.tokens(LinkKind.INVITATION, made)


@blueprint.get("/people/links/slips", endpoint="slips")
def slips() -> str:
    ask_again()
    selection = Selection.asked()
    count = invitations.count(db(), selection.wanted, viewer().id, now())[Link.SHOWN]
    number, pages = within(count, SLIPS)
    listed, made, shown = _shown(selection, number, SLIPS)
    cut = [
        Slip(each, shown[each.id], wording.until_in_full(made[each.id].expires_at), qr_code.drawn(shown[each.id]))
        for each in listed
        if each.id in shown
    ]
    begin = wording.begin(sign_in_rules.only_with(db(), Role.TEACHER, site().settings))
    page = SlipsPage(selection, cut, wording.slips(len(cut), count, number, pages), number, pages, begin)
    return render_template("school/slips.html", page=page)


@blueprint.get("/people/links.csv", endpoint="links_csv")
def sheet() -> Answer:
    ask_again()
    listed, made, shown = _shown(Selection.asked())
    rows = [
        {"name": each.name, "email": each.email, "link": shown[each.id],
         "until": f"{calendar.local(made[each.id].expires_at):%Y-%m-%d %H:%M}"}
        for each in listed
        if each.id in shown
    ]  # fmt: skip
    handed_out.note_download("the links of those who are invited")
    log.info("Links exported: by person %s", viewer().id)
    return handed_out.sheet("links", CSV, rows)
