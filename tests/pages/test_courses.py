"""Courses: a lead approves one whose lessons are read (test_course_reading); until then lessons and leads are told that it waits."""

import re
from datetime import UTC, datetime

import pytest

from induction.content.editions import course_version
from induction.records.school import course_approvals, school
from induction.records.store.database import transaction
from induction.rules import calendar
from induction.rules.roles import Role
from induction.services import shelf
from induction.settings import HOME
from induction.wording import dates, numbers
from tests.cast import COURSE, SCHOOL, own_site
from tests.reading import read_lessons
from tests.walking import walk

WHOLE = f"/school/courses/{COURSE}"
LESSON = f"/courses/{COURSE}/friend-requests"
MOMENT = datetime(2026, 9, 1, 9, tzinfo=UTC)
DAY = dates.day(MOMENT.date(), calendar.local(datetime.now(UTC)).date())  # *Tuesday 1 September*, later with its year
WAITS = "Not yet approved by Wrenfield School."
SHORT = """---
title: For visiting coaches
themes: {messages: Messages}
---

What it is for.
"""
LATE = """---
title: Late messages
---

The helpline answers {{ fact posh-hours }}.
"""


def kept(cast):
    return course_approvals.of_course(cast.records, COURSE)


def version(cast, course=COURSE):
    return cast.programme.version(cast.programme.library.courses[course])


def approve_all(cast, sha256=None, but=()):
    """Straight in the records: every course, as it stands or in another version."""
    with transaction(cast.records):
        for course in cast.programme.courses:
            if course.slug not in but:
                course_approvals.approve(
                    cast.records, course=course.slug, sha256=sha256 or cast.programme.version(course),
                    typed_name="Lou Hartley", by=cast.who("lou").id, now=MOMENT,
                )


def notices(page):
    """What a lead is told of the courses: in the checklist while that is shown, else as a reminder."""
    rows = [each.text.partition(" · ")[2] for each in page.main.all("li") if each.text.startswith("Approve the coursesTo do")]
    told = any(each.get("id") == "to-do" for each in page.main.all("h2"))
    links = [each for each in page.main.all("a") if told and each.get("class") == "line-link" and each.within("li") is not None]
    about = [each for each in links if each.get("href").startswith("/school/courses") and not each.get("href").endswith("#facts")]
    return [*rows, *(each.within("li").all("span")[0].text for each in about)]


# The list

def test_the_list_says_what_there_is_and_that_it_waits(cast):
    page = cast.lou.open("/school/courses")
    course = cast.programme.library.courses[COURSE]
    assert page.status == 200 and course.title in page.text and course.audience in page.text
    assert f"Lessons 0 of {len(course.lessons)} read Scenarios {sum(len(quiz.scenarios) for quiz in course.quizzes.values())}" in page.text
    assert "Not approved yet" in page.text and "Changed" not in page.text
    assert page.link("Read it, lesson by lesson").get("href").startswith("/school/courses/")
    assert page.has_link("Notes on scenarios")


def test_the_list_says_who_approved_it_and_when(cast):
    approve_all(cast)
    page = cast.lou.open("/school/courses")
    assert f"Approved by Lou Hartley on {DAY}" in page.text and version(cast)[:12] in page.text
    assert "Not approved yet" not in page.text


def test_the_list_says_that_it_changed_since(cast):
    approve_all(cast, "0" * 64)
    page = cast.lou.open("/school/courses")
    assert f"Changed since Lou Hartley approved it on {DAY}" in page.text
    assert "Not approved yet" not in page.text and "0" * 12 not in page.text


def test_a_primary_school_counts_its_own_scenarios(cast):
    course = cast.programme.library.courses[COURSE]
    with transaction(cast.records):
        school.save(cast.records, **{**SCHOOL, "phase": "primary"})
    fitting = sum(each.phase != "secondary" for quiz in course.quizzes.values() for each in quiz.scenarios)
    assert fitting < sum(len(quiz.scenarios) for quiz in course.quizzes.values())
    assert f"Scenarios {fitting}" in cast.lou.open("/school/courses").text


# Approving

def test_a_lead_approves_it_and_everything_says_so(cast):
    cast.choose(pupil_contact="none")
    approve_all(cast, but=[COURSE])
    before = cast.tess.open(LESSON)
    assert WAITS in before.text and "it stands on the sources named below" in before.text
    assert notices(cast.lou.open("/school/overview")) == [
        "Professional boundaries online is not approved yet."
    ]
    read_lessons(cast, MOMENT)
    page = cast.lou.open(WHOLE)
    assert "I have read the lessons and scenarios of this course and approve them for Wrenfield School." in page.text
    page = cast.lou.press("Approve for our school", name="  Lou   Hartley ")
    assert page.way == [(303, "/school/courses")] and "Approved for Wrenfield School" in page.text
    assert "Not approved yet" not in page.text
    made = kept(cast)
    assert [(each.typed_name, each.approved_by, each.sha256) for each in made] == [
        ("Lou Hartley", cast.who("lou").id, version(cast))
    ]
    assert WAITS not in cast.tess.open(LESSON).text
    assert notices(cast.lou.open("/school/overview")) == []
    page = cast.lou.open(WHOLE)
    assert not page.has_button("Approve for our school") and "You approved it on" in page.text
    assert "Who has approved which version" in page.text and f"{version(cast)[:12]}, as it stands" in page.text


def test_approving_twice_is_harmless(cast):
    read_lessons(cast, MOMENT)
    fields = {"version": version(cast), "name": "Lou Hartley"}
    cast.lou.send(WHOLE, fields)
    made, revision = kept(cast), school.revision(cast.records)
    page = cast.lou.send(WHOLE, {**fields, "name": "Somebody else"})
    assert page.way == [(303, "/school/courses")] and "You had approved this version before" in page.text
    assert (kept(cast), school.revision(cast.records)) == (made, revision)


def test_another_lead_may_approve_it_too(cast):
    other = cast.add("Una Byrne", Role.LEAD)
    with transaction(cast.records):
        course_approvals.approve(
            cast.records, course=COURSE, sha256=version(cast), typed_name="U. Byrne", by=other.id, now=MOMENT
        )
    page = cast.lou.open(WHOLE)
    assert f"Approved by Una Byrne on {DAY}" in page.text
    cast.lou.press("Approve for our school", name="Lou Hartley")
    page = cast.lou.open(WHOLE)
    assert "Approved by Lou Hartley on" in page.text and "U. Byrne" in page.text
    assert len(kept(cast)) == 2


def test_a_course_that_changed_meanwhile_is_not_approved(cast):
    read_lessons(cast, MOMENT)
    page = cast.lou.send(WHOLE, {"version": "0" * 64, "name": "Lou Hartley"})
    assert page.status == 200 and "Not kept: the course changed meanwhile" in page.text
    assert page.field("name").get("value") == "Lou Hartley"
    assert page.field("version").get("value") == version(cast)
    assert kept(cast) == []
    assert cast.lou.press("Approve for our school").way == [(303, "/school/courses")]
    assert len(kept(cast)) == 1


def test_without_a_name_nothing_is_kept(cast):
    read_lessons(cast, MOMENT)
    cast.lou.open(WHOLE)
    page = cast.lou.press("Approve for our school", name="   ")
    assert page.problems == ["Type your name, as a signature."] and "Not kept yet" in page.text
    assert kept(cast) == []


# Who is told

def test_leads_are_reminded_once_and_nobody_else(cast):
    cast.choose(pupil_contact="none")
    courses = cast.programme.courses
    page = cast.lou.open("/school/overview")
    assert len(courses) > 1
    assert notices(page) == [f"{numbers.number(len(courses)).capitalize()} courses are not approved as they stand."]
    assert notices(cast.lou.open("/school/courses")) == notices(cast.lou.open(WHOLE)) == []
    assert notices(cast.lou.send(WHOLE, {"version": version(cast), "name": ""})) == []
    for browser in (cast.tess, cast.max, cast.browser()):
        assert notices(browser.open("/help")) == []


def test_an_unpublished_policy_comes_first(cast):
    page = cast.lou.open("/school/overview")
    assert page.text.index("Publish your policy") < page.text.index(*notices(page))
    for path in ("/school/courses", "/school/policy", "/school/policy/preview"):
        assert notices(cast.lou.open(path)) == []
    assert notices(cast.max.open("/mentor/")) == []


def test_leads_are_told_that_it_changed(cast):
    cast.choose(pupil_contact="none")
    approve_all(cast, but=[COURSE])
    with transaction(cast.records):
        course_approvals.approve(
            cast.records, course=COURSE, sha256="0" * 64, typed_name="Lou", by=cast.who("lou").id, now=MOMENT
        )
    assert notices(cast.lou.open("/school/overview")) == [
        "Professional boundaries online has changed since it was approved."
    ]
    assert WAITS in cast.tess.open(LESSON).text


def test_a_lesson_asks_the_records_nothing_about_it(cast):
    cast.tess.open(LESSON)
    sent = []
    cast.records.connection().conn.set_trace_callback(sent.append)
    page = cast.tess.open(f"/courses/{COURSE}/following-pupils")
    cast.records.connection().conn.set_trace_callback(None)
    assert WAITS in page.text and sent and not any("approvals" in sql for sql in sent)


def test_a_lesson_passed_before_the_approval_is_passed(cast):
    assert walk(cast, "tess", "friend-requests").heading == "Passed"
    assert [each.lesson for each in cast.completions_of("tess")] == ["friend-requests"]


def test_a_draft_of_the_policy_shows_lessons_without_it(cast):
    page = cast.lou.open(f"/school/policy/preview/{COURSE}/friend-requests")
    assert page.status == 200 and "Not yet approved" not in page.text


# What asks again

def test_a_change_of_policy_or_contacts_does_not_ask_again(cast):
    approve_all(cast)
    cast.choose(pupil_contact="school-platforms")
    with transaction(cast.records):
        school.save(cast.records, **{**SCHOOL, "words": {"safeguarding lead": "Somebody else"}})
    assert "Not approved yet" not in cast.lou.open("/school/courses").text
    assert WAITS not in cast.tess.open(LESSON).text and notices(cast.lou.open("/")) == []


def test_another_nation_asks_again(cast):
    approve_all(cast)
    with transaction(cast.records):
        school.save(cast.records, **{**SCHOOL, "nation": "wales"})
    assert WAITS in cast.tess.open(LESSON).text


def test_a_change_of_a_file_or_of_a_fact_asks_again_and_taking_it_back_does_not(template, tmp_path, monkeypatch):
    monkeypatch.setattr(shelf, "LOOK_AGAIN", 0.0)
    monkeypatch.setattr(shelf, "PATIENCE", 60.0)
    cast = own_site(template, tmp_path / "data")

    def put(path, text):
        file = cast.data / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    put("courses/coaches/index.md", SHORT)
    put("courses/coaches/01-late.md", LATE)
    late = "/courses/coaches/late"
    read_lessons(cast, MOMENT, course="coaches")
    cast.lou.open("/school/courses/coaches")
    cast.lou.press("Approve for our school", name="Lou Hartley")
    assert WAITS not in cast.tess.open(late).text
    changed = put("courses/coaches/01-late.md", LATE.replace("answers", "replies"))
    assert WAITS in cast.tess.open(late).text
    assert "Changed since Lou Hartley approved it on" in cast.lou.open("/school/courses").text
    assert "named below" not in cast.tess.open(late).text  # it names no sources
    changed.write_text(LATE, encoding="utf-8")
    assert WAITS not in cast.tess.open(late).text
    facts = (HOME / "courses" / "facts.yml").read_text(encoding="utf-8")
    assert "\nposh-hours:" in facts
    put("courses/facts.yml", "posh-hours:\n  value: at night\n  what: When\n  source: Them\n  checked: 2026-11-24\n")
    assert WAITS in cast.tess.open(late).text and "The helpline answers at night." in cast.tess.open(late).text
    cast.records.close()


def test_an_own_question_of_policy_asks_again_and_another_choice_does_not(template, tmp_path, monkeypatch):
    """What the school's own policy.yml says, lessons say: no lead has read that before it is approved."""
    monkeypatch.setattr(shelf, "LOOK_AGAIN", 0.0)
    monkeypatch.setattr(shelf, "PATIENCE", 60.0)
    cast = own_site(template, tmp_path / "data")
    approve_all(cast)
    with transaction(cast.records):
        cast.records.execute("update school set revision = revision + 1")
    cast.choose(pupil_contact="school-platforms")
    assert WAITS not in cast.tess.open(LESSON).text and notices(cast.lou.open("/")) == []
    shipped = (HOME / "courses" / "policy.yml").read_text(encoding="utf-8")
    [question] = re.findall(r"^pupil-contact:\n(?:(?:  .*)?\n)+", shipped, re.MULTILINE)
    own = cast.data / "courses" / "policy.yml"
    own.parent.mkdir(exist_ok=True)
    said = cast.programme.library.facets["pupil-contact"].stances[-1].says
    own.write_text(question.replace(said, f"{said} Whoever likes may do more."), encoding="utf-8")
    assert WAITS in cast.tess.open(LESSON).text
    assert len(notices(cast.lou.open("/"))) == 1
    assert "Changed since Lou Hartley approved it on" in cast.lou.open(WHOLE).text
    assert "Whoever likes may do more." in cast.lou.open(f"{WHOLE}/where-the-line-is").text
    own.unlink()
    assert WAITS not in cast.tess.open(LESSON).text
    cast.records.close()


def test_a_course_approved_before_that_covered_policy_is_not_said_to_have_changed(cast):
    cast.choose(pupil_contact="none")
    course = cast.programme.library.courses[COURSE]
    approve_all(cast, but=[COURSE])
    with transaction(cast.records):
        before = course_version.without_policy(course, cast.programme.library, "england")
        course_approvals.approve(cast.records, course=COURSE, sha256=before, typed_name="Lou", by=cast.who("lou").id, now=MOMENT)
    assert notices(cast.lou.open("/school/overview")) == [
        "An approval now covers the questions of policy too. Professional boundaries online was approved without."
    ]
    page = cast.lou.open("/school/courses")
    assert f"Lou Hartley approved it as it stands on {DAY}, when an approval did not cover them" in page.text
    assert "Changed" not in page.text and "Not approved yet" not in page.text
    read_lessons(cast, MOMENT)
    cast.lou.open(WHOLE)
    cast.lou.press("Approve for our school", name="Lou Hartley")
    assert notices(cast.lou.open("/school/overview")) == []


# Others, and hostile input

@pytest.mark.parametrize("path", ["/school/courses", WHOLE])
def test_it_is_there_for_leads_alone(cast, path):
    for browser in (cast.tess, cast.max):
        assert browser.open(path).status == 404
        assert browser.send(WHOLE, {"version": version(cast), "name": "Tess"}).status == 404
    assert cast.browser().open(path, follow=False).status == 303
    assert kept(cast) == []


@pytest.mark.parametrize("word", ["nothing", "%00", "x" * 3000, "..%2f..", "%ed%a0%80", "1"])
def test_a_course_that_is_not_there(cast, word):
    assert cast.lou.open(f"/school/courses/{word}").status == 404
    assert cast.lou.send(f"/school/courses/{word}", {"version": version(cast), "name": "Lou"}).status == 404
    assert kept(cast) == []


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"name": "Lou Hartley"},
        {"version": ["0", "1"], "name": "Lou"},
        {"version": b"\xed\xa0\x80", "name": "Lou"},
        {"version": "x" * 50_000, "name": "Lou"},
        {"version": None, "name": "Lou\x00Hartley"},
        {"version": None, "name": "x" * 201},
        {"version": None, "name": ["", "Lou"]},
    ],
    ids=["nothing", "no version", "repeated", "half a character", "long", "a NUL", "a long name", "an empty name first"],
)
def test_nonsense_gets_words_and_keeps_nothing(cast, fields):
    read_lessons(cast, MOMENT)
    sent = {name: version(cast) if value is None else value for name, value in fields.items()}
    page = cast.lou.send(WHOLE, sent)
    assert page.status == 200 and page.problems and kept(cast) == []


def test_made_up_fields_decide_nothing(cast):
    read_lessons(cast, MOMENT)
    made_up = {"approved_by": "1", "at": "1970-01-01", "course": "another", "sha256": "0" * 64}
    cast.lou.send(WHOLE, {"version": version(cast), "name": '"><b>Lou', **made_up})
    assert [(each.course, each.approved_by_name, each.sha256) for each in kept(cast)] == [(COURSE, "Lou Hartley", version(cast))]
    assert '"><b>Lou' in cast.lou.open(WHOLE).text


def test_other_methods_and_forms_from_elsewhere(cast):
    assert cast.lou.request("PUT", WHOLE).status in (400, 405)
    assert cast.lou.send("/school/courses", {}).status == 405
    fields = {"version": version(cast), "name": "Lou"}
    assert cast.lou.send(WHOLE, fields, token=False).status == 400
    assert cast.lou.send(WHOLE, fields, Origin="https://elsewhere.example").status == 400
    assert kept(cast) == []
