"""How scenarios were judged, in tens: who counts and when, and that no two views differ by fewer than ten people."""

from datetime import date, timedelta

import pytest

from induction.content.editions.edition import Edition
from induction.content.model import Rating
from induction.records import editions, erasure, retention
from induction.records.people import people
from induction.records.progress import scenario_tens
from induction.records.store.database import RuleBroken, transaction
from induction.records.store.tokens import digest
from induction.rules.item_figures import Change, Others, Whom, Wise, figures
from induction.rules.retention import Kind
from induction.rules.roles import Role
from tests.judgements import judge, night, of, words
from tests.records.making import NOW, SHA256, make_so

BEST, FINE, POOR, BREACH = Rating
THIS, LAST = date(2026, 9, 1), date(2025, 9, 1)
TOMORROW, WEEK = NOW + timedelta(days=1), timedelta(days=7)


def told(db, scenario="a", this=THIS, last=LAST):
    found = scenario_tens.told(db, this, last).get(words(scenario))
    return found and figures(found)


def counts(db, scenario="a"):
    found = told(db, scenario)
    return tuple(found.counts.values()) if found else None


def test_of_fewer_than_ten_nothing_is_told(db, cast):
    judge(db, of("a", *[POOR] * 9))
    assert night(db) == 0 and counts(db) is None
    judge(db, of("a", *[BEST] * 9))  # the same nine again are nine
    assert night(db) == 0 and counts(db) is None
    judge(db, of("a", FINE), "ivy")
    assert night(db) == 1 and counts(db) == (0, 1, 9, 0), "the first judgement of each"
    assert night(db) == 0 and counts(db) == (0, 1, 9, 0), "counted once"


@pytest.mark.parametrize(
    "invented",
    [{"came": NOW - timedelta(days=5)}, {"role": Role.LEAD}, {"signed_in": False}, {"finished": False}],
    ids=["this week's", "leads", "who never came", "who only began"],
)
def test_invented_staff_do_not_make_up_ten_people(db, cast, invented):
    """Nine who are invented round one colleague would tell that colleague's answers."""
    judge(db, of("a", POOR), "colleague")
    judge(db, of("a", *[POOR] * 9), "invented", **invented)
    assert night(db) == 0 and counts(db) is None
    judge(db, of("a", *[POOR] * 9))
    assert night(db) == 1 and counts(db) == (0, 0, 10, 0), "nor do their answers count"


def test_no_two_views_differ_by_fewer_than_ten_people(db, cast):
    """Answers come one by one, of teachers and mentors, some of them newcomers, and each night a lead looks."""
    before, ratings = {}, (BEST, POOR, FINE, BREACH)
    for day in range(45):
        now = NOW + timedelta(days=day)
        who = {"role": Role.MENTOR if day % 3 == 0 else Role.TEACHER, "came": now - timedelta(days=2 if day % 4 == 1 else 30)}
        scenarios = ("a", "b") if day % 2 else ("a",)
        judge(db, [dict.fromkeys(scenarios, ratings[day % 4])], at=now, first=day, **who)
        night(db, now + timedelta(hours=3))
        for scenario in ("a", "b"):
            found = told(db, scenario)
            for whom in Whom:
                people = found.people.get(whom, 0) if found else 0
                assert people - before.get((scenario, whom), 0) in (0, 10)
                before[scenario, whom] = people
                assert sum(found.chosen[whom].values()) == people if people else not found or whom not in found.chosen
    assert before == {("a", Whom.TEACHER): 20, ("a", Whom.MENTOR): 10, ("b", Whom.TEACHER): 10, ("b", Whom.MENTOR): 0}


def test_nobody_is_counted_twice_or_passed_over(db, cast):
    """Who has been here for two days counts after those who answered later."""
    judge(db, of("a", *[BREACH] * 5), "new", came=NOW - timedelta(days=2))
    judge(db, of("a", *[BEST] * 10), at=NOW + timedelta(hours=1))
    assert night(db) == 1 and counts(db) == (10, 0, 0, 0)
    judge(db, of("a", *[FINE] * 5), "late", at=NOW + timedelta(days=6))
    assert night(db, NOW + WEEK) == 1 and counts(db) == (10, 5, 0, 5)
    assert night(db, NOW + 9 * WEEK) == 0


def test_a_list_that_came_in_at_one_moment_is_counted_whole(db, cast):
    judge(db, of("a", *[BEST] * 13), came=NOW - timedelta(days=3))
    assert night(db, NOW + WEEK) == 1
    judge(db, of("a", *[POOR] * 7), "ivy", came=NOW - timedelta(days=3), at=NOW + timedelta(hours=1))
    assert night(db, NOW + WEEK) == 1 and counts(db) == (13, 0, 7, 0)


def test_what_goes_changes_nothing_that_was_told(db, cast):
    judge(db, of("a", *[BEST] * 8, POOR, POOR))
    night(db)
    judge(db, of("a", *[FINE] * 5), "ivy", at=TOMORROW)
    for number, email in enumerate(("eve8@school.example", "eve9@school.example", "ivy0@school.example")):
        one = people.by_email(db, email)
        with transaction(db):
            people.deactivate(db, one.id, now=TOMORROW)
            retention.say(db, Kind.ANSWERS, 1, by=cast.lou.id, now=TOMORROW)
        later = NOW + timedelta(days=70 + number)
        with transaction(db):
            if number:
                erasure.erase(db, people.find(db, one.id), kind=Kind.ERASED, by=1, why="They asked for it", until=later, now=later)
            else:
                retention.take(db, Kind.ANSWERS, one.id, 2, until=NOW + timedelta(days=30), now=later)
        night(db, later)
        assert counts(db) == (8, 0, 2, 0)
    judge(db, of("a", *[BREACH] * 5), "una", at=later)
    assert night(db, later + timedelta(days=1)) == 0, "nine are left of those who came since"
    judge(db, of("a", BREACH), "ola", at=later)
    assert night(db, later + timedelta(days=1)) == 1 and counts(db) == (8, 4, 2, 6)


def test_who_has_left_is_counted(db, cast):
    judge(db, of("a", *[POOR] * 10))
    with transaction(db):
        people.deactivate(db, people.by_email(db, "eve3@school.example").id, now=NOW + timedelta(hours=2))
    assert night(db) == 1


def test_somebody_counts_as_what_they_were_when_they_answered(db, cast):
    judge(db, of("a", *[POOR] * 10), at=NOW - timedelta(hours=1))
    judge(db, of("a", *[BEST] * 10), "max", role=Role.MENTOR)
    with transaction(db):
        for number in range(5):
            make_so(db, people.by_email(db, f"eve{number}@school.example"), role=Role.MENTOR)
    assert night(db, NOW + timedelta(minutes=30)) == 2
    assert told(db).people == {Whom.TEACHER: 10, Whom.MENTOR: 10}
    judge(db, of("a", *[FINE] * 5), "late", role=Role.MENTOR, at=TOMORROW)
    assert night(db, NOW + timedelta(days=2)) == 0, "the five do not count a second time"


def test_who_is_or_was_a_lead_is_not_counted(db, cast):
    def become(who, role):
        with transaction(db):
            for number in range(10):
                make_so(db, people.by_email(db, f"{who}{number}@school.example"), role=role)

    judge(db, of("a", *[POOR] * 10), "lou", role=Role.LEAD, at=NOW - timedelta(days=1))
    become("lou", Role.TEACHER)
    judge(db, of("a", *[POOR] * 10), "lou", at=NOW + timedelta(hours=1))
    judge(db, of("a", *[POOR] * 10), "eve", at=NOW - timedelta(hours=1))
    become("eve", Role.LEAD)
    assert night(db) == 0
    become("eve", Role.TEACHER)
    assert night(db) == 1


def test_a_clock_that_ran_ahead_holds_up_nobody(db, cast):
    ahead = NOW + timedelta(days=5000)
    judge(db, of("a", *[POOR] * 10), at=ahead)
    assert night(db, ahead + timedelta(days=1)) == 1
    judge(db, of("a", *[BEST] * 10), "ivy", came=NOW - timedelta(days=30))
    assert night(db) == 1 and counts(db) == (10, 0, 10, 0)


def test_other_words_begin_anew_and_the_same_words_go_on(db, cast):
    other = Edition(digest('{"kind":"quiz"}'), '{"kind":"quiz"}')
    with transaction(db):
        editions.keep(db, other, "quiz", NOW)
    judge(db, of("a", *[POOR] * 5))
    judge(db, of("a", *[BEST] * 9), quiz=other.sha256)  # five of them have met it

    def count(of_other):
        full = scenario_tens.full(db, {SHA256: {"a": words("a")}, other.sha256: {"a": of_other}}, TOMORROW)
        return [(row["words"], row["best"], row["poor"]) for row in full]

    assert count(words("b")) == [] and count(words("a")) == []
    judge(db, of("a", BEST), "ivy", quiz=other.sha256)
    assert count(words("a")) == [(words("a"), 5, 5)]
    assert count(words("b")) == [(words("b"), 10, 0)]


def test_a_ten_belongs_to_the_school_year_in_which_it_came_full(db, cast):
    change = []
    for year, (rating, many) in enumerate(((POOR, 14), (FINE, 16), (BEST, 10))):
        at = NOW + timedelta(days=365 * year)
        judge(db, of("a", *[rating] * many), f"y{year}-", at=at, came=NOW - timedelta(days=60))
        night(db, at + timedelta(days=1))
        change.append(told(db, this=date(2026 + year, 9, 1), last=date(2025 + year, 9, 1)).change)
    assert change == [Change(Wise(0, 10), None), Change(Wise(16, 20), Wise(0, 10)), Change(Wise(10, 10), Wise(16, 20))]
    assert told(db, this=date(2030, 9, 1), last=date(2029, 9, 1)) is None


def test_how_they_did_with_the_others_of_the_same_try(db, cast):
    """Eight were wise, of whom four in one of the other two; two were not, and nowhere else either."""
    wise, half, neither = {"a": FINE, "b": BEST, "c": FINE}, {"a": BEST, "b": POOR, "c": BEST}, {"a": POOR, "b": POOR, "c": BREACH}
    judge(db, [wise] * 4 + [half] * 4 + [neither] * 2)
    judge(db, [wise] * 4 + [half] * 4 + [neither] * 2, "ivy", at=NOW + timedelta(hours=1))
    assert night(db) == 6
    found = scenario_tens.told(db, THIS, LAST)[words("a")]
    assert found.others == (Others(16, 8 * 100 + 8 * 50, 8 * 10_000 + 8 * 2_500), Others(4, 0, 0))
    judge(db, of("a", *[POOR] * 20), "una", at=NOW + timedelta(hours=2))  # a try that asks one alone tells nothing of it
    night(db)
    assert scenario_tens.told(db, THIS, LAST)[words("a")].others == found.others and counts(db) == (8, 8, 24, 0)


def test_which_option_drew_whom(db, cast):
    judge(db, of("a", *[BEST] * 6, *[POOR] * 4))
    judge(db, of("a", *[BREACH] * 10), "max", role=Role.MENTOR)
    night(db)
    assert told(db).chosen == {Whom.TEACHER: {2: 6, 1: 4}, Whom.MENTOR: {4: 10}}


def test_two_who_count_at_once_count_once(db, cast):
    judge(db, of("a", *[BEST] * 10))
    full = scenario_tens.full(db, {SHA256: {"a": words("a")}}, TOMORROW)
    for _ in range(2):
        with transaction(db):
            scenario_tens.keep(db, full, TOMORROW)
    assert counts(db) == (10, 0, 0, 0)


def test_a_ten_is_ten(db, cast):
    judge(db, of("a", *[BEST] * 10))
    [ten] = scenario_tens.full(db, {SHA256: {"a": words("a")}}, TOMORROW)
    for wrong in ({"best": 9}, {"whom": "lead"}, {"ten": 0}, {"words": "a"}, {"until_at": "2020-01-01T00:00:00.000000Z"}):
        with pytest.raises(RuleBroken), transaction(db):
            scenario_tens.keep(db, [{**ten, **wrong}], TOMORROW)
