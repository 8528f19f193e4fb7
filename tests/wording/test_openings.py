"""What the record says of reading: when, how long, and nothing that blames."""

from datetime import UTC, date, datetime, timedelta

import pytest

from induction.rules.openings import Opening
from induction.wording.openings import by_the_clock, by_the_day

TODAY = date(2026, 12, 4)  # a Friday
NINE = datetime(2026, 12, 4, 9, 12, tzinfo=UTC)
NEVER = Opening(None)


def at(*minutes):
    return [NINE + timedelta(minutes=each) for each in minutes]


@pytest.mark.parametrize(
    "opening, answered, words",
    [
        (Opening(NINE), at(8, 12, 19), "Lesson opened at 9.12 am; scenarios answered from 9.20 am to 9.31 am, 11 minutes."),
        (Opening(NINE), at(8, 9), "Lesson opened at 9.12 am; scenarios answered from 9.20 am to 9.21 am, 1 minute."),
        (Opening(NINE), at(8, 8, 8.2), "Lesson opened at 9.12 am; scenarios answered at 9.20 am, in less than a minute."),
        (Opening(NINE), at(8.9, 9.1), "Lesson opened at 9.12 am; scenarios answered from 9.20 am to 9.21 am, less than a minute."),
        (Opening(NINE), at(8), "Lesson opened at 9.12 am; one answer at 9.20 am."),
        (Opening(NINE), [], "Lesson opened on Friday 4 December at 9.12 am; no scenario answered yet."),
        (
            Opening(NINE - timedelta(days=1)), at(8, 19),
            "Lesson opened on Thursday 3 December at 9.12 am; scenarios answered from 9.20 am to 9.31 am, 11 minutes.",
        ),
        (
            Opening(NINE), at(8, 3 * 24 * 60),
            "Lesson opened at 9.12 am; scenarios answered from Friday 4 December, 9.20 am, to Monday 7 December, 9.12 am.",
        ),
        (NEVER, at(8, 19), "The lesson’s page was not opened before this try; scenarios answered from 9.20 am to 9.31 am, 11 minutes."),
        (None, at(8, 19), "Scenarios answered from 9.20 am to 9.31 am, 11 minutes."),
        (None, [], "No scenario answered yet."),
    ],
)
def test_a_try_by_the_clock(opening, answered, words):
    assert by_the_clock(opening, answered, TODAY) == words


@pytest.mark.parametrize(
    "openings, words",
    [
        ([Opening(NINE)], "lesson opened on Friday 4 December"),
        ([NEVER, Opening(NINE), Opening(NINE - timedelta(days=2))], "lesson opened on Wednesday 2 December"),
        ([NEVER, None], "lesson not opened first"),
        ([None], ""),
        ([], ""),
    ],
)
def test_a_mentor_reads_the_day_alone(openings, words):
    assert by_the_day(openings, TODAY) == words


def test_the_day_is_the_schools():
    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # half past midnight on 1 July there
    assert by_the_day([Opening(late)], TODAY) == "lesson opened on Wednesday 1 July"
