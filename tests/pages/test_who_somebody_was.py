"""Who somebody was, and how they came in: nobody takes another's place unseen, neither in the record nor in the exports."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest

from induction.records import exports
from induction.records.people import people
from induction.records.people.one_time_links import LinkKind
from induction.records.store.database import transaction
from induction.rules.roles import Role
from induction.services import people as deeds
from tests.cast import email_of
from tests.walking import walk

LESSON = "friend-requests"
THEIRS = "eleven brave herons nest"


def person(cast, who):
    return f"/school/people/{cast.who(who).id}"


def link_on(page):
    return "/" + next(each.get("value") for each in page.document.all("input") if each.get("id") == "copy").split("/", 3)[3]


def take_over(cast, who):
    """Lou makes a link for a new password and uses it herself: a browser that is signed in as somebody else."""
    cast.lou.open(person(cast, who))
    browser = cast.browser()
    browser.open(link_on(cast.lou.press("Make a link for a new password")))
    browser.press("Save the password", password=THEIRS)
    return browser


def test_a_lead_who_signs_in_by_a_link_of_their_own_making_is_seen(cast):
    cast.lou.open("/school/policy/preview")
    cast.lou.press("Publish")
    cast.__dict__["tess"] = take_over(cast, "tess")
    walk(cast, "tess", LESSON)
    cast.tess.open("/policy")
    cast.tess.press("I have read and understood it", name="Tess Okafor")

    told = ("Lou Hartley made a link for a new password.", "through the link for a new password that Lou Hartley made on")
    for browser, path in ((cast.tess, "/record"), (cast.lou, person(cast, "tess"))):
        page = browser.open(path)
        assert all(words in page.text for words in told), page.text
    assert "Safari on iPhone" in page.text, "in which browser"
    home = cast.tess.open("/")
    assert "A new password for your account was chosen on" in home.text and "Lou Hartley made on" in home.text

    today = f"{datetime.now(UTC):%Y-%m-%d}"
    [read] = csv.DictReader(io.StringIO(cast.lou.open("/school/policy/readers.csv").html))
    way_in = f"link for a new password, made by Lou Hartley on {today}, used on {today}"
    assert (read["how"], read["way_in"]) == ("online", way_in)
    made, used = exports.history_of_people(cast.records, {}, email=email_of("tess"))[-2:]
    assert (made["what"], made["by"], used["what"]) == ("reset", "Lou Hartley", "chosen") and told[1] in used["words"]
    record = json.loads(cast.tess.open("/record/export").body)
    assert [each["what"] for each in record["ways_in"]][-2:] == ["reset", "chosen"]
    assert record["ways_in"][-1]["through"] == record["ways_in"][-2]["number"]


def test_changing_the_password_afterwards_hides_nothing(cast):
    cast.__dict__["tess"] = take_over(cast, "tess")
    cast.tess.open("/account/password")
    cast.tess.press("Save the new password", present=THEIRS, password="seven calm otters wander")
    cast.lou.open("/school/policy/preview")
    cast.lou.press("Publish")
    cast.tess.open("/policy")
    cast.tess.press("I have read and understood it", name="Tess Okafor")
    assert "link for a new password, made by Lou Hartley" in cast.lou.open("/school/policy/readers.csv").html
    assert "The password was changed by somebody who knew the one before" in cast.tess.open("/record").text


def test_ones_own_invitation_alarms_nobody(cast):
    cast.lou.open("/school/people/add")
    page = cast.lou.press("Add and make the invitation", name="Ida Brook", email="ida@wrenfield.example")
    ida = cast.browser()
    ida.open(link_on(page))
    home = ida.press("Open my induction", password=THEIRS)
    assert home.heading == "Hello, Ida" and "A new password" not in home.text
    text = ida.open("/record").text
    assert "Lou Hartley added Ida Brook, ida@wrenfield.example, as teacher." in text and "Lou Hartley made an invitation." in text


def test_swapping_two_peoples_names_and_addresses_moves_nothing(cast):
    walk(cast, "tess", LESSON)
    for who, name, email in (("tess", "X", "x@wrenfield.example"), ("sam", "Tess Okafor", "tess@wrenfield.example")):
        cast.lou.open(person(cast, who))
        cast.lou.press("Save", name=name, email=email)
    rows = exports.completions(cast.records)
    assert [(each["person_name"], each["person_email"]) for each in rows] == [("Tess Okafor", "tess@wrenfield.example")]
    assert exports.completions(cast.records, email="x@wrenfield.example") == rows, "found by any email that they had"
    page = cast.lou.open(person(cast, "x"))
    assert "Lou Hartley: name from Tess Okafor to X; email from tess@wrenfield.example to x@wrenfield.example." in page.text
    again = cast.sign_in("x")
    assert "Lou Hartley changed your name from Tess Okafor to X" in again.open("/").text
    assert "name from Tess Okafor to X" in again.open("/record").text


def test_each_change_is_told_with_who_made_it(cast):
    path = person(cast, "sam")
    cast.lou.open(path)
    cast.lou.press("Save", role="Mentor", mentor="Max Adeyemi", due="04/12/2026", course="boundaries-in-ten-minutes")
    cast.lou.open(f"{path}/deactivate")
    cast.lou.press("End Sam’s account")
    cast.lou.open(path)
    text = cast.lou.press("Bring them back").text
    for words in (
        "Lou Hartley: role from teacher to mentor", "mentor from Nia Évans to Max Adeyemi", "date set to 4 December 2026",
        "Lou Hartley: the account was ended.", "Lou Hartley: the account was opened again.", "The password of before ended.",
    ):
        assert words in text, words
    deeds.end(cast.records, cast.who("sam").id, by=None, now=datetime.now(UTC), follower=deeds.NOBODY)
    assert "Somebody with access to the server: the account was ended." in cast.lou.open(path).text


def test_a_long_history_has_pages_and_my_record_says_what_is_left_out(cast):
    with transaction(cast.records):
        for number in range(45):
            people.update(cast.records, cast.who("sam").id, name=f"Sam {number}", now=datetime.now(UTC))
    path = person(cast, "sam")
    assert "to Sam 44." in cast.lou.open(path).text and "to Sam 3." not in cast.lou.page.text
    assert "to Sam 3." in cast.lou.open(f"{path}?page=3").text
    assert cast.lou.open(f"{path}?page=99").status == 200
    assert "older entries are on the page to print" in cast.sam.open("/record").text


# A second signature


LIST = "/school/policy/accounts"


@pytest.fixture
def register(cast):
    """An account that Lou has assessed, and Kit, whom the server made a lead long ago."""
    from tests.pages.test_approved_accounts import ANSWERS

    cast.choose(pupil_contact="approved-accounts")
    cast.add("Kit Osei", Role.LEAD)
    cast.__dict__["kit"] = cast.sign_in_new("kit")
    cast.lou.open(f"{LIST}/add")
    cast.lou.press("Save the risk assessment", **ANSWERS)
    return cast


def invent(cast, name="Ivy Invented", role="Lead"):
    """Lou adds somebody and opens the invitation herself."""
    cast.lou.open("/school/people/add")
    page = cast.lou.press("Add and make the invitation", name=name, email=f"{name.split()[0].lower()}@wrenfield.example", role=role)
    browser = cast.browser()
    browser.open(link_on(page))
    browser.press("Open my induction", password=THEIRS)
    return browser


def later(cast, monkeypatch, by):
    """As if so much time had passed: whatever asks for the hour of a request."""
    real = datetime

    class Later(real):
        @classmethod
        def now(cls, zone=None):
            return real.now(zone) + by

    monkeypatch.setattr("induction.web.site.datetime", Later)


def sign(browser):
    page = browser.open(f"{LIST}/1")
    sent = browser.send(f"{LIST}/1/sign", {"assessment": "1", "name": "A. Name"})
    return page, sent


def signed(cast):
    return cast.records.value("select count(*) from assessment_signatures")


def test_whom_the_writer_has_just_invented_is_no_second_hand(register, monkeypatch):
    ivy = invent(register)
    page, sent = sign(ivy)
    assert not page.has_button("Sign it off") and "yours is no second hand for Lou Hartley until" in page.text
    assert "Nothing was changed" in sent.text and "yours is no second hand for Lou Hartley until" in sent.text
    assert signed(register) == 0
    later(register, monkeypatch, timedelta(days=1, minutes=1))
    ivy = register.sign_in("ivy", password=THEIRS)
    page, sent = sign(ivy)
    assert page.has_button("Sign it off") and "Signed off." in sent.text and signed(register) == 1
    paper = next(each for each in sent.main.walk() if each.get("class") == "only-print")
    for text in (sent.text, paper.text):
        assert "On the second signature: Lou Hartley made the account on" in text


def test_whoever_came_by_others_signs_at_once(register):
    page, sent = sign(register.kit)
    assert page.has_button("Sign it off") and "Signed off." in sent.text and "On the second signature" not in sent.text


def test_a_lead_whose_password_the_writer_has_just_reset_is_no_second_hand(register, monkeypatch):
    kit = take_over(register, "kit")
    assert "made the link by which its password was chosen" in sign(kit)[1].text and signed(register) == 0
    later(register, monkeypatch, timedelta(days=6))
    kit = register.sign_in("kit", password=THEIRS)
    assert signed(register) == 0 and "no second hand" in sign(kit)[1].text
    later(register, monkeypatch, timedelta(days=7, minutes=1))
    assert "Signed off." in sign(register.sign_in("kit", password=THEIRS))[1].text


def test_a_teacher_whom_the_writer_has_just_made_a_lead_is_no_second_hand(register):
    register.lou.open(person(register, "sam"))
    register.lou.press("Save", role="Lead")
    sam = register.sign_in("sam")
    assert "Lou Hartley made them a lead on" in sign(sam)[1].text and signed(register) == 0


def test_nobody_has_their_own_paper_recorded_by_somebody_they_have_just_made(register):
    register.lou.open("/school/policy/preview")
    ivy = invent(register)
    path = f"/school/policy/readers/{register.who('lou').id}"
    ivy.open(path)
    page = ivy.press("Record the signature", name="Lou Hartley", signed_on=f"{datetime.now(UTC):%d/%m/%Y}")
    assert "Nothing was recorded" in page.text and "no second hand for Lou Hartley" in page.text
    assert register.records.value("select count(*) from acknowledgements") == 0
    register.kit.open(path)
    page = register.kit.press("Record the signature", name="Lou Hartley", signed_on=f"{datetime.now(UTC):%d/%m/%Y}")
    assert "Kept, as signed on paper" in page.text


# Leads who can sign in


def test_a_lead_who_was_only_invited_does_not_count_as_the_other_lead(cast):
    cast.add("Ivy Invited", Role.LEAD)
    for where, button, fields in (("", "Save", {"role": "Teacher"}), ("/deactivate", "End Lou’s account", {})):
        cast.lou.open(f"{person(cast, 'lou')}{where}")
        page = cast.lou.press(button, **fields)
        assert "is the only lead who can sign in" in page.text
    assert cast.who("lou").role is Role.LEAD and cast.who("lou").active
    cast.sign_in_new("ivy")
    cast.lou.open(person(cast, "lou"))
    cast.lou.press("Save", role="Teacher")
    assert cast.who("lou").role is Role.TEACHER, "now there is another who can sign in"


def test_an_invited_lead_can_go_while_another_can_sign_in(cast):
    cast.add("Ivy Invited", Role.LEAD)
    cast.lou.open(f"{person(cast, 'ivy')}/deactivate")
    assert "can’t sign in any more" in cast.lou.press("End Ivy’s account").text


# Coming back


def test_who_comes_back_has_no_way_in_of_before(cast):
    token = cast.link(LinkKind.INVITATION, "sam")
    cast.lou.open(f"{person(cast, 'sam')}/deactivate")
    cast.lou.press("End Sam’s account")
    page = cast.lou.send(person(cast, "sam"), {"name": "Sam Price", "email": email_of("sam"), "role": "lead", "mentor": "", "due": ""})
    assert "has left. Bring them back first." in page.text and not cast.who("sam").active, "no other form brings anybody back"
    cast.lou.open(person(cast, "sam"))
    cast.lou.press("Bring them back")
    assert cast.who("sam").active and not cast.who("sam").has_password
    assert cast.browser().open(f"/invitation/{token}").status == 404
    assert cast.try_to_sign_in("sam", cast.browser()).heading == "Sign in"
