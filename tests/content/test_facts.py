"""What is known of a fact: looked up on a day, or to be confirmed; for every nation, or for some."""

import json
from dataclasses import replace
from datetime import date

import pytest

from induction.content.checks import checker
from induction.content.editions import course_version, fill, lesson_edition
from induction.content.model import School
from tests.content.folders import FACTS

TODAY = date(2026, 12, 1)
CHECKED, CONFIRM = "checked: 2026-11-22", "status: to be confirmed"
UNCONFIRMED = FACTS.replace(CHECKED, CONFIRM, 1)
FAULTS = {
    "both": (f"{CHECKED}\n  {CONFIRM}", "6: `checked` and `status` both stand here; keep `checked` if"),
    "neither": ("", "1: `checked` is missing; write `checked: 2026-09-01`, say, or `status: to be confirmed`"),
    "a status of its own": ("status: sure", '5: unknown status "sure"; write `status: to be confirmed`, or'),
    "an empty status": ("status:", "5: `status` is empty"),
    "no nation at all": (f"{CHECKED}\n  nations:", "6: `nations` is empty; write `nations: wales, scotland`"),
    "a nation that is none": (f"{CHECKED}\n  nations: wales, cornwall", '6: unknown nation "cornwall"; known are: '),
}


@pytest.mark.parametrize(("written", "said"), FAULTS.values(), ids=FAULTS)
def test_a_fact_was_checked_or_is_to_be_confirmed(folder, written, said):
    folder.write("courses/facts.yml", FACTS.replace(CHECKED, written, 1))
    assert folder.said()[0].removeprefix("courses/").startswith(f"facts.yml:{said}")


def test_what_is_to_be_confirmed_is_no_fault_and_does_not_age(folder):
    folder.write("courses/facts.yml", UNCONFIRMED)
    reading = folder.read()
    assert [str(each) for each in checker.problems(reading, TODAY) if "facts.yml" in each.path] == []
    assert [each.line for each in checker.problems(reading, date(2020, 1, 1)) if "facts.yml" in each.path] == [10]
    assert checker.to_confirm(reading.library) == [
        "courses/facts.yml:5: to confirm: helpline-phone; look it up at The helpline's own site"
    ]
    folder.write("courses/facts.yml", FACTS.split("helpline-hours")[0], own=True)
    assert checker.to_confirm(folder.read().library) == []


@pytest.mark.parametrize("written", ["nations: wales, scotland", "nations: [wales, scotland]"])
def test_a_helpline_of_some_nations_stands_in_no_other_help(folder, written):
    folder.write("courses/facts.yml", FACTS.replace(CHECKED, f"{CHECKED}\n  {written}", 1))
    folder.lesson("/// help\n///\n\n{{ fact helpline-phone }} is for all.")
    found = folder.read()
    assert found.problems == ()
    lesson = found.library.courses["c"].lesson("late")
    for nation, shown in (("wales", 2), ("scotland", 2), ("northern-ireland", 1)):
        school = School("W", nation)
        html = fill.render(lesson.words, school, found.library)
        assert html.count("0344 381 4772") == shown
        edition = lesson_edition.lesson_edition(lesson, found.library, school)
        assert lesson_edition.open_lesson(edition.text).html == html
        assert len(json.loads(edition.text)["facts"]) == shown


@pytest.mark.parametrize(
    ("facts", "said"), [(FACTS, "(checked on 22 November 2026)"), (UNCONFIRMED, "(to be confirmed by the school)")]
)
def test_a_text_may_say_when_a_fact_was_looked_up(folder, facts, said):
    folder.write("courses/facts.yml", facts)
    folder.lesson("It is {{ fact helpline-phone }} ({{ checked helpline-phone }}).")
    found = folder.read()
    assert found.problems == ()
    lesson = found.library.courses["c"].lesson("late")
    text = lesson_edition.lesson_edition(lesson, found.library, School("W")).text
    folder.write("courses/facts.yml", "")
    assert said in lesson_edition.open_lesson(text).html and said in fill.plain(lesson.words, School("W"), found.library)


def test_a_day_is_part_of_a_text_only_where_the_text_says_it(folder):
    for words, depends in (("{{ fact helpline-phone }}", False), ("{{ checked helpline-phone }}", True)):
        folder.lesson(f"It is {words}.")
        made = []
        for day in ("2026-11-22", "2026-11-23"):
            folder.write("courses/facts.yml", FACTS.replace("2026-11-22", day))
            library = folder.read().library
            course = library.courses["c"]
            edition = lesson_edition.lesson_edition(course.lesson("late"), library, School("W"))
            made.append((edition.sha256, course_version.course_version(course, library, "wales")))
            assert ("checked" in json.loads(edition.text)) is depends
        assert all((before != after) is depends for before, after in zip(*made, strict=True))


def test_a_fact_that_nobody_knows_is_named(folder):
    folder.lesson("It is {{ checked helpline-fone }}.")
    assert folder.said() == ['01-late.md:5: unknown fact "helpline-fone"; write "helpline-phone"']


def test_an_edition_from_before_facts_had_a_status_opens_as_it_did(folder):
    folder.lesson("/// help\n///")
    found = folder.read()
    lesson = found.library.courses["c"].lesson("late")
    school = School("W", words={"out of hours": "01632 960141"})
    text = lesson_edition.lesson_edition(lesson, found.library, school).text
    assert not {"checked", "pictures"} & json.loads(text).keys()
    assert "01632 960141" in lesson_edition.open_lesson(text).html
    later = replace(found.library, nations={}, facts={})
    assert fill.render(lesson.words, school, later) != lesson_edition.open_lesson(text).html
