"""From the first day to the last, both included."""

from datetime import date, timedelta

import pytest

from induction.rules.days_here import Fault, Shut, When, fault, leaves_soon, shut

MONDAY, FRIDAY = date(2026, 8, 31), date(2026, 9, 4)


@pytest.mark.parametrize(("starts", "ends", "today", "found"), [
    (None, None, MONDAY, None),
    (MONDAY, None, MONDAY - timedelta(days=1), Shut(When.BEFORE, MONDAY)),
    (MONDAY, None, MONDAY, None),
    (None, FRIDAY, FRIDAY, None),
    (None, FRIDAY, FRIDAY + timedelta(days=1), Shut(When.AFTER, FRIDAY)),
    (MONDAY, MONDAY, MONDAY, None),
    (MONDAY, FRIDAY, FRIDAY + timedelta(days=365), Shut(When.AFTER, FRIDAY)),
    (date(2028, 2, 29), date(2028, 2, 29), date(2028, 2, 29), None),
    (date(2028, 2, 29), date(2028, 2, 29), date(2028, 3, 1), Shut(When.AFTER, date(2028, 2, 29))),
])  # fmt: skip
def test_who_does_not_get_in_and_why(starts, ends, today, found):
    assert shut(starts, ends, today) == found


@pytest.mark.parametrize(("ends", "soon"), [
    (None, False), (MONDAY - timedelta(days=1), False), (MONDAY, True), (MONDAY + timedelta(days=28), True),
    (MONDAY + timedelta(days=29), False),
])  # fmt: skip
def test_from_four_weeks_before_it_is_said_who_leaves(ends, soon):
    assert leaves_soon(ends, MONDAY) is soon


@pytest.mark.parametrize(("starts", "ends", "kept", "found"), [
    (None, None, None, None),
    (FRIDAY, None, None, None),
    (FRIDAY, FRIDAY, None, None),
    (FRIDAY, MONDAY, None, Fault.TURNED_ROUND),
    (None, MONDAY, None, None),  # today is the last day
    (None, MONDAY - timedelta(days=1), None, Fault.PAST),
    (None, MONDAY - timedelta(days=1), MONDAY - timedelta(days=1), None),  # it stands so already
    (None, MONDAY - timedelta(days=1), FRIDAY, Fault.PAST),
])  # fmt: skip
def test_which_days_can_not_be_kept(starts, ends, kept, found):
    assert fault(starts, ends, kept, MONDAY) is found
