"""Backups: one file that is all that makes the school, proved, and for its owner alone."""

import errno
import os
import shutil
import zipfile
from pathlib import Path

import pytest
from sqlite_utils.utils import sqlite3

from induction.records.people import people
from induction.records.store import backup, school_file
from induction.records.store.database import Database, DatabaseDamaged, transaction
from induction.records.store.whole_files import WORKSHOP, NoRoom, sweep, workshop
from tests.cast import COURSE, own_site
from tests.records.making import NOW

OWN = {
    "courses/our-course/01-ours.md": b"Our own paragraph.\n",
    "courses/our-course/map.png": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40,
    "quizzes/our-course/01-ours.md": b"Our own scenario.\n",
    "kept/shipped.json": b"{}",
    "last-content/courses/our-course/01-ours.md": b"Our own paragraph.\n",
    "secret-key": b"ab" * 32,
}


def lay_out(folder: Path, what=OWN) -> None:
    for path, content in what.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


@pytest.fixture
def school(db, cast, tmp_path):
    """A data folder with everything in it that makes a school."""
    lay_out(tmp_path)
    return db


@pytest.fixture
def kept(school, tmp_path):
    to = tmp_path / "backups" / backup.named_for(NOW)
    assert backup.backup(school, to) == []
    return to


def taken_out(kept: Path, to: Path) -> Path:
    """What is in a backup, laid out by the standard library's own reader."""
    with zipfile.ZipFile(kept) as whole:
        whole.extractall(to)
    return to


def names(db):
    return [person.name.split()[0] for person in people.listing(db).people]


def test_a_backup_is_the_whole_school_and_for_its_owner_alone(school, kept, tmp_path):
    assert kept.name == "induction-2026-11-24T093000.000000Z.zip"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert kept.parent.stat().st_mode & 0o777 == 0o700
    assert [file.name for file in kept.parent.iterdir()] == [kept.name]
    out = taken_out(kept, tmp_path / "out")
    assert {path: (out / path).read_bytes() for path in OWN} == OWN
    copy = Database(out / "induction.db")
    for table in [row["name"] for row in school.rows("select name from sqlite_master where type = 'table'")]:
        assert copy.rows(f"select * from {table}") == school.rows(f"select * from {table}")
    assert len(copy.rows("select * from people")) == 6
    copy.close()
    assert "induction restore" in (out / school_file.ABOUT).read_text()


def test_whatever_a_running_site_makes_in_its_folder_is_in_the_backup_or_needs_no_copy(app, template, tmp_path):
    """A new file of the site's own needs a line in `school_file.PARTS`, or here."""
    data = tmp_path / "data"
    lesson = Path("courses", COURSE, "02-friend-requests.md")
    (data / lesson).parent.mkdir(parents=True)
    shutil.copy(Path(__file__).resolve().parents[2] / lesson, data / lesson)
    cast = own_site(template, data)
    cast.tess.open("/")
    backup.backup(cast.records, data / "backups" / "copy.zip")
    cast.records.close()
    need_no_copy = {"backups", "compiled", "in-use", "induction.db", "links-key"}  # a restore ends every link
    assert {path.name for path in data.iterdir()} <= {*school_file.PARTS, *need_no_copy}
    with zipfile.ZipFile(data / "backups" / "copy.zip") as whole:
        files = {path.relative_to(data).as_posix() for part in school_file.PARTS for path in [*(data / part).rglob("*"), data / part]}
        assert {each for each in files if (data / each).is_file()} <= set(whole.namelist())
        assert lesson.as_posix() in whole.namelist()


def test_a_backup_holds_what_was_answered_a_moment_ago_while_others_write(db, cast, tmp_path):
    another = Database(db.path)
    with transaction(another):  # not done yet: not in it
        another.execute("update school set name = 'Elm Park'")
        backup.backup(db, tmp_path / "copy.zip")
    another.close()
    copy = Database(taken_out(tmp_path / "copy.zip", tmp_path / "out") / "induction.db")
    assert (copy.value("select name from school"), names(copy)) == ("", names(db))
    copy.close()


def test_links_devices_and_folders_without_end_are_left_out_and_named(school, tmp_path):
    outside = tmp_path.parent / "outside.md"
    outside.write_text("not ours")
    (tmp_path / "courses" / "link.md").symlink_to(outside)
    (tmp_path / "courses" / "all").symlink_to("/dev/zero")
    (tmp_path / "courses" / "folder").symlink_to(tmp_path.parent)
    os.mkfifo(tmp_path / "courses" / "pipe.md")
    (tmp_path / "courses" / "two\nlines.md").write_text("a name in two lines")
    deep = tmp_path / "quizzes" / "/".join("abcdefghijklmnop")
    deep.mkdir(parents=True)
    (deep / "deep.md").write_text("deep")
    left_out = backup.backup(school, tmp_path / "copy.zip")
    assert [each.split(" (")[0] for each in left_out] == [
        "courses/all", "courses/folder", "courses/link.md", "courses/pipe.md", "courses/two\\nlines.md",
        "quizzes/" + "/".join("abcdefghijk"),
    ]  # fmt: skip
    out = taken_out(tmp_path / "copy.zip", tmp_path / "out")
    found = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert found == {*OWN, "induction.db", school_file.ABOUT}


def test_a_backup_never_takes_the_place_of_a_file(db, tmp_path):
    taken = tmp_path / "essay.txt"
    taken.write_text("about pupils")
    with pytest.raises(backup.BackupRefused, match="is there already"):
        backup.backup(db, taken)
    assert taken.read_text() == "about pupils"
    with pytest.raises(backup.BackupRefused, match="could not be written"):
        backup.backup(db, taken / "backup.zip")


def test_a_backup_needs_room_for_twice_the_school(school, tmp_path, monkeypatch):
    size = school_file.size(tmp_path)
    assert size > db_size(school) + sum(map(len, OWN.values())) - 1
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage._replace(free=2 * size - 1))
    with pytest.raises(NoRoom, match="too little free space to write a backup: .* are needed"):
        backup.backup(school, tmp_path / "copy.zip")
    assert not (tmp_path / "copy.zip").exists()
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage._replace(free=2 * size))
    assert backup.backup(school, tmp_path / "copy.zip") == []


def db_size(db):
    return db.path.stat().st_size


def test_more_files_than_a_restore_would_take_make_no_backup(school, tmp_path, monkeypatch):
    monkeypatch.setattr(school_file, "MOST_FILES", len(OWN) - 1)
    with pytest.raises(backup.BackupRefused, match="there are more than 5 files in courses, quizzes"):
        backup.backup(school, tmp_path / "copy.zip")
    monkeypatch.setattr(school_file, "MOST_FILES", len(OWN))
    assert backup.backup(school, tmp_path / "copy.zip") == []


def test_a_damaged_database_makes_no_backup(db, cast, tmp_path):
    root = db.value("select rootpage from sqlite_master where name = 'people_by_name'")
    db.close()
    with db.path.open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\x99" * 4096)
    with pytest.raises(DatabaseDamaged):
        backup.backup(db, tmp_path / "backups" / "copy.zip")
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_copy_that_is_not_sound_is_no_backup(db, cast, tmp_path):
    careless = sqlite3.connect(db.path)  # without foreign keys, as another program might
    careless.execute("insert into confidence_shares (person, course, reader, at) values (999, 'a', 998, '2026-11-24T09:30:00.000000Z')")
    careless.commit()
    careless.close()
    with pytest.raises(DatabaseDamaged):
        backup.backup(db, tmp_path / "backups" / "copy.zip")
    assert list((tmp_path / "backups").iterdir()) == []


@pytest.fixture
def without_links(monkeypatch):
    """A disk that knows no hard links, as a stick's file system."""

    def no(*_, **__):
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no)


def test_a_disk_without_hard_links_takes_a_backup_and_never_in_anothers_place(school, tmp_path, without_links):
    to = tmp_path / "stick" / "copy.zip"
    backup.backup(school, to)
    assert len(zipfile.ZipFile(to).namelist()) == len(OWN) + 2
    assert [each.name for each in to.parent.iterdir()] == ["copy.zip"]
    before = to.read_bytes()
    with pytest.raises(backup.BackupRefused, match="is there already"):
        backup.backup(school, to)
    assert to.read_bytes() == before


def test_what_a_killed_backup_left_is_swept_away_and_what_somebody_is_at_stays(school, tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    killed = folder / ".induction-2026-11-24T093000.000000Z.zip.0a1b2c3d.part"
    killed.mkdir()
    (killed / "induction.db").write_bytes(b"half of it")
    (folder / ".before-upgrade-2026-11-24T093000.000000Z.db.0a1b2c3d.part").write_bytes(b"of version 1.1")
    (folder / ".somebody-elses.part").write_bytes(b"a download")
    with workshop(folder / "at-work") as at_work:
        backup.backup(school, folder / "copy.zip")
        assert sorted(each.name for each in folder.iterdir()) == sorted([".somebody-elses.part", at_work.name, "copy.zip"])
        assert WORKSHOP.fullmatch(at_work.name)
    sweep(folder)
    assert sorted(each.name for each in folder.iterdir()) == [".somebody-elses.part", "copy.zip"]
