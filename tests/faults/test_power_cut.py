"""The power is cut while eight people answer: no acknowledged answer or completion is lost, and the database is sound.

kill -9 can't tell a safe setting from an unsafe one, so the cuts are replayed from what the server
wrote and synced. The same server with careless settings is seen to lose answers in the same way.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlite_utils.utils import sqlite3

from tests.faults import powercut
from tests.faults.learner import Kept, Learner, Saved, read
from tests.faults.server import SERVE, Server

PEOPLE = [f"s{number}" for number in range(1, 9)]
SECONDS, CONTROL_SECONDS = 6.0, 2.0
CUTS = 100
CONTROL_CUTS = 25


@dataclass
class Recording:
    disk: powercut.Disk
    saved: list[Saved]
    whole: Kept  # as the server left it, uncut


def record(data: Path, wise, program, seconds: float) -> Recording:
    """Eight people answer for so long, then the server is killed."""
    database, trace = data / "induction.db", data.parent / "trace"
    before = on_disk(data)
    with Server(data, before=powercut.strace(database, trace), program=program) as server:
        learners = [Learner(server.sign_in(who), wise) for who in PEOPLE]
        until = time.monotonic() + seconds
        wrong: list[BaseException] = []
        threads = [threading.Thread(target=answer_until, args=(each, until, wrong)) for each in learners]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not wrong, wrong
        kill_traced(server)
    disk = powercut.read_trace(trace, database, before)
    saved = sorted((each for learner in learners for each in learner.saved), key=lambda each: each.at)
    assert disk.cut(saved[-1].at + 60, AllKept()) == on_disk(data), "the replay of everything is the disk as it is"
    return Recording(disk, saved, read(database))


def on_disk(data: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in data.glob("induction.db*") if path.suffix != ".db-shm"}


def answer_until(learner: Learner, until: float, wrong: list[BaseException]) -> None:
    try:
        while time.monotonic() < until:
            learner.answer()
    except BaseException as error:  # handed to the test below
        wrong.append(error)


def kill_traced(server: Server) -> None:
    """The server, not strace, which then ends by itself with all written down."""
    children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text().split()
    for child in children:
        os.kill(int(child), signal.SIGKILL)
    server.process.wait(timeout=30)


class AllKept(random.Random):
    """Chance at its kindest: the disk kept every sector, in order."""

    def choice(self, these):
        return these[-1]

    def shuffle(self, these):
        pass


def lost_in(recording: Recording, folder: Path, cuts: int, chance: random.Random) -> list[int]:
    """For each cut how many acknowledged answers and completions are not there; -1 where the database is not sound."""
    begin, end = recording.saved[0].at, recording.saved[-1].at
    found = []
    for number in range(cuts):
        just_saved = chance.choice(recording.saved).at + chance.random() * 0.002
        moment = just_saved if number % 2 else chance.uniform(begin, end)
        here = folder / "cut"
        shutil.rmtree(here, ignore_errors=True)
        here.mkdir()
        for name, content in recording.disk.cut(moment, chance).items():
            (here / name).write_bytes(content)
        try:
            kept = read(here / "induction.db")
        except (sqlite3.DatabaseError, AssertionError):
            found.append(-1)
        else:
            found.append(lost(recording, kept, moment))
    return found


def lost(recording: Recording, kept: Kept, moment: float) -> int:
    saved = [each for each in recording.saved if each.at <= moment]
    whole = recording.whole
    ended = {attempt for attempt, step in whole.answers if attempt in whole.finished}
    last = {attempt: max(step for other, step in whole.answers if other == attempt) for attempt in ended}
    through = [each.attempt for each in saved if last.get(each.attempt) == each.step]  # acknowledged to their end
    when = {whole.finished[attempt][0] for attempt in through}
    completions = {each for each in whole.completions if each[2] in when}
    missing = [attempt for attempt in through if kept.finished.get(attempt) != whole.finished[attempt]]
    return len(kept.lacks(saved)) + len(missing) + len(completions - kept.completions)


def test_a_cut_of_the_power_loses_nothing_that_was_acknowledged(data, wise, tmp_path):
    recording = record(data, wise, SERVE, SECONDS)
    assert len(recording.whole.completions) >= 3, "there are completions to lose"
    after_start = recording.saved[0].at
    assert any(
        call.file == "induction.db 1" and call.kind == "write" and call.begun > after_start
        for call in recording.disk.calls
    ), "long enough for SQLite to move what it has written from its journal into the database"
    found = lost_in(recording, tmp_path, CUTS, random.Random(2))
    print(
        f"{len(recording.saved)} answers, {len(recording.disk.calls)} calls, {CUTS} cuts: {sum(map(bool, found))} lost"
    )
    assert found == [0] * CUTS


@pytest.mark.parametrize("synchronous", ["NORMAL", "OFF"])
def test_the_same_cuts_show_what_a_careless_setting_loses(data, wise, tmp_path, synchronous):
    recording = record(data, wise, ("-m", "tests.faults.careless", synchronous), CONTROL_SECONDS)
    found = lost_in(recording, tmp_path, CONTROL_CUTS, random.Random(2))
    print(f"{synchronous}: {len(recording.saved)} answers, {CONTROL_CUTS} cuts: {sum(map(bool, found))} lost")
    assert any(found)
