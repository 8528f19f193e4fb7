"""The deed: who may be erased, what is asked for, and what is left behind on the disk."""

import shutil
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlite_utils.utils import sqlite3

from induction.records.people import people
from induction.records.store import backup, erased_list, restore
from induction.records.store.contradictions import contradictions
from induction.records.store.database import transaction
from induction.records.store.erased_list import Left
from induction.services import doctor, done_elsewhere, erasure
from induction.services.erasure import NoReason, NotTheName, ReasonNamesThem, StillHere
from tests.records.making import NOW
from tests.records.test_erasure import NAMES, OLD, bytes_that_name

LATER = NOW + timedelta(days=2)
WHY = "Asked for by letter on 2 December"


def erase(db, person, typed="Ana Costa", why=WHY, now=LATER):
    return erasure.erase(db, person.id, typed=typed, why=why, by=1, now=now)


def test_on_request(db, cast, tmp_path):
    before = erasure.outlook(db, cast.ana)
    assert before.goes["people_history"] == 2 and before.written == []
    done = erase(db, cast.ana)
    assert (done.number, done.by_name, done.why, done.at) == (6, cast.lou.name, WHY, LATER)
    assert erasure.finish(db) and bytes_that_name(tmp_path, NAMES[:1] + NAMES[2:3]) == []
    assert erase(db, people.find(db, 6)) == done, "pressed twice"
    assert [each.left for each in erased_list.read(tmp_path)] == [Left.NOWHERE]


@pytest.mark.parametrize(
    ("typed", "why", "fault"),
    [
        ("", WHY, NotTheName),
        ("Ana", WHY, NotTheName),
        ("Tess Okafor", WHY, NotTheName),
        ("Erased person 6", WHY, NotTheName),
        ("Ana Costa", "", NoReason),
        ("Ana Costa", "  ", NoReason),
        ("Ana Costa", "Ana Costa asked", ReasonNamesThem),
        ("Ana Costa", "MS COSTA asked", ReasonNamesThem),
        ("Ana Costa", "asked from ana@SCHOOL.example", ReasonNamesThem),
    ],
)
def test_what_is_asked_for(db, cast, typed, why, fault):
    with pytest.raises(fault):
        erase(db, cast.ana, typed, why)
    assert people.find(db, 6) == cast.ana


@pytest.mark.parametrize("typed", ["ana costa", " Ana  Costa ", "ANA COSTA"])
def test_the_name_however_it_is_typed(db, cast, typed):
    assert erase(db, cast.ana, typed).number == 6


def test_a_name_of_before_is_no_reason_either(db, cast):
    with transaction(db):
        people.reactivate(db, 6, now=NOW)
        people.update(db, 6, name=OLD, now=NOW)
        people.deactivate(db, 6, now=NOW)
    with pytest.raises(ReasonNamesThem):
        erase(db, cast.ana, OLD, "Costa asked")


@pytest.mark.parametrize("who", ["lou", "max", "tess"])
def test_nobody_who_is_here(db, cast, who):
    person = getattr(cast, who)
    with pytest.raises(StillHere):
        erase(db, person, person.name)
    with pytest.raises(people.NoSuchPerson):
        erasure.erase(db, 99, typed="", why=WHY, by=1, now=NOW)


def test_what_follows_is_done_again_until_it_is_done(db, cast, tmp_path):
    erase(db, cast.ana)
    (tmp_path / erased_list.FILE).mkdir()  # nothing can be written there
    assert not erasure.finish(db)
    (tmp_path / erased_list.FILE).rmdir()
    assert erasure.finish(db) and bytes_that_name(tmp_path, ("Ana Costa",)) == []
    before = (tmp_path / erased_list.FILE).stat().st_mtime_ns
    assert erasure.finish(db) and (tmp_path / erased_list.FILE).stat().st_mtime_ns == before


def test_a_database_in_use_is_written_anew_once_and_its_journal_emptied_later(db, cast, tmp_path):
    erase(db, cast.ana)
    reader = sqlite3.connect(db.path, isolation_level=None)
    reader.execute("begin")
    reader.execute("select count(*) from people").fetchone()
    assert not erasure.finish(db, wait=0.1)
    assert {each.left for each in erased_list.read(tmp_path)} == {Left.JOURNAL}
    [found] = [each for each in doctor.examine(tmp_path, LATER) if each.name == "erased"]
    assert not found.ok and found.words == "Bytes of 1 erased record may still lie in the database's files."
    size = db.path.with_name("induction.db-wal").stat().st_size
    assert not erasure.finish(db, wait=0.1) and db.path.with_name("induction.db-wal").stat().st_size == size
    reader.execute("commit")
    reader.close()
    assert erasure.finish(db, wait=0.1) and bytes_that_name(tmp_path, ("Ana Costa",)) == []


def test_a_damaged_list_stays_as_it_is(db, cast, tmp_path):
    (tmp_path / erased_list.FILE).write_text("{")
    erase(db, cast.ana)
    assert not erasure.finish(db) and (tmp_path / erased_list.FILE).read_text() == "{"
    [found] = [each for each in doctor.examine(tmp_path, LATER) if each.name == "erased"]
    assert not found.ok and not found.stops


def test_nobody_was_erased_and_no_list_is_made(db, cast, tmp_path):
    assert erasure.finish(db) and not (tmp_path / erased_list.FILE).exists()


def test_after_a_restore_of_an_older_backup_the_doctor_says_whom(db, cast, tmp_path):
    older = tmp_path / "backups" / backup.named_for(NOW)
    backup.backup(db, older)
    erase(db, cast.ana)
    assert erasure.finish(db)
    [well] = [each for each in doctor.examine(tmp_path, LATER) if each.name == "erased"]
    assert well.ok and well.words == "1 erased; none of them is here again."
    db.close()
    restore.restore(older, tmp_path, LATER, older=True)
    [found] = [each for each in doctor.examine(tmp_path, LATER) if each.name == "erased"]
    assert not found.ok and "person 6 (ana@school.example)" in found.words and "people erase" in found.what_to_do
    again = erasure_of(tmp_path)
    erase(again, people.find(again, 6))
    assert erasure.finish(again) and contradictions(again) == []
    assert bytes_that_name(tmp_path, ("Ana Costa", "ana@school")) == [], "as it was the first time, under the same numbers"
    assert len(erased_list.read(tmp_path)) == 2  # of either time
    again.close()


def erasure_of(folder):
    from tests.records.making import open_new

    return open_new(folder)


def test_a_backup_from_after_an_erasure_is_put_back_as_ever(db, cast, tmp_path):
    erase(db, cast.ana)
    kept = tmp_path / "backups" / backup.named_for(NOW)
    backup.backup(db, kept)
    shutil.unpack_archive(kept, tmp_path / "opened")
    assert bytes_that_name(tmp_path / "opened", ("Ana Costa",)) == [], "a backup is written without what was deleted"
    db.close()
    assert restore.restore(kept, tmp_path, LATER).replaced


@pytest.mark.parametrize(
    ("name", "goes"),
    [
        ("daily-2026-12-04T021500.000000Z.zip", date(2028, 3, 5)),
        ("daily-2026-12-04T021500.000000Z.zip.age", date(2028, 3, 5)),
        ("induction-2026-12-04T021500.000000Z.zip", None),
        ("before-upgrade-2026-12-04T021500.000000Z.zip", None),
        ("replaced-2026-12-04T021500.000000Z", None),
        ("daily-2026-13-04T021500.000000Z.zip", None),
    ],
)
def test_copies_by_name(tmp_path, name, goes):
    assert erasure.copies(tmp_path) == []
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / name).touch()
    (tmp_path / "backups" / ".half.part").touch()
    assert erasure.copies(tmp_path) == [erasure.Copy(name, goes)]


def test_documents_go_unless_somebody_else_has_the_same(db, cast, tmp_path):
    said = done_elsewhere.Said("c", "Kent", "Level 1", NOW.date(), None)
    theirs, shared = b"%PDF-1.4\nAna Costa\n%%EOF\n", b"%PDF-1.4\nTwo of them\n%%EOF\n"
    for file in (theirs, shared):
        done_elsewhere.record(db, tmp_path, cast.ana.id, replace(said, title=str(len(file))), ("a.pdf", file), by=1, now=NOW)
    done_elsewhere.record(db, tmp_path, cast.tess.id, said, ("b.pdf", shared), by=1, now=NOW)
    assert len(list((tmp_path / "documents").iterdir())) == 2
    erase(db, cast.ana)
    assert erasure.finish(db)
    [left] = (tmp_path / "documents").iterdir()
    assert left.read_bytes() == shared and bytes_that_name(tmp_path, ("Ana Costa",)) == []
    assert erasure.finish(db) and left.exists()


def test_documents_of_whoever_comes_back_by_a_restore_stay(db, cast, tmp_path):
    said, file = done_elsewhere.Said("c", "Kent", "Level 1", NOW.date(), None), b"%PDF-1.4\nAna\n%%EOF\n"
    done_elsewhere.record(db, tmp_path, cast.ana.id, said, ("a.pdf", file), by=1, now=NOW)
    older = tmp_path / "backups" / backup.named_for(NOW)
    backup.backup(db, older)
    erase(db, cast.ana)
    assert erasure.finish(db)
    db.close()
    restore.restore(older, tmp_path, LATER, older=True)
    again = erasure_of(tmp_path)
    assert erasure.finish(again) and len(list((tmp_path / "documents").iterdir())) == 1
    again.close()
