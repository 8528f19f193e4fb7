"""The schema's history: one start after another reaches the same schema, and nothing is lost on the way."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlite_utils
from sqlite_utils import Migrations

from induction.records import attempts, migrations, people, policy
from induction.records.database import Database, DatabaseFault, DatabaseNewer, transaction
from tests.records.making import NOW, SHA256, WORDS, add_cast, open_new

ROOT = Path(__file__).resolve().parents[2]
OPEN_AT_ONCE = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from induction.records.migrations import open_database
time.sleep(max(0, float(sys.argv[2]) - time.time()))
db = open_database(Path(sys.argv[1]), datetime.now(UTC))
print(db.value("select key from school"))
"""


def a_later_schema(change):
    """The present history with one more step."""
    later = Migrations("induction")
    for step in (
        migrations.m001_people_school_learning, migrations.m002_policy_register_courses, migrations.m003_who_somebody_was
    ):
        later(name=step.__name__)(step)
    later(name="m999_a_step_of_the_future")(change)
    return later


def test_a_start_makes_the_schema_and_the_next_one_finds_it(tmp_path):
    db = open_new(tmp_path)
    assert migrations.pending(db) == []
    before = db.rows("select name, sql from sqlite_master")
    key = db.value("select key from school")
    db.close()
    db = open_new(tmp_path)
    assert db.rows("select name, sql from sqlite_master") == before
    assert db.value("select key from school") == key
    assert not (tmp_path / "backups").exists()
    db.close()


def test_processes_that_start_at_once_make_one_database(tmp_path):
    at = str(time.time() + 1.0)
    path = tmp_path / "induction.db"
    started = [
        subprocess.Popen(
            [sys.executable, "-c", OPEN_AT_ONCE, str(path), at], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    said = [process.communicate()[0] for process in started]
    assert [process.returncode for process in started] == [0] * 2
    assert len(set(said)) == 1 and said[0].strip()
    assert [file.name for file in tmp_path.iterdir() if file.name.endswith(".part")] == []


def test_an_upgrade_backs_up_first_and_keeps_what_is_there(tmp_path):
    db = open_new(tmp_path)
    cast = add_cast(db)
    db.close()
    later = a_later_schema(lambda connection: connection.execute("alter table people add column phone text"))
    db = migrations.open_database(tmp_path / "induction.db", NOW, later)
    assert db.row("select name, phone from people where id = ?", [cast.tess.id]) == {
        "name": "Tess Okafor",
        "phone": None,
    }
    db.close()
    [before] = (tmp_path / "backups").iterdir()
    assert before.name == "before-upgrade-2026-11-24T093000.000000Z.db"
    old = Database(before)
    assert people.find(old, cast.tess.id) == people.find(db, cast.tess.id)
    with pytest.raises(DatabaseFault):
        old.value("select phone from people")
    old.close()
    db.close()


def test_the_first_release_becomes_the_second(tmp_path):
    """A school that chose stances before there were texts keeps them; nothing is asked of anybody for them."""
    first = Migrations("induction")
    first(name="m001_people_school_learning")(migrations.m001_people_school_learning)
    db = migrations.open_database(tmp_path / "induction.db", NOW, first)
    at = "2026-11-24T09:30:00.000000Z"
    with transaction(db):
        db.execute(
            "insert into people (email, name, sort_name, role, created_at, checklist_key)"
            " values ('tess@school.example', 'Tess', 'tess', 'teacher', ?, 'a-key-of-sixteen')",
            [at],
        )
        db.execute("insert into versions values (?, 'quiz', ?, ?)", [SHA256, WORDS, at])
        db.execute("insert into policy_versions (at) values (?)", [at])
        db.execute("insert into policy_choices values (1, 'pupil-contact', 'school-platforms')")
        db.execute(
            "insert into attempts (person, course, lesson, quiz_version, lesson_version, policy_version, pass_mark, drawn,"
            " started_at) values (1, 'a', 'b', ?, ?, 1, 80, '[\"c\"]', ?)",
            [SHA256, SHA256, at],
        )
    db.close()
    db = open_new(tmp_path)
    now = policy.now(db)
    assert (now.version, now.choices["pupil-contact"].stance, now.asks_for, now.sha256) == (1, "school-platforms", 0, None)
    assert policy.versions(db)[0].sha256 is None
    assert (attempts.history(db, 1)[0].asked_again, people.find(db, 1).course) == (None, None)
    (tmp_path / "fresh").mkdir()
    fresh = open_new(tmp_path / "fresh")
    tables = "select name, sql from sqlite_master where name not like 'sqlite_%' order by name"
    assert db.rows(tables) == fresh.rows(tables)
    db.close()
    fresh.close()


def test_an_upgrade_that_fails_changes_nothing(tmp_path):
    open_new(tmp_path).close()

    def fails(connection):
        connection.execute("alter table people add column phone text")
        connection.execute("insert into no_such_table values (1)")

    with pytest.raises(sqlite_utils.utils.sqlite3.OperationalError):
        migrations.open_database(tmp_path / "induction.db", NOW, a_later_schema(fails))
    db = open_new(tmp_path)
    assert "phone" not in db.value("select sql from sqlite_master where name = 'people'")
    assert db.value("pragma user_version") == 3
    db.close()


def test_a_newer_database_is_refused_and_left_alone(tmp_path):
    later = a_later_schema(lambda connection: connection.execute("alter table people add column phone text"))
    path = tmp_path / "induction.db"
    migrations.open_database(path, NOW, later).close()
    before = path.read_bytes()
    with pytest.raises(DatabaseNewer, match="newer version"):
        open_new(tmp_path)
    assert path.read_bytes() == before
    migrations.open_database(path, NOW, later).close()


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(DatabaseFault, match="could not be made"):
        open_new(tmp_path / "nowhere")
