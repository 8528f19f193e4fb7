"""The schema of badges comes to a school that has recorded certificates of other providers: nothing of them is another after it."""

import pytest

from induction.records import evidence
from induction.records.people import people
from induction.records.progress import done_elsewhere
from induction.records.progress.done_elsewhere import NewCertificate
from induction.records.store import migrations
from induction.records.store.database import transaction
from tests.records.making import COURSE, NOW, TODAY, add_cast_before, open_new
from tests.records.test_restore import of_version

KEPT = ("done_elsewhere", "done_elsewhere_taken_back", "evidence")


def steps_before(name):
    return [step.name for step in migrations.SCHEMA.pending(migrations.sqlite_utils.Database(memory=True))].index(name)


def certificate(title, person):
    return NewCertificate(person.id, COURSE, "Kent", title, TODAY, None, "d" * 64, "pdf", "c.pdf", 7)


@pytest.mark.parametrize("before", ["m017_evidence", "m020_badges"])
def test_certificates_of_other_providers_stay_as_they_are_and_are_entered_once(tmp_path, before):
    old = migrations.open_database(tmp_path / "induction.db", NOW, of_version(steps_before(before)))
    cast = add_cast_before(old)
    with transaction(old):
        for title in ("one", "two", "three"):
            done_elsewhere.add(old, certificate(title, cast.tess), by=cast.lou.id, now=NOW)
        done_elsewhere.take_back(old, 2, "Not hers", by=cast.lou.id, now=NOW)
        old.execute("update sqlite_sequence set seq = 50 where name = 'done_elsewhere'")  # those up to there were erased
    rows = {table: old.rows(f"select * from {table}") for table in KEPT if before != "m017_evidence" or table != "evidence"}
    old.close()
    new = open_new(tmp_path)
    for table, were in rows.items():
        assert new.rows(f"select * from {table}")[: len(were)] == were, table
    entered = new.rows("select row from evidence where kind in ('elsewhere', 'elsewhere taken back') order by n")
    assert len(entered) == 4 and evidence.check(new).fault is None and new.rows("select * from evidence_due") == []
    with transaction(new):
        assert done_elsewhere.add(new, certificate("four", people.find(new, cast.tess.id)), by=cast.lou.id, now=NOW) == 51
    assert evidence.check(new).fault is None
    new.close()
