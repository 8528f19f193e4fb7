"""What happened is kept: every table, every column. A table that joins needs a line here.

Checks and foreign keys are switched off, so that nothing but a trigger can refuse: whoever reaches the database past the
code meets the same answer.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from sqlite_utils.utils import sqlite3

from induction.records import erasure
from induction.records.people import one_time_links, sessions
from induction.records.progress import confidence
from induction.records.store.database import transaction
from induction.rules.confidence import Moment
from induction.rules.retention import Kind
from tests.records.making import COURSE, NOW, SHA256, finish, save_answer, start_attempt
from tests.records.test_rules import (
    AT,
    HASH,
    LONG_AGO,
    acknowledgement,
    act,
    approval,
    aside,
    asked,
    assessment,
    attempt_share,
    backup_copy,
    backup_run,
    backups_elsewhere,
    badge_read,
    certificate,
    certificate_taken_back,
    completion,
    confidence_share,
    conversation,
    correction,
    course_cycle,
    course_group,
    deputy,
    drill,
    handover,
    holiday,
    holiday_ended,
    insert,
    lesson_reading,
    letter,
    note,
    opened,
    own_certificate,
    postponed,
    reminder,
    reminder_choice,
    scenario_ten,
    sign_in_event,
    sign_off,
    signing_key,
    staff_group,
    staff_group_member,
    staff_group_name,
    wording,
)


@dataclass(frozen=True)
class Fate:
    """What may become of a table's rows."""

    changes: frozenset[str] | None  # the columns that may change; None: all may
    goes: bool = False  # rows may be deleted
    replaced: bool = False  # rows may be written over
    rows: str = "1"  # which rows are meant


KEPT = Fate(frozenset())
PASSING = Fate(None, goes=True, replaced=True)  # nobody's record: it comes and goes

LETTER = {  # once it was written
    "email", "words", "not_before", "not_after", "state", "claim", "claimed_until", "tries", "done_at", "said",
}

FATES = {
    "addresses_refused": [PASSING],
    "chores": [PASSING],
    "letters": [Fate(frozenset(LETTER), rows="state = 'waiting'"), Fate(frozenset(), rows="state = 'sent'")],
    "password_requests": [PASSING],
    "post_office": [PASSING],
    "accounts": [KEPT],
    "accounts_switched_off": [KEPT],
    "acknowledgements": [KEPT],
    "acts": [Fate(frozenset(), rows="at > '2020'"), Fate(frozenset(), goes=True, replaced=True, rows="at < '2019-11-24'")],
    "answers": [KEPT],
    "approvals": [KEPT],
    "asked_again": [KEPT],
    "assessment_signatures": [KEPT],
    "assessments": [KEPT],
    "attempt_shares": [KEPT],
    "attempts": [
        Fate(frozenset({"drawn", "finished_at", "mark", "percent", "breaches", "passed"}), rows="finished_at is null"),
        Fate(frozenset(), rows="finished_at is not null"),
    ],
    "backup_copies": [KEPT],
    "backup_runs": [KEPT],
    "backups_elsewhere": [KEPT],
    "badges_read": [KEPT],
    "certificate_seen": [PASSING],
    "certificates": [KEPT],
    "completions": [KEPT],
    "confidence": [KEPT],
    "confidence_shares": [KEPT],
    "conversations": [KEPT],
    "corrections": [KEPT],
    "course_cycles": [KEPT],
    "course_groups": [KEPT],
    "deputies": [KEPT],
    "devices": [PASSING],
    "done_elsewhere": [KEPT],
    "done_elsewhere_taken_back": [KEPT],
    "drills": [KEPT],
    "erasures": [KEPT],
    "evidence": [KEPT],
    "evidence_witnesses": [KEPT],
    "ended_links": [PASSING],  # that a link was there, so that its page can say that it has ended
    "handovers": [KEPT],
    "lesson_readings": [KEPT],
    "calendar_addresses": [PASSING],  # a new one ends the one before
    "holidays": [KEPT],
    "holidays_ended": [KEPT],
    "imports": [PASSING],  # a list that a lead looks at, for a day
    "lessons_opened": [KEPT],
    "links": [PASSING],
    "note_answers": [KEPT],
    "notes": [KEPT],
    # By an entry in their history, which changes the rest, and keeps whom it is about.
    "people": [Fate(frozenset({"sort_name", "last_seen_at", "checklist_key", "has_account"}), goes=True)],
    "packs": [PASSING],  # for a day, until it is downloaded
    "people_history": [KEPT],
    "policy_choices": [KEPT],
    "policy_draft_choices": [PASSING],
    "policy_draft_text": [PASSING],
    "policy_versions": [KEPT],
    "pulse": [PASSING],
    "put_off": [KEPT],
    "reminder_choices": [KEPT],
    "reminders": [KEPT],
    "scenario_tens": [KEPT],
    "scenarios_aside": [KEPT],
    "school": [Fate(frozenset({"name", "nation", "phase", "words", "public_contacts", "revision"}))],
    "sessions": [PASSING],
    "sign_in_events": [KEPT],
    "sign_in_rules": [KEPT],
    "providers": [PASSING],  # what holds now; each change is an act
    "provider_accounts": [PASSING],  # each change has its event
    "provider_tokens": [PASSING],
    "waiting_accounts": [PASSING],
    "used_once": [PASSING],
    "kept_forms": [PASSING],
    "passkeys": [PASSING],  # each change has its event
    "code_apps": [PASSING],
    "recovery_codes": [PASSING],
    "factor_resets": [PASSING],
    "new_devices": [PASSING],
    "signing_keys": [KEPT],
    "sign_offs": [KEPT],
    "staff_group_members": [KEPT],
    "staff_group_names": [KEPT],
    "staff_groups": [KEPT],
    "tries": [PASSING],
    "versions": [KEPT],
    "removals": [KEPT],
    "retention_periods": [KEPT],
    "ways_in": [KEPT],
    "wordings": [KEPT],
}

NEVER_COMMITTED = {"open_removal", "evidence_due"}  # while something is removed: test_removals.py; until it is entered

OTHER_VALUES = {
    ("attempts", "drawn"): "json_replace(drawn, '$[#-1]', 'by-the-gate')",  # where a rule must be able to read it
    ("evidence", "salt"): "randomblob(16)", ("evidence", "leaf"): "randomblob(32)", ("evidence", "head"): "randomblob(32)",
    ("evidence", "entry"): "'{}'",
}


WAYS_IN = (
    sign_in_event(),
    insert("providers", {
        "kind": "'google'", "label": "'Google'", "issuer": "'i'", "client_id": "'c'", "client_secret": "'s'", "since": AT,
    }),
    insert("provider_accounts", {"person": "4", "at": AT, "issuer": "'i'", "subject": "'s'", "address": "'a'", "how": "'address'"}),
    insert("provider_tokens", {"account": "1", "token": "'t'", "looked_at": AT}),
    insert("waiting_accounts", {"at": AT, "issuer": "'i'", "subject": "'t'", "address": "'b'", "name": "'B'"}),
    insert("used_once", {"sha256": HASH, "at": AT}),
    insert("kept_forms", {"token_sha256": HASH, "person": "4", "at": AT, "packed": "'p'"}),
    insert("passkeys", {"person": "4", "at": AT, "name": "'Phone'", "credential": "'c'", "public_key": "'k'", "count": "0"}),
    insert("code_apps", {"person": "4", "at": AT, "secret": "'s'"}),
    insert("recovery_codes", {"code_sha256": HASH, "person": "4", "at": AT}),
    insert("factor_resets", {"person": "4", "at": AT, "asked_by": "1", "why": "'Lost'"}),
    insert("new_devices", {"person": "4", "at": AT, "device": "''", "way": "'google'", "token_sha256": HASH}),
)


@pytest.fixture
def past_the_code(db, cast):
    """A connection of its own to a database with a row in every table; what it does is taken back."""
    _fill(db, cast)
    raw = sqlite3.connect(db.path, isolation_level=None)
    for name, value in {"foreign_keys": 0, "ignore_check_constraints": 1, "recursive_triggers": 1}.items():
        raw.execute(f"pragma {name} = {value}")
    yield raw
    raw.close()


def _fill(db, cast):
    with transaction(db):
        save_answer(db, start_attempt(db, cast.tess, drawn=("sunday-night", "under-the-post")))
        finish(db, start_attempt(db, cast.tess, "late-messages"))
        db.execute(insert("policy_versions", {"at": AT, "sha256": f"'{'d' * 64}'", "text": "'words'"}))
        db.execute("insert into policy_choices (version, facet, stance) values (1, 'pupil-contact', 'none')")
        erasure.erase(db, cast.ana, kind=Kind.ERASED, by=1, why="Asked for", until=NOW, now=NOW)
        draft = {"saved_by": "1", "saved_at": AT}
        for statement in (
            completion(version=f"'{SHA256}'"), completion(lesson="''"), sign_off(), correction(),
            conversation(), acknowledgement(), asked(), approval(), note(), opened(),
            wording(), lesson_reading(), aside(),
            postponed(), attempt_share(), confidence_share(), backups_elsewhere(), deputy(), act(), act(at=LONG_AGO),
            handover(), certificate(), own_certificate(),
            certificate_taken_back(),
            backup_run(), backup_copy(), drill(), badge_read(), signing_key(),
            holiday(), holiday_ended(), reminder_choice(), reminder(), scenario_ten(),
            insert("calendar_addresses", {"person": "4", "whose": "'own'", "nonce": HASH, "token_sha256": HASH, "made_at": AT}),
            staff_group(), staff_group_name(), staff_group_member(), course_group(), course_cycle(),
            insert("accounts", {"created_at": AT}), assessment(),
            insert("assessment_signatures", {"assessment": "1", "signed_by": "2", "typed_name": "'Max'", "at": AT}),
            insert("accounts_switched_off", {"account": "1", "off": "1", "why": "''", "by": "1", "at": AT}),
            insert("note_answers", {"note": "1", "words": "'Thanks'", "answered_by": "1", "at": AT}),
            insert("imports", {"person": "1", "at": AT, "file": "''", "sheet": "'[]'", "columns": "''", "mends": "''"}),
            insert("packs", {"by": "1", "at": AT, "day": "'2026-11-24'"}),
            insert("policy_draft_choices", {"facet": "'a'", "stance": "'b'", **draft}),
            insert("policy_draft_text", {"id": "1", "own_only": "0", "words": "''", "ties": "'{}'", **draft}),
        ):
            db.execute(statement)
        db.execute(letter())
        db.execute(letter(key="'two'", state="'sent'", words="null", done_at=AT))
        db.execute(insert("addresses_refused", {"email": "'a@x.example'", "at": AT, "said": "'no'"}))
        db.execute(insert("password_requests", {"email": "'a@x.example'", "at": AT}))
        db.execute(insert("chores", {"name": "'tidying'", "begun_at": AT}))
        db.execute(insert("retention_periods", {"kind": "'notes'", "months": "12", "by": "1", "at": AT}))
        confidence.save(db, person_id=cast.tess.id, course=COURSE, stage=Moment.BEFORE, answers={}, now=NOW)
        sessions.start(db, cast.tess.id, device="a browser", now=NOW)
        one_time_links.make(db, one_time_links.LinkKind.RESET, cast.tess.id, NOW)
        db.execute(insert("ended_links", {"token_sha256": HASH, "kind": "'reset'", "person": "4", "renewed": "0"}))
        db.execute(insert("evidence_witnesses", {"place": "1", "person": "4", "by": "1", "at": AT}).replace(" by,", ' "by",'))
        db.execute(insert("certificate_seen", {"id": "1", "host": "'a'", "seen_at": AT, "ends_at": AT}))
        for statement in WAYS_IN:
            db.execute(statement)
        db.execute(insert("devices", {"mark_sha256": HASH, "account_sha256": HASH, "known_since": AT}))
        db.execute(insert("tries", {"account_sha256": HASH, "device": "''", "wrong": "1", "last_at": AT}))


def refused(raw, sql: str) -> bool:
    """Whether a rule refuses it. It must have met a row, and is taken back."""
    raw.execute("begin")
    try:
        found = raw.execute(sql).rowcount
    except sqlite3.IntegrityError as error:
        assert "constraint failed" not in str(error), f"{sql}: not a rule of what is kept, but {error}"
        return True
    finally:
        raw.execute("rollback")
    assert found > 0, f"{sql} met no row"
    return False


def another(table: str, column: dict) -> str:
    name = f'"{column["name"]}"'
    if (table, column["name"]) in OTHER_VALUES:
        return OTHER_VALUES[table, column["name"]]
    return f"ifnull({name}, '') || 'x'" if column["type"] == "TEXT" else f"ifnull({name}, 0) + 1000"


def walk(db, raw) -> tuple[dict[str, bool], dict[str, bool]]:
    """What may become of each table's rows, as it is said above and as it is found."""
    said, found = {}, {}
    for table, fates in FATES.items():
        columns = db.rows(f"pragma table_info({table})")
        for fate in fates:
            for column in columns:
                what = f"{table}.{column['name']} changes where {fate.rows}"
                said[what] = fate.changes is None or column["name"] in fate.changes
                found[what] = not refused(
                    raw, f'update {table} set "{column["name"]}" = {another(table, column)} where {fate.rows}'
                )
            for what, may, sql in (
                ("loses rows", fate.goes, f"delete from {table} where {fate.rows}"),
                ("is written over", fate.replaced, f"insert or replace into {table} select * from {table} where {fate.rows}"),
            ):
                said[f"{table} {what} where {fate.rows}"] = may
                found[f"{table} {what} where {fate.rows}"] = not refused(raw, sql)
    return said, found


def test_every_table_and_column_is_kept_or_may_change_as_it_is_said_here(db, past_the_code):
    tables = {each["name"] for each in db.rows("pragma table_list") if each["type"] == "table" and each["schema"] == "main"}
    own = {name for name in tables if not name.startswith(("sqlite_", "_"))}
    assert own - NEVER_COMMITTED == set(FATES), "a new table? say here what may become of its rows"
    said, found = walk(db, past_the_code)
    assert {what: may for what, may in found.items() if said[what] is not may} == {}


def test_without_its_rules_everything_would_change(db, past_the_code):
    past_the_code.execute("begin")
    for row in db.rows("select name from sqlite_master where type = 'trigger'"):
        past_the_code.execute(f"drop trigger {row['name']}")
    past_the_code.execute("commit")
    said, found = walk(db, past_the_code)
    assert all(found.values()) and not all(said.values())
