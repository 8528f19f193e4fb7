"""The backup of a night is killed (kill -9) at each of its steps, and made by two servers at once: whole, once, nothing left about."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from induction.records.store import backup
from induction.records.store.database import Database
from induction.records.store.restore import restore
from induction.services import backups
from tests.faults.server import at_once
from tests.forks import Forks

NIGHT = (datetime.now(UTC) + timedelta(days=2)).replace(hour=3, minute=0)


@pytest.fixture
def stick():
    folder = Path(tempfile.mkdtemp(dir="/dev/shm", prefix="induction-test-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


DEEDS = {"open", "os.link", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.rmtree", "sqlite3.connect"}


def night(data: str, at: str, copy: str, step: int) -> None:
    """Make the backup of a night; killed (kill -9) before its STEPth deed on the disk, where there is a step."""
    db = Database(Path(data) / "induction.db")
    if step:
        sys.addaudithook(Killer(step))
    backups.keep(db, datetime.fromisoformat(at), copy_to=Path(copy))
    db.close()


def keep(server: Forks, data: Path, stick: Path, number: int, step: int = 0) -> int:
    """The backup of that night, by a process that a server forks; its exit code."""
    return server.call(str(data), (NIGHT + timedelta(days=number)).isoformat(), str(stick), step)


class Killer:
    def __init__(self, step: int) -> None:
        self.left = step

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if event in DEEDS:
            self.left -= 1
            if self.left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


def named(folder: Path) -> list[Path]:
    """The backups that have their names, in the folder or in the school's own beneath it."""
    return [path for path in folder.glob("**/daily-*") if not path.parent.name.startswith(".")]


def nights(folder: Path) -> list[str]:
    return sorted(path.name[: len("daily-2026-11-29")] for path in named(folder))


def all_whole(folder: Path) -> bool:
    return all(zipfile.ZipFile(file).testzip() is None for file in named(folder))


@pytest.fixture
def server():
    with Forks(night) as forks:
        yield forks


def test_killed_at_each_step_a_night_has_one_whole_backup_here_and_there(data, stick, server, tmp_path):
    here, number, code = data / backup.FOLDER, 0, -signal.SIGKILL
    while code == -signal.SIGKILL:
        code = keep(server, data, stick, number, step=number + 1)
        assert all_whole(here) and all_whole(stick), f"killed before step {number + 1}, half a backup has a name"
        assert keep(server, data, stick, number) == 0
        assert len(nights(here)) == len(set(nights(here))) > 0
        assert nights(stick) == nights(here), f"killed before step {number + 1}"
        assert not [path for folder in (here, stick, data) for path in folder.glob("**/.*.part")], "nothing lies about"
        number += 1
    print(f"killed {number - 1} times, before each of its steps")
    assert code == 0 and number > 20
    (tmp_path / "new").mkdir()
    restore(max(named(here)), tmp_path / "new", NIGHT + timedelta(days=300))
    db = Database(data / "induction.db", looking=True)
    assert db.value("select count(*) from backup_runs where words <> ''") == 0
    db.close()


def test_two_servers_make_one(data, stick, server):
    with Forks(night) as other:
        for number in range(4):
            calls = [lambda who=who, number=number: keep(who, data, stick, number) for who in (server, other)]
            assert at_once(*calls) == [0, 0]
            keep(server, data, stick, number)
            assert len(nights(data / backup.FOLDER)) == number + 1 and nights(stick) == nights(data / backup.FOLDER)
    db = Database(data / "induction.db", looking=True)
    assert db.value("select count(*) from backup_runs") == 4 == db.value("select count(*) from backup_copies")
    db.close()
