"""The chain of evidence: everything is entered, and each way of bending it is found."""

import json
import shutil
import sqlite3 as plain
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest

from induction.records import erasure, evidence
from induction.records.people import people
from induction.records.people.person import Details
from induction.records.store.columns import moment_text
from induction.records.store.database import Database, DatabaseFault, RuleBroken, one_moment, transaction
from induction.records.store.evidence_facts import FACTS
from induction.records.store.tokens import digest
from induction.rules import evidence as rules
from induction.rules.retention import Kind
from induction.rules.roles import Role
from induction.services import evidence as deeds
from induction.services.spreadsheet.csv_file import csv_text
from tests.records.making import COURSE, NOW, SHA256, finish, save_answer, start_attempt
from tests.records.test_rules import (
    acknowledgement,
    act,
    approval,
    certificate,
    certificate_taken_back,
    completion,
    insert,
    own_certificate,
)

LATER = NOW + timedelta(days=1)


@pytest.fixture
def full(db, cast):
    """Something of each kind."""
    with transaction(db):
        tried = start_attempt(db, cast.tess)
        save_answer(db, tried)
        finish(db, tried)
        sha256 = digest("words")
        db.execute(insert("policy_versions", {"at": f"'{moment_text(NOW)}'", "sha256": f"'{sha256}'", "text": "'words'"}))
        db.execute("insert into policy_choices (version, facet, stance) values (1, 'pupil-contact', 'school-platforms')")
        for statement in (completion(), acknowledgement(sha256=f"'{sha256}'"), approval(), act(), certificate(), certificate_taken_back()):
            db.execute(statement)
    return db


def found(db: Database, head: str | None = None):
    fault = evidence.check(db, head).fault
    return fault and (fault.n, str(fault.wrong))


def bent(db: Database, *statements: str):
    """The records changed by somebody who holds the disk, with the triggers out of the way; what is found of it."""
    copy = db.path.with_name("bent.db")
    with one_moment(db):
        db.connection().execute("pragma query_only = off")
        plain.connect(copy).close()
    db.connection().execute("pragma wal_checkpoint(truncate)")
    shutil.copy2(db.path, copy)
    raw = plain.connect(copy, isolation_level=None)
    for (name,) in raw.execute("select name from sqlite_schema where type = 'trigger'").fetchall():
        raw.execute(f"drop trigger {name}")
    for statement in statements:
        raw.execute(statement)
    raw.close()
    other = Database(copy)
    try:
        return found(other)
    finally:
        other.close()


def number(db: Database, kind: str) -> int:
    return db.value("select max(n) from evidence where kind = ?", [kind])


def test_everything_that_happened_has_one_entry(full):
    rows = full.rows("select kind, count(*) as count from evidence group by kind order by kind")
    assert {row["kind"]: row["count"] for row in rows} == {
        "school": 1, "person": 7, "attempt": 1, "answers": 1, "completion": 1, "acknowledgement": 1, "approval": 1, "policy": 1,
        "act": 1, "elsewhere": 1, "elsewhere taken back": 1,
    }
    assert found(full) is None
    assert evidence.latest(full).head == evidence.check(full).head


def test_an_entry_says_what_happened_and_who_that_was_then(full, cast):
    entry = json.loads(full.value("select entry from evidence where kind = 'attempt'"))
    assert entry["fact"]["person"] == cast.tess.id and entry["fact"]["quiz_version"] == SHA256
    who = full.row("select * from people_history where id = ?", [entry["who"]["person"]])
    assert who["name"] == "Tess Okafor"
    assert "Tess" not in json.dumps(entry), "a name stands in the entries of that person's history alone"


def test_a_leaf_and_a_head_are_what_they_are_said_to_be(full):
    before = bytes(32)
    for row in full.rows("select * from evidence order by n"):
        leaf = sha256(b"\0" + row["salt"] + row["entry"].encode()).digest()
        before = sha256(b"\1" + row["n"].to_bytes(8, "big") + before + leaf).digest()
        assert (row["leaf"], row["head"]) == (leaf, before)


def test_what_is_not_entered_is_not_kept(full, cast):
    """By whoever writes past `transaction`."""
    from induction.records.store.connections import connect

    raw = connect(full.path).conn
    raw.execute("pragma query_only = off")
    raw.execute("begin immediate")
    raw.execute(completion(person="5"))
    with pytest.raises(Exception, match="FOREIGN KEY"):
        raw.execute("commit")
    raw.execute("rollback")
    raw.close()


EMPTY = "update evidence set entry = null, salt = null where"
BENT = {
    "a completion has another day": ("completion", "update completions set completed_at = '2026-11-20T09:30:00.000000Z'", "record changed"),
    "a mark is better": ("attempt", "update attempts set percent = 99", "record changed"),
    "an answer is another": ("answers", "update answers set chosen = '[7]'", "record changed"),
    "somebody was called otherwise": ("person", "update people_history set name = 'Nobody' where id = 7", "record changed"),
    "a signature is gone": ("acknowledgement", "delete from acknowledgements", "record gone"),
    "an entry says otherwise": ("completion", "update evidence set entry = replace(entry, 'Z', 'Y') where kind = 'completion'", "leaf"),
    "an entry has lost its words": ("completion", "update evidence set entry = null, salt = null where kind = 'completion'", "emptied"),
    "a head is another": ("approval", "update evidence set head = randomblob(32) where kind = 'approval'", "head"),
    "an entry is gone": ("approval", "delete from evidence where kind = 'approval'", "missing"),
    "what a lead did is gone": ("act", "delete from acts", "record gone"),
    "what a lead did is gone, and its words": ("act", f"{EMPTY} kind = 'act'; delete from acts", "emptied"),
    "the school's policy reads otherwise": ("policy", "update policy_versions set text = 'other words'", "other words"),
    "the school had chosen otherwise": ("policy", "update policy_choices set stance = 'anything'", "record changed"),
    "a lesson reads otherwise": ("attempt", "update versions set text = 'other words'", "other words"),
    "a lesson is gone": ("attempt", "delete from versions", "other words"),
    "two entries have changed places": (
        "approval", "update evidence set row = row + 1000 where kind = 'approval'", "leaf"),
}


@pytest.mark.parametrize("kind, statement, wrong", BENT.values(), ids=BENT)
def test_what_is_bent_is_found_at_its_entry(full, kind, statement, wrong):
    assert bent(full, *statement.split("; ")) == (number(full, kind), wrong)


ERASED_IN_NAME = {  # as if a removal had taken the words, whose person was erased in another year or never
    "an act of somebody else": ("act", f"{EMPTY} kind = 'act'; update acts set about = 'nothing'", "emptied"),
    "a completion of somebody else": (
        "completion",
        f"{EMPTY} kind = 'completion'; update evidence set person = 6 where kind = 'completion'; update completions set percent = 100",
        "emptied",
    ),
    "somebody is marked as erased": (
        "attempt",
        f"{EMPTY} kind = 'attempt'; update people set active = 0, erased_at = (select at from acts) where id = 4; delete from attempts",
        "emptied",
    ),
    "another's record, said to have gone with that removal": (
        "removal",
        f"{EMPTY} kind = 'completion'; update evidence set person = 6, gone_with = 1 where kind = 'completion'; delete from completions",
        "record changed",
    ),
    "the removal itself": ("removal", f"{EMPTY} kind = 'removal'; update removals set why = 'another'", "emptied"),
}


@pytest.mark.parametrize("kind, statement, wrong", ERASED_IN_NAME.values(), ids=ERASED_IN_NAME)
def test_somebody_who_was_erased_lends_nobody_else_their_silence(full, cast, kind, statement, wrong):
    with transaction(full):
        erasure.erase(full, cast.ana, kind=Kind.ERASED, by=cast.lou.id, why="She asked.", until=LATER, now=LATER)
    assert found(full) is None
    assert bent(full, *statement.split("; ")) == (number(full, kind), wrong)


def test_a_record_that_was_never_entered_is_found(full):
    last = evidence.latest(full).n
    columns = "person, course, version, attempts, policy_version, completed_at"
    others = columns.partition(", ")[2]
    added = f"insert into completions ({columns}, lesson) select 5, {others}, 'z' from completions"
    assert bent(full, added) == (last + 1, "not entered")


def test_a_tail_that_was_cut_off_with_its_records_is_found_by_a_head_kept_outside_alone(full):
    head, last = evidence.latest(full).head, evidence.latest(full).n
    assert found(full, head) is None and found(full, head[:16]) is None
    cut = [
        "delete from done_elsewhere_taken_back", f"delete from evidence where n = {last}",
        f"delete from evidence where n = {number(full, 'elsewhere taken back')}",
    ]
    assert bent(full, *cut) is None, "a chain alone can't tell"
    other = Database(full.path.with_name("bent.db"))
    assert found(other, head) == (last - 1, "other head")
    other.close()


def test_a_chain_made_anew_holds_and_is_found_by_a_head_kept_outside_alone(full):
    head = evidence.latest(full).head
    rows = full.rows("select n, kind, row, entry from evidence order by n")
    statements, before = ["update completions set percent = 100, attempt = null"], bytes(32)
    for row in rows:
        entry = row["entry"]
        if row["kind"] == "completion":
            entry = entry.replace('"percent":80', '"percent":100').replace('"percent":null', '"percent":100')
            entry = entry.replace('"attempt":1', '"attempt":null')
        salt = bytes(16)
        leaf = rules.leaf(salt, entry)
        before = rules.head(row["n"], before, leaf)
        quoted = entry.replace("'", "''")
        statements.append(
            f"update evidence set salt = x'{salt.hex()}', entry = '{quoted}', leaf = x'{leaf.hex()}', head = x'{before.hex()}'"
            f" where n = {row['n']}"
        )
    assert bent(full, *statements) is None
    other = Database(full.path.with_name("bent.db"))
    assert found(other, head)[1] == "other head"
    other.close()


def test_a_clock_that_went_back_is_flagged_and_the_order_kept(db, cast):
    for at in (LATER, NOW):
        with transaction(db):
            people.add(db, Details(f"{at.day}@school.example", "New", Role.TEACHER), now=at)
    entries = [json.loads(row["entry"]) for row in db.rows("select entry from evidence order by n desc limit 2")]
    assert [entry.get("clock_went_back") for entry in entries] == [True, None]
    assert found(db) is None


def test_what_waited_for_its_turn_is_no_clock_that_went_back(db, cast):
    for at in (LATER, LATER - timedelta(seconds=40)):
        with transaction(db):
            people.add(db, Details(f"{at:%H%M%S}@school.example", "New", Role.TEACHER), now=at)
    assert "clock_went_back" not in db.value("select entry from evidence order by n desc limit 1")


def test_many_writers_at_once_make_one_chain(db, cast):
    def write(number: int) -> None:
        for turn in range(10):
            with transaction(db):
                db.execute(completion(person=str(1 + number % 5), lesson=f"'{number}-{turn}'"))
        db.close()

    threads = [threading.Thread(target=write, args=[number]) for number in range(6)]
    for each in threads:
        each.start()
    seen = []
    while any(each.is_alive() for each in threads):
        with one_moment(db):
            seen.append((db.value("select count(*) from completions"), db.value("select count(*) from evidence where kind = 'completion'")))
        assert found(db) is None
    for each in threads:
        each.join()
    assert all(first == second for first, second in seen)
    assert found(db) is None and db.value("select count(*) from evidence where kind = 'completion'") == 60


def test_what_was_recorded_before_there_was_a_chain_is_entered_as_that(full):
    """The upgrade enters all at once, in the order in which it happened."""
    whole = full.rows("select kind, row from evidence where kind <> 'school' order by n")
    with transaction(full):
        for trigger in ("evidence_stays", "an_entry_is_the_next_of_what_happened"):
            full.execute(f"drop trigger {trigger}")
        full.execute("delete from evidence")
        for row in whole:
            full.execute("insert into evidence_due (kind, row, before) values (?, ?, 1)", [row["kind"], row["row"]])
    assert full.rows("select kind, row from evidence order by n") == whole
    assert all(json.loads(row["entry"])["before"] for row in full.rows("select entry from evidence"))


def test_the_verifier_needs_nothing_of_ours(full, tmp_path):
    def verify(*arguments: str) -> tuple[int, str]:
        command = [sys.executable, "-I", "-S", str(deeds.VERIFIER), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
        return done.returncode, done.stdout + done.stderr

    rows = list(evidence.rows(full))
    sheet = tmp_path / "evidence.csv"
    sheet.write_text(csv_text(evidence.COLUMNS, rows), encoding="utf-8", newline="")
    head = evidence.latest(full).head
    assert verify(str(sheet), head) == (0, f"{len(rows)} entries, head {head}\n")
    assert verify(str(sheet), "0" * 16)[0] == 1
    for changed, words in (
        (rows[:3] + rows[4:], "entry 4 is missing"),
        ([*rows[:5], {**rows[5], "entry": rows[5]["entry"].replace("Z", "Y")}, *rows[6:]], "entry 6 is not the one"),
        ([*rows[:5], {**rows[5], "head": "00" * 32}, *rows[6:]], "entry 6 does not follow"),
    ):
        sheet.write_text(csv_text(evidence.COLUMNS, changed), encoding="utf-8", newline="")
        code, said = verify(str(sheet))
        assert code == 1 and words in said
    assert len(deeds.VERIFIER.read_text().split('if __name__')[0].splitlines()) < 45


def test_the_code_of_a_certificate_is_of_one_completion(full, cast):
    """Whose paper it is, whoever holds the disk can't say anew."""
    with transaction(full):
        full.execute(completion(lesson="''", attempt="null"))
        full.execute(own_certificate())
    assert found(full) is None and "clock_went_back" not in full.value("select entry from evidence order by n desc limit 1")
    entered = number(full, "certificate")
    assert bent(full, "update certificates set code = '00000000000000'") == (entered, "record changed")
    assert bent(full, "delete from certificates") == (entered, "record gone")


def test_a_column_that_is_not_there_is_no_word_of_an_entry(full, monkeypatch):
    """As in a schema between two releases: SQLite would take its name for what stands in it."""
    fact = FACTS["completion"]
    monkeypatch.setitem(FACTS, "completion", replace(fact, columns=(*fact.columns, "to_come")))
    with pytest.raises(DatabaseFault), transaction(full):
        full.execute(completion(lesson="'other'"))


@pytest.mark.parametrize("statement", ["update evidence set at = at", "insert or replace into evidence select * from evidence"])
def test_nobody_writes_into_it_by_the_way(full, statement):
    with pytest.raises(RuleBroken), transaction(full):
        full.execute(statement)
    assert COURSE
