"""What is recorded of reading is what happened: whether a lesson's page was opened, and how its scenarios went by the clock."""

import csv
import io
import json
import re

from induction.records import exports
from induction.records.store.database import transaction
from induction.services.spreadsheet.csv_file import csv_text
from tests.cast import COURSE, own_site
from tests.walking import answer, start, walk

LESSON = "friend-requests"
PAGE = f"/courses/{COURSE}/{LESSON}"
NOT_OPENED = "The lesson’s page was not opened before this try"


def through(cast, lesson=LESSON, who="tess"):
    """Every scenario of a lesson, without its page."""
    browser = getattr(cast, who)
    page = browser.send(f"/courses/{COURSE}/{lesson}/scenarios")
    for _ in range(200):
        if not page.options():
            return page
        answer(cast, browser, who)
        page = browser.press("Next")
    raise AssertionError("the scenarios never end")


def record_of(cast, who="tess"):
    return json.loads(getattr(cast, who).open("/record/export").body)


def row_of(cast):
    return next(each for each in exports.completions(cast.records) if each["lesson"] == LESSON)


def mentors_line(cast):
    page = cast.max.open(f"/mentor/{cast.who('tess').id}")
    title = cast.programme.library.courses[COURSE].lesson(LESSON).title
    return next(each.text for each in page.main.all("li") if each.text.startswith(title))


def test_a_lesson_opened_before_its_scenarios_is_recorded_so(cast):
    walk(cast, "tess", LESSON)
    [attempt] = record_of(cast)["attempts"]
    assert attempt["lesson_opened_at"] <= attempt["started_at"]
    [words] = record_of(cast)["lesson_versions"]
    assert words["opened_at"] == attempt["lesson_opened_at"] and words["sha256"] == attempt["lesson_version"] and words["text"]
    text = cast.tess.open("/record").text
    assert re.search(r"Lesson opened at [0-9.]+ [ap]m; scenarios answered ", text) and NOT_OPENED not in text
    assert "lesson opened on" in mentors_line(cast)
    row = row_of(cast)
    assert row["lesson_opened_at"][:19] == attempt["lesson_opened_at"][:19]
    assert row["first_answer_at"][:19] == attempt["answers"][0]["at"][:19]


def test_scenarios_taken_without_the_lesson_are_recorded_so_and_count(cast):
    assert through(cast).heading == "Passed"
    [attempt] = record_of(cast)["attempts"]
    assert attempt["lesson_opened_at"] == "not opened"
    [words] = record_of(cast)["lesson_versions"]
    assert (words["opened_at"], words["openings_were_kept"]) == (None, True) and words["asked_at"] == attempt["started_at"]
    assert NOT_OPENED in cast.tess.open("/record").text
    assert "lesson not opened first" in mentors_line(cast)
    assert row_of(cast)["lesson_opened_at"] == "not opened"


def test_a_whole_course_in_seconds_shows_as_what_it_was(cast):
    """Every lesson passed, none opened: twelve lesson versions were never met."""
    for lesson in cast.programme.library.courses[COURSE].lessons:
        assert through(cast, lesson.slug).heading == "Passed"
    rows = [each for each in exports.completions(cast.records) if each["lesson"]]
    assert len(rows) == len(cast.programme.library.courses[COURSE].lessons)
    assert {each["lesson_opened_at"] for each in rows} == {"not opened"}
    assert [each for each in record_of(cast)["lesson_versions"] if each["opened_at"]] == []
    assert "lesson opened" not in cast.tess.open("/record").text.lower()


def test_opening_a_page_writes_nothing(cast):
    def counted():
        return {name: cast.records.value(f"select count(*) from {name}") for name in ("lessons_opened", "versions", "attempts")}

    before = counted()
    cast.tess.open(PAGE)
    assert counted() == before


def test_a_lesson_opened_before_another_try_is_known_there_too(cast):
    walk(cast, "tess", LESSON, wisely=False)
    opened = record_of(cast)["attempts"][0]["lesson_opened_at"]
    cast.tess.press("Try again")
    assert [each["lesson_opened_at"] for each in record_of(cast)["attempts"]] == [opened, opened]


def test_a_lesson_read_in_the_middle_of_a_try_does_not_change_how_it_began(cast):
    cast.tess.send(f"{PAGE}/scenarios")
    start(cast.tess, LESSON)  # from the lesson's page: it goes on with the same try
    [attempt] = record_of(cast)["attempts"]
    assert attempt["lesson_opened_at"] == "not opened"
    [words] = record_of(cast)["lesson_versions"]
    assert words["opened_at"] > attempt["started_at"]


def test_what_a_page_says_is_the_readers_own_and_that_lessons(cast):
    def mark(browser, lesson=LESSON):
        return browser.open(f"/courses/{COURSE}/{lesson}").field("opened").get("value")

    whole = mark(cast.tess)
    elsewhere = [
        mark(cast.sam), mark(cast.tess, "following-pupils"), whole[:-1], whole.replace("2", "1", 1), "", "x", "|" * 9, b"\xff\x00",
        "x" * 50_000, [whole + "x", whole],
    ]
    for number, sent in enumerate(elsewhere, 1):
        page = cast.tess.send(f"{PAGE}/scenarios", {"opened": sent})
        assert page.status == 200 and page.options(), number
        assert cast.records.value("select count(*) from lessons_opened") == 0, number
    cast.tess.send(f"{PAGE}/scenarios", {"opened": whole})
    assert cast.records.value("select count(*) from lessons_opened where person = ?", [cast.who("tess").id]) == 1


def test_a_page_that_lay_open_while_its_words_changed_was_opened_all_the_same(cast):
    cast.tess.open(PAGE)
    cast.choose(gaming="risk-assessed-club")
    cast.tess.press("Start the scenarios")
    [attempt] = record_of(cast)["attempts"]
    assert attempt["lesson_opened_at"] <= attempt["started_at"]
    opened, asked = sorted(record_of(cast)["lesson_versions"], key=lambda each: each["opened_at"] is None)
    assert opened["sha256"] != asked["sha256"] == attempt["lesson_version"]
    assert opened["opened_at"] and opened["text"] is None and asked["opened_at"] is None and asked["text"]


def test_tries_from_before_openings_were_kept_say_nothing(cast):
    walk(cast, "tess", LESSON)
    with transaction(cast.records):  # as the second release stored them
        for trigger in ("attempts_began_after_what_was_opened", "completions_do_not_change", "lessons_opened_stay"):
            cast.records.execute(f"drop trigger {trigger}")
        for statement in ("update attempts set lesson_opened = null", "update completions set lesson_opened = null",
                          "delete from lessons_opened"):
            cast.records.execute(statement)
    assert record_of(cast)["attempts"][0]["lesson_opened_at"] is None
    [words] = record_of(cast)["lesson_versions"]
    assert (words["opened_at"], words["openings_were_kept"]) == (None, False)
    text = cast.tess.open("/record").text
    assert NOT_OPENED not in text and "Scenarios answered " in text
    assert "lesson not opened" not in mentors_line(cast) and "lesson opened" not in mentors_line(cast)
    assert row_of(cast)["lesson_opened_at"] is None


def test_a_lesson_without_scenarios_says_so_too(template, tmp_path):
    own = tmp_path / "data" / "courses" / "coaches"
    own.mkdir(parents=True)
    (own / "index.md").write_text("---\ntitle: For visiting coaches\nthemes: {messages: Messages}\n---\n\nWhat it is for.\n")
    (own / "01-late.md").write_text("---\ntitle: Late messages\n---\n\nThey can wait.\n")
    cast = own_site(template, tmp_path / "data")
    cast.tess.open("/courses/coaches/late")
    cast.tess.press("Continue")
    cast.sam.send("/courses/coaches/late")
    rows = {each["person_name"]: each for each in exports.completions(cast.records) if each["lesson"] == "late"}
    for who, mentor, name, opened in (("tess", cast.max, "Tess Okafor", True), ("sam", cast.nia, "Sam Price", False)):
        assert (rows[name]["lesson_opened_at"] == "not opened") is not opened and rows[name]["first_answer_at"] is None
        said = "lesson opened on" if opened else "lesson not opened first"
        assert said in getattr(cast, who).open("/record").text and said in mentor.open(f"/mentor/{cast.who(who).id}").text
        [words] = record_of(cast, who)["lesson_versions"]
        assert bool(words["opened_at"]) is opened and words["text"] and words["openings_were_kept"]
    cast.records.close()


def test_the_file_for_an_inspection_says_so(cast):
    through(cast)
    walk(cast, "tess", "following-pupils")
    text = csv_text(exports.COMPLETIONS, exports.completions(cast.records))
    header, *rows = csv.reader(io.StringIO(text))
    assert header[10:13] == ["lesson_opened_at", "first_answer_at", "round"]
    moment = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
    assert rows[0][10] == "not opened" and moment.fullmatch(rows[1][10])
    assert all(moment.fullmatch(row[11]) and not row[12] for row in rows)
