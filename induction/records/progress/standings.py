"""How far people are, one or many at once: always a fixed number of queries, whatever the number of lessons."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ...content.model import Rating
from ...rules.calendar import DUE_SOON
from ...rules.induction import LessonName, Required, Standing
from ..people import people
from ..people.lists import SOUGHT, sought
from ..people.person import Person
from ..store.columns import list_text, moment, moment_text
from ..store.database import Database

RECENT_ANSWERS = 2000  # what staff misjudge now, not three years ago
NEW_HERE = timedelta(days=7)

# Each active person and how they stand to their due date: the same as rules.induction says, and a test compares
# them. In one result, because the counting is what costs: the page of people, and a row for each standing with how many
# there are. Who has done every lesson of a track is looked for among those who have done its last.
_OVERVIEW = f"""
with wanted (track, course, lesson) as materialized (
    select value ->> 0, value ->> 1, value ->> 2 from json_each(:wanted)),
tracks (track, parts, last_course, last_lesson) as materialized (
    select value ->> 0, value ->> 1, value ->> 2, value ->> 3 from json_each(:tracks)),
done (track, person) as materialized (
    select distinct t.track, l.person from tracks t
    join completions l on l.course = t.last_course and l.lesson = t.last_lesson
    where not exists (select 1 from wanted w where w.track = t.track and not exists (
        select 1 from completions c where c.person = l.person and c.course = w.course and c.lesson = w.lesson))),
standings as materialized (
    select p.id, p.due, p.sort_name, {SOUGHT} as sought,
        case when t.parts > 0
                and (t.last_lesson is null or exists (select 1 from done d where d.track = t.track and d.person = p.id))
                and (:asks_for = 0
                    or exists (select 1 from acknowledgements a where a.person = p.id and a.version >= :asks_for)
                    or exists (select 1 from completions c where c.person = p.id and c.lesson = ''
                        and c.course in (select course from wanted w where w.track = t.track)))
                then 'complete'
            when due < :today then 'overdue'
            when due <= :soon then 'due soon'
            else 'on track' end as standing
    from people p join tracks t on t.track = case when p.course in (select track from tracks) then p.course else '' end
    where +p.active = 1)
select * from (
    select id, standing, null as everybody, null as sought from standings
    where sought and (:standing is null or standing = :standing)
    order by case standing when 'overdue' then 1 when 'due soon' then 2 when 'on track' then 3 else 4 end,
        due is null, due, sort_name, id
    limit :limit offset :offset)
union all
select null, standing, count(*), sum(sought) from standings group by standing
"""


@dataclass(frozen=True, slots=True)
class Done:
    completed: frozenset[LessonName]
    begun: frozenset[LessonName]  # an attempt is open
    courses: frozenset[str]  # completed as a whole
    acknowledged: int = 0  # the latest version of the policy that they have acknowledged
    tried: bool = False  # the scenarios of some lesson, open or finished, passed or not


@dataclass(frozen=True, slots=True)
class Completed:
    """That a lesson, or a course as a whole, is done."""

    at: datetime
    percent: int | None  # None where there was nothing to answer


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for somebody besides their lessons, whether they have made a start, and who helps."""

    acknowledged: int  # the latest version of the policy that they have acknowledged; 0 for none
    asked_again: bool  # scenarios may be waiting to be met again
    tried: bool  # they have begun the scenarios of some lesson
    mentor: tuple[str, str] | None  # name and email


@dataclass(frozen=True, slots=True)
class StandingPerson:
    person: Person
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


def of_people(db: Database, person_ids: Collection[int]) -> dict[int, Done]:
    """What each of these people has completed, begun, tried and acknowledged: three queries in all. Every id has an entry."""
    ids = [list_text(sorted(person_ids))]
    chosen = "person in (select value from json_each(?))"
    done = db.rows(f"select distinct person, course, lesson from completions where {chosen}", ids)
    begun = db.rows(
        f"select person, course, lesson from attempts where {chosen} and finished_at is null", ids
    )
    besides = db.rows(
        "select value as person, exists (select 1 from attempts where person = value) as tried,"
        " ifnull((select max(version) from acknowledgements where person = value), 0) as acknowledged from json_each(?)",
        ids,
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
        (person := row["person"]): Done(
            frozenset(completed[person]),
            frozenset(open_now[person]),
            frozenset(courses[person]),
            row["acknowledged"],
            bool(row["tried"]),
        )
        for row in besides
    }


def done_and_begun(db: Database, person_id: int) -> tuple[set[LessonName], set[LessonName]]:
    """The lessons that one person has done, and those in which a try is open. One query."""
    rows = db.rows(
        "select course, lesson, 1 as done from completions where person = :person"
        " union all select course, lesson, 0 from attempts where person = :person and finished_at is null",
        {"person": person_id},
    )
    done, begun = ({(row["course"], row["lesson"]) for row in rows if row["done"] is each} for each in (1, 0))
    return done, begun


def completed(db: Database, person_id: int) -> list[tuple[LessonName, Completed]]:
    """What one person has done, the oldest first; of a course as a whole with an empty lesson. One query."""
    rows = db.rows("select course, lesson, completed_at, percent from completions where person = ? order by id", [person_id])
    return [((row["course"], row["lesson"]), Completed(moment(row["completed_at"]), row["percent"])) for row in rows]


def waiting(db: Database, person_id: int) -> Waiting:
    """One query: home asks for it each time."""
    [row] = db.rows(
        "select ifnull((select max(version) from acknowledgements where person = p.id), 0) as acknowledged,"
        " exists (select 1 from asked_again where person = p.id) as asked_again,"
        " exists (select 1 from attempts where person = p.id) as tried, m.name, m.email"
        " from people p left join people m on m.id = p.mentor where p.id = ?",
        [person_id],
    )
    mentor = (row["name"], row["email"]) if row["name"] else None
    return Waiting(row["acknowledged"], bool(row["asked_again"]), bool(row["tried"]), mentor)


def overview(
    db: Database, required: Required, today: date, *, search: str = "", standing: Standing | None = None,
    page: int = 1, per_page: int = 40,
) -> Overview:
    """A page of the active people, the most urgent first, and how many stand how.

    Somebody is complete who has done all that is wanted of them now, in any version.
    """
    page = max(page, 1)
    tracks = {"": required.everyone, **required.by_name}  # the lessons of each course given by name, and of everybody else
    values = {
        "wanted": json.dumps([[track, *lesson] for track, lessons in tracks.items() for lesson in lessons]),
        "tracks": json.dumps([[track, required.parts(track), *_last(lessons)] for track, lessons in tracks.items()]),
        "asks_for": required.asks_for,
        "today": today.isoformat(),
        "soon": (today + timedelta(days=DUE_SOON)).isoformat(),
        **sought(search),
        "standing": standing,
        "limit": per_page,
        "offset": (page - 1) * per_page,
    }
    rows = db.counted(_OVERVIEW, values, ("people_history", "completions", "acknowledgements"))
    totals = [row for row in rows if row["id"] is None]
    count = sum(row["sought"] for row in totals if standing in (None, row["standing"]))
    pages = max(1, math.ceil(count / per_page))
    if page > pages:
        return overview(
            db, required, today, search=search, standing=standing, page=pages, per_page=per_page
        )
    shown = [row for row in rows if row["id"] is not None]
    who = people.by_ids(db, [row["id"] for row in shown])
    counts = {row["standing"]: row["everybody"] for row in totals}
    return Overview(
        people=tuple(StandingPerson(who[row["id"]], Standing(row["standing"])) for row in shown),
        counts={each: counts.get(each, 0) for each in Standing},
        count=count,
        page=page,
        pages=pages,
    )


def _last(lessons: Sequence[LessonName]) -> LessonName | tuple[None, None]:
    return lessons[-1] if lessons else (None, None)


def misjudged(db: Database, now: datetime, limit: int = 5, least_people: int = 10) -> list[Misjudged]:
    """The scenarios that staff misjudge most, by their first scenes, among the latest 2,000 answers.

    Sorted by the share judged poor or over the line; none that nobody misjudged, and none that fewer
    than `least_people` people answered, so that no figure points at a person. Counted, and shown, are the finished tries
    of people who have signed in and have been here for a week: whoever would invent nine to learn of a tenth waits as
    long, in everybody's sight. Leads are not counted, who could take their own answers away.
    """
    rows = db.rows(
        "with recent as (select attempt, scenario, rating from answers where scene = scenario"
        " order by id desc limit :recent)"
        " select a.course, a.lesson, r.scenario, count(distinct a.person) as people, count(*) as answers,"
        " total(r.rating = 'best') as best, total(r.rating = 'fine') as fine, total(r.rating = 'poor') as poor,"
        " total(r.rating = 'breach') as breach"
        " from recent r join attempts a on a.id = r.attempt and a.finished_at is not null join people p on p.id = a.person"
        " and p.role <> 'lead' and p.last_seen_at is not null and p.created_at <= :came_by"
        " group by a.course, a.lesson, r.scenario"
        " having people >= :least and poor + breach > 0"
        " order by (poor + breach) / answers desc, answers desc, a.course, a.lesson, r.scenario limit :limit",
        {"recent": RECENT_ANSWERS, "least": least_people, "limit": limit, "came_by": moment_text(now - NEW_HERE)},
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


def given(db: Database) -> dict[str, int]:
    """How many active people each course is given to by name."""
    rows = db.rows("select course, count(*) as people from people where +active = 1 and course is not null group by course")
    return {row["course"]: row["people"] for row in rows}


def lesson_figures(db: Database) -> dict[LessonName, tuple[int, int]]:
    """For each lesson, how many active people have done it, and how many have begun and not done it."""
    count = "count(distinct person) as people from completions where lesson <> ''"
    done = db.counted(
        "select course, lesson, sum(people) as people from ("
        f"select course, lesson, {count} group by course, lesson union all"
        f" select course, lesson, -{count} and person in (select id from people where active = 0) group by course, lesson"
        ") group by course, lesson",
        (),
        ("people_history", "completions"),
    )
    begun = db.rows(
        "select course, lesson, count(*) as people from attempts a where finished_at is null"
        " and person not in (select id from people where active = 0)"
        " and not exists (select 1 from completions c where c.person = a.person and c.course = a.course"
        " and c.lesson = a.lesson) group by course, lesson"
    )
    figures = {(row["course"], row["lesson"]): (row["people"], 0) for row in done}
    for row in begun:
        lesson = row["course"], row["lesson"]
        figures[lesson] = (figures.get(lesson, (0, 0))[0], row["people"])
    return figures
