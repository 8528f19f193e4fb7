"""A lead says that a copy of the backups lies elsewhere: kept with who and when, once for each change."""

from datetime import timedelta

import pytest

from induction.records import own_record
from induction.records.school import backups_elsewhere
from induction.records.school.backups_elsewhere import Said
from induction.records.store import backup
from induction.services import backups
from tests.records.making import NOW


@pytest.fixture(autouse=True)
def a_backup(db):
    """Of which a copy may lie elsewhere."""
    backup.backup(db, db.path.parent / backup.FOLDER / backup.named_for(NOW))


def test_what_was_said_last_stands_and_saying_it_again_changes_nothing(db, cast):
    assert backups_elsewhere.latest(db) is None
    assert not backups.say_elsewhere(db, False, by=cast.lou.id, now=NOW), "as it stood"
    assert backups.say_elsewhere(db, True, by=cast.lou.id, now=NOW)
    assert not backups.say_elsewhere(db, True, by=cast.max.id, now=NOW + timedelta(hours=1))
    assert backups_elsewhere.latest(db) == Said(True, cast.lou.name, NOW)
    assert backups.say_elsewhere(db, False, by=cast.max.id, now=NOW + timedelta(hours=2))
    assert backups_elsewhere.latest(db) == Said(False, cast.max.name, NOW + timedelta(hours=2))
    assert db.value("select count(*) from backups_elsewhere") == 2


def test_it_is_in_the_record_of_who_said_it(db, cast):
    backups.say_elsewhere(db, True, by=cast.lou.id, now=NOW)
    [said] = own_record.of_person(db, cast.lou.id)["backups_said_to_lie_elsewhere"]
    assert said["elsewhere"] is True and said["at"].startswith(f"{NOW:%Y-%m-%d}")
    assert own_record.of_person(db, cast.max.id)["backups_said_to_lie_elsewhere"] == []
