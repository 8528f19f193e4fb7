"""Which reminders somebody gets, played day by day: on quiet days, in holidays, after a time asleep, in a leap year."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from induction.rules.reminders import Due, Reminder, Stand, Written, due_today, still_so
from induction.rules.sending_days import Holiday, SendingDays

ALL = frozenset(Reminder)
LONG_AGO = date(2026, 1, 5)
HOLIDAYS = [
    Holiday("Autumn half term", date(2026, 10, 26), date(2026, 10, 30)),
    Holiday("Christmas", date(2026, 12, 21), date(2027, 1, 1)),
    Holiday("Summer", date(2026, 7, 22), date(2026, 9, 1)),
]
DAYS = SendingDays("england", HOLIDAYS)


def day(text: str) -> date:
    return date.fromisoformat(text if len(text) > 5 else f"2026-{text}")


def played(
    first: str, last: str, stand: Stand, *, on=ALL, days=DAYS, awake: Callable[[date], bool] = lambda _: True,
    changes: Callable[[date, Stand], Stand] = lambda _, stand: stand,
) -> list[str]:
    """What goes from a day to another: *2026-11-27 week-before*."""
    written: list[Written] = []
    today = day(first)
    while today <= day(last):
        now = changes(today, stand)
        if awake(today) and (found := due_today(now, today, days, on, written)):
            written.append(Written(found.reminder, found.about, today))
        today += timedelta(days=1)
    return [f"{each.day:%a} {each.day} {each.reminder}" for each in written]


def stand(due: str | None = None, came: str = "2026-01-05", **more) -> Stand:
    return Stand(day(came), due and day(due), begun=more.pop("begun", True), complete=more.pop("complete", False), **more)


@pytest.mark.parametrize(
    ("due", "letters"),
    [
        # an ordinary week
        ("12-03", ["Thu 2026-11-26 week-before", "Wed 2026-12-02 day-before", "Thu 2026-12-03 on-the-day", "Fri 2026-12-04 overdue"]),
        # a Monday: the day before is the Friday before
        ("11-23", ["Mon 2026-11-16 week-before", "Fri 2026-11-20 day-before", "Mon 2026-11-23 on-the-day", "Tue 2026-11-24 overdue"]),
        # a Saturday: the day before is named, the day itself is quiet
        ("11-21", ["Fri 2026-11-13 week-before", "Fri 2026-11-20 day-before", "Mon 2026-11-23 overdue"]),
        # the day after half term: both would go on one day, so the nearer one does
        ("11-02", ["Fri 2026-10-23 day-before", "Mon 2026-11-02 on-the-day", "Tue 2026-11-03 overdue"]),
        # the Friday after: seven days before is quiet, so it goes in the week before that
        ("11-06", ["Fri 2026-10-23 week-before", "Thu 2026-11-05 day-before", "Fri 2026-11-06 on-the-day", "Mon 2026-11-09 overdue"]),
        # the first day after Christmas: named before the holidays
        ("2027-01-04", ["Fri 2026-12-18 day-before", "Mon 2027-01-04 on-the-day", "Tue 2027-01-05 overdue"]),
        # the second week after Christmas: no day in the week before, so it goes on the first day after
        ("2027-01-08", ["Mon 2027-01-04 week-before", "Thu 2027-01-07 day-before", "Fri 2027-01-08 on-the-day", "Mon 2027-01-11 overdue"]),
        # in the holidays
        ("12-28", ["Fri 2026-12-18 day-before", "Mon 2027-01-04 overdue"]),
        # the Tuesday after Easter: bank holidays on both sides
        ("04-07", ["Tue 2026-03-31 week-before", "Thu 2026-04-02 day-before", "Tue 2026-04-07 on-the-day", "Wed 2026-04-08 overdue"]),
        ("05-04", ["Mon 2026-04-27 week-before", "Fri 2026-05-01 day-before", "Tue 2026-05-05 overdue"]),
        # the days round the summer hour
        ("03-30", ["Mon 2026-03-23 week-before", "Fri 2026-03-27 day-before", "Mon 2026-03-30 on-the-day", "Tue 2026-03-31 overdue"]),
        ("10-23", ["Fri 2026-10-16 week-before", "Thu 2026-10-22 day-before", "Fri 2026-10-23 on-the-day", "Mon 2026-11-02 overdue"]),
    ],
)
def test_the_series_of_a_date(due, letters):
    last = day(due) + timedelta(days=1)
    while not DAYS.sends(last):
        last += timedelta(days=1)
    assert played("2026-02-01", last.isoformat(), stand(due)) == letters


def test_29_february():
    assert played("2028-02-01", "2028-03-15", stand("2028-02-29"), days=SendingDays("england")) == [
        "Tue 2028-02-22 week-before", "Mon 2028-02-28 day-before", "Tue 2028-02-29 on-the-day", "Wed 2028-03-01 overdue",
        "Wed 2028-03-08 overdue", "Wed 2028-03-15 overdue",
    ]


def test_overdue_goes_weekly_and_not_in_holidays():
    assert played("2026-12-05", "2027-01-19", stand("12-02")) == [
        "Mon 2026-12-07 overdue", "Mon 2026-12-14 overdue", "Mon 2027-01-04 overdue", "Mon 2027-01-11 overdue", "Mon 2027-01-18 overdue"
    ]


def test_it_stops_on_completion():
    def changes(today, now):
        return replace(now, complete=today >= day("12-04"))

    assert played("2026-11-20", "2026-12-31", stand("12-02"), changes=changes) == [
        "Wed 2026-11-25 week-before", "Tue 2026-12-01 day-before", "Wed 2026-12-02 on-the-day", "Thu 2026-12-03 overdue"
    ]


@pytest.mark.parametrize(
    ("came", "due", "letters"),
    [
        ("11-02", None, ["Mon 2026-11-09 not-begun"]),
        ("10-24", None, ["Mon 2026-11-02 not-begun"]),  # its own day is the Saturday of half term
        ("10-19", None, ["Mon 2026-11-02 not-begun"]),  # a whole week of half term: later
        ("07-20", None, ["Wed 2026-09-02 not-begun"]),  # the summer
        ("11-02", "12-18", ["Mon 2026-11-09 not-begun",
          "Fri 2026-12-11 week-before", "Thu 2026-12-17 day-before", "Fri 2026-12-18 on-the-day"]),
        ("11-02", "11-17", ["Tue 2026-11-10 week-before",
          "Mon 2026-11-16 day-before", "Tue 2026-11-17 on-the-day", "Wed 2026-11-18 overdue"]),
        ("11-02", "11-06", ["Thu 2026-11-05 day-before", "Fri 2026-11-06 on-the-day", "Mon 2026-11-09 overdue"]),  # four days here
        ("11-02", "11-03", ["Tue 2026-11-03 on-the-day", "Wed 2026-11-04 overdue"]),
        ("11-02", "11-02", ["Tue 2026-11-03 overdue"]),
        ("11-02", "11-09", ["Fri 2026-11-06 day-before", "Mon 2026-11-09 on-the-day", "Tue 2026-11-10 overdue"]),
        ("11-02", "11-10", ["Thu 2026-11-05 week-before", "Mon 2026-11-09 day-before",
          "Tue 2026-11-10 on-the-day", "Wed 2026-11-11 overdue"]),
    ],
)
def test_who_has_just_come(came, due, letters):
    last = max(day(due or came) + timedelta(days=4), day(letters[-1].split()[1]))
    assert played(came, last.isoformat(), stand(due, came, begun=False)) == letters


def test_nothing_before_the_first_day_and_nothing_after_the_last():
    now = stand("11-18", "11-16", begun=False, leaves=day("11-20"))
    assert played("2026-10-01", "2027-02-01", now) == [
        "Tue 2026-11-17 day-before", "Wed 2026-11-18 on-the-day", "Thu 2026-11-19 overdue"
    ]


def test_who_begins_is_not_told_that_they_have_not():
    assert played("2026-11-02", "2026-12-31", stand(None, "11-02", begun=True)) == []


@pytest.mark.parametrize(
    ("asleep_from", "until", "letters"),
    [
        ("2026-11-10", "2026-12-09", ["Thu 2026-12-10 overdue", "Thu 2026-12-17 overdue"]),  # a month, over the whole series
        ("2026-11-24", "2026-11-26", ["Fri 2026-11-27 week-before", "Tue 2026-12-01 day-before", "Wed 2026-12-02 on-the-day"]),
        ("2026-11-24", "2026-11-30", ["Tue 2026-12-01 day-before", "Wed 2026-12-02 on-the-day"]),  # seven days before makes sense no more
        ("2026-11-24", "2026-12-01", ["Wed 2026-12-02 on-the-day"]),
        ("2026-01-01", "2027-01-31", ["Mon 2027-02-01 overdue"]),  # a year
    ],
)
def test_after_a_time_asleep_only_what_is_true_today(asleep_from, until, letters):
    def awake(today):
        return not day(asleep_from) <= today <= day(until)

    last = letters[-1].split()[1]
    assert played("2026-11-02", last, stand("12-02", begun=False), awake=awake) == letters


def test_who_came_while_it_was_asleep_hears_once_and_who_came_long_ago_does_not():
    assert played("2026-11-27", "2026-12-20", stand(None, "11-10", begun=False)) == ["Fri 2026-11-27 not-begun"]
    assert played("2026-11-27", "2026-12-20", stand(None, "10-10", begun=False)) == []


def test_a_date_that_is_changed_brings_its_own_series_and_one_letter_a_day():
    def changes(today, now):
        return now if today < day("12-02") else replace(now, due=day("12-11"))

    assert played("2026-11-20", "2026-12-14", stand("12-02"), changes=changes) == [
        "Wed 2026-11-25 week-before", "Tue 2026-12-01 day-before", "Fri 2026-12-04 week-before", "Thu 2026-12-10 day-before",
        "Fri 2026-12-11 on-the-day", "Mon 2026-12-14 overdue",
    ]


def test_a_date_put_back_and_forth_brings_no_letter_twice():
    def changes(today, now):
        return replace(now, due=day("12-11")) if today in (day("11-26"), day("11-27")) else now

    assert played("2026-11-20", "2026-12-03", stand("12-02"), changes=changes) == [
        "Wed 2026-11-25 week-before", "Tue 2026-12-01 day-before", "Wed 2026-12-02 on-the-day", "Thu 2026-12-03 overdue"
    ]


@pytest.mark.parametrize("off", Reminder)
def test_each_can_be_switched_off(off):
    whole = played("2026-11-02", "2026-12-20", stand("12-02", "10-19", begun=False))
    assert played("2026-11-02", "2026-12-20", stand("12-02", "10-19", begun=False), on=ALL - {off}) == [
        each for each in whole if not each.endswith(off)
    ]
    assert any(each.endswith(off) for each in whole)


def test_where_all_are_off_nothing_goes():
    assert played("2026-11-02", "2026-12-20", stand("12-02", "10-19", begun=False), on=frozenset()) == []


def test_one_a_day_and_what_a_clock_that_went_ahead_wrote_stops_nobody():
    overdue = Due(Reminder.OVERDUE, day("12-02"))
    today = [Written(Reminder.OVERDUE, day("12-02"), day("12-10"))]
    ahead = [Written(Reminder.OVERDUE, day("12-02"), day("2036-11-30"))]
    assert due_today(stand("12-02"), day("12-10"), DAYS, ALL, today) is None
    assert due_today(stand("12-02"), day("12-10"), DAYS, ALL, ahead) == overdue


def test_a_holiday_entered_this_morning_holds():
    now = stand("12-02")
    assert due_today(now, day("11-25"), DAYS, ALL) == Due(Reminder.WEEK, day("12-02"))
    assert due_today(now, day("11-25"), SendingDays("england", [*HOLIDAYS, Holiday("Snow", day("11-25"), day("11-25"))]), ALL) is None


@pytest.mark.parametrize(
    ("reminder", "today", "changed", "so"),
    [
        (Reminder.WEEK, "11-25", {}, True),
        (Reminder.WEEK, "11-25", {"complete": True}, False),
        (Reminder.WEEK, "11-25", {"due": day("12-04")}, False),
        (Reminder.WEEK, "11-25", {"due": None}, False),
        (Reminder.WEEK, "11-25", {"leaves": day("11-24")}, False),
        (Reminder.WEEK, "11-25", {"leaves": day("11-25")}, True),
        (Reminder.WEEK, "12-03", {}, False),
        (Reminder.OVERDUE, "12-03", {}, True),
        (Reminder.OVERDUE, "12-02", {}, False),
        (Reminder.NOT_BEGUN, "11-25", {"begun": False}, True),
        (Reminder.NOT_BEGUN, "11-25", {"begun": True}, False),
        (Reminder.NOT_BEGUN, "11-25", {"begun": False, "came": day("12-01")}, False),
    ],
)
def test_whether_what_was_written_still_holds(reminder, today, changed, so):
    assert still_so(Due(reminder, day("12-02")), replace(stand("12-02"), **changed), day(today)) is so
