"""The backup of a night is killed (kill -9) at each of its steps, and made by two servers at once: whole, once, nothing left about."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from induction.records.store import backup
from induction.records.store.database import Database
from induction.records.store.restore import restore
from induction.settings import HOME
from tests.faults.server import at_once

NIGHT = (datetime.now(UTC) + timedelta(days=2)).replace(hour=3, minute=0)


@pytest.fixture
def stick():
    folder = Path(tempfile.mkdtemp(dir="/dev/shm", prefix="induction-test-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def keep(data: Path, stick: Path, night: int, step: int | None = None) -> int:
    """Make the backup of that night; the exit code."""
    words = [str(data), (NIGHT + timedelta(days=night)).isoformat(), str(stick), *([str(step)] if step else [])]
    environment = {**os.environ, "PYTHONPATH": str(HOME)}
    done = subprocess.run([sys.executable, "-m", "tests.faults.nightly", *words], cwd=HOME, env=environment, capture_output=True, text=True)
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.returncode


def named(folder: Path) -> list[Path]:
    """The backups that have their names, in the folder or in the school's own beneath it."""
    return [path for path in folder.glob("**/daily-*") if not path.parent.name.startswith(".")]


def nights(folder: Path) -> list[str]:
    return sorted(path.name[: len("daily-2026-11-29")] for path in named(folder))


def all_whole(folder: Path) -> bool:
    return all(zipfile.ZipFile(file).testzip() is None for file in named(folder))


def test_killed_at_each_step_a_night_has_one_whole_backup_here_and_there(data, stick, tmp_path):
    here, night, kills = data / backup.FOLDER, 0, 0
    for step in range(1, 200):
        code = keep(data, stick, night, step)
        assert all_whole(here) and all_whole(stick), f"killed before step {step}, half a backup has a name"
        if code == 0:
            break
        kills += 1
        assert keep(data, stick, night) == 0
        assert len(nights(here)) == len(set(nights(here))) > 0
        assert nights(stick) == nights(here), f"killed before step {step}"
        assert not [path for folder in (here, stick, data) for path in folder.glob("**/.*.part")], "nothing lies about"
        night += 1
    print(f"killed {kills} times, before each of its steps")
    assert 20 < kills < 199
    newest = max(here.glob("daily-*"))
    (tmp_path / "new").mkdir()
    restore(newest, tmp_path / "new", NIGHT + timedelta(days=300))
    db = Database(data / "induction.db", looking=True)
    assert db.value("select count(*) from backup_runs where words <> ''") == 0
    db.close()


def test_two_servers_make_one(data, stick):
    for night in range(4):
        assert at_once(*[lambda night=night: keep(data, stick, night)] * 3) == [0, 0, 0]
        keep(data, stick, night)
        assert len(nights(data / backup.FOLDER)) == night + 1 and nights(stick) == nights(data / backup.FOLDER)
    db = Database(data / "induction.db", looking=True)
    assert db.value("select count(*) from backup_runs") == 4 == db.value("select count(*) from backup_copies")
    db.close()
