"""Courses that come round: in which round somebody is, since when, and until when it is due."""

from datetime import date, timedelta

import pytest

from induction.rules import cycles
from induction.rules.calendar import DayOfYear, NotADay, read_day_of_year
from induction.rules.cycles import Cycle, Round, Saying, began, present

SEPTEMBER, MAY = DayOfYear(9, 1), DayOfYear(5, 1)
EVERY = Cycle(every=SEPTEMBER, joined_by=MAY, weeks=6)
NEVER = Cycle()
LONG_AGO = date(2020, 1, 1)
SAID = (Saying(EVERY, LONG_AGO),)


def day(text):
    return date.fromisoformat(text)


def days(*texts):
    return tuple(map(day, texts))


def round_of(said, completed, today, joined=LONG_AGO, **more):
    return present("c", said, days(*completed), joined=joined, today=day(today), own=more.pop("own", None), **more)


# A day of the year


@pytest.mark.parametrize(
    "typed, found",
    [
        ("1 September", (9, 1)), ("September 1st", (9, 1)), ("every 1 sept", (9, 1)), ("01/09", (9, 1)), ("1.9.", (9, 1)),
        ("29 February", (2, 29)), ("31 12", None), ("31/12", (12, 31)),
        ("30 February", None), ("31 June", None), ("0/9", None), ("1/13", None), ("1 September 2026", None),
        ("Monday 1 September", None), ("soon", None), ("", None), ("9" * 500, None),
    ],
)  # fmt: skip
def test_a_day_of_the_year_is_read_as_people_write_it(typed, found):
    if found is None:
        with pytest.raises(NotADay):
            read_day_of_year(typed)
    else:
        assert read_day_of_year(typed) == DayOfYear(*found)
        assert read_day_of_year(DayOfYear(*found).written) == DayOfYear(*found)


def test_29_february_is_the_28th_in_other_years():
    leap = DayOfYear(2, 29)
    assert [leap.in_year(year) for year in (2027, 2028)] == [date(2027, 2, 28), date(2028, 2, 29)]
    said = (Saying(Cycle(every=leap), LONG_AGO),)
    begun = [began(said, days("2026-06-01"), LONG_AGO, day(today)) for today in ("2027-02-27", "2027-02-28", "2028-02-28", "2028-02-29")]
    assert begun == [None, date(2027, 2, 28), date(2027, 2, 28), date(2028, 2, 29)]


@pytest.mark.parametrize(
    "renewal, cycle",
    [
        (None, NEVER), ("", NEVER), ("12 months", Cycle(months=12)), ("1 month", Cycle(months=1)),
        ("every 1 September", Cycle(every=SEPTEMBER)), ("every 29 February", Cycle(every=DayOfYear(2, 29))),
    ],
)  # fmt: skip
def test_what_a_courses_file_says(renewal, cycle):
    assert cycles.of_renewal(renewal) == cycle


# Every 1 September


@pytest.mark.parametrize(
    "completed, today, begins",
    [
        ((), "2027-10-01", None),  # the first time has no end
        (("2026-12-04",), "2027-08-31", None),
        (("2026-12-04",), "2027-09-01", "2027-09-01"),
        (("2026-12-04", "2027-09-20"), "2028-08-31", "2027-09-01"),  # done, and still that round
        (("2026-12-04", "2027-09-20"), "2028-09-01", "2028-09-01"),
        (("2026-12-04",), "2030-10-01", "2030-09-01"),  # the site slept for three rounds: the latest is asked, once
        (("2026-12-04", "2028-08-20"), "2028-09-01", "2027-09-01"),  # the round before, late: after 1 May
        (("2026-12-04", "2028-08-20"), "2029-09-01", "2029-09-01"),
        (("2026-12-04", "2027-09-01"), "2027-09-01", "2027-09-01"),  # on the very day it is of the new round
        (("2027-09-01",), "2027-09-01", None),
        (("2026-05-01",), "2026-09-01", "2026-09-01"),  # the joiner's last day
        (("2026-05-02",), "2026-09-01", None),
        (("2026-05-02",), "2027-09-01", "2027-09-01"),
    ],
)
def test_every_first_of_september(completed, today, begins):
    assert began(SAID, days(*completed), LONG_AGO, day(today)) == (begins and day(begins))


@pytest.mark.parametrize("joined, begins", [("2027-05-01", "2027-09-01"), ("2027-05-02", None), ("2027-08-31", None)])
def test_who_joined_late_is_not_asked_in_the_coming_round(joined, begins):
    """Who did it elsewhere at this site before, and came back."""
    found = began(SAID, days("2026-12-04"), day(joined), day("2027-09-01"))
    assert found == (begins and day(begins))


def test_without_a_joiners_rule_all_are_asked_who_completed_it_before_the_day():
    said = (Saying(Cycle(every=SEPTEMBER), LONG_AGO),)
    assert began(said, days("2027-08-31"), day("2027-08-30"), day("2027-09-01")) == day("2027-09-01")


def test_a_joiners_day_after_the_rounds_day_is_that_of_the_year_before():
    said = (Saying(Cycle(every=DayOfYear(1, 15), joined_by=DayOfYear(10, 1)), LONG_AGO),)
    assert began(said, days("2026-10-01"), LONG_AGO, day("2027-01-15")) == day("2027-01-15")
    assert began(said, days("2026-10-02"), LONG_AGO, day("2027-01-15")) is None


def test_until_when_each_is_due():
    first = round_of(SAID, (), "2026-11-01", own=day("2026-12-04"))
    assert first == Round("c", None, day("2026-12-04"), None, False)
    later = round_of(SAID, ("2026-12-04",), "2027-09-10", own=day("2026-12-04"))
    assert later == Round("c", day("2027-09-01"), day("2027-10-13"), day("2026-12-04"), False)
    done = round_of(SAID, ("2026-12-04", "2027-09-20"), "2027-12-24", own=day("2026-12-04"))
    assert (done.begins, done.before, done.complete) == (day("2027-09-01"), day("2026-12-04"), True)
    more = round_of(SAID, ("2026-12-04",), "2027-09-10", own=day("2027-12-17"))
    assert more.due == day("2027-12-17"), "a lead has given them more time"


@pytest.mark.parametrize(
    "own, given, due",
    [
        (None, None, None), ("2026-12-04", None, "2026-12-04"),
        ("2026-12-04", "2026-11-01", "2026-12-04"),  # given to their group while they were new
        ("2026-12-04", "2027-03-01", "2027-04-12"),  # given later: nobody is late overnight
        (None, "2027-03-01", None),
    ],
)  # fmt: skip
def test_a_course_that_is_given_to_a_group_later_has_time_from_then_on(own, given, due):
    found = round_of((), (), "2027-03-02", own=own and day(own), given=given and day(given))
    assert found.due == (due and day(due))


def test_what_was_completed_tomorrow_by_a_clock_that_was_wrong_counts_for_nothing_yet():
    assert round_of(SAID, ("2027-12-04",), "2026-12-01") == Round("c")


# So many months after completion


@pytest.mark.parametrize(
    "completed, today, begins",
    [
        (("2026-02-28",), "2027-02-27", None),
        (("2026-02-28",), "2027-02-28", "2027-02-28"),
        (("2024-02-29",), "2025-02-28", "2025-02-28"),
        (("2026-02-28",), "2031-01-01", "2027-02-28"),  # open for years: no second one on top
        (("2026-02-28", "2027-05-05"), "2028-05-04", "2027-02-28"),
        (("2026-02-28", "2027-05-05"), "2028-05-05", "2028-05-05"),
    ],
)
def test_twelve_months_after_it_was_completed(completed, today, begins):
    said = (Saying(Cycle(months=12), LONG_AGO),)
    assert began(said, days(*completed), LONG_AGO, day(today)) == (begins and day(begins))


def test_nobody_is_late_on_the_day_on_which_it_is_first_said():
    said = (Saying(Cycle(months=12, weeks=6), day("2027-11-29")),)
    found = round_of(said, ("2020-01-01",), "2027-11-29")
    assert (found.begins, found.due) == (day("2027-11-29"), day("2028-01-10"))
    said = (Saying(EVERY, day("2027-11-29")),)
    assert round_of(said, ("2020-01-01",), "2027-11-29").begins is None
    assert round_of(said, ("2020-01-01",), "2028-09-01").begins == day("2028-09-01")


# The cycle is changed while a round is open


@pytest.mark.parametrize(
    "then, today, begins, due",
    [
        (Cycle(every=SEPTEMBER, joined_by=MAY, weeks=12), "2027-09-25", "2027-09-01", "2027-11-24"),  # more time
        (Cycle(every=DayOfYear(10, 1), joined_by=MAY), "2027-10-01", "2027-09-01", "2027-10-13"),  # what is done of it counts on
        (Cycle(every=DayOfYear(10, 1), joined_by=MAY), "2028-10-01", "2028-10-01", "2028-11-12"),
        (Cycle(months=12), "2027-10-01", "2027-09-01", "2027-10-13"),
        (NEVER, "2027-10-01", None, None),
    ],
)
def test_a_round_that_has_begun_goes_on(then, today, begins, due):
    said = (*SAID, Saying(then, day("2027-09-20")))
    found = round_of(said, ("2026-12-04",), today)
    assert (found.begins, found.due) == (begins and day(begins), due and day(due))


def test_what_comes_round_again_after_it_did_not_begins_anew():
    said = (*SAID, Saying(NEVER, day("2027-09-20")), Saying(EVERY, day("2027-10-10")))
    assert round_of(said, ("2026-12-04",), "2028-08-31") == Round("c", complete=True)
    assert round_of(said, ("2026-12-04",), "2028-09-01").begins == day("2028-09-01")


def test_who_had_done_it_before_the_change_is_not_asked_twice():
    said = (*SAID, Saying(Cycle(every=DayOfYear(10, 1), joined_by=MAY), day("2027-09-20")))
    found = round_of(said, ("2026-12-04", "2027-09-10"), "2027-10-02")
    assert (found.begins, found.complete) == (day("2027-09-01"), True)


def test_of_two_sayings_on_one_day_the_last_counts():
    said = (Saying(EVERY, day("2027-09-01")), Saying(Cycle(every=DayOfYear(10, 1)), day("2027-09-01")))
    assert began(said, days("2026-12-04"), LONG_AGO, day("2027-09-30")) is None


def test_each_day_of_ten_years_is_in_the_round_of_the_day_before_or_in_a_new_one():
    """Leap days too: a round once begun is not taken back, and each begins on its day."""
    for cycle in (EVERY, Cycle(every=DayOfYear(2, 29)), Cycle(months=7)):
        said, completed = (Saying(cycle, LONG_AGO),), [day("2024-01-31")]
        known = None
        for number in range(3653):
            today = day("2024-01-31") + timedelta(days=number)
            found = began(said, tuple(completed), LONG_AGO, today)
            assert found == known or found == today
            if found != known:
                completed.append(today + timedelta(days=number % 40))
            known = found
        assert known.year == 2034 or cycle.months or known.year == 2033


# When it comes again


@pytest.mark.parametrize(
    "cycle, completed, today, begins",
    [
        (EVERY, ("2026-12-04",), "2026-12-05", "2027-09-01"), (EVERY, ("2026-06-04",), "2026-06-05", "2027-09-01"),
        (Cycle(months=60), ("2026-12-04",), "2026-12-05", "2031-12-04"), (NEVER, ("2026-12-04",), "2026-12-05", None),
        (EVERY, (), "2026-12-05", None),
    ],
)  # fmt: skip
def test_when_the_next_round_begins(cycle, completed, today, begins):
    found = cycles.next_begins((Saying(cycle, LONG_AGO),), days(*completed), LONG_AGO, day(today))
    assert found == (begins and day(begins))
