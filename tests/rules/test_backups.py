"""Which night a backup is of, whether one is due, which stay, and when a drill is held: through years, and with clocks that jump."""

from datetime import UTC, date, datetime, timedelta

import pytest

from induction.rules import backups
from induction.rules.backups import night_of, staying

NIGHT = datetime(2026, 11, 24, 2, 5, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    "at, night",
    [
        ("2026-11-24T01:59:59+00:00", date(2026, 11, 23)),
        ("2026-11-24T02:00:00+00:00", date(2026, 11, 24)),
        ("2026-07-01T00:59:00+00:00", date(2026, 6, 30)),  # two o'clock at the school is one o'clock in UTC
        ("2026-07-01T01:00:00+00:00", date(2026, 7, 1)),
        ("2026-03-29T00:59:00+00:00", date(2026, 3, 28)),  # the night in which there is no half past one
        ("2026-03-29T01:00:00+00:00", date(2026, 3, 29)),
        ("2026-10-25T00:30:00+00:00", date(2026, 10, 24)),  # the first half past one
        ("2026-10-25T01:30:00+00:00", date(2026, 10, 24)),  # and the second
        ("2026-10-25T02:00:00+00:00", date(2026, 10, 25)),
        ("2028-02-29T12:00:00+00:00", date(2028, 2, 29)),
    ],
)
def test_a_night_begins_at_two_oclock_at_the_school(at, night):
    assert night_of(datetime.fromisoformat(at)) == night


def test_one_is_due_each_night_and_once():
    assert backups.is_due([], NIGHT - DAY, NIGHT)
    assert backups.is_due([NIGHT - DAY], NIGHT - 9 * DAY, NIGHT)
    assert not backups.is_due([NIGHT], NIGHT - 9 * DAY, NIGHT + timedelta(hours=23, minutes=54))
    assert backups.is_due([NIGHT], NIGHT - 9 * DAY, NIGHT + timedelta(hours=23, minutes=55))
    assert backups.is_due([NIGHT - 40 * DAY], NIGHT - 90 * DAY, NIGHT.replace(hour=11)), "as soon as the server is awake"


def test_a_school_waits_for_its_first_night():
    assert not backups.is_due([], None, NIGHT), "there is nobody yet"
    assert not backups.is_due([], NIGHT.replace(hour=10), NIGHT.replace(hour=23))
    assert backups.is_due([], NIGHT.replace(hour=10), NIGHT + DAY)


def test_one_of_next_year_by_a_clock_that_was_ahead_keeps_no_night_from_its_own():
    assert backups.is_due([NIGHT + 365 * DAY], NIGHT - 9 * DAY, NIGHT)


@pytest.fixture(scope="module")
def years():
    """Each night for three years one is made and the others are thinned: (the moment, what lies there then)."""
    lying, nights = set(), []
    for number in range(3 * 365):
        at = NIGHT + number * DAY
        stay = staying(lying | {at}, at)
        lying = {each for each in lying | {at} if each in stay}
        nights.append((at, lying))
    return nights


def test_after_three_years_there_are_seven_daily_eight_weekly_and_twelve_monthly_ones(years):
    now, lying = years[-1]
    stay = staying(lying, now)
    assert (len(stay.daily), len(stay.weekly), len(stay.monthly), len(lying)) == (7, 8, 12, 27)
    assert stay.daily == {now - number * DAY for number in range(7)}
    assert all(each.isoweekday() == 7 for each in stay.weekly - {max(stay.weekly)}), "the last of each week"
    assert {(each.year, each.month) for each in stay.monthly} == {(2028, n) for n in (10, 11, 12)} | {(2029, n) for n in range(1, 10)}
    assert max(stay.monthly) < min(stay.weekly) < max(stay.weekly) < min(stay.daily)
    assert now - min(lying) > timedelta(days=380)


def test_the_newest_always_stays_and_at_most_one_goes_a_night(years):
    before = set()
    for now, lying in years:
        assert now in lying
        assert len(before - lying) <= 1
        before = lying


def test_a_clock_a_year_ahead_takes_no_more_than_any_night(years):
    now, lying = years[-1]
    ahead = now + 365 * DAY
    after = {each for each in lying | {ahead} if each in staying(lying | {ahead}, ahead)}
    assert len(lying - after) <= 1 and ahead in after
    back = staying(after | {now + DAY}, now + DAY)
    assert back.later == {ahead}, "as itself: it takes nobody's place"
    assert now + DAY in back.daily and len(back.daily) == 7


def test_a_clock_of_1970_takes_nothing(years):
    _, lying = years[-1]
    then = datetime(1970, 1, 1, tzinfo=UTC)
    stay = staying(lying | {then}, then)
    assert all(each in stay for each in lying | {then})


def test_a_server_that_slept_for_the_holidays_keeps_what_it_had():
    lying = {NIGHT - number * DAY for number in range(40, 47)} | {NIGHT}
    stay = staying(lying, NIGHT)
    assert all(each in stay for each in lying)


def test_two_of_one_night_count_once():
    assert staying({NIGHT, NIGHT + timedelta(hours=1)}, NIGHT + DAY).daily == {NIGHT + timedelta(hours=1)}


def test_nothing_stays_of_nothing():
    assert not any(vars_of(staying(set(), NIGHT)))


def vars_of(stay):
    return [stay.daily, stay.weekly, stay.monthly, stay.later]


@pytest.mark.parametrize(
    "last, well, begun, now, due",
    [
        (None, False, None, NIGHT, False),
        (None, False, NIGHT - DAY, NIGHT, True),  # the first, in the night
        (None, False, NIGHT - DAY, NIGHT.replace(hour=11), False),  # not by day
        (None, False, NIGHT - 3 * DAY, NIGHT.replace(hour=11), True),  # but where the server sleeps at night
        (NIGHT - 29 * DAY, True, NIGHT - 99 * DAY, NIGHT, False),
        (NIGHT - 30 * DAY, True, NIGHT - 99 * DAY, NIGHT, True),
        (NIGHT - 31 * DAY, True, NIGHT - 99 * DAY, NIGHT.replace(hour=11), False),
        (NIGHT - 32 * DAY, True, NIGHT - 99 * DAY, NIGHT.replace(hour=11), True),
        (NIGHT - timedelta(hours=23), False, NIGHT - 99 * DAY, NIGHT, False),
        (NIGHT - DAY, False, NIGHT - 99 * DAY, NIGHT, True),  # one that failed is held again the next night
    ],
)
def test_when_a_drill_is_held(last, well, begun, now, due):
    assert backups.drill_is_due(last, well, begun, now) is due


def test_what_a_clock_that_was_ahead_dated_is_not_recent():
    hour = timedelta(hours=1)
    assert backups.is_recent(NIGHT, NIGHT, hour) and not backups.is_recent(NIGHT, NIGHT + hour, hour)
    assert not backups.is_recent(NIGHT + DAY, NIGHT, hour) and not backups.is_recent(None, NIGHT, hour)
