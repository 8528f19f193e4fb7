"""A lead erases somebody's record: what is asked, and that every page goes on without the name."""

import pytest

from induction.records.people import people
from induction.records.store.database import transaction
from tests.cast import COURSE
from tests.records.test_erasure import bytes_that_name
from tests.walking import walk

WHY = "Asked for by letter on 2 December"
NAMED = {"tess": ("Tess Okafor", "tess@wrenfield"), "max": ("Max Adeyemi", "max@wrenfield"), "kit": ("Kit Moran", "kit@wrenfield"),
         "ana": ("Ana Costa", "ana@wrenfield")}


def page_of(cast, who):
    return f"/school/people/{cast.who(who).id}"


def end(cast, who):
    cast.lou.open(f"{page_of(cast, who)}/deactivate")
    return cast.lou.press(f"End {who.capitalize()}’s account", **({"follower": "Nia Évans"} if who == "max" else {}))


def erase(cast, who, browser=None, **fields):
    browser = browser or cast.lou
    browser.open(f"{page_of(cast, who)}/erase")
    return browser.press(f"Erase {who.capitalize()}’s record for good", **{"why": WHY, "typed": NAMED[who][0], **fields})


def test_from_their_page_with_what_goes_and_what_stays(cast):
    cast.lou.open(page_of(cast, "ana"))
    page = cast.lou.press("Erase Ana’s record")
    assert "What goes" in page.text and "The name Ana Costa and the address ana@wrenfield.example" in page.text
    assert "It is said of Erased person 6 from then on" in page.text and "No backup lies on this machine." in page.text
    page = erase(cast, "ana")
    assert page.heading == "Erased person 6" and "The record is erased." in page.document.text
    assert "number 6" in page.text and "Lou Hartley" in page.text and WHY in page.text
    assert bytes_that_name(cast.data, NAMED["ana"]) == []


def test_pressed_twice_it_is_done_once(cast):
    number = cast.who("ana").id
    cast.lou.open(f"/school/people/{number}/erase")
    pressed = cast.lou.filled("Erase Ana’s record for good", why=WHY, typed="Ana Costa")
    cast.lou.send(pressed[0], pressed[1], token=False)
    page = cast.lou.send(pressed[0], pressed[1], token=False)
    assert page.heading == "Erased person 6"
    assert cast.records.value("select count(*) from removals") == 1
    assert cast.lou.open(f"/school/people/{number}/erase").heading == "Erased person 6"


def test_nothing_more_is_put_into_the_record_from_a_page_that_was_open_before(cast):
    number = cast.who("ana").id
    erase(cast, "ana")
    assert cast.lou.open(f"/school/people/{number}/elsewhere").status == 404
    for place in ("elsewhere", "groups"):
        assert cast.lou.send(f"/school/people/{number}/{place}", {"saw": ""}).status == 404
    assert cast.records.rows("select * from staff_group_members") == []


@pytest.mark.parametrize("who", ["tess", "max", "lou"])
def test_whoever_is_here_leaves_first(cast, who):
    page = cast.lou.open(f"{page_of(cast, who)}/erase")
    assert "is still here, so nothing can be erased yet" in page.text and not page.has_button(f"Erase {who.capitalize()}’s record for good")
    page = cast.lou.send(f"{page_of(cast, who)}/erase", {"why": WHY, "typed": cast.who(who).name})
    assert "is still here" in page.text and cast.who(who).active


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"typed": ""}, "Type Ana Costa, as it stands above."),
        ({"typed": "Ana Castle"}, "Type Ana Costa, as it stands above."),
        ({"why": ""}, "Write why: who asked for it, and when."),
        ({"why": "Ana Costa asked"}, "Write the reason without their name or email: it stays."),
        ({"why": "x" * 501}, None),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_comes_back(cast, fields, problem):
    page = erase(cast, "ana", **fields)
    assert page.problems == [problem] if problem else page.problems
    assert page.field("typed").get("value") == fields.get("typed", "Ana Costa")
    assert cast.who("ana").name == "Ana Costa"


def test_only_leads_and_somebody_who_was_here(cast):
    for browser in (cast.max, cast.tess):
        assert browser.open(f"{page_of(cast, 'ana')}/erase").status == 404
        assert browser.send(f"{page_of(cast, 'ana')}/erase", {"why": WHY, "typed": "Ana Costa"}).status == 404
    assert cast.lou.open("/school/people/99/erase").status == 404
    assert cast.who("ana").name == "Ana Costa"


def test_nobody_brings_back_whoever_was_erased(cast):
    path = page_of(cast, "ana")
    erase(cast, "ana")
    for deed in ("reactivate", "take-back"):
        assert cast.lou.send(f"{path}/{deed}", {}).status == 404
    for deed in ("", "/invitation", "/reset", "/deactivate"):
        page = cast.lou.send(path + deed, {"name": "Ana", "email": "ana@wrenfield.example", "role": "teacher", "saw": "9"})
        assert page.status in (200, 404)
    assert people.find(cast.records, 6).name == "Erased person 6" and not people.find(cast.records, 6).active
    assert cast.lou.open("/mentor/6").status == 404
    assert "Erased person" not in cast.lou.open("/school/people?group=left").text
    assert "Erased person" not in cast.lou.open("/school/people").text


def test_whoever_comes_back_to_the_school_is_added_anew(cast):
    erase(cast, "ana")
    cast.lou.open("/school/people/add")
    page = cast.lou.press("Add and make the invitation", name="Ana Costa", email="ana@wrenfield.example")
    assert page.status == 200 and cast.who("ana").id == 7


def addresses(app, values):
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in rule.methods and rule.rule not in ("/readyz", "/healthz")]
    for rule in rules:
        for number in values["numbers"] if {"person_id", "teacher_id"} & rule.arguments else ("1",):
            yield rule.build({name: values.get(name, number) for name in rule.arguments})[1]


@pytest.mark.parametrize("who", ["tess", "max", "kit"])
def test_every_page_and_sheet_goes_on_without_the_name(app, furnished, who):
    cast = furnished
    for lesson in cast.programme.library.courses[COURSE].lessons[:3]:
        walk(cast, "sam", lesson.slug)
        walk(cast, "max", lesson.slug)
    number = cast.who(who).id
    end(cast, who)
    with transaction(cast.records):
        assert not people.find(cast.records, number).active
    assert erase(cast, who).heading == f"Erased person {number}"
    assert bytes_that_name(cast.data, NAMED[who]) == []
    values = {"course": COURSE, "lesson": "friend-requests", "facet": "pupil-contact", "name": "induction.css", "slug": "x",
              "numbers": [str(number), "1"], "scenario": "the-like", "token": "x"}
    walked = 0
    for browser in (cast.lou, cast.nia, cast.sam):
        for path in addresses(app, values):
            page = browser.open(path)
            assert page.status in (200, 400, 404, 410), (path, page.status)
            body = page.body.decode("utf-8", "replace")
            assert not any(name in body for name in NAMED[who]), path
            walked += page.status == 200
    assert walked > 100


@pytest.mark.parametrize("who", ["tess", "max", "kit"])
def test_sheets_name_them_by_their_number(furnished, who):
    cast = furnished
    number = cast.who(who).id
    end(cast, who)
    erase(cast, who)
    assert f"Erased person {number}" in cast.lou.open(f"/school/people/{number}").text
    record = cast.sam.open("/record/export").html + cast.nia.open("/record/export").html
    assert NAMED[who][0] not in record
