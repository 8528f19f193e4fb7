"""The second step: who is asked for one, and from when on."""

from datetime import UTC, datetime, timedelta

import pytest

from induction.rules import second_factor
from induction.rules.roles import Role
from induction.rules.second_factor import Due, SessionWay, Standing

BEGAN = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize("way, role, has_one, days, grace, due", [
    (SessionWay.PASSWORD, Role.LEAD, False, 13.99, 14, None),
    (SessionWay.PASSWORD, Role.LEAD, False, 14, 14, Due.SET_UP),
    (SessionWay.PASSWORD, Role.MENTOR, False, 14, 14, Due.SET_UP),
    (SessionWay.LINK, Role.LEAD, False, 14, 14, Due.SET_UP),
    (SessionWay.PASSWORD, Role.LEAD, False, 0, 0, Due.SET_UP),
    (SessionWay.PASSWORD, Role.TEACHER, False, 99, 0, None),
    (SessionWay.PASSWORD, Role.TEACHER, True, 0, 14, Due.FACTOR),
    (SessionWay.PASSWORD, Role.LEAD, True, 0, 14, Due.FACTOR),
    (SessionWay.LINK, Role.LEAD, True, 99, 14, Due.FACTOR),
    (SessionWay.PASSKEY, Role.LEAD, True, 99, 14, None),
    (SessionWay.GOOGLE, Role.LEAD, False, 99, 14, None),
    (SessionWay.MICROSOFT, Role.LEAD, True, 99, 14, None),
    (SessionWay.OTHER, Role.MENTOR, False, 99, 0, None),
])  # fmt: skip
def test_what_a_session_has_to_do_first(way, role, has_one, days, grace, due):
    assert second_factor.due(way, Standing(role, has_one, BEGAN), grace, BEGAN + days * DAY) is due


def test_after_a_reset_there_are_no_days_without_one():
    assert second_factor.due(SessionWay.PASSWORD, Standing(Role.LEAD, False, BEGAN, was_reset=True), 14, BEGAN) is Due.SET_UP
    assert second_factor.due(SessionWay.PASSWORD, Standing(Role.TEACHER, False, BEGAN, was_reset=True), 14, BEGAN) is None


@pytest.mark.parametrize("ago, proved", [(0, True), (10, True), (10.1, False), (-10, True), (-11, False)])
def test_who_it_is_counts_as_proved_for_ten_minutes(ago, proved):
    assert second_factor.confirmed(BEGAN - timedelta(minutes=ago), BEGAN) is proved
    assert not second_factor.confirmed(None, BEGAN)
