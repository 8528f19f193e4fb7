"""The lead's way: how the school stands, its people, its settings."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, abort, flash, redirect, render_template, request
from werkzeug.wrappers import Response
from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired

from ..learning import dates, progress
from ..learning.people import Role
from ..learning.progress import Stage, Standing
from ..records import links, people, school
from ..records import progress as progress_records
from ..records.database import transaction
from ..records.links import LinkKind
from ..records.people import EmailTaken, LastLead, PeoplePage, Person
from .forms import CalmForm, DayField, EmailLine, Line, PressForm, SchoolForm, problems
from .history import lesson_titles
from .site import db, now, site, teaching, today, viewer

log = logging.getLogger("induction.school")
blueprint = Blueprint("school", __name__, url_prefix="/school")
ROLE_CHOICES = ((Role.TEACHER.value, "Teacher"), (Role.MENTOR.value, "Mentor"), (Role.LEAD.value, "Lead"))


# Overview


@dataclass(frozen=True, slots=True)
class PictureRow:
    person: Person
    short_name: str  # *T. Okafor*
    cells: list[tuple[Stage, bool]]  # (how far the lesson is, whether it is not done and past the date)
    standing: Standing


@dataclass(frozen=True, slots=True)
class LessonFigures:
    title: str
    done: int
    begun: int
    to_do: int


@dataclass(frozen=True, slots=True)
class MisjudgedRow:
    title: str
    lesson: str
    answers: int
    counts: tuple[int, ...]  # best, fine, poor, over the line
    question: str | None


@dataclass(frozen=True, slots=True)
class OverviewPage:
    lead: str
    counts: dict[Standing, int]
    everyone: int
    lessons: list[str]
    rows: list[PictureRow]
    figures: list[LessonFigures]
    misjudged: list[MisjudgedRow]
    page: int
    pages: int
    count: int
    show: str
    search: str

    def address(self, page: int) -> str:
        return list_address("/school/overview", page, self.show, self.search)


@blueprint.get("/overview")
def overview() -> str:
    taught = teaching()
    lessons = [(course.word, lesson.word) for course, lesson in taught.lessons]
    show = request.args.get("show", "")
    standing = Standing(show) if show in list(Standing) else None
    search = tidy_search()
    found = progress_records.overview(db(), lessons, today(), search=search, standing=standing, page=page_number())
    learnt = progress_records.of_people(db(), [each.person.id for each in found.people])
    rows = []
    for each in found.people:
        learning = learnt[each.person.id]
        stages = [progress.stage(lesson, learning.completed, learning.begun) for lesson in lessons]  # type: ignore[arg-type]
        late = each.standing is Standing.OVERDUE
        cells = [(stage, late and stage is not Stage.DONE) for stage in stages]
        rows.append(PictureRow(each.person, _short(each.person.name), cells, each.standing))
    everyone = sum(found.counts.values())
    page = OverviewPage(
        lead=_how_it_stands(everyone, found.counts),
        counts=found.counts,
        everyone=everyone,
        lessons=[lesson.title for _, lesson in taught.lessons],
        rows=rows,
        figures=_figures(everyone),
        misjudged=_misjudged(),
        page=found.page,
        pages=found.pages,
        count=found.count,
        show=standing.value if standing else "",
        search=search,
    )
    return render_template("school/overview.html", page=page)


def _how_it_stands(everyone: int, counts: dict[Standing, int]) -> str:
    if not everyone:
        return "There is nobody here yet."
    people_words = "1 person" if everyone == 1 else f"{everyone:,} people"
    late = counts[Standing.OVERDUE]
    past = f"{late:,} {'is' if late == 1 else 'are'} past their date" if late else "nobody is past a date"
    complete = counts[Standing.COMPLETE]
    return f"{people_words}. {complete:,} {'has' if complete == 1 else 'have'} completed the induction; {past}."


def _short(name: str) -> str:
    """*T. Okafor*: enough to know somebody by in a narrow picture."""
    first, *rest = name.split()
    return f"{first[0]}. {rest[-1]}" if rest else first


def _figures(everyone: int) -> list[LessonFigures]:
    taught = teaching()
    counted = progress_records.lesson_figures(db())
    figures = []
    for course, lesson in taught.lessons:
        done, begun = counted.get((course.word, lesson.word), (0, 0))
        figures.append(LessonFigures(lesson.title, done, begun, max(0, everyone - done - begun)))
    return figures


def _misjudged() -> list[MisjudgedRow]:
    """The scenarios staff misjudge most: from ten people up, and never with names."""
    taught, titles = teaching(), lesson_titles(teaching())
    listed = []
    for each in progress_records.misjudged(db()):
        course = taught.library.courses.get(each.course)
        lesson = course.lesson(each.lesson) if course else None
        quiz = taught.quiz(course, lesson) if course and lesson else None
        scenario = quiz.scenarios.get(each.scenario) if quiz else None
        if course is None or quiz is None or scenario is None:
            continue  # no longer taught: nothing to talk about next
        theme = quiz.themes.get(scenario.themes[0]) if scenario.themes else None
        listed.append(
            MisjudgedRow(
                scenario.title,
                titles[each.course, each.lesson],
                sum(each.counts.values()),
                tuple(each.counts.values()),
                theme.question if theme else None,
            )
        )
    return listed


def list_address(path: str, page: int, show: str, search: str) -> str:
    """The address of another page of the same list."""
    asked = {"show": show, "search": search, "page": page}
    return f"{path}?{urlencode({name: value for name, value in asked.items() if value})}"


def page_number() -> int:
    """The page asked for, from 1; nonsense is the first."""
    text = request.args.get("page", "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def tidy_search() -> str:
    return "".join(letter for letter in request.args.get("search", "") if letter.isprintable())[:100].strip()


# People


class PersonForm(CalmForm):
    name = Line("Name", "Write the name.", longest=120)
    email = EmailLine("Email")
    role = RadioField("Role", choices=ROLE_CHOICES, validators=[InputRequired("Choose a role.")], default=Role.TEACHER.value)
    mentor = SelectField("Mentor")
    due = DayField("To be done by", description="For example, 04/12/2026. Leave it empty where there is no date.")

    def offer_mentors(self, but: int | None = None) -> None:
        offered = [(str(each.id), each.name) for each in people.mentors(db()) if each.id != but]
        self.mentor.choices = [("", "No mentor yet"), *offered]


@dataclass(frozen=True, slots=True)
class PeopleListPage:
    listing: PeoplePage
    mentors: dict[int, Person]
    search: str
    show: str
    due: dict[int, str]
    last_here: dict[int, str]

    def address(self, page: int) -> str:
        return list_address("/school/people", page, self.show, self.search)


@blueprint.get("/people", endpoint="people")
def people_list() -> str:
    show = request.args.get("show", "")
    search = tidy_search()
    role = Role(show) if show in list(Role) else None
    listing = people.listing(db(), search=search, role=role, active=show != "left", page=page_number())
    mentors = people.some(db(), {each.mentor_id for each in listing.people if each.mentor_id})
    due = {each.id: dates.short_day(each.due, today()) for each in listing.people if each.due}
    here = {each.id: dates.recently(each.last_seen_at, now()) for each in listing.people if each.last_seen_at}
    page = PeopleListPage(listing, mentors, search, show, due, here)
    return render_template("school/people.html", page=page)


@dataclass(frozen=True, slots=True)
class PersonPage:
    person: Person | None  # None: somebody new
    form: PersonForm
    problems: list[tuple[str, str]]
    press: PressForm
    link: str | None  # an invitation or a reset, to copy
    link_kind: LinkKind | None
    is_me: bool


@blueprint.route("/people/add", methods=["GET", "POST"])
def add_person() -> Response | str:
    form = PersonForm()
    form.offer_mentors()
    if not form.validate_on_submit():
        return _person_page(None, form)
    try:
        with transaction(db()):
            person = people.add(
                db(),
                email=form.email.data,
                name=form.name.data,
                role=Role(form.role.data),
                mentor_id=_mentor(form),
                due=form.due.day,
                now=now(),
            )
            token = links.make(db(), LinkKind.INVITATION, person.id, now())
    except EmailTaken:
        form.email.errors = ["Somebody with that email is here already; search for them under People."]
        return _person_page(None, form)
    log.info("Person %s added as %s by person %s", person.id, person.role, viewer().id)
    return _show_link(person, LinkKind.INVITATION, token)


@blueprint.route("/people/<id:person_id>", methods=["GET", "POST"])
def person(person_id: int) -> Response | str:
    found = people.find(db(), person_id) or abort(404)
    form = PersonForm(obj=None)
    form.offer_mentors(but=found.id)
    if request.method == "GET":
        form.name.data, form.email.data, form.role.data = found.name, found.email, found.role.value
        form.mentor.data = str(found.mentor_id or "")
        form.due.data = f"{found.due:%d/%m/%Y}" if found.due else ""
    if not form.validate_on_submit():
        return _person_page(found, form)
    try:
        with transaction(db()):
            changed = people.update(
                db(),
                found.id,
                email=form.email.data,
                name=form.name.data,
                role=Role(form.role.data),
                mentor_id=_mentor(form),
                due=form.due.day,
            )
    except EmailTaken:
        form.email.errors = ["Somebody else has that email."]
        return _person_page(found, form)
    except LastLead:
        form.role.errors = ["This is the only lead. Make somebody else a lead first."]
        return _person_page(found, form)
    if changed.role is not found.role:
        log.info("Role of person %s: %s to %s, by person %s", found.id, found.role, changed.role, viewer().id)
    flash(f"Saved. {changed.name} is up to date.", "done")
    return redirect(f"/school/people/{found.id}", 303)


def _mentor(form: PersonForm) -> int | None:
    return int(form.mentor.data) if form.mentor.data else None


def _person_page(person: Person | None, form: PersonForm, link: str | None = None, kind: LinkKind | None = None) -> str:
    is_me = person is not None and person.id == viewer().id
    page = PersonPage(person, form, problems(form), PressForm(), link, kind, is_me)
    return render_template("school/person.html", page=page)


def _show_link(person: Person, kind: LinkKind, token: str) -> str:
    """The person's page with a link to copy. It is shown this once: only its hash is stored."""
    form = PersonForm(formdata=None)
    form.offer_mentors(but=person.id)
    form.name.data, form.email.data, form.role.data = person.name, person.email, person.role.value
    form.mentor.data = str(person.mentor_id or "")
    form.due.data = f"{person.due:%d/%m/%Y}" if person.due else ""
    return _person_page(person, form, f"{site().settings.address}/{kind.value}/{token}", kind)


@blueprint.post("/people/<id:person_id>/invitation")
def invite(person_id: int) -> str:
    return _new_link(person_id, LinkKind.INVITATION)


@blueprint.post("/people/<id:person_id>/reset")
def reset_link(person_id: int) -> str:
    return _new_link(person_id, LinkKind.RESET)


def _new_link(person_id: int, kind: LinkKind) -> str:
    found = people.find(db(), person_id) or abort(404)
    if not found.active:
        abort(404)
    with transaction(db()):
        token = links.make(db(), kind, found.id, now())
    log.info("New %s link for person %s by person %s", kind, found.id, viewer().id)
    return _show_link(found, kind, token)


@blueprint.post("/people/<id:person_id>/deactivate")
def deactivate(person_id: int) -> Response:
    """Somebody has left, or comes back: one button each. What they did stays on record."""
    found = people.find(db(), person_id) or abort(404)
    try:
        with transaction(db()):
            if found.active:
                people.deactivate(db(), found.id)
            else:
                people.reactivate(db(), found.id)
    except LastLead:
        flash("Nothing was changed: this is the only lead. Make somebody else a lead first.", "wait")
        return redirect(f"/school/people/{found.id}", 303)
    log.info("Person %s %s by person %s", found.id, "deactivated" if found.active else "reactivated", viewer().id)
    flash(
        f"{found.name} can't sign in any more. What they did stays on record."
        if found.active
        else f"{found.name} is back, with all they had done. Make a new invitation.",
        "done",
    )
    return redirect(f"/school/people/{found.id}" if not found.active else "/school/people", 303)


# Settings


@dataclass(frozen=True, slots=True)
class SettingsPage:
    form: SchoolForm
    problems: list[tuple[str, str]]


@blueprint.route("/settings", methods=["GET", "POST"])
def settings() -> Response | str:
    form = SchoolForm()
    if request.method == "GET":
        kept = school.details(db())
        form.show(kept.name, kept.nation, kept.phase, kept.words, kept.public_contacts)
    if not form.validate_on_submit():
        return render_template("school/settings.html", page=SettingsPage(form, problems(form)))
    with transaction(db()):
        school.save(
            db(),
            name=form.name.data,
            nation=form.nation.data,
            phase=form.phase.data,
            words=form.words(),
            public_contacts=form.public_contacts.data,
        )
    log.info("School settings changed by person %s", viewer().id)
    flash("Saved. The lessons and Help now say so from this moment.", "done")
    return redirect("/school/settings", 303)
