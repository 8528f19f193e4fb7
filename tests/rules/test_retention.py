"""How long what is kept: leap years, month ends, and what a lead said today."""

from datetime import UTC, date, datetime, timedelta

import pytest

from induction.rules import retention
from induction.rules.retention import ACTS, SPANS, Kind, Said


@pytest.mark.parametrize(
    ("since", "months", "goes"),
    [
        (date(2026, 12, 4), 12, date(2027, 12, 5)),
        (date(2028, 2, 29), 12, date(2029, 3, 1)),  # a year after a leap day is 28 February, all of which it is kept
        (date(2028, 2, 29), 48, date(2032, 3, 1)),
        (date(2027, 2, 28), 12, date(2028, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 3, 1)),
        (date(2027, 8, 31), 6, date(2028, 3, 1)),
        (date(2026, 10, 31), 1, date(2026, 12, 1)),
        (date(2026, 11, 30), 12, date(2027, 12, 1)),
        (date(2026, 12, 31), 72, date(2033, 1, 1)),
    ],
)
def test_something_is_kept_for_its_time_and_all_of_its_last_day(since, months, goes):
    assert retention.goes_on(since, months) == goes


def test_what_is_over_on_a_day_is_what_goes_by_then():
    for months in (1, 6, 12, 13, 48, 72):
        for past in range(0, 1500, 1):
            today = date(2027, 1, 1) + timedelta(days=past)
            last = (retention.over_before(today, months) - timedelta(seconds=1)).date()
            assert retention.goes_on(last, months) <= today < retention.goes_on(last + timedelta(days=1), months)


def test_a_day_ends_at_the_schools_midnight():
    assert retention.over_before(date(2027, 7, 2), 12) == datetime(2026, 7, 1, 23, tzinfo=UTC)  # summer hour
    assert retention.over_before(date(2027, 12, 2), 12) == datetime(2026, 12, 2, tzinfo=UTC)


def said(months, at, kind=Kind.ANSWERS):
    return Said(kind, months, at)


MORNING, YESTERDAY = datetime(2026, 12, 4, 9, tzinfo=UTC), datetime(2026, 12, 3, 9, tzinfo=UTC)
TODAY = date(2026, 12, 4)


@pytest.mark.parametrize(
    ("entries", "months"),
    [
        ([], None),
        ([said(12, MORNING)], None),  # the first counts from tomorrow
        ([said(12, YESTERDAY)], 12),
        ([said(12, YESTERDAY), said(6, MORNING)], 12),  # a shorter one from tomorrow
        ([said(12, YESTERDAY), said(24, MORNING)], 24),  # a longer one at once
        ([said(12, YESTERDAY), said(24, MORNING), said(6, MORNING)], 24),
        ([said(24, YESTERDAY), said(12, YESTERDAY)], 12),
        ([said(12, datetime(2026, 12, 3, 23, 59, tzinfo=UTC))], 12),
    ],
)
def test_a_shorter_time_counts_from_the_next_day_and_a_longer_one_at_once(entries, months):
    assert retention.in_force(entries, TODAY).get(Kind.ANSWERS) == months


def test_the_day_is_the_schools():
    late = said(12, datetime(2026, 7, 3, 23, 30, tzinfo=UTC))  # half past midnight on the 4th there
    assert retention.in_force([late], date(2026, 7, 4)) == {}
    assert retention.in_force([late], date(2026, 7, 5)) == {Kind.ANSWERS: 12}


def test_kinds_are_told_apart():
    assert retention.in_force([said(12, YESTERDAY), said(3, YESTERDAY, Kind.NOTES)], TODAY) == {Kind.ANSWERS: 12, Kind.NOTES: 3}
    assert retention.latest([said(12, YESTERDAY), said(3, MORNING)]) == {Kind.ANSWERS: 3}


def test_what_is_proposed_can_be_chosen():
    assert set(SPANS) == set(Kind) - {Kind.ERASED}
    assert all(span.least <= span.proposed <= span.most for span in SPANS.values()) and ACTS == 84
