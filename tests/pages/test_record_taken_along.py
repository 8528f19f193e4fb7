"""My record taken along: a page to print, sheets in a ZIP, and the data that was promised."""

import csv
import io
import json
import zipfile
from datetime import UTC, datetime

import pytest

from induction.records.people import people
from induction.records.store.database import transaction
from tests.cast import COURSE
from tests.walking import walk

LESSON = "friend-requests"
PROMISED = {
    "person", "signed_in", "who_you_were", "ways_in", "links_sent", "completions", "certificates", "attempts", "conversations",
    "confidence", "notes", "acknowledgements", "asked_again", "conversations_held_as_mentor", "shared_with_them", "notes_answered_as_lead",
    "signatures_on_paper_recorded", "courses_approved", "risk_assessments_written_or_signed", "policy_choices_made",
    "lesson_versions", "course_versions", "deputies", "lists_brought_in", "backups_said_to_lie_elsewhere",
    "lessons_read_to_approve_a_course", "scenarios_put_aside_or_taken_back", "letters", "other_acts_as_lead",
    "acts_of_leads_about_you", "handovers", "done_elsewhere",
    "certificates_recorded_for_others", "reminders_written_to_you", "calendar_addresses",
    "holidays_entered_or_taken_away", "reminders_chosen", "groups",
    "keys_for_badges_made", "entries_of_evidence", "head_kept", "those_named_who_keep_the_head",
    "removed", "records_erased", "times_set_for_how_long_what_is_kept", "groups_and_courses_decided",
    "sign_offs", "corrections", "sign_offs_given", "entries_of_others_corrected",
    "what_became_of_them", "accounts_elsewhere", "passkeys", "app_for_codes", "recovery_codes_left", "new_devices", "form_that_waits",
    "ways_in_of_others_changed", "second_steps_to_be_reset", "rules_of_signing_in_set",
}


@pytest.fixture
def done(cast):
    """Tess has a try that was not passed and one that was, and has read a policy."""
    cast.choose(pupil_contact="none")
    walk(cast, "tess", LESSON, wisely=False)
    walk(cast, "tess", LESSON)
    cast.tess.open("/policy")
    cast.tess.press("I have read and understood it", name="Tess Okafor")
    return cast


def unpacked(page) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(page.body)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def rows_of(sheet: bytes) -> list[dict[str, str]]:
    assert sheet.startswith(b"\xef\xbb\xbf"), "else Excel takes its letters for others"
    return list(csv.DictReader(io.StringIO(sheet.decode("utf-8-sig"), newline="")))


def test_my_record_offers_all_three(done):
    page = done.tess.open("/record")
    assert page.link("Download it all").get("href") == "#download"
    assert [page.link(words).get("href") for words in ("A page to print", "Sheets", "Data")] == [
        "/record/whole", "/record/sheets", "/record/export",
    ]


def test_the_data_keep_their_address_and_shape(done):
    page = done.tess.open("/record/export")
    assert page.headers["Content-Type"] == "application/json; charset=utf-8"
    assert 'filename="my-induction-record-' in page.headers["Content-Disposition"]
    assert set(json.loads(page.body)) == PROMISED


def test_the_sheets_are_csv_with_a_mark_and_the_data_lie_beside_them(done):
    page = done.tess.open("/record/sheets")
    assert page.headers["Content-Type"] == "application/zip" and page.headers["Content-Disposition"].endswith('.zip"')
    files = unpacked(page)
    record = json.loads(files.pop("my-induction-record.json"))
    assert set(record) == PROMISED and set(files) >= {"person.csv", "attempts.csv", "attempts-answers.csv", "completions.csv"}
    [person] = rows_of(files["person.csv"])
    assert (person["email"], person["mentor"]) == ("tess@wrenfield.example", "Max Adeyemi")
    tries = rows_of(files["attempts.csv"])
    assert [(each["number"], each["passed"]) for each in tries] == [("1", "yes"), ("2", "no")]
    answers = rows_of(files["attempts-answers.csv"])
    assert len(answers) == sum(len(each["answers"]) for each in record["attempts"])
    assert {each["attempts"] for each in answers} == {"1", "2"} and all(each["words"] for each in answers)


def test_a_cell_that_a_spreadsheet_would_run_is_made_text(cast):
    with transaction(cast.records):
        people.update(cast.records, cast.who("tess").id, name="=1+1", now=datetime.now(UTC))
    [person] = rows_of(unpacked(cast.tess.open("/record/sheets"))["person.csv"])
    assert person["name"] == "'=1+1"


def test_the_page_to_print_has_everything_open_and_nothing_left_out(done):
    with transaction(done.records):
        for number in range(30):
            people.update(done.records, done.who("tess").id, name=f"Tess {number}", now=datetime.now(UTC))
    assert "older entries are on the page to print." in done.tess.open("/record").text
    page = done.tess.open("/record/whole")
    assert "older entries" not in page.text and page.text.count("name from Tess") == 30
    assert page.main.all("details") and all("open" in each.attrs for each in page.main.all("details"))
    for words in ("Where you are signed in", "Safari on iPhone", "Lessons you opened or were asked about", "Friend requests"):
        assert words in page.text
    assert page.link("Back to My record").get("href") == "/record" and "Download it all" not in page.text


def test_what_one_did_for_others_is_on_it_too(done):
    done.tess.open("/attempts/1")
    done.tess.press("Share these choices with my mentor")
    words = done.max.open("/record/whole").text
    assert "What others shared with you" in words and "Tess Okafor" in words
    assert "Choices of policy you made" in done.lou.open("/record/whole").text
    assert "Choices of policy you made" not in words


def test_no_digest_stands_on_peoples_pages(done):
    attempt = done.attempts_of("tess")[0]
    for path in ("/record", "/record/whole", "/policy", f"/attempts/{attempt.id}/1/note", "/"):
        page = done.tess.open(path)
        assert page.document.all("code") == [] and attempt.quiz_version[:12] not in page.text, path


def test_a_course_that_was_completed_is_complete_and_not_read(cast):
    for lesson in cast.programme.library.courses[COURSE].lessons:
        walk(cast, "tess", lesson.slug)
    row = next(each for each in cast.tess.open("/record").main.all("li") if each.text.startswith("Professional boundaries online"))
    assert "· complete" in row.text and "read" not in row.text
