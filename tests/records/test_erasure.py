"""A person is erased: no byte that names them is left, and what happened to others reads on."""

import json
import shutil
from datetime import timedelta

import pytest
from sqlite_utils.utils import sqlite3

from induction.records import acts, erasure, exports, own_record
from induction.records.people import one_time_links, people, sessions, sign_in_tries
from induction.records.people.one_time_links import LinkKind
from induction.records.people.person import Details
from induction.records.progress import confidence as said
from induction.records.progress import conversations, shares, standings
from induction.records.school import school
from induction.records.store import erased_list, wiping
from induction.records.store.backup import check_sound
from induction.records.store.columns import moment_text
from induction.records.store.contradictions import contradictions
from induction.records.store.database import DatabaseFault, RuleBroken, transaction
from induction.rules.acts import Act, What
from induction.rules.confidence import Moment
from induction.rules.retention import Kind
from induction.rules.roles import Role
from tests.records.making import COURSE, NOW, finish, save_answer, start_attempt
from tests.records.test_own_record import names_of_people
from tests.records.test_removals import filled
from tests.records.test_rules import AT, NOTE, acknowledgement, assessment, completion, correction, insert, sign_off

WHY = "Asked for by letter"
OLD, OLD_EMAIL = "Ana Costa-Lima", "ana.lima@school.example"


def rich(db, cast):
    """Ana, of whom there is something in each table, who was called otherwise once, and was a mentor and a lead."""
    filled(db, cast)
    with transaction(db):
        people.set_password(db, cast.lou.id, "$argon2id$" + "y" * 40, now=NOW)
        people.reactivate(db, cast.ana.id, now=NOW)
        people.update(db, cast.ana.id, name=OLD, email=OLD_EMAIL, role="lead", now=NOW + timedelta(minutes=1))
        people.set_password(db, cast.ana.id, "$argon2id$" + "x" * 40, now=NOW + timedelta(minutes=2))
        people.update(db, cast.tess.id, mentor_id=cast.ana.id, now=NOW)
        one_time_links.make(db, LinkKind.RESET, cast.ana.id, NOW)
        one_time_links.make(db, LinkKind.INVITATION, cast.tess.id, NOW, by=cast.ana.id)
        sessions.start(db, cast.ana.id, device="Firefox on Ana's phone", now=NOW)
        sign_in_tries.know_device(db, OLD_EMAIL, NOW)
        sign_in_tries.note_try(db, OLD_EMAIL, mark=None, browser="b", asked=None, now=NOW)
        own = {"written_by": "6", "first_responsible": "6"}
        act = {"at": AT, "by": "1", "what": "'settings'", "about": "''", "was": "'{}'", "became": "'{}'"}
        letter = {"kind": "'x'", "email": "'max@school.example'", "key": "'11'", "subject": "'s'", "words": "'w'", "why": "'y'",
                  "written_at": AT, "not_before": AT, "not_after": AT}
        for statement in (
            insert("letters", {**letter, "person": "6", "email": "'ana@school.example'"}),
            insert("letters", {**letter, "key": "'12'", "email": f"'{OLD_EMAIL}'"}),
            insert("letters", {**letter, "key": "'13'", "person": "2", "subject": f"'{OLD} has finished'",
                               "written_at": "'2026-11-24T09:32:00.000000Z'"}),
            insert("letters", {**letter, "key": "'14'", "person": "2", "subject": "'Somebody else'"}),
            insert("addresses_refused", {"email": f"'{OLD_EMAIL}'", "at": AT, "said": f"'{OLD_EMAIL} is unknown here'"}),
            insert("acts", {**act, "what": "'letter again'", "person": "6", "about": f"'A letter to {OLD}'"}),
            insert("acts", {**act, "by": "6", "was": f"'{json.dumps({'head': OLD})}'",
                            "became": f"'{json.dumps({'head': OLD_EMAIL.upper()})}'"}),
            insert("acts", {**act, "by": "6", "about": "'Somebody else'"}),
            insert("reminders", {"person": "6", "day": "'2026-11-24'", "what": "'overdue'", "about": "'2026-11-20'", "at": AT}),
            insert("calendar_addresses", {"person": "6", "whose": "'own'", "nonce": f"'{'n' * 32}'",
                                          "token_sha256": f"'{'a' * 64}'", "made_at": AT}),
            insert("password_requests", {"email": f"'{OLD_EMAIL}'", "at": AT}),
            insert("accounts", {"created_at": AT}), assessment(**own),
            insert("assessments", {
                "account": "1", "platform": "'Instagram'", "handle": "'@w'", "youngest": "13", "minimum_age": "13",
                "first_responsible": "1", "second_responsible": "2", "review_on": "'2027-01-01'", "answers": "'{}'",
                "written_by": "1", "at": AT,
            }),
            insert("assessment_signatures", {"assessment": "2", "signed_by": "6", "typed_name": f"'{OLD}'", "at": AT}),
            insert("accounts_switched_off", {"account": "1", "off": "1", "why": "''", "by": "6", "at": AT}),
            insert("policy_versions", {"at": AT, "sha256": f"'{'e' * 64}'", "text": "'other words'", "chosen_by": "6"}),
            acknowledgement(person="5", recorded_by="6", signed_on="'2026-11-20'"),
            insert("backups_elsewhere", {"elsewhere": "1", "said_by": "6", "at": AT}),
            insert("imports", {
                "person": "1", "at": AT, "file": "''", "sheet": f"'{json.dumps([OLD])}'", "columns": "''", "mends": "''",
            }),
            insert("deputies", {"mentor": "2", "deputy": "6", "begins": "'2026-11-24'", "stood": "(select max(id) from people_history)",
                                "by": "6", "at": AT}),
            sign_off(completion="4", by="1"), sign_off(completion="2", by="6", typed_name=f"'{OLD}'"),
            correction(person="6", completion="3"), correction(person="6", completion="4", why=f"'Not {OLD}'", follows="1"),
            correction(person="6", completion="null", acknowledgement="1", **NOTE),
            correction(person="6", completion="null", sign_off="1", **NOTE), correction(person="6", completion="4", **NOTE),
            correction(by="6", **NOTE),
            completion(person="6", course="'a'", attempt="3", lesson="'friend-requests'", after="1"),
        ):
            db.execute(statement)
        tesss = db.value("select id from attempts where person = 4 and finished_at is not null")
        shares.share_attempt(db, cast.tess.id, tesss, cast.ana.id, NOW)
        said.save(db, person_id=cast.ana.id, course="b", stage=Moment.BEFORE, answers={"a": 1}, now=NOW)
        conversations.record(db, key="a-fourth-key-of-16", teacher_id=cast.tess.id, mentor_id=cast.ana.id,
                             held_on=NOW.date(), themes=(), now=NOW)
        people.update(db, cast.ana.id, name="Ana Costa", email="ana@school.example", now=NOW + timedelta(minutes=3))
        people.deactivate(db, cast.ana.id, now=NOW + timedelta(days=1), follower_id=cast.max.id)


def erase(db, person_id, now=NOW + timedelta(days=2), kind=Kind.ERASED):
    with transaction(db):
        return erasure.erase(db, people.find(db, person_id), kind=kind, by=1, why=WHY, until=now, now=now)


NAMES = ("Ana Costa", OLD, "ana@school.example", OLD_EMAIL, "costa-lima", "ana costa")


def bytes_that_name(folder, names=NAMES):
    """(file, name) of each that stands in a file of the folder, in any case."""
    found = []
    for file in sorted(each for each in folder.rglob("*") if each.is_file() and "backups" not in each.relative_to(folder).parts):
        held = file.read_bytes().lower()
        found += [(file.name, name) for name in names if name.lower().encode() in held]
    return found


def test_every_column_that_names_somebody_goes_or_stays_for_a_reason(db):
    said_of = {*erasure.GOES, *erasure.UNNAMED, *erasure.PASSES, *erasure.STAYS}
    assert names_of_people(db) - said_of == set() and {each for each in said_of if each[1]} - names_of_people(db) == set()


def test_nothing_that_names_them_is_left_in_any_file(db, cast, tmp_path):
    rich(db, cast)
    assert bytes_that_name(tmp_path)
    erase(db, cast.ana.id)
    wiping.rewrite(db)
    assert wiping.empty_journal(db)
    assert bytes_that_name(tmp_path) == []
    check_sound(db)


def test_without_wiping_bytes_could_be_left(db, cast, tmp_path):
    rich(db, cast)
    erase(db, cast.ana.id)
    assert bytes_that_name(tmp_path), "the journal holds them still: else the test above proves nothing"


def test_wiping_waits_for_who_reads(db, cast, tmp_path):
    rich(db, cast)
    erase(db, cast.ana.id)
    reader = sqlite3.connect(db.path, isolation_level=None)
    reader.execute("begin")
    reader.execute("select count(*) from people").fetchone()
    wiping.rewrite(db)
    assert not wiping.empty_journal(db, wait=0.1)
    reader.execute("commit")
    reader.close()
    assert wiping.empty_journal(db, wait=0.1) and bytes_that_name(tmp_path) == []
    with pytest.raises(RuleBroken), transaction(db):
        db.execute("delete from answers")  # as before, nothing but a transaction writes
    with pytest.raises(DatabaseFault):
        db.rows("delete from answers returning id")


def test_no_table_holds_a_row_of_theirs_that_was_to_go(db, cast):
    rich(db, cast)
    expected = erasure.counts(db, cast.ana.id)
    assert all(expected[table] for table, _ in erasure.GOES if table != "sessions"), expected  # which ended as she left
    assert erase(db, cast.ana.id) == sum(expected.values())
    left = erasure.counts(db, cast.ana.id)
    went = {table for table, _ in erasure.GOES} - {table for table, _ in erasure.UNNAMED}
    assert {table: left[table] for table in went} == dict.fromkeys(went, 0)
    assert (left["corrections"], left["sign_offs"]) == (2, 1), "whose words went"
    for table, column in erasure.PASSES:
        if column and table != "imports":
            assert db.value(f"select count(*) from {table} where {column} = 6") == 0, table


def test_each_row_is_counted_by_its_trigger(db, cast):
    rich(db, cast)
    counting = db.rows("select name, tbl_name as of from sqlite_schema where type = 'trigger' and name like '%_are_counted'")
    expected = erasure.counts(db, cast.ana.id)
    tried = [each["name"] for each in counting if expected.get(each["of"]) and not (
        each["of"] in ("confidence", "conversations") and "change" in each["name"])]
    assert len(tried) > 18
    for name in tried:
        with pytest.raises(RuleBroken), transaction(db):
            db.execute(f"drop trigger {name}")
            erasure.erase(db, people.find(db, 6), kind=Kind.ERASED, by=1, why=WHY, until=NOW, now=NOW)


def test_the_log_of_what_leads_did_reads_on_without_the_name(db, cast):
    rich(db, cast)
    erase(db, cast.ana.id)
    rows = db.rows("select about, was, became from acts order by id")
    assert [row["about"] for row in rows] == ["A letter to Erased person 6", "", "Somebody else"]
    assert (json.loads(rows[1]["was"]), json.loads(rows[1]["became"])) == ({"head": "Erased person 6"}, {"head": "erased-6@erased.invalid"})


def test_letters_to_them_and_those_that_name_them_go(db, cast):
    rich(db, cast)
    erase(db, cast.ana.id)
    assert [row["key"] for row in db.rows("select key from letters order by id")] == ["1", "3", "14"]


@pytest.mark.parametrize("name", ["e", "what", "Al", "that of a lead", "Ann Lee", "Somebody"])
def test_whoever_was_given_a_name_takes_nobody_elses_deeds_along(db, cast, name):
    """A lead adds somebody under a name that stands in everything, ends and erases them: the log and the letters stay."""
    name = cast.lou.name if name == "that of a lead" else name
    words = f"what {cast.lou.name} did for Somebody else, also for Joann Lee and Ann Lee-Smith"
    with transaction(db):
        acts.add(db, Act(What.DOWNLOADED, 1, NOW, about=words, was={"the head": words}))
        db.execute(
            "insert into letters (kind, person, email, key, subject, words, why, written_at, not_before, not_after)"
            f" values ('x', 2, 'max@school.example', '20', ?, 'w', 'y', {AT}, {AT}, {AT})",
            [words],
        )
        one = people.add(db, Details("someone@school.example", name, Role.TEACHER), now=NOW + timedelta(minutes=1))
        people.deactivate(db, one.id, now=NOW + timedelta(minutes=2))
    before = db.rows("select * from acts"), db.rows("select * from letters")
    erase(db, one.id)
    assert (db.rows("select * from acts"), db.rows("select * from letters")) == before


def test_a_name_with_signs_that_json_writes_otherwise_is_taken_out(db, cast):
    name = 'Sarah "Sally" Quill\\Bell'
    with transaction(db):
        acts.add(db, Act(What.SETTINGS, 1, NOW, was={"head": f"{name}."}, became={"head": "nobody"}))
        one = people.add(db, Details("sally@school.example", name, Role.TEACHER), now=NOW)
        people.deactivate(db, one.id, now=NOW)
    erase(db, one.id)
    row = db.row("select was, became from acts where what = 'settings'")
    assert (json.loads(row["was"]), json.loads(row["became"])) == ({"head": f"Erased person {one.id}."}, {"head": "nobody"})


def test_what_stays_stays_under_their_number(db, cast):
    rich(db, cast)
    before = erasure.stays(db, cast.ana.id)
    erase(db, cast.ana.id)
    after = erasure.stays(db, cast.ana.id)
    said = {"erasures.person": 0, "removals.person": 0, "evidence.person": 0}  # that they were erased
    assert {**after, **said} == {**before, **said}
    assert {"completions.person", "approvals.approved_by", "policy_versions.chosen_by", "conversations.mentor"} <= set(after)
    gone = people.find(db, cast.ana.id)
    assert (gone.name, gone.email, gone.active, gone.has_password, gone.last_seen_at) == (
        "Erased person 6", "erased-6@erased.invalid", False, False, None,
    )
    assert db.rows("select course, lesson from completions where person = 6") == [{"course": "a", "lesson": ""}]
    assert db.rows("select completion, counts, why, rightly, follows from corrections where person = 6 order by id") == [
        {"completion": 4, "counts": 0, "why": gone.name, "rightly": "", "follows": None},
        {"completion": 4, "counts": None, "why": gone.name, "rightly": "–", "follows": None},
    ], "that it does not count stays as true as that it took place"
    assert [row["typed_name"] for row in db.rows("select typed_name from sign_offs")] == [gone.name]
    assert db.value("select typed_name from approvals") == db.value("select typed_name from assessment_signatures") == gone.name


def test_the_records_agree_with_each_other_then(db, cast):
    rich(db, cast)
    before = contradictions(db)
    erase(db, cast.ana.id)
    assert set(contradictions(db)) <= set(before)


ABOUT_HER = {"conversations_held_as_mentor": "teacher", "shared_with_them": "teacher",
             "certificates_recorded_for_others": "person", "sign_offs_given": "teacher"}


def test_what_is_of_others_is_as_it_was(db, cast):
    rich(db, cast)
    of_others = [cast.tess.id, cast.sam.id, cast.lou.id, cast.max.id]
    before = {each: own_record.of_person(db, each) for each in of_others}
    erase(db, cast.ana.id)
    after = {each: own_record.of_person(db, each) for each in of_others}
    for each in of_others:
        words = json.dumps(before[each])
        for name in sorted(NAMES[:4], key=len, reverse=True):
            words = words.replace(name, "Erased person 6" if "@" not in name else "erased-6@erased.invalid")
        told = json.loads(words)
        for part in told:  # but for what was about her: conversations with her, what she shared, a list on its way in
            rows = [row for row in told[part] if not (part in ABOUT_HER and row[ABOUT_HER[part]] == "Erased person 6")] if (
                isinstance(told[part], list)) else told[part]
            if part == "letters":
                rows = [row for row in rows if "Erased person 6" not in row["subject"]]
            if part == "groups_and_courses_decided":
                rows = [row for row in rows if "Erased person 6" not in str(row)]
            if part == "records_erased" and each == 1:
                rows = [{"number": 6, "at": moment_text(NOW + timedelta(days=2)), "why": WHY}]
            if part == "entries_of_others_corrected":  # of a course, which stays, without the words; the rest went
                rows = [row | {"why": "Erased person 6"} if row["person"] == "Erased person 6" else row for row in rows
                        if row["person"] != "Erased person 6" or (row["what"], row["counts"]) in (("completion", None), ("completion", 0))]
                rows = rows[1:] if each == 1 else rows
            if part == "notes_answered_as_lead":
                rows = rows[:-1]  # the last was on her note, which went
            assert after[each][part] == ([] if part == "lists_brought_in" else rows), part


def test_sheets_and_standings_go_on(db, cast):
    rich(db, cast)
    figures = standings.lesson_figures(db)
    assert ("a", "friend-requests") in figures
    erase(db, cast.ana.id)
    assert ("a", "friend-requests") not in standings.lesson_figures(db), "what is remembered is counted anew"
    names = {row["person_name"] for row in exports.completions(db)}
    assert names == {"Tess Okafor", "Erased person 6"}
    told = exports.history_of_people(db, {})
    assert "Erased person 6" in {row["person_name"] for row in told} and not any("Costa" in str(row) for row in told)
    assert exports.completions(db, email="ana@school.example") == []


def test_a_deputy_of_before_stands_in_no_more(db, cast):
    rich(db, cast)
    erase(db, cast.ana.id)
    assert db.value("select count(*) from deputies where deputy = 6") == 1, "else whoever was named before would see them again"


def test_nobody_who_is_here_is_erased_and_nobody_twice(db, cast):
    for person_id in (cast.tess.id, cast.lou.id):
        with pytest.raises(RuleBroken):
            erase(db, person_id)
    erase(db, cast.ana.id)
    with pytest.raises(RuleBroken):
        erase(db, cast.ana.id)
    with pytest.raises(people.WasErased), transaction(db):
        people.reactivate(db, cast.ana.id, now=NOW)
    with transaction(db):  # who comes back to the school is somebody new
        assert people.add(db, people_details("ana@school.example", "Ana Costa"), now=NOW).id == 7


def people_details(email, name):
    return people.Details(email, name, "teacher")


def test_whoever_has_nothing_is_erased_too(db, cast):
    erase(db, cast.ana.id)
    assert erasure.of_person(db, cast.ana.id).why == WHY and erasure.of_person(db, cast.tess.id) is None
    [kept] = erasure.all_of_them(db)
    assert (kept.number, kept.by_name, kept.by_itself) == (6, "Lou Adeyemi", False)


def test_a_fault_half_way_leaves_all_as_it_was(db, cast, monkeypatch):
    rich(db, cast)
    before = {row["name"]: db.rows(f"select * from {row['name']}") for row in db.rows(
        "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'")}
    monkeypatch.setitem(erasure.PASSES, ("tries", ""), "no_such_column = 1")
    with pytest.raises(DatabaseFault):
        erase(db, cast.ana.id)
    assert before == {name: db.rows(f"select * from {name}") for name in before}


@pytest.mark.parametrize("where", ["school", "policy", "note", "nowhere"])
def test_where_the_school_itself_named_them_is_said_first(db, cast, where):
    rich(db, cast)
    with transaction(db):
        if where == "school":
            school.save(db, name="S", nation="england", phase="primary", words={"headteacher": "ana COSTA"}, public_contacts=False)
        elif where == "policy":
            db.execute(insert("policy_versions", {"at": AT, "sha256": f"'{'f' * 64}'", "text": "'Ask Ana Costa-Lima.'"}))
        elif where == "note":
            number = start_attempt(db, cast.tess, "your-own-presence")
            save_answer(db, number)
            finish(db, number)
            db.execute(insert("notes", {"key": "'a-note-of-sixteen'", "person": "4", "attempt": str(number), "step": "1",
                                        "scenario": "'a'", "words": "'Ana Costa says so'", "at": AT}))
    found = {"school": ["the settings"], "policy": ["the policy"], "note": ["notes of others"], "nowhere": []}[where]
    assert erasure.written(db, cast.ana.id) == found


def test_names_with_other_letters_are_found(db, cast):
    with transaction(db):
        school.save(db, name="S", nation="england", phase="primary", words={"headteacher": "Nia Évans"}, public_contacts=False)
    assert erasure.written(db, cast.nia.id) == ["the settings"]


# The list beside the database


def test_the_list_tells_who_is_here_again_after_a_restore(db, cast, tmp_path):
    rich(db, cast)
    with transaction(db):
        pass
    db.close()
    shutil.copy(db.path, tmp_path / "older.db")
    erase(db, cast.ana.id)
    erased_list.write(tmp_path, erased_list.kept(db))
    kept = erased_list.read(tmp_path)
    assert {each.number for each in kept} == {6} and len(kept) == 2  # an email of before, and the last
    assert erased_list.here_again(db, kept) == []
    text = (tmp_path / erased_list.FILE).read_text()
    assert not any(name.lower() in text.lower() for name in NAMES)
    assert (tmp_path / erased_list.FILE).stat().st_mode & 0o77 == 0
    db.close()
    shutil.copy(tmp_path / "older.db", db.path)
    for ending in ("-wal", "-shm"):
        db.path.with_name(db.path.name + ending).unlink(missing_ok=True)
    assert erased_list.here_again(db, kept) == [(6, "ana@school.example")]


def test_somebody_else_under_the_same_number_is_not_meant(db, cast):
    other = erased_list.Erased(6, AT, "a" * 32, erased_list.mark("a" * 32, "somebody@else.example"))
    assert erased_list.here_again(db, [other]) == []


@pytest.mark.parametrize("text", ["", "{", "[]", '{"erased": [{}]}', '{"erased": 3}', '{"left": 1}', "\x00"])
def test_a_damaged_list_is_said_to_be_one(tmp_path, text):
    (tmp_path / erased_list.FILE).write_text(text)
    with pytest.raises(erased_list.ListDamaged):
        erased_list.read(tmp_path)


def test_without_a_list_nobody_is_on_it(tmp_path):
    assert erased_list.read(tmp_path) == []


assert COURSE
