"""All who have an induction to do, by group and the most urgent first: what the school's picture is drawn from.

Three things are asked once over and kept until they change: who is here in which order, who has done all that is wanted,
and who has tried any scenarios. The groups are made of them.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain, islice, repeat

from ...rules import cycles
from ...rules.groups import Group
from ...rules.induction import Required, asked_since, earliest_due
from ..people import people, staff_groups
from ..people.lists import SOUGHT, sought
from ..people.person import Person
from ..store.columns import day_begins, list_text, maybe_day, maybe_day_text
from ..store.database import Database
from . import corrections, done_elsewhere, rounds
from .rounds import LATER

Groups = Mapping[Group, Sequence[int]]  # ids of people, the most urgent group first and in each the most urgent

_HERE = """
with own (person, due) as materialized (select cast(value ->> 0 as integer), value ->> 1 from json_each(:own)),
here (id, due, sort_name, not_given) as (
    select p.id, iif(o.person is null, p.due, o.due), p.sort_name, p.role <> 'teacher' and p.course is null and p.due is null
    from people p left join own o on o.person = p.id where +p.active = 1 and (p.starts is null or p.starts <= :today))
select json_group_array(id order by due is null, due, sort_name, id) as ids, total(due < :today) as late,
    json_group_array(id) filter (where not_given) as not_given, json_group_array(id) filter (where due is null) as undated
from here"""
_NAMED = "select id, course, due from people where +active = 1 and course is not null"
_TRIED = "select json_group_array(id) as ids from people p where exists (select 1 from attempts a where a.person = p.id)"
_TRIED_SINCE = """
select value ->> 0 as person from json_each(:since)
where exists (select 1 from attempts a where a.person = value ->> 0 and a.started_at >= value ->> 1)"""
_WANTED = """
with wanted (course, lesson) as materialized (select value ->> 0, value ->> 1 from json_each(:wanted))"""
# Who has done every lesson of a course, in their present round, is looked for among those who have done its last.
_DONE = f"""{_WANTED}, {LATER},
last (course, lesson) as materialized (select value ->> 0, value ->> 1 from json_each(:last)),
finished (course, person) as (
    select distinct t.course, l.person from last t join completions_that_count l on l.course = t.course and l.lesson = t.lesson
    left join later r on r.course = t.course and r.person = l.person
    where (r.since is null or l.completed_at >= r.since) and not exists (
        select 1 from wanted w where w.course = t.course and not exists (
            select 1 from completions_that_count c where c.person = l.person and c.course = w.course and c.lesson = w.lesson
            and (r.since is null or c.completed_at >= r.since))))
select course, json_group_array(person) as ids from finished group by course"""
_READ = "select json_group_array(distinct person) as ids from acknowledgements_that_count where version >= :asks_for"
_COMPLETED = """
select course, json_group_array(distinct person) as ids from completions_that_count
where course in (select value from json_each(:courses)) and lesson = '' group by course"""
_HAVE_DONE_ONE = f"""{_WANTED}, {LATER}
select distinct w.course, c.person from json_each(:people) p
cross join completions_that_count c on c.person = p.value cross join wanted w on w.course = c.course and w.lesson = c.lesson
left join later r on r.course = c.course and r.person = c.person where r.since is null or c.completed_at >= r.since"""
GROW = (  # the tables on whose rows it depends, and on no other
    "people_history", "attempts", *corrections.COMPLETED, "acknowledgements", *staff_groups.GROW, *done_elsewhere.GROW,
)


@dataclass(frozen=True, slots=True)
class GroupedPerson:
    person: Person
    group: Group


@dataclass(frozen=True, slots=True)
class Overview:
    people: tuple[GroupedPerson, ...]
    groups: Groups  # of all who have an induction to do, whatever is searched
    count: int  # of what is searched, on all pages
    page: int  # from 1; the last one where a later one was asked for
    pages: int


def overview(
    db: Database, required: Required, today: date, *, search: str = "", group: Group | None = None, page: int = 1, per_page: int = 40
) -> Overview:
    """A page of those who have an induction to do, the most urgent first, and how many stand where."""
    everybody = groups(db, required, today)
    chosen = everybody if group is None else {group: everybody[group]}
    if search:
        rows = db.rows(f"select id from people where +active = 1 and {SOUGHT}", sought(search))
        known = {row["id"] for row in rows}
        chosen = {each: [person for person in ids if person in known] for each, ids in chosen.items()}
    count = sum(map(len, chosen.values()))
    pages = max(1, math.ceil(count / per_page))
    page = min(max(page, 1), pages)
    each_one = chain.from_iterable(zip(ids, repeat(each)) for each, ids in chosen.items())
    shown = list(islice(each_one, (page - 1) * per_page, page * per_page))
    who = people.by_ids(db, [person for person, _ in shown])
    return Overview(tuple(GroupedPerson(who[person], each) for person, each in shown), everybody, count, page, pages)


def groups(db: Database, required: Required, today: date) -> Groups:
    """Everybody who has begun here and has an induction to do. Complete is who has done all that is wanted of them now, in any version."""
    return _of_all(db, required, today)[0]


def undated(db: Database, required: Required, today: date) -> frozenset[int]:
    """Who here has no date by which anything is due."""
    return _of_all(db, required, today)[1]


def _of_all(db: Database, required: Required, today: date) -> tuple[Groups, frozenset[int]]:
    return db.remembered(("groups", repr(required), today), GROW, lambda: _grouped(db, required, today))


def _grouped(db: Database, required: Required, today: date) -> tuple[Groups, frozenset[int]]:
    everybody = _Everybody(db, required, today)
    [here] = db.counted(_HERE, {"today": today.isoformat(), "own": json.dumps(everybody.dues())}, GROW)
    ids, late, not_given = json.loads(here["ids"]), int(here["late"]), set(json.loads(here["not_given"]))
    not_given -= everybody.asked_besides
    complete, begun = everybody.complete, everybody.begun(ids)
    settled = complete | begun | not_given
    past_the_date, in_time = ids[:late], ids[late:]  # who is past the date comes first
    found = {
        Group.OVERDUE: [person for person in past_the_date if person not in complete],
        Group.NOT_BEGUN: [person for person in in_time if person not in settled],
        Group.ON_THE_WAY: [person for person in in_time if person in begun and person not in complete],
        Group.COMPLETE: [person for person in ids if person in complete and (person in begun or person not in not_given)],
    }
    return found, frozenset(json.loads(here["undated"]))


class _Everybody:
    """What is asked of whom, and who has done it. Of most that is what everyone is given, for the first time."""

    def __init__(self, db: Database, required: Required, today: date) -> None:
        self._db, self._required, self._today = db, required, today
        self._usual = required.courses(None)
        self._dues: dict[object, str | None] = {}
        self._later = rounds.later(db, required, today)
        self._later_json = rounds.as_json(self._later)
        rows = db.counted(_NAMED, (), ("people_history",))
        named = {row["id"]: row["course"] for row in rows if row["course"] in required.by_name}
        taught = required.by_name.keys()
        self._given = {person: given for person, given in staff_groups.given(db).items() if given.keys() & taught}
        self._courses = {
            person: required.courses(named.get(person), self._given.get(person, ())) for person in {*named, *self._given}
        }  # of those who are asked for something else than everyone
        self._done = self._who_has_done()
        self._leave_out_what_was_done_elsewhere()
        self._read, self._completed = who_has_read(db, required)
        self.complete = self._who_is_complete()

    def _leave_out_what_was_done_elsewhere(self) -> None:
        """And not here."""
        for person, elsewhere in done_elsewhere.courses(self._db, self._today).items():
            asked = self.courses(person)
            left = tuple(each for each in asked if each not in elsewhere or person in self._done.get(each, ()))
            if left != asked:
                self._courses[person] = left

    def courses(self, person: int) -> tuple[str, ...]:
        return self._courses.get(person, self._usual)

    @cached_property
    def asked_besides(self) -> set[int]:
        """Who is asked for something whatever their role: by a group of theirs, or in a later round."""
        return {*self._given, *self._in_later_rounds}

    @cached_property
    def _in_later_rounds(self) -> dict[int, dict[str, date]]:
        """When those rounds began, by person and course of theirs."""
        found: dict[int, dict[str, date]] = defaultdict(dict)
        for course, begun in self._later.items():
            for person, day in begun.items():
                if course in self.courses(person):
                    found[person][course] = day
        return found

    def dues(self) -> list[tuple[int, str | None]]:
        """Until when something is due for those for whom it is not simply their own date."""
        who = self.asked_besides
        rows = self._db.rows("select id, due from people where id in (select value from json_each(?))", [list_text(sorted(who))])
        return [(row["id"], self._due(row["id"], row["due"])) for row in rows]

    def _due(self, person: int, own: str | None) -> str | None:
        """Many stand alike, so that it is worked out once for all of them."""
        courses, given, begun = self.courses(person), self._given.get(person, {}), self._in_later_rounds.get(person, {})
        policy_left = self._required.asks_for > 0 and person not in self._read and person not in self._have_completed(courses)
        alike = courses, tuple(given.items()), tuple(begun.items()), self._open(person), own, policy_left
        if alike not in self._dues:
            self._dues[alike] = maybe_day_text(self._earliest(courses, given, begun, self._open(person), maybe_day(own), policy_left))
        return self._dues[alike]

    def _earliest(
        self, courses: Sequence[str], given: Mapping[str, date], begun: Mapping[str, date], opened: Sequence[str],
        own: date | None, policy_left: bool,
    ) -> date | None:
        said = self._required.cycles
        due = {course: cycles.due(said.get(course, ()), begun.get(course), own, given.get(course)) for course in courses}
        return earliest_due([due[course] for course in opened], policy_left, own, [due[course] for course in begun])

    def _open(self, person: int) -> tuple[str, ...]:
        return tuple([course for course in self.courses(person) if person not in self._done.get(course, ())])

    def _have_completed(self, courses: Collection[str]) -> set[int]:
        return set().union(*(self._completed.get(course, ()) for course in courses))

    def _who_has_done(self) -> dict[str, set[int]]:
        """Who has done all lessons of each course that has any."""
        wanted = list(dict.fromkeys((*self._required.everyone, *chain.from_iterable(self._required.by_name.values()))))
        values = {"wanted": json.dumps(wanted), "last": json.dumps(list(dict(wanted).items())), "later": self._later_json}
        found = {row["course"]: set(json.loads(row["ids"])) for row in self._db.counted(_DONE, values, corrections.COMPLETED)}
        return {course: found.get(course, set()) for course in dict(wanted)}

    def _who_is_complete(self) -> set[int]:
        complete = self._who_is_complete_with(self._usual) - self._courses.keys()
        by_courses: dict[tuple[str, ...], set[int]] = defaultdict(set)
        for person, courses in self._courses.items():
            by_courses[courses].add(person)
        for courses, people_there in by_courses.items():
            if courses:
                complete |= self._who_is_complete_with(courses) & people_there
            else:  # all that is asked of them was done elsewhere
                complete |= people_there & self._read if self._required.asks_for else people_there
        return complete

    def _who_is_complete_with(self, courses: Sequence[str]) -> set[int]:
        lessons = [self._done[course] for course in courses if course in self._done]
        asks_for = self._required.asks_for
        if not lessons:
            return set(self._read) if asks_for else set()
        done = set.intersection(*lessons)
        return done & (self._read | self._have_completed(courses)) if asks_for else done

    def begun(self, ids: Sequence[int]) -> set[int]:
        """Who has made a start: with any scenarios, or a lesson that was one to read; in a later round, since that began."""
        [row] = self._db.counted(_TRIED, (), ("attempts",))
        begun = set(json.loads(row["ids"]))
        since = {person: day for person in self._in_later_rounds if (day := self._asked_since(person))}
        asked = json.dumps([[person, day_begins(day)] for person, day in since.items()])
        if since:
            begun -= since.keys() - {row["person"] for row in self._db.counted(_TRIED_SINCE, {"since": asked}, ("attempts",))}
        wanted = list(dict.fromkeys((*self._required.everyone, *chain.from_iterable(self._required.by_name.values()))))
        values = {
            "wanted": json.dumps(wanted), "later": self._later_json,
            "people": list_text([person for person in ids if person not in begun]),
        }
        rows = self._db.counted(_HAVE_DONE_ONE, values, corrections.COMPLETED)
        return begun | {row["person"] for row in rows if row["course"] in self.courses(row["person"])}

    def _asked_since(self, person: int) -> date | None:
        begun = self._in_later_rounds[person]
        return asked_since([begun.get(course) for course in self._open(person)])


def who_has_read(db: Database, required: Required) -> tuple[set[int], dict[str, set[int]]]:
    """Who has acknowledged the policy that is asked for; and, by course, who completed it once, with whichever policy there was."""
    if not required.asks_for:
        return set(), {}
    [row] = db.counted(_READ, {"asks_for": required.asks_for}, corrections.READ)
    values = {"courses": list_text(sorted({*required.courses(None), *required.by_name}))}
    completed = {row["course"]: set(json.loads(row["ids"])) for row in db.counted(_COMPLETED, values, corrections.COMPLETED)}
    return set(json.loads(row["ids"])), completed
