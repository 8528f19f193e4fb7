"""The school's people: found, listed and added."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from flask import redirect, render_template
from werkzeug.wrappers import Response

from ...records.people import days_here, lists, people, second_factors
from ...records.people.lists import PeopleFilter, PeoplePage
from ...records.people.one_time_links import LinkKind
from ...records.people.people import EmailTaken, NotAMentor, Person
from ...records.progress import people_to_see_to, sign_offs
from ...records.progress.groups import Groups
from ...records.progress.people_to_see_to import Need
from ...rules.calendar import midnight
from ...rules.groups import Group
from ...rules.names import told_apart
from ...rules.roles import MENTORS, Role
from ...rules.sign_offs import ASKED_FOR
from ...services import people as deeds
from ...services import progress
from ...wording import dates, people_list, standing
from ...wording import days_here as wording
from ..incoming_request import asked
from ..parts.paging import list_address, page_number, tidy_search
from ..parts.write_to import remind, remind_all
from ..security.confirm import ask_again
from ..site import current_programme, db, now, today, viewer
from . import links
from .people_many_form import DO
from .person import email_taken, person_page
from .person_form import GONE, PersonForm
from .room import blueprint

log = logging.getLogger("induction.school")
PER_PAGE = 50
ALONE = "no-mentor"  # what is asked for as `show`, beside needs, days, roles and `left`
OF_BEFORE = {"alone": ALONE}  # as addresses said it that are out there
WRITTEN_TO = (Need.OVERDUE, Need.NOT_BEGUN, Need.UNREAD)  # lists that somebody writes to
MOST_WRITTEN_TO = 200


class Way(NamedTuple):
    """Something that the list can be narrowed to."""

    show: str
    words: str
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    person: Person
    mentor: str
    last_here: str
    due: str
    group: Group | None  # None where they have no induction to do
    write: str  # the address of a letter on what is left; empty where none is offered
    days: str  # *begins on Monday 1 September*, of whoever is to come or leaves soon; else empty


@dataclass(frozen=True, slots=True)
class PeopleListPage:
    listing: PeoplePage
    rows: list[PersonRow]
    lead: str
    nobody: str
    groups: dict[str, list[Way]]  # what it can be narrowed to, under what
    write: tuple[str, list[str]]  # to all who are found: the words, and the addresses of the letter
    uninvited: int  # of those, who have chosen no password and get no such letter
    deeds: list[tuple[str, str]]  # what can be done to many
    search: str
    show: str

    def address(self, page: int) -> str:
        return list_address("/school/people", page, self.show, self.search)


@dataclass(frozen=True, slots=True)
class Found:
    """Who is found, and how many there are of each kind, whatever is searched."""

    listing: PeoplePage
    counts: dict[str, int]  # by `show`
    groups: Groups


def find(show: str, search: str, page: int = 1, per_page: int = PER_PAGE) -> Found:
    """A page of those whom the list shows, in a few queries however many they are."""
    groups, needs = people_to_see_to.find(db(), current_programme().required, today())
    heads = lists.heads(db())
    counts = {"": heads.here, "left": heads.left, ALONE: heads.alone} | {role.value: count for role, count in heads.roles.items()}
    ids = {need.value: found for need, found in needs.items()} | _by_their_days()
    counts |= {each: len(found) for each, found in ids.items()}
    role = Role(show) if show in list(Role) else None
    wanted = PeopleFilter(search, role, active=show != "left", alone=show == ALONE, among=ids.get(show))
    return Found(people.listing(db(), wanted, page=page, per_page=per_page), counts, groups)


def _by_their_days() -> dict[str, Sequence[int]]:
    """Who never signed in, leaves soon, is still to begin, stayed away, has no second step or waits for a sign-off, by `show`."""
    return {
        "not-signed-in": days_here.unseen(db(), today()),
        "leaving": [each.id for each in days_here.leaving(db(), today())],
        "to-come": days_here.to_come(db(), today()),
        "dormant": days_here.dormant(db(), now()),
        "no-second-step": second_factors.without_one(db()),
        "to-sign-off": sign_offs.waiting_here(db(), midnight(today()) - ASKED_FOR),
    }


def shown() -> str:
    """What the list is narrowed to, as the address says it; nonsense is everyone."""
    show = OF_BEFORE.get(asked("show"), asked("show"))
    return show if show in people_list.SHOWN else people_list.EVERYONE


@blueprint.get("/people", endpoint="people")
def people_list_page() -> str:
    show, search = shown(), tidy_search()
    found = find(show, search, page_number())
    listing = found.listing
    write, uninvited = _letter(show, search, listing)
    page = PeopleListPage(
        listing=listing,
        rows=_rows(listing.people, found.groups, show in WRITTEN_TO),
        lead=people_list.lead(show, listing.count, search),
        nobody=people_list.nobody(show, search),
        groups={title: [_way(each, search, found.counts[each]) for each in group] for title, group in people_list.GROUPS.items()},
        write=write,
        uninvited=uninvited,
        deeds=[(deed.value, words) for deed, words in DO.items() if deed.value != "course" or current_programme().by_name],
        search=search,
        show=show,
    )
    return render_template("school/people.html", page=page)


def _way(show: str, search: str, count: int) -> Way:
    return Way(show, people_list.SHOWN[show], count, list_address("/school/people", 0, show, search))


def _rows(listed: tuple[Person, ...], groups: Groups, letters: bool) -> list[PersonRow]:
    mentors = people.by_ids(db(), {each.mentor_id for each in listed if each.mentor_id})
    called = told_apart(mentors.values(), people.shared_names(db(), (each.name for each in mentors.values())))
    inductions = progress.of_many(db(), current_programme(), listed, today())
    ids = {each.id for each in listed}
    where = {each: group for group, everybody in groups.items() for each in ids.intersection(everybody)}
    return [
        PersonRow(
            each,
            called.get(each.mentor_id or 0, "nobody"),
            dates.recently(each.last_seen_at, now()) if each.last_seen_at else "not yet" if each.can_sign_in else "invited",
            standing.due(inductions[each.id].due, today()),
            where.get(each.id),
            remind(each, inductions[each.id]) if letters else "",
            wording.in_a_list(each.starts, each.ends, today()) if each.active else "",
        )
        for each in listed
    ]


def _letter(show: str, search: str, listing: PeoplePage) -> tuple[tuple[str, list[str]], int]:
    """One letter to all who are found, each in blind copy; and how many of them can't use it, having no password yet."""
    if show not in WRITTEN_TO or not 0 < listing.count <= MOST_WRITTEN_TO:
        return ("", []), 0
    everybody = listing.people if listing.pages == 1 else find(show, search, per_page=MOST_WRITTEN_TO).listing.people
    reached = [each for each in everybody if each.can_sign_in]
    addresses = remind_all(reached) if reached else []
    return (people_list.write_to_all(show, len(reached)), addresses), len(everybody) - len(reached)


@blueprint.route("/people/add", methods=["GET", "POST"])
def add_person() -> Response | str:
    form = PersonForm()
    form.offer()
    if not form.validate_on_submit():
        return person_page(None, form)
    if form.details().role in MENTORS:
        ask_again()
    try:
        person, _ = deeds.add(db(), form.details(), by=viewer().id, now=now())
    except EmailTaken:
        form.email.errors = [email_taken(form.email.data)]
        return person_page(None, form)
    except NotAMentor:
        form.mentor.errors = [GONE]
        return person_page(None, form)
    log.info("Person %s added as %s by person %s", person.id, person.role, viewer().id)
    return redirect(links.address(person.id, LinkKind.INVITATION), 303)
