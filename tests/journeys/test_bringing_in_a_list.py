"""Forty people out of a sheet as a school's system makes it: by keyboard alone, and without JavaScript by few clicks."""

from __future__ import annotations

import pytest

from induction.records.people import people
from induction.records.store.database import Database
from tests.journeys.eyes import Person
from tests.journeys.test_at_this_school import sign_in, site
from tests.services.spreadsheets import xlsx

__all__ = ["site"]

HEADINGS = ["Staff Code", "Title", "Forename", "Surname", "Work Email", "Job Title", "Line Manager", "Start Date"]
FIRST = "Amara Ben Chloe Dev Ewa Farid Gwen Hana Ivo Jo Kit Lena Mo Nell Omar Pia Quinn Rosa Siân Tom".split()
LAST = ["O’Neill", "Bello"]
MANAGERS = ["Jo Bello", "Mrs Siân O’Neill", "Max Adeyemi", ""]


def staff() -> list[list[str]]:
    """Forty people, two of whom are named as line managers of others."""
    names = [(first, last) for last in LAST for first in FIRST]
    return [
        ["S1", "Ms", first, last, f"{first}.{last}@Wrenfield.example".lower().replace("’", "").replace("â", "a"), "Class teacher",
         MANAGERS[number % 4], "01/09/2026"]
        for number, (first, last) in enumerate(names)
    ]  # fmt: skip


def pasted() -> str:
    return "\n".join("\t".join(row) for row in [HEADINGS, *staff()])


def brought_in(site) -> int:
    """How many; and that Jo, who was named as a mentor, is one."""
    db = Database(site.data / "induction.db")
    jo = people.by_email(db, "jo.bello@wrenfield.example")
    assert jo is not None and jo.role == "mentor" and len(people.teachers_of(db, jo.id)) == 10
    count: int = db.value("select count(*) from people where added_by is not null")
    db.close()
    return count


def focused(person: Person) -> str:
    return person.page.evaluate(
        "(document.activeElement.labels?.[0] ?? document.activeElement).innerText.split('\\n')[0].trim()"
    )


def tab_to(person: Person, words: str) -> None:
    for _ in range(80):
        person.page.keyboard.press("Tab")
        if focused(person) == words:
            return
    raise AssertionError(f"the keyboard does not reach {words!r}")


def enter(person: Person) -> None:
    with person.page.expect_navigation():
        person.page.keyboard.press("Enter")
    person.look()


@pytest.mark.parametrize("view", [(True, 1280)], indirect=True, ids=["desk"])
def test_by_keyboard_alone(site, sit_down):
    lou = sign_in(sit_down(), "lou").open("/school/people")
    tab_to(lou, "Bring in a list")
    enter(lou)
    tab_to(lou, "Paste from a sheet")
    lou.page.keyboard.insert_text(pasted().replace("ben.bello@", "ben.bello at "))
    tab_to(lou, "Look at the list")
    enter(lou)
    assert lou.heading == "What the list would do"
    tab_to(lou, "Email")
    lou.page.keyboard.press("ControlOrMeta+a")
    lou.page.keyboard.insert_text("ben.bello@wrenfield.example")
    tab_to(lou, "Look again")
    enter(lou)
    assert "40 people would come in" in lou.words
    tab_to(lou, "Bring in 40 people")
    enter(lou)
    assert focused(lou) == "Nothing was done yet", "what went wrong takes the focus"
    tab_to(lou, "I have read both, and they are meant")  # the link, which leads to what has to be ticked
    lou.page.keyboard.press("Enter")
    lou.page.keyboard.press("Space")
    assert lou.page.locator("#agreed").is_checked()
    tab_to(lou, "Bring in 40 people")
    enter(lou)
    assert lou.heading == "40 people brought in" and brought_in(site) == 40
    tab_to(lou, "Their invitation links")


@pytest.mark.parametrize("view", [(False, 375), (True, 375)], indirect=True, ids=["no JavaScript", "phone"])
@pytest.mark.parametrize("way", ["paste", "file"])
def test_forty_people_in_six_clicks(site, sit_down, way):
    lou = sign_in(sit_down(), "lou").open("/school/people")
    clicks = 0

    def click(words: str, role: str = "button") -> None:
        nonlocal clicks
        clicks += 1
        lou.press(words, role)

    click("Bring in a list", "link")
    if way == "paste":
        click("Paste from a sheet", "textbox")
        lou.page.keyboard.insert_text(pasted())
    else:
        clicks += 1
        book = {"name": "staff.xlsx", "mimeType": "", "buffer": xlsx({"Staff": [["Staff list"], HEADINGS, *staff()]})}
        lou.page.locator("[name=file]").set_input_files([book])
    click("Look at the list")
    assert "Jo Bello is named as mentor on 10 lines" in lou.words
    click("Look again")
    clicks += 1
    lou.page.get_by_text("I have read both, and they are meant").first.click()
    click("Bring in 40 people")
    assert lou.heading == "40 people brought in" and brought_in(site) == 40 and clicks == 6


@pytest.mark.parametrize("view", [(True, 1280)], indirect=True, ids=["desk"])
def test_columns_are_chosen_and_a_file_too_large_is_told_before_it_is_sent(site, sit_down):
    lou = sign_in(sit_down(), "lou").open("/school/people/import")
    lou.page.locator("[name=file]").set_input_files([{"name": "staff.csv", "mimeType": "", "buffer": b"x" * 7_000_000}])
    assert "more than 6 MB" in lou.page.locator("[name=file]").evaluate("each => each.validationMessage")
    lou.page.locator("[name=file]").set_input_files([])
    lou.page.locator("[name=list]").fill("Eve Hill\teve@x.example\tmentor\n")
    lou.press("Look at the list")
    assert lou.heading == "What the columns are"
    lou.page.get_by_label("What column C is").select_option(label="Role")
    lou.press("Look at the list")
    assert "Eve Hill (eve@x.example) comes in as mentor." in lou.words
    site.kill()
    site.start()
    assert "Eve Hill" in lou.open(lou.page.url).words, "it outlives the server"


@pytest.mark.parametrize("view", [(False, 1280)], indirect=True, ids=["no JavaScript"])
def test_a_file_far_too_large_is_answered_in_words(site, sit_down, tmp_path):
    lou = sign_in(sit_down(), "lou").open("/school/people/import")
    with (tmp_path / "staff.csv").open("wb") as file:
        file.truncate(80_000_000)
    lou.page.locator("[name=file]").set_input_files(tmp_path / "staff.csv")
    assert lou.press("Look at the list").heading == "That was too much at once"
    assert lou.open("/school/people").heading == "People", "the others are served"
