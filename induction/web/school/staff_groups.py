"""Groups of staff: who belongs to them, and what is given to them."""

from __future__ import annotations

import logging
import math
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template
from werkzeug.wrappers import Response
from wtforms.validators import ValidationError

from ...content import signs
from ...records.people import people, staff_groups
from ...records.people.people import Person
from ...records.people.staff_groups import StaffGroup
from ...services import staff_groups as deeds
from ...services.staff_groups import CalledMeanwhile, NameTaken, NoSuchGroup, Unknown
from ...wording import dates
from ...wording import staff_groups as words
from ..incoming_request import number, sent
from ..parts import seen
from ..parts.fields import CalmForm, Line, Paragraph
from ..parts.paging import list_address, page_number
from ..parts.seen import KEPT_ALREADY
from ..site import current_programme, db, now, today, viewer
from .room import blueprint

log = logging.getLogger("induction.school")
PER_PAGE = 50
SHOWN = 100  # of what was said
TAKEN = "There is a group of that name already. Choose another name, or use that one."
GONE = "That group is closed. Nothing more was changed."


class NameForm(CalmForm):
    group = Line("Name", "Write the name of the group.", hint="For example, kitchen, supply, governors.", longest=60)

    def validate_group(self, field: Line) -> None:
        if "," in field.data or ";" in field.data:
            raise ValidationError("Leave out commas and semicolons: in a list they part one group from the next.")
        if not signs.has_a_letter(field.data):
            raise ValidationError("Write a name with a letter in it.")


class MembersForm(CalmForm):
    people = Paragraph("Who belongs to it too?", "Write their emails.", hint="Their emails, one on a line.", longest=20_000)


@dataclass(frozen=True, slots=True)
class GroupRow:
    group: StaffGroup
    courses: str  # titles of what is given to it; empty where nothing is


@dataclass(frozen=True, slots=True)
class GroupsPage:
    rows: list[GroupRow]
    form: NameForm


@dataclass(frozen=True, slots=True)
class GroupPage:
    group: StaffGroup
    courses: list[tuple[str, str]]  # title, and the page that says to whom it is given
    gone: list[str]  # courses that are given to it and are no longer here to be given so
    members: list[Person]  # of this page
    name: NameForm
    form: MembersForm
    history: list[str]
    page: int
    pages: int

    def address(self, page: int) -> str:
        return list_address(f"/school/people/groups/{self.group.id}", page, "", "")


@blueprint.route("/people/groups", methods=["GET", "POST"])
def groups() -> Response | str:
    form = NameForm()
    if form.validate_on_submit():
        try:
            made = deeds.add(db(), form.group.data, by=viewer().id, now=now())
        except NameTaken:
            form.group.errors = [TAKEN]
        else:
            log.info("Group of staff %s made by person %s", made, viewer().id)
            return redirect(f"/school/people/groups/{made}", 303)
    rows = [GroupRow(each, ", ".join(title for title, _ in _given(each.id))) for each in staff_groups.listing(db())]
    return render_template("school/staff-groups.html", page=GroupsPage(rows, form), words=words)


@blueprint.get("/people/groups/<id:group_id>")
def group(group_id: int) -> str:
    return _page(_find(group_id), NameForm(formdata=None), MembersForm(formdata=None))


@blueprint.post("/people/groups/<id:group_id>/name")
def call_group(group_id: int) -> Response | str:
    found, form = _find(group_id), NameForm()
    if form.validate():
        try:
            called = deeds.call(db(), group_id, form.group.data, saw=seen.sent(), by=viewer().id, now=now())
        except NameTaken:
            form.group.errors = [TAKEN]
        except CalledMeanwhile as fault:
            form.group.errors = [f"It was called {fault} meanwhile. If yours is right, save it again."]
            return _page(_find(group_id), form, MembersForm(formdata=None))
        except NoSuchGroup:
            return _closed()
        else:
            flash(f"Saved. It is called {form.group.data} now." if called else KEPT_ALREADY, "done")
            return redirect(f"/school/people/groups/{group_id}", 303)
    return _page(found, form, MembersForm(formdata=None))


@blueprint.post("/people/groups/<id:group_id>/members")
def add_members(group_id: int) -> Response | str:
    """Put several people into a group: all of them, or nobody where an email is that of nobody here."""
    found, form = _find(group_id), MembersForm()
    if form.validate():
        try:
            added = deeds.add_members(db(), group_id, words.emails(form.people.data), by=viewer().id, now=now())
        except Unknown as fault:
            form.people.errors = [words.unknown(fault.emails)]
        except NoSuchGroup:
            return _closed()
        else:
            log.info("%s people put into group %s by person %s", added, group_id, viewer().id)
            flash(words.added(added, found.name) if added else KEPT_ALREADY, "done")
            return redirect(f"/school/people/groups/{group_id}", 303)
    return _page(found, NameForm(formdata=None), form)


@blueprint.post("/people/groups/<id:group_id>/out")
def take_out(group_id: int) -> Response:
    _find(group_id)
    person = people.find(db(), number(sent("person"))) or abort(404)
    try:
        out = deeds.take_out(db(), group_id, person.id, by=viewer().id, now=now())
    except NoSuchGroup:
        return _closed()
    flash(f"{person.name} belongs to it no longer." if out else KEPT_ALREADY, "done")
    return redirect(f"/school/people/groups/{group_id}", 303)


@blueprint.post("/people/groups/<id:group_id>/take-back")
def take_course_back(group_id: int) -> Response:
    """Take a course back from a group: for one that is no longer here, which has no page of its own."""
    _find(group_id)
    try:
        back = deeds.take_course_back(db(), group_id, sent("course"), by=viewer().id, now=now())
    except NoSuchGroup:
        return _closed()
    flash("Taken back." if back else KEPT_ALREADY, "done")
    return redirect(f"/school/people/groups/{group_id}", 303)


@blueprint.post("/people/groups/<id:group_id>/close")
def close_group(group_id: int) -> Response:
    found = _find(group_id)
    try:
        deeds.close(db(), group_id, by=viewer().id, now=now())
    except NoSuchGroup:
        return _closed()
    log.info("Group of staff %s closed by person %s", group_id, viewer().id)
    flash(f"Closed. Nobody belongs to {found.name} any more; what its people did stays on record.", "done")
    return redirect("/school/people/groups", 303)


def _closed() -> Response:
    flash(GONE, "wait")
    return redirect("/school/people/groups", 303)


def _find(group_id: int) -> StaffGroup:
    return staff_groups.find(db(), group_id) or abort(_closed() if staff_groups.was_there(db(), group_id) else 404)


def _given(group_id: int) -> list[tuple[str, str]]:
    """What is given to a group, as far as it is still here."""
    given = staff_groups.given_to(db())
    return [(each.title, f"/school/given/{each.slug}") for each in current_programme().by_name if group_id in given.get(each.slug, ())]


def _gone(group_id: int) -> list[str]:
    here = {each.slug for each in current_programme().by_name}
    return [course for course, groups in staff_groups.given_to(db()).items() if group_id in groups and course not in here]


def _page(found: StaffGroup, name: NameForm, form: MembersForm) -> str:
    if not name.is_submitted() or form.errors:
        name.group.data = name.group.data or found.name
    ids = staff_groups.members(db(), found.id)
    pages = max(1, math.ceil(len(ids) / PER_PAGE))
    page = min(page_number(), pages)
    shown = ids[(page - 1) * PER_PAGE : page * PER_PAGE]
    known, titles = people.by_ids(db(), shown), {each.slug: each.title for each in current_programme().courses}
    said = staff_groups.history(db(), found.id)[:SHOWN]
    history = [words.said(kind, each, titles, dates.day_and_clock(each.at, today())) for kind, each in said]
    shown_page = GroupPage(found, _given(found.id), _gone(found.id), [known[each] for each in shown], name, form, history, page, pages)
    return render_template("school/staff-group.html", page=shown_page)
