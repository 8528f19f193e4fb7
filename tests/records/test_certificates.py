"""Certificates as they are kept: a code for each completed course, of the words and the name of that day."""

import json
from contextlib import nullcontext
from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlite_utils
from sqlite_utils import Migrations

from induction.records import erasure
from induction.records.people import people
from induction.records.progress import certificates, completions
from induction.records.progress.completions import Completion
from induction.records.store import evidence_check, migrations
from induction.records.store.contradictions import contradictions
from induction.records.store.database import RuleBroken, transaction
from induction.rules.retention import Kind
from tests.records.making import NOW, SHA256, add_cast_before, start_attempt
from tests.records.test_rules import completion, own_certificate

FIRST = "m017"  # of version 1.6
A_YEAR = timedelta(days=365)


def complete(db, person, lesson="", at=NOW, round=None, course="c"):
    done = Completion(
        person_id=person.id, course=course, lesson=lesson, version=SHA256, policy_version=0, completed_at=at, round=round
    )
    assert completions.complete(db, done)
    if not lesson:
        certificates.make(db, person.id, course)


@pytest.fixture
def done(db, cast):
    """Tess has completed a course, and a year later once more; Sam once. The words are kept."""
    with transaction(db):
        start_attempt(db, cast.tess)
        for lesson in ("one", "two"):
            complete(db, cast.tess, lesson)
        complete(db, cast.tess)
        complete(db, cast.sam, "one", NOW + timedelta(hours=1))
        complete(db, cast.sam, at=NOW + timedelta(hours=1))
        people.update(db, cast.tess.id, name="Tess Price", now=NOW + timedelta(days=9))
        round = (NOW + A_YEAR).date()
        for lesson in ("two", "three"):
            complete(db, cast.tess, lesson, NOW + A_YEAR + timedelta(days=3), round)
        complete(db, cast.tess, at=NOW + A_YEAR + timedelta(days=3), round=round)
    return db


def test_each_completed_course_has_one(done, cast):
    later, first = certificates.of_person(done, cast.tess.id)
    [sams] = certificates.of_person(done, cast.sam.id)
    assert len({first.code, later.code, sams.code}) == 3
    assert certificates.of_code(done, first.code) == first and certificates.of_code(done, first.code.lower()) is None
    assert (first.name, later.name) == ("Tess Okafor", "Tess Price"), "the name of that day"
    assert (first.superseded_at, later.superseded_at) == (later.completed_at, None)
    assert (first.round, later.round) == (None, date(2027, 11, 24))


def test_the_lessons_are_those_of_its_round(done, cast):
    later, first = certificates.of_person(done, cast.tess.id)
    assert [lesson for lesson, _ in certificates.lessons(done, first)] == ["one", "two"]
    assert [lesson for lesson, _ in certificates.lessons(done, later)] == ["two", "three"]
    assert certificates.lessons(done, replace(first, course="another")) == []


def test_all_of_a_school_by_year(done, cast):
    assert certificates.years(done) == {2027: 1, 2026: 2}
    assert [each.name for each in certificates.of_everybody(done)] == ["Tess Okafor", "Sam Price", "Tess Price"]
    assert [each.name for each in certificates.of_everybody(done, 2026)] == ["Tess Okafor", "Sam Price"]
    assert certificates.of_everybody(done, 2025) == []


def test_a_code_goes_with_its_person_and_no_earlier(done, cast):
    code = certificates.of_person(done, cast.sam.id)[0].code
    with transaction(done):
        people.deactivate(done, cast.sam.id, now=NOW + A_YEAR)
    assert certificates.of_code(done, code), "whoever has left can still show it"
    later = NOW + A_YEAR + timedelta(days=1)
    with transaction(done):
        erasure.erase(done, people.find(done, cast.sam.id), kind=Kind.ERASED, by=1, why="Asked for", until=later, now=later)
    assert certificates.of_code(done, code) is None and certificates.of_person(done, cast.sam.id) == []
    assert contradictions(done) == []
    assert len(certificates.of_person(done, cast.tess.id)) == 2


@pytest.mark.parametrize("code", ["7K4M29QXAB3CD", "7K4M29QXAB3CDEF", "7k4m29qxab3cde", "7K4M29QXAB3CDI", "7K4M2-9QXA-B3C"])
def test_what_is_no_code_is_not_kept(done, cast, code):
    with transaction(done):
        completions.complete(done, Completion(
            person_id=cast.sam.id, course="d", version=SHA256, policy_version=0, completed_at=NOW,
        ))
    for broken in (code, None):
        expected = pytest.raises(RuleBroken) if broken else nullcontext()
        with expected, transaction(done):
            done.execute(own_certificate(completion="(select max(id) from completions)", **({"code": f"'{broken}'"} if broken else {})))


def test_what_was_completed_before_gets_its_code_with_the_upgrade(tmp_path):
    earlier = Migrations("induction")
    for step in migrations.SCHEMA.pending(sqlite_utils.Database(memory=True)):
        if step.name.startswith(FIRST):
            break
        earlier(name=step.name)(step.fn)
    db = migrations.open_database(tmp_path / "induction.db", NOW, earlier)
    cast = add_cast_before(db)
    with transaction(db):
        start_attempt(db, cast.tess)
        for person in (cast.tess, cast.sam, cast.ana):
            for lesson in ("one", ""):
                db.execute(completion(person=str(person.id), course="'c'", lesson=f"'{lesson}'", attempt="null"))
    db.close()
    db = migrations.open_database(tmp_path / "induction.db", NOW)
    kept = certificates.of_everybody(db)
    assert [each.name for each in kept] == ["Tess Okafor", "Sam Price", "Ana Costa"]
    assert len({each.code for each in kept}) == 3 and contradictions(db) == []
    entries = [json.loads(row["entry"]) for row in db.rows("select entry from evidence where kind = 'certificate'")]
    assert [entry["before"] for entry in entries] == [True] * 3, "they are entered as what was recorded before"
    assert evidence_check.check(db).fault is None
    db.close()
