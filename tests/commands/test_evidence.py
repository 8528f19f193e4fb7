"""export, verify."""

import csv
import io
import json
import sqlite3
from datetime import UTC, date, datetime

import pytest

from induction.records.people import people
from induction.records.store.database import Database
from induction.services import done_elsewhere
from induction.services.done_elsewhere import Said
from tests.cast import COURSE, move_in
from tests.commands.outcomes import refused, sheet_of
from tests.rules.test_documents import PDF
from tests.walking import walk

COLUMNS = [
    *("person_email", "person_name", "course", "lesson", "completed_at", "mark", "pass_mark", "attempts"),
    *("content_sha256", "policy_version", "lesson_opened_at", "first_answer_at", "round", "corrected_at", "corrected_by", "correction"),
]


def test_the_chain_is_gone_through_and_a_head_that_was_kept_is_found(learnt, data):
    done = learnt("verify")
    count, _, head = done.out.strip().partition(" entries, head ")
    assert (done.code, done.err, len(head)) == (0, "", 64)
    kept = learnt("verify", "--head", head[:16].upper())
    assert kept.code == 0 and f"The head that you gave is that of entry {int(count):,}" in kept.err
    lost = learnt("verify", "--head", "0" * 16)
    assert lost.code == 1 and lost.err.startswith("No entry has the head that you gave")
    assert refused(learnt("verify", "--head", "0123"), "That is no head")
    rows = sheet_of(learnt("export", "evidence").out)
    assert (len(rows), rows[-1]["head"]) == (int(count), head)
    raw = sqlite3.connect(data / "induction.db", isolation_level=None)
    raw.execute("drop trigger completions_do_not_change")
    raw.execute("update completions set percent = 100 - percent / 2")
    raw.close()
    done = learnt("verify")
    assert done.code == 1 and "does not fit: the record that it tells of was changed since (a completion, number 1)." in done.err


@pytest.fixture
def learnt(run, app, template, data):
    """Tess has passed one lesson on her second try, one by a formula of a name another."""
    cast = move_in(app, template, data)
    walk(cast, "tess", "friend-requests", wisely=False)
    walk(cast, "tess", "friend-requests")
    cast.add('=HYPERLINK("x")')
    cast.records.close()
    return run


def test_completions_are_exported_as_promised(learnt):
    done = learnt("export", "completions", "--format", "json")
    rows = json.loads(done.out)
    assert (done.code, done.err, len(rows)) == (0, "", 1)
    row = rows[0]
    assert list(row) == COLUMNS
    assert (row["person_email"], row["person_name"]) == ("tess@wrenfield.example", "Tess Okafor")
    assert (row["course"], row["lesson"], row["mark"], row["pass_mark"], row["attempts"]) == (
        COURSE, "friend-requests", 100, 80, 2,
    )  # fmt: skip
    assert row["completed_at"].endswith("Z") and row["completed_at"][:10] == f"{date.today():%Y-%m-%d}"
    assert len(row["content_sha256"]) == 64 and row["policy_version"] == "default"
    sheet = sheet_of(learnt("export", "completions").out)
    assert sheet == [{name: str(value) for name, value in row.items()}]


def test_completions_of_one_person_and_of_a_day(learnt):
    assert (
        json.loads(learnt("export", "completions", "--person", "max@wrenfield.example", "--format", "json").out) == []
    )
    assert (
        len(json.loads(learnt("export", "completions", "--person", "TESS@wrenfield.example", "--format", "json").out))
        == 1
    )
    assert json.loads(learnt("export", "completions", "--as-at", "2020-01-01", "--format", "json").out) == []


def test_the_history_of_people_is_exported(learnt):
    rows = json.loads(learnt("export", "history", "--person", "tess@wrenfield.example", "--format", "json").out)
    assert (rows[0]["what"], rows[0]["by"]) == ("added", "") and "added Tess Okafor" in rows[0]["words"]
    sheet = list(csv.DictReader(io.StringIO(learnt("export", "history").out.removeprefix("\ufeff"))))
    assert len(sheet) > len(rows) and [row for row in sheet if row["person_email"] == "tess@wrenfield.example"] == rows
    assert refused(learnt("export", "history", "--as-at", "2026-12-04"), "--as-at goes with completions")


def test_what_leads_did_is_exported(learnt):
    rows = json.loads(learnt("export", "acts", "--format", "json").out)
    added = {"kind": "people", "what": "added Tess Okafor", "by_name": ""}
    assert any(added.items() <= row.items() for row in rows)
    assert {row["person_name"] for row in rows if row["person_name"].startswith("=")} == {'=HYPERLINK("x")'}
    sheet = list(csv.DictReader(io.StringIO(learnt("export", "acts").out.removeprefix("\ufeff"))))
    assert [row["at"] for row in sheet] == [row["at"] for row in rows] == sorted((row["at"] for row in rows), reverse=True)
    assert not [cell for row in sheet for cell in row.values() if cell.startswith("=")], "a spreadsheet runs nothing"
    of_max = json.loads(learnt("export", "acts", "--person", "max@wrenfield.example", "--format", "json").out)
    assert of_max == [row for row in rows if row["person_email"] == "max@wrenfield.example"] != []
    assert refused(learnt("export", "acts", "--as-at", "2026-12-04"), "--as-at goes with completions")
    assert refused(learnt("export", "acts", "--person", "nobody@wrenfield.example"), "Nobody here has the email")


def test_an_empty_list_is_a_list(peopled):
    assert json.loads(peopled("export", "completions", "--format", "json").out) == []
    assert peopled("export", "completions").out.strip() == "\ufeff" + ",".join(COLUMNS)


def test_what_a_spreadsheet_would_run_is_made_text(learnt):
    sheet = sheet_of(learnt("export", "people").out)
    assert '\'=HYPERLINK("x")' in [row["name"] for row in sheet]


def test_an_export_to_a_file_says_how_many_rows(learnt, tmp_path):
    done = learnt("export", "completions", "--output", tmp_path / "out.csv")
    assert (done.code, done.out) == (0, "") and "1 row written" in done.err
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbfperson_email")
    assert refused(learnt("export", "completions", "--output", tmp_path / "nowhere" / "out.csv"), "out.csv")


def test_what_was_done_elsewhere_has_an_export_of_its_own(learnt, data):
    db = Database(data / "induction.db")
    tess, lou = (people.by_email(db, f"{name}@wrenfield.example").id for name in ("tess", "lou"))
    said = Said(COURSE, "Kent", "Level 1", date(2026, 9, 1), None)
    now = datetime(2026, 9, 2, 10, tzinfo=UTC)
    done_elsewhere.record(db, data, tess, said, ("c.pdf", PDF), by=lou, now=now)
    db.close()
    [row] = sheet_of(learnt("export", "elsewhere", "--person", "tess@wrenfield.example").out)
    assert (row["person_name"], row["counts_for_course"], row["provider"], row["done_on"], row["recorded_at"]) == (
        "Tess Okafor", COURSE, "Kent", "2026-09-01", "2026-09-02T10:00:00Z",
    )  # fmt: skip
    assert sheet_of(learnt("export", "elsewhere", "--person", "max@wrenfield.example").out) == []
    assert refused(learnt("export", "elsewhere", "--as-at", "2026-01-01"), "--as-at goes with completions")
    assert list(sheet_of(learnt("export", "completions").out)[0])[: len(COLUMNS)] == COLUMNS, "which stays as it was"
