"""Certificates of other providers: kept with their file, counted while they are valid, taken back with a reason."""

from dataclasses import replace
from datetime import timedelta

import pytest

from induction.records import erasure as erasing
from induction.records import exports
from induction.records.people import people
from induction.records.progress import done_elsewhere, groups
from induction.records.store import backup, documents
from induction.records.store.contradictions import contradictions
from induction.records.store.database import transaction
from induction.records.store.restore import restore
from induction.rules.documents import Unfit
from induction.rules.groups import Group
from induction.rules.retention import Kind
from induction.services import done_elsewhere as deeds
from induction.services import erasure, lesson_figures, progress
from induction.services.done_elsewhere import NotElsewhere, Said
from tests.records.making import COURSE, NOW, TODAY, complete, make_so
from tests.rules.test_documents import HTML, PDF, jpeg

UNTIL = TODAY + timedelta(days=30)
SAID = Said(COURSE, "Kent", "Level 1", TODAY - timedelta(days=60), UNTIL)


@pytest.fixture
def school(db, cast, programmes, tmp_path):
    return db, cast, programmes.current(), tmp_path


def record(school, said=SAID, file=("c.pdf", PDF), who="tess"):
    db, cast, _, data = school
    return deeds.record(db, data, getattr(cast, who).id, said, file, by=cast.lou.id, now=NOW)


def stands(school, who, day):
    """Their induction by one and by many, and the group in which the school's picture has them."""
    db, _, programme, _ = school
    person = people.find(db, who.id)
    one, many = progress.of(db, programme, person, day).induction, progress.of_many(db, programme, [person], day)[person.id]
    assert (one.lessons, one.complete, one.elsewhere) == (many.lessons, many.complete, many.elsewhere)
    found = groups.groups(db, programme.required, day)
    return one, next((group for group, ids in found.items() if who.id in ids), None)


def test_it_counts_while_it_is_valid_and_nothing_looks_done_here(school):
    db, cast, _, _ = school
    before, group = stands(school, cast.tess, TODAY)
    assert not before.elsewhere and group is Group.NOT_BEGUN
    record(school)
    during, group = stands(school, cast.tess, UNTIL)
    assert (during.elsewhere, during.lessons, during.done, during.complete, group) == (frozenset({COURSE}), (), 0, True, Group.COMPLETE)
    assert db.rows("select * from completions") == [] and exports.completions(db) == []
    after, group = stands(school, cast.tess, UNTIL + timedelta(days=1))
    assert after.lessons == before.lessons and not after.complete and group is Group.OVERDUE
    assert stands(school, cast.sam, UNTIL)[1] is Group.NOT_BEGUN, "it is hers alone"


def test_in_figures_they_are_not_among_those_who_have_not_begun(school):
    db, _, programme, _ = school

    def to_do():
        return next(each.to_do for each in lesson_figures.figures(db, programme, 5, TODAY) if each.title == "Friend requests")

    before = to_do()
    record(school)
    assert to_do() == before - 1


def test_whoever_has_done_ours_too_keeps_it(school):
    db, cast, programme, _ = school
    with transaction(db):
        for lesson in ("", *(name for _, name in programme.keys(programme.library.courses[COURSE]))):
            complete(db, cast.tess.id, lesson)
    record(school)
    found, group = stands(school, cast.tess, TODAY)
    assert found.elsewhere == frozenset() and found.complete and found.done == len(found.lessons) and group is Group.COMPLETE


def test_the_policy_is_still_ours_to_read(school):
    _, cast, _, _ = school
    record(school)
    found, _ = stands(school, cast.tess, TODAY)
    assert replace(found, policy=None).complete


def test_taken_back_it_counts_no_more_and_stays(school):
    db, cast, _, data = school
    kept = record(school)
    assert deeds.take_back(db, kept.id, "It is Sam’s.", by=cast.lou.id, now=NOW)
    assert not deeds.take_back(db, kept.id, "Twice", by=cast.lou.id, now=NOW)
    assert not deeds.take_back(db, 99, "Nothing", by=cast.lou.id, now=NOW)
    assert stands(school, cast.tess, TODAY)[1] is Group.NOT_BEGUN
    [shown] = done_elsewhere.of_person(db, cast.tess.id)
    assert (shown.why, shown.taken_back_by_name, shown.by_name) == ("It is Sam’s.", "Lou Adeyemi", "Lou Adeyemi")
    assert documents.read(data, shown.document) == PDF and contradictions(db) == []
    assert record(school) is not None, "it may be recorded anew"


def test_whatever_is_said_of_a_certificate_is_known_at_once(school):
    """Which courses count is kept in memory: until one more is there, one is taken back, or one goes with its person."""
    db, cast, _, _ = school

    def known():
        return dict(done_elsewhere.courses(db, TODAY))

    assert known() == {}
    kept, _ = record(school), record(school, who="sam")
    assert known() == {cast.tess.id: {COURSE}, cast.sam.id: {COURSE}}
    assert done_elsewhere.courses(db, UNTIL + timedelta(days=1)) == {}
    deeds.take_back(db, kept.id, "It is Sam’s.", by=cast.lou.id, now=NOW)
    assert known() == {cast.sam.id: {COURSE}}
    with transaction(db):
        people.deactivate(db, cast.sam.id, now=NOW)
    erasure.erase(db, cast.sam.id, typed=cast.sam.name, why="Asked for.", by=None, now=NOW + timedelta(seconds=1))
    assert known() == {}


def test_recorded_twice_it_is_kept_once(school):
    db = school[0]
    assert record(school) and record(school) is None
    assert record(school, replace(SAID, course="boundaries-in-ten-minutes"))
    assert db.value("select count(*) from done_elsewhere") == 2


def test_what_is_refused_leaves_nothing(school):
    db, _, _, data = school
    for file in (("c.pdf", HTML), ("c.pdf", b""), ("c.pdf", b"PK\3\4" + b"\0" * 99)):
        with pytest.raises(Unfit):
            record(school, file=file)
    with pytest.raises(NotElsewhere):
        record(school, replace(SAID, done_on=TODAY + timedelta(days=1), expires_on=None))
    with pytest.raises(NotElsewhere):
        record(school, replace(SAID, expires_on=SAID.done_on - timedelta(days=1)))
    assert db.value("select count(*) from done_elsewhere") == 0 and not (data / documents.FOLDER).exists()


def test_the_file_lies_under_its_digest_for_its_owner_alone(school):
    data = school[3]
    kept = record(school, file=("\u202egpj.exe\0", jpeg()))
    assert kept.file == "certificate.jpg" and kept.kind == "jpeg"
    [file] = (data / documents.FOLDER).iterdir()
    assert file.name == kept.document and file.stat().st_mode & 0o777 == 0o600 and file.read_bytes() == jpeg()
    file.write_bytes(b"something else")
    assert documents.read(data, kept.document) is None, "what is not what was kept is not handed over"
    assert documents.keep(data, jpeg()) == kept.document and documents.read(data, kept.document) == jpeg()
    assert documents.read(data, "../induction.db") is None and documents.read(data, "a" * 64) is None
    file.unlink()
    file.symlink_to(data / "induction.db")
    assert documents.read(data, kept.document) is None


def test_documents_are_a_part_of_a_backup(school, tmp_path_factory):
    db, _, _, data = school
    kept, elsewhere = record(school), tmp_path_factory.mktemp("elsewhere")
    backup.backup(db, elsewhere / "copy.zip")
    (data / documents.FOLDER / kept.document).unlink()
    db.close()
    restore(elsewhere / "copy.zip", data, NOW)
    assert documents.read(data, kept.document) == PDF


def test_the_export_says_of_each_what_it_is(school):
    db, cast, _, _ = school
    kept = record(school)
    with transaction(db):
        make_so(db, cast.tess, name="Tess Brown", email="tess.brown@school.example")
    [row] = exports.done_elsewhere(db, "tess.brown@school.example")
    assert tuple(row) == exports.ELSEWHERE
    assert (row["person_name"], row["provider"], row["counts_for_course"]) == ("Tess Brown", "Kent", COURSE)
    assert (row["file_sha256"], row["recorded_by"], row["taken_back_at"]) == (kept.document, "Lou Adeyemi", "")
    assert exports.done_elsewhere(db, "sam@school.example") == []


def test_of_who_was_erased_nothing_is_recorded_any_more(school):
    """From a page that was open since before: it could never be taken away again."""
    db, cast, _, data = school
    with transaction(db):
        erasing.erase(db, people.find(db, cast.ana.id), kind=Kind.ERASED, by=cast.lou.id, why="Asked", until=NOW, now=NOW)
    with pytest.raises(people.NoSuchPerson):
        record(school, who="ana")
    assert db.rows("select * from done_elsewhere") == [] and not (data / documents.FOLDER).exists()
