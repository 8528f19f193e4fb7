"""The overview: who needs a word, what waits for a lead, how all stand; in schools of every size."""

from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from induction.content.editions.edition import Edition
from induction.content.model import Rating
from induction.records import editions
from induction.records.people import people
from induction.records.people.person import Details
from induction.records.store.database import transaction
from induction.rules.groups import Group
from induction.rules.roles import Role
from induction.web.school.overview import Picture
from tests.cast import COURSE, SECRET
from tests.judgements import judge_here, of
from tests.records.making import SHA256, WORDS, make_so, start_attempt
from tests.records.making import complete as complete_lesson
from tests.walking import walk

HOME = "/school/overview"
NOW = datetime.now(UTC)
NOBODY = "Nobody. None is past the date, and everybody has begun."


def in_days(days: int | None) -> date | None:
    return None if days is None else date.today() + timedelta(days=days)


def add(cast, name: str, days: int | None = None, email: str = "", opened: bool = True, **more):
    """Somebody to do the induction, due in so many days, who has opened the invitation or hasn't."""
    email = email or f"{name.lower().replace(' ', '.')}@wrenfield.example"
    with transaction(cast.records):
        person = people.add(cast.records, Details(email, name, Role.TEACHER, due=in_days(days), **more), now=NOW)
        if opened:
            people.set_password(cast.records, person.id, SECRET, now=NOW)
    return person


def gone(cast, *names: str) -> None:
    with transaction(cast.records):
        for name in names:
            make_so(cast.records, cast.who(name), active=False, mentor_id=None)


def begin(cast, *persons) -> None:
    with transaction(cast.records):
        kept_words(cast)
        for person in persons:
            start_attempt(cast.records, person)


def kept_words(cast) -> None:
    editions.keep(cast.records, Edition(SHA256, WORDS), "quiz", NOW)


def complete(cast, person) -> None:
    with transaction(cast.records):
        kept_words(cast)
        for lesson in cast.programme.required.everyone:
            complete_lesson(cast.records, person.id, lesson[1])


def words(page) -> list[tuple[str, str, str]]:
    """(name, why, what to do) of each who needs a word."""
    tables = [each for each in page.main.all("table") if each.get("class") == "people"]
    rows = [(row.all("th")[0], *row.all("td")) for table in tables for row in table.all("tr")[1:]]
    return [(name.text, why.text, to_do.text) for name, why, to_do in rows]


def drawn(page) -> dict[str, list[str]]:
    """The cells of each person in the picture, by name."""
    tables = [each for each in page.main.all("table") if "picture" in each.get("class").split()]
    return {row.all("th")[0].text: [cell.text for cell in row.all("td")] for row in tables[0].all("tr")[1:]} if tables else {}


def tally(page) -> list[str]:
    return [each.text for each in page.main.all("li") if "tally" in each.parent.get("class").split()]


def letter(link) -> dict[str, str]:
    return {"to": unquote(urlsplit(link.get("href")).path), **{k: v[0] for k, v in parse_qs(urlsplit(link.get("href")).query).items()}}


# Who needs a word


def test_those_past_the_date_come_first_then_those_due_soon_then_the_rest(cast):
    gone(cast, "tess", "sam")
    ben, dana = add(cast, "Ben Achterberg", -2), add(cast, "Dana Moran", -6)
    add(cast, "Farida Hussain", 3)
    add(cast, "Leo Fontaine", 40, opened=False)
    add(cast, "Ivo Jurgens")
    begin(cast, ben, add(cast, "Callum Reid", 2))
    page = cast.lou.open(HOME)
    weekday = in_days(3).strftime("%A")
    found = words(page)
    assert [each[:2] for each in found[:3]] == [
        ("Dana Moran", "Six days past the date; has not begun"), ("Ben Achterberg", "Two days past the date"),
        ("Farida Hussain", f"Has not begun; due on {weekday}"),
    ]
    assert found[3][1].startswith("Has not opened the invitation; due on ")
    assert found[4] == ("Ivo Jurgens", "Has not begun; no date", "Write to Ivo")
    assert [each[2] for each in found[:4]] == ["Write to Dana", "Write to Ben", "Write to Farida", "Invite Leo again"]
    assert "Callum Reid" in drawn(page) and len(found) == 5, "on the way, and due soon"
    assert letter(page.link("Write to Ben"))["to"] == "ben.achterberg@wrenfield.example"
    assert "was to be done by" in letter(page.link("Write to Ben"))["body"]
    leo = people.by_email(cast.records, "leo.fontaine@wrenfield.example")
    assert page.link("Invite Leo again").get("href") == f"/school/people/{leo.id}"
    assert page.link("Dana Moran").get("href") == f"/mentor/{dana.id}"
    assert tally(page) == ["2 overdue", "3 not begun", "1 on the way", "0 complete"]
    assert page.text.index("Who needs a word") < page.text.index("For you to do") < page.text.index("People by lessons")


MORE = {9: ["and 1 more past the date"], 10: ["and 2 more past their date"], 41: ["and 33 more past their date"]}


@pytest.mark.parametrize("count", [0, 1, 8, 9, 10, 41])
def test_schools_of_every_size(cast, count):
    gone(cast, "tess", "sam")
    for number in range(count):
        add(cast, f"Teacher {number:02}", -1)
    page = cast.lou.open(HOME)
    assert ("Nobody here yet" in page.text) is (count == 0)
    assert ("Who needs a word" in page.text) is (count > 0)
    assert len(words(page)) == min(count, 8) and len(drawn(page)) == min(count, 40)
    more = [each for each in page.main.all("a") if each.get("href") == "/school/people?show=overdue"]
    assert [each.text for each in more] == MORE.get(count, [])
    assert page.has_link(f"Write to the {count} overdue") is (count > 1)
    assert page.has_button("Show") is (count > 40)
    if count == 41:
        second = cast.lou.open(f"{HOME}?page=2")
        assert list(drawn(second)) == ["Teacher 40"] and "41 overdue" in tally(second)
        assert "Who needs a word" not in second.text and "For you to do" not in second.text and "What to talk about" not in second.text
        assert cast.lou.press("The whole overview").is_at(HOME)


def test_more_of_both_kinds_are_said_apart(cast):
    for number in range(7):
        add(cast, f"Late {number}", -1)
    for number in range(4):
        add(cast, f"Idle {number}", 20)
    page = cast.lou.open(HOME)
    assert page.link("and 5 more who have not begun").get("href") == "/school/people?show=not-begun"
    assert "more past" not in page.text and len(words(page)) == 8


def test_nobody_needs_a_word(cast):
    begin(cast, cast.who("tess"), cast.who("sam"))
    page = cast.lou.open(HOME)
    assert NOBODY in page.text and words(page) == [] and tally(page) == ["0 overdue", "0 not begun", "2 on the way", "0 complete"]


def test_everything_is_complete(cast):
    for name in ("tess", "sam"):
        complete(cast, cast.who(name))
    page = cast.lou.open(HOME)
    assert "All have completed the induction." in page.text and NOBODY in page.text
    assert set(drawn(page)["Tess Okafor"]) == {"done", "Complete"}


def test_two_who_are_named_alike(cast):
    add(cast, "Sam Reed", -1, "sam.reed@wrenfield.example")
    add(cast, "Sam Réed", -1, "reed.s@wrenfield.example")
    add(cast, "Jo Smith", -1)
    add(cast, "Jan Smith", -1)
    page = cast.lou.open(HOME)
    reeds = ["Sam Reed, sam.reed@wrenfield.example", "Sam Réed, reed.s@wrenfield.example"]
    assert {*reeds, "Jo Smith", "Jan Smith"} <= {name for name, _, _ in words(page)} & drawn(page).keys()
    for link in (each for each in page.main.all("a") if each.text == "Write to Sam"):
        called = link.within("tr").all("th")[0].text
        assert called == "Sam Price" or called.endswith(f', {letter(link)["to"]}')


def test_namesakes_on_two_pages_are_told_apart(cast):
    add(cast, "J Smith", -9, "first@wrenfield.example")
    for number in range(40):
        add(cast, f"Teacher {number:02}", -5)
    add(cast, "J Smith", -1, "last@wrenfield.example")
    assert "J Smith, first@wrenfield.example" in drawn(cast.lou.open(HOME))
    assert "J Smith, last@wrenfield.example" in drawn(cast.lou.open(f"{HOME}?page=2"))


def test_letters_to_many_leave_nobody_out_and_go_to_nobody_twice(cast):
    late = [add(cast, f"T {days}", -days, f"teacher.number.{days:03}@the-wrenfield-school.example") for days in range(1, 121)]
    add(cast, "Nora New", -1, opened=False)
    page = cast.lou.open(HOME)
    letters = [each for each in page.main.all("a") if each.text.startswith(("Write to the first", "Write to the next"))]
    bcc = [letter(each)["bcc"].split(",") for each in letters]
    assert len(letters) > 2 and [each.text.split()[-1] for each in letters] == [str(len(each)) for each in bcc]
    assert [email for each in bcc for email in each] == [each.email for each in reversed(late)], "the most urgent first"
    assert "One has not opened the invitation and is left out." in page.text


def test_very_many_are_written_to_in_part(cast):
    for number in range(160):
        add(cast, f"Teacher {number:03}", -2, opened=number > 2)
    page = cast.lou.open(HOME)
    written = [len(letter(each)["bcc"].split(",")) for each in page.main.all("a") if each.get("href").startswith("mailto:?")]
    assert sum(written) == 147 and "Three have not opened the invitation and are left out. For 10 more, filter" in page.text


def test_one_who_is_overdue_is_written_to_beside_their_name_alone(cast):
    add(cast, "Ben Achterberg", -2)
    add(cast, "Nora New", -1, opened=False)
    with transaction(cast.records):
        make_so(cast.records, cast.who("lou"), due=in_days(-3))
    page = cast.lou.open(HOME)
    assert words(page)[0] == ("Lou Hartley", "Three days past the date; has not begun", ""), "nobody writes to themself"
    assert page.has_link("Write to Ben") and "Write to the" not in page.text


# What waits for a lead


def test_each_thing_to_do_is_said_once_with_its_link(cast):
    add(cast, "Nora New")
    page = cast.lou.open(HOME)
    assert "Two courses are not approved as they stand." in page.text, "in the checklist, while that is there"
    [rows] = [each for each in page.main.all("ul") if each.get("class") == "rows plain"]
    said = [each.all("span")[0].text for each in rows.all("li")]
    assert said[0] == "Nora New has no mentor at present." and not any("courses" in each for each in said)
    assert len(set(said)) == len(said) and all(page.text.count(each) == 1 for each in said)
    links = [each.get("href") for each in rows.all("a")]
    assert links[0] == "/school/people?show=no-mentor"
    assert all(cast.lou.open(each).status == 200 for each in links)


# How all stand


def test_staff_without_an_induction_to_do_are_neither_drawn_nor_counted(cast):
    page = cast.lou.open(HOME)
    assert "2 people take the induction here." in page.text and set(drawn(page)) == {"Tess Okafor", "Sam Price"}
    with transaction(cast.records):
        make_so(cast.records, cast.who("max"), due=in_days(9))
    assert "Max Adeyemi" in drawn(cast.lou.open(HOME))
    figures = next(each for each in page.main.all("table") if each.all("th")[0].text == "Lesson")
    assert {row.all("td")[2].text for row in figures.all("tr")[2:]} == {"2"}


def test_a_group_is_an_address(cast):
    begin(cast, cast.who("tess"))
    for group, names in ((Group.NOT_BEGUN, {"Sam Price"}), (Group.ON_THE_WAY, {"Tess Okafor"}), (Group.OVERDUE, set())):
        page = cast.lou.open(HOME)
        link = next(each for each in page.main.all("a") if each.text.endswith(group.value))
        page = cast.lou.open(link.get("href"))
        assert set(drawn(page)) == names and page.field("show").all("option")[0].text == "Everyone"
    assert "Nobody fits that." in page.text
    assert set(drawn(cast.lou.open(f"{HOME}?show=due+soon"))) == {"Tess Okafor", "Sam Price"}, "as addresses of before named it"


def test_the_lessons_are_named_over_the_picture(cast):
    page = cast.lou.open(HOME)
    [head] = [each for each in page.main.all("thead") if "picture" in each.parent.get("class").split()]
    titles = [lesson.title for lesson in cast.programme.library.courses[COURSE].lessons]
    assert [each.all("span")[-1].text for each in head.all("th")[1:-1]] == titles
    assert "named" in head.parent.get("class").split() and [each.text for each in page.main.all("ol")[0].all("li")] == titles


@pytest.mark.parametrize(
    "lessons, named", [(["Short"] * 14, True), (["Short"] * 15, False), (["x" * 46], True), (["x" * 47], False), ([], True)]
)
def test_names_stand_there_where_there_is_room(lessons, named):
    assert Picture(lessons, False, [], {}, 1, 1, "", "").named is named


def test_whoever_is_given_another_course_has_words_and_not_its_cells_under_other_names(cast):
    add(cast, "Leo Fontaine", course="boundaries-in-ten-minutes")
    assert drawn(cast.lou.open(HOME))["Leo Fontaine"][0] == "Boundaries online in ten minutes: 0 of 1 lesson done"


def test_late_cells_are_those_not_done(cast):
    cast.choose(pupil_contact="none")
    walk(cast, "tess", "friend-requests")
    with transaction(cast.records):
        make_so(cast.records, cast.who("tess"), due=in_days(-1))
    cells = drawn(cast.lou.open(HOME))["Tess Okafor"]
    assert (cells[0], cells[1], cells[-1]) == ("not done and past the date", "done", "Overdue")


def test_the_room_itself_leads_to_the_overview(cast):
    assert cast.lou.open("/school/").way == [(303, HOME)]
    assert cast.lou.open("/school").is_at(HOME)


# What to talk about


def test_what_is_misjudged_opens_as_a_page_for_the_meeting(cast):
    judge_here(cast.records, cast.programme, of("sunday-night", *[Rating.POOR] * 4, *[Rating.BEST] * 6))
    page = cast.lou.open(HOME)
    assert "Eve" not in page.text.partition("What to talk about next")[2]
    link = page.link("Sunday-night request")
    assert link.get("href") == f"/school/meeting/{COURSE}/friend-requests/sunday-night"
    assert cast.lou.open(link.get("href")).heading == "Sunday-night request"
