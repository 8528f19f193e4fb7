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
        (datetime(2026, 11, 24, 11, 59, tzinfo=UTC), "11.59 am"),
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
    [
        (date(2026, 12, 4), "in 10 days"), (date(2026, 11, 26), "in 2 days"),
        (date(2026, 11, 22), "2 days ago"), (date(2026, 11, 8), "16 days ago"),
    ],
)
def test_far_from_today(day, words):
    assert dates.from_now(day, TODAY) == words


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
        (67, "about 1 hour"),
        (68, "about 1¼ hours"),
        (92, "about 1½ hours"),
        (105, "about 1¾ hours"),
        (113, "about 2 hours"),
        (121, "about 2 hours"),
        (180, "about 3 hours"),
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


NAMES = ["Tess", "Sam", "Ivy", "Kit", "Uma"]


@pytest.mark.parametrize(
    "names, count, most, words",
    [
        (0, None, 4, ""), (1, None, 4, "Tess"), (2, None, 4, "Tess and Sam"), (3, None, 4, "Tess, Sam and Ivy"),
        (4, None, 4, "Tess, Sam, Ivy and Kit"), (5, None, 4, "Tess, Sam, Ivy and 2 more"), (5, None, 2, "Tess and 4 more"),
        (5, None, 5, "Tess, Sam, Ivy, Kit and Uma"), (4, 4, 4, "Tess, Sam, Ivy and Kit"), (4, 5, 4, "Tess, Sam, Ivy and 2 more"),
        (4, 60, 4, "Tess, Sam, Ivy and 57 more"),
    ],
)  # fmt: skip
def test_names_are_listed_up_to_so_many(names, count, most, words):
    """`names` of them are given, of `count`."""
    assert dates.listed(NAMES[:names], count, most) == words


def test_four_are_listed_where_nothing_else_is_said():
    assert dates.listed(NAMES[:4]) == "Tess, Sam, Ivy and Kit" and dates.listed(NAMES) == "Tess, Sam, Ivy and 2 more"
