"""The doctor says what is well and what isn't, and what to do; looking changes nothing."""

import os
import shutil
from datetime import timedelta

import pytest

from induction.records.people import people, sessions
from induction.records.store import backup, migrations, school_file
from induction.records.store.database import transaction
from induction.services import doctor
from tests.records.making import NOW, add_cast, make_so, save_answer, start_attempt
from tests.records.test_restore import bent, bent_rows, of_version, passed


@pytest.fixture
def healthy(db, tmp_path):
    tmp_path.chmod(0o700)
    cast = add_cast(db)
    kept = tmp_path / "backups" / backup.named_for(NOW)
    backup.backup(db, kept)
    os.utime(kept, (NOW.timestamp(), NOW.timestamp()))
    return cast


def unwell(tmp_path, now=NOW, deeply=True):
    """What is wrong, by name; each says what to do."""
    findings = doctor.examine(tmp_path, now, deeply)
    assert all(bool(finding.what_to_do) is not finding.ok for finding in findings)
    assert all(finding.words for finding in findings)
    return [finding.name for finding in findings if not finding.ok]


def said(tmp_path, name, now=NOW):
    return next(finding for finding in doctor.examine(tmp_path, now) if finding.name == name)


def test_all_is_well(healthy, tmp_path):
    assert unwell(tmp_path) == unwell(tmp_path, deeply=False) == []
    assert [finding.name for finding in doctor.examine(tmp_path, NOW)] == [
        "data folder", "database", "schema", "agreement", "evidence", "records", "clock", "lead", "erased", "writing", "space", "backups",
        "copy elsewhere", "drill",
    ]  # fmt: skip


def test_it_gives_numbers(healthy, tmp_path):
    assert said(tmp_path, "records").numbers == {"people": 6, "answers": 0, "completions": 0}
    assert said(tmp_path, "backups").numbers == {
        "backups": 1, "newest_backup_days": 0, "newest_backup_seconds": 0, "daily_backups": 0, "weekly_backups": 0, "monthly_backups": 0,
    }  # fmt: skip
    assert said(tmp_path, "space").numbers["school_bytes"] == school_file.size(tmp_path)


def test_looking_changes_nothing(healthy, db, tmp_path):
    db.close()

    def state():
        return {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in tmp_path.iterdir() if path.is_file()}

    before = state()
    doctor.examine(tmp_path, NOW + timedelta(days=1))
    assert state() == before


def test_a_folder_that_others_can_read(healthy, tmp_path):
    tmp_path.chmod(0o755)
    assert unwell(tmp_path) == ["data folder"]


def test_a_folder_that_is_not_there_is_not_made(tmp_path):
    assert unwell(tmp_path / "nowhere") == ["data folder"]
    assert not (tmp_path / "nowhere").exists()


def test_a_database_that_is_not_there_is_not_made(tmp_path):
    tmp_path.chmod(0o700)
    assert unwell(tmp_path) == ["database"]
    assert "INDUCTION_DATA" in said(tmp_path, "database").words
    (tmp_path / "secret-key").touch()
    assert "so there was a school" in said(tmp_path, "database").words
    assert list(tmp_path.iterdir()) == [tmp_path / "secret-key"]


def test_a_damaged_database(healthy, db, tmp_path):
    root = db.value("select rootpage from sqlite_master where name = 'people_by_name'")
    db.close()
    with db.path.open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\x99" * 4096)
    assert unwell(tmp_path) == ["database"]


def test_a_schema_that_somebody_changed(healthy, db, tmp_path):
    db.close()
    bent(db.path, "drop trigger completions_stay", "create trigger mine after insert on links begin select 1; end")
    assert unwell(tmp_path) == ["database"]
    assert "(completions_stay, mine)" in said(tmp_path, "database").words


def test_records_that_contradict_each_other(healthy, db, tmp_path):
    with transaction(db):
        start_attempt(db, healthy.tess)
    db.close()
    bent_rows(db.path, passed(5, attempt=1))
    assert unwell(tmp_path) == ["agreement", "evidence"]
    bent_rows(db.path, "update versions set text = '{}'")
    assert "kept words are those of their digest" in said(tmp_path, "agreement").words


def test_a_database_that_waits_for_an_upgrade_is_said_and_left(tmp_path):
    tmp_path.chmod(0o700)
    old = migrations.open_database(tmp_path / "induction.db", NOW, of_version(1))
    before = old.path.read_bytes()
    assert unwell(tmp_path) == ["schema"] and "agreement" not in [each.name for each in doctor.examine(tmp_path, NOW)]
    assert old.path.read_bytes() == before


def test_backups_that_are_old_or_none(healthy, tmp_path):
    [kept] = (tmp_path / "backups").iterdir()
    assert unwell(tmp_path, NOW + timedelta(days=7)) == []
    assert unwell(tmp_path, NOW + timedelta(days=7, minutes=1)) == ["backups"]
    kept.unlink()
    assert unwell(tmp_path, NOW + timedelta(days=6)) == []  # a school that has just begun
    assert unwell(tmp_path, NOW + timedelta(days=8)) == ["backups"]


def test_space_for_a_backup_and_the_days_until_the_next(healthy, tmp_path, monkeypatch):
    needed = 2 * school_file.size(tmp_path) + 50_000_000
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage._replace(free=needed))
    assert unwell(tmp_path) == []
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage._replace(free=needed - 1))
    assert unwell(tmp_path) == ["space"]


def test_a_clock_that_was_put_back(healthy, tmp_path):
    assert unwell(tmp_path, NOW - timedelta(minutes=4)) == []
    assert unwell(tmp_path, NOW - timedelta(minutes=6)) == ["clock"]
    assert unwell(tmp_path, NOW - timedelta(days=1)) == ["clock"]


def test_a_clock_of_1970(healthy, tmp_path):
    assert "clock" in unwell(tmp_path, NOW.replace(year=1970))


def test_one_answer_dated_2040_is_told_of_and_settled_by_the_next_sign_in(healthy, db, tmp_path):
    with transaction(db):
        attempt = start_attempt(db, healthy.tess)
        save_answer(db, attempt, at=NOW.replace(year=2040))
    assert unwell(tmp_path) == ["clock"], "the last thing that was written down is dated later"
    assert "as people sign in" in said(tmp_path, "clock").what_to_do
    with transaction(db):
        sessions.start(db, healthy.tess.id, device="", now=NOW)
    assert unwell(tmp_path) == []
    assert "1 of the last records are dated later" in said(tmp_path, "clock").words
    assert unwell(tmp_path, NOW - timedelta(days=1)) == ["clock"], "and a clock that is wrong today is still found"


def test_a_school_without_a_lead_works_all_the_same(db, tmp_path):
    tmp_path.chmod(0o700)
    assert unwell(tmp_path) == ["lead"] and not said(tmp_path, "lead").stops
    cast = add_cast(db)
    assert "lead" not in unwell(tmp_path)
    assert people.find(db, cast.lou.id).active
    with transaction(db):
        make_so(db, cast.lou, active=False)
    assert "lead" in unwell(tmp_path)
    assert migrations.pending(db) == []
