"""What leads did: for leads alone, narrowed, page by page, and as a sheet."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pytest

from induction.records import acts as records
from induction.records.people import people
from induction.records.store.database import transaction
from induction.rules import calendar
from induction.rules.acts import Act, What
from induction.rules.roles import Role
from tests.cast import PASSWORD
from tests.pages.test_done_elsewhere import kept, record
from tests.walking import walk

HERE = "/school/acts"


def rows(page):
    return [" ".join(cell.text for cell in row.all("td")) for row in page.main.all("tr") if row.all("td")]


def note(cast, count=1, what=What.TEST_LETTER, by="lou", at=None, **more):
    at = at or datetime.now(UTC)
    with transaction(cast.records):
        for each in range(count):
            records.add(cast.records, Act(what, by and cast.who(by).id, at + timedelta(seconds=each), **more))


def sheet(page):
    return list(csv.DictReader(io.StringIO(page.body.decode("utf-8-sig"))))


def test_what_a_lead_does_on_the_pages_stands_there(cast):
    lou, tess = cast.lou, cast.who("tess")
    lou.open(f"/school/people/{tess.id}")
    lou.press("Save", role="mentor", mentor="")
    page = lou.open(HERE)
    assert page.heading == "What leads did"
    assert rows(page)[0].startswith("Lou Hartley changed what is said of Tess Okafor")
    assert "role from teacher to mentor" in rows(page)[0] and "mentor taken away: Max Adeyemi" in rows(page)[0]
    assert page.link("Tess Okafor").get("href") == f"/school/people/{tess.id}"
    assert any(each.startswith("Somebody with access to the server added Tess Okafor") for each in rows(page)), "also of before"


def test_settings_say_what_they_were(cast):
    lou = cast.lou
    lou.open("/school/settings")
    lou.press("Save the settings", headteacher="Ida Marsh", nation="wales")
    first = rows(lou.open(HERE))[0]
    assert first.startswith("Lou Hartley changed the settings")
    assert "Headteacher: name from Helen Marsh to Ida Marsh" in first and "Nation from England to Wales" in first
    lou.open("/school/settings")
    lou.press("Save the settings")
    assert rows(lou.open(HERE))[1:2] != [first], "saved as they stood, that is no act"


def test_it_is_reached_from_settings_which_is_the_tab_it_stands_under(cast):
    page = cast.lou.open("/school/settings")
    assert page.link("What leads did").get("href") == HERE
    page = cast.lou.open(HERE)
    assert [each.text for each in page.document.all("a") if each.get("aria-current")] == ["Settings"]


@pytest.mark.parametrize("who", ["tess", "max"])
def test_it_is_for_leads_alone(cast, who):
    browser = getattr(cast, who)
    assert [browser.open(path).status for path in (HERE, f"{HERE}.csv")] == [404, 404]
    assert cast.records.value("select count(*) from acts") == 0


def test_downloads_are_acts_and_a_mentors_of_their_own_are_none(cast):
    for path in ("/school/policy/readers.csv", "/school/policy/readers.csv?left=1", "/school/people/links.csv", "/mentor/teachers.csv"):
        assert cast.lou.open(path).status == 200
    assert cast.max.open("/mentor/teachers.csv").status == 200
    assert rows(cast.lou.open(f"{HERE}?kind=files")) == [
        "Lou Hartley downloaded how those stand whom they mentor",
        "Lou Hartley downloaded the links of those who are invited",
        "Lou Hartley downloaded who has still to read the policy",
        "Lou Hartley downloaded who has read the policy",
    ]
    cast.lou.client.head("/school/people/links.csv")
    assert cast.records.value("select count(*) from acts") == 4, "who only asks what it would be takes nothing"


def test_page_by_page_everything_is_told_once(cast):
    note(cast, 130)
    before = cast.records.value("select count(*) from people_history where what in ('added', 'changed')")
    before += cast.records.value("select count(*) from ways_in where what = 'set'")
    page, found, times = cast.lou.open(HERE), [], 0
    while True:
        found += [row.all("th")[0].text + rows for row, rows in zip(page.main.all("tr")[1:], rows(page), strict=True)]
        times += 1
        if not page.has_link("Before that"):
            break
        page = cast.lou.open(page.link("Before that").get("href"))
        assert page.has_link("The latest")
    assert times == 3 and len(found) == 130 + before
    assert not cast.lou.open(HERE).has_link("The latest")


def test_it_is_narrowed_by_whom_and_for_whom_and_of_what_and_when(cast):
    cast.add("Kit Osei", Role.LEAD)
    note(cast, what=What.LETTERS_HELD, by="kit")
    note(cast, what=What.RECORD_GIVEN, about="They asked", person_id=cast.who("tess").id)
    note(cast, what=What.LETTERS_LET_GO, by=None, at=datetime(2024, 2, 29, 23, 30, tzinfo=UTC))

    def narrowed(**wanted):
        cast.lou.open(HERE)
        return rows(cast.lou.press("Look", **wanted))

    assert narrowed(by=str(cast.who("kit").id)) == ["Kit Osei held all letters back"]
    assert narrowed(by="0", kind="letters") == ["Somebody with access to the server let the letters go again"]
    assert narrowed(about="TESS@wren", kind="data") == ["Lou Hartley took out everything held about Tess Okafor: They asked"]
    assert narrowed(about="okaf", by=str(cast.who("lou").id)) == ["Lou Hartley took out everything held about Tess Okafor: They asked"]
    leap = ["Somebody with access to the server let the letters go again"]
    assert narrowed(**{"from": "29/02/2024", "until": "29 February 2024"}) == leap
    assert narrowed(until="29/02/2024") == leap and narrowed(until="28/02/2024") == []
    assert "Leads did nothing of that kind then" in cast.lou.page.text
    today = calendar.written(calendar.local(datetime.now(UTC)).date())
    assert len(narrowed(**{"from": today, "kind": "letters"})) == 1
    assert narrowed(about="Zed") == [] and "Nobody here is called “Zed”" in cast.lou.page.text
    fields = {name: cast.lou.page.field(name).get("value") for name in ("about", "from")}
    assert fields == {"about": "Zed", "from": ""}, "what was asked for stands in its field"


@pytest.mark.parametrize(
    "asked, words",
    [
        ("from=31/02/2026", "There is no such day."),
        ("from=soon", "Write the date as 4 December 2026 or 04/12/2026."),
        ("from=02/12/2026&until=01/12/2026", "That is before the first day."),
        ("by=99999", "Choose one of these."),
        ("kind=answers", "Choose one of these."),
        ("about=" + "x" * 300, "100"),
    ],
)
def test_what_cannot_be_asked_is_said_and_comes_back(cast, asked, words):
    page = cast.lou.open(f"{HERE}?{asked}")
    assert page.status == 200 and words in page.text and "Not found yet" in page.text and rows(page) == []
    assert not page.has_link("Download all of it as a sheet")


def test_nonsense_in_the_address_is_the_newest(cast):
    note(cast)
    whole = rows(cast.lou.open(HERE))
    for place in ("nonsense", "2026-01-01T00:00:00.000000Z.99.1", "9999", "%00", "2026-01-01T00:00:00.000000Z.1.99999999999999999999"):
        page = cast.lou.open(f"{HERE}?place={place}")
        assert page.status == 200 and rows(page) in (whole, [])


def test_the_sheet_has_a_row_for_each_act_and_is_one(cast):
    with transaction(cast.records):
        people.update(cast.records, cast.who("tess").id, name='=HYPERLINK("x")', by=cast.who("lou").id, now=datetime.now(UTC))
    page = cast.lou.open(cast.lou.open(HERE).link("Download all of it as a sheet").get("href"))
    assert page.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert re.fullmatch(r'attachment; filename="what-leads-did-\d{4}-\d\d-\d\d\.csv"', page.headers["Content-Disposition"])
    [itself, change, *_] = found = sheet(page)
    assert itself["what"] == "downloaded what leads did" and itself["by_email"] == "lou@wrenfield.example"
    assert (change["person_name"], change["from"], change["to"]) == ("'=HYPERLINK(\"x\")", "name: Tess Okafor", 'name: =HYPERLINK("x")')
    assert all(cell[:1] not in "=+-@" for row in found for cell in row.values() if cell)
    assert [each["what"] for each in sheet(cast.lou.open(f"{HERE}.csv?kind=files"))] == ["downloaded what leads did"] * 2


def test_nothing_of_answers_and_no_secret_stands_in_it(cast):
    walk(cast, "tess", "friend-requests")
    cast.lou.open(f"/school/people/{cast.who('tess').id}")
    cast.lou.press("Make a link for a new password")
    [secret] = set(re.findall(r"/reset/([A-Za-z0-9_-]{20,})", cast.lou.page.html))
    text = cast.lou.open(HERE).text + cast.lou.open(f"{HERE}.csv").body.decode()
    assert secret not in text and PASSWORD not in text
    assert "made Tess Okafor a link for a new password" in text
    for words in ("scenario", "friend-requests", "answer "):
        assert words not in cast.lou.open(f"{HERE}.csv").body.decode()


def test_the_document_of_somebody_that_a_lead_downloads_is_an_act_and_one_by_its_owner_is_none(cast):
    record(cast)
    [certificate] = kept(cast)
    tess = cast.who("tess").id
    assert cast.lou.client.get(f"/school/people/{tess}/elsewhere/{certificate.id}").status_code == 200
    assert cast.tess.client.get(f"/record/elsewhere/{certificate.id}").status_code == 200
    assert rows(cast.lou.open(f"{HERE}?kind=files")) == [f"Lou Hartley downloaded the document “{certificate.title}” of Tess Okafor"]
