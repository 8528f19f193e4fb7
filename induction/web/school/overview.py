"""How the school stands: people by lessons, and what staff misjudge most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import render_template

from ...records.people import people
from ...records.people.people import Person
from ...records.progress import scenario_notes, standings
from ...records.progress.standings import StandingPerson
from ...records.school import approved_accounts
from ...rules import account_approval, names
from ...rules.account_approval import Need
from ...rules.induction import Stage, Standing
from ...services import progress, vacancies
from ...services.progress import LessonFigures
from ...wording import standing
from ...wording.upkeep import facts_to_confirm
from ...wording.vacancies import contact_has_left, without_course, without_deputy, without_mentor, without_owner
from ..incoming_request import asked
from ..parts.paging import list_address, page_number, tidy_search
from ..parts.past_attempts import lesson_titles
from ..site import current_programme, db, now, today, viewer
from . import upkeep
from .checklist import Checklist, checklist
from .reminders import Reminder, reminders
from .room import blueprint


@dataclass(frozen=True, slots=True)
class PictureRow:
    person: Person
    called: str  # *T. Okafor*, as long as it must be to know them by
    cells: list[tuple[Stage, bool]]  # (how far the lesson is, whether it is not done and past the date)
    policy: tuple[Stage, bool] | None  # the same of the policy; None where nothing is to be acknowledged
    short_course: bool  # the cells are those of a course given by name
    standing: Standing


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
    checklist: Checklist
    reminders: list[Reminder]  # what needs a lead’s hand
    upkeep: list[str]  # of the site itself, what needs a hand
    counts: Mapping[Standing, int]
    notes: str  # on scenarios, that wait for an answer
    to_confirm: str  # facts that nobody has looked up
    to_sign_off: str  # accounts that wait for the reader's signature
    vacancies: list[tuple[str, str]]  # where somebody is missing, each in a sentence, with the page that mends it
    everyone: int
    lessons: list[str]
    policy: bool  # whether there is a column for it
    printed: date
    short_lessons: list[str]  # of the courses given by name
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
    programme = current_programme()
    show = asked("show")
    chosen = Standing(show) if show in list(Standing) else None
    search = tidy_search()
    found = standings.overview(db(), programme.required, today(), search=search, standing=chosen, page=page_number())
    everyone = sum(found.counts.values())
    uses_accounts = account_approval.need(programme.library.facets.values(), programme.school) is Need.USED
    left = checklist(programme)
    page = OverviewPage(
        lead=standing.how_the_school_stands(found.counts),
        checklist=left,
        reminders=reminders(programme, courses_listed=bool(left.items)),
        upkeep=upkeep.notices(),
        counts=found.counts,
        notes=standing.notes_to_answer(scenario_notes.count(db())[0]),
        to_sign_off=standing.accounts_to_sign_off(approved_accounts.to_sign_off(db(), viewer().id) if uses_accounts else 0),
        to_confirm=facts_to_confirm(len(programme.facts_to_confirm())),
        vacancies=_vacancies(uses_accounts),
        everyone=everyone,
        lessons=[lesson.title for course in programme.courses_of(None) for lesson in course.lessons],
        policy=bool(programme.required.asks_for),
        printed=today(),
        short_lessons=[lesson.title for course in programme.by_name for lesson in course.lessons],
        rows=_rows(found.people),
        figures=progress.figures(db(), programme, everyone),
        misjudged=_misjudged(),
        page=found.page,
        pages=found.pages,
        count=found.count,
        show=chosen.value if chosen else "",
        search=search,
    )
    return render_template("school/overview.html", page=page)


def _rows(found: Sequence[StandingPerson]) -> list[PictureRow]:
    programme, shown = current_programme(), [each.person for each in found]
    inductions = progress.of_many(db(), programme, shown)
    called = names.short(shown, people.shared_names(db(), (each.name for each in shown)))
    short_courses = {course.slug for course in programme.by_name}
    rows = []
    for each in found:
        induction, late = inductions[each.person.id], each.standing is Standing.OVERDUE
        rows.append(
            PictureRow(
                each.person,
                called[each.person.id],
                [(stage, late and stage is not Stage.DONE) for stage in induction.stages],
                (induction.policy, late and induction.policy_left) if induction.policy else None,
                each.person.course in short_courses,
                each.standing,
            )
        )
    return rows


def _vacancies(uses_accounts: bool) -> list[tuple[str, str]]:
    """Where nobody is, or somebody who has left: what to do about it is on the page beside."""
    programme = current_programme()
    found = vacancies.find(db(), programme.school.words, [course.slug for course in programme.by_name], today())
    said = []
    alone = found.without_mentor
    if alone.count:
        words = without_mentor([each.name for each in alone.people], alone.count)
        said.append((words, "/school/people?show=alone"))
    for each in found.deputies:
        said.append((without_deputy(each.mentor_name, each.deputy_name or ""), f"/school/people/{each.mentor_id}/deputy"))
    for person in found.without_course[:3]:
        said.append((without_course(person.name, person.course or ""), f"/school/people/{person.id}"))
    for account in found.accounts if uses_accounts else []:
        said.append((without_owner(account.latest.said.title), f"/school/policy/accounts/{account.id}"))
    said += [(contact_has_left(word, name), "/school/settings") for word, name in found.contacts]
    return said


def _misjudged() -> list[MisjudgedRow]:
    """The scenarios staff misjudge most: from ten people up, and never with names."""
    programme, titles = current_programme(), lesson_titles(current_programme())
    listed = []
    for each in standings.misjudged(db(), now()):
        course = programme.library.courses.get(each.course)
        lesson = course.lesson(each.lesson) if course else None
        quiz = programme.quiz(course, lesson) if course and lesson else None
        scenario = quiz.scenarios.get(each.scenario) if quiz else None
        if course is None or lesson is None or quiz is None or scenario is None or scenario.id in programme.put_aside(course, lesson):
            continue  # no longer taught, or in dispute: nothing to talk about next
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
