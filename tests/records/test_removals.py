"""What keeps the records opens for a removal alone, and for no more than it says. Tried past the code, in SQL."""

import sqlite3 as plain
from datetime import timedelta

import pytest
import sqlite_utils
from sqlite_utils.utils import sqlite3

from induction.records.store import evidence, removals
from induction.records.store.connections import connect
from induction.records.store.contradictions import contradictions
from induction.records.store.database import DatabaseFault, RuleBroken, transaction
from induction.records.store.removals import Removal
from induction.rules.retention import Kind
from tests.records.making import NOW, SHA256, finish, save_answer, start_attempt
from tests.records.test_rules import (
    AT,
    HASH,
    acknowledgement,
    answer,
    approval,
    asked,
    attempt_share,
    badge_read,
    certificate,
    certificate_taken_back,
    completion,
    confidence,
    confidence_share,
    conversation,
    insert,
    letter_sent,
    note,
    opened,
    own_certificate,
    postponed,
    sign_in_event,
)

LATER = NOW + timedelta(days=800)
LATER_TEXT = f"'{(NOW + timedelta(days=800)).isoformat(timespec='microseconds').removesuffix('+00:00')}Z'"
UNTIL = f"'{(NOW + timedelta(days=1)).isoformat(timespec='microseconds').removesuffix('+00:00')}Z'"
KINDS = ("answers", "notes", "confidence", "themes", "letters", "browsers", "left")

TAKES = {  # what each kind takes of Tess (4), with the statement that takes it
    "answers": ["delete from put_off where attempt = 2", "delete from answers where attempt = 2"],
    "notes": ["delete from note_answers where note = 1", "delete from notes where person = 4"],
    "confidence": ["update confidence set answers = '{}' where person = 4"],
    "themes": ["update conversations set themes = '[]' where teacher = 4"],
    "letters": ["delete from letters where id = 1"],
}
LEFT_TAKES = [
    "delete from staff_group_members where person = 6", "delete from badges_read", "delete from done_elsewhere_taken_back where entry = 1",
    "delete from done_elsewhere where person = 6",
    "delete from note_answers", "delete from notes where person = 6", "delete from put_off where attempt = 3",
    "delete from answers where attempt = 3", "delete from attempt_shares where attempt = 3",
    "delete from certificates", "delete from completions where person = 6 and lesson <> ''", "delete from attempts where person = 6",
    "delete from confidence where person = 6", "delete from confidence_shares where person = 6",
    "delete from conversations where teacher = 6", "delete from acknowledgements where person = 6",
    "delete from letters where person = 6", "delete from asked_again where person = 6",
    "delete from lessons_opened where person = 6", "delete from ways_in where person = 6",
    "delete from sign_in_events where person = 6",
]


def filled(db, cast, agreed=KINDS):
    """Of Tess: an open try (1), one that passed (2), and what else goes by time. Of Ana, who has left: some of each."""
    with transaction(db):
        save_answer(db, start_attempt(db, cast.tess))
        done = start_attempt(db, cast.tess, "late-messages", drawn=("sunday-night", "under-the-post"))
        save_answer(db, done)
        db.execute(postponed(attempt="2"))
        finish(db, done)
        anas = start_attempt(db, cast.ana)
        save_answer(db, anas)
        db.execute(postponed(attempt="3"))
        finish(db, anas)
        db.execute(insert("policy_versions", {"at": AT, "sha256": f"'{'d' * 64}'", "text": "'words'"}))
        for statement in (
            completion(course="'professional-boundaries-online'", lesson="'late-messages'", attempt="2"),
            completion(course="'professional-boundaries-online'", lesson="''", attempt="null"),
            note(), confidence(answers="'{\"a\":3}'"), conversation(themes="'[\"phones\"]'"),
            insert("note_answers", {"note": "1", "words": "'Thanks'", "answered_by": "1", "at": AT}),
            completion(person="6", course="'a'", attempt="3", lesson="'friend-requests'"),
            completion(person="6", course="'a'", lesson="''"), own_certificate(), note(person="6", attempt="3", key="'another-key-of-16'"),
            insert("note_answers", {"note": "2", "words": "'Thanks'", "answered_by": "1", "at": AT}),
            confidence(person="6", answers="'{\"a\":3}'"), confidence_share(person="6"), attempt_share(attempt="3"),
            conversation(teacher="6", key="'a-third-key-of-16'", themes="'[\"phones\"]'"), acknowledgement(person="6"),
            asked(person="6"), opened(person="6"), approval(approved_by="6"),
            insert("ways_in", {"person": "6", "at": AT, "what": "'set'"}), sign_in_event(person="6"),
            insert("staff_groups", {"created_at": AT}),
            insert("staff_group_members", {"staff_group": "1", "person": "6", "member": "1", "by": "1", "at": AT}),
            certificate(person="6"), certificate(), certificate_taken_back(), badge_read(),
            letter_sent(), letter_sent(person="6", email="'ana@school.example'", key="'2'"),
            letter_sent(key="'3'", state="'waiting'", done_at="null", words="'w'"),
        ):
            db.execute(statement)
        for kind in agreed:
            db.execute(insert("retention_periods", {"kind": f"'{kind}'", "months": "12", "by": "1", "at": AT}))


def removal(kind, person="4", count=1, until=UNTIL, number="(select ifnull(max(id), 0) + 1 from removals)", at=LATER_TEXT):
    fields = {"id": number, "at": at, "kind": f"'{kind}'", "person": person, "until_at": until, "count": str(count), "why": "'why'"}
    return insert("removals", fields)


CLOSE = "delete from open_removal"


@pytest.fixture
def raw(db, cast):
    """SQL past the code, on a connection with the settings of ours but for its guard against writing."""
    filled(db, cast)
    connection = connect(db.path).conn
    connection.execute("pragma query_only = off")
    yield connection
    connection.close()


def run(raw, *statements):
    raw.execute("begin immediate")
    try:
        for statement in statements:
            raw.execute(statement)
        evidence.enter_what_is_due(sqlite_utils.Database(raw, execute_plugins=False))
        raw.execute("commit")
    except BaseException:
        if raw.in_transaction:
            raw.execute("rollback")
        raise


def refused(raw, *statements, words=""):
    before = everything(raw)
    with pytest.raises(sqlite3.IntegrityError) as fault:
        run(raw, *statements)
    assert words in str(fault.value)
    assert everything(raw) == before


def everything(raw):
    tables = [name for (name,) in raw.execute("select name from sqlite_schema where type = 'table' order by name")]
    return {table: sorted(map(repr, raw.execute(f"select * from {table}"))) for table in tables}


def rows(raw, statement, kind="answers"):
    """How many rows a statement would touch if nothing kept them."""
    raw.execute("begin")
    for (name,) in raw.execute("select name from sqlite_schema where type = 'trigger'").fetchall():
        raw.execute(f"drop trigger {name}")
    raw.execute("pragma defer_foreign_keys = on")
    count = raw.execute(statement).rowcount
    raw.execute("rollback")
    return count


def total(raw, statements):
    return sum(rows(raw, each) for each in statements)


# What may go, goes


@pytest.mark.parametrize("kind", TAKES)
def test_a_removal_takes_what_it_says(raw, kind):
    count = total(raw, TAKES[kind])
    assert count
    run(raw, removal(kind, count=count), *TAKES[kind], CLOSE)
    assert raw.execute("select kind, person, count from removals").fetchall() == [(kind, 4, count)]
    assert raw.execute("select count(*) from open_removal").fetchone() == (0,)
    refused(raw, *TAKES[kind][:0], "delete from answers where attempt = 1")  # it is shut again


@pytest.mark.parametrize("kind", TAKES)
@pytest.mark.parametrize("place", [0, 1])
def test_nothing_goes_without_a_removal(raw, kind, place):
    refused(raw, TAKES[kind][place % len(TAKES[kind])])


@pytest.mark.parametrize("kind", TAKES)
@pytest.mark.parametrize("other", KINDS)
def test_nothing_goes_by_a_removal_of_another_kind(raw, kind, other):
    if other != kind:
        person = "6" if other == "left" else "4"
        for statement in TAKES[kind]:
            refused(raw, removal(other, person=person, count=rows(raw, statement)), statement, CLOSE)


@pytest.mark.parametrize("kind", TAKES)
@pytest.mark.parametrize("person", ["2", "5", "6"])
def test_nothing_goes_by_a_removal_of_somebody_else(raw, kind, person):
    if kind == "letters":
        return  # of which the log is one
    for statement in TAKES[kind]:
        refused(raw, removal(kind, person=person, count=rows(raw, statement)), statement, CLOSE)


@pytest.mark.parametrize("kind", TAKES)
def test_nothing_goes_that_is_not_from_before(raw, kind):
    for statement in TAKES[kind]:
        refused(raw, removal(kind, count=rows(raw, statement), until=AT), statement, CLOSE)


@pytest.mark.parametrize("more", [-1, 1])
@pytest.mark.parametrize("kind", TAKES)
def test_not_one_row_more_or_less_than_it_says(raw, kind, more):
    count = total(raw, TAKES[kind]) + more
    if count:
        refused(raw, removal(kind, count=count), *TAKES[kind], CLOSE, words="takes what it says")


@pytest.mark.parametrize("kind", TAKES)
def test_a_removal_is_never_left_open(raw, kind):
    count = total(raw, TAKES[kind])
    refused(raw, removal(kind, count=count), *TAKES[kind], words="nothing is added while something is removed")
    refused(raw, removal(kind, count=count), words="nothing is added while something is removed")


def test_a_removal_opens_once(raw):
    run(raw, removal("answers", count=total(raw, TAKES["answers"])), *TAKES["answers"], CLOSE)
    for number in (1, 2, 99):
        refused(raw, f"insert into open_removal (removal) values ({number})", CLOSE)
        refused(raw, f"insert into open_removal (removal, closed) values ({number}, 1)")
    refused(raw, removal("answers", number="1"))
    refused(raw, removal("answers", number="1").replace("insert into", "insert or replace into"))
    refused(raw, removal("answers", number="7"))
    refused(raw, removal("answers", number="null"))


def test_an_open_removal_is_not_another_one(raw):
    opened = removal("notes", count=2)
    for change in (
        "update open_removal set removal = 2", "update open_removal set taken = taken + 2", "update open_removal set closed = 1",
        "update open_removal set taken = taken - 1", "update removals set kind = 'answers'", "update removals set person = 5",
        "update removals set until_at = at", "update removals set count = 0", "delete from removals",
        "update or replace removals set kind = 'answers'", "insert or replace into open_removal (removal) values (1)",
        removal("answers"), removal("answers").replace("insert into", "insert or ignore into"),
        removal("answers").replace("insert into", "insert or replace into"),
        "update or ignore open_removal set removal = 2",
        "update or ignore removals set person = 5",
    ):
        refused(raw, opened, change)


@pytest.mark.parametrize("way", ["or ignore", "or replace", "or rollback", "or fail"])
def test_another_removal_waits_for_the_first(raw, way):
    """In its own words, whatever SQLite is told to do where something is in the way."""
    count = total(raw, TAKES["notes"])
    second = removal("answers").replace("insert into", f"insert {way} into")
    refused(raw, removal("notes", count=count), *TAKES["notes"], second, CLOSE, words="one removal after the other")


@pytest.mark.parametrize("statement", [
    "update answers set rating = 'poor' where attempt = 2", "update answers set chosen = '[1]' where attempt = 2",
    "update or replace answers set rating = 'poor' where attempt = 2",
    "update attempts set percent = 1 where id = 2", "update completions set percent = 1", "delete from attempts where id = 1",
    "delete from completions where person = 4", "delete from attempts where person = 4", "delete from answers where attempt = 1",
    answer(attempt="2", step="1"), answer(attempt="2", step="1").replace("insert into", "insert or replace into"),
    answer(attempt="2", step="1").replace("insert into", "insert or ignore into").replace("'best'", "'poor'"),
    "insert or replace into answers select id, attempt, step, scenario, scene, chosen, 'poor', mark, at from answers where attempt = 2",
    "insert or replace into attempts select * from attempts where id = 2",
    completion(person="4"), "insert or replace into completions select * from completions",
    "update people set erased_at = created_at where id = 4", "update people set erased_at = created_at where id = 6",
    "update people_history set name = 'Erased person 4' where person = 4",
    "update approvals set typed_name = 'Erased person 6'",
    "insert into erasures (person, removal, salt, mark) values (4, 1, '" + "a" * 32 + "', '" + "a" * 64 + "')",
])
@pytest.mark.parametrize("kind", ["answers", "notes"])
def test_nothing_is_written_over_while_a_removal_is_open(raw, statement, kind):
    refused(raw, removal(kind, count=1), statement, CLOSE)


@pytest.mark.parametrize("statement", ["delete from letters where id = 3", letter_sent(key="'9'"), "delete from letters"])
def test_a_letter_that_waits_does_not_go(raw, statement):
    refused(raw, removal("letters", person="null", count=1), statement, CLOSE)


@pytest.mark.parametrize("statement", [
    "update conversations set themes = '[\"a\"]'", "update conversations set themes = '[]', held_on = '2026-01-01'",
    "update conversations set themes = '[]', mentor = 3", "update conversations set recorded_at = recorded_at",
    "update or replace conversations set themes = '[]', key = 'a-key-of-sixteeN'",
])
def test_of_a_conversation_the_themes_go_and_nothing_else(raw, statement):
    refused(raw, removal("themes", count=1), statement + " where teacher = 4", CLOSE)


@pytest.mark.parametrize("statement", [
    "update confidence set answers = '{\"a\":5}'", "update confidence set answers = '{}', stage = 'after'",
    "update confidence set answers = '{}', at = at || ''  , course = 'b'", "delete from confidence",
])
def test_of_confidence_the_answers_go_and_nothing_else(raw, statement):
    refused(raw, removal("confidence", count=1), statement + " where person = 4", CLOSE)


def test_nothing_goes_before_a_lead_has_agreed_to_a_time(db, cast):
    filled(db, cast, agreed=())
    for kind in KINDS:
        with pytest.raises(RuleBroken) as fault, transaction(db):
            db.execute(removal(kind, person="6"))
        assert "agreed" in str(fault.value.__cause__)


@pytest.mark.parametrize(("until", "may"), [(365 + 1, True), (365 - 3, False), (1, False), (0, False)])
def test_nothing_goes_before_the_time_that_was_agreed_to(raw, until, may):
    day = NOW + timedelta(days=800 - until)
    text = f"'{day.isoformat(timespec='microseconds').removesuffix('+00:00')}Z'"
    count = total(raw, TAKES["answers"])
    if may:
        run(raw, removal("answers", count=count, until=text), *TAKES["answers"], CLOSE)
    else:
        refused(raw, removal("answers", count=count, until=text), words="agreed")


def test_a_longer_time_counts(raw):
    run(raw, insert("retention_periods", {"kind": "'answers'", "months": "36", "by": "1", "at": AT}))
    refused(raw, removal("answers"), words="agreed")
    refused(raw, "update retention_periods set months = 1")
    refused(raw, "delete from retention_periods")


def names(raw, ending):
    rows = raw.execute("select name, tbl_name from sqlite_schema where type = 'trigger' and name like ?", [f"%{ending}"])
    return dict(rows.fetchall())


def test_nothing_comes_while_something_goes(raw):
    found = names(raw, "_come_when_nothing_goes")
    kept = {table for (table,) in raw.execute(
        "select distinct tbl_name from sqlite_schema where type = 'trigger' and sql like '%removing%' or sql like '%erasing%'"
    )}
    assert kept - set(found.values()) <= {"people", "erasures", "acts", "removing", "erasing"}, "what may go, must not come then"
    for name, table in found.items():
        again = f"insert or replace into {table} select * from {table} limit 1"
        if rows(raw, again):
            refused(raw, removal("notes"), again, CLOSE, words="nothing is added while something is removed")
        assert name == f"{table}_come_when_nothing_goes"


# Who is erased


@pytest.mark.parametrize("kind", ["left", "erased"])
@pytest.mark.parametrize("person", ["1", "4", "99", "null"])
def test_whoever_is_here_is_not_erased(raw, kind, person):
    refused(raw, removal(kind, person=person))


UNNAME = [
    "update people_history set name = 'Erased person 6', email = 'erased-6@erased.invalid', mentor = null, due = null,"
    " course = null, starts = null, ends = null where person = 6",
    "update approvals set typed_name = 'Erased person 6' where approved_by = 6",
]
MARK = insert("erasures", {"person": "6", "removal": "1", "salt": f"'{'a' * 32}'", "mark": HASH, "documents": "'[]'"})
GONE = (
    "update people set name = 'Erased person 6', sort_name = 'erased person 6', email = 'erased-6@erased.invalid', mentor = null,"
    f" password_hash = null, password_entry = null, last_seen_at = null, erased_at = {LATER_TEXT} where id = 6"
)
OTHERS = ["delete from note_answers", *LEFT_TAKES[1:]]


def mine(statement):
    return statement.replace("delete from note_answers", "delete from note_answers where note in (select id from notes where person = 6)")


@pytest.mark.parametrize("kind", ["left", "erased"])
def test_an_erasure_takes_all_that_it_says(raw, kind):
    takes = [mine(each) for each in LEFT_TAKES]
    count = total(raw, [*takes, *UNNAME])
    run(raw, removal(kind, person="6", count=count), *takes, *UNNAME, MARK, GONE, CLOSE)
    assert raw.execute("select name, email, active from people where id = 6").fetchone() == (
        "Erased person 6", "erased-6@erased.invalid", 0,
    )
    assert raw.execute("select course, lesson from completions where person = 6").fetchall() == [("a", "")]


@pytest.mark.parametrize("statement", LEFT_TAKES)
def test_an_erasure_takes_nothing_of_somebody_else(raw, statement):
    theirs = statement.replace("person = 6", "person = 4").replace("attempt = 3", "attempt = 2").replace("teacher = 6", "teacher = 4")
    if rows(raw, theirs) and theirs != statement:
        refused(raw, removal("erased", person="6"), theirs, CLOSE)


@pytest.mark.parametrize("statement", [
    "delete from completions where person = 6", "delete from people_history where person = 6", "delete from approvals",
    "delete from people where id = 6",
    "update people_history set name = 'Eve' where person = 6", UNNAME[0].replace("person = 6", "person = 4").replace("n 6", "n 4"),
    UNNAME[0].replace("mentor = null", "active = 1"), UNNAME[0].replace("mentor = null", "role = 'lead'"),
    UNNAME[0].replace("mentor = null", f"at = {LATER_TEXT}"), UNNAME[0].replace("mentor = null", "mentor = 3"),
    UNNAME[1].replace("6'", "7'"), UNNAME[1].replace("typed_name", "at = at, course = 'b', typed_name"),
    GONE, GONE.replace("where id = 6", "where id = 5"), "update people set active = 1 where id = 6",
    "update people set password_hash = null, password_entry = null where id = 4",
])
def test_an_erasure_does_nothing_else(raw, statement):
    refused(raw, removal("erased", person="6"), statement, CLOSE)


def test_an_erasure_without_its_mark_or_its_end_is_none(raw):
    takes = [mine(each) for each in LEFT_TAKES]
    count = total(raw, [*takes, *UNNAME])
    opens = removal("erased", person="6", count=count)
    refused(raw, opens, *takes, *UNNAME, GONE, CLOSE, words="by a removal")
    refused(raw, opens, *takes, *UNNAME, MARK, CLOSE, words="takes what it says")
    refused(raw, MARK, words="comes with its removal")


def test_somebody_who_was_erased_stays_so(raw):
    takes = [mine(each) for each in LEFT_TAKES]
    run(raw, removal("erased", person="6", count=total(raw, [*takes, *UNNAME])), *takes, *UNNAME, MARK, GONE, CLOSE)
    back = {"person": "6", "at": AT, "what": "'changed'", "email": "'ana@school.example'", "name": "'Ana'", "role": "'teacher'"}
    refused(raw, insert("people_history", back | {"active": "1"}), words="stays so")
    refused(raw, "update people set erased_at = null where id = 6")
    refused(raw, f"update people set erased_at = {AT} where id = 6")
    refused(raw, "update people set active = 1 where id = 6")
    refused(raw, removal("erased", person="6"), words="erased once")
    for statement in ("update erasures set mark = salt || salt", "delete from erasures", MARK):
        refused(raw, statement)


# By the code's own way, and what is found where somebody has gone past all of it


def test_the_codes_way(db, cast):
    filled(db, cast)
    before = contradictions(db)
    done = Removal(kind=Kind.THEMES, person_id=4, until=NOW + timedelta(days=1), count=1, why="its time was over", at=LATER)
    with transaction(db):
        assert removals.begin(db, done) == 1
        db.execute(TAKES["themes"][0])
        removals.end(db)
    [kept] = removals.of_person(db, 4)
    assert (kept.kind, kept.count, kept.by) == (Kind.THEMES, 1, None)
    assert contradictions(db) == before
    with pytest.raises(DatabaseFault), transaction(db):
        removals.begin(db, done)


def test_what_went_past_the_rules_is_found(db, cast):
    filled(db, cast)
    db.close()
    past = plain.connect(db.path, isolation_level=None)  # foreign keys are off
    past.execute(removal("answers"))
    past.close()
    assert "nothing is left open to be removed" in contradictions(db)
    assert db.rows("pragma foreign_key_check")


assert SHA256
