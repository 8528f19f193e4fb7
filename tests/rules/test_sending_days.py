"""When letters go by themselves: tables of days, nations, holidays and hours."""

from datetime import UTC, date, datetime

import pytest

from induction.rules import bank_holidays
from induction.rules.sending_days import Holiday, SendingDays, hours, is_open, joined

HALF_TERM = Holiday("Autumn half term", date(2026, 10, 26), date(2026, 10, 30))
CHRISTMAS = Holiday("Christmas holidays", date(2026, 12, 21), date(2027, 1, 1))


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("nation", "when", "why"),
    [
        ("england", "2026-10-23", ""),
        ("england", "2026-10-24", "Saturday"),
        ("england", "2026-10-25", "Sunday"),
        ("england", "2026-10-26", "Autumn half term"),
        ("england", "2026-10-30", "Autumn half term"),
        ("england", "2026-11-02", ""),
        ("england", "2026-04-03", "Good Friday"),
        ("england", "2026-04-06", "Easter Monday"),
        ("scotland", "2026-04-06", ""),
        ("wales", "2028-04-17", "Easter Monday"),
        ("england", "2027-12-27", "Christmas Day"),  # in lieu of Saturday
        ("england", "2027-12-28", "Boxing Day"),
        ("england", "2028-01-03", "New Year’s Day"),
        ("england", "2028-01-04", ""),
        ("scotland", "2028-01-04", "New Year Holiday"),
        ("scotland", "2026-11-30", "Saint Andrew’s Day"),
        ("wales", "2026-11-30", ""),
        ("northern-ireland", "2027-03-17", "Saint Patrick’s Day"),
        ("england", "2027-03-17", ""),
        ("northern-ireland", "2026-07-13", "Battle of the Boyne"),
        ("scotland", "2026-08-03", "Summer Bank Holiday"),
        ("england", "2026-08-03", ""),
        ("england", "2026-08-31", "Late Summer Bank Holiday"),
        ("england", "2028-02-29", ""),
        ("england", "2100-12-27", "Christmas Day"),
    ],
)
def test_days_on_which_nothing_goes(nation, when, why):
    assert SendingDays(nation, [HALF_TERM, CHRISTMAS]).why_quiet(day(when)) == why


@pytest.mark.parametrize("nation", bank_holidays.SUBDIVISIONS)
def test_every_nation_has_its_bank_holidays_for_as_long_as_days_are_kept(nation):
    assert all(8 <= len(bank_holidays.of_year(nation, year)) <= 14 for year in range(2020, 2101))


def test_the_sending_days_round_a_holiday():
    days = SendingDays("england", [HALF_TERM, CHRISTMAS])
    assert days.first_from(day("2026-10-24")) == day("2026-11-02")
    assert days.last_before(day("2026-11-02")) == day("2026-10-23")
    assert days.first_from(day("2026-12-19")) == day("2027-01-04")
    assert days.first_from(day("2026-12-18")) == day("2026-12-18")


def test_after_holidays_without_an_end_there_is_no_day():
    days = SendingDays("england", [Holiday("Shut", day("2026-01-01"), day("2029-01-01"))])
    assert days.first_from(day("2026-06-01")) is None
    assert days.last_before(day("2028-06-01")) is None
    assert days.in_a_year(day("2026-01-01")) == (0, 261)


@pytest.mark.parametrize(
    ("when", "begins"),
    [
        ("2026-11-02", True),  # a Monday
        ("2026-11-03", False),
        ("2026-05-04", False),  # a bank holiday
        ("2026-05-05", True),
        ("2026-05-06", False),
        ("2026-10-30", False),  # a week of which all is quiet
        ("2026-11-08", False),
    ],
)
def test_the_first_sending_day_of_a_week(when, begins):
    assert SendingDays("england", [HALF_TERM]).begins_the_week(day(when)) is begins


@pytest.mark.parametrize(
    ("moment", "is_so"),
    [
        ("2026-11-24T06:59:59", False),
        ("2026-11-24T07:00:00", True),
        ("2026-11-24T17:59:59", True),
        ("2026-11-24T18:00:00", False),
        ("2026-06-24T05:59:59", False),  # summer: an hour earlier in UTC
        ("2026-06-24T06:00:00", True),
        ("2026-06-24T16:59:59", True),
        ("2026-06-24T17:00:00", False),
        ("2026-10-25T00:30:00", False),  # the first 01:30 of the night that has two
        ("2026-10-25T01:30:00", False),  # and the second
        ("2026-03-29T01:30:00", False),  # in place of the hour that is not there
    ],
)
def test_hours(moment, is_so):
    assert is_open(datetime.fromisoformat(moment).replace(tzinfo=UTC)) is is_so


@pytest.mark.parametrize(
    ("when", "opens", "closes"),
    [
        ("2026-03-27", "07:00", "18:00"),
        ("2026-03-30", "06:00", "17:00"),  # the Monday after the clock went forward
        ("2026-10-23", "06:00", "17:00"),
        ("2026-10-26", "07:00", "18:00"),
    ],
)
def test_a_day_is_open_from_seven_to_six_at_the_school(when, opens, closes):
    assert [f"{each:%H:%M}" for each in hours(day(when))] == [opens, closes]


def test_holidays_that_overlap_become_one():
    added = Holiday("Christmas", day("2026-12-18"), day("2026-12-22"))
    apart = Holiday("Half term", day("2027-02-15"), day("2027-02-19"))
    later = Holiday("New Year", day("2026-12-30"), day("2027-01-05"))
    whole, taken = joined(added, [CHRISTMAS, apart, later])
    assert whole == Holiday("Christmas", day("2026-12-18"), day("2027-01-05"))
    assert set(taken) == {CHRISTMAS, later}
    assert joined(apart, [CHRISTMAS]) == (apart, ())


def utc(*moment):
    return datetime(*moment, tzinfo=UTC)


@pytest.mark.parametrize(
    "moment, goes",
    [
        (utc(2026, 1, 5, 12), utc(2026, 1, 5, 12)),
        (utc(2026, 1, 5, 7), utc(2026, 1, 5, 7)),
        (utc(2026, 1, 5, 6, 59), utc(2026, 1, 5, 7)),
        (utc(2026, 1, 5, 18), utc(2026, 1, 6, 7)),
        (utc(2026, 1, 5, 17, 59, 59), utc(2026, 1, 5, 17, 59, 59)),
        (utc(2026, 7, 1, 5, 59), utc(2026, 7, 1, 6)),  # summer: seven at the school is six in UTC
        (utc(2026, 7, 1, 17), utc(2026, 7, 2, 6)),
        (utc(2026, 7, 1, 23, 30), utc(2026, 7, 2, 6)),  # half past midnight there
        (utc(2026, 3, 28, 20), utc(2026, 3, 30, 6)),  # a Saturday, and the night in which the hour goes
        (utc(2026, 10, 24, 20), utc(2026, 10, 26, 7)),  # and in which it comes back
        (utc(2028, 2, 28, 23), utc(2028, 2, 29, 7)),
        (utc(2026, 12, 31, 22), utc(2027, 1, 4, 7)),  # New Year’s Day, and a weekend
    ],
)
def test_what_is_written_by_night_or_on_a_quiet_day_goes_on_the_next_sending_day(moment, goes):
    assert SendingDays("england").next_open(moment) == goes
