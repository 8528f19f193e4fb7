"""The list of people: what it can be narrowed to, each an address with a count, and whom one writes to from it."""

from datetime import UTC, date, datetime, timedelta
from urllib.parse import unquote

import pytest

from induction.records.people import people
from induction.records.people.person import Details
from induction.records.store.database import transaction
from induction.rules.roles import Role
from tests.walking import walk

LIST = "/school/people"


@pytest.fixture
def staffed(cast):
    """Tess has begun; Bea is past her date; Cy has no date and no mentor; Dee is a mentor with a date."""
    cast.tess.open("/")
    walk(cast, "tess", "friend-requests")
    cast.add("Bea Late", mentor="max", due=date.today() - timedelta(days=3))
    cast.add("Cy Alone")
    cast.add("Dee Dated", Role.MENTOR, due=date.today() + timedelta(days=30))
    return cast


def names(page):
    return [each.all("a")[0].text for each in page.main.all("th") if each.get("scope") == "row"]


def counts(page):
    """What stands in the margin: words to count."""
    links = [each for each in page.document.all("aside")[0].all("a") if each.all("span")]
    return {link.text.rpartition(" ")[0].strip(): int(link.text.rpartition(" ")[2].replace(",", "")) for link in links}


@pytest.mark.parametrize(
    "show, listed",
    [
        ("", ["Bea Late", "Cy Alone", "Dee Dated", "Lou Hartley", "Max Adeyemi", "Nia Évans", "Sam Price", "Tess Okafor"]),
        ("not-begun", ["Cy Alone", "Dee Dated", "Sam Price"]),
        ("overdue", ["Bea Late"]),
        ("not-signed-in", ["Bea Late", "Cy Alone", "Dee Dated", "Max Adeyemi", "Nia Évans", "Sam Price"]),
        ("no-mentor", ["Cy Alone"]),
        ("alone", ["Cy Alone"]),
        ("no-date", ["Cy Alone", "Sam Price"]),
        ("unread", []),
        ("teacher", ["Bea Late", "Cy Alone", "Sam Price", "Tess Okafor"]),
        ("mentor", ["Dee Dated", "Max Adeyemi", "Nia Évans"]),
        ("lead", ["Lou Hartley"]),
        ("left", ["Ana Costa"]),
        ("nonsense", ["Bea Late", "Cy Alone", "Dee Dated", "Lou Hartley", "Max Adeyemi", "Nia Évans", "Sam Price", "Tess Okafor"]),
    ],
)
def test_each_thing_it_can_show_is_an_address(staffed, show, listed):
    assert names(staffed.lou.open(f"{LIST}?show={show}")) == listed


def test_the_policy_that_is_unread(staffed):
    staffed.lou.open("/school/policy/preview")
    staffed.lou.press("Publish")
    assert names(staffed.lou.open(f"{LIST}?show=unread")) == ["Bea Late", "Cy Alone", "Dee Dated", "Sam Price", "Tess Okafor"]
    staffed.tess.open("/policy")
    staffed.tess.press("I have read and understood it", name="Tess Okafor")
    assert "Tess Okafor" not in names(staffed.lou.open(f"{LIST}?show=unread"))


def test_a_count_stands_beside_each_and_leads_there(staffed):
    page = staffed.lou.open(f"{LIST}?search=bea")
    assert names(page) == ["Bea Late"] and page.main.all("p")[0].text == "1 person found."
    said = counts(page)
    assert said == {
        "Everyone": 8, "Starting later": 0, "Leaving within four weeks": 0, "Left": 1,
        "Not begun": 3, "Overdue": 1, "Never signed in": 6, "No mentor": 1, "No date": 2, "Waiting for a sign-off": 0,
        "Policy unread": 0, "Away for a term": 0, "Without a second step": 3, "Teachers": 4, "Mentors": 3, "Leads": 1,
    }, "of the whole school, whatever is searched"  # fmt: skip
    for words, count in said.items():
        link = next(each for each in staffed.lou.open(LIST).document.all("aside")[0].all("a") if each.text == f"{words} {count}")
        there = staffed.lou.open(link.get("href"))
        assert len(names(there)) == count
        [current] = [each for each in there.document.all("aside")[0].all("a") if each.get("aria-current")]
        assert current.text == f"{words} {count}"
        assert [each.text for each in there.field("show").all("option") if "selected" in each.attrs] == [f"{words} ({count})"]


def test_each_row_says_who_and_how_it_stands(staffed):
    rows = {each.all("a")[0].text: each.text for each in staffed.lou.open(LIST).main.all("tr")[1:]}
    for name, words in {
        "Bea Late": ("bea@wrenfield.example", "Teacher", "Max Adeyemi", "invited", "Overdue"),
        "Tess Okafor": ("Max Adeyemi", "today", "On the way"),
        "Sam Price": ("Nia Évans", "not yet", "no date", "Not begun"),
    }.items():  # fmt: skip
        assert all(each in rows[name] for each in words), rows[name]
    assert not any(word in rows["Lou Hartley"] for word in ("Not begun", "On the way", "Overdue")), "no induction to do"


def letters(page):
    return [each.get("href") for each in page.main.all("a") if each.get("href").startswith("mailto:")]


def test_whoever_is_late_is_written_to_from_the_list(staffed):
    page = staffed.lou.open(f"{LIST}?show=overdue")
    assert "One of them has no password yet, and needs an invitation" in page.text, "a letter would not let Bea in"
    [own] = letters(page)
    assert own.startswith("mailto:bea@wrenfield.example") and page.has_link("Write to Bea")
    with transaction(staffed.records):
        people.update(staffed.records, staffed.who("sam").id, due=date.today() - timedelta(days=1), now=datetime.now(UTC))
    page = staffed.lou.open(f"{LIST}?show=overdue")
    assert page.has_link("Write to the one who is past their date")
    everyone, *own = letters(page)
    assert "bcc=sam@wrenfield.example" in unquote(everyone) and "bea@" not in everyone and len(own) == 2
    assert letters(staffed.lou.open(LIST)) == [], "only where there is something to write of"


@pytest.mark.parametrize("show", ["overdue", "no-date", "left", ""])
def test_where_nobody_is_it_says_what_that_means(cast, show):
    page = cast.lou.open(f"{LIST}?show={show}&search=zzz")
    assert "Nobody fits that." in page.text and page.has_link("Show everyone")
    page = cast.lou.open(f"{LIST}?show=overdue")
    assert "Nobody is past a date." in page.text


def test_names_of_two_hundred_letters_and_ones_alike(cast):
    with transaction(cast.records):
        for number in range(2):
            details = Details(f"jo{number}@wrenfield.example", "Jo Smith", Role.MENTOR)
            jo = people.add(cast.records, details, now=datetime.now(UTC))
        people.update(cast.records, cast.who("sam").id, mentor_id=jo.id, name="W" * 200, now=datetime.now(UTC))
    page = cast.lou.open(LIST)
    row = next(each.text for each in page.main.all("tr") if "WWW" in each.text)
    assert "Jo Smith, jo1@wrenfield.example" in row and "W" * 200 in row
    boxes = [each.text for each in page.main.all("label") if "Jo Smith" in each.text]
    assert boxes == ["Choose Jo Smith, jo0@wrenfield.example", "Choose Jo Smith, jo1@wrenfield.example"]


def test_a_long_list_has_pages_that_keep_what_is_shown(cast):
    with transaction(cast.records):
        for number in range(60):
            details = Details(f"new{number}@wrenfield.example", f"New {number:02}", Role.TEACHER)
            people.add(cast.records, details, now=datetime.now(UTC))
    page = cast.lou.open(f"{LIST}?show=not-begun")
    assert "62 people have not begun." in page.text and len(names(page)) == 50
    assert len(names(cast.lou.press("Next"))) == 12 and cast.lou.page.path.startswith(f"{LIST}?show=not-begun&")
    assert len(names(cast.lou.open(f"{LIST}?show=not-begun&page=99"))) == 12
