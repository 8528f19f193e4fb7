"""Backups and the way back: whole, proved, and never over a running server."""

import shutil
import subprocess
import sys
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from sqlite_utils import Migrations
from sqlite_utils.utils import sqlite3

from induction.learning.people import Role
from induction.records import attempts, backup, links, lock, migrations, people, sessions
from induction.records.database import (
    Database,
    DatabaseDamaged,
    DatabaseFault,
    DatabaseMissing,
    DatabaseNewer,
    NotOurDatabase,
    transaction,
)
from induction.records.restore import AnotherSchool, OlderBackup, restore
from tests.records.making import NOW, add_cast, open_new, publish, save_answer, start_attempt

ROOT = Path(__file__).resolve().parents[2]
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def kept(db, cast, tmp_path):
    """A backup that was made while there were sessions and links."""
    with transaction(db):
        sessions.start(db, cast.tess.id, device="", now=NOW)
        links.make(db, links.LinkKind.RESET, cast.tess.id, NOW)
    return backup.backup(db, tmp_path / "backups" / backup.named_for(NOW))


def add_eve(db, now=LATER):
    with transaction(db):
        return people.add(db, email="eve@school.example", name="Eve", role=Role.TEACHER, now=now)


def names(db):
    return [person.name.split()[0] for person in people.listing(db).people]


def files(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_backup_is_whole_sound_and_for_its_owner_alone(db, cast, kept):
    assert kept.name == "induction-2026-11-24T093000.000000Z.db"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert kept.parent.stat().st_mode & 0o777 == 0o700
    assert [file.name for file in kept.parent.iterdir()] == [kept.name]
    copy = Database(kept)
    tables = [row["name"] for row in db.rows("select name from sqlite_master where type = 'table'")]
    for table in tables:
        assert copy.rows(f"select * from {table}") == db.rows(f"select * from {table}")
    assert len(copy.rows("select * from people")) == 6
    copy.close()


def test_a_backup_holds_what_was_answered_a_moment_ago_while_others_write(db, cast, tmp_path):
    another = Database(db.path)
    with transaction(another):  # not done yet: not in it
        another.execute("update school set name = 'Elm Park'")
        to = backup.backup(db, tmp_path / "copy.db")
    another.close()
    copy = Database(to)
    assert (copy.value("select name from school"), names(copy)) == ("", names(db))
    copy.close()


def test_a_backup_never_takes_the_place_of_a_file(db, tmp_path):
    taken = tmp_path / "essay.txt"
    taken.write_text("about pupils")
    with pytest.raises(backup.BackupRefused, match="is there already"):
        backup.backup(db, taken)
    assert taken.read_text() == "about pupils"
    with pytest.raises(backup.BackupRefused, match="could not be written"):
        backup.backup(db, taken / "backup.db")


def test_a_backup_needs_room_for_twice_the_database(db, tmp_path, monkeypatch):
    size = backup.size(db.path)
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage._replace(free=2 * size - 1))
    with pytest.raises(backup.NoRoom, match="too little free space"):
        backup.backup(db, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage._replace(free=2 * size))
    assert backup.backup(db, tmp_path / "copy.db").exists()


def test_a_damaged_database_makes_no_backup(db, cast, tmp_path):
    root = db.value("select rootpage from sqlite_master where name = 'people_by_name'")
    db.close()
    with db.path.open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\x99" * 4096)
    with pytest.raises(DatabaseDamaged):
        backup.backup(db, tmp_path / "backups" / "copy.db")
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_copy_that_is_not_sound_is_no_backup(db, cast, tmp_path):
    careless = sqlite3.connect(db.path)  # without foreign keys, as another program might
    careless.execute("insert into confidence_shared (person, course, at) values (999, 'a', '2026-11-24T09:30:00.000000Z')")
    careless.commit()
    careless.close()
    with pytest.raises(DatabaseDamaged):
        backup.backup(db, tmp_path / "backups" / "copy.db")
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_restore_brings_back_what_was_there_and_signs_everybody_out(db, cast, kept, tmp_path):
    add_eve(db)
    db.close()
    restored = restore(kept, tmp_path, LATER, older=True)
    assert (restored.latest, restored.lost_after) == (NOW, LATER)
    back = open_new(tmp_path)
    assert names(back) == ["Lou", "Max", "Nia", "Sam", "Tess"]
    assert back.rows("select * from sessions") == back.rows("select * from links") == []
    back.close()
    aside = Database(restored.replaced)
    assert names(aside) == ["Eve", "Lou", "Max", "Nia", "Sam", "Tess"]
    assert len(aside.rows("select * from sessions")) == 1
    aside.close()
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["in-use", "induction.db"]
    assert (tmp_path / "induction.db").stat().st_mode & 0o777 == 0o600


def test_an_older_backup_is_refused_unless_it_is_meant(db, cast, kept, tmp_path):
    add_eve(db)
    db.close()
    before = files(tmp_path)
    with pytest.raises(OlderBackup, match="ends at 2026-11-24 09:30:00 UTC; the present records go on to .* 10:30:00"):
        restore(kept, tmp_path, LATER)
    assert {name: data for name, data in files(tmp_path).items() if name != "in-use"} == before
    assert names(open_new(tmp_path)) == ["Eve", "Lou", "Max", "Nia", "Sam", "Tess"]


@pytest.mark.parametrize("what", ["an answer", "a result", "a choice of policy"])
def test_whatever_happened_since_makes_a_backup_older(db, cast, kept, tmp_path, what):
    with transaction(db):
        attempt = start_attempt(db, cast.tess)
        if what == "an answer":
            save_answer(db, attempt, now=LATER)
        elif what == "a result":
            attempts.finish(db, attempt, mark=Fraction(1), percent=100, breaches=0, passed=True, now=LATER)
        else:
            publish(db, {"phones": "never"}, cast.lou, LATER)
    db.close()
    with pytest.raises(OlderBackup):
        restore(kept, tmp_path, LATER)


def test_a_backup_as_new_as_the_records_needs_no_word_more(db, cast, kept, tmp_path):
    db.close()
    assert restore(kept, tmp_path, LATER).lost_after is None


def test_a_restore_into_an_empty_folder(kept, tmp_path):
    fresh = tmp_path / "another-machine"
    fresh.mkdir()
    assert restore(kept, fresh, LATER).replaced is None
    assert len(names(open_new(fresh))) == 5


@pytest.mark.parametrize("ending", ["-wal", "-journal", "-shm"])
@pytest.mark.parametrize("what", ["cut off", "a picture"])
def test_a_restore_over_a_database_that_is_lost_keeps_it_with_what_lay_beside_it(db, kept, tmp_path, what, ending):
    db.close()
    for path in tmp_path.glob("induction.db-*"):
        path.unlink()
    lost = db.path.read_bytes()[:5000] if what == "cut off" else b"\xff\xd8\xff\xe0" * 3000
    db.path.write_bytes(lost)
    stale = db.path.with_name(db.path.name + ending)
    stale.write_bytes(b"of another time" * 1000)
    restored = restore(kept, tmp_path, LATER)
    assert restored.replaced.read_bytes() == lost
    assert not stale.exists()
    assert len(names(open_new(tmp_path))) == 5


def test_a_backup_of_another_school_is_refused(db, cast, kept, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    other = open_new(elsewhere)
    restored_over_nobody = elsewhere / "induction.db"
    add_cast(other)
    other.close()
    before = restored_over_nobody.read_bytes()
    with pytest.raises(AnotherSchool):
        restore(kept, elsewhere, LATER, older=True)
    assert restored_over_nobody.read_bytes() == before
    (tmp_path / "new").mkdir()
    open_new(tmp_path / "new").close()  # nobody has set it up yet
    restore(kept, tmp_path / "new", LATER)
    assert len(names(open_new(tmp_path / "new"))) == 5


def damaged(kept, tmp_path):
    path = tmp_path / "damaged.db"
    data = bytearray(kept.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 4096] = b"\x99" * 4096
    path.write_bytes(data)
    return path


def newer(kept, tmp_path):
    later = Migrations("induction")
    later(name="m001_people_school_learning")(migrations.m001_people_school_learning)
    later(name="m999_a_step_of_the_future")(lambda connection: connection.execute("create table later (a text)"))
    (tmp_path / "future").mkdir()
    migrations.open_database(tmp_path / "future" / "induction.db", NOW, later).close()
    return tmp_path / "future" / "induction.db"


def picture(kept, tmp_path):
    path = tmp_path / "picture.jpg"
    path.write_bytes(b"\xff\xd8\xff\xe0" * 4000)
    return path


def cut_off(kept, tmp_path):
    path = tmp_path / "cut-off.db"
    path.write_bytes(kept.read_bytes()[:30_000])
    return path


def missing(kept, tmp_path):
    return tmp_path / "nowhere.db"


@pytest.mark.parametrize(
    "make, fault",
    [(damaged, DatabaseDamaged), (newer, DatabaseNewer), (picture, NotOurDatabase), (cut_off, DatabaseDamaged),
     (missing, DatabaseMissing)],
)
def test_what_is_no_sound_backup_of_ours_is_refused(db, cast, kept, tmp_path, make, fault):
    file = make(kept, tmp_path)
    add_eve(db)
    with pytest.raises(fault):
        restore(file, tmp_path, LATER, older=True)
    assert "Eve" in names(db)
    with transaction(db):  # and it is the same database that goes on
        people.deactivate(db, cast.sam.id, now=NOW)


def test_an_old_backup_comes_back_in_the_present_schema(db, cast, kept, tmp_path, monkeypatch):
    """As if this program had one more step than the one that made the backup."""
    later = Migrations("induction")
    for step in (
        migrations.m001_people_school_learning, migrations.m002_policy_register_courses, migrations.m003_who_somebody_was
    ):
        later(name=step.__name__)(step)
    later(name="m004_a_later_step")(lambda connection: connection.execute("alter table people add column phone text"))
    upgrade = migrations.open_database
    monkeypatch.setattr("induction.records.restore.open_database", lambda path, now: upgrade(path, now, later))
    db.close()
    restore(kept, tmp_path, LATER)
    back = migrations.open_database(tmp_path / "induction.db", NOW, later)
    assert back.value("select phone from people where id = ?", [cast.tess.id]) is None
    assert back.value("pragma user_version") == 4
    back.close()


SERVE = """
import sys, time
from pathlib import Path
from induction.records import lock
with lock.serving(Path(sys.argv[1])):
    print("serving", flush=True)
    time.sleep(60)
"""


def test_a_restore_waits_for_no_server_and_a_killed_one_lets_go(db, cast, kept, tmp_path):
    db.close()
    server = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert server.stdout.readline() == "serving\n"
        with pytest.raises(lock.ServerRunning):
            restore(kept, tmp_path, LATER)
        with lock.serving(tmp_path):  # another server may join
            pass
    finally:
        server.kill()
        server.communicate()
    restore(kept, tmp_path, LATER)


def test_no_server_starts_during_a_restore(tmp_path):
    with lock.alone(tmp_path):
        with pytest.raises(lock.FolderTaken, match="restore"), lock.serving(tmp_path):
            pass
        with pytest.raises(lock.ServerRunning), lock.alone(tmp_path):
            pass
    with lock.serving(tmp_path), pytest.raises(lock.ServerRunning), lock.alone(tmp_path):
        pass
    with lock.alone(tmp_path):
        pass


def test_a_folder_that_is_not_there_is_said(kept, tmp_path):
    with pytest.raises(DatabaseFault, match="could not be put in place"):
        restore(kept, tmp_path / "nowhere", LATER)
