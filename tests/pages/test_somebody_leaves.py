"""Whoever is named somewhere can cease to be: a mentor, a course, whoever looks after an account, a contact."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from induction.records.people import history, people
from induction.records.school import approved_accounts
from induction.records.school.approved_accounts import Said
from induction.records.store.database import transaction
from induction.rules.roles import Role

FOLLOWS = "Who mentors Tess Okafor from now on?"


def person(cast, who):
    return f"/school/people/{cast.who(who).id}"


def mentor_of(cast, who):
    return cast.who(who).mentor_id


def end(cast, who, **fields):
    cast.lou.open(f"{person(cast, who)}/deactivate")
    return cast.lou.press(f"End {who.capitalize()}’s account", **fields)


def last_entry(cast, who):
    return history.entries(cast.records, cast.who(who).id)[-1]


def test_who_follows_a_mentor_that_leaves_is_asked(cast):
    page = end(cast, "max")
    assert page.problems == ["Choose who follows, or nobody at present."] and FOLLOWS in page.text
    assert cast.who("max").active and mentor_of(cast, "tess") == cast.who("max").id
    page = cast.lou.press("End Max’s account", follower="Nia Évans")
    assert "Nia Évans mentors Tess Okafor now." in page.text
    assert not cast.who("max").active and mentor_of(cast, "tess") == cast.who("nia").id
    entry = last_entry(cast, "tess")
    assert (entry.by_name, entry.mentor_name) == ("Lou Hartley", "Nia Évans")
    assert cast.nia.open("/mentor/").has_link("Tess Okafor") and "Nia Évans" in cast.tess.open("/").document.text


@pytest.mark.parametrize("how", ["leaves", "becomes a teacher"])
def test_nobody_at_present_is_said_everywhere(cast, how):
    if how == "leaves":
        assert "Tess Okafor has no mentor at present." in end(cast, "max", follower="Nobody at present").text
    else:
        cast.lou.open(person(cast, "max"))
        page = cast.lou.press("Save", role="Teacher")
        assert page.problems == ["Choose who follows, or nobody at present."] and FOLLOWS in page.text
        assert cast.who("max").role is Role.MENTOR
        assert "Saved." in cast.lou.press("Save", follower="Nobody at present").text
    home = cast.tess.open("/").document.text
    assert "No mentor at present" in home and "Write to Max" not in home
    assert "nobody at present" in cast.tess.open("/record").text
    page = cast.lou.open("/school/overview")
    [waiting] = [each.text for each in page.main.all("li") if "no mentor at present." in each.text]
    assert "Tess Okafor" in waiting
    page = cast.lou.press("Say who follows")
    assert page.has_link("Tess Okafor") and not page.has_link("Sam Price")
    cast.lou.open(person(cast, "tess"))
    cast.lou.press("Save", name="Tess Brown")
    assert mentor_of(cast, "tess") is None
    cast.lou.press("Save", mentor="Nia Évans")
    waiting = [each.text for each in cast.lou.open("/school/overview").main.all("li") if "no mentor at present" in each.text]
    assert not any("Tess Brown" in each for each in waiting)


def test_who_follows_must_be_a_mentor_and_somebody_else(cast):
    path, ids = person(cast, "max"), {name: cast.who(name).id for name in ("tess", "max", "ana")}
    for follower in (*ids.values(), 999, -1, "x"):
        page = cast.lou.send(f"{path}/deactivate", {"follower": follower})
        assert page.problems == ["That person is no mentor any more; choose another."]
    assert cast.who("max").active and mentor_of(cast, "tess") == ids["max"]


def test_a_teacher_who_follows_their_own_mentor_has_none(cast):
    cast.lou.open(person(cast, "tess"))
    cast.lou.press("Save", role="Mentor")
    end(cast, "max", follower="Tess Okafor")
    assert mentor_of(cast, "tess") is None and not cast.who("max").active


def test_who_comes_back_to_a_mentor_that_is_none_has_nobody(cast):
    end(cast, "sam")
    end(cast, "nia")  # asks nobody: Sam had left before
    assert not cast.who("nia").active
    cast.lou.open(person(cast, "sam"))
    cast.lou.press("Bring them back")
    assert cast.who("sam").active and mentor_of(cast, "sam") is None


def test_saving_a_name_keeps_a_course_that_is_there_no_more(cast):
    with transaction(cast.records):
        people.update(cast.records, cast.who("sam").id, course="a-course-of-before", now=datetime.now(UTC))
    page = cast.lou.open("/school/overview")
    assert "Sam Price is given a course that is no longer here (a-course-of-before)" in page.text
    page = cast.lou.open(person(cast, "sam"))
    assert "a-course-of-before, which is no longer here: they are given what everyone is" in page.text
    cast.lou.press("Save", name="Sam Pryce")
    assert cast.who("sam").course == "a-course-of-before"
    assert cast.sam.open("/").status == 200
    cast.lou.press("Save", course="What everyone is given")
    assert cast.who("sam").course is None and "no longer here" not in cast.lou.open("/school/overview").text


@pytest.fixture
def upkeep(cast):
    """An account that Max and Sam look after, signed off."""
    cast.choose(pupil_contact="approved-accounts")
    lou, kit = cast.who("lou").id, cast.add("Kit Osei", Role.LEAD).id
    max_id, sam = cast.who("max").id, cast.who("sam").id
    said = Said("Instagram", "@wrenfield", 16, 13, max_id, sam, date.today() + timedelta(days=90), {"purpose": "Science"})
    now = datetime.now(UTC)
    with transaction(cast.records):
        account = approved_accounts.add(cast.records, said, by=lou, now=now)
        approved_accounts.sign(cast.records, account, 1, typed_name="Kit", by=kit, now=now)
    return cast


def test_an_account_that_somebody_leaves_is_said(upkeep):
    cast = upkeep
    page = cast.lou.open(f"{person(cast, 'sam')}/deactivate")
    assert "Sam looks after @wrenfield on Instagram. It rests then until somebody else does." in page.text
    page = end(cast, "sam")
    assert "Sam Price is still named elsewhere: @wrenfield on Instagram, which rests" in page.text
    assert "@wrenfield on Instagram rests, since somebody who looks after it has left." in cast.lou.open("/school/overview").text
    latest = approved_accounts.find(cast.records, 1).latest
    with transaction(cast.records):
        said = replace(latest.said, second_responsible=cast.who("tess").id)
        approved_accounts.change(cast.records, 1, said, based_on=latest.id, by=cast.who("lou").id, now=datetime.now(UTC))
    assert "rests, since" not in cast.lou.open("/school/overview").text


def test_a_contact_who_leaves_is_said_until_the_settings_name_another(cast):
    cast.lou.open("/school/settings")
    cast.lou.press("Save the settings", safeguarding_lead="Nia Évans", out_of_hours="nia évans on 01632 960145")
    cast.lou.open(f"{person(cast, 'nia')}/deactivate")
    assert "settings name Nia Évans as out of hours and safeguarding lead" in cast.lou.page.text
    page = end(cast, "nia", follower="Nobody at present")
    assert "still named elsewhere: Settings, as out of hours; Settings, as safeguarding lead" in page.text
    text = cast.lou.open("/school/overview").text
    assert "Your settings name Nia Évans as safeguarding lead, who has left." in text and "as out of hours, who has left" in text
    cast.lou.open("/school/settings")
    cast.lou.press("Save the settings", safeguarding_lead="Priya Nair", out_of_hours="Priya Nair")
    assert "who has left." not in cast.lou.open("/school/overview").text


def test_a_contact_of_another_name_is_not_taken_for_one_who_left(cast):
    assert "Ana Costa" not in cast.lou.open("/school/overview").text
    cast.lou.open("/school/settings")
    cast.lou.press("Save the settings", headteacher="Hannah Ana Costard")
    assert "who has left" not in cast.lou.open("/school/overview").text


def test_what_a_lead_who_left_had_published_still_says_who(cast):
    cast.add("Kit Osei", Role.LEAD)
    cast.sign_in_new("kit")
    cast.choose(pupil_contact="none")
    kit = cast.sign_in("kit")
    kit.open(f"{person(cast, 'lou')}/deactivate")
    kit.press("End Lou’s account")
    assert "Chosen by Lou Hartley" in kit.open("/school/policy/choices/pupil-contact").text
    assert "Lou Hartley" in kit.open("/school/policy/versions").text
