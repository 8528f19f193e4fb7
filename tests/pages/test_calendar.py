"""Due dates at a secret address: whose they are, that looking changes nothing, and that an address ends at once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from induction.records.people import people
from induction.records.people.calendar_addresses import Whose
from induction.records.store.database import transaction
from induction.rules.roles import Role
from induction.services import calendars
from tests.cast import DUE_IN, own_site

PAGE = "/account/calendar"
MAKE, RENEW, END = "Make an address", "Make a new one, and end this", "End it"


def address_on(page, whose: str = "own") -> str:
    shown = next(each.get("value") for each in page.main.all("input") if each.get("id") == f"address-{whose}")
    return shown[shown.index("/calendar/") :]


def events(answer) -> list[tuple[str, date, str]]:
    assert answer.status_code == 200
    found = Calendar.from_ical(answer.data).walk("VEVENT")
    return [(str(each["SUMMARY"]), each["DTSTART"].dt, str(each["UID"])) for each in found]


def fetch(cast, address: str, **headers):
    return cast.browser().client.get(address, headers=headers)


def test_somebodys_own_date(cast):
    cast.tess.open("/record")
    assert cast.tess.open("/record").has_link("Dates in my calendar")
    cast.tess.open(PAGE)
    address = address_on(cast.tess.press(MAKE))
    answer = fetch(cast, address)
    due = cast.who("tess").due
    [(summary, day, uid)] = events(answer)
    assert (summary, day) == ("Induction to be done", due) and day == date.today() + timedelta(days=DUE_IN)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8" and answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers and b"Tess" not in answer.data and b"wrenfield.example" not in answer.data
    assert fetch(cast, address).data == answer.data  # the same dates, the same bytes
    with transaction(cast.records):
        people.update(cast.records, cast.who("tess").id, due=due + timedelta(days=7), now=datetime.now(UTC))
    assert events(fetch(cast, address)) == [("Induction to be done", due + timedelta(days=7), uid)]
    assert address_on(cast.tess.open(PAGE)) == address  # it can be shown again


def test_a_mentors_teachers_by_first_name(cast):
    cast.max.open(PAGE)
    with transaction(cast.records):
        people.update(cast.records, cast.who("sam").id, mentor_id=cast.who("max").id, now=datetime.now(UTC))
    cast.max.send(PAGE, {"whose": "teachers", "do": "make"})
    address = address_on(cast.max.open(PAGE), "teachers")
    assert [each[0] for each in events(fetch(cast, address))] == ["Tess: induction to be done"]  # Sam has no date
    with transaction(cast.records):
        people.update(cast.records, cast.who("max").id, role=Role.TEACHER, now=datetime.now(UTC))
    assert fetch(cast, address).status_code == 404


def test_who_mentors_nobody_has_none_for_teachers(cast):
    assert cast.tess.send(PAGE, {"whose": "teachers", "do": "make"}).status == 404
    assert cast.tess.send(PAGE, {"whose": "nobodys"}).status == 404
    assert cast.records.value("select count(*) from calendar_addresses") == 0


def test_an_address_ends_at_once(cast):
    cast.tess.open(PAGE)
    first = address_on(cast.tess.press(MAKE))
    second = address_on(cast.tess.press(RENEW))
    assert first != second and [fetch(cast, each).status_code for each in (first, second)] == [404, 200]
    cast.tess.press(END)
    assert fetch(cast, second).status_code == 404
    assert cast.records.value("select count(*) from calendar_addresses") == 0


def test_a_new_one_pressed_twice_is_made_once_and_ended_twice_it_has_ended(cast):
    cast.tess.open(PAGE)
    cast.tess.press(MAKE)
    path, values, _ = cast.tess.filled(RENEW)
    made = address_on(cast.tess.send(path, values, token=False))
    page = cast.tess.send(path, values, token=False)
    assert address_on(page) == made and "The address was made already and stands below." in page.text
    path, values, _ = cast.tess.filled(END)
    assert "Ended." in cast.tess.send(path, values, token=False).text
    assert "It had ended before." in cast.tess.send(path, values, token=False).text
    cast.tess.open(PAGE)
    assert address_on(cast.tess.press(MAKE)) != made


def test_who_has_left_has_no_calendar(cast):
    cast.tess.open(PAGE)
    address = address_on(cast.tess.press(MAKE))
    with transaction(cast.records):
        people.deactivate(cast.records, cast.who("tess").id, now=datetime.now(UTC))
    assert fetch(cast, address).status_code == 404
    with transaction(cast.records):
        people.reactivate(cast.records, cast.who("tess").id, now=datetime.now(UTC))
    assert fetch(cast, address).status_code == 404  # who comes back makes another


@pytest.mark.parametrize("secret", ["", "a", "x" * 5000, "%00", "%F0%90", "..%2f..%2fhelp", "a.ics"])
def test_any_other_address_is_not_there(cast, secret):
    assert fetch(cast, f"/calendar/{secret}.ics").status_code in (404, 308)


def test_looking_writes_nothing_and_signs_nobody_in(cast):
    calendars.renew(cast.records, cast.who("tess"), Whose.OWN, now=datetime.now(UTC))
    token = calendars.addresses(cast.records, cast.who("tess"))[Whose.OWN][1]
    before = cast.all_that_is_kept()
    for _ in range(3):
        assert fetch(cast, f"/calendar/{token}.ics").status_code == 200
    assert cast.all_that_is_kept() == before
    assert cast.browser().client.post(f"/calendar/{token}.ics").status_code == 405


def test_without_its_key_an_address_works_and_is_not_shown_again(cast):
    cast.tess.open(PAGE)
    address = address_on(cast.tess.press(MAKE))
    (cast.data / "links-key").unlink()
    page = cast.tess.open(PAGE)
    assert "It still works and can’t be shown again; a new one takes its place." in page.text
    assert fetch(cast, address).status_code == 200
    assert fetch(cast, address_on(cast.tess.press(RENEW))).status_code == 200 and fetch(cast, address).status_code == 404


def test_it_answers_under_the_public_name_alone(template, tmp_path):
    cast = own_site(template, tmp_path, url="https://induction.school.example")
    calendars.renew(cast.records, cast.who("tess"), Whose.OWN, now=datetime.now(UTC))
    token = calendars.addresses(cast.records, cast.who("tess"))[Whose.OWN][1]
    assert fetch(cast, f"/calendar/{token}.ics", Host="induction.school.example").status_code == 200
    assert fetch(cast, f"/calendar/{token}.ics", Host="elsewhere.example").status_code == 400
    cast.records.close()
