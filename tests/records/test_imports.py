"""Lists of people on their way in: each its lead's own, for a day, in no backup; and nothing of it once it is done."""

import zipfile
from datetime import timedelta

import pytest

from induction.records.people import imports, sessions
from induction.records.store.backup import backup
from induction.records.store.database import RuleBroken, transaction
from tests.records.making import NOW, open_new

DAY = timedelta(days=1)


@pytest.fixture
def begun(db, cast):
    with transaction(db):
        return imports.begin(db, by=cast.lou.id, file="staff.xlsx", sheet="Ida Brook", now=NOW)


def test_a_list_is_its_leads_own_and_lasts_a_day(db, cast, begun):
    assert imports.find(db, begun, cast.lou.id, NOW + DAY - timedelta(seconds=1)).sheet == "Ida Brook"
    assert imports.find(db, begun, cast.lou.id, NOW + DAY) is None
    assert imports.find(db, begun, cast.max.id, NOW) is None and imports.find(db, 99, cast.lou.id, NOW) is None


def test_it_outlives_the_server(db, cast, begun, tmp_path):
    again = open_new(tmp_path)
    assert imports.find(again, begun, cast.lou.id, NOW).file == "staff.xlsx"
    again.close()


@pytest.mark.parametrize("event", ["another list", "somebody signs in"])
def test_after_its_day_it_goes_by_itself(db, cast, begun, event):
    with transaction(db):
        if event == "another list":
            imports.begin(db, by=cast.lou.id, file="", sheet="[]", now=NOW + DAY)
        else:
            sessions.start(db, cast.tess.id, device="a browser", now=NOW + DAY)
    assert db.value("select count(*) from imports where id = ?", [begun]) == 0


def test_of_one_lead_the_latest_three_are_kept(db, cast, begun):
    with transaction(db):
        more = [imports.begin(db, by=cast.lou.id, file=f"{number}", sheet="[]", now=NOW) for number in range(3)]
        other = imports.begin(db, by=cast.nia.id, file="hers", sheet="[]", now=NOW)
    assert [each.id for each in imports.under_way(db, cast.lou.id, NOW)] == more[::-1]
    assert [(each.id, each.sheet) for each in imports.under_way(db, cast.nia.id, NOW)] == [(other, "")]


def test_once_it_is_done_only_counts_stay(db, cast, begun):
    with transaction(db):
        imports.finish(db, begun, {"added": 3})
    done = imports.find(db, begun, cast.lou.id, NOW)
    assert (done.sheet, done.columns, done.mends, done.done) == ("", "", "", {"added": 3})
    assert imports.under_way(db, cast.lou.id, NOW) == []
    with pytest.raises(RuleBroken), transaction(db):
        db.execute("update imports set sheet = 'Ida Brook'")


def test_no_backup_holds_a_list(db, cast, begun, tmp_path):
    backup(db, tmp_path / "backup.zip")
    with zipfile.ZipFile(tmp_path / "backup.zip") as packed:
        copy = packed.read("induction.db")
    assert b"Tess Okafor" in copy and b"Ida Brook" not in copy and b"staff.xlsx" not in copy
    assert imports.find(db, begun, cast.lou.id, NOW) is not None
