"""What is typed into a form: a limit on every field, one grammar for names, addresses and days, and nothing lost."""

import importlib
import pkgutil
import random
import re
import time
import unicodedata
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import StringField, TextAreaField

from induction import web
from induction.records.people import people
from induction.records.people.person import Details
from induction.records.progress import conversations
from induction.records.school import school
from induction.records.store.database import transaction
from induction.rules import calendar
from induction.rules.roles import Role
from induction.web.parts.fields import CalmForm, DayField, EmailLine, Name, Paragraph, Password, Typed
from induction.wording import dates
from tests.cast import PASSWORD, SCHOOL

for _, module, _ in pkgutil.walk_packages(web.__path__, "induction.web."):
    importlib.import_module(module)


def forms(of: type = CalmForm) -> set[type]:
    found = {each for each in of.__subclasses__() if each.__module__.startswith("induction.")}
    return found.union(*(forms(each) for each in found))


def fields() -> list[tuple[str, str, object]]:
    """(form, field, what makes it) of all that every form here asks for."""
    unbound = [(form.__name__, name, getattr(form, name)) for form in forms() for name in dir(form)]
    return sorted(each for each in unbound if hasattr(each[2], "field_class"))


FIELDS = fields()
ANYTHING = [
    "a" + "\u0301\u0316" * 240_000, "a@" + "." * 900_000 + "@", "\0" * 900_000, "\u200b" * 300_000, "9" * 900_000, "\ud800",
    "\U000f4005", "\ufffd", "a\x1bb", "\u202egpj.exe", " \u00a0\u2003 ", "👩\u200d" * 200_000, "-1", "2**63", "nothing of this",
    "\r\n" * 400_000,
]  # fmt: skip


def bound(app, unbound, typed: str, **kept: str):
    """A field as it is after a form with this text was sent."""
    with app.test_request_context(method="POST"):
        make = type("Probe", (CalmForm,), {"probe": unbound, "own_words": lambda _: ()})
        form = make(MultiDict({"probe": typed}), meta={"csrf": False}, data=kept)
        if getattr(form.probe, "choices", ()) is None:
            form.probe.choices = {"": "Nobody"}
        form.validate()
        return form.probe


def test_every_form_is_walked():
    assert {form for form, _, _ in FIELDS} >= {
        "SignInForm", "FirstRunForm", "SchoolForm", "PersonForm", "AssessmentForm", "TextForm", "PaperForm", "NoteForm", "ConversationForm",
    } and len(FIELDS) > 80  # fmt: skip


@pytest.mark.parametrize("form, name, unbound", FIELDS, ids=[f"{form}.{name}" for form, name, _ in FIELDS])
def test_every_field_has_a_limit_and_takes_no_time(app, form, name, unbound):
    for typed in random.Random(form + name).sample(ANYTHING, 6):
        began = time.thread_time()
        field = bound(app, unbound, typed)
        assert time.thread_time() - began < 0.5
        if isinstance(field, Typed):
            assert field.errors or len(field.data or "") <= field.longest + 300 * isinstance(field, Password)
            assert field.shown in ("", field.data) or (field.errors and field.shown == typed)
            assert not any(unicodedata.category(sign) in ("Cs", "Co", "Cn") for sign in field.data) or type(field) is Password
    if isinstance(field, Typed) and not isinstance(field, DayField | EmailLine) and type(field).__name__ != "AgeField":
        words = ("xy z" * field.longest)[: field.longest - 2] + "ab"
        assert not any("at most" in each for each in bound(app, unbound, words).errors)
        long = bound(app, unbound, "é" * (field.longest * 4 + 1 if type(field) is Password else field.longest + 1))
        assert any("at most" in each for each in long.errors) and (long.shown or field.longest > 200 or isinstance(field, Password))


def test_a_form_with_a_field_without_a_limit_cannot_be_made(app):
    for kind in (StringField, TextAreaField):
        with pytest.raises(TypeError, match="has no limit"):
            bound(app, kind("Anything"), "x")


def test_what_goes_along_with_a_form_is_read_in_one_place():
    """Where the limits are; carried and faulty forms, and slips of an address, take all of it along and look at nothing in it."""
    place = Path(web.__file__).parent
    found = [
        str(path.relative_to(place))
        for path in place.rglob("*.py")
        if re.search(r"request\.(form|args|values|files|data|json|get_json|get_data|query_string)\b", path.read_text())
    ]
    assert sorted(found) == [
        "incoming_request.py", "parts/error_pages.py", "parts/fields.py", "parts/mistyped_addresses.py",
        "security/carried_fields.py",
    ]


# Nothing that was typed is lost


def test_a_sign_that_cant_be_stored_is_named_with_its_line_and_the_words_come_back(cast):
    words = "## Ours\r\n\r\nWe do this.\r\n\r\nAnd \U000f4005 that."
    cast.lou.open("/school/policy/text")
    page = cast.lou.press("Save and preview", mode="own", words=words)
    [problem] = page.problems
    assert page.status == 200 and problem.startswith("Line 5: ") and "U+F4005" in problem
    assert page.field("words").text.split() == words.split()
    page = cast.lou.press("Save and preview", words=words.replace("\U000f4005", "not"))
    assert page.is_at("/school/policy/preview") and "And not that." in page.text


def test_headings_that_were_tied_stay_tied_while_words_are_mended(cast):
    words = "## Gaming with pupils\n\nNever.\n"
    cast.lou.open("/school/policy/text")
    cast.lou.press("Save, and tie questions to headings", mode="own", words=words)
    cast.lou.press("Save and preview", words=words + "\0", tie_gaming="Gaming with pupils")
    page = cast.lou.press("Save and preview", words=words)
    assert page.is_at("/school/policy/preview")
    assert cast.lou.open("/school/policy/text").field("tie_gaming").all("option")[1].attrs.get("selected") is not None


def test_a_policy_far_too_long_is_said_with_how_much_there_may_be(cast):
    cast.lou.open("/school/policy/text")
    page = cast.lou.press("Save and preview", mode="own", words="word " * 45_000)
    assert page.problems == ["Use at most 200,000 characters."] and len(page.field("words").text) > 200_000
    page = cast.lou.press("Save and preview", mode="own", words="word " * 100_000)
    assert page.problems == ["Use at most 200,000 characters."] and page.field("words").text == ""


# Names


def test_what_nobody_sees_is_no_name_no_signature_and_no_number(cast):
    nothing = "\u200b\u2060\u3164"
    cast.lou.open("/school/people/add")
    assert cast.lou.press("Add and make the invitation", name=nothing, email="ida@x.example").problems == ["Write the name."]
    cast.lou.open("/school/settings")
    page = cast.lou.press("Save the settings", out_of_hours=nothing, headteacher_phone=nothing, name=nothing)
    assert page.problems == ["Write the school's name.", "Write whom staff reach in the evening and at weekends."]
    cast.lou.press("Save the settings", **{"name": "Ysgol Ŵyn", "out_of_hours": f"Priya{nothing} Nair", "headteacher_phone": nothing})
    words = school.details(cast.records).words
    assert words["out of hours"] == "Priya Nair" and "headteacher phone" not in words


def test_a_name_longer_than_names_are_now_stays_and_can_be_edited_otherwise(cast):
    ida = cast.add("I" * 200)
    cast.lou.open(f"/school/people/{ida.id}")
    page = cast.lou.press("Save", role="mentor")
    assert page.problems == [] and people.find(cast.records, ida.id).role is Role.MENTOR
    assert cast.lou.press("Save", name="J" * 200).problems == ["Use at most 120 characters."]
    with transaction(cast.records):
        school.save(cast.records, **{**SCHOOL, "name": "S" * 200, "words": {**SCHOOL["words"], "headteacher": "H" * 150}})
    cast.lou.open("/school/settings")
    assert cast.lou.press("Save the settings", switchboard="01632 960149").problems == []
    details = school.details(cast.records)
    assert (details.name, details.words["headteacher"], details.words["switchboard"]) == ("S" * 200, "H" * 150, "01632 960149")


# Addresses


@pytest.mark.parametrize(
    "typed", ["\u200eida@wrenfield.example", "ida@wren\u00adfield.example\u200b", "Ida Brook <IDA@Wrenfield.example>;"]
)
def test_an_address_is_one_however_it_is_pasted(cast, typed):
    cast.lou.open("/school/people/add")
    cast.lou.press("Add and make the invitation", name="Ida Brook", email=typed)
    page = cast.lou.open(f"/school/people/{cast.who('ida').id}")
    assert page.field("email").get("value") == "ida@wrenfield.example"
    cast.sign_in_new("ida")
    assert cast.try_to_sign_in(typed.replace("Ida Brook <", "").replace(">;", ""), cast.browser()).is_at("/")
    cast.lou.open("/school/people/add")
    again = cast.lou.press("Add and make the invitation", name="Ida", email="ida@wrenfield.example")
    assert "is here already" in again.problems[0]


def test_whose_address_an_earlier_version_took_goes_on_signing_in(cast):
    with transaction(cast.records):
        people.add(cast.records, Details("jo@intranet", "Jo Short", Role.TEACHER), now=dates.datetime.now(calendar.SCHOOL_TIME))
    cast.sign_in_new("jo@intranet")
    assert cast.try_to_sign_in(" JO@Intranet ", cast.browser()).is_at("/")
    jo = people.by_email(cast.records, "jo@intranet")
    cast.lou.open(f"/school/people/{jo.id}")
    assert cast.lou.press("Save", name="Jo Shorter").problems == []
    assert cast.lou.press("Save", email="jo@elsewhere").problems == ["Write an email address, such as tess.okafor@school.example."]


# Passwords

COMPOSED = "câr ŵyn melyn 34"


def test_a_password_is_right_however_its_letters_are_composed(cast):
    decomposed = unicodedata.normalize("NFD", COMPOSED)
    cast.sam.open("/account/password")
    assert cast.sam.press("Save the new password", present=PASSWORD, password=decomposed).is_at("/account/devices")
    for typed in (COMPOSED, decomposed):
        assert cast.try_to_sign_in("sam", cast.browser(), typed).is_at("/")
    assert not cast.try_to_sign_in("sam", cast.browser(), "car wyn melyn 34").way


def test_a_password_that_was_hashed_as_it_was_typed_goes_on(cast):
    decomposed = unicodedata.normalize("NFD", COMPOSED)
    with transaction(cast.records):
        secret = cast.site.hashing._hasher.hash(decomposed)  # as version 1.1 did
        people.set_password(cast.records, cast.who("sam").id, secret, now=datetime.now(UTC))
    assert cast.try_to_sign_in("sam", cast.browser(), decomposed).is_at("/welcome")


# Days


@pytest.mark.parametrize("typed", ["4 December 2026", "4 Dec 2026", "2026-12-04", "46360", "\u200e04/12/2026", "Fri 4 Dec 2026"])
def test_a_day_is_shown_back_in_one_form(cast, typed):
    cast.lou.open("/school/people/add")
    page = cast.lou.press("Add and make the invitation", name="", email="ida@wrenfield.example", due=typed)
    assert page.field("due").get("value") == "04/12/2026"


def test_a_day_that_has_been_is_the_last_one(cast):
    talked = calendar.local(dates.datetime.now(calendar.SCHOOL_TIME)).date() - timedelta(days=3)
    cast.max.open(f"/mentor/{cast.who('tess').id}")
    theme = next(each.get("value") for each in cast.max.page.document.all("input") if each.get("name") == "themes")
    page = cast.max.press("Save the conversation", held_on=f"{talked.day} {talked:%b}", themes=theme)
    assert "Kept." in page.text and conversations.about(cast.records, cast.who("tess").id)[0].held_on == talked
    cast.max.open(f"/mentor/{cast.who('tess').id}")
    for day in ("9999-12-31", "31/12/2019"):
        page = cast.max.press("Save the conversation", held_on=day, themes=theme)
        assert "between 2020 and 2100" in page.problems[0] and page.field("held_on").get("value") == day


# Searching


def test_people_are_found_with_a_british_keyboard(cast):
    for name in ("Łukasz Kowalski", "Þórs Ægir", "Siobhán O’Brien"):
        cast.add(name)
    for path in ("/school/people", "/school/overview"):
        for search, found in {
            "lukasz": "Kowalski", "LUKASZ++KOWALSKI": "Kowalski", "thors": "Ægir", "o'brien": "O’Brien", "O%E2%80%99Brien": "O’Brien",
            "%C5%82ukasz@wren": "Kowalski", "siobh%C3%A1n%E2%80%8B": "O’Brien",
        }.items():  # fmt: skip
            text = cast.lou.open(f"{path}?search={search}").text
            assert found in text and "Tess" not in text, (path, search)
        assert "Nobody found" in cast.lou.open(f"{path}?search=nobody+at+all").text


def test_fields_have_their_kinds():
    """A name is asked for by a field for names, and a day by one for days, whatever the form."""
    kinds = {(form, name): unbound.field_class for form, name, unbound in FIELDS}
    assert {kinds[each] for each in kinds if each[1] in ("name", "lead_name", "induction_lead", "headteacher")} <= set(_subclasses(Name))
    assert {kinds[each] for each in kinds if each[1].endswith(("_on", "due"))} == {DayField}
    assert {kinds[each] for each in kinds if "email" in each[1]} - {EmailLine} == {kinds["SignInForm", "email"]}
    assert {kinds[each] for each in kinds if each[1] == "words"} <= {Paragraph, *_subclasses(Paragraph)}


def _subclasses(of: type) -> list[type]:
    return [of, *(each for sub in of.__subclasses__() for each in _subclasses(sub))]
