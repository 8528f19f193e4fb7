"""Progress of many people at once: always a fixed number of queries, whatever the number of lessons."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from ..content.model import Rating
from ..learning.dates import DUE_SOON
from ..learning.progress import Standing
from . import people
from .columns import list_text
from .database import Database
from .person import Person, sort_name

RECENT_ANSWERS = 2000  # what staff misjudge now, not three years ago

LessonName = tuple[str, str]  # course and lesson

# Each active person with the lessons done, of those that are taught now, and how they stand to their
# due date. Must say what learning.progress.standing says; a test compares them.
_STANDINGS = """
with done (person, lessons) as materialized (
    select person, count(*) from (
        select distinct person, course, lesson from completions
        where (course, lesson) in (select value ->> 0, value ->> 1 from json_each(:lessons)))
    group by person),
standings as materialized (
    select p.id, p.sort_name, p.email, p.due, ifnull(done.lessons, 0) as done,
        case when :number > 0 and done.lessons >= :number then 'complete'
             when p.due < :today then 'overdue'
             when p.due <= :soon then 'due soon'
             else 'on track' end as standing
    from people p left join done on done.person = p.id where p.active = 1)
"""
_SOUGHT = "(:search = '' or instr(sort_name, :search) or instr(email, :search))"
_MOST_URGENT = (
    "case standing when 'overdue' then 1 when 'due soon' then 2 when 'on track' then 3 else 4 end,"
    " due is null, due, sort_name, id"
)


@dataclass(frozen=True, slots=True)
class Learning:
    completed: frozenset[LessonName]
    begun: frozenset[LessonName]  # an attempt is open
    courses: frozenset[str]  # completed as a whole


@dataclass(frozen=True, slots=True)
class StandingPerson:
    person: Person
    done: int  # lessons, of those taught now
    standing: Standing


@dataclass(frozen=True, slots=True)
class Overview:
    people: tuple[StandingPerson, ...]
    counts: Mapping[Standing, int]  # of all active people, whatever is searched
    count: int  # of what is searched, on all pages
    page: int  # from 1; the last one where a later one was asked for
    pages: int


@dataclass(frozen=True, slots=True)
class Misjudged:
    course: str
    lesson: str
    scenario: str
    counts: Mapping[Rating, int]
    people: int


def of_people(db: Database, person_ids: Collection[int]) -> dict[int, Learning]:
    """What each of these people has completed and begun: two queries in all. Every id has an entry."""
    ids = [list_text(sorted(person_ids))]
    chosen = "person in (select value from json_each(?))"
    done = db.rows(f"select distinct person, course, lesson from completions where {chosen}", ids)
    begun = db.rows(
        f"select person, course, lesson from attempts where {chosen} and finished_at is null", ids
    )
    completed: dict[int, set[LessonName]] = {person: set() for person in person_ids}
    courses: dict[int, set[str]] = {person: set() for person in person_ids}
    open_now: dict[int, set[LessonName]] = {person: set() for person in person_ids}
    for row in done:
        if row["lesson"]:
            completed[row["person"]].add((row["course"], row["lesson"]))
        else:
            courses[row["person"]].add(row["course"])
    for row in begun:
        open_now[row["person"]].add((row["course"], row["lesson"]))
    return {
        person: Learning(frozenset(completed[person]), frozenset(open_now[person]), frozenset(courses[person]))
        for person in person_ids
    }


def overview(
    db: Database, lessons: Collection[LessonName], today: date, *, search: str = "", standing: Standing | None = None,
    page: int = 1, per_page: int = 40,
) -> Overview:
    """A page of the active people, the most urgent first, and how many stand how.

    `lessons` are those taught now: somebody is complete who has done all of them, in any version.
    """
    values = {
        "lessons": json.dumps([list(lesson) for lesson in lessons]),
        "number": len(lessons),
        "today": today.isoformat(),
        "soon": (today + timedelta(days=DUE_SOON)).isoformat(),
        "search": sort_name(search),
        "standing": standing,
    }
    rows = db.rows(
        f"{_STANDINGS} select standing, count(*) as people, total({_SOUGHT}) as sought from standings group by standing",
        values,
    )
    counts = {Standing(row["standing"]): row["people"] for row in rows}
    count = sum(int(row["sought"]) for row in rows if standing in (None, row["standing"]))
    pages = max(1, math.ceil(count / per_page))
    page = min(max(page, 1), pages)
    shown = db.rows(
        f"{_STANDINGS} select id, done, standing from standings"
        f" where {_SOUGHT} and (:standing is null or standing = :standing)"
        f" order by {_MOST_URGENT} limit :limit offset :offset",
        {**values, "limit": per_page, "offset": (page - 1) * per_page},
    )
    who = people.some(db, [row["id"] for row in shown])
    return Overview(
        people=tuple(StandingPerson(who[row["id"]], row["done"], Standing(row["standing"])) for row in shown),
        counts={each: counts.get(each, 0) for each in Standing},
        count=count,
        page=page,
        pages=pages,
    )


def misjudged(db: Database, limit: int = 5, least_people: int = 10) -> list[Misjudged]:
    """The scenarios that staff misjudge most, by their first scenes, among the latest 2,000 answers.

    Sorted by the share judged poor or over the line; none that nobody misjudged, and none that fewer
    than `least_people` people answered, so that no figure points at a person.
    """
    rows = db.rows(
        "with recent as (select attempt, scenario, rating from answers where scene = scenario"
        " order by id desc limit :recent)"
        " select a.course, a.lesson, r.scenario, count(distinct a.person) as people, count(*) as answers,"
        " total(r.rating = 'best') as best, total(r.rating = 'fine') as fine, total(r.rating = 'poor') as poor,"
        " total(r.rating = 'breach') as breach"
        " from recent r join attempts a on a.id = r.attempt group by a.course, a.lesson, r.scenario"
        " having people >= :least and poor + breach > 0"
        " order by (poor + breach) / answers desc, answers desc, a.course, a.lesson, r.scenario limit :limit",
        {"recent": RECENT_ANSWERS, "least": least_people, "limit": limit},
    )
    return [
        Misjudged(
            row["course"],
            row["lesson"],
            row["scenario"],
            {rating: int(row[rating]) for rating in Rating},
            row["people"],
        )
        for row in rows
    ]
