"""The way back: whole, proved, never over a running server, and the same from whatever a backup was kept as."""

import errno
import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from sqlite_utils import Migrations
from sqlite_utils.utils import sqlite3

from induction.records.people import one_time_links, people, sessions
from induction.records.people.person import Details
from induction.records.school import backup_history
from induction.records.store import backup, contradictions, encryption, lock, migrations, school_file, taking_in
from induction.records.store.database import Database, DatabaseFault, transaction
from induction.records.store.faults import (
    BackupChanged,
    BackupDamaged,
    BackupMissing,
    BackupNewer,
    BackupShut,
    FolderShut,
    KeyUnfit,
    NotABackup,
)
from induction.records.store.restore import PASSING, AnotherSchool, OlderBackup, Replicated, last_put_back, restore
from induction.records.store.whole_files import NoRoom
from induction.rules.roles import Role
from tests.records.making import NOW, add_cast, finish, open_new, publish, save_answer, start_attempt
from tests.records.test_backup import OWN, lay_out, taken_out
from tests.records.test_rules import AT as THEN
from tests.records.test_rules import insert
from tests.records.test_rules import letter as a_letter
from tests.records.test_what_may_change import FATES
from tests.records.test_what_may_change import PASSING as COMES_AND_GOES

ROOT = Path(__file__).resolve().parents[2]
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def kept(db, cast, tmp_path):
    """A backup that was made while there were sessions and links."""
    lay_out(tmp_path)
    with transaction(db):
        sessions.start(db, cast.tess.id, device="", now=NOW)
        one_time_links.make(db, one_time_links.LinkKind.RESET, cast.tess.id, NOW)
    to = tmp_path / "backups" / backup.named_for(NOW)
    backup.backup(db, to)
    return to


@pytest.fixture
def records_alone(kept, tmp_path):
    """The same as version 1.1 wrote it: the database, and nothing else."""
    return taken_out(kept, tmp_path / "out") / "induction.db"


def add_eve(db, now=LATER):
    with transaction(db):
        return people.add(db, Details("eve@school.example", "Eve", Role.TEACHER), now=now)


def names(db):
    return [person.name.split()[0] for person in people.listing(db).people]


def files(folder):
    """All there is, but for what a command leaves to hold the folder by."""
    there = [path for path in folder.rglob("*") if path.is_file() and path.name != "in-use"]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in there}


def test_a_restore_brings_back_all_that_was_there_and_signs_everybody_out(db, cast, kept, tmp_path):
    add_eve(db)
    db.close()
    (tmp_path / "courses/our-course/01-ours.md").write_text("Something else.\n")
    (tmp_path / "courses/our-course/02-new.md").write_text("Not there then.\n")
    (tmp_path / "quizzes/our-course/01-ours.md").unlink()
    restored = restore(kept, tmp_path, LATER, older=True)
    assert (restored.latest, restored.lost_after, restored.records_alone) == (NOW, LATER, False)
    back = open_new(tmp_path)
    assert names(back) == ["Lou", "Max", "Nia", "Sam", "Tess"]
    assert back.rows("select * from sessions") == back.rows("select * from links") == []
    back.close()
    aside = Database(restored.replaced / "induction.db")
    assert names(aside) == ["Eve", "Lou", "Max", "Nia", "Sam", "Tess"]
    assert len(aside.rows("select * from sessions")) == 1
    aside.close()
    assert {path: (tmp_path / path).read_bytes() for path in OWN} == OWN
    there = {path for path in files(tmp_path) if not path.startswith("backups/")}
    assert there == {*OWN, "induction.db", "kept/put-back.json"}
    assert (restored.replaced / "courses/our-course/02-new.md").read_text() == "Not there then.\n"
    put_back = [tmp_path / path for path in ("courses", "courses/our-course", "kept/put-back.json", "induction.db", *OWN)]
    assert {path.stat().st_mode & 0o077 for path in put_back} == {0}
    again = restore(restored.replaced, tmp_path, LATER + timedelta(minutes=1))  # a restore that was a mistake
    assert names(open_new(tmp_path)) == ["Eve", "Lou", "Max", "Nia", "Sam", "Tess"] and again.replaced
    assert (tmp_path / "courses/our-course/02-new.md").exists()


def test_letters_that_waited_then_are_not_posted_again_by_themselves(db, cast, tmp_path):
    """They may have gone since the backup was made."""
    with transaction(db):
        for key, state in {"waits": "waiting", "went": "sent"}.items():
            words, done = ("null", THEN) if state == "sent" else ("'Hm'", "null")
            db.execute(a_letter(key=f"'{key}'", person=str(cast.tess.id), state=f"'{state}'", words=words, done_at=done))
        db.execute(a_letter(key="'goes'", state="'posting'", claim="'a-claim-of-sixteen'", claimed_until=THEN))
        db.execute(insert("password_requests", {"email": "'a@x.example'", "at": THEN}))
        db.execute(insert("chores", {"name": "'tidying'", "claim": "'c'", "claimed_until": THEN, "begun_at": THEN}))
    to = tmp_path / "backups" / backup.named_for(NOW)
    backup.backup(db, to)
    db.close()
    restore(to, tmp_path, LATER)
    back = open_new(tmp_path)
    assert {row["key"]: row["state"] for row in back.rows("select key, state from letters")} == {
        "waits": "unsure", "went": "sent", "goes": "unsure",
    }  # fmt: skip
    assert back.rows("select * from password_requests") == [] and back.value("select claim from chores") is None
    back.close()


def test_records_alone_leave_what_else_makes_the_school_as_it_is(db, cast, records_alone, tmp_path):
    db.close()
    restored = restore(records_alone, tmp_path, LATER)
    assert restored.records_alone and {path: (tmp_path / path).read_bytes() for path in OWN} == OWN
    told = last_put_back(tmp_path)
    assert (told.at, told.latest, told.records_alone) == (LATER, NOW, True)


def test_an_older_backup_is_refused_unless_it_is_meant(db, cast, kept, tmp_path):
    add_eve(db)
    db.close()
    before = files(tmp_path)
    with pytest.raises(OlderBackup, match="ends at 2026-11-24 09:30:00 UTC; the present records go on to .* 10:30:00"):
        restore(kept, tmp_path, LATER)
    assert files(tmp_path) == before
    assert names(open_new(tmp_path)) == ["Eve", "Lou", "Max", "Nia", "Sam", "Tess"]


@pytest.mark.parametrize("what", ["an answer", "a result", "a choice of policy", "a person, by a clock that was put back"])
def test_whatever_happened_since_makes_a_backup_older(db, cast, kept, tmp_path, what):
    with transaction(db):
        attempt = start_attempt(db, cast.tess)
        if what == "an answer":
            save_answer(db, attempt, at=LATER)
        elif what == "a result":
            finish(db, attempt, now=LATER)
        elif what == "a choice of policy":
            publish(db, {"phones": "never"}, cast.lou, LATER)
    if what.startswith("a person"):
        add_eve(db, NOW - timedelta(days=400))
    db.close()
    with pytest.raises(OlderBackup):
        restore(kept, tmp_path, LATER)


def test_a_record_dated_2040_hides_nothing_that_came_after_it(db, cast, tmp_path):
    """Both then go on to 2040; what is missing in the backup is counted."""
    with transaction(db):
        attempt = start_attempt(db, cast.tess)
        save_answer(db, attempt, at=NOW.replace(year=2040))
    backup.backup(db, tmp_path / "copy.zip")
    with transaction(db):
        save_answer(db, attempt, step=2, at=LATER)
    db.close()
    with pytest.raises(OlderBackup):
        restore(tmp_path / "copy.zip", tmp_path, LATER)


def test_a_backup_as_new_as_the_records_needs_no_word_more(db, cast, kept, tmp_path):
    db.close()
    assert restore(kept, tmp_path, LATER).lost_after is None


def test_a_restore_into_an_empty_folder(kept, tmp_path):
    fresh = tmp_path / "another-machine"
    fresh.mkdir()
    assert restore(kept, fresh, LATER).replaced is None
    assert {path: (fresh / path).read_bytes() for path in OWN} == OWN
    assert len(names(open_new(fresh))) == 5
    assert not (fresh / "backups").exists() or list((fresh / "backups").iterdir()) == []


def test_what_lies_in_the_journal_alone_comes_along(db, cast, tmp_path):
    """A folder copied from a machine that had stopped at once: the last changes aren't in the database yet."""
    add_eve(db)
    folder = tmp_path / "from-the-old-machine"
    folder.mkdir()
    for path in tmp_path.glob("induction.db*"):  # while it is open
        shutil.copy(path, folder)
    shutil.copytree(folder, tmp_path / "as-a-folder")
    (folder / "induction.db-shm").unlink()
    for number, source in enumerate((folder / "induction.db", tmp_path / "as-a-folder")):
        before = files(folder)
        fresh = tmp_path / f"new-{number}"
        fresh.mkdir()
        restore(source, fresh, LATER)
        assert "Eve" in names(open_new(fresh))
        assert files(folder) == before, "what it was taken from is only read"


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
    assert (restored.replaced / "induction.db").read_bytes() == lost
    assert not stale.exists()
    assert len(names(open_new(tmp_path))) == 5


def test_a_backup_of_another_school_is_refused(db, cast, kept, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    other = open_new(elsewhere)
    add_cast(other)
    other.close()
    before = files(elsewhere)
    with pytest.raises(AnotherSchool):
        restore(kept, elsewhere, LATER, older=True)
    assert files(elsewhere) == before
    (tmp_path / "new").mkdir()
    open_new(tmp_path / "new").close()  # nobody has set it up yet
    restore(kept, tmp_path / "new", LATER)
    assert len(names(open_new(tmp_path / "new"))) == 5


def test_a_disk_without_hard_links_keeps_what_was_there_too(db, cast, kept, tmp_path, monkeypatch):
    def no(*_, **__):
        raise OSError(errno.EPERM, "Operation not permitted")

    add_eve(db)
    db.close()
    monkeypatch.setattr(os, "link", no)
    restored = restore(kept, tmp_path, LATER, older=True)
    assert "Eve" in names(Database(restored.replaced / "induction.db")) and "Eve" not in names(open_new(tmp_path))


def test_under_litestream_a_restore_is_refused(db, kept, tmp_path):
    db.close()
    (tmp_path / ".induction.db-litestream").mkdir()
    before = files(tmp_path)
    with pytest.raises(Replicated, match="Stop Litestream"):
        restore(kept, tmp_path, LATER)
    assert files(tmp_path) == before


def test_what_litestream_and_sqlite_keep_in_a_database_is_let_in_and_taken_away(db, cast, records_alone, tmp_path):
    db.close()
    others = sqlite3.connect(records_alone)
    others.executescript("create table _litestream_seq (id INTEGER PRIMARY KEY, seq INTEGER); create table _litestream_lock (id INTEGER);")
    others.executescript("insert into _litestream_seq values (1, 7); analyze;")
    others.close()
    restore(records_alone, tmp_path, LATER)
    back = open_new(tmp_path)
    migrations.check_as_made(back)
    assert back.rows("select name from sqlite_schema where name like '%litestream%' or name like 'sqlite_stat%'") == []
    back.close()


# What is no backup of ours


def damaged(kept, tmp_path):
    data = bytearray(kept.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 400] = b"\x99" * 400
    return made(tmp_path, data)


def cut_off(kept, tmp_path):
    return made(tmp_path, kept.read_bytes()[: kept.stat().st_size // 2])


def damaged_records(kept, tmp_path):
    data = bytearray((taken_out(kept, tmp_path / "out2") / "induction.db").read_bytes())
    data[len(data) // 2 : len(data) // 2 + 4096] = b"\x99" * 4096
    return made(tmp_path, data)


def records_cut_off(kept, tmp_path):
    return made(tmp_path, (taken_out(kept, tmp_path / "out2") / "induction.db").read_bytes()[:30_000])


def newer(kept, tmp_path):
    later = Migrations("induction")
    later(name="m001_people_school_learning")(migrations.m001_people_school_learning)
    later(name="m999_a_step_of_the_future")(lambda connection: connection.execute("create table later (a text)"))
    (tmp_path / "future").mkdir()
    migrations.open_database(tmp_path / "future" / "induction.db", NOW, later).close()
    return tmp_path / "future" / "induction.db"


def picture(kept, tmp_path):
    return made(tmp_path, b"\xff\xd8\xff\xe0" * 4000)


def empty(kept, tmp_path):
    return made(tmp_path, b"")


def anothers_database(kept, tmp_path):
    connection = sqlite3.connect(tmp_path / "recipes.db")
    connection.executescript("create table recipes (name text); insert into recipes values ('soup');")
    connection.close()
    return tmp_path / "recipes.db"


def letter(kept, tmp_path):
    return zipped(tmp_path, {"word/document.xml": b"<w/>"})


def folder_of_pictures(kept, tmp_path):
    (tmp_path / "pictures").mkdir()
    return tmp_path / "pictures"


def missing(kept, tmp_path):
    return tmp_path / "nowhere.zip"


def pipe(kept, tmp_path):
    os.mkfifo(tmp_path / "pipe.zip")
    return tmp_path / "pipe.zip"


def device(kept, tmp_path):
    return Path("/dev/zero")


def made(tmp_path, content):
    path = tmp_path / "what-somebody-found"
    path.write_bytes(content)
    return path


def zipped(tmp_path, content):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as whole:
        for name, data in content.items():
            whole.writestr(name, data)
    return made(tmp_path, out.getvalue())


@pytest.mark.parametrize(
    "make, fault",
    [(damaged, BackupDamaged), (cut_off, BackupDamaged), (damaged_records, BackupDamaged), (records_cut_off, BackupDamaged),
     (newer, BackupNewer), (picture, NotABackup), (empty, NotABackup), (anothers_database, NotABackup), (letter, NotABackup),
     (folder_of_pictures, NotABackup), (missing, BackupMissing), (pipe, NotABackup), (device, NotABackup)],
)  # fmt: skip
def test_what_is_no_sound_backup_of_ours_is_refused_by_its_name(db, cast, kept, tmp_path, make, fault):
    file = make(kept, tmp_path)
    add_eve(db)
    before = {path: content for path, content in files(tmp_path).items() if "induction.db-" not in path}
    with pytest.raises(fault) as refused:
        restore(file, tmp_path, LATER, older=True)
    assert str(file) in str(refused.value) and "Nothing was changed" in str(refused.value)
    assert {path: content for path, content in files(tmp_path).items() if "induction.db-" not in path} == before
    with transaction(db):  # and it is the same database that goes on
        people.deactivate(db, cast.sam.id, now=NOW)


def test_a_file_that_this_account_may_not_read_is_said(kept, tmp_path, monkeypatch):
    monkeypatch.setattr(os, "open", refusing(os.open, kept))
    with pytest.raises(BackupShut, match=r"can't be read \(Permission denied\)"):
        restore(kept, tmp_path, LATER)


def refusing(really, path):
    """As for an account that may not read one file; root, who runs the tests, may read any."""

    def open_(name, *flags, **how):
        if name == path:
            raise PermissionError(errno.EACCES, "Permission denied", str(name))
        return really(name, *flags, **how)

    return open_


# A file that means ill


HOSTILE_NAMES = [
    "../outside", "courses/../../outside", "/etc/cron.d/outside", "backups/outside.zip", "in-use", "courses", "secret-key/a",
    "courses/a//b", "induction.db-wal", ".induction.db-litestream/x", "courses/" + "a/" * 40 + "b", "courses/a\nb", "other/file",
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_file_holds_the_names_of_a_school_and_no_others(db, kept, tmp_path, name):
    database = (taken_out(kept, tmp_path / "out") / "induction.db").read_bytes()
    file = zipped(tmp_path, {"induction.db": database, name: b"planted"})
    before = files(tmp_path)
    with pytest.raises(NotABackup, match="holds other things"):
        restore(file, tmp_path, LATER)
    assert files(tmp_path) == before and not (tmp_path.parent / "outside").exists()


def test_a_link_in_a_file_is_refused(kept, tmp_path):
    database = (taken_out(kept, tmp_path / "out") / "induction.db").read_bytes()
    link = zipfile.ZipInfo("courses/all")
    link.external_attr = 0o120777 << 16
    file = zipped(tmp_path, {"induction.db": database})
    with zipfile.ZipFile(file, "a") as whole:
        whole.writestr(link, "/etc")
    with pytest.raises(NotABackup):
        restore(file, tmp_path, LATER)


def test_the_same_name_twice_is_refused(kept, tmp_path):
    database = (taken_out(kept, tmp_path / "out") / "induction.db").read_bytes()
    file = zipped(tmp_path, {"induction.db": database})
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(file, "a") as whole:
        whole.writestr("induction.db", database)
    with pytest.raises(NotABackup):
        restore(file, tmp_path, LATER)


def test_what_would_fill_the_disk_is_refused_before_it_is_unpacked(kept, tmp_path, monkeypatch):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as whole:
        whole.writestr("induction.db", bytes(30_000_000))
    file = made(tmp_path, out.getvalue())
    assert file.stat().st_size < 100_000
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage._replace(free=59_000_000))
    with pytest.raises(NoRoom, match="too little free space to put this back"):
        restore(file, tmp_path, LATER)


def test_a_file_that_says_it_is_smaller_than_it_is_is_damaged(kept, tmp_path):
    data = kept.read_bytes()
    length = (taken_out(kept, tmp_path / "out") / "induction.db").stat().st_size.to_bytes(4, "little")
    assert data.count(length) >= 1
    with pytest.raises(BackupDamaged):
        restore(made(tmp_path, data.replace(length, (4096).to_bytes(4, "little"))), tmp_path, LATER)


def test_a_list_of_files_that_would_fill_the_memory_is_not_read(kept, tmp_path, monkeypatch):
    end = school_file.END + bytes(8) + (school_file.LONGEST_DIRECTORY + 1).to_bytes(4, "little") + bytes(6)
    with pytest.raises(BackupDamaged):
        restore(made(tmp_path, kept.read_bytes()[:-22] + end), tmp_path, LATER)
    monkeypatch.setattr(taking_in, "MOST_FILES", 40)
    many = {"induction.db": b""} | {f"courses/c/{number}.md": b"" for number in range(41)}
    with pytest.raises(NotABackup):
        restore(zipped(tmp_path, many), tmp_path, LATER)


# Rules that were bent


def bent(database: Path, *statements: str) -> None:
    """As somebody with the file and a tool of their own would change it: no rule is asked."""
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("pragma ignore_check_constraints = on")
    connection.execute("pragma writable_schema = on")
    for statement in statements:
        connection.execute(statement)
    connection.close()


def bent_rows(database: Path, *statements: str) -> None:
    """The same while all triggers were away; afterwards they stand there again, word for word."""
    connection = sqlite3.connect(database, isolation_level=None)
    triggers = [row[0] for row in connection.execute("select sql from sqlite_schema where type = 'trigger'")]
    connection.close()
    bent(database, "delete from sqlite_schema where type = 'trigger'")
    bent(database, *statements)
    bent(database, *triggers)


SCHEMAS = {
    "a trigger is gone": ["drop trigger completions_stay"],
    "all triggers are gone": ["delete from sqlite_schema where type = 'trigger'"],
    "two triggers of one's own": [
        "create trigger a after insert on sessions begin update people set role = 'lead' where id = new.person; end",
        "create trigger b after update on people begin delete from links; end",
    ],
    "a trigger says something else": [
        "drop trigger answers_stay",
        "create trigger answers_stay before delete on answers begin select 1; end",
    ],
    "a view": ["create view everyone as select * from people"],
    "a virtual table": ["create virtual table search using fts5(words)"],
    "a table": ["create table extra (a text)"],
    "an index is gone": ["drop index one_open_attempt"],
    "an index with a condition": ["create unique index extra on people (name)"],
    "a column": ["alter table people add column telephone text"],
    "a rule of a column is gone": ["update sqlite_schema set sql = replace(sql, 'unique', '') where name = 'people'"],
    "a role more": ["update sqlite_schema set sql = replace(sql, '''lead''', '''lead'', ''head''') where name = 'people'"],
    "a step of its history is gone": ["delete from _sqlite_migrations where name like 'm002%'"],
    "its first step is gone": ["delete from _sqlite_migrations where name like 'm001%'"],
    "another version": ["pragma user_version = 1"],
}


@pytest.mark.parametrize("statements", SCHEMAS.values(), ids=SCHEMAS)
def test_a_schema_that_is_not_ours_word_for_word_is_refused(db, cast, records_alone, tmp_path, statements):
    bent(records_alone, *statements)
    refused(db, records_alone, tmp_path)


def refused(db, file, tmp_path):
    before = files(tmp_path)
    with pytest.raises((BackupChanged, BackupDamaged)) as fault:
        restore(file, tmp_path, LATER, older=True)
    assert str(file) in str(fault.value) and "Nothing was changed" in str(fault.value)
    assert files(tmp_path) == before
    assert "Tess" in names(db)


AT = "2026-11-24T09:30:00.000000Z"


def passed(who: int, attempt: int | None = None, policy: int = 0, at: str = AT) -> str:
    """A completion, by whatever attempt."""
    return (
        "insert into completions (person, course, lesson, attempt, version, attempts, policy_version, completed_at) values"
        f" ({who}, 'professional-boundaries-online', 'friend-requests', {attempt or 'null'}, (select sha256 from versions), 1,"
        f" {policy}, '{at}')"
    )


CHANGED = (  # an entry of somebody's history that says what is so
    "insert into people_history (person, at, what, email, name, role, mentor, due, course, active)"
    f" select id, '{AT}', 'changed', email, name, role, mentor, due, course, active from people where id = {{}}"
)
ASSESSED = (
    f"insert into accounts (created_at) values ('{AT}')",
    "insert into assessments (account, platform, handle, youngest, minimum_age, first_responsible, second_responsible,"
    f" review_on, answers, written_by, at) values (1, 'X', '@x', 11, 13, 1, 2, '2026-12-01', '{{}}', 1, '{AT}')",
    f"insert into assessment_signatures values (1, 1, 'Lou', '{AT}')",
)
ANSWERED = (
    "insert into answers (attempt, step, scenario, scene, chosen, rating, mark, at)"
    f" values (1, 1, 'sunday-night', 'sunday-night', '[1]', 'best', '1/1', '{AT}')"
)
REMOVED = f"insert into removals (id, at, kind, person, until_at, count, why) values (1, '{AT}', 'erased', 6, '{AT}', 1, 'why')"
MARKED = f"insert into erasures (person, removal, salt, mark, documents) values (6, 1, '{'a' * 32}', '{'b' * 64}', '[]')"
UNNAMED = "update people_history set name = 'Erased person 6', email = 'erased-6@erased.invalid', mentor = null where person = 6"
ERASED = (
    "update people set name = 'Erased person 6', email = 'erased-6@erased.invalid', mentor = null, last_seen_at = null,"
    f" erased_at = '{AT}' where id = 6"
)
DATA = {
    "a reference to nobody": ["update people set mentor = 999 where id = 4"],
    "a teacher made a lead, with no entry of it": ["update people set role = 'lead' where id = 4"],
    "somebody without a beginning": ["delete from people_history where person = 4"],
    "a mentor who has left": [
        "update people set active = 0 where id = 2",
        CHANGED.format(2),
    ],
    "a password that came from nowhere": ["update people set password_hash = 'argon2id of a stranger' where id = 1"],
    "somebody who comes in elsewhere by no account": ["update people set has_account = 1 where id = 4"],
    "a password through another's link": [
        f"insert into ways_in (id, person, at, what) values (101, 4, '{AT}', 'reset')",
        f"insert into ways_in (id, person, at, what, through) values (102, 1, '{AT}', 'chosen', 101)",
    ],
    "a role that there isn't": ["update people set role = 'head' where id = 4", CHANGED.format(4)],
    "words changed under their digest": ["update versions set text = '{}'"],
    "the policy's words changed": ["update policy_versions set text = '{}'"],
    "an acknowledgement of other words": [
        "insert into acknowledgements (person, version, sha256, typed_name, at) values"
        f" (1, 1, hex(randomblob(32)), 'Lou', '{AT}')",
    ],
    "a completion by another's attempt": [passed(5, attempt=1)],
    "a completion by an attempt that isn't finished": [passed(4, attempt=1)],
    "a completion under a policy that there wasn't": [passed(4, policy=7)],
    "a completion on no day": [passed(4, at="2026-13-45T09:30:00.000000Z")],
    "somebody who came at no time": ["update people set created_at = '2026-11-24T09:30:00.abcdefZ' where id = 4"],
    "scenarios that are no words": ["update attempts set drawn = '[1, {}]'"],
    "a scenario asked twice": ["update attempts set drawn = '[\"sunday-night\",\"sunday-night\"]'"],
    "an answer that was not asked": ["update attempts set drawn = '[\"another\"]'", ANSWERED],
    "the choices of an open try shared": [f"insert into attempt_shares (attempt, reader, at) values (1, 2, '{AT}')"],
    "a lesson opened at no time": ["update attempts set lesson_opened = '2026-13-45T09:30:00.000000Z'"],
    "an assessment signed by who wrote it": ASSESSED,
    "an answer to what was not asked": [
        "insert into answers (attempt, step, scenario, scene, chosen, rating, mark, at) values"
        f" (1, 9, 'elsewhere', 'elsewhere', '[1]', 'best', '1/1', '{AT}')"
    ],
    "a share of a try that isn't finished": [f"insert into attempt_shares (attempt, reader, at) values (1, 2, '{AT}')"],
    "a deputy who was no mentor": [
        f"insert into deputies (mentor, deputy, begins, stood, at) values (2, 4, '2026-11-24', 6, '{AT}')"
    ],
    "a note on another's attempt": [
        "insert into notes (key, person, attempt, step, scenario, words, at) values"
        f" ('0123456789abcdef', 5, 1, 1, 'a', 'b', '{AT}')"
    ],
    "a removal left open": [REMOVED, "insert into open_removal (removal) values (1)"],
    "a removal that is missing": [REMOVED, REMOVED.replace("values (1", "values (3")],
    "a removal that nobody had agreed to": [REMOVED.replace("'erased', 6", "'notes', 6")],
    "somebody who was not erased after all": [REMOVED],
    "somebody erased by no removal": [ERASED],
    "somebody erased who has a name": [REMOVED, MARKED, f"update people set erased_at = '{AT}' where id = 6"],
    "somebody erased whose history has one": [REMOVED, MARKED, ERASED],
    "somebody erased without a mark": [REMOVED, UNNAMED, ERASED],
    "somebody erased who answered": [REMOVED, MARKED, UNNAMED, ERASED, "update attempts set person = 6"],
    "a mark of somebody else": [REMOVED, MARKED.replace("(6,", "(5,"), UNNAMED, ERASED],
    "numbers that would be given twice": ["update sqlite_sequence set seq = 1 where name = 'people'"],
    "no numbers left": ["update sqlite_sequence set seq = 9223372036854775807 where name = 'people'"],
    "two schools": [
        "update sqlite_schema set sql = replace(sql, 'check (id = 1)', '') where name = 'school'",
        "insert into school (id, key) values (2, hex(randomblob(16)))",
    ],
}


@pytest.mark.parametrize("statements", DATA.values(), ids=DATA)
def test_records_that_break_a_rule_are_refused(db, cast, kept, tmp_path, statements):
    with transaction(db):
        publish(db, {"phones": "never"}, cast.lou)
        assert start_attempt(db, cast.tess) == 1
    honest = tmp_path / "honest.zip"
    backup.backup(db, honest)
    database = taken_out(honest, tmp_path / "bent") / "induction.db"
    (tmp_path / "fresh").mkdir()
    restore(database, tmp_path / "fresh", LATER)  # the control: as it is, it is let in
    bent_rows(database, *statements)
    refused(db, database, tmp_path)


KEEPS = r"_stays?$|_stays_taken_back$|_do(es)?_not_change$|_come_when_nothing_goes$"  # what is there, but for a removal: test_removals.py


def test_every_trigger_that_weighs_what_is_written_is_asked_of_what_comes_back(db):
    """A new one needs a rule in `contradictions`, or a word why it can have none."""
    weighing = {
        row["name"]
        for row in db.rows("select name, sql from sqlite_schema where type = 'trigger'")
        if re.search(r"\b(before|after) insert\b|\bwhen\b", row["sql"]) and not re.search(KEEPS, row["name"])
    }
    assert {"a_second_person_signs", "people_are_what_their_last_entry_says"} <= weighing
    known = {*contradictions.RULES, *contradictions.SAID_BY_ANOTHER_RULE, *contradictions.NOT_TO_BE_SEEN_LATER}
    assert weighing <= known, f"{weighing - known} hold rules that nobody asks of a backup"
    assert contradictions.contradictions(db) == []


def test_every_moment_that_is_kept_tells_how_far_a_backup_goes(db):
    """A column that joins later and holds moments is found by its name; of what passes, nobody asks."""
    tables = db.rows("select name, sql from sqlite_schema where type = 'table'")
    held = {(row["name"], column) for row in tables for column in re.findall(r"check \((\w+) like '____-__-__T", row["sql"])}
    held -= {  # until when, since when and not before: nothing happened then
        ("letters", "not_before"), ("letters", "not_after"), ("letters", "claimed_until"), ("chores", "claimed_until"),
        ("provider_tokens", "failing_since"), ("providers", "since"), ("post_office", "failing_since"), ("post_office", "next_try"),
    }
    assert held == set(contradictions.moments(db)), "a moment is called `at`, `…_at` or `known_since`"
    assert PASSING == {table for table, fates in FATES.items() if fates == [COMES_AND_GOES]} - {"ended_links"}


def test_every_cell_of_words_is_looked_into(db):
    tables = db.rows("select name, sql from sqlite_schema where type = 'table'")
    held = {(row["name"], column) for row in tables for column in re.findall(r"json_type\((\w+)\)", row["sql"])}
    assert held == {(table, column) for table, column, _ in contradictions.CELLS}


# Versions


def test_an_old_backup_comes_back_in_the_present_schema(db, cast, records_alone, tmp_path, monkeypatch):
    """As if this program had one more step than the one that made the backup."""
    later = of_version(999)
    later(name="m999_a_later_step")(lambda connection: connection.execute("alter table people add column phone text"))
    monkeypatch.setattr(migrations, "SCHEMA", later)
    monkeypatch.setattr(migrations.upgrade, "__defaults__", (later,))
    monkeypatch.setattr(migrations.pending, "__defaults__", (later,))
    monkeypatch.setattr(migrations.check_as_made, "__defaults__", (later,))
    db.close()
    restore(records_alone, tmp_path, LATER)
    back = migrations.open_database(tmp_path / "induction.db", NOW, later)
    assert back.value("select phone from people where id = ?", [cast.tess.id]) is None
    migrations.check_as_made(back)
    back.close()


def of_version(steps: int) -> Migrations:
    """The first steps of the schema's history: 1 as version 1.0 had them, 2 as version 1.1."""
    early = Migrations("induction")
    for step in migrations.SCHEMA.pending(migrations.sqlite_utils.Database(memory=True))[:steps]:
        early(name=step.name)(step.fn)
    return early


@pytest.mark.parametrize("steps", [1, 2])
def test_a_backup_of_each_earlier_version_comes_back(tmp_path, steps):
    """What version 1.0 and 1.1 wrote, step for step."""
    (tmp_path / "old").mkdir()
    db = migrations.open_database(tmp_path / "old" / "induction.db", NOW, of_version(steps))
    with transaction(db):
        db.execute(
            "insert into people (email, name, sort_name, role, created_at, checklist_key)"
            f" values ('tess@school.example', 'Tess', 'tess', 'teacher', '{AT}', 'a-key-of-sixteen')"
        )
    db.close()
    file = tmp_path / "old" / "induction.db"
    bent(file, "create trigger mine after insert on people begin delete from links; end")
    (tmp_path / "new").mkdir()
    with pytest.raises(BackupChanged, match="mine"):
        restore(file, tmp_path / "new", LATER)
    bent(file, "drop trigger mine")
    restore(file, tmp_path / "new", LATER)
    back = open_new(tmp_path / "new")
    assert names(back) == ["Tess"]
    migrations.check_as_made(back)
    back.close()


# Who else is at the folder


SERVE = """
import sys, time
from pathlib import Path
from induction.records.store import lock
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
    with pytest.raises(FolderShut, match="could not be put into the data folder"):
        restore(kept, tmp_path / "nowhere", LATER)
    assert issubclass(FolderShut, DatabaseFault)


# Encrypted


@pytest.fixture
def sealed(kept, db, tmp_path):
    """An encrypted backup, and the private key that opens it."""
    private, public = encryption.new_key()
    to = tmp_path / "backups" / backup.named_for(NOW, keys=[public])
    backup.backup(db, to, [public])
    return to, encryption.keys_in(f"# a comment\n{private}\n", "key.txt")


def test_what_is_encrypted_comes_back_with_its_key(db, cast, sealed, tmp_path):
    file, keys = sealed
    (tmp_path / "new").mkdir()
    done = restore(file, tmp_path / "new", LATER, keys=keys)
    assert not done.records_alone and done.held == {"people": 6, "answers": 0, "completions": 0}
    assert {path: (tmp_path / "new" / path).read_bytes() for path in OWN} == OWN
    assert [path.name for path in (tmp_path / "new").iterdir() if path.name.startswith(".")] == [], "nothing opened lies about"


@pytest.mark.parametrize(
    "private, words", [((), "is encrypted. Nothing was changed. Name the file with the private key"), ("another", "not for this key")]
)
def test_without_its_key_what_is_encrypted_changes_nothing(db, cast, sealed, tmp_path, private, words):
    keys = encryption.keys_in(encryption.new_key()[0], "key.txt") if private else []
    db.close()
    before = {path: content for path, content in files(tmp_path).items() if "induction.db-" not in path}
    with pytest.raises(KeyUnfit, match=words) as refused:
        restore(sealed[0], tmp_path, LATER, older=True, keys=keys)
    assert "Nothing was changed" in str(refused.value)
    assert {path: content for path, content in files(tmp_path).items() if "induction.db-" not in path} == before


@pytest.mark.parametrize("part", [0.3, 0.9, 0.999])
def test_half_of_what_is_encrypted_is_damaged(db, cast, sealed, tmp_path, part):
    file, keys = sealed
    half = tmp_path / "half.zip.age"
    half.write_bytes(file.read_bytes()[: int(file.stat().st_size * part)])
    with pytest.raises(BackupDamaged, match="Nothing was changed"):
        restore(half, tmp_path, LATER, older=True, keys=keys)


def test_what_is_encrypted_and_no_backup_is_refused(db, tmp_path):
    private, public = encryption.new_key()
    (tmp_path / "letter").write_text("Dear colleagues")
    with (tmp_path / "letter").open("rb") as plain, (tmp_path / "letter.age").open("wb") as out:
        encryption.encrypt(plain, out, [public])
    with pytest.raises(NotABackup):
        restore(tmp_path / "letter.age", tmp_path, LATER, keys=encryption.keys_in(private, "key"))


@pytest.mark.parametrize(
    "text, words",
    [
        ("", "A private key begins with AGE-SECRET-KEY-"),
        ("age1663sqd7c5g4sxfx5cvkw7dtde30jp5d2emyr7z93m44k4crvly2sau2kea", "That is the public key"),
        ("AGE-SECRET-KEY-1QQQQ", "not whole, or mistyped"),
        ("Dear colleagues", "holds no private key"),
        ("\0", "holds no private key"),
    ],
)
def test_a_file_that_holds_no_private_key_is_said(text, words):
    with pytest.raises(KeyUnfit, match=words):
        encryption.keys_in(text, "key.txt")


@pytest.mark.parametrize("written", ["# public key: age1x\n{}\n", "\ufeff{}\r\n", "  {}  "])
def test_a_private_key_is_read_as_editors_leave_it(written):
    private, _ = encryption.new_key()
    assert len(encryption.keys_in(written.format(private), "key.txt")) == 1
    assert len(encryption.keys_in(written.format(private.lower()), "key.txt")) == 1


# Half of one


def test_a_file_from_which_something_was_left_out_or_changed_is_not_whole(db, cast, kept, tmp_path):
    """As a program leaves it that unpacks and packs again; the records alone would be sound."""
    with zipfile.ZipFile(kept) as whole:
        members = {name: whole.read(name) for name in whole.namelist()}
    less = {name: content for name, content in members.items() if not name.startswith("courses/")}
    other = members | {"courses/our-course/01-ours.md": b"Somebody else's paragraph."}
    more = members | {"courses/our-course/02-more.md": b"More."}
    for what in (less, other, more):
        file = zipped(tmp_path, what)
        with pytest.raises(BackupDamaged, match="is not whole"):
            restore(file, tmp_path, LATER, older=True)
        file.unlink()
    restore(zipped(tmp_path, members), tmp_path, LATER)


@pytest.mark.parametrize("said", ["{", '{"files": 3}', '{"files": "1 x", "counts": []}', '{"files": [' + "[" * 5000, "[]"])
def test_what_a_file_says_of_itself_is_not_believed_blindly(db, cast, kept, tmp_path, said):
    with zipfile.ZipFile(kept) as whole:
        members = {name: whole.read(name) for name in whole.namelist()}
    members[school_file.ABOUT] = f"words\n{said}\n".encode()
    file = zipped(tmp_path, members)
    if said == "[]":
        assert restore(file, tmp_path, LATER).held == {}, "as an earlier version left it"
    else:
        with pytest.raises(BackupDamaged):
            restore(file, tmp_path, LATER)


def test_what_the_site_notes_of_its_backups_makes_none_older(db, cast, kept, tmp_path):
    """Each night's backup is noted after it was made; the newest comes back without another word."""
    with transaction(db):
        backup_history.say_made(db, kept.name, 9, "a" * 64, LATER)
        backup_history.say_copied(db, "/mnt", kept.name, "", LATER)
        backup_history.say_drilled(db, kept.name, True, "All is well.", LATER)
    assert restore(kept, tmp_path, LATER).lost_after is None
