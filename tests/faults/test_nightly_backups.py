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
from induction.services import backup_findings, backups
from tests.faults.server import at_once
from tests.faults.test_disk import as_root, fill, mounted
from tests.forks import Forks

__all__ = ["as_root"]

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


# Real disks


@pytest.fixture
def db(data):
    db = Database(data / "induction.db")
    yield db
    db.close()


def later(hours: int) -> datetime:
    return NIGHT + timedelta(hours=hours)


def told(db: Database, name: str, now: datetime) -> str:
    """What is wrong with it, in words."""
    finding = next(each for each in backup_findings.look(db, now) if each.name == name)
    assert not finding.ok and finding.what_to_do
    return finding.words


def test_a_stick_that_is_full_read_only_and_pulled_out(as_root, db, data, tmp_path):
    stick = tmp_path / "stick"
    with mounted(stick, "-t", "tmpfs", "-o", "size=1m", "none"):
        filler = fill(stick)
        backups.keep(db, later(0), copy_to=stick)
        assert "too little free space to copy the backup" in told(db, "copy elsewhere", later(0)) and named(stick) == []
        filler.unlink()
        backups.keep(db, later(2), copy_to=stick)
        assert len(named(stick)) == 1
        remount(stick, "ro")
        backups.keep(db, later(24), copy_to=stick)
        assert "can only be read" in told(db, "copy elsewhere", later(24)) and len(named(stick)) == 1
        remount(stick, "rw")
        backups.keep(db, later(26), copy_to=stick)
        assert len(named(stick)) == 2
    backups.keep(db, later(48), copy_to=stick)
    assert "lies on the server’s own disk" in told(db, "copy elsewhere", later(48)) and list(stick.iterdir()) == []
    stick.rmdir()
    backups.keep(db, later(50), copy_to=stick)
    assert "is not there" in told(db, "copy elsewhere", later(50))
    assert len(named(data / backup.FOLDER)) == 3, "those at home are made all the same"


def test_a_folder_for_backups_on_a_disk_of_its_own_that_is_full_or_read_only(as_root, db, data, stick):
    here = data / backup.FOLDER
    with mounted(here, "-t", "tmpfs", "-o", "size=3m,mode=700", "none"):
        filler = fill(here)
        backups.keep(db, later(0), copy_to=stick)
        assert "too little free space to write a backup" in told(db, "backups", later(0)) and named(here) == []
        filler.unlink()
        backups.keep(db, later(2), copy_to=stick)
        assert len(named(here)) == len(named(stick)) == 1
        remount(here, "ro")
        backups.keep(db, later(24), copy_to=stick)
        assert "Read-only file system" in told(db, "backups", later(24))
        assert len(named(here)) == len(named(stick)) == 1


def test_with_backups_on_another_disk_a_restore_keeps_aside_what_was_there(as_root, db, data):
    here = data / backup.FOLDER
    with mounted(here, "-t", "tmpfs", "-o", "size=9m,mode=700", "none"):
        backups.keep(db, later(0))
        people = db.value("select count(*) from people")
        db.close()
        done = restore(max(named(here)), data, later(1))
        assert done.replaced == data / done.replaced.name and (done.replaced / "induction.db").exists()
        again = restore(done.replaced, data, later(2), older=True)
        assert again.replaced != done.replaced and db.path.stat().st_size
    back = Database(data / "induction.db", looking=True)
    assert back.value("select count(*) from people") == people
    back.close()


def remount(folder: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", str(folder)], check=True)
