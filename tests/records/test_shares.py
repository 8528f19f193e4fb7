"""What is shared names its reader; each change is an entry, and the latest counts."""

from datetime import timedelta

import pytest
from sqlite_utils import Migrations

from induction.records import erasure
from induction.records.people import people
from induction.records.progress import attempts, confidence, shares
from induction.records.progress.shares import Share
from induction.records.school import outbox
from induction.records.school.outbox import Envelope
from induction.records.store import migrations
from induction.records.store.database import RuleBroken, transaction
from induction.rules.letters import LetterKind
from induction.rules.retention import Kind
from tests.records.making import COURSE, NOW, SHA256, WORDS, finish, open_new, start_attempt

LATER = NOW + timedelta(days=3)


@pytest.fixture
def attempt(db, cast):
    with transaction(db):
        made = start_attempt(db, cast.tess)
        finish(db, made)
    return made


def share(db, person, attempt, reader, now=NOW):
    with transaction(db):
        return shares.share_attempt(db, person.id, attempt, reader and reader.id, now)


def test_a_share_names_its_reader_and_the_latest_counts(db, cast, attempt):
    assert shares.attempts_of(db, cast.tess.id) == {}
    assert share(db, cast.tess, attempt, cast.max)
    assert share(db, cast.tess, attempt, cast.max, LATER)
    assert shares.attempts_of(db, cast.tess.id) == {attempt: Share(cast.max.id, "Max Reid", NOW)}
    assert share(db, cast.tess, attempt, cast.nia, LATER)
    assert shares.attempts_of(db, cast.tess.id)[attempt].reader_id == cast.nia.id
    assert share(db, cast.tess, attempt, None, LATER)
    assert share(db, cast.tess, attempt, None, LATER)
    assert shares.attempts_of(db, cast.tess.id) == {}
    told = shares.history_of_attempts(db, cast.tess.id)[attempt]
    assert [each["with"] for each in told] == ["Max Reid", "Nia Évans", None], "and nothing of it is forgotten"


def test_what_was_never_shared_is_not_taken_back(db, cast, attempt):
    assert share(db, cast.tess, attempt, None)
    assert shares.history_of_attempts(db, cast.tess.id) == {}


def test_only_ones_own_and_only_what_is_finished(db, cast, attempt):
    assert not share(db, cast.max, attempt, cast.nia)
    with transaction(db):
        begun = start_attempt(db, cast.tess, "late-messages")
    assert not share(db, cast.tess, begun, cast.max)
    assert shares.attempts_of(db, cast.tess.id) == {}


def test_nobody_shares_with_themselves(db, cast, attempt):
    with pytest.raises(RuleBroken):
        share(db, cast.tess, attempt, cast.tess)
    with pytest.raises(RuleBroken), transaction(db):
        shares.share_confidence(db, cast.tess.id, COURSE, cast.tess.id, NOW)


def test_whoever_reads_finds_it_in_their_own_record(db, cast, attempt):
    share(db, cast.tess, attempt, cast.max)
    with transaction(db):
        shares.share_confidence(db, cast.tess.id, COURSE, cast.max.id, LATER)
    assert [(each["teacher"], each["lesson"]) for each in shares.shared_with(db, cast.max.id)] == [
        ("Tess Okafor", "friend-requests"), ("Tess Okafor", None),
    ]
    assert shares.shared_with(db, cast.nia.id) == []


def test_what_was_shared_with_my_mentor_is_shared_with_whoever_that_is_at_the_upgrade(tmp_path):
    """The second release shared with a role. What was shared while there was a mentor names them now; nothing is lost."""
    second = Migrations("induction")
    for step in (migrations.m001_people_school_learning, migrations.m002_policy_register_courses):
        second(name=step.__name__)(step)
    db = migrations.open_database(tmp_path / "induction.db", NOW, second)
    at = "2026-11-24T09:30:00.000000Z"
    person = "insert into people (email, name, sort_name, role, mentor, created_at, checklist_key) values (?, ?, ?, ?, ?, ?, ?)"
    done = (
        "insert into attempts (person, course, lesson, quiz_version, lesson_version, policy_version, pass_mark, drawn, started_at,"
        " finished_at, mark, percent, breaches, passed, shared_at) values (?, 'a', ?, ?, ?, 0, 80, '[\"c\"]', ?, ?, '1/1', 100, 0, 1, ?)"
    )
    with transaction(db):
        db.execute("insert into versions values (?, 'quiz', ?, ?)", [SHA256, WORDS, at])
        for name, role, mentor in (("max", "mentor", None), ("tess", "teacher", 1), ("sam", "teacher", None)):
            db.execute(person, [f"{name}@school.example", name.title(), name, role, mentor, at, f"a-key-of-sixteen-{name}"])
        for who, lesson, shared in ((2, "told", at), (2, "untold", None), (3, "told", at)):
            db.execute(done, [who, lesson, SHA256, SHA256, at, at, shared])
        for who in (2, 3):
            db.execute("insert into confidence (person, course, stage, answers, at) values (?, 'a', 'before', '{}', ?)", [who, at])
            db.execute("insert into confidence_shared values (?, 'a', ?)", [who, at])
    db.close()
    db = open_new(tmp_path)
    assert shares.attempts_of(db, 2) == {1: Share(1, "Max", NOW)}
    assert confidence.of_person(db, 2)["a"].share == Share(1, "Max", NOW)
    assert shares.attempts_of(db, 3) == {} and confidence.of_person(db, 3)["a"].share is None
    assert shares.history_of_attempts(db, 3) == {3: [{"with": None, "at": at}]}, "that it was shared stays, with nobody to read it"
    assert [each.opening for each in attempts.history(db, 2)] == [None, None]
    assert db.rows("select id, shared_at from attempts order by id") == [
        {"id": 1, "shared_at": at}, {"id": 2, "shared_at": None}, {"id": 3, "shared_at": at},
    ]
    db.close()


def test_names_are_those_of_the_day_whoever_is_called_otherwise_since(db, cast, attempt):
    """In what was shared, in the list of letters, and in who erased whom."""
    share(db, cast.tess, attempt, cast.max)
    with transaction(db):
        shares.share_confidence(db, cast.tess.id, COURSE, cast.max.id, NOW)
        outbox.put(db, Envelope(LetterKind.TEST, cast.max.id, cast.max.email, "1", "S", "W", "why", NOW, LATER), NOW)
        erasure.erase(db, cast.ana, kind=Kind.ERASED, by=cast.lou.id, why="Asked for", until=NOW, now=NOW)
        for person in (cast.max, cast.tess, cast.lou):
            people.update(db, person.id, name=f"New {person.name}", now=LATER)
    assert shares.attempts_of(db, cast.tess.id)[attempt].reader_name == "Max Reid"
    assert shares.history_of_attempts(db, cast.tess.id)[attempt][0]["with"] == "Max Reid"
    assert shares.history_of_confidence(db, cast.tess.id)[COURSE][0]["with"] == "Max Reid"
    assert {each["teacher"] for each in shares.shared_with(db, cast.max.id)} == {"Tess Okafor"}
    assert list(outbox.names(db, [1]).values()) == ["Max Reid"]
    assert erasure.of_person(db, cast.ana.id).by_name == "Lou Adeyemi" == erasure.all_of_them(db)[0].by_name
