"""The school's people: found, listed and added."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import render_template

from ...records.people import people
from ...records.people.lists import PeopleFilter, PeoplePage
from ...records.people.one_time_links import LinkKind
from ...records.people.people import EmailTaken, NotAMentor
from ...rules.names import told_apart
from ...rules.roles import Role
from ...services import people as deeds
from ...wording import dates
from ..incoming_request import asked
from ..parts.paging import list_address, page_number, tidy_search
from ..site import db, now, today, viewer
from .person import email_taken, person_page, show_link
from .person_form import GONE, PersonForm
from .room import blueprint

log = logging.getLogger("induction.school")
ALONE = "no-mentor"  # what is asked for as `show`: teachers without a mentor


@dataclass(frozen=True, slots=True)
class PeopleListPage:
    listing: PeoplePage
    mentors: dict[int, str]  # what they are called
    search: str
    show: str
    due: dict[int, str]
    last_here: dict[int, str]

    def address(self, page: int) -> str:
        return list_address("/school/people", page, self.show, self.search)


@blueprint.get("/people", endpoint="people")
def people_list() -> str:
    show = asked("show")
    search = tidy_search()
    role = Role(show) if show in list(Role) else None
    wanted = PeopleFilter(search, role, active=show != "left", alone=show == ALONE)
    listing = people.listing(db(), wanted, page=page_number())
    mentors = people.by_ids(db(), {each.mentor_id for each in listing.people if each.mentor_id})
    due = {each.id: dates.short_day(each.due, today()) for each in listing.people if each.due}
    here = {each.id: dates.recently(each.last_seen_at, now()) for each in listing.people if each.last_seen_at}
    called = told_apart(mentors.values(), people.shared_names(db(), (each.name for each in mentors.values())))
    page = PeopleListPage(listing, called, search, show, due, here)
    return render_template("school/people.html", page=page)


@blueprint.route("/people/add", methods=["GET", "POST"])
def add_person() -> str:
    form = PersonForm()
    form.offer()
    if not form.validate_on_submit():
        return person_page(None, form)
    try:
        person, token = deeds.add(db(), form.details(), by=viewer().id, now=now())
    except EmailTaken:
        form.email.errors = [email_taken(form.email.data)]
        return person_page(None, form)
    except NotAMentor:
        form.mentor.errors = [GONE]
        return person_page(None, form)
    log.info("Person %s added as %s by person %s", person.id, person.role, viewer().id)
    return show_link(person, LinkKind.INVITATION, token or "")
