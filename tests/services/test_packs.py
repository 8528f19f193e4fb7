"""Packs that leads ask for: one at a time, for a day, handed out with an act, and gone with whoever is erased."""

import zipfile
from datetime import timedelta

import pytest

from induction.records import acts
from induction.records.people.people import NoSuchPerson, WasErased
from induction.records.school import packs as records
from induction.records.school.packs import Wanted
from induction.records.store import backup
from induction.records.store.whole_files import private, workshop
from induction.rules.acts import What
from induction.rules.pack import KEPT_FOR, LONGEST
from induction.services import erasure, packs
from induction.services.packs import AnotherUnderWay, DayToCome, NotHereYet
from tests.records.making import NOW, TODAY

ALL = Wanted(TODAY, None)


@pytest.fixture
def folder(db, tmp_path):
    (tmp_path / packs.FOLDER).mkdir()
    return tmp_path / packs.FOLDER


def ask(db, cast, wanted=ALL, by=None, now=NOW):
    return packs.ask(db, wanted, by=(by or cast.lou).id, now=now)


def make(db, folder, number, body=b"PK pack", now=NOW):
    with workshop(folder / "pack") as work:
        with open(work / "pack.zip", "xb", opener=private) as file:
            file.write(body)
        return packs.made(db, number, work / "pack.zip", now)


def downloads(db):
    return [each for each in acts.whole_log(db, acts.Wanted()) if each.what is What.DOWNLOADED]


def lying(folder):
    return [each.name for each in folder.iterdir()]


def test_from_asking_to_the_download(db, cast, folder):
    number = ask(db, cast)
    packs.at_step(db, number, 2)
    [row] = packs.listing(db, NOW)
    assert (row.under_way, row.step, row.by_name, row.person_name) == (True, 2, "Lou Adeyemi", None)
    assert packs.download(db, number, by=1, now=NOW) is None, "not made yet"
    assert make(db, folder, number)
    [row] = packs.listing(db, NOW)
    assert (row.under_way, row.bytes, row.file) == (False, 7, *lying(folder)) and (folder / row.file).stat().st_mode & 0o777 == 0o600
    found = packs.download(db, number, by=cast.lou.id, now=NOW)
    with found.file as file:
        assert (file.read(), found.name) == (b"PK pack", "inspection-pack-2026-11-24.zip")
    [act] = downloads(db)
    assert (act.by, act.about) == (cast.lou.id, f"the inspection pack as at 24 November 2026 (SHA-256 {row.sha256})")


def test_of_one_person_it_is_said_of_whom(db, cast, folder):
    number = ask(db, cast, Wanted(TODAY, cast.tess.id))
    make(db, folder, number)
    found = packs.download(db, number, by=cast.lou.id, now=NOW)
    found.file.close()
    assert found.name == f"inspection-pack-{cast.tess.id}-2026-11-24.zip"
    assert [each.person_name for each in downloads(db)] == ["Tess Okafor"]


@pytest.mark.parametrize("wanted, fault", [
    (Wanted(TODAY + timedelta(days=1), None), DayToCome), (Wanted(TODAY, 99), NoSuchPerson),
    (Wanted(TODAY - timedelta(days=1), 4), NotHereYet),
])  # fmt: skip
def test_what_is_refused(db, cast, wanted, fault):
    with pytest.raises(fault):
        ask(db, cast, wanted)
    assert packs.listing(db, NOW) == []


def test_one_at_a_time_and_the_same_once(db, cast, folder):
    number = ask(db, cast)
    assert ask(db, cast) == ask(db, cast, by=cast.max) == number
    with pytest.raises(AnotherUnderWay, match="Lou Adeyemi at the moment"):
        ask(db, cast, Wanted(TODAY, cast.tess.id))
    make(db, folder, number)
    assert ask(db, cast, Wanted(TODAY, cast.tess.id)) == number + 1
    packs.failed(db, number + 1, "Why.")
    assert [each.trouble for each in packs.listing(db, NOW)] == ["Why.", ""]
    assert ask(db, cast) == number + 2


def test_one_that_never_came_back_is_in_nobodys_way_for_ever(db, cast):
    ask(db, cast)
    later = NOW + 2 * LONGEST + timedelta(minutes=1)
    assert packs.listing(db, later)[0].under_way, "until somebody asks again"
    assert ask(db, cast, Wanted(TODAY, cast.tess.id), now=later) == 2


def test_after_a_day_it_goes(db, cast, folder):
    number = ask(db, cast)
    make(db, folder, number)
    over = NOW + KEPT_FOR
    assert packs.listing(db, over - timedelta(minutes=1)) and packs.listing(db, over) == []
    assert packs.download(db, number, by=1, now=over) is None and lying(folder)
    packs.sweep(db, over + timedelta(minutes=1))
    assert lying(folder) == [] and records.listing(db) == []


def test_what_was_changed_or_taken_away_on_the_disk_is_not_handed_out(db, cast, folder):
    number = ask(db, cast)
    make(db, folder, number)
    path = folder / lying(folder)[0]
    path.write_bytes(b"PK peck")
    assert packs.download(db, number, by=1, now=NOW) is None
    path.unlink()
    assert packs.download(db, number, by=1, now=NOW) is None and packs.listing(db, NOW) == []
    assert downloads(db) == []


def test_what_a_killed_maker_left_is_swept_and_a_working_one_left_alone(db, cast, folder):
    (folder / "nobodys.zip").write_bytes(b"half")
    (folder / ".pack.01234567.part").mkdir()
    with workshop(folder / "pack") as work:
        packs.sweep(db, NOW)
        assert lying(folder) == [work.name]


@pytest.mark.parametrize("whose", ["tess", None])
def test_erasing_anybody_takes_every_pack_along(db, cast, folder, whose):
    """Whose record it is of, or of everybody: any may hold anybody's name."""
    made = ask(db, cast, Wanted(TODAY, whose and cast.tess.id))
    make(db, folder, made)
    under_way = ask(db, cast)
    erasure.erase(db, cast.ana.id, typed="Ana Costa", why="Asked for", by=1, now=NOW)
    assert packs.listing(db, NOW) == []
    assert erasure.finish(db) and lying(folder) == []
    assert not make(db, folder, under_way) and lying(folder) == [], "one that was being made is thrown away"
    with pytest.raises(WasErased):
        ask(db, cast, Wanted(TODAY, cast.ana.id))


def test_it_is_no_part_of_a_backup(db, cast, folder, tmp_path):
    make(db, folder, ask(db, cast), body=b"the very bytes of a pack")
    backup.backup(db, tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as held:
        assert not any(packs.FOLDER in each for each in held.namelist())
