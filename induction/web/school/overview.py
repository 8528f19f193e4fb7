"""How the school stands: people by lessons, and what staff misjudge most."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import render_template

from ...records.people import people
from ...records.people.people import Person
from ...records.progress import scenario_notes
from ...records.progress import standings as progress_records
from ...records.school import approved_accounts
from ...rules import account_approval, induction, names
from ...rules.account_approval import Need
from ...rules.induction import Stage, Standing
from ...services import vacancies
from ...wording import dates
from ..incoming_request import asked
from ..parts.paging import list_address, page_number, tidy_search
from ..parts.past_attempts import lesson_titles
from ..site import current_programme, db, now, today, viewer
from . import looked_after
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
    looked_after: list[str]  # of the site itself, what needs a hand
    counts: dict[Standing, int]
    notes: int  # on scenarios, that wait for an answer
    to_sign_off: int  # accounts that wait for the reader's signature
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
    wanted, lessons = programme.required, programme.required.everyone
    show = asked("show")
    standing = Standing(show) if show in list(Standing) else None
    search = tidy_search()
    found = progress_records.overview(db(), wanted, today(), search=search, standing=standing, page=page_number())
    shown = [each.person for each in found.people]
    learnt = progress_records.of_people(db(), [each.id for each in shown])
    called = names.short(shown, people.shared_names(db(), (each.name for each in shown)))
    rows = []
    for each in found.people:
        learning = learnt[each.person.id]
        named = programme.required.by_name.get(each.person.course or "")
        late = each.standing is Standing.OVERDUE
        stages = [induction.stage(lesson, learning.completed, learning.begun) for lesson in named or lessons]
        cells = [(stage, late and stage is not Stage.DONE) for stage in stages]
        if wanted.asks_for:
            completed = any(course in learning.courses for course, _ in named or lessons)
            read = induction.policy_read(learning.acknowledged, wanted.asks_for, completed)
            policy = (Stage.DONE if read else Stage.TO_DO, late and not read)
        else:
            policy = None
        rows.append(PictureRow(each.person, called[each.person.id], cells, policy, named is not None, each.standing))
    everyone = sum(found.counts.values())
    uses_accounts = account_approval.need(programme.library.facets.values(), programme.school) is Need.USED
    page = OverviewPage(
        lead=_how_it_stands(everyone, found.counts),
        looked_after=looked_after.notices(),
        counts=found.counts,
        notes=scenario_notes.count(db())[0],
        to_sign_off=approved_accounts.to_sign_off(db(), viewer().id) if uses_accounts else 0,
        vacancies=_vacancies(uses_accounts),
        everyone=everyone,
        lessons=[lesson.title for course in programme.courses_of(None) for lesson in course.lessons],
        policy=bool(wanted.asks_for),
        printed=today(),
        short_lessons=[lesson.title for course in programme.by_name for lesson in course.lessons],
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


def _vacancies(uses_accounts: bool) -> list[tuple[str, str]]:
    """Where nobody is, or somebody who has left: what to do about it is on the page beside."""
    programme = current_programme()
    found = vacancies.find(db(), programme.school.words, [course.slug for course in programme.by_name])
    said = []
    alone = found.without_mentor
    if alone.count:
        names = dates.listed([each.name for each in alone.people], alone.count)
        said.append((f"{names} {'has' if alone.count == 1 else 'have'} no mentor at present.", "/school/people?show=alone"))
    for person in found.without_course[:3]:
        words = f"{person.name} is given a course that is no longer here ({person.course}), and takes what everyone is given."
        said.append((words, f"/school/people/{person.id}"))
    for account in found.accounts if uses_accounts else []:
        words = f"{account.latest.said.title} rests, since somebody who looks after it has left."
        said.append((words, f"/school/policy/accounts/{account.id}"))
    for word, name in found.contacts:
        said.append((f"Your settings name {name} as {word}, who has left.", "/school/settings"))
    return said


def _how_it_stands(everyone: int, counts: dict[Standing, int]) -> str:
    if not everyone:
        return "There is nobody here yet."
    people_words = "1 person" if everyone == 1 else f"{everyone:,} people"
    late = counts[Standing.OVERDUE]
    past = f"{late:,} {'is' if late == 1 else 'are'} past their date" if late else "nobody is past a date"
    complete = counts[Standing.COMPLETE]
    return f"{people_words}. {complete:,} {'has' if complete == 1 else 'have'} completed the induction; {past}."


def _figures(everyone: int) -> list[LessonFigures]:
    programme = current_programme()
    counted, given = progress_records.lesson_figures(db()), progress_records.given(db())
    by_name = {course.slug: given.get(course.slug, 0) for course in programme.by_name}
    figures = []
    for course, lesson in programme.lessons:
        done, begun = counted.get((course.slug, lesson.slug), (0, 0))
        whose = by_name.get(course.slug, everyone - sum(by_name.values()))
        figures.append(LessonFigures(lesson.title, done, begun, max(0, whose - done - begun)))
    return figures


def _misjudged() -> list[MisjudgedRow]:
    """The scenarios staff misjudge most: from ten people up, and never with names."""
    programme, titles = current_programme(), lesson_titles(current_programme())
    listed = []
    for each in progress_records.misjudged(db(), now()):
        course = programme.library.courses.get(each.course)
        lesson = course.lesson(each.lesson) if course else None
        quiz = programme.quiz(course, lesson) if course and lesson else None
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
