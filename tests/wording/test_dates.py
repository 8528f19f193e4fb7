"""Dates as people say them, in the school's time."""

from datetime import UTC, date, datetime

import pytest

from induction.rules import calendar
from induction.wording import dates

TODAY = date(2026, 11, 24)  # a Tuesday
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def test_a_day_names_the_year_only_where_it_isnt_this_one():
    assert dates.day(date(2026, 12, 4), TODAY) == "Friday 4 December"
    assert dates.day(date(2027, 1, 4), TODAY) == "Monday 4 January 2027"
    assert dates.short_day(date(2026, 12, 4), TODAY) == "4 December"
    assert dates.short_day(date(2025, 12, 4), TODAY) == "4 December 2025"


@pytest.mark.parametrize(
    "moment, words",
    [
        (datetime(2026, 11, 24, 19, 42, tzinfo=UTC), "7.42 pm"),
        (datetime(2026, 11, 24, 0, 5, tzinfo=UTC), "12.05 am"),
        (datetime(2026, 11, 24, 12, 0, tzinfo=UTC), "12.00 pm"),
        (datetime(2026, 7, 24, 11, 30, tzinfo=UTC), "12.30 pm"),  # summer time
    ],
)
def test_the_clock_is_the_schools(moment, words):
    assert dates.clock(moment) == words


def test_a_summer_evening_in_utc_is_the_next_day_at_school():
    assert calendar.local(datetime(2026, 7, 24, 23, 30, tzinfo=UTC)).date() == date(2026, 7, 25)


@pytest.mark.parametrize(
    "moment, words",
    [
        (datetime(2026, 11, 24, 8, tzinfo=UTC), "today"),
        (datetime(2026, 11, 25, 8, tzinfo=UTC), "today"),  # a clock that was put back
        (datetime(2026, 11, 23, 23, tzinfo=UTC), "yesterday"),
        (datetime(2026, 11, 18, 8, tzinfo=UTC), "Wednesday"),
        (datetime(2026, 11, 17, 8, tzinfo=UTC), "17 November"),
        (datetime(2025, 11, 17, 8, tzinfo=UTC), "17 November 2025"),
    ],
)
def test_lately(moment, words):
    assert dates.recently(moment, NOW) == words


@pytest.mark.parametrize(
    "day, words",
    [(4, "in 10 days"), (-22, "16 days ago")],
)
def test_far_from_today(day, words):
    when = date(2026, 12, day) if day > 0 else date(2026, 11, 8)
    assert dates.from_now(when, TODAY) == words


def test_near_today():
    said = [dates.from_now(date(2026, 11, day), TODAY) for day in (23, 24, 25)]
    assert said == ["yesterday", "today", "tomorrow"]


@pytest.mark.parametrize(
    "count, words",
    [
        (1, "about 1 minute"),
        (4, "about 4 minutes"),
        (59, "about 59 minutes"),
        (60, "about 1 hour"),
        (92, "about 1½ hours"),
        (121, "about 2 hours"),
    ],
)
def test_minutes_claim_no_more_than_we_know(count, words):
    assert dates.minutes(count) == words


def test_what_is_printed_names_the_year_whatever_this_one_is():
    assert dates.in_full(date(2026, 12, 4)) == "Friday 4 December 2026"
    assert dates.short_in_full(date(2026, 12, 4)) == "4 December 2026"


def test_a_moment_is_a_day_and_the_clock():
    assert dates.day_and_clock(datetime(2026, 7, 24, 23, 30, tzinfo=UTC), TODAY) == "Saturday 25 July, 12.30 am"
    assert dates.day_and_clock(datetime(2027, 1, 4, 10, 5, tzinfo=UTC), TODAY) == "Monday 4 January 2027, 10.05 am"
    assert dates.in_utc(datetime(2026, 7, 4, 23, 30, tzinfo=UTC)) == "04/07/2026 23:30 UTC"
