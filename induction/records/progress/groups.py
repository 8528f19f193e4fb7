"""All who have an induction to do, by group and the most urgent first: what the school's picture is drawn from.

Three things are asked once over and kept until they change: who is here in which order, who has done all that is wanted,
and who has tried any scenarios. The groups are made of them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice, repeat

from ...rules.groups import Group
from ...rules.induction import LessonName, Required
from ..people import people
from ..people.lists import SOUGHT, sought
from ..people.person import Person
from ..store.columns import list_text
from ..store.database import Database

Groups = Mapping[Group, Sequence[int]]  # ids of people, the most urgent group first and in each the most urgent

_HERE = """
select json_group_array(id order by due is null, due, sort_name, id) as ids, total(due < :today) as late,
    json_group_array(id) filter (where role <> 'teacher' and course is null and due is null) as not_given
from people where +active = 1 and (starts is null or starts <= :today)"""
_BY_COURSE = "select course, json_group_array(id) as ids from people where +active = 1 and course is not null group by course"
_TRIED = "select json_group_array(id) as ids from people p where exists (select 1 from attempts a where a.person = p.id)"
_WANTED = """
with wanted (track, course, lesson) as materialized (select value ->> 0, value ->> 1, value ->> 2 from json_each(:wanted))"""
# Who has done every lesson of a track is looked for among those who have done its last.
_COMPLETE = f"""{_WANTED},
tracks (track, last_course, last_lesson) as materialized (
    select value ->> 0, value ->> 1, value ->> 2 from json_each(:tracks)),
done (track, person) as (
    select distinct t.track, l.person from tracks t
    join completions l on l.course = t.last_course and l.lesson = t.last_lesson
    where not exists (select 1 from wanted w where w.track = t.track and not exists (
        select 1 from completions c where c.person = l.person and c.course = w.course and c.lesson = w.lesson))
    union select t.track, a.person from tracks t join acknowledgements a on a.version >= :asks_for and :asks_for > 0
    where t.last_lesson is null)
select track, json_group_array(person) as ids from done d
where :asks_for = 0
    or exists (select 1 from acknowledgements a where a.person = d.person and a.version >= :asks_for)
    or exists (select 1 from completions c where c.person = d.person and c.lesson = ''
        and c.course in (select course from wanted w where w.track = d.track))
group by track"""
_HAVE_DONE_ONE = f"""{_WANTED}
select distinct w.track, c.person from json_each(:people) p
cross join completions c on c.person = p.value cross join wanted w on w.course = c.course and w.lesson = c.lesson"""


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
    grow = ("people_history", "completions", "acknowledgements", "attempts")
    return db.remembered(("groups", repr(required), today), grow, lambda: _grouped(db, required, today))


def _grouped(db: Database, required: Required, today: date) -> Groups:
    tracks = {"": required.everyone, **required.by_name}  # the lessons of each course given by name, and of everybody else
    [here] = db.counted(_HERE, {"today": today.isoformat()}, ("people_history",))
    courses = {row["course"]: json.loads(row["ids"]) for row in db.counted(_BY_COURSE, (), ("people_history",))}
    track = {person: course for course in required.by_name for person in courses.get(course, ())}
    ids, late, not_given = json.loads(here["ids"]), int(here["late"]), set(json.loads(here["not_given"]))
    done, begun = _complete(db, required, tracks), _tried(db)
    begun |= _have_done_one(db, tracks, track, [person for person in ids if person not in begun])
    complete = {person for course, people_there in done.items() for person in people_there if track.get(person, "") == course}
    settled = complete | begun | not_given
    past_the_date, in_time = ids[:late], ids[late:]  # who is past the date comes first
    return {
        Group.OVERDUE: [person for person in past_the_date if person not in complete],
        Group.NOT_BEGUN: [person for person in in_time if person not in settled],
        Group.ON_THE_WAY: [person for person in in_time if person in begun and person not in complete],
        Group.COMPLETE: [person for person in ids if person in complete and (person in begun or person not in not_given)],
    }


def _complete(db: Database, required: Required, tracks: Mapping[str, Sequence[LessonName]]) -> dict[str, set[int]]:
    """Who has done all that is wanted on each track."""
    values = {
        **_wanted(tracks),
        "tracks": json.dumps([[track, *(lessons[-1] if lessons else (None, None))] for track, lessons in tracks.items()]),
        "asks_for": required.asks_for,
    }
    rows = db.counted(_COMPLETE, values, ("completions", "acknowledgements"))
    found = {row["track"]: set(json.loads(row["ids"])) for row in rows}
    return {track: found.get(track, set()) for track in tracks}


def _tried(db: Database) -> set[int]:
    """Who has begun the scenarios of any lesson."""
    [row] = db.counted(_TRIED, (), ("attempts",))
    return set(json.loads(row["ids"]))


def _have_done_one(
    db: Database, tracks: Mapping[str, Sequence[LessonName]], track: Mapping[int, str], ids: Sequence[int]
) -> set[int]:
    """Who among these has done a lesson of their track, which then was one to read."""
    rows = db.rows(_HAVE_DONE_ONE, {**_wanted(tracks), "people": list_text(ids)})
    return {row["person"] for row in rows if row["track"] == track.get(row["person"], "")}


def _wanted(tracks: Mapping[str, Sequence[LessonName]]) -> dict[str, str]:
    return {"wanted": json.dumps([[track, *lesson] for track, lessons in tracks.items() for lesson in lessons])}
