"""The doctor says what is well and what isn't, and what to do."""

import os
from datetime import timedelta

import pytest

from induction.records import backup, doctor, migrations, people
from induction.records.database import transaction
from tests.records.making import NOW, add_cast, make_so


@pytest.fixture
def healthy(db, tmp_path):
    tmp_path.chmod(0o700)
    cast = add_cast(db)
    kept = backup.backup(db, tmp_path / "backups" / backup.named_for(NOW))
    os.utime(kept, (NOW.timestamp(), NOW.timestamp()))
    return cast


def unwell(tmp_path, now=NOW):
    """What is wrong, by name; each says what to do."""
    findings = doctor.examine(tmp_path, now)
    assert all(bool(finding.what_to_do) is not finding.ok for finding in findings)
    assert all(finding.words for finding in findings)
    return [finding.name for finding in findings if not finding.ok]


def test_all_is_well(healthy, tmp_path):
    assert unwell(tmp_path) == []
    assert len(doctor.examine(tmp_path, NOW)) == 8


def test_a_folder_that_others_can_read(healthy, tmp_path):
    tmp_path.chmod(0o755)
    assert unwell(tmp_path) == ["data folder"]


def test_a_folder_that_is_not_there(tmp_path):
    assert unwell(tmp_path / "nowhere") == ["data folder", "database"]


def test_a_damaged_database(healthy, db, tmp_path):
    root = db.value("select rootpage from sqlite_master where name = 'people_by_name'")
    db.close()
    with db.path.open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\x99" * 4096)
    assert unwell(tmp_path) == ["database"]


def test_a_database_that_waits_for_an_upgrade(healthy, tmp_path, monkeypatch):
    monkeypatch.setattr(doctor, "pending", lambda db: ["m002_a_later_step"])
    assert unwell(tmp_path) == ["schema"]


def test_backups_that_are_old_or_none(healthy, tmp_path):
    [kept] = (tmp_path / "backups").iterdir()
    assert unwell(tmp_path, NOW + timedelta(days=6)) == []
    assert unwell(tmp_path, NOW + timedelta(days=8)) == ["backups"]
    kept.unlink()
    assert unwell(tmp_path, NOW + timedelta(days=6)) == []  # a school that has just begun
    assert unwell(tmp_path, NOW + timedelta(days=8)) == ["backups"]


def test_a_clock_that_was_put_back(healthy, tmp_path):
    assert unwell(tmp_path, NOW - timedelta(minutes=4)) == []
    assert unwell(tmp_path, NOW - timedelta(days=1)) == ["clock"]


def test_a_school_without_a_lead(db, tmp_path):
    tmp_path.chmod(0o700)
    assert "lead" in unwell(tmp_path)
    cast = add_cast(db)
    assert "lead" not in unwell(tmp_path)
    assert people.find(db, cast.lou.id).active
    with transaction(db):
        make_so(db, cast.lou, active=False)
    assert "lead" in unwell(tmp_path)
    assert migrations.pending(db) == []
