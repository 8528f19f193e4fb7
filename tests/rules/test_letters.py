"""When letters go, how long they wait, and how often a new password may be asked for."""

from datetime import UTC, datetime, timedelta

import pytest

from induction.rules.letters import WAITS, LetterKind, may_write_another, wait_after

NOW = datetime(2026, 9, 1, 9, tzinfo=UTC)


def utc(*moment):
    return datetime(*moment, tzinfo=UTC)


@pytest.mark.parametrize("failures, minutes", [(1, 1), (2, 5), (3, 15), (4, 60), (5, 180), (6, 360), (7, 360), (4000, 360)])
def test_waits_grow_and_then_stay(failures, minutes):
    assert wait_after(failures) == timedelta(minutes=minutes)
    assert list(WAITS) == sorted(WAITS)


@pytest.mark.parametrize(
    "minutes_ago, may",
    [
        ([], True), ([1, 2], True), ([1, 2, 3], False), ([1, 2, 60], True), ([1, 2, 59.9], False), ([0, 0, 0], False),
        ([-60, -120, -1440], True),  # of a clock that was put back
        ([100, 200, 300, 400, 500, 600, 700], True), ([100, 200, 300, 400, 500, 600, 700, 800], False),
        ([100, 200, 300, 400, 500, 600, 700, 1441], True),
    ],
)
def test_three_an_hour_and_eight_a_day_are_answered(minutes_ago, may):
    assert may_write_another([NOW - timedelta(minutes=each) for each in minutes_ago], NOW) is may


def test_kinds_are_kept_in_records_and_never_renamed():
    assert sorted(LetterKind) == [
        "account waits", "address changed", "digest", "finished", "head", "invitation", "let in", "new device", "new password", "not me",
        "note", "password changed", "reminded", "reminder", "second step", "signature", "test",
    ]  # fmt: skip
