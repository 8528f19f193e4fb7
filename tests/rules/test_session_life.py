"""How long a session stands: for whom, on what."""

from datetime import UTC, datetime, timedelta

import pytest

from induction.rules.roles import Role
from induction.rules.session_life import may_stay, stands

NOW = datetime(2026, 12, 4, 10, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
HALF_AN_HOUR = timedelta(minutes=30)
TEACHER, MENTOR, LEAD = Role


@pytest.mark.parametrize(
    "begun, used, own_phone, role, still",
    [
        (2 * HOUR, HOUR, False, TEACHER, True),
        (2 * HOUR, HOUR + MINUTE, False, TEACHER, False),
        (12 * HOUR, MINUTE, False, TEACHER, True),
        (12 * HOUR + MINUTE, MINUTE, False, TEACHER, False),
        (30 * DAY, 29 * DAY, True, TEACHER, True),
        (30 * DAY + MINUTE, MINUTE, True, TEACHER, False),
        (2 * HOUR, HALF_AN_HOUR, True, MENTOR, True),  # as any other session of theirs
        (2 * DAY, MINUTE, True, MENTOR, False),
        (2 * HOUR, HALF_AN_HOUR + MINUTE, True, LEAD, False),
        (2 * HOUR, HALF_AN_HOUR + MINUTE, False, MENTOR, False),
        (8 * HOUR, HALF_AN_HOUR, False, LEAD, True),
        (8 * HOUR + MINUTE, MINUTE, False, LEAD, False),
        (8 * HOUR + MINUTE, MINUTE, False, MENTOR, False),
        (-29 * MINUTE, -29 * MINUTE, False, LEAD, True),
        (-30 * MINUTE, -30 * MINUTE, False, TEACHER, True),  # a clock that was put back
        (-DAY, -DAY, False, TEACHER, False),
        (-31 * DAY, -31 * DAY, True, TEACHER, False),
    ],
)
def test_a_session_stands_as_long_as_its_role_says_and_on_a_teachers_own_phone_thirty_days(begun, used, own_phone, role, still):
    assert stands(NOW - begun, NOW - used, NOW, own_phone=own_phone, role=role) is still


def test_teachers_alone_may_stay():
    assert [may_stay(role) for role in Role] == [True, False, False]
