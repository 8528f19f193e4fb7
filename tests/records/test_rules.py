"""The schema refuses what no code should ask for. Each rule is seen to be the one that refuses."""

import pytest

from induction.records import erasure
from induction.records.people import people
from induction.records.progress import attempts, scenarios_put_off
from induction.records.progress.scenarios_put_off import PutOff
from induction.records.store.database import RuleBroken, transaction
from induction.rules.retention import Kind
from tests.records.making import LESSONS, NOW, SHA256, finish, found, save_answer, start_attempt

AT = "'2026-11-24T09:30:00.000000Z'"
LONG_AGO = "'2019-11-23T09:30:00.000000Z'"
HASH = "'" + "ab" * 32 + "'"
PUBLIC = "'z6Mk" + "a" * 44 + "'"


def person(**changed):
    row = {"email": "'eve@school.example'", "name": "'Eve'", "sort_name": "'eve'", "role": "'teacher'"}
    row |= {"created_at": AT, "checklist_key": "'a-key-of-sixteen'"}
    return insert("people", row | changed)


def attempt(**changed):
    row = {"person": "4", "course": "'c'", "lesson": "'l'", "quiz_version": f"'{SHA256}'"}
    row |= {"lesson_version": f"'{SHA256}'", "policy_version": "0", "pass_mark": "80", "drawn": "'[\"a\"]'"}
    return insert("attempts", row | {"started_at": AT} | changed)


def answer(**changed):
    row = {"attempt": "1", "step": "2", "scenario": "'a'", "scene": "'a'", "chosen": "'[1]'"}
    return insert("answers", row | {"rating": "'best'", "mark": "'1/1'", "at": AT} | changed)


def completion(**changed):
    row = {"person": "4", "course": "'c'", "lesson": "'l'", "version": f"'{SHA256}'", "attempts": "1"}
    return insert("completions", row | {"policy_version": "0", "completed_at": AT} | changed)


def own_certificate(**changed):
    of = "(select max(id) from completions where lesson = '')"
    return insert("certificates", {"completion": of, "code": "'7K4M29QXAB3CDE'"} | changed)


def conversation(**changed):
    row = {"key": "'a-key-of-sixteen'", "teacher": "4", "mentor": "2", "held_on": "'2026-11-20'", "themes": "'[]'"}
    return insert("conversations", row | {"recorded_at": AT} | changed)


def insert(table, row):
    return f"insert into {table} ({', '.join(row)}) values ({', '.join(row.values())})"


DONE = {"finished_at": AT, "mark": "'1/2'", "percent": "50", "breaches": "0", "passed": "0"}

FINE = [person(), attempt(), attempt(**DONE), answer(), completion(), conversation()]

def acknowledgement(**changed):
    return insert(
        "acknowledgements", {"person": "4", "version": "1", "sha256": f"'{'d' * 64}'", "typed_name": "'Tess'", "at": AT} | changed
    )


def asked(**changed):
    fields = {"person": "4", "course": "'a'", "lesson": "'b'", "scenarios": "'[\"c\"]'", "policy_version": "1", "asked_by": "1", "at": AT}
    return insert("asked_again", fields | changed)


def assessment(**changed):
    fields = {
        "account": "1", "platform": "'Instagram'", "handle": "'@wrenfield'", "youngest": "13", "minimum_age": "13",
        "first_responsible": "1", "second_responsible": "2", "review_on": "'2027-01-01'", "answers": "'{}'",
        "written_by": "1", "at": AT,
    }
    return insert("assessments", fields | changed)


def approval(**changed):
    fields = {"course": "'a'", "sha256": f"'{'f' * 64}'", "typed_name": "'Lou'", "approved_by": "1", "at": AT}
    return insert("approvals", fields | changed)


def lesson_reading(**changed):
    fields = {"course": "'a'", "lesson": "'b'", "sha256": f"'{'e' * 64}'", "read_by": "1", "at": AT}
    return insert("lesson_readings", fields | changed)


def wording(**changed):
    return insert("wordings", {"sha256": f"'{'e' * 64}'", "text": "'words'"} | changed)


def aside(**changed):
    fields = {"course": "'a'", "lesson": "'b'", "scenario": "'c'", "sha256": f"'{'e' * 64}'", "aside": "1", "why": "'Wrong'"}
    return insert("scenarios_aside", fields | {"by": "1", "at": AT} | changed)


def confidence(**changed):
    return insert("confidence", {"person": "4", "course": "'a'", "stage": "'before'", "answers": "'{}'", "at": AT} | changed)


def note(**changed):
    fields = {"key": "'a-key-of-sixteen'", "person": "4", "attempt": "1", "step": "1", "scenario": "'c'", "words": "'Hm'", "at": AT}
    return insert("notes", fields | changed)


def entry(**changed):
    fields = {"person": "4", "at": AT, "what": "'changed'", "email": "'tess@school.example'", "name": "'Tess Okafor'"}
    return insert("people_history", fields | {"role": "'teacher'", "mentor": "2", "active": "1"} | changed)


def way_in(**changed):
    return insert("ways_in", {"person": "4", "at": AT, "what": "'set'"} | changed)


def opened(**changed):
    fields = {"person": "4", "course": "'a'", "lesson": "'b'", "version": f"'{SHA256}'", "at": AT}
    return insert("lessons_opened", fields | changed)


def postponed(**changed):
    return insert("put_off", {"attempt": "1", "scenario": "'c'", "instead": "'d'", "at": AT} | changed)


def attempt_share(**changed):
    return insert("attempt_shares", {"attempt": "2", "reader": "2", "at": AT} | changed)


def holiday(**changed):
    fields = {"name": "'Half term'", "first": "'2026-10-26'", "last": "'2026-10-30'", "by": "1", "at": AT}
    return insert("holidays", fields | changed).replace(" by,", ' "by",')


def witness(**changed):
    return insert("evidence_witnesses", {"place": "1", "person": "4", "by": "1", "at": AT} | changed).replace(" by,", ' "by",')


def holiday_ended(**changed):
    return insert("holidays_ended", {"holiday": "1", "by": "1", "at": AT} | changed).replace(" by,", ' "by",')


def reminder_choice(**changed):
    fields = {"reminder": "'overdue'", "goes": "1", "words": "'Hello'", "by": "1", "at": AT}
    return insert("reminder_choices", fields | changed).replace(" by,", ' "by",')


def scenario_ten(**changed):
    fields = {"scenario": "'a'", "words": HASH, "whom": "'teacher'", "ten": "1", "best": "7", "fine": "1", "poor": "2", "breach": "0"}
    fields |= {"chosen": "'{}'", "others_wise": "0", "others_wise_squares": "0", "others_unwise": "0", "others_unwise_squares": "0"}
    return insert("scenario_tens", fields | {"from_at": AT, "until_at": AT, "finished_at": AT, "at": AT} | changed)


def reminder(**changed):
    fields = {"person": "4", "day": "'2026-11-27'", "what": "'week-before'", "about": "'2026-12-04'", "at": AT}
    return insert("reminders", fields | changed)


def backups_elsewhere(**changed):
    return insert("backups_elsewhere", {"elsewhere": "1", "said_by": "1", "at": AT} | changed)


def act(**changed):
    fields = {"at": AT, "by": "1", "what": "'settings'", "person": "4", "about": "''", "was": "'{}'", "became": "'{}'"}
    return insert("acts", fields | changed)


def backup_run(**changed):
    return insert("backup_runs", {"at": AT, "file": "'daily-x.zip'", "bytes": "9", "sha256": HASH, "words": "''"} | changed)


def backup_copy(**changed):
    return insert("backup_copies", {"at": AT, "folder": "'/mnt'", "file": "'daily-x.zip'", "words": "''"} | changed)


def drill(**changed):
    return insert("drills", {"at": AT, "file": "'daily-x.zip'", "ok": "1", "words": "'All is well.'"} | changed)


def confidence_share(**changed):
    return insert("confidence_shares", {"person": "4", "course": "'a'", "reader": "2", "at": AT} | changed)


def letter(**changed):
    fields = {"kind": "'test'", "email": "'a@x.example'", "key": "'one'", "subject": "'Hm'", "words": "'Hm'", "why": "'it is so'"}
    return insert("letters", fields | {"written_at": AT, "not_before": AT, "not_after": AT} | changed)


def deputy(**changed):
    fields = {"mentor": "2", "deputy": "3", "begins": "'2026-11-24'", "ends": "null", "stood": "1", "by": "1", "at": AT}
    return insert("deputies", fields | changed)


def staff_group(**changed):
    return insert("staff_groups", {"created_at": AT} | changed)


def staff_group_name(**changed):
    return insert("staff_group_names", {"staff_group": "1", "name": "'kitchen'", "closed": "0", "by": "1", "at": AT} | changed)


def staff_group_member(**changed):
    return insert("staff_group_members", {"staff_group": "1", "person": "4", "member": "1", "by": "1", "at": AT} | changed)


def course_group(**changed):
    return insert("course_groups", {"course": "'a'", "staff_group": "1", "given": "1", "by": "1", "at": AT} | changed)


def course_cycle(**changed):
    fields = {"course": "'a'", "every": "'09-01'", "months": "null", "joined_by": "'05-01'", "weeks": "6", "since": "'2026-11-24'"}
    return insert("course_cycles", fields | {"by": "1", "at": AT} | changed)


def letter_sent(**changed):
    fields = {"kind": "'x'", "person": "4", "email": "'tess@school.example'", "key": "'1'", "subject": "'s'", "why": "'y'"}
    fields |= dict.fromkeys(("written_at", "not_before", "not_after", "done_at"), AT)
    return insert("letters", fields | {"state": "'sent'"} | changed)


def removal(kind, **changed):
    fields = {"id": "(select ifnull(max(id), 0) + 1 from removals)", "at": AT, "kind": f"'{kind}'", "person": "4", "until_at": AT}
    return insert("removals", fields | {"count": "1", "why": "'why'"} | changed)


def handover(**changed):
    return insert("handovers", {"mentor": "2", "follower": "3", "stood": "1", "by": "1", "at": AT} | changed)


def certificate(**changed):
    fields = {
        "person": "4", "course": "'c'", "provider": "'Kent'", "title": "'Level 1'", "done_on": "'2026-09-01'",
        "expires_on": "'2027-08-31'", "document": f"'{'d' * 64}'", "kind": "'pdf'", "file": "'c.pdf'", "bytes": "7",
    }
    return insert("done_elsewhere", fields | {"by": "1", "at": AT} | changed)


def certificate_taken_back(**changed):
    return insert("done_elsewhere_taken_back", {"entry": "1", "why": "'Not hers'", "by": "1", "at": AT} | changed)


def badge_read(**changed):
    fields = {"entry": "1", "badge": "'https://x.example/certificates/1'", "issuer": "'https://x.example/certificates/key'"}
    return insert("badges_read", fields | {"public_key": PUBLIC, "whose": "'lead'"} | changed)


def sign_in_event(**changed):
    return insert("sign_in_events", {"person": "4", "at": AT, "what": "'new device'"} | changed)


def signing_key(**changed):
    return insert("signing_keys", {"public_key": PUBLIC, "by": "1", "at": AT} | changed)


def sign_off(**changed):
    return insert("sign_offs", {"completion": "2", "by": "2", "typed_name": "'Max'", "at": AT} | changed).replace(" by,", ' "by",')


def correction(**changed):
    fields = {"person": "4", "completion": "1", "counts": "0", "why": "'Not hers'", "rightly": "''", "follows": "null", "by": "1", "at": AT}
    return insert("corrections", fields | changed).replace(" by,", ' "by",')


NOTE = {"counts": "null", "rightly": "'The 3rd'"}

FINE += [
    sign_off(), sign_off(by="1"), correction(), correction(**NOTE), correction(completion="2", counts="0"),
    staff_group_name(), staff_group_member(by="null"), course_group(), course_cycle(), course_cycle(every="'02-29'", joined_by="null"),
    course_cycle(every="null", joined_by="null", months="60"), course_cycle(every="null", joined_by="null"),
    completion(round="'2027-09-01'"), certificate(kind="'json'"), certificate(kind="'jwt'"), signing_key(by="null"),
]

REFUSED = {
    "a sign-off of a lesson": sign_off(completion="1"),
    "a sign-off of one's own": sign_off(by="4"),
    "a sign-off without a name": sign_off(typed_name="''"),
    "a sign-off of nothing": sign_off(completion="9"),
    "a correction of one's own": correction(by="4"),
    "a correction without a reason": correction(why="''"),
    "a correction of somebody else's entry": correction(person="5"),
    "a correction of nothing": correction(completion="null"),
    "a correction of no completion there is": correction(completion="9"),
    "a correction of two things": correction(acknowledgement="1"),
    "a correction that counts half": correction(counts="2"),
    "an entry that counts, counted after all": correction(counts="1"),
    "a note that says nothing": correction(counts="null"),
    "a note that follows from another": correction(**NOTE, follows="1"),
    "a group without a name": staff_group_name(name="''"),
    "a group of nowhere": staff_group_name(staff_group="9"),
    "somebody half in a group": staff_group_member(member="2"),
    "a group with somebody who is not there": staff_group_member(person="99"),
    "no course given to a group": course_group(course="''"),
    "a cycle of 0 months": course_cycle(every="null", joined_by="null", months="0"),
    "a cycle of 61 months": course_cycle(every="null", joined_by="null", months="61"),
    "a cycle of both kinds": course_cycle(months="12"),
    "a joiner's rule without a day": course_cycle(every="null"),
    "a round on 30 February": course_cycle(every="'02-30'"),
    "a round on no day": course_cycle(every="'soon'"),
    "joiners up to 31 June": course_cycle(joined_by="'06-31'"),
    "no week for a round": course_cycle(weeks="0"),
    "a cycle since no day": course_cycle(since="'2026-02-30'"),
    "a round that began on no day": completion(round="'2026-02-30'"),
    "a first day that is none": person(starts="'2026-02-30'"),
    "a last day that is none": person(ends="'soon'"),
    "a last day before the first": person(starts="'2026-09-02'", ends="'2026-09-01'"),
    "an entry that turns the days round": entry(starts="'2026-09-02'", ends="'2026-09-01'"),
    "an entry that somebody made, and nobody": entry(by="1", by_itself="1"),
    "a mentor who follows themselves": handover(follower="2"),
    "a handover to nobody who is there": handover(follower="99"),
    "a handover as of no entry": handover(stood="999"),
    "a certificate of nobody": certificate(person="99"),
    "a certificate for no course": certificate(course="''"),
    "a certificate of a day that is none": certificate(done_on="'2026-02-30'"),
    "a certificate that expires before it was made": certificate(expires_on="'2026-08-31'"),
    "a certificate of another kind": certificate(kind="'html'"),
    "a badge of nothing that was done elsewhere": badge_read(entry="99"),
    "a badge that nobody said is theirs": badge_read(whose="''"),
    "a badge that was signed with no key": badge_read(public_key="''"),
    "a key that is none": signing_key(public_key="'abc'"),
    "a certificate of nothing": certificate(bytes="0"),
    "a certificate that is too large": certificate(bytes="5242881"),
    "a certificate that was never recorded, taken back": certificate_taken_back(entry="9"),
    "an email without @": person(email="'eve'"),
    "an email twice": person(email="'tess@school.example'"),
    "an empty name": person(name="''"),
    "a role of no kind": person(role="'admin'"),
    "a mentor who is not there": person(mentor="99"),
    "one's own mentor": "update people set mentor = id where id = 4",
    "a day that is none": person(due="'2026-02-30'"),
    "a time as a due date": person(due=AT),
    "a moment in local time": person(created_at="'2026-11-24 09:30'"),
    "a password that is no hash": person(password_hash="'secret'"),
    "text for a number": person(active="'yes'"),
    "a person away from their records": "delete from people where id = 2",
    "a link of no kind": insert("links", {"kind": "'magic'", "person": "4", "token_sha256": HASH, "expires_at": AT}),
    "a first run for somebody": insert(
        "links", {"kind": "'first-run'", "person": "4", "token_sha256": HASH, "expires_at": AT}
    ),
    "an invitation for nobody": insert("links", {"kind": "'invitation'", "token_sha256": HASH, "expires_at": AT}),
    "a session token that is no digest": insert(
        "sessions", {"token_sha256": "'abc'", "person": "4", "device": "''", "started_at": AT, "last_used_at": AT}
    ),
    "a second school": "insert into school (id, key) values (2, hex(randomblob(16)))",
    "a nation of no kind": "update school set nation = 'cornwall'",
    "words that are no JSON": "update school set words = 'head'",
    "a choice without a version": "insert into policy_choices (version, facet, stance) values (9, 'a', 'b')",
    "a version of no kind": insert("versions", {"sha256": HASH, "kind": "'song'", "text": "'la'", "kept_at": AT}),
    "an attempt at words that are not kept": attempt(quiz_version=HASH),
    "an attempt that asks nothing": attempt(drawn="'[]'"),
    "two open attempts at one lesson": attempt(course="'" + LESSONS[0][0] + "'", lesson="'friend-requests'"),
    "half a result": attempt(finished_at=AT),
    "a pass with a line crossed": attempt(**DONE | {"passed": "1", "breaches": "1"}),
    "101 per cent": attempt(**DONE | {"percent": "101"}),
    "a mark as a decimal": attempt(**DONE | {"mark": "'0.5'"}),
    "an open attempt shared": attempt(shared_at=AT),
    "an answer to no attempt": answer(attempt="99"),
    "a step twice": answer(step="1"),
    "an answer that chooses nothing": answer(chosen="'[]'"),
    "a rating of no kind": answer(rating="'good'"),
    "a completion of words that are not kept": completion(version=HASH),
    "a course completed by an attempt": completion(lesson="''", attempt="1"),
    "a conversation with oneself": conversation(teacher="2"),
    "a text without its digest": insert("policy_versions", {"at": AT, "text": "'words'"}),
    "a version neither material nor minor": insert("policy_versions", {"at": AT, "material": "2"}),
    "an acknowledgement of other words": acknowledgement(sha256=f"'{'e' * 64}'"),
    "an acknowledgement of no version": acknowledgement(version="7"),
    "an acknowledgement without a name": acknowledgement(typed_name="''"),
    "a paper signature recorded by the signer": acknowledgement(recorded_by="4", signed_on="'2026-11-20'"),
    "a paper signature without its day": acknowledgement(recorded_by="1"),
    "scenarios asked again under no version": asked(policy_version="7"),
    "nothing asked again": asked(scenarios="'[]'"),
    "an account with one responsible person": assessment(second_responsible="1"),
    "a review on a day that is none": assessment(review_on="'2026-02-30'"),
    "a signature by the writer": insert(
        "assessment_signatures", {"assessment": "1", "signed_by": "1", "typed_name": "'Lou'", "at": AT}
    ),
    "a switch half on": insert("accounts_switched_off", {"account": "1", "off": "2", "why": "''", "by": "1", "at": AT}),
    "an approval without a name": approval(typed_name="''"),
    "a backup half elsewhere": backups_elsewhere(elsewhere="2"),
    "a backup that was made and why not": backup_run(words="'The disk is full.'"),
    "a backup that was neither made nor why": backup_run(file="''"),
    "a backup without its digest": backup_run(sha256="''"),
    "a drill without a word": drill(words="''"),
    "a drill half well": drill(ok="2"),
    "a reading of words that are not kept": lesson_reading(),
    "a wording without words": wording(text="''"),
    "a scenario put aside without a reason": aside(why="''"),
    "a scenario half aside": aside(aside="2"),
    "a scenario put aside by nobody": aside(by="99"),
    "confidence in the middle": confidence(stage="'during'"),
    "a note without words": note(words="''"),
    "a lesson opened in no version": opened(version="'1'"),
    "a try after something else than an opening": attempt(lesson_opened="'yes'"),
    "a course that was opened": completion(lesson="''", lesson_opened="'no'"),
    "an act without what it was": act(what="''"),
    "an act of nobody who is known": act(by="99"),
    "an act said in no words": act(was="'[]'"),
    "a mentor who is their own deputy": deputy(deputy="2"),
    "a letter that waits without words": letter(words="null"),
    "a letter that was sent and keeps its words": letter(state="'sent'", done_at=AT),
    "a letter that was sent at no time": letter(state="'sent'", words="null"),
    "a letter under way for nobody": letter(state="'claimed'"),
    "a letter that is claimed for ever": letter(state="'claimed'", claim="'a-claim-of-sixteen'"),
    "a subject of two lines": letter(subject="'Hm' || char(10) || 'Bcc: eve@x.example'"),
    "a letter that ends before it begins": letter(not_after="'2026-11-23T09:30:00.000000Z'"),
    "a letter for nobody here": letter(person="99"),
    "a second post office": "insert into post_office (id) values (2)",
    "trouble without words": f"update post_office set failures = 1, failing_since = {AT}",
    "a deputy from a day that is none": deputy(begins="'2026-02-30'"),
    "a deputy who ends before the first day": deputy(ends="'2026-11-23'"),
    "a deputy of nobody": deputy(mentor="99"),
    "a deputy named as of no entry": deputy(stood="999"),
    "one put off for itself": postponed(instead="'c'"),
    "answers on confidence shared with oneself": confidence_share(reader="4"),
    "a note on an attempt that is none": note(attempt="99"),
    "an entry of nobody": entry(person="99"),
    "an entry of no kind": entry(what="'guessed'"),
    "an entry that begins a second history": entry(what="'added'"),
    "an entry that makes somebody what nobody can be": entry(role="'admin'"),
    "an entry that takes another's email": entry(email="'sam@school.example'"),
    "a way in of no kind": way_in(what="'window'"),
    "a password set through a link": way_in(through="1"),
    "a list that is done and still holds people": insert(
        "imports", {"person": "1", "at": AT, "file": "''", "sheet": "'[]'", "columns": "''", "mends": "''", "done": "'{}'"}
    ),
    "a holiday that ends before it starts": holiday(last="'2026-10-25'"),
    "a holiday on a day that is none": holiday(first="'2026-02-30'"),
    "a holiday without a name": holiday(name="''"),
    "the end of no holiday": holiday_ended(),
    "a reminder of no kind": reminder(what="'scolded'"),
    "a reminder on a day that is none": reminder(day="'2026-02-30'"),
    "a choice of no reminder": reminder_choice(reminder="'digest'"),
    "a choice with endless words": reminder_choice(words=f"'{'x' * 2001}'"),
    "a calendar's address of nobody": insert(
        "calendar_addresses", {"person": "99", "whose": "'own'", "nonce": HASH, "token_sha256": HASH, "made_at": AT}
    ),
    "a link that says not when it was made": insert(
        "links", {"kind": "'reset'", "person": "4", "token_sha256": HASH, "expires_at": AT}
    ),
}


@pytest.fixture
def some_of_each(db, cast):
    """An open attempt with an answer (1), a finished one (2), a completion and a policy choice."""
    with transaction(db):
        assert save_answer(db, start_attempt(db, cast.tess))
        done = start_attempt(db, cast.tess, "late-messages")
        save_answer(db, done)
        finish(db, done)
        db.execute(completion(lesson="'late-messages'", attempt="2"))
        db.execute(completion(lesson="''"))
        db.execute(insert("policy_versions", {"at": AT, "sha256": f"'{'d' * 64}'", "text": "'words'"}))
        db.execute("insert into policy_choices (version, facet, stance) values (1, 'pupil-contact', 'none')")
        for statement in (insert("accounts", {"created_at": AT}), assessment(), staff_group()):
            db.execute(statement)


@pytest.fixture
def taken_back(db, some_of_each):
    """Run inside a transaction that is taken back, so that each statement meets the same records."""

    class TakenBack(Exception):
        pass

    def run(*statements):
        with pytest.raises(TakenBack), transaction(db):
            for statement in statements:
                assert db.execute(statement) != 0
            raise TakenBack

    return run


@pytest.mark.parametrize("statement", FINE)
def test_what_is_right_is_kept(taken_back, db, statement):
    taken_back(statement)


@pytest.mark.parametrize("statement", REFUSED.values(), ids=REFUSED.keys())
def test_what_is_wrong_is_refused(db, some_of_each, statement):
    with pytest.raises(RuleBroken), transaction(db):
        db.execute(statement)


KEPT = {
    "somebody_else_signs_off": sign_off(completion="1"),
    "sign_offs_do_not_change": "update sign_offs set typed_name = 'Lou'",
    "sign_offs_stay": "delete from sign_offs where id = 2",
    "a_correction_is_of_whose_entry_it_is": correction(person="5", completion="3"),
    "a_correction_turns_an_entry_round": correction(completion="2", counts="1"),
    "corrections_do_not_change": "update corrections set why = 'Hers'",
    "corrections_stay": "delete from corrections where id = 2",
    "certificates_are_of_whole_courses": own_certificate(completion="1", code="'00000000000000'"),
    "certificates_do_not_change": "update certificates set code = '00000000000000'",
    "certificates_stay": "delete from certificates",
    "handovers_do_not_change": "update handovers set follower = 1",
    "handovers_stay": "delete from handovers",
    "badges_read_do_not_change": "update badges_read set whose = 'email'",
    "badges_read_stay": "delete from badges_read",
    "sign_in_events_do_not_change": "update sign_in_events set about = 'another'",
    "sign_in_events_stay": "delete from sign_in_events",
    "a_second_lead_agrees": sign_in_event(what="'reset agreed'"),
    "sign_in_rules_do_not_change": "update sign_in_rules set grace_days = 0",
    "sign_in_rules_stay": "delete from sign_in_rules",
    "signing_keys_do_not_change": "update signing_keys set public_key = public_key || 'x'",
    "signing_keys_stay": "delete from signing_keys",
    "done_elsewhere_does_not_change": "update done_elsewhere set expires_on = null",
    "done_elsewhere_stays": "delete from done_elsewhere where id = 2",
    "done_elsewhere_is_taken_back_once": "update done_elsewhere_taken_back set why = 'x'",
    "done_elsewhere_stays_taken_back": "delete from done_elsewhere_taken_back",
    "attempts_began_as_they_began": "update attempts set pass_mark = 0 where id = 1",
    "attempts_finished_stay": "update attempts set percent = 60 where id = 2",
    "attempts_stay": "delete from attempts where id = 3",
    "answers_end_with_the_attempt": answer(attempt="2"),
    "answers_do_not_change": "update answers set rating = 'poor' where attempt = 1",
    "answers_stay": "delete from answers where attempt = 1",
    "completions_do_not_change": "update completions set percent = 60",
    "completions_stay": "delete from completions where lesson = 'another'",
    "staff_groups_do_not_change": "update staff_groups set created_at = created_at",
    "staff_groups_stay": "delete from staff_groups where id = 2",
    "staff_group_names_do_not_change": "update staff_group_names set name = 'supply'",
    "staff_group_names_stay": "delete from staff_group_names",
    "staff_group_members_do_not_change": "update staff_group_members set member = 0",
    "staff_group_members_stay": "delete from staff_group_members",
    "course_groups_do_not_change": "update course_groups set given = 0",
    "course_groups_stay": "delete from course_groups",
    "course_cycles_do_not_change": "update course_cycles set weeks = 7",
    "course_cycles_stay": "delete from course_cycles",
    "versions_do_not_change": "update versions set text = 'other words'",
    "versions_stay": f"delete from versions where sha256 = {HASH}",
    "policy_versions_do_not_change": "update policy_versions set chosen_by = 4",
    "policy_versions_stay": "delete from policy_versions where version = 2",
    "policy_choices_do_not_change": "update policy_choices set stance = 'approved-accounts'",
    "policy_choices_stay": "delete from policy_choices",
    "acknowledged_words_are_the_versions": acknowledgement(person="5", sha256=f"'{'e' * 64}'"),
    "acknowledgements_do_not_change": "update acknowledgements set typed_name = 'Max'",
    "acknowledgements_stay": "delete from acknowledgements",
    "asked_again_does_not_change": "update asked_again set lesson = 'another'",
    "asked_again_stays": "delete from asked_again where id = 1",
    "attempts_began_for_what_they_began": "update attempts set asked_again = 1 where id = 1",
    "a_second_person_signs": insert(
        "assessment_signatures", {"assessment": "2", "signed_by": "1", "typed_name": "'Lou'", "at": AT}
    ),
    "assessments_do_not_change": "update assessments set handle = '@other'",
    "assessments_stay": "delete from assessments where id = 2",
    "assessment_signatures_do_not_change": "update assessment_signatures set typed_name = 'Max'",
    "assessment_signatures_stay": "delete from assessment_signatures",
    "accounts_switched_off_do_not_change": "update accounts_switched_off set why = 'no'",
    "accounts_switched_off_stay": "delete from accounts_switched_off",
    "approvals_do_not_change": "update approvals set typed_name = 'Max'",
    "approvals_stay": "delete from approvals",
    "backups_elsewhere_do_not_change": "update backups_elsewhere set elsewhere = 0",
    "backups_elsewhere_stay": "delete from backups_elsewhere",
    "backup_runs_do_not_change": "update backup_runs set bytes = 1",
    "backup_runs_stay": "delete from backup_runs",
    "backup_copies_do_not_change": "update backup_copies set words = 'no'",
    "backup_copies_stay": "delete from backup_copies",
    "drills_do_not_change": "update drills set ok = 0",
    "drills_stay": "delete from drills",
    "holidays_do_not_change": "update holidays set last = '2026-10-31'",
    "holidays_stay": "delete from holidays where id = 2",
    "evidence_witnesses_do_not_change": "update evidence_witnesses set person = null",
    "evidence_witnesses_stay": "delete from evidence_witnesses",
    "holidays_ended_do_not_change": f"update holidays_ended set at = {AT}",
    "holidays_ended_stay": "delete from holidays_ended",
    "scenario_tens_do_not_change": "update scenario_tens set fine = best, best = fine",
    "scenario_tens_stay": "delete from scenario_tens",
    "reminder_choices_do_not_change": "update reminder_choices set goes = 0",
    "reminder_choices_stay": "delete from reminder_choices",
    "reminders_do_not_change": "update reminders set what = 'overdue'",
    "reminders_stay": "delete from reminders",
    "wordings_do_not_change": "update wordings set text = 'other'",
    "wordings_stay": f"delete from wordings where sha256 = {HASH}",
    "lesson_readings_do_not_change": "update lesson_readings set lesson = 'c'",
    "lesson_readings_stay": "delete from lesson_readings",
    "scenarios_aside_do_not_change": "update scenarios_aside set aside = 0",
    "scenarios_aside_stay": "delete from scenarios_aside",
    "confidence_does_not_change": "update confidence set answers = '{\"a\":1}'",
    "notes_do_not_change": "update notes set words = 'other'",
    "notes_stay": "delete from notes where id = 2",
    "note_answers_do_not_change": "update note_answers set words = 'other'",
    "note_answers_stay": "delete from note_answers",
    "people_are_what_their_last_entry_says": "update people set role = 'lead' where id = 4",
    "how_somebody_came_does_not_change": "update people set added_by = 1 where id = 4",
    "people_history_does_not_change": "update people_history set name = 'Eve' where person = 4",
    "people_history_stays": "delete from people_history where person = 4",
    "who_comes_has_a_mentor_who_is_one": person(mentor="5"),
    "who_is_here_has_a_mentor_who_is_one": entry(mentor="5"),
    "who_mentors_hands_over_first": entry(
        person="2", email="'max@school.example'", name="'Max Reid'", mentor="null"
    ),
    "a_password_comes_with_its_entry": f"update people set password_hash = {HASH} where id = 4",
    "nobody_comes_with_a_password": person(password_hash=HASH),
    "ways_in_do_not_change": "update ways_in set device = 'another'",
    "ways_in_stay": "delete from ways_in",
    "a_deputy_is_a_mentor": deputy(deputy="5"),
    "deputies_do_not_change": "update deputies set ends = '2026-12-24'",
    "deputies_stay": "delete from deputies",
    "attempts_ask_as_many_as_they_drew": "update attempts set drawn = '[\"sunday-night\",\"b\"]' where id = 1",
    "attempts_keep_what_was_answered": "update attempts set drawn = '[\"b\"]' where id = 1",
    "attempts_began_after_what_was_opened": "update attempts set lesson_opened = 'no' where id = 1",
    "attempts_were_shared_without_a_name": f"update attempts set shared_at = {AT} where id = 2",
    "lessons_opened_do_not_change": "update lessons_opened set lesson = 'c'",
    "lessons_opened_stay": "delete from lessons_opened",
    "nothing_is_put_off_at_the_end": postponed(attempt="2"),
    "put_off_does_not_change": "update put_off set instead = 'e'",
    "put_off_stays": "delete from put_off",
    "finished_attempts_are_shared_with_others": attempt_share(reader="4"),
    "attempt_shares_do_not_change": "update attempt_shares set reader = 3",
    "attempt_shares_stay": "delete from attempt_shares",
    "confidence_shares_do_not_change": "update confidence_shares set reader = 3",
    "confidence_shares_stay": "delete from confidence_shares",
    "conversations_do_not_change": "update conversations set themes = '[\"b\"]'",
    "conversations_stay": "delete from conversations",
    "confidence_stays": "delete from confidence",
    "evidence_does_not_change": "update evidence set salt = null, entry = null where n = 3",
    "evidence_stays": "delete from evidence where n = (select max(n) from evidence)",
    "an_entry_is_the_next_of_what_happened": "insert into evidence select n + 1, at, 'act', row + 7, person, salt, entry, leaf, head, null"
    " from evidence order by n desc limit 1",
    "acts_do_not_change": "update acts set about = 'nothing'",
    "acts_stay_seven_years": "delete from acts",
    "letters_stay_as_written": "update letters set subject = 'other' where id = 1",
    "letters_sent_are_sent": "update letters set said = 'other' where id = 2",
    "retention_periods_do_not_change": "update retention_periods set months = 1",
    "retention_periods_stay": "delete from retention_periods",
    "removals_do_not_change": "update removals set why = 'another'",
    "removals_stay": "delete from removals where id = 1",
    "erasures_do_not_change": "update erasures set salt = mark",
    "erasures_stay": "delete from erasures",
    "letters_stay": "delete from letters",
    "a_removal_is_agreed_to": removal("notes"),
    "whoever_is_here_is_not_erased": removal("erased"),
    "a_removal_opens_once": "insert into open_removal (removal) values (1)",
    "erasures_come_with_a_removal": insert("erasures", {"person": "4", "removal": "1", "salt": HASH, "mark": HASH, "documents": "'[]'"}),
    "people_are_erased_by_a_removal": f"update people set erased_at = {AT} where id = 6",
    "whoever_was_erased_stays_so": entry(person="7", email="'eve@school.example'", name="'Eve'", active="0"),
    "accounts_do_not_change": f"update accounts set created_at = {AT}",
    "accounts_stay": "delete from accounts where id = 2",
    "the_school_is_the_school": "update school set key = lower(hex(randomblob(16)))",
    "the_school_stays": "delete from school",
}
WRITING = {  # these refuse nothing: they write (test_history.py)
    "people_begin_with_an_entry", "an_entry_makes_people_so", "a_link_made_is_a_way_in", "a_link_made_anew_is_a_way_in",
    "whoever_has_an_account_elsewhere_can_come_in", "whoever_has_none_elsewhere_can_not", "whose_account_elsewhere_goes_can_not",
    "what_is_entered_is_due_no_more", "links_are_remembered_when_used", "links_are_remembered_when_renewed",  # test_sign_in.py
}
ENTERING = ("_are_evidence", "_is_evidence")  # what they write is due to be entered: test_evidence.py
WHILE_SOMETHING_GOES = ("_are_counted", "_come_when_nothing_goes")  # test_removals.py tries these, and three more
OPENING = {"a_removal_opens_what_it_takes", "a_removal_counts_on", "a_removal_takes_what_it_says"}


@pytest.fixture
def and_some_that_nothing_points_to(db, some_of_each):
    with transaction(db):
        db.execute(attempt())
        db.execute(completion(lesson="'another'"))
        db.execute(insert("versions", {"sha256": HASH, "kind": "'quiz'", "text": "'words'", "kept_at": AT}))
        db.execute(insert("policy_versions", {"at": AT}))
        for statement in (
            acknowledgement(), asked(), assessment(),
            insert("assessment_signatures", {"assessment": "1", "signed_by": "2", "typed_name": "'Max'", "at": AT}),
            insert("accounts_switched_off", {"account": "1", "off": "1", "why": "''", "by": "1", "at": AT}),
            approval(), wording(), wording(sha256=HASH), lesson_reading(), aside(),
            confidence(), note(), note(key="'another-key-of-16'"), way_in(),
            insert("note_answers", {"note": "1", "words": "'Thanks'", "answered_by": "1", "at": AT}),
            opened(), postponed(), attempt_share(), confidence_share(), backups_elsewhere(), deputy(),
            handover(), certificate(), certificate(), certificate_taken_back(), own_certificate(),
            backup_run(), backup_copy(), drill(), holiday(), holiday(), holiday_ended(), witness(), reminder_choice(), reminder(),
            act(), scenario_ten(), sign_in_event(),
            conversation(), insert("accounts", {"created_at": AT}), person(active="0"), badge_read(), signing_key(),
            staff_group(), staff_group_name(), staff_group_member(), course_group(), course_cycle(), staff_group(),
            sign_off(), sign_off(by="1"), correction(), correction(**NOTE),
            letter(), letter(key="'two'", state="'sent'", words="null", done_at=AT),
            letter_sent(key="'3'"), insert("retention_periods", {"kind": "'letters'", "months": "12", "by": "1", "at": AT}),
            removal("letters", at="'2028-11-24T09:30:00.000000Z'", until_at="'2027-11-01T00:00:00.000000Z'", person="null"),
            "delete from letters where key = '3'", "delete from open_removal",
        ):
            db.execute(statement)
        erasure.erase(db, people.find(db, 7), kind=Kind.ERASED, by=1, why="Asked for", until=NOW, now=NOW)


@pytest.mark.parametrize("trigger", KEPT)
def test_what_happened_is_kept_by_its_trigger(db, and_some_that_nothing_points_to, taken_back, trigger):
    with pytest.raises(RuleBroken), transaction(db):
        db.execute(KEPT[trigger])
    with pytest.raises(RuleBroken), transaction(db):  # nor by the way round
        db.execute(KEPT[trigger].replace("insert into", "insert or replace into").replace("update ", "update or replace "))
    taken_back(f"drop trigger {trigger}", KEPT[trigger])  # it was this rule that refused


def test_every_trigger_is_tried(db):
    known = {row["name"] for row in db.rows("select name from sqlite_master where type = 'trigger'")}
    assert {name for name in known if not name.endswith(WHILE_SOMETHING_GOES + ENTERING)} == set(KEPT) | WRITING | OPENING


@pytest.mark.parametrize("table", ["attempts", "answers", "completions"])
def test_replacing_a_row_is_deleting_it(db, some_of_each, table):
    columns = ", ".join(row["name"] for row in db.rows(f"pragma table_info({table})"))
    with pytest.raises(RuleBroken), transaction(db):
        db.execute(f"insert or replace into {table} ({columns}) select {columns} from {table}")


def test_an_id_is_never_used_again(db, cast):
    fields = {"token_sha256": HASH, "person": "4", "device": "''", "started_at": AT, "last_used_at": AT}
    a_session = insert("sessions", fields)
    with transaction(db):
        db.execute(a_session)
        first = db.value("select max(id) from sessions")
        db.execute("delete from sessions where id = ?", [first])
        db.execute(a_session)
    assert db.value("select max(id) from sessions") == first + 1


def test_nobody_with_a_history_is_taken_away(db, cast):
    with transaction(db):
        db.execute(person())
    with pytest.raises(RuleBroken), transaction(db):
        db.execute("delete from people where email = 'eve@school.example'")


def test_what_may_change_of_an_attempt_may_change(db, some_of_each, cast):
    with transaction(db):
        begun = start_attempt(db, cast.tess, "late-messages", drawn=("sunday-night", "under-the-post"))
        save_answer(db, begun)
        attempts.replace_drawn(db, found(db, begun), ["sunday-night", "by-the-gate"])
        scenarios_put_off.keep(db, PutOff(begun, "under-the-post", "by-the-gate", NOW))
        scenarios_put_off.keep(db, PutOff(begun, "under-the-post", "another", NOW))  # pressed twice
        finish(db, begun)
        scenarios_put_off.keep(db, PutOff(begun, "under-the-post", "another", NOW))  # and once more, when all is done
    assert attempts.find(db, cast.tess.id, begun).drawn == ("sunday-night", "by-the-gate")
    assert [each.instead for each in scenarios_put_off.of_person(db, cast.tess.id)[begun]] == ["by-the-gate"]
    assert scenarios_put_off.of_attempt(db, begun) == {"under-the-post"} and scenarios_put_off.of_person(db, cast.sam.id) == {}


def test_an_act_goes_when_it_is_more_than_seven_years_older_than_the_newest(db, cast):
    with transaction(db):
        for at in ("2019-11-24T09:29:59.999999Z", "2019-11-24T09:30:00.000000Z"):
            db.execute(act(at=f"'{at}'"))
    with pytest.raises(RuleBroken), transaction(db):
        db.execute("delete from acts where id = 1")
    with transaction(db):
        db.execute(act())  # of whoever lets the old ones go
        db.execute("delete from acts where id = 1")
    with pytest.raises(RuleBroken), transaction(db):
        db.execute("delete from acts where id = 2")
