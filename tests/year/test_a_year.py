"""A year in the life of a school: every letter that went, none missing, none twice, none at night or on a day of rest."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time

import pytest

from induction.records.people import people
from induction.records.progress import completions
from induction.rules.cycles import Cycle
from induction.rules.letters import LetterKind
from induction.rules.roles import Role
from induction.rules.sending_days import Holiday
from induction.services import course_cycles, handovers, people as deeds, school_days
from induction.services.course_cycles import Wanted
from tests.post import PostOffice
from tests.year.school_year import COURSE, Year

HOLIDAYS = [
    Holiday(date(2026, 10, 26), date(2026, 10, 30), "Autumn half term"),
    Holiday(date(2026, 12, 21), date(2027, 1, 1), "Christmas"),
    Holiday(date(2027, 2, 15), date(2027, 2, 19), "Spring half term"),
    Holiday(date(2027, 3, 29), date(2027, 4, 9), "Easter"),
    Holiday(date(2027, 5, 31), date(2027, 6, 4), "Summer half term"),
    Holiday(date(2027, 7, 22), date(2027, 8, 31), "Summer"),
]


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    with PostOffice() as post:
        lived = Year(tmp_path_factory.mktemp("year"), post, datetime(2026, 8, 24, 8, tzinfo=UTC))
        play(lived)
        yield lived
        lived.db.close()


def play(year: Year) -> None:
    """Lou sets up, five come in September and three later, two leave, a mentor hands over, and September comes again."""
    year.add("lou", "Lou Hartley", Role.LEAD, opens=0)
    year.live_until(date(2026, 8, 24))
    year.add("max", "Max Adeyemi", Role.MENTOR, opens=0)
    year.add("nia", "Nia Évans", Role.MENTOR, opens=0)
    year.live_until(date(2026, 8, 26))
    year.publish_policy()
    lou = year.person("lou").id
    school_days.enter(year.db, "england", HOLIDAYS, by=lou, now=year.now)
    course = year.programme.library.courses[COURSE]
    every = course_cycles.Wanted(
        Cycle(every=day_of_year(9, 1), joined_by=day_of_year(5, 1)), frozenset(), course_cycles.said(year.db, course)
    )
    course_cycles.change(year.db, year.programme, course, every, by=lou, now=year.now)

    first = date(2026, 9, 1)
    for name, full, due, opens in (
        ("tess", "Tess Okafor", date(2026, 9, 30), 1),  # is done in time
        ("ben", "Ben Long", date(2026, 9, 30), None),  # never opens the invitation; leaves in October
        ("cal", "Cal Reed", date(2026, 9, 30), 2),  # is late, and finishes in November
        ("eve", "Eve Marsh", date(2026, 10, 28), 1),  # the date lies in half term
    ):
        year.on(first, lambda n=name, f=full, d=due, o=opens: year.add(n, f, mentor="max", due=d, opens=o))
    year.on(date(2026, 9, 17), lambda: year.study("tess"), time(16))
    year.on(date(2026, 10, 8), lambda: deeds.end(year.db, year.person("ben").id, by=lou, now=year.now, follower=None))
    year.on(date(2026, 10, 27), lambda: year.study("eve"), time(21))
    year.on(date(2026, 11, 2), lambda: year.add("fay", "Fay Moss", mentor="nia", starts=date(2026, 11, 2), ends=date(2026, 11, 6)))
    year.on(date(2026, 11, 2), lambda: year.add("gil", "Gil Stone", mentor="max", due=date(2026, 12, 4)))
    year.on(date(2026, 11, 18), lambda: year.study("cal"), time(9, 30))
    year.on(date(2026, 12, 4), lambda: year.study("gil"), time(8, 30))
    year.on(date(2027, 1, 15), lambda: leaves(year, "max", date(2027, 2, 12), follower="nia"))
    year.on(date(2027, 5, 10), lambda: year.add("hal", "Hal Frost", mentor="nia", due=date(2027, 6, 10)))
    year.on(date(2027, 6, 9), lambda: year.study("hal"), time(15))
    year.on(date(2027, 9, 14), lambda: year.study("tess"), time(16))
    year.on(date(2027, 10, 7), lambda: year.study("cal"), time(16))
    year.live_until(date(2027, 10, 29))


def day_of_year(month: int, day: int):
    from induction.rules.calendar import DayOfYear

    return DayOfYear(month, day)


def leaves(year: Year, name: str, ends: date, follower: str) -> None:
    lou, who = year.person("lou").id, year.person(name)
    people_change(year, who, ends)
    handovers.name_follower(year.db, who.id, year.person(follower).id, saw=0, by=lou, now=year.now)


def people_change(year: Year, who, ends: date) -> None:
    from induction.records.store.database import transaction

    with transaction(year.db):
        people.update(year.db, who.id, ends=ends, by=year.person("lou").id, now=year.now)


def test_print(year):
    print(year.table())
