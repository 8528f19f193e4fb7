"""What leaves the building."""

import csv
import io
import json
from datetime import date, timedelta

import pytest

from induction.learning.people import Role
from induction.records import attempts, completions, conversations, export, links, people, people_csv, sessions
from induction.records.database import transaction
from tests.records.making import COURSE, NOW, SHA256, WORDS, finish, publish, save_answer, start_attempt


@pytest.fixture
def passed(db, cast):
    with transaction(db):
        attempt = start_attempt(db, cast.tess)
        save_answer(db, attempt)
        finish(db, attempt, 90)
        attempts.share(db, cast.tess.id, attempt, True, NOW)
        lesson = {"person_id": cast.tess.id, "course": COURSE, "version": SHA256}
        completions.complete_lesson(
            db, **lesson, lesson="friend-requests", attempt_id=attempt, percent=90, pass_mark=80, policy_version=0,
            now=NOW,
        )
        later = NOW + timedelta(days=2)
        completions.complete_lesson(db, **lesson, lesson="late-messages", policy_version=4, now=later)
        completions.complete_course(db, **lesson | {"person_id": cast.sam.id}, policy_version=4, now=later)


def test_completions_have_the_columns_that_were_promised(db, passed):
    first, second, course = export.completions(db)
    assert tuple(first) == export.COMPLETIONS
    assert first == {
        "person_email": "tess@school.example",
        "person_name": "Tess Okafor",
        "course": COURSE,
        "lesson": "friend-requests",
        "completed_at": "2026-11-24T09:30:00Z",
        "mark": 90,
        "pass_mark": 80,
        "attempts": 1,
        "content_sha256": SHA256,
        "policy_version": "default",
    }
    assert (second["lesson"], second["mark"], second["policy_version"]) == ("late-messages", None, "4")
    assert (course["person_email"], course["lesson"]) == ("sam@school.example", "")


def test_completions_of_one_person_or_of_a_day(db, passed):
    assert len(export.completions(db, email=" TESS@school.example")) == 2
    assert export.completions(db, email="nobody@school.example") == []
    found = {day: len(export.completions(db, as_at=date(2026, 11, day))) for day in (23, 24, 25, 26)}
    assert found == {23: 0, 24: 1, 25: 1, 26: 3}


def test_a_day_ends_at_midnight_in_the_school(db, cast):
    at = NOW.replace(year=2027, month=6, day=30, hour=23, minute=30)  # half past midnight on 1 July there
    with transaction(db):
        completions.complete_course(
            db, person_id=cast.tess.id, course=COURSE, version=SHA256, policy_version=0, now=at
        )
    assert export.completions(db, as_at=date(2027, 6, 30)) == []
    assert len(export.completions(db, as_at=date(2027, 7, 1))) == 1


@pytest.mark.parametrize("cell", ["=1+1", "+44 1632", "-5", "@sum", "\tx", "\rx", "'=1", "''=1"])
def test_what_a_spreadsheet_would_run_is_made_text_and_reads_back(cell):
    text = export.csv_text(["name"], [{"name": cell}])
    [_, [written]] = csv.reader(io.StringIO(text, newline=""))
    assert written == f"'{cell}"


@pytest.mark.parametrize("cell", ["O’Neill", "'quoted'", "a=b", "", "Tess, “T”", 90, None])
def test_other_cells_stay_as_they_are(cell):
    text = export.csv_text(["name", "mark"], [{"mark": 1, "name": cell}])
    header, row = csv.reader(io.StringIO(text, newline=""))
    assert (header, row) == (["name", "mark"], ["" if cell is None else str(cell), "1"])


def test_the_export_of_people_is_the_file_that_is_read(db, cast):
    with transaction(db):
        people.add(db, email="eve@school.example", name="=Eve", role=Role.TEACHER, now=NOW)
    text = export.csv_text(export.PEOPLE, export.everyone(db))
    assert text.splitlines()[:3] == [
        "name,email,role,mentor,due",
        "'=Eve,eve@school.example,teacher,,",
        "Lou Adeyemi,lou@school.example,lead,,",
    ]
    assert "Tess Okafor,tess@school.example,teacher,max@school.example,2026-12-04\r\n" in text
    assert "Ana" not in text
    sheet = people_csv.read(text.encode())
    assert sheet.problems == ()
    assert [row.name for row in sheet.rows][0] == "=Eve"


def test_a_persons_record_is_everything_held_and_nobody_elses(db, cast, passed):
    with transaction(db):
        sessions.start(db, cast.tess.id, device="Firefox on Windows", now=NOW)
        links.make(db, links.LinkKind.INVITATION, cast.tess.id, NOW)
        publish(db, {"phones": "never"}, cast.lou)
        conversations.record(
            db, teacher_id=cast.tess.id, mentor_id=cast.max.id, held_on=date(2026, 11, 20), themes=["phones"],
            key="a-key-of-sixteen", now=NOW,
        )
        save_answer(db, start_attempt(db, cast.sam))
    record = json.loads(json.dumps(export.person_record(db, cast.tess.id)))
    assert record["person"]["mentor"] == "Max Reid"
    assert record["signed_in"][0]["device"] == "Firefox on Windows"
    assert record["links_sent"][0]["kind"] == "invitation"
    assert [each["lesson"] for each in record["completions"]] == ["friend-requests", "late-messages"]
    [attempt] = record["attempts"]
    assert (attempt["mark"], attempt["shared_with_mentor_at"]) == (90, "2026-11-24T09:30:00.000000Z")
    assert attempt["answers"][0]["options"] == [2]
    assert record["conversations"][0]["themes"] == ["phones"]
    assert "sam" not in json.dumps(record)
    assert export.person_record(db, cast.max.id)["conversations_held_as_mentor"][0]["teacher"] == "Tess Okafor"
    assert export.person_record(db, cast.lou.id)["policy_choices_made"][0]["facet"] == "phones"
    assert export.person_record(db, 999) is None


def test_a_persons_record_tells_no_secret_and_no_judgement_to_come(db, cast, passed):
    with transaction(db):
        people.set_password(db, cast.tess.id, "$argon2id$v=19$m=19456,t=2,p=1$salt$hash", now=NOW)
    text = json.dumps(export.person_record(db, cast.tess.id))
    assert SHA256 in text
    assert "argon2" not in text and "sha256\": \"" + SHA256 not in text
    assert json.dumps(WORDS)[1:-1] not in text
