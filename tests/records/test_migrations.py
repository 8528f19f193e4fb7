"""The schema's history: one start after another reaches the same schema, and nothing is lost on the way."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlite_utils
from sqlite_utils import Migrations

from induction.records import exports
from induction.records.people import history, one_time_links, people
from induction.records.people.history import PasswordOrigin
from induction.records.people.one_time_links import LinkKind
from induction.records.policy import versions
from induction.records.progress import attempts, completions
from induction.records.progress.completions import Completion
from induction.records.store import evidence_check, migrations
from induction.records.store.contradictions import contradictions
from induction.records.store.database import Database, DatabaseFault, DatabaseNewer, transaction
from induction.records.store.restore import latest_record
from induction.records.store.tokens import digest
from induction.rules.person_history import Way, What
from induction.rules.roles import Role
from induction.rules.text import folded
from tests.records.making import NOW, SHA256, WORDS, add_cast, open_new
from tests.records.test_backup import taken_out

ROOT = Path(__file__).resolve().parents[2]
OPEN_AT_ONCE = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from induction.records.store.migrations import open_database
time.sleep(max(0, float(sys.argv[2]) - time.time()))
db = open_database(Path(sys.argv[1]), datetime.now(UTC))
print(db.value("select key from school"))
"""


def a_later_schema(change):
    """The present history with one more step."""
    later = Migrations("induction")
    for step in migrations.SCHEMA.pending(sqlite_utils.Database(memory=True)):
        later(name=step.name)(step.fn)
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
    assert before.name == "before-upgrade-2026-11-24T093000.000000Z.zip"
    old = Database(taken_out(before, tmp_path / "out") / "induction.db")
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
    now = versions.now(db)
    assert (now.version, now.choices["pupil-contact"].stance, now.asks_for, now.sha256) == (1, "school-platforms", 0, None)
    assert versions.versions(db)[0].sha256 is None
    assert (attempts.history(db, 1)[0].asked_again, people.find(db, 1).course) == (None, None)
    (tmp_path / "fresh").mkdir()
    fresh = open_new(tmp_path / "fresh")
    tables = "select name, sql from sqlite_master where name not like 'sqlite_%' order by name"
    assert db.rows(tables) == fresh.rows(tables)
    db.close()
    fresh.close()


def a_schema_of(*steps):
    """The history as an older release had it."""
    old = Migrations("induction")
    for step in steps:
        old(name=step.__name__)(step)
    return old


FIRST = (migrations.m001_people_school_learning,)
SECOND = (*FIRST, migrations.m002_policy_register_courses)
AT = "2026-11-24T09:30:00.000000Z"
OF_BEFORE = (  # id, email, name, role, mentor, due, active, password
    (1, "lou@school.example", "Lou “L” O’Hara; drop table people; --", "lead", None, None, 1, 1),
    (2, "max@school.example", "Max\u200bReid", "mentor", None, None, 0, 1),  # left, and is still Tess's mentor
    (3, "nia@school.example", "Nia", "teacher", None, None, 1, 1),  # no mentor any more, and still Sam's
    (4, "tess@school.example", "Tess", "teacher", 2, "2026-12-04", 1, 1),
    (5, "sam@school.example", "Sam", "mentor", 3, None, 1, 0),
    (6, "ana@school.example", "Ana", "teacher", 2, None, 0, 1),  # left, as her mentor did
    (7, "ring-a@school.example", "=A()", "mentor", None, None, 1, 0),
    (8, "ring-b@school.example", "B\nC", "mentor", 7, None, 1, 0),
)


@pytest.mark.parametrize("steps", [FIRST, SECOND], ids=["1.0", "1.1"])
def test_an_older_release_gets_a_history_that_begins_as_it_stood(tmp_path, steps):
    db = migrations.open_database(tmp_path / "induction.db", NOW, a_schema_of(*steps))
    with transaction(db):
        for id, email, name, role, _, due, active, password in OF_BEFORE:
            db.execute(
                "insert into people (id, email, name, sort_name, role, due, active, password_hash, created_at, checklist_key)"
                " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [id, email, name, folded(name), role, due, active, "argon2id of somebody" * 2 if password else None, AT,
                     f"{id:016}"],
            )
        for id, _, _, _, mentor, *_ in OF_BEFORE:
            db.execute("update people set mentor = ? where id = ?", [mentor, id])
        if steps is SECOND:
            db.execute("update people set course = 'a-course-of-before' where id = 4")
        db.execute("update people set mentor = 8 where id = 7")  # two mentors of each other
        db.execute(
            "insert into links (kind, person, token_sha256, expires_at) values ('reset', 4, ?, '2026-11-25T09:30:00.000000Z')",
            [digest("a-token-of-before")],
        )
        db.execute("insert into versions values (?, 'quiz', ?, ?)", [SHA256, WORDS, AT])
        db.execute(
            "insert into completions (person, course, lesson, version, attempts, policy_version, completed_at)"
            f" values (4, 'a', '', ?, 1, 0, '{AT}')",
            [SHA256],
        )
    before = db.rows("select * from people order by id")
    db.close()

    db = open_new(tmp_path)
    after = db.rows("select * from people order by id")
    put_right = {4, 5}
    for was, now in zip(before, after, strict=True):
        expected = {**was, "mentor": None if was["id"] in put_right else was["mentor"]}
        assert {name: now[name] for name in was} == expected
    for was in before:
        began, *rest = history.entries(db, was["id"])
        assert (began.what, began.by, began.name, began.email) == (What.BEGAN, None, was["name"], was["email"])
        assert (began.mentor_id, began.active, began.course) == (was["mentor"], bool(was["active"]), was.get("course"))
        assert [(each.what, each.mentor_id) for each in rest] == [(What.PUT_RIGHT, None)] * (was["id"] in put_right)
        ways = [each.what for each in history.ways_in(db, was["id"])]
        assert ways == [Way.BEGAN] * (was["password_hash"] is not None)
    assert exports.completions(db)[0]["person_name"] == "Tess", "what was done before carries the first name that is kept"

    with transaction(db):  # a link of before works, and says that it was made before
        assert one_time_links.use(db, LinkKind.RESET, "a-token-of-before", NOW)
        people.set_password(db, 4, "argon2id of Tess" * 2, PasswordOrigin(Way.CHOSEN, kind=LinkKind.RESET), now=NOW)
        people.update(db, 2, role=Role.LEAD, now=NOW)  # who has left, too
        people.reactivate(db, 6, now=NOW)
    assert history.latest_way(db, 4).through is None and people.find(db, 6).mentor_id is None
    (tmp_path / "fresh").mkdir()
    fresh = open_new(tmp_path / "fresh")
    tables = "select name, sql from sqlite_master where name not like 'sqlite_%' order by name"
    assert db.rows(tables) == fresh.rows(tables)
    assert db.rows("pragma foreign_key_check") == [] and db.value("pragma integrity_check") == "ok"
    db.close()
    fresh.close()


def test_an_older_backup_does_not_seem_newer_for_having_been_upgraded(tmp_path):
    """What an upgrade writes by itself is nobody's doing, and no record that could be lost."""
    db = migrations.open_database(tmp_path / "induction.db", NOW, a_schema_of(*SECOND))
    with transaction(db):
        for id, email, name, role, _, _, active, password in OF_BEFORE[:4]:
            db.execute(
                "insert into people (id, email, name, sort_name, role, active, password_hash, created_at, checklist_key)"
                " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [id, email, name, name, role, active, "argon2id of somebody" * 2 if password else None, AT, f"{id:016}"],
            )
        db.execute("update people set mentor = 2 where id = 4")
    db.close()
    db = open_new(tmp_path)
    assert latest_record(db) == AT
    db.close()


def test_an_upgrade_that_fails_changes_nothing(tmp_path):
    open_new(tmp_path).close()

    def fails(connection):
        connection.execute("alter table people add column phone text")
        connection.execute("insert into no_such_table values (1)")

    with pytest.raises(sqlite_utils.utils.sqlite3.OperationalError):
        migrations.open_database(tmp_path / "induction.db", NOW, a_later_schema(fails))
    db = open_new(tmp_path)
    assert "phone" not in db.value("select sql from sqlite_master where name = 'people'")
    assert db.value("pragma user_version") == len(migrations.SCHEMA.applied(db.connection()))
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


def test_completions_stay_as_they_were_of_the_first_time(tmp_path):
    """The table is made anew for a longer key: every row, its number and its columns stay."""
    before_rounds = a_schema_of(*(getattr(migrations, name) for name in sorted(vars(migrations)) if name[:4] in NINE))
    db = migrations.open_database(tmp_path / "induction.db", NOW, before_rounds)
    with transaction(db):
        db.execute(
            "insert into people (email, name, sort_name, role, created_at, checklist_key)"
            " values ('tess@school.example', 'Tess', 'tess', 'teacher', ?, 'a-key-of-sixteen')",
            [AT],
        )
        db.execute("insert into versions values (?, 'quiz', ?, ?)", [SHA256, WORDS, AT])
        for id, lesson, opened in ((3, "b", "no"), (7, "b2", AT), (8, "", None), (900, "=c()", None)):
            db.execute(
                "insert into completions (id, person, course, lesson, version, percent, attempts, policy_version, completed_at,"
                " lesson_opened) values (?, 1, 'a', ?, ?, 90, 2, 0, ?, ?)",
                [id, lesson, SHA256, AT, opened],
            )
    kept = db.rows("select * from completions order by id")
    db.close()
    db = open_new(tmp_path)
    assert db.rows("select * from completions order by id") == [{**row, "round": "", "after": None} for row in kept]
    with transaction(db):
        again = "insert into completions (person, course, lesson, version, attempts, policy_version, completed_at, round)"
        db.execute(f"{again} select person, course, lesson, version, 1, 0, completed_at, '2027-09-01' from completions where id = 3")
    assert db.value("select max(id) from completions") == 901, "a number is never used again"
    migrations.check_as_made(db)
    db.close()


NINE = {f"m{number:03}" for number in range(1, 10)}


def test_what_is_made_anew_for_corrections_counts_on_and_goes_on_from_an_old_school(tmp_path):
    """Numbers of rows that went with their person are not used again, and every entry of the chain is of the rows as they were."""
    steps = [getattr(migrations, name) for name in sorted(vars(migrations)) if name[:1] == "m" and name[1:4].isdigit()]
    db = migrations.open_database(tmp_path / "induction.db", NOW, a_schema_of(*(step for step in steps if step.__name__ < "m017")))
    with transaction(db):
        db.execute(
            "insert into people (email, name, sort_name, role, created_at, checklist_key)"
            " values ('tess@school.example', 'Tess', 'tess', 'teacher', ?, 'a-key-of-sixteen')", [AT],
        )  # fmt: skip
        db.execute("insert into versions values (?, 'quiz', ?, ?)", [SHA256, WORDS, AT])
        db.execute("insert into policy_versions (at, sha256, text) values (?, ?, 'w')", [AT, digest("w")])
        for id, lesson in ((3, "b"), (8, "")):
            db.execute(
                "insert into completions (id, person, course, lesson, version, attempts, policy_version, completed_at)"
                " values (?, 1, 'a', ?, ?, 2, 1, ?)", [id, lesson, SHA256, AT],
            )  # fmt: skip
        db.execute("insert into acknowledgements values (5, 1, 1, ?, 'Tess', ?, null, null)", [digest("w"), AT])
        db.execute("update sqlite_sequence set seq = 90 where name in ('completions', 'acknowledgements')")
    kept = [db.rows(f"select * from {table} order by id") for table in ("completions", "acknowledgements")]
    db.close()
    db = open_new(tmp_path)
    assert [db.rows(f"select * from {table} order by id") for table in ("completions", "acknowledgements")] == [
        [{**row, "after": None} for row in rows] for rows in kept
    ]
    with transaction(db):
        assert completions.complete(db, Completion(
            person_id=1, course="a", lesson="c", version=SHA256, policy_version=0, completed_at=NOW,
        ))  # fmt: skip
        assert not completions.complete(db, Completion(
            person_id=1, course="a", lesson="b", version=SHA256, policy_version=0, completed_at=NOW,
        ))  # fmt: skip
    assert db.value("select max(id) from completions") == 91
    assert evidence_check.check(db).fault is None and contradictions(db) == []
    migrations.check_as_made(db)
    db.close()
