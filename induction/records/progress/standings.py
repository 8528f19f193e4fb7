"""How far people are, one or many at once: always a fixed number of queries, whatever the number of lessons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from ...rules.induction import LessonName
from ..people import staff_groups
from ..people.days_here import HAVE_BEGUN
from ..store.columns import list_text, local_day, moment
from ..store.database import Database
from . import corrections, rounds
from .rounds import LATER, NOBODY, Later

# Lessons that active people have done before their present round, and not in it.
_BEFORE = f"""
with {LATER}
select course, lesson, count(*) as people from (
    select c.course, c.lesson, c.person from later l join completions_that_count c on c.person = l.person and c.course = l.course
    where c.lesson <> '' group by c.course, c.lesson, c.person having max(c.completed_at) < l.since)
where person not in (select id from people where active = 0) group by course, lesson"""
_BEGUN = f"""
with {LATER}
select a.course, a.lesson, count(*) as people from attempts a left join later l on l.course = a.course and l.person = a.person
where a.finished_at is null and a.person not in (select id from people where active = 0)
    and not exists (select 1 from completions_that_count c where c.person = a.person and c.course = a.course and c.lesson = a.lesson
        and (l.since is null or c.completed_at >= l.since)) group by a.course, a.lesson"""


@dataclass(frozen=True, slots=True)
class Done:
    completed: Mapping[LessonName, date]  # when each lesson was done last
    begun: frozenset[LessonName]  # an attempt is open
    courses: Mapping[str, tuple[date, ...]]  # when each was completed as a whole, the oldest first
    acknowledged: int = 0  # the latest version of the policy that they have acknowledged
    tried: date | None = None  # when they began the scenarios of any lesson last, passed or not; None: never


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
    tried: date | None  # when they began the scenarios of any lesson last; None: never
    mentor: tuple[str, str] | None  # name and email


def of_people(db: Database, person_ids: Collection[int]) -> dict[int, Done]:
    """What each of these people has completed, begun, tried and acknowledged: three queries in all. Every id has an entry."""
    ids = [list_text(sorted(person_ids))]
    chosen = "person in (select value from json_each(?))"
    done = db.rows(f"select person, course, lesson, completed_at from completions_that_count where {chosen} order by id", ids)
    begun = db.rows(
        f"select person, course, lesson from attempts where {chosen} and finished_at is null", ids
    )
    besides = db.rows(
        "select value as person, (select max(started_at) from attempts where person = value) as tried,"
        " ifnull((select max(version) from acknowledgements_that_count where person = value), 0) as acknowledged from json_each(?)",
        ids,
    )
    completed: dict[int, dict[LessonName, date]] = {person: {} for person in person_ids}
    courses: dict[int, dict[str, tuple[date, ...]]] = {person: {} for person in person_ids}
    open_now: dict[int, set[LessonName]] = {person: set() for person in person_ids}
    for row in done:
        day, course = local_day(row["completed_at"]), row["course"]
        if row["lesson"]:
            completed[row["person"]][course, row["lesson"]] = day
        else:
            courses[row["person"]][course] = (*courses[row["person"]].get(course, ()), day)
    for row in begun:
        open_now[row["person"]].add((row["course"], row["lesson"]))
    return {
        (person := row["person"]): Done(
            completed[person],
            frozenset(open_now[person]),
            courses[person],
            row["acknowledged"],
            local_day(row["tried"]) if row["tried"] else None,
        )
        for row in besides
    }


def done_and_begun(db: Database, person_id: int) -> tuple[set[LessonName], set[LessonName]]:
    """The lessons that one person has done, and those in which a try is open. One query."""
    rows = db.rows(
        "select course, lesson, 1 as done from completions_that_count where person = :person"
        " union all select course, lesson, 0 from attempts where person = :person and finished_at is null",
        {"person": person_id},
    )
    done, begun = ({(row["course"], row["lesson"]) for row in rows if row["done"] is each} for each in (1, 0))
    return done, begun


def completed(db: Database, person_id: int) -> list[tuple[LessonName, Completed]]:
    """What one person has done, the oldest first; of a course as a whole with an empty lesson. One query."""
    rows = db.rows("select course, lesson, completed_at, percent from completions_that_count where person = ? order by id", [person_id])
    return [((row["course"], row["lesson"]), Completed(moment(row["completed_at"]), row["percent"])) for row in rows]


def waiting(db: Database, person_id: int) -> Waiting:
    """One query: home asks for it each time."""
    [row] = db.rows(
        "select ifnull((select max(version) from acknowledgements_that_count where person = p.id), 0) as acknowledged,"
        " exists (select 1 from asked_again where person = p.id) as asked_again,"
        " (select max(started_at) from attempts where person = p.id) as tried, m.name, m.email"
        " from people p left join people m on m.id = p.mentor where p.id = ?",
        [person_id],
    )
    mentor = (row["name"], row["email"]) if row["name"] else None
    return Waiting(row["acknowledged"], bool(row["asked_again"]), local_day(row["tried"]) if row["tried"] else None, mentor)


@dataclass(frozen=True, slots=True)
class Given:
    """How many who have begun here each course is given to, beside or in place of those that everyone is given."""

    named: Mapping[str, int]  # by name, in place of those
    either: Mapping[str, int]  # by name, or to a group of theirs


def given(db: Database, today: date) -> Given:
    here_by_now, day = f"+active = 1 and {HAVE_BEGUN}", {"today": today.isoformat()}
    rows = db.rows(f"select id, course from people where {here_by_now} and course is not null", day)
    named, groups = {row["id"]: row["course"] for row in rows}, staff_groups.given(db)
    day["ids"] = list_text(sorted(groups))
    here = db.rows(f"select id from people where {here_by_now} and id in (select value from json_each(:ids))", day)
    either = {(course, person) for person, course in named.items()}
    either |= {(course, row["id"]) for row in here for course in groups[row["id"]]}
    return Given(Counter(named.values()), Counter(course for course, _ in either))


def lesson_figures(db: Database, later: Later = NOBODY) -> dict[LessonName, tuple[int, int]]:
    """For each lesson, how many active people have done it, and how many have begun and not done it.

    Of those who are in a later round of its course: in that round.
    """
    count = "select course, lesson, count(distinct person) as people from completions_that_count where lesson <> ''"
    ever = db.counted(f"{count} group by course, lesson", (), corrections.COMPLETED)
    gone = db.counted(
        f"{count} and person in (select id from people where active = 0) group by course, lesson", (),
        ("people_history", *corrections.COMPLETED),
    )
    values = {"later": rounds.as_json(later)}
    before = db.counted(_BEFORE, values, ("people_history", *corrections.COMPLETED)) if later else []
    done = Counter({(row["course"], row["lesson"]): row["people"] for row in ever})
    for row in (*gone, *before):
        done[row["course"], row["lesson"]] -= row["people"]
    figures = {lesson: (people, 0) for lesson, people in done.items()}
    for row in db.rows(_BEGUN, values):
        lesson = row["course"], row["lesson"]
        figures[lesson] = (done[lesson], row["people"])
    return figures
