"""A year in the life of a school: every letter that went, none missing, none twice, none at night or on a day of rest.

`letters.txt` is the table of them; a change of it is seen in review.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from induction.records.people import people
from induction.records.progress import completions
from induction.records.store.database import transaction
from induction.rules.calendar import DayOfYear, local
from induction.rules.cycles import Cycle
from induction.rules.roles import Role
from induction.rules.sending_days import Holiday
from induction.services import course_cycles, handovers, school_days
from induction.services import people as deeds
from induction.services.course_cycles import Wanted
from tests.post import PostOffice
from tests.year.school_year import COURSE, Year

STORED = Path(__file__).with_name("letters.txt")
HOLIDAYS = [
    Holiday("Autumn half term", date(2026, 10, 26), date(2026, 10, 30)),
    Holiday("Christmas", date(2026, 12, 21), date(2027, 1, 1)),
    Holiday("Spring half term", date(2027, 2, 15), date(2027, 2, 19)),
    Holiday("Easter", date(2027, 3, 29), date(2027, 4, 9)),
    Holiday("Summer half term", date(2027, 5, 31), date(2027, 6, 4)),
    Holiday("Summer", date(2027, 7, 22), date(2027, 8, 31)),
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
    year.on(date(2026, 8, 25), lambda: year.add("max", "Max Adeyemi", Role.MENTOR))
    year.on(date(2026, 8, 25), lambda: year.add("nia", "Nia Évans", Role.MENTOR))
    year.live_until(date(2026, 8, 26))
    year.publish_policy()
    year.approve_courses()
    lou = year.person("lou").id
    school_days.enter(year.db, "england", HOLIDAYS, by=lou, now=year.now)
    course = year.programme.library.courses[COURSE]
    every = Wanted(
        Cycle(every=DayOfYear(9, 1), joined_by=DayOfYear(5, 1)), frozenset(), course_cycles.said(year.db, course)
    )
    course_cycles.change(year.db, year.programme, course, every, by=lou, now=year.now)

    for month in range(14):
        year.on(date(2026 + (month + 8) // 12, (month + 8) % 12 + 1, 15), year.look_in)
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


def leaves(year: Year, name: str, ends: date, follower: str) -> None:
    """A mentor's last day is known, and who follows."""
    lou, who = year.person("lou").id, year.person(name)
    with transaction(year.db):
        people.update(year.db, who.id, ends=ends, by=lou, now=year.now)
    handovers.name_follower(year.db, who.id, year.person(follower).id, saw=0, by=lou, now=year.now)


BY_ITSELF = ("reminder", "reminded", "digest", "finished", "note", "signature")


def test_every_letter_that_went_is_the_one_that_was_to_go(year, tmp_path):
    (tmp_path / "letters.txt").write_text(year.table() + "\n", encoding="utf-8")
    assert year.table() + "\n" == STORED.read_text(encoding="utf-8"), f"meant? then copy {tmp_path / 'letters.txt'} over"


def test_each_was_posted_once_and_none_is_left(year):
    assert len(year.post.arrived) == len({each.message["Message-ID"] for each in year.post.arrived}) == len(year.letters)
    assert year.db.rows("select id, kind, state from letters where state <> 'sent'") == []
    assert year.db.value("select count(*) from letters") == len(year.letters)
    assert year.db.value("select count(*) from letters where words is not null") == 0


def test_what_goes_by_itself_goes_on_school_days_and_by_day(year):
    days = school_days.sending_days(year.db, "england")
    went = year.db.rows("select kind, done_at from letters where kind in (select value from json_each(?))", [json.dumps(BY_ITSELF)])
    assert len(went) > 100
    for each in went:
        at = local(datetime.fromisoformat(each["done_at"]))
        assert days.sends(at.date()) and time(7) <= at.time() < time(18), each


def test_nobody_is_reminded_twice_on_a_day(year):
    kinds = json.dumps(["reminder", "reminded", "digest"])
    sent = "select person, date(done_at) as day, count(*) as count from letters where kind in (select value from json_each(?))"
    assert year.db.rows(f"{sent} group by 1, 2 having count(*) > 1", [kinds]) == []


def test_who_left_or_finished_hears_nothing_more(year):
    assert max(each.at.date() for each in year.to("ben")) == date(2026, 10, 8), "in the morning, before the account ended"
    assert max(each.at.date() for each in year.to("max")) < date(2027, 2, 13)
    assert [each.at.date() for each in year.to("fay")] == [date(2026, 11, 2)], "a week of supply: the invitation alone"
    assert not any(date(2026, 11, 18) <= each.at.date() < date(2027, 9, 1) for each in year.to("cal"))


def test_accounts_ended_by_themselves_and_the_mentor_handed_over(year):
    assert not year.person("fay").active and not year.person("max").active
    assert {year.person(name).mentor_id for name in ("tess", "cal", "eve", "gil")} == {year.person("nia").id}
    assert year.to("nia")[-1].at.year == 2027 and any("Eve Marsh" in each.subject for each in year.to("nia"))


def test_the_second_september_asks_those_who_came_before_may_and_keeps_what_they_did(year):
    asked = {each.to for each in year.letters if each.at.date() >= date(2027, 9, 1)}
    assert {"tess", "cal", "eve", "gil"} <= asked and "hal" not in asked
    done = [each for each in completions.of_person(year.db, year.person("tess").id) if not each.lesson]
    assert [(local(each.completed_at).date(), each.round) for each in done] == [
        (date(2026, 9, 17), None),
        (date(2027, 9, 14), date(2027, 9, 1)),
    ]
