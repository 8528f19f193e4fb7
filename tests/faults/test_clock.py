"""The server's clock jumps: back, forward a day, to 1970 and home again. Order is kept and nobody is locked out."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from induction.records.store import migrations
from tests.faults.learner import Learner, number_of, read
from tests.faults.server import Server

LIBRARY = "/usr/lib/*/faketime/libfaketimeMT.so.1"


class Clock:
    """The clock of a server that looks at `file` each time it asks for the time."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.shift("+0")

    def shift(self, how: str) -> None:
        """`+1d`, `-1h`, or a moment such as `@1970-01-01 00:00:10`."""
        new = self.file.with_suffix(".new")
        new.write_text(how + "\n")
        new.replace(self.file)

    @property
    def environment(self) -> dict[str, str]:
        (library,) = Path("/").glob(LIBRARY.lstrip("/"))
        return {
            "LD_PRELOAD": str(library),
            "FAKETIME_TIMESTAMP_FILE": str(self.file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "TZ": "UTC",
        }


@pytest.fixture
def clock(tmp_path):
    return Clock(tmp_path / "clock")


@pytest.fixture
def shifted(data, clock):
    with Server(data, environment=clock.environment) as running:
        yield running


JUMPS = ("+0", "-1h", "+1d", "-3d", "@1970-01-01 00:00:10", "+400d", "+0")


def test_through_every_jump_people_sign_in_and_answers_keep_their_order(shifted, clock, data, wise):
    learner = Learner(shifted.sign_in("tess"), wise)
    known = learner.browser
    for jump in JUMPS:
        clock.shift(jump)
        assert_nobody_is_locked_out(shifted)
        assert known.sign_in("tess").status == 303
        known.open("/")
        learner.answer()
    assert len(learner.saved) >= len(JUMPS) - 2
    assert read(data / "induction.db").lacks(learner.saved) == []
    years = years_of_answers(data)
    assert 1970 in years, "the clock did jump"
    assert years[0] != 1970 != years[-1], "and the answers stand in the order they were given in"


def assert_nobody_is_locked_out(server: Server) -> None:
    """Somebody who was there before the jump, and somebody new, sign in; five wrong tries before it keep nobody out."""
    fresh = server.sign_in("sam")
    assert fresh.open("/").status == 200
    for _ in range(4):
        assert server.browser().sign_in("max", "a wrong guess at it").status != 429
    assert server.browser().sign_in("max").status == 303


def years_of_answers(data: Path) -> list[int]:
    db = migrations.open_database(data / "induction.db", datetime.now(UTC))
    rows = db.rows("select at from answers order by attempt, step")
    db.close()
    return [int(row["at"][:4]) for row in rows]


def test_wrong_tries_made_in_the_future_keep_nobody_out_once_the_clock_is_right(shifted, clock):
    clock.shift("+2d")
    judged = [shifted.browser().sign_in("max", "a wrong guess at it").status for _ in range(7)]
    assert 429 in judged, "who guesses waits"
    clock.shift("+0")
    assert shifted.browser().sign_in("max").status == 303


def test_a_session_does_not_outlive_a_jump_of_a_day_and_the_attempt_goes_on(shifted, clock, data, wise):
    learner = Learner(shifted.sign_in("tess"), wise)
    learner.answer()
    clock.shift("+1d")
    assert learner.browser.open("/").where == "/sign-in"
    assert learner.browser.sign_in("tess").status == 303
    learner.answer()
    attempt = number_of(learner.attempt)
    assert list(read(data / "induction.db").answers) == [(attempt, 1), (attempt, 2)]
