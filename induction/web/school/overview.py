"""How the school stands: who needs a word, what waits for a lead, people by lessons, and what staff misjudge most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import redirect, render_template
from werkzeug.wrappers import Response

from ...records.people import people
from ...records.people.people import Person
from ...records.progress import groups
from ...records.progress.groups import GroupedPerson
from ...rules import names
from ...rules.groups import Group
from ...rules.induction import Induction, Stage
from ...services import lesson_figures, progress
from ...services.lesson_figures import LessonFigures
from ...services.programme import Programme
from ...services.what_waits import Waits
from ...wording.insight import NOTHING_YET
from ...wording.overview import given_by_name, how_the_school_stands
from ..incoming_request import asked
from ..parts import done_elsewhere
from ..parts.paging import list_address, page_number, tidy_search
from ..site import current_programme, db, today
from .checklist import Checklist, checklist
from .insight import ToTalkAbout, most_misjudged
from .reminders import reminders
from .room import blueprint
from .who_needs_a_word import Words, who_needs_a_word

WIDEST_HEADS = (14, 46)  # so many lessons have room for their names above them, of so many letters; else they have numbers


@dataclass(frozen=True, slots=True)
class PictureRow:
    person: Person
    called: str
    cells: list[tuple[Stage | None, bool]]  # (how far the lesson is, whether it is not done and past the date); None: done elsewhere
    policy: tuple[Stage, bool] | None  # the same of the policy; None where nothing is to be acknowledged
    besides: str  # how far other courses are, given in place of the usual ones or beside them; and what was done elsewhere
    group: Group


@dataclass(frozen=True, slots=True)
class Picture:
    """A page of people by lessons."""

    lessons: list[str]
    policy: bool  # whether there is a column for it
    rows: list[PictureRow]
    counts: Mapping[Group, int]
    page: int
    pages: int
    show: str
    search: str

    @property
    def everyone(self) -> int:
        return sum(self.counts.values())

    @property
    def named(self) -> bool:
        """Whether the lessons' names have room above them on a wide screen."""
        most, longest = WIDEST_HEADS
        return len(self.lessons) <= most and all(len(title) <= longest for title in self.lessons)

    @property
    def elsewhere(self) -> bool:
        """Whether anybody on it has done a usual course elsewhere."""
        return any(stage is None for row in self.rows for stage, _ in row.cells)

    @property
    def part(self) -> bool:
        """Whether it is but a part that was asked for; the rest of the overview is not repeated beside it."""
        return bool(self.show or self.search or self.page > 1)

    def address(self, page: int) -> str:
        return list_address("/school/overview", page, self.show, self.search)


@dataclass(slots=True)
class OverviewPage:
    lead: str
    picture: Picture
    printed: date
    checklist: Checklist | None = None  # this and what follows is not there where a part of the picture was asked for
    words: Words | None = None
    reminders: Sequence[Waits] = ()
    figures: Sequence[LessonFigures] = ()
    misjudged: Sequence[ToTalkAbout] = ()
    nothing_yet: str = NOTHING_YET  # said in place of it


@blueprint.get("/")
def room() -> Response:
    """What somebody types who knows the room and not its pages."""
    return redirect("/school/overview", 303)


@blueprint.get("/overview")
def overview() -> str:
    programme, show, search = current_programme(), asked("show"), tidy_search()
    chosen = Group(show) if show in list(Group) else None
    found = groups.overview(db(), programme.required, today(), search=search, group=chosen, page=page_number())
    shown = [each.person for each in found.people]
    inductions = progress.of_many(db(), programme, shown, today())
    elsewhere = done_elsewhere.in_words({person: each.elsewhere for person, each in inductions.items()})
    called = names.told_apart(shown, people.shared_names(db(), (each.name for each in shown)))
    picture = Picture(
        lessons=[lesson.title for course in programme.courses_of(None) for lesson in course.lessons],
        policy=bool(programme.required.asks_for),
        rows=[
            _row(programme, each, called[each.person.id], inductions[each.person.id], elsewhere.get(each.person.id, []))
            for each in found.people
        ],
        counts={each: len(ids) for each, ids in found.groups.items()},
        page=found.page,
        pages=found.pages,
        show=chosen.value if chosen else "",
        search=search,
    )
    page = OverviewPage(how_the_school_stands(picture.counts), picture, today())
    if not picture.part:
        page.checklist = checklist(programme)
        page.words = who_needs_a_word(found, inductions, called)
        page.reminders = reminders(programme, courses_listed=bool(page.checklist.items))
        page.figures = lesson_figures.figures(db(), programme, picture.everyone, today())
        page.misjudged = most_misjudged(programme)
    return render_template("school/overview.html", page=page)


def _row(programme: Programme, found: GroupedPerson, called: str, induction: Induction, elsewhere: list[str]) -> PictureRow:
    late = found.group is Group.OVERDUE
    usual = {course.slug for course in programme.courses_of(None)}
    return PictureRow(
        found.person,
        called,
        _cells(programme, induction, late),
        (induction.policy, late and induction.policy_left) if induction.policy else None,
        "; ".join([*(_so_far(programme, induction, each.course) for each in induction.rounds if each.course not in usual), *elsewhere]),
        found.group,
    )


def _cells(programme: Programme, induction: Induction, late: bool) -> list[tuple[Stage | None, bool]]:
    """Of each lesson of the usual courses; none of whoever is given others in their place."""
    cells: list[tuple[Stage | None, bool]] = []
    for course in programme.courses_of(None):
        if course.slug in induction.elsewhere:
            cells += [(None, False)] * len(course.lessons)
        cells += [(part.stage, late and part.stage is not Stage.DONE) for part in induction.of_course(course.slug)]
    return cells


def _so_far(programme: Programme, induction: Induction, course: str) -> str:
    parts = induction.of_course(course)
    done = sum(part.stage is Stage.DONE for part in parts)
    return given_by_name(programme.library.courses[course].title, done, len(parts))
