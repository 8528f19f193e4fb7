"""What leaves the building."""

import json
from datetime import date, timedelta

import pytest

from induction.records import exports, own_record
from induction.records.people import one_time_links, people, sessions, staff_groups
from induction.records.people.person import Details
from induction.records.progress import conversations, lessons_opened, shares
from induction.records.store.database import transaction
from induction.rules.openings import OpenedPage, Opening
from induction.rules.roles import Role
from induction.services.people_file import reader
from induction.services.people_plan import State, plan
from induction.services.spreadsheet.csv_file import csv_text
from tests.records.making import COURSE, NOW, SHA256, WORDS, complete, finish, publish, save_answer, start_attempt

OPENED = Opening(NOW - timedelta(minutes=8))


@pytest.fixture
def passed(db, cast):
    with transaction(db):
        attempt = start_attempt(db, cast.tess, opening=OPENED)
        save_answer(db, attempt)
        finish(db, attempt, 90)
        shares.share_attempt(db, cast.tess.id, attempt, cast.max.id, NOW)
        complete(db, cast.tess.id, attempt_id=attempt, percent=90, pass_mark=80, opening=OPENED)
        later = {"policy_version": 4, "completed_at": NOW + timedelta(days=2)}
        complete(db, cast.tess.id, "late-messages", **later)
        complete(db, cast.sam.id, "", **later)


def test_completions_have_the_columns_that_were_promised(db, passed):
    first, second, course = exports.completions(db)
    assert tuple(first) == exports.COMPLETIONS
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
        "lesson_opened_at": "2026-11-24T09:22:00Z",
        "first_answer_at": "2026-11-24T09:30:00Z",
        "round": "",
        "corrected_at": "",
        "corrected_by": "",
        "correction": "",
    }
    assert [each["lesson_opened_at"] for each in (second, course)] == [None, None], "what was not kept is not told"
    assert (second["lesson"], second["mark"], second["policy_version"]) == ("late-messages", None, "4")
    assert (course["person_email"], course["lesson"]) == ("sam@school.example", "")


def test_a_lesson_that_was_not_opened_before_its_scenarios_says_so(db, cast):
    with transaction(db):
        complete(db, cast.tess.id, opening=Opening(None))
    [row] = exports.completions(db)
    assert (row["lesson_opened_at"], row["first_answer_at"]) == ("not opened", None)
    assert "not opened," in csv_text(exports.COMPLETIONS, [row])


def test_the_words_of_lessons_are_those_opened_and_those_asked_about(db, cast):
    words = {"opened": "1" * 64, "asked": "2" * 64, "before": "3" * 64, "gone": "4" * 64}
    with transaction(db):
        for name, version in words.items():
            if name != "gone":
                db.execute("insert into versions values (?, 'lesson', ?, ?)", [version, f"words {name}", "2026-11-24T09:30:00.000000Z"])
        page = OpenedPage(words["opened"], NOW - timedelta(minutes=8))
        lessons_opened.keep(db, cast.tess.id, COURSE, "friend-requests", page)
        lessons_opened.keep(db, cast.tess.id, COURSE, "friend-requests", OpenedPage(words["opened"], NOW))  # again
        lessons_opened.keep(db, cast.tess.id, COURSE, "friend-requests", OpenedPage(words["gone"], NOW))
        for lesson, version, opening in (
            ("friend-requests", words["opened"], OPENED), ("late-messages", words["asked"], Opening(None)),
            ("your-own-presence", words["before"], None),
        ):
            start_attempt(db, cast.tess, lesson, lesson_version=version, opening=opening)
        lessons_opened.keep(db, cast.sam.id, COURSE, "late-messages", OpenedPage(words["asked"], NOW))
    found = {each["sha256"]: each for each in own_record.of_person(db, cast.tess.id)["lesson_versions"]}
    told = {
        name: (found[version]["opened_at"], found[version]["openings_were_kept"], found[version]["text"])
        for name, version in words.items()
    }
    assert told == {
        "opened": ("2026-11-24T09:22:00.000000Z", True, "words opened"),
        "asked": (None, True, "words asked"),
        "before": (None, False, "words before"),
        "gone": ("2026-11-24T09:30:00.000000Z", True, None),
    }


def test_completions_of_one_person_or_of_a_day(db, passed):
    assert len(exports.completions(db, email=" TESS@school.example")) == 2
    assert exports.completions(db, email="nobody@school.example") == []
    found = {day: len(exports.completions(db, as_at=date(2026, 11, day))) for day in (23, 24, 25, 26)}
    assert found == {23: 0, 24: 1, 25: 1, 26: 3}


def test_a_day_ends_at_midnight_in_the_school(db, cast):
    at = NOW.replace(year=2027, month=6, day=30, hour=23, minute=30)  # half past midnight on 1 July there
    with transaction(db):
        complete(db, cast.tess.id, "", completed_at=at)
    assert exports.completions(db, as_at=date(2027, 6, 30)) == []
    assert len(exports.completions(db, as_at=date(2027, 7, 1))) == 1


def test_the_export_of_people_is_the_file_that_is_read(db, cast):
    with transaction(db):
        days = {"starts": date(2027, 1, 4), "ends": date(2027, 1, 8)}
        people.add(db, Details("eve@school.example", "=Eve", Role.TEACHER, **days), now=NOW)
        for name in ("supply", "kitchen"):
            staff_groups.put(db, cast.tess.id, staff_groups.add(db, name, by=None, now=NOW), True, by=None, now=NOW)
    text = csv_text(exports.PEOPLE, exports.everyone(db))
    assert text.splitlines()[:3] == [
        "\ufeffname,email,role,mentor,due,start,end,groups",
        "'=Eve,eve@school.example,teacher,,,2027-01-04,2027-01-08,",
        "Lou Adeyemi,lou@school.example,lead,,,,,",
    ]
    assert "Tess Okafor,tess@school.example,teacher,max@school.example,2026-12-04,,,kitchen; supply\r\n" in text
    assert "Ana" not in text
    sheet = reader.read(text.encode(), date(2026, 11, 24))
    assert sheet.problems == ()
    assert [row.name for row in sheet.rows][0] == "=Eve"
    assert (sheet.rows[0].starts, sheet.rows[0].ends) == (date(2027, 1, 4), date(2027, 1, 8))
    assert {State.SAME} == {change.state for change in plan(sheet, people.everybody(db), staff_groups.names(db)).changes}


def test_a_persons_record_is_everything_held_and_nobody_elses(db, cast, passed):
    with transaction(db):
        sessions.start(db, cast.tess.id, device="Firefox on Windows", now=NOW)
        one_time_links.make(db, one_time_links.LinkKind.INVITATION, cast.tess.id, NOW)
        publish(db, {"phones": "never"}, cast.lou)
        conversations.record(
            db, teacher_id=cast.tess.id, mentor_id=cast.max.id, held_on=date(2026, 11, 20), themes=["phones"],
            key="a-key-of-sixteen", now=NOW,
        )
        save_answer(db, start_attempt(db, cast.sam))
    record = json.loads(json.dumps(own_record.of_person(db, cast.tess.id)))
    assert record["person"]["mentor"] == "Max Reid"
    assert record["signed_in"][0]["device"] == "Firefox on Windows"
    assert record["links_sent"][0]["kind"] == "invitation"
    assert [each["lesson"] for each in record["completions"]] == ["friend-requests", "late-messages"]
    [attempt] = record["attempts"]
    assert (attempt["mark"], attempt["shared"]) == (90, [{"with": "Max Reid", "at": "2026-11-24T09:30:00.000000Z"}])
    assert attempt["lesson_opened_at"] == "2026-11-24T09:22:00.000000Z"
    assert attempt["answers"][0]["options"] == [2]
    assert record["conversations"][0]["themes"] == ["phones"]
    assert "sam" not in json.dumps(record)
    assert own_record.of_person(db, cast.max.id)["conversations_held_as_mentor"][0]["teacher"] == "Tess Okafor"
    assert [each["teacher"] for each in own_record.of_person(db, cast.max.id)["shared_with_them"]] == ["Tess Okafor"]
    assert own_record.of_person(db, cast.lou.id)["policy_choices_made"][0]["facet"] == "phones"
    assert own_record.of_person(db, 999) is None


def test_a_persons_record_tells_no_secret_and_no_judgement_to_come(db, cast, passed):
    with transaction(db):
        people.set_password(db, cast.tess.id, "$argon2id$v=19$m=19456,t=2,p=1$salt$hash", now=NOW)
    text = json.dumps(own_record.of_person(db, cast.tess.id))
    assert SHA256 in text
    assert "argon2" not in text and "sha256\": \"" + SHA256 not in text
    assert json.dumps(WORDS)[1:-1] not in text


def test_by_their_number_it_is_theirs_alone_whoever_had_their_email_before(db, cast):
    with transaction(db):
        people.update(db, cast.tess.id, email="tess.brown@school.example", now=NOW)
        people.update(db, cast.sam.id, email="tess@school.example", now=NOW)
        complete(db, cast.tess.id, "friend-requests")
    sam = cast.sam.id
    assert exports.completions(db, person_id=sam) == exports.done_elsewhere(db, person_id=sam) == []
    assert {row["person_name"] for row in exports.history_of_people(db, {}, person_id=sam)} == {"Sam Price"}
    assert {row["person_name"] for row in exports.history_of_people(db, {}, email="tess@school.example")} == {"Sam Price", "Tess Okafor"}
