"""Days as people and spreadsheets write them."""

from datetime import date

import pytest

from induction.rules import calendar
from induction.rules.calendar import NotADay, months_later, read_day

TODAY = date(2026, 11, 28)
FOURTH = date(2026, 12, 4)


@pytest.mark.parametrize(
    "written",
    [
        "4 December 2026", "4 Dec 2026", "04/12/2026", "4/12/26", "4.12.2026", "4-12-2026", "2026-12-04", "2026-12-4",
        "2026-12-04T00:00:00", "2026-12-04 00:00:00.000", "04/12/2026 00:00", "46360", "46360.0", "4-Dec-26", "4th December, 2026",
        "Friday 4 December 2026", "Fri, 4 Dec 2026", "December 4, 2026", "4th of December 2026",
        " 4\u00a0 DECEMBER 2026 ", "\u200e04/12/2026", "4 Dec", "4 december", "Fri 4 Dec", "December 4",
    ],
)  # fmt: skip
def test_a_day_however_it_is_written(written):
    assert read_day(written, TODAY) == FOURTH


@pytest.mark.parametrize(
    "written, coming, gone",
    [
        ("4 Dec", date(2026, 12, 4), date(2025, 12, 4)), ("28 Nov", TODAY, TODAY), ("27 Nov", date(2027, 11, 27), date(2026, 11, 27)),
        ("1 Sept", date(2027, 9, 1), date(2026, 9, 1)), ("29 Feb", date(2028, 2, 29), date(2024, 2, 29)),
    ],
)  # fmt: skip
def test_a_day_without_its_year_is_the_nearest_that_makes_sense(written, coming, gone):
    assert (read_day(written, TODAY), read_day(written, TODAY, past=True)) == (coming, gone)


@pytest.mark.parametrize(
    "written, words",
    [
        ("9999-12-31", "between 2020 and 2100"), ("31/12/2019", "between 2020 and 2100"), ("1 January 2101", "between 2020 and 2100"),
        ("40000", "between 2020 and 2100"), ("31/02/2027", "no such day"), ("30 Feb", "no such day"), ("2026-13-01", "no such day"),
        ("0000-00-00", "no such day"), ("Sat 4 December 2026", "is a Friday"), ("before 4 Dec", "Write the date as"),
        ("", "Write the date as"), ("soon", "Write the date as"), ("4", "Write the date as"), ("99999", "Write the date as"),
        ("4 Dec 20266", "Write the date as"), ("٤/١٢/٢٠٢٦", "Write the date as"), ("4" * 1_000_000, "Write the date as"),
    ],
)  # fmt: skip
def test_what_is_no_day_is_said_with_what_to_write(written, words):
    for past in (False, True):
        with pytest.raises(NotADay, match=words):
            read_day(written, TODAY, past=past)


@pytest.mark.parametrize("day", [date(2020, 1, 1), FOURTH, date(2100, 12, 31)])
def test_what_is_shown_is_read_again(day):
    assert read_day(calendar.written(day), TODAY) == day


def test_a_hundred_characters_are_looked_at():
    assert read_day("4 December 2026".ljust(100), TODAY) == FOURTH
    with pytest.raises(NotADay, match="Write the date as"):
        read_day("4 December 2026".ljust(101), TODAY)


def test_a_leap_year_may_be_eight_years_away():
    with pytest.raises(NotADay, match="between 2020 and 2100"):  # 2104: 2100 is no leap year
        read_day("29 Feb", date(2096, 3, 1))


def test_a_date_is_soon_for_a_week():
    """What a mentor and a lead are told, and people's home: seven days, that day included."""
    assert calendar.DUE_SOON == 7


@pytest.mark.parametrize(
    "day, months, then",
    [
        ("2026-08-31", 6, "2027-02-28"), ("2027-08-31", 6, "2028-02-29"), ("2028-02-29", 12, "2029-02-28"),
        ("2028-02-29", 48, "2032-02-29"), ("2026-12-31", 2, "2027-02-28"), ("2026-01-15", 60, "2031-01-15"),
        ("2026-12-01", 1, "2027-01-01"), ("2026-05-31", 0, "2026-05-31"), ("2026-03-31", -1, "2026-02-28"),
        ("2026-01-31", -14, "2024-11-30"), ("2028-02-29", -12, "2027-02-28"),
    ],
)  # fmt: skip
def test_so_many_months_later_is_the_same_day_or_the_months_last(day, months, then):
    assert months_later(date.fromisoformat(day), months) == date.fromisoformat(then)
