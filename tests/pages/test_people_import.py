"""Bringing people in from a sheet, in the browser: what a lead pastes or uploads, what they see, and what becomes of it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from induction.records.people import imports, people
from induction.records.people.person import Details
from induction.records.store.columns import moment_text
from induction.records.store.database import transaction
from induction.rules.roles import Role
from induction.services import people_preview
from induction.services.people_file import reader
from tests.pages.test_any_bytes import PARTS
from tests.services.spreadsheets import ods, packed, xlsx

HERE = "/school/people/import"
SERVICES = Path(__file__).parents[1] / "services"
EVE, IVY = "Eve Hill\teve@x.example", "Ivy Low\tivy@x.example"
SHEET = f"Name\tEmail\n{EVE}\n{IVY}\n"


@pytest.fixture
def bring(cast):
    """Pastes or uploads as Lou, and opens what comes of it."""

    def bringing(pasted="", file=None, who="lou"):
        browser = getattr(cast, who)
        page = browser.send_files(HERE, {"list": pasted}, {"file": file} if file is not None else {})
        return browser.open(page.headers["Location"]) if page.status == 303 else page

    return bringing


def everybody(cast):
    return [{**row, "last_seen_at": None} for row in cast.records.rows("select * from people order by id")]


def listed(page):
    """The rows of the list: their words, cell by cell."""
    return [[cell.text for cell in row.all("th", "td")] for row in page.main.all("tr")[1:]]


def upload(cast, data, path):
    """What is answered to a file as Lou sends it."""
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="staff.xlsx"\r\n\r\n'
    headers = {"Origin": "http://localhost", "X-CSRFToken": cast.lou.token()}
    body = head + data + b"\r\n--b--\r\n"
    return cast.lou.client.post(path, data=body, content_type="multipart/form-data; boundary=b", headers=headers)


def ticks(page):
    return [each.get("value") for each in page.main.all("input") if each.get("name") == "out" and "checked" in each.attrs]


# The way


def test_a_list_is_pasted_looked_at_and_brought_in(cast, bring):
    assert cast.lou.open("/school/people").link("Bring in a list").get("href") == HERE
    before = everybody(cast)
    page = bring(SHEET)
    assert page.heading == "What the list would do" and "2 people would come in" in page.text
    assert everybody(cast) == before, "nothing is done by looking"
    page = cast.lou.press("Bring in 2 people")
    assert page.way == [(303, page.path)] and page.heading == "2 people brought in"
    assert page.link("Their invitation links").get("href") == "/school/people/links?show=file"
    assert people.by_email(cast.records, "eve@x.example").name == "Eve Hill"
    assert cast.lou.open(page.path).heading == page.heading, "it outlives a reload"


@pytest.mark.parametrize(
    "file",
    [SHEET.encode(), SHEET.replace("\t", ";").encode("cp1252"), SHEET.encode("utf-16"),
     xlsx({"Staff": [line.split("\t") for line in SHEET.splitlines()]}), ods([line.split("\t") for line in SHEET.splitlines()]),
     (SERVICES / "people.xls").read_bytes()],
    ids=["tabs", "semicolons", "UTF-16", "XLSX", "ODS", "XLS"],
)  # fmt: skip
def test_a_file_is_looked_at_however_it_was_saved(bring, file):
    page = bring(file=file)
    assert page.heading == "What the list would do" and "Eve" in page.text and "file.csv" in page.document.text


def test_each_line_says_what_happens_to_whom(cast, bring):
    page = bring(
        "Name\tEmail\tRole\tMentor\tDue\nEve\teve@x.example\tmentor\t\t\nTess Ray\ttess@wrenfield.example\t\tNia Évans\t04/12/2031\n"
        "Ana Costa\tana@wrenfield.example\t\t\t\nSam Price\tsam@wrenfield.example\t\t\t\n"
    )
    tess = cast.who("tess")
    assert listed(page) == [
        ["Tess Okafor → Tess Raytess@wrenfield.example", "Changedline 3", "Teacher", "Max Adeyemi → Nia Évans",
         f"{tess.due.day} {tess.due:%B} → 4 December 2031"],
        ["Ana Costaana@wrenfield.example", "Comes backline 4", "Teacher", "Max Adeyemi", "no date"],
        ["Eveeve@x.example", "Newline 2", "Mentor", "nobody", "no date"],
        ["Sam Pricesam@wrenfield.example", "The sameline 5", "Teacher", "Nia Évans", "no date"],
    ]  # fmt: skip
    assert "1 person would come in, 1 would come back, 1 would change and 1 is here as it says." in page.text
    assert "Lou Hartley, Max Adeyemi and Nia Évans are here and not in this list. They stay as they are." in page.text
    assert page.has_button("Bring in 2 people and change 1")
    for show, count in (("new", 1), ("changed", 1), ("back", 1), ("same", 1), ("missing", 3), ("nonsense", 4)):
        assert len(listed(cast.lou.open(f"{page.path}?show={show}"))) == count, show


def test_only_the_sound_part_counts_until_all_is_mended(cast, bring):
    page = bring(f"Name\tEmail\tDue\n{EVE}\t\nIvy Low\tnonsense\tsoon\n")
    assert "One thing to mend" in page.text and not page.has_button("Bring in 1 person")
    assert page.field("cell-3-email").get("value") == "nonsense" and "The email is “nonsense”" in page.text
    page = cast.lou.press("Look again", **{"cell-3-email": "ivy@x.example"})
    assert page.way == [(303, page.path)] and page.field("cell-3-due").get("value") == "soon"
    page = cast.lou.press("Look again", **{"cell-3-due": "4 December 2031"})
    assert page.has_button("Bring in 2 people") and "to mend" not in page.text
    assert cast.lou.open(page.path).text == page.text, "what was mended is kept"


def test_what_letters_probably_meant_stands_in_the_field(cast, bring):
    page = bring("Name\tEmail\nZoÃ« Low\tzoe@x.example\n")
    assert page.field("cell-2-name").get("value") == "Zoë Low" and "Did you mean" in page.text
    cast.lou.press("Look again")
    cast.lou.press("Bring in 1 person")
    assert people.by_email(cast.records, "zoe@x.example").name == "Zoë Low"


def test_what_only_leaving_out_mends_is_ticked_beforehand_and_can_be_taken_back(cast, bring):
    page = bring(f"Name\tEmail\tLeaving date\n{EVE}\t\nEve\tEVE@x.example\t\nIvy\tivy@x.example\t31/08/2024\n")
    assert ticks(page) == ["3", "4"]
    page = cast.lou.press("Look again")
    assert page.has_button("Bring in 1 person") and "Line 4: Ivy stays out" in page.text
    page = cast.lou.press("Look again", out=["3"])
    assert "they have left" in page.text


def test_a_line_with_too_many_cells_is_written_anew(cast, bring):
    page = bring(file=b"Name,Email\nHill, Eve,eve@x.example\n")
    assert "More cells than headings" in page.text
    page = cast.lou.press("Look again", **{"cell-2-name": "Eve Hill", "cell-2-email": "eve@x.example"})
    assert page.has_button("Bring in 1 person")


def test_a_mentor_who_is_none_is_asked_about_once(cast, bring):
    page = bring(f"Name\tEmail\tLine manager\n{EVE}\tJo Hart\n{IVY}\tJo Hart\nJo Hart\tjo@x.example\tP Smith\n")
    assert "2 things to mend, on 3 lines" in page.text and "Eve Hill and Ivy Low" in page.text
    assert "Jo Hart is named as mentor on 2 lines" in page.text and "P Smith is named as mentor on one line" in page.text
    page = cast.lou.press("Look again")  # as it stands: make her one, name nobody
    assert "Jo Hart (jo@x.example) comes in as mentor." in page.text
    cast.lou.press("Bring in 3 people", agreed="yes")
    jo = people.by_email(cast.records, "jo@x.example")
    assert (jo.role, people.by_email(cast.records, "ivy@x.example").mentor_id) == (Role.MENTOR, jo.id)


def test_what_is_weighty_needs_a_tick_of_its_own(cast, bring):
    before = everybody(cast)
    page = bring("Name\tEmail\tRole\nEve\teve@x.example\tlead\nTess\ttess@wrenfield.example\tmentor\n")
    assert "2 things to agree to" in page.text and "Eve (eve@x.example) comes in as lead." in page.text
    page = cast.lou.press("Bring in 1 person and change 1")
    assert page.problems == ["I have read both, and they are meant"] and everybody(cast) == before
    page = cast.lou.press("Bring in 1 person and change 1", agreed="yes")
    assert page.heading == "1 person brought in, 1 changed"


def test_what_is_weighty_can_be_left_out(cast, bring):
    bring(f"Name\tEmail\tRole\n{EVE}\tlead\n{IVY}\t\n")
    page = cast.lou.press("Bring in 2 people", agreed="yes", out=["2"])
    assert "Nothing was done yet" in page.text and page.has_button("Bring in 1 person"), "the button had said two"
    assert people.by_email(cast.records, "ivy@x.example") is None
    page = cast.lou.press("Bring in 1 person")
    assert page.heading == "1 person brought in" and "1 line that you left out" in page.text
    assert people.by_email(cast.records, "eve@x.example") is None


def test_who_may_be_here_already_by_another_address_is_named(cast, bring):
    page = bring(f"Name\tEmail\nTESS  Okafor\ttess.okafor@wrenfield.example\nSam Price\tprice@x.example\n{EVE}\n")
    assert "TESS Okafor is here with tess@wrenfield.example. This line would add a second." in page.text
    page = cast.lou.press("Look again", out=["2", "3"])
    assert page.has_button("Bring in 1 person") and "by another address" not in page.text
    page = bring("Name\tEmail\nTess Okafor\ttess.okafor@wrenfield.example\nTess Okafor\ttess@wrenfield.example\n")
    assert "by another address" not in page.text, "the list knows both"


def test_where_only_people_are_changed_the_button_says_so(cast, bring):
    page = bring("Name\tEmail\tMentor\nSam Price\tsam@wrenfield.example\tMax Adeyemi\n")
    page = cast.lou.press("Change 1 person")
    assert page.heading == "1 person changed" and not page.has_link("Their invitation links")


def test_where_nothing_would_change_there_is_nothing_to_press(cast, bring):
    page = bring("Name\tEmail\nSam Price\tsam@wrenfield.example\n")
    assert "Nothing to bring in" in page.text and not page.main.all("form")
    page = bring(f"Name\tEmail\n{EVE}\nG?en\tnonsense\n")
    page = cast.lou.press("Look again", out=["3"])
    page = cast.lou.press("Look again", out=[])
    assert "nonsense" in page.html


# Columns


@pytest.mark.parametrize(
    "pasted", ["Eve Hill\teve@x.example\tmentor\n", "Staff list\nWho\tContact\tWhat\nEve Hill\teve@x.example\tmentor\n"]
)
def test_columns_that_are_not_understood_are_chosen(cast, bring, pasted):
    page = bring(pasted)
    assert page.heading == "What the columns are" and "eve@x.example" in page.text
    cast.lou.press("Look at the list", **{"column-2": "Role"})
    page = cast.lou.press("Bring in 1 person", agreed="yes")
    assert people.by_email(cast.records, "eve@x.example").role is Role.MENTOR


@pytest.mark.parametrize(
    "chosen, words",
    [({"column-1": "Leave it alone"}, "people are known by it"), ({"column-0": "Leave it alone"}, "Say which column is the name"),
     ({"column-0": "Email"}, "Two columns are called Email")],
)  # fmt: skip
def test_columns_that_make_no_list_are_said_and_what_was_chosen_stays(cast, bring, chosen, words):
    bring("Eve Hill\teve@x.example\n")
    page = cast.lou.press("Look at the list", **chosen)
    assert words in page.problems[0]
    [(name, choice)] = chosen.items()
    shown = [option.text for option in page.field(name).all("option") if "selected" in option.attrs]
    assert shown == [choice]


def test_columns_that_were_understood_can_be_said_otherwise(cast, bring):
    bring(f"Name\tEmail\tLine manager\n{EVE}\tBoss\n")
    cast.lou.press("Say what the columns are")
    page = cast.lou.press("Look at the list", **{"column-2": "Leave it alone"})
    assert page.has_button("Bring in 1 person") and "Left alone: “Line manager”" in page.document.text


# What is no list


@pytest.mark.parametrize(
    "file, words",
    [
        (b"", "The file is empty"),
        (b"name,email\n", "Nobody stands below the headings"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "This is a picture, whatever its name says"),
        ((SERVICES / "locked.xlsx").read_bytes(), "protected by a password"),
        (ods([["name", "email"]], locked=True), "protected by a password"),
        (packed({"xl/workbook.xml": "<broken"}), "can't be read"),
        (packed({"xl/workbook.xml": b" " * 60_000_000}), "unfolds to more than 50 MB"),
        (packed({"holiday.jpg": "x"}), "a packed folder"),
        (b'name,email\nAnn,ann@x.example\n"Eve,eve@x.example\n', "Line 3: this line can't be read"),
        (b"Dear all,\nsee you on Monday.\n", "No line names the columns"),
    ],
    ids=["empty", "header only", "picture", "password", "ODS with a password", "broken", "bomb", "folder", "quote", "prose"],
)
def test_what_is_no_list_is_told_at_once_and_nothing_is_kept(cast, bring, file, words):
    before = cast.all_that_is_kept()
    page = bring(file=file)
    assert page.status == 200 and words in page.problems[0] and page.heading == "Bring in a list"
    assert cast.all_that_is_kept() == before


def test_what_was_pasted_comes_back_with_what_is_wrong(cast, bring):
    page = bring("Dear all,\nsee you on Monday.\n")
    assert page.field("list").text == "Dear all, see you on Monday." and page.problems
    page = bring(SHEET, file=SHEET.encode())
    assert page.problems == ["There is a pasted list and a file. Send one of the two."] and "Eve Hill" in page.field("list").text
    assert bring().problems == ["Paste the list, or choose a file."]


def test_a_file_beyond_what_any_page_takes_is_answered_in_words(cast):
    for path, size in ((HERE, reader.LARGEST + 100_000), ("/school/settings", 100_000)):  # no other page takes a file
        answer = upload(cast, b"x" * size, path)
        assert answer.status_code == 413 and "That was too much at once" in answer.get_data(as_text=True)
    assert upload(cast, b"x" * (reader.LARGEST + 1), HERE).status_code == 200


def test_while_another_list_is_read_one_is_told_so(bring):
    people_preview._reading.acquire()
    try:
        page = bring(SHEET)
    finally:
        people_preview._reading.release()
    assert "Another list is being read" in page.problems[0] and "Eve Hill" in page.field("list").text


@pytest.mark.parametrize("body", PARTS.values(), ids=PARTS)
def test_an_upload_of_any_bytes_is_answered_in_words(cast, body):
    headers = {"Origin": "http://localhost", "X-CSRFToken": cast.lou.token()}
    answer = cast.lou.client.post(HERE, data=body, content_type="multipart/form-data; boundary=b", headers=headers)
    assert answer.status_code in (200, 303, 413) and "Traceback" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("name", ["Eve\x0bHill", "\u200bEve\u200b Hill", '"Eve\nHill"', "Eve\u2028Hill"])
def test_line_breaks_and_signs_that_nobody_sees_go(cast, bring, name):
    bring(f"Name\tEmail\n{name}\teve\u200b@x.example\n")
    cast.lou.press("Bring in 1 person")
    assert people.by_email(cast.records, "eve@x.example").name == "Eve Hill"


# Whose it is, and for how long


def test_a_list_is_its_leads_alone(cast, bring):
    path = bring(SHEET).path
    cast.add("Kit Moran", Role.LEAD)
    kit = cast.sign_in_new("kit")
    for address in (path, f"{path}/columns"):
        assert kit.open(address).status == 404 and cast.max.open(address).status == 404
    for address in (path, f"{path}/columns", f"{path}/put-away"):
        assert kit.send(address, {"then": "bring"}).status == 404
    assert "Go on with" not in kit.open(HERE).text and "Go on with" in cast.lou.open(HERE).text


def test_a_list_that_is_under_way_is_gone_on_with_or_put_away(cast, bring):
    path = bring(file=SHEET.encode()).path
    cast.lou.open(HERE)
    assert cast.lou.press("Go on with file.csv").path == path
    page = cast.lou.press("Put it away")
    assert page.is_at(HERE) and "Nothing of it was done" in page.text
    assert cast.lou.open(path).status == 404
    assert cast.records.value("select count(*) from imports") == 0


def test_after_a_day_it_is_gone(cast, bring):
    path = bring(SHEET).path
    with transaction(cast.records):
        cast.records.execute("update imports set at = ?", [moment_text(datetime.now(UTC) - timedelta(days=1))])
    assert cast.lou.open(path).status == 404 and "Go on with" not in cast.lou.open(HERE).text
    cast.sign_in("tess")
    assert cast.records.value("select count(*) from imports") == 0


def test_what_a_lead_downloads_of_themselves_names_their_lists_and_nobody_in_them(cast, bring):
    bring(SHEET)
    body = cast.lou.open("/record/export").html
    assert '"lists_brought_in"' in body and "eve@x.example" not in body


# Pressed twice, and meanwhile


def test_pressed_twice_it_is_done_once(cast, bring):
    bring(SHEET)
    path, values, _ = cast.lou.filled("Bring in 2 people")
    first = cast.lou.send(path, values, token=False)
    before = cast.all_that_is_kept()
    again = cast.lou.send(path, values, token=False)
    assert again.text == first.text and cast.all_that_is_kept() == before


def test_the_people_changed_meanwhile_and_nothing_is_done(cast, bring):
    bring(f"Name\tEmail\n{EVE}\nSam Ray\tsam@wrenfield.example\n")
    with transaction(cast.records):
        people.update(cast.records, cast.who("sam").id, name="Sam Lee", now=datetime.now(UTC))
    before = everybody(cast)
    page = cast.lou.press("Bring in 1 person and change 1")
    assert page.status == 200 and page.title.startswith("Nothing was done: ") and "have changed since this page" in page.text
    assert everybody(cast) == before and "Sam Lee → Sam Ray" in page.text
    assert cast.lou.press("Bring in 1 person and change 1").heading == "1 person brought in, 1 changed"


def test_two_leads_at_once(cast, bring):
    cast.add("Kit Moran", Role.LEAD)
    cast.kit = cast.sign_in_new("kit")
    bring(SHEET)
    bring(SHEET, who="kit")
    cast.lou.press("Bring in 2 people")
    page = cast.kit.press("Bring in 2 people")
    assert "Nothing was done" in page.text and "Nothing to bring in" in page.text
    assert cast.records.value("select count(*) from people where email like '%@x.example'") == 2


def test_the_only_lead_can_not_vanish_by_a_list(cast, bring):
    page = bring("Name\tEmail\tRole\nLou Hartley\tlou@wrenfield.example\tteacher\n")
    assert "Nobody would be left as lead" in page.text
    page = bring(f"Name\tEmail\tRole\nLou Hartley\tlou@wrenfield.example\tteacher\n{EVE}\tlead\n")
    page = cast.lou.press("Bring in 1 person and change 1", agreed="yes")
    assert "the only lead who can sign in" in page.text and cast.who("lou").role is Role.LEAD


# Many


def test_ten_thousand_lines_are_a_page_that_can_be_used(cast, bring):
    lines = [f"Person {n}\tp{n}@x.example\t{'mentor' if n % 100 == 0 else ''}" for n in range(10_000)]
    lines[7_000] = "Person 7000\tnonsense\tmentor"
    page = bring("Name\tEmail\tRole\n" + "\n".join(lines))
    assert len(page.body) < 100_000 and "Line 7002: Person 7000" in page.text
    page = cast.lou.press("Look again", **{"cell-7002-email": "p7000@x.example"})
    assert page.has_button("Bring in 10,000 people") and "100 things to agree to" in page.text and len(page.body) < 100_000
    assert "Person 9900 (p9900@x.example) comes in as mentor." in cast.lou.open(f"{page.path}?show=weighty&page=2").text
    assert "p9999@x.example" in cast.lou.open(f"{page.path}?page=200").text
    cast.lou.open(page.path)
    assert cast.lou.press("Bring in 10,000 people", agreed="yes").heading == "10,000 people brought in"


def test_a_thousand_things_to_mend_are_asked_about_some_at_a_time(cast, bring):
    page = bring("Name\tEmail\tDue\n" + "".join(f"Person {n}\tp{n}@x.example\tsoon\n" for n in range(800)))
    assert "775 more lines follow once these are mended." in page.text and len(page.body) < 100_000
    assert "Bring in" not in [button.text[:8] for button in page.main.all("button")]


def test_forms_stay_under_the_number_of_fields_that_a_page_takes(cast, bring):
    lines = [f"Name {n}\tp{n} at x\tboss\tnobody{n}@x.example\tsoon\n" for n in range(60)]
    roles = [f"Mentor {n}\tm{n}@x.example\tmentor\t\t\n" for n in range(200)]
    page = bring("Name\tEmail\tRole\tMentor\tDue\n" + "".join(lines + roles))
    assert len([each for each in page.main.all("input", "select") if each.get("name")]) < 1000


def test_names_that_are_long_or_alike_are_told_apart(cast, bring):
    with transaction(cast.records):
        people.add(cast.records, Details("max2@wrenfield.example", "Max Adeyemi", Role.MENTOR), now=datetime.now(UTC))
    page = bring(f"Name\tEmail\tMentor\n{'W' * 120}\tlong@x.example\tMax Adeyemi\n")
    options = [option.text for option in page.field("mentor").all("option")]
    assert "Max Adeyemi, max2@wrenfield.example" in options and "Several people have that name" in page.text
    page = cast.lou.press("Look again", mentor="Max Adeyemi, max2@wrenfield.example")
    assert "Max Adeyemi, max2@wrenfield.example" in listed(page)[0][3]


def test_the_record_that_is_done_holds_nobody(cast, bring):
    bring(SHEET)
    cast.lou.press("Bring in 2 people")
    [row] = cast.records.rows("select * from imports")
    assert "x.example" not in str(row) and imports.find(cast.records, row["id"], cast.who("lou").id, datetime.now(UTC)).done
