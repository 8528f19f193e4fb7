"""Litestream copies a running site; the machine dies; elsewhere nothing that was acknowledged and copied is lacking."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.learner import Learner, read
from tests.faults.server import Server, command
from tests.faults.test_killed import answer_until

ROOT = Path(__file__).resolve().parents[2]
LITESTREAM = Path(sys.executable).parent / "litestream"


def settings(folder: Path, data: Path, replica: str) -> Path:
    """deploy/litestream.yml with the paths of this test."""
    text = (ROOT / "deploy/litestream.yml").read_text()
    for theirs, ours in {
        "/var/lib/induction": str(data), "/mnt/backup/litestream": replica, "/run/induction-litestream/socket": str(folder / "socket"),
    }.items():  # fmt: skip
        assert theirs in text
        text = text.replace(theirs, ours)
    (folder / "litestream.yml").write_text(text)
    return folder / "litestream.yml"


@contextmanager
def replicating(config: Path) -> Iterator[subprocess.Popen[bytes]]:
    log = (config.parent / "litestream.log").open("wb")
    program = subprocess.Popen([LITESTREAM, "replicate", "-config", config], stdout=log, stderr=log)
    try:
        yield program
    finally:
        program.kill()
        program.wait()
        log.close()


def copied(folder: Path, data: Path) -> None:
    """Returns once all that was written up to now is in the replica."""
    until = time.monotonic() + 60
    while True:
        done = subprocess.run(
            [LITESTREAM, "sync", "-wait", "-socket", folder / "socket", data / "induction.db"], capture_output=True, text=True
        )
        if done.returncode == 0:
            return
        assert time.monotonic() < until, done.stderr + (folder / "litestream.log").read_text()
        time.sleep(0.1)


@pytest.fixture
def work(tmp_path):
    folder = tmp_path / "litestream"
    folder.mkdir()
    return folder


def test_a_machine_that_dies_loses_nothing_that_was_copied(data, wise, work, tmp_path):
    config = settings(work, data, str(tmp_path / "replica"))
    with Server(data) as server, replicating(config) as litestream:
        learners = [Learner(server.sign_in(who), wise) for who in ("tess", "sam", "s1", "s2")]
        stop, wrong = threading.Event(), []
        threads = [threading.Thread(target=answer_until, args=(learner, stop, wrong)) for learner in learners]
        for thread in threads:
            thread.start()
        wait_for(learners, 40)
        before = [each for learner in learners for each in list(learner.saved)]
        copied(work, data)  # while they go on
        wait_for(learners, len(before) + 10)
        litestream.send_signal(signal.SIGKILL)
        server.kill()
        stop.set()
        for thread in threads:
            thread.join()
        assert not wrong, wrong
    shutil.rmtree(data)
    come_back(config, data, tmp_path, before)


def wait_for(learners: list[Learner], count: int) -> None:
    until = time.monotonic() + 60
    while sum(len(learner.saved) for learner in learners) < count:
        assert time.monotonic() < until
        time.sleep(0.02)


def come_back(config: Path, data: Path, tmp_path: Path, saved: list) -> None:
    """As docs/running.md says, on an empty machine."""
    out = tmp_path / "fetched.db"
    subprocess.run([LITESTREAM, "restore", "-config", config, "-o", out, data / "induction.db"], check=True, capture_output=True)
    done = command(data, "restore", str(out))
    assert done.returncode == 0, done.stderr
    kept = read(data / "induction.db")
    print(f"{len(saved)} answers acknowledged and copied before the machine died")
    assert kept.lacks(saved) == []
    doctor = command(data, "doctor")
    assert doctor.returncode == 0, doctor.stdout


def test_after_coming_back_it_goes_on_into_the_same_place(data, wise, work, tmp_path):
    config = settings(work, data, str(tmp_path / "replica"))
    with Server(data) as server, replicating(config):
        first = Learner(server.sign_in("tess"), wise)
        while len(first.saved) < 3:
            first.answer()
        copied(work, data)
        server.kill()
    shutil.rmtree(data)
    come_back(config, data, tmp_path, first.saved)
    with Server(data) as server, replicating(config):
        second = Learner(server.sign_in("sam"), wise)
        while len(second.saved) < 3:
            second.answer()
        copied(work, data)
        server.kill()
    shutil.rmtree(data)
    (tmp_path / "fetched.db").unlink()
    come_back(config, data, tmp_path, [*first.saved, *second.saved])
