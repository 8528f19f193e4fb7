"""The backup of each night: made without being asked, once; thinned; kept in a second folder too; and what fails is told."""

import errno
import os
import re
import shutil
import tempfile
import threading
import zipfile
from datetime import timedelta
from pathlib import Path

import pyrage
import pytest

from induction.records import evidence
from induction.records.school import backup_history
from induction.records.store import backup, backup_folder, encryption, migrations, whole_files
from induction.records.store.database import Database, transaction
from induction.records.store.whole_files import WORKSHOP
from induction.services import backup_copies, backup_findings, backups
from tests.records.making import NOW
from tests.records.test_restore import of_version

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
NIGHT = NOW.replace(hour=2, minute=10) + DAY


@pytest.fixture
def stick():
    """A folder on another disk."""
    folder = Path(tempfile.mkdtemp(dir="/dev/shm", prefix="induction-test-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def lying(folder):
    return sorted(path.name for path in folder.glob("*"))


def headless(names):
    """Names of backups without the head of the evidence in them."""
    return [re.sub("Z-[0-9a-f]{16}", "Z", name) for name in names]


def here(db):
    return lying(db.path.parent / backup.FOLDER)


def there(db, stick):
    return lying(stick / backup_copies.own_folder(db))


def found(db, name, now=NIGHT):
    return next(each for each in backup_findings.look(db, now) if each.name == name)


def test_a_night_has_one_backup_whole_and_for_its_owner_alone(db, cast):
    backups.keep(db, NOW + HOUR)
    assert here(db) == [], "a school waits for its first night"
    for minutes in (0, 15, 60 * 12, 60 * 23 + 49):
        backups.keep(db, NIGHT + timedelta(minutes=minutes))
    assert headless(here(db)) == ["daily-2026-11-25T021000.000000Z.zip"]
    [file] = (db.path.parent / backup.FOLDER).iterdir()
    assert file.stat().st_mode & 0o777 == 0o600 and f"Z-{evidence.latest(db).head[:16]}.zip" in file.name
    with zipfile.ZipFile(file) as whole:
        assert {"induction.db", "about-this-file.txt"} == set(whole.namelist())
    backups.keep(db, NIGHT + DAY)
    assert headless(here(db)) == ["daily-2026-11-25T021000.000000Z.zip", "daily-2026-11-26T021000.000000Z.zip"]
    assert db.value("select count(*) from backup_runs") == 2


def test_thirty_nights_are_thinned_and_what_was_made_by_hand_stays(db, cast, tmp_path):
    by_hand = tmp_path / backup.FOLDER / backup.named_for(NOW)
    backup.backup(db, by_hand)
    (tmp_path / backup.FOLDER / "before-upgrade-2026-01-01T020000.000000Z.zip").touch()
    (tmp_path / backup.FOLDER / "daily-notes.zip").touch()
    for number in range(30):
        backups.keep(db, NIGHT + number * DAY)
    kept = here(db)
    assert by_hand.name in kept and "before-upgrade-2026-01-01T020000.000000Z.zip" in kept and "daily-notes.zip" in kept
    assert len(kept) == 3 + 7 + 4
    finding = found(db, "backups", NIGHT + 29 * DAY)
    assert finding.ok and finding.words == "12 in backups/ (7 daily, 4 weekly, 1 made by hand); the newest is 0 days old."
    assert finding.numbers["weekly_backups"] == 4


def test_one_that_cannot_be_made_is_told_with_its_reason_and_tried_again_after_an_hour(db, cast, monkeypatch):
    backups.keep(db, NIGHT)
    usage = shutil.disk_usage(db.path.parent)
    with monkeypatch.context() as full:
        full.setattr(whole_files.shutil, "disk_usage", lambda path: usage._replace(free=10))
        for minutes in (0, 15, 45, 60, 75):
            backups.keep(db, NIGHT + DAY + timedelta(minutes=minutes))
    tries = db.rows("select words from backup_runs where file = ''")
    assert len(tries) == 2 and "too little free space to write a backup" in tries[0]["words"]
    assert headless(here(db)) == ["daily-2026-11-25T021000.000000Z.zip"], "what was there stays"
    finding = found(db, "backups", NIGHT + DAY + 2 * HOUR)
    assert not finding.ok and not finding.stops and "too little free space" in finding.words and finding.what_to_do
    backups.keep(db, NIGHT + DAY + 3 * HOUR)
    assert len(here(db)) == 2 and found(db, "backups", NIGHT + DAY + 3 * HOUR).ok


def test_a_folder_that_is_a_file_is_told(db, cast, tmp_path):
    (tmp_path / backup.FOLDER).write_text("a shopping list")
    backups.keep(db, NIGHT)
    assert "backups" in db.value("select words from backup_runs")
    assert (tmp_path / backup.FOLDER).read_text() == "a shopping list"


def test_somebody_else_at_work_is_left_to_it(db, cast, tmp_path):
    with backup_folder.alone_at(tmp_path / backup.FOLDER) as alone:
        assert alone
        backups.keep(db, NIGHT)
    assert here(db) == []
    backups.keep(db, NIGHT)
    assert len(here(db)) == 1


def test_what_a_killed_one_left_is_swept_and_its_file_is_known_by_its_digest(db, cast, tmp_path):
    folder = tmp_path / backup.FOLDER
    folder.mkdir()
    (folder / ".daily-x.zip.0123abcd.part").mkdir()
    assert WORKSHOP.fullmatch(".daily-x.zip.0123abcd.part")
    file = folder / backup.named_for(NIGHT, backup.DAILY)
    backup.backup(db, file)  # and killed before it was noted
    backups.keep(db, NIGHT + HOUR)
    assert here(db) == [file.name]
    assert backup_history.made(db, file.name).bytes == file.stat().st_size


def test_a_name_with_nothing_in_it_is_no_backup(db, cast, tmp_path, stick):
    """As a kill leaves it on a disk that knows no hard links; half a copy, too, is made anew."""
    (tmp_path / backup.FOLDER).mkdir()
    (tmp_path / backup.FOLDER / backup.named_for(NIGHT, backup.DAILY)).touch()
    backups.keep(db, NIGHT + HOUR, copy_to=stick)
    assert here(db) == there(db, stick) and headless(here(db)) == ["daily-2026-11-25T031000.000000Z.zip"]
    copy = stick / backup_copies.own_folder(db) / here(db)[0]
    copy.write_bytes(copy.read_bytes()[:100])
    backup_folder.copy_to(tmp_path / backup.FOLDER / here(db)[0], copy.parent)
    assert copy.read_bytes() == (tmp_path / backup.FOLDER / here(db)[0]).read_bytes()


# Encrypted


def test_an_encrypted_one_opens_with_any_of_the_private_keys_alone(db, cast, tmp_path):
    pairs = [encryption.new_key() for _ in range(2)]
    backups.keep(db, NIGHT, [public for _, public in pairs])
    [file] = (tmp_path / backup.FOLDER).iterdir()
    assert headless([file.name]) == ["daily-2026-11-25T021000.000000Z.zip.age"] and encryption.is_encrypted(file)
    assert b"Tess" not in file.read_bytes() and b"PK" != file.read_bytes()[:2]
    for private, _ in pairs:
        plain = pyrage.decrypt(file.read_bytes(), [pyrage.x25519.Identity.from_str(private)])
        assert plain.startswith(b"PK")
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(file.read_bytes(), [pyrage.x25519.Identity.generate()])
    backups.keep(db, NIGHT + HOUR)
    assert len(here(db)) == 1, "plain or encrypted, a night has one"


# The second folder


def test_each_is_copied_whole_and_thinned_alike(db, cast, stick):
    for number in range(12):
        backups.keep(db, NIGHT + number * DAY, copy_to=stick)
        assert there(db, stick) == here(db)
    home = db.path.parent / backup.FOLDER
    for name in here(db):
        assert (stick / backup_copies.own_folder(db) / name).read_bytes() == (home / name).read_bytes()
        assert (stick / backup_copies.own_folder(db) / name).stat().st_mode & 0o777 == 0o600
    now = NIGHT + 11 * DAY
    assert found(db, "copy elsewhere", now).ok and str(stick) in found(db, "copy elsewhere", now).words
    assert backup_copies.works(db, now) and not backup_copies.works(db, now + 8 * DAY)
    backups.keep(db, now + HOUR)
    assert not backup_copies.works(db, now + HOUR), "it is asked for no more"
    assert "Nobody has said" in found(db, "copy elsewhere", now + HOUR).words


def test_two_schools_share_a_folder_and_leave_each_others_alone(db, cast, stick):
    other = stick / "induction-00000000"
    other.mkdir()
    for number in range(20):
        (other / backup.named_for(NIGHT - number * DAY, backup.DAILY)).touch()
    backups.keep(db, NIGHT, copy_to=stick)
    assert len(lying(other)) == 20 and len(there(db, stick)) == 1


def failing(db, stick, now=NIGHT):
    """What is told of a copy that fails; the one at home counts all the same."""
    backups.keep(db, now, copy_to=stick)
    assert len(here(db)) >= 1 and found(db, "backups", now).ok
    finding = found(db, "copy elsewhere", now)
    assert not finding.ok and not finding.stops and finding.what_to_do
    return finding.words


def test_a_second_folder_on_the_same_disk_is_refused(db, cast, tmp_path):
    (tmp_path / "mnt").mkdir()
    assert "lies on the server’s own disk" in failing(db, tmp_path / "mnt")
    assert lying(tmp_path / "mnt") == []


def test_a_second_folder_that_is_gone_and_comes_back(db, cast, stick):
    backups.keep(db, NIGHT, copy_to=stick)
    away = stick.with_name(stick.name + "-away")
    stick.rename(away)
    words = failing(db, stick, NIGHT + DAY)
    assert "is not there" in words and "The last copy there is from 25/11/2026 02:10 UTC." in words
    away.rename(stick)
    backups.keep(db, NIGHT + DAY + timedelta(minutes=30), copy_to=stick)
    assert len(there(db, stick)) == 1, "an hour has not passed"
    backups.keep(db, NIGHT + DAY + 2 * HOUR, copy_to=stick)
    assert len(there(db, stick)) == 2 and found(db, "copy elsewhere", NIGHT + DAY + 2 * HOUR).ok
    assert len(here(db)) == 2


def test_a_second_folder_that_is_a_file(db, cast, stick):
    (stick / "file").touch()
    assert "is not there" in failing(db, stick / "file")


def test_a_second_folder_without_room(db, cast, stick, monkeypatch):
    usage = shutil.disk_usage(stick)
    really = shutil.disk_usage

    def as_full(path):
        return usage._replace(free=10) if Path(path).is_relative_to(stick) else really(path)

    monkeypatch.setattr(whole_files.shutil, "disk_usage", as_full)
    assert "too little free space to copy the backup" in failing(db, stick)
    assert there(db, stick) == []


@pytest.mark.parametrize(
    "number, words",
    [
        ("ENOSPC", "is full"), ("EROFS", "can only be read"), ("EACCES", "may not write"), ("ESTALE", "can’t be reached"),
        ("EFBIG", "takes no file as large"), ("EINVAL", "could not be copied"),
    ],
)  # fmt: skip
def test_what_the_other_disk_says_in_the_middle(db, cast, stick, monkeypatch, number, words):
    really = os.fsync

    def fsync(handle):
        if os.readlink(f"/proc/self/fd/{handle}").startswith(str(stick)):
            raise OSError(getattr(errno, number), os.strerror(getattr(errno, number)))
        return really(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    assert words in failing(db, stick)
    assert there(db, stick) == [], "nothing half done has a name"


def test_a_share_that_does_not_answer_is_not_waited_for(db, cast, stick, monkeypatch):
    stuck, really = threading.Event(), os.path.exists
    monkeypatch.setattr(backup_copies.os.path, "exists", lambda path: stuck.wait(30) if path == stick else really(path))
    monkeypatch.setattr(backup_copies, "PATIENCE", 0.05)
    assert "does not answer" in failing(db, stick)
    stuck.set()


# What a lead says


def test_nobody_can_say_that_a_copy_lies_elsewhere_before_there_is_a_backup(db, cast):
    with pytest.raises(backups.NoBackupYet):
        backups.say_elsewhere(db, True, by=cast.lou.id, now=NOW)
    assert db.value("select count(*) from backups_elsewhere") == 0
    backups.keep(db, NIGHT)
    assert backups.say_elsewhere(db, True, by=cast.lou.id, now=NIGHT)
    assert "Lou Adeyemi said on" in found(db, "copy elsewhere").words


def test_after_a_month_without_a_copy_or_a_drill_it_is_said(db, cast):
    assert found(db, "copy elsewhere").ok and found(db, "drill").ok
    late = NOW + 33 * DAY
    assert not found(db, "copy elsewhere", late).ok and "INDUCTION_BACKUP_COPY" in found(db, "copy elsewhere", late).what_to_do
    assert not found(db, "drill", late).ok


def test_a_drill_is_told_until_two_months_have_passed(db, cast):
    def drilled(ok, words):
        with transaction(db):
            backup_history.say_drilled(db, "daily-x.zip", ok, words, NIGHT)

    drilled(True, "All is well.")
    assert found(db, "drill").ok and "All is well." in found(db, "drill").words
    assert found(db, "drill", NIGHT + 62 * DAY).ok and not found(db, "drill", NIGHT + 63 * DAY).ok
    drilled(False, "It is damaged.")
    assert not found(db, "drill").ok and "It is damaged." in found(db, "drill").words


def test_a_backup_dated_next_year_hides_no_age(db, cast):
    backups.keep(db, NIGHT)
    backups.keep(db, NIGHT + 365 * DAY)  # by a clock that was ahead
    assert found(db, "backups", NIGHT + 8 * DAY).numbers["newest_backup_days"] == 8
    assert not found(db, "backups", NIGHT + 8 * DAY).ok


def test_a_database_that_waits_for_its_upgrade_can_be_looked_at(tmp_path):
    migrations.open_database(tmp_path / "induction.db", NOW, of_version(9)).close()
    old = Database(tmp_path / "induction.db", looking=True)
    assert [each.name for each in backup_findings.look(old, NOW)] == ["backups"]
    old.close()
