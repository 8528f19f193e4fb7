"""The database itself: its settings, its one way to write, and what it does when things go wrong."""

import os
import shutil
import sys
import tempfile
import threading
from pathlib import Path

import pytest
from sqlite_utils.utils import sqlite3

from induction.records.people import people
from induction.records.store.database import (
    Database,
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseFault,
    DatabaseFull,
    DatabaseMissing,
    DatabaseReadOnly,
    NotOurDatabase,
    RuleBroken,
    UnfitValue,
    check_writable,
    together,
    transaction,
)
from induction.records.store.migrations import open_database
from tests.forks import Forks
from tests.records.making import NOW, open_new


def rename(db, name):
    return db.execute("update school set name = ?", [name])


def named(db):
    return db.value("select name from school")


def in_another_thread(work):
    """Run `work` in a thread of its own, and with it on a connection of its own."""
    result = []
    thread = threading.Thread(target=lambda: result.append(work()))
    thread.start()
    thread.join()
    return result[0]


def test_the_settings_that_lose_nothing_are_in_force_in_each_thread(db):
    def settings():
        names = ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers", "busy_timeout", "query_only")
        found = {name: db.value(f"pragma {name}") for name in names}
        db.close()
        return found

    safe_wal = sqlite3.sqlite_version_info >= (3, 51, 3)
    expected = {
        "journal_mode": "wal" if safe_wal else "truncate",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "busy_timeout": 10_000,
        "query_only": 1,
    }
    assert settings() == expected
    assert in_another_thread(settings) == expected


def test_a_transaction_is_kept_whole_and_seen_by_others_after_it(db):
    with transaction(db):
        rename(db, "Oakfield")
        assert in_another_thread(lambda: (named(db), db.close())[0]) == ""
    assert in_another_thread(lambda: (named(db), db.close())[0]) == "Oakfield"


def test_an_error_takes_back_everything(db):
    with pytest.raises(ZeroDivisionError), transaction(db):
        rename(db, "Oakfield")
        assert named(db) == "Oakfield"
        raise ZeroDivisionError
    assert named(db) == ""
    with transaction(db):  # and the connection is as good as before
        rename(db, "Elm Park")
    assert named(db) == "Elm Park"


def test_a_change_outside_a_transaction_is_refused(db):
    with pytest.raises(RuntimeError, match="outside"):
        rename(db, "Oakfield")
    with pytest.raises(DatabaseReadOnly):
        db.rows("update school set name = 'Oakfield' returning name")
    with transaction(db):
        rename(db, "Elm Park")
    with pytest.raises(DatabaseReadOnly):  # nor after one
        db.rows("update school set name = 'Oakfield' returning name")
    assert named(db) == "Elm Park"


def test_transactions_do_not_nest(db):
    with transaction(db):
        rename(db, "Oakfield")
        with pytest.raises(RuntimeError, match="inside"), transaction(db):
            pass
    assert named(db) == "Oakfield"


def test_many_deeds_together_are_one_change(db):
    with together(db):
        with transaction(db):
            rename(db, "Oakfield")
        with transaction(db):
            rename(db, "Elm Park")
        assert in_another_thread(lambda: named(db)) == "", "nothing of it is there before all of it is"
    assert in_another_thread(lambda: named(db)) == "Elm Park"
    with pytest.raises(LookupError), together(db):
        with transaction(db):
            rename(db, "Highmoor")
        raise LookupError
    assert named(db) == "Elm Park"
    with transaction(db), pytest.raises(RuntimeError, match="inside"), transaction(db):
        pass


def test_a_table_named_wrong_is_refused_and_not_made(db):
    tables = db.rows("select name from sqlite_master")
    with transaction(db), pytest.raises(DatabaseFault):
        db.execute("insert into peopel (name) values ('Tess')")
    assert db.rows("select name from sqlite_master") == tables
    assert not hasattr(db, "__getitem__")


@pytest.mark.parametrize("value", ["Oak\0field", "Oak\ud800field", 2**63])
def test_a_value_that_cannot_be_kept_is_refused_and_nothing_changed(db, value):
    with pytest.raises(UnfitValue), transaction(db):
        db.execute("update school set revision = 7")
        rename(db, value)
    assert db.row("select name, revision from school") == {"name": "", "revision": 1}
    with pytest.raises(UnfitValue):
        people.find(db, value)


def test_who_waits_too_long_for_another_writer_is_told(db):
    def try_to_write():
        try:
            with transaction(db, wait=0):
                rename(db, "Elm Park")
        except DatabaseBusy as fault:
            return str(fault)
        finally:
            db.close()

    with transaction(db):
        rename(db, "Oakfield")
        assert "busy" in in_another_thread(try_to_write)
    assert named(db) == "Oakfield"
    assert in_another_thread(try_to_write) is None
    assert named(db) == "Elm Park"


def test_two_threads_that_read_in_order_to_write_lose_nothing(db):
    def count_up():
        for _ in range(100):
            with transaction(db):
                revision = db.value("select revision from school")
                db.execute("update school set revision = ?", [revision + 1])
        db.close()

    threads = [threading.Thread(target=count_up) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert db.value("select revision from school") == 201


def test_a_full_disk_is_said_and_what_was_there_stays(db):
    db.rows(f"pragma max_page_count = {db.value('pragma page_count')}")  # SQLite then meets a disk with no page left
    with pytest.raises(DatabaseFull, match="full"), transaction(db):
        rename(db, "Oakfield")
        db.execute("update school set words = json_object('a', hex(zeroblob(100000)))")
    assert named(db) == ""


def test_a_database_that_cannot_be_written_still_reads(db, tmp_path):
    """As another user, since the superuser may write anything."""
    with transaction(db):
        rename(db, "Oakfield")
    db.close()
    with tempfile.TemporaryDirectory() as folder, Forks(reads_but_does_not_write) as forks:
        shutil.copy2(tmp_path / "induction.db", folder)
        Path(folder, "induction.db").chmod(0o444)
        Path(folder).chmod(0o555)
        assert forks.call(folder) == 7


def reads_but_does_not_write(folder):
    """Ends the process with 7 where that is so."""
    if os.geteuid() == 0:
        os.setuid(65534)
    db = Database(Path(folder, "induction.db"))
    try:
        with transaction(db):
            rename(db, "Elm Park")
    except (DatabaseReadOnly, DatabaseMissing):  # without the right to make its -wal, WAL can't even be opened
        sys.exit(7)


def test_a_file_that_is_moved_away_or_replaced_takes_no_more_answers(db, tmp_path):
    with transaction(db):
        rename(db, "Oakfield")
    db.path.rename(tmp_path / "elsewhere.db")
    with pytest.raises(DatabaseMissing), transaction(db):
        rename(db, "Elm Park")
    (tmp_path / "other").mkdir()
    open_new(tmp_path / "other").close()
    (tmp_path / "other" / "induction.db").rename(db.path)
    with pytest.raises(DatabaseMissing), transaction(db):
        rename(db, "Elm Park")
    with pytest.raises(DatabaseMissing):
        in_another_thread_raising(lambda: named(db))
    assert named(db) == "Oakfield"  # what was open reads on


def in_another_thread_raising(work):
    def caught():
        try:
            return work()
        except Exception as fault:
            return fault

    result = in_another_thread(caught)
    if isinstance(result, Exception):
        raise result


def test_a_picture_is_refused_and_left_alone(tmp_path):
    picture = tmp_path / "induction.db"
    picture.write_bytes(b"\xff\xd8\xff\xe0" + b"JFIF" * 3000)
    with pytest.raises(NotOurDatabase):
        open_database(picture, NOW)
    assert picture.read_bytes() == b"\xff\xd8\xff\xe0" + b"JFIF" * 3000


def test_a_database_of_something_else_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "induction.db"
    other = sqlite3.connect(path)
    other.execute("create table bookmarks (url text)")
    other.commit()
    other.close()
    before = path.read_bytes()
    with pytest.raises(NotOurDatabase):
        open_database(path, NOW)
    assert path.read_bytes() == before


@pytest.mark.parametrize("kept", [0, 100, 4096, 40_000])
def test_a_truncated_database_never_becomes_a_fresh_one(tmp_path, kept):
    open_new(tmp_path).close()
    path = tmp_path / "induction.db"
    assert path.stat().st_size > 40_000
    os.truncate(path, kept)
    with pytest.raises(DatabaseDamaged, match="damaged"):
        open_database(path, NOW)
    assert path.stat().st_size == kept


def test_damage_inside_is_named_when_it_is_met(db, cast):
    root = db.value("select rootpage from sqlite_master where name = 'people'")
    db.close()
    with db.path.open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\x99" * 4096)
    with pytest.raises(DatabaseDamaged):
        people.listing(db)


@pytest.mark.parametrize("ending", ["-wal", "-journal"])
def test_a_journal_without_its_database_stops_the_start(tmp_path, ending):
    remains = tmp_path / f"induction.db{ending}"
    remains.write_bytes(b"records may be in here")
    with pytest.raises(DatabaseMissing, match="missing"):
        open_new(tmp_path)
    assert not (tmp_path / "induction.db").exists()
    remains.unlink()
    open_new(tmp_path).close()


def test_a_database_is_for_its_owner_alone(db):
    check_writable(db, NOW)
    assert [oct(file.stat().st_mode & 0o777) for file in db.path.parent.iterdir()] == ["0o600"] * len(
        list(db.path.parent.iterdir())
    )


def test_a_real_write_proves_that_writing_works(db):
    check_writable(db, NOW)
    assert db.value("select at from pulse") == "2026-11-24T09:30:00.000000Z"
    with pytest.raises(RuleBroken), transaction(db):
        db.execute("insert into pulse (id) values (2)")
