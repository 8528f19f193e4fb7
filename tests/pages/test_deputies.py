"""A deputy for a mentor: named by a lead, seen by the deputy and the teachers, over when it is over."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from induction.records.people import deputies, people
from induction.records.people.person import Details
from induction.records.progress import conversations
from induction.records.store.database import transaction
from induction.rules.calendar import local
from induction.rules.roles import Role
from tests.walking import walk


def page_of(cast, who):
    return f"/school/people/{cast.who(who).id}"


def name(cast, who="nia", called="Nia Évans", **fields):
    cast.lou.open(page_of(cast, "max"))
    cast.lou.press("Name a deputy")
    return cast.lou.press("Save the deputy", deputy=called, **fields)


def today():
    return local(datetime.now(UTC)).date()


def test_a_deputy_sees_the_mentors_teachers_and_talks_in_their_own_name(cast):
    tess = f"/mentor/{cast.who('tess').id}"
    assert cast.nia.open(tess).status == 404 and not cast.nia.open("/mentor/").has_link("Tess Okafor")
    page = name(cast)
    assert page.is_at(page_of(cast, "max")) and "Saved. Nia Évans stands in for Max Adeyemi, and sees their teachers." in page.text
    assert "Nia Évans stands in for Max Adeyemi until you take it back." in page.text
    assert cast.nia.open("/mentor/").has_link("Tess Okafor") and cast.max.open("/mentor/").has_link("Tess Okafor")
    assert cast.nia.open(tess).heading == "Tess Okafor"
    cast.nia.press("Save the conversation", held_on="05/01/2026", themes=["friend-requests"])
    [talk] = conversations.about(cast.records, cast.who("tess").id)
    assert talk.mentor_name == "Nia Évans"
    [line] = [each for each in cast.nia.open("/mentor/teachers.csv").html.splitlines() if "tess@wrenfield.example" in each]
    assert line.endswith(",Max Adeyemi"), "the sheet says for whom"


def test_whose_teacher_it_is_stands_with_each(cast):
    name(cast)
    seen = deputies.teachers_seen(cast.records, cast.who("nia").id, today())
    assert [(each.person.name, each.for_mentor) for each in seen] == [("Sam Price", None), ("Tess Okafor", cast.who("max").id)]


def test_what_is_shared_with_the_mentor_by_name_stays_there(cast):
    walk(cast, "tess", "friend-requests")
    cast.tess.open("/attempts/1")
    cast.tess.press("Share these choices with my mentor")
    name(cast)
    tess = f"/mentor/{cast.who('tess').id}"
    assert "What Tess shares" in cast.max.open(tess).text and "What Tess shares" not in cast.nia.open(tess).text


def test_the_teachers_read_who_it_is_and_it_is_in_every_record(cast):
    assert "stands in" not in cast.tess.open("/").document.text
    day = today() + timedelta(days=14)
    name(cast, ends=f"{day:%d/%m/%Y}")
    for path in ("/", "/record"):
        text = cast.tess.open(path).document.text
        assert "Nia Évans stands in for Max until" in text and "nothing that you shared with Max" in text
    assert cast.tess.open("/").has_link("Write to Nia")
    assert "stands in" not in cast.sam.open("/").document.text
    for who in ("max", "nia"):
        assert "Lou Hartley: Nia Évans stands in for Max Adeyemi, from" in cast.lou.open(page_of(cast, who)).text
        assert "Lou Hartley: Nia Évans stands in for Max Adeyemi, from" in getattr(cast, who).open("/record").text
        [kept] = json.loads(getattr(cast, who).open("/record/export").body)["deputies"]
        assert (kept["mentor"], kept["deputy"], kept["by"], kept["until"]) == ("Max Adeyemi", "Nia Évans", "Lou Hartley", day.isoformat())
    assert "Nia Évans stands in for Max Adeyemi until" in cast.lou.open(page_of(cast, "nia")).text.partition("Who Nia was")[0]


def test_it_is_taken_back(cast):
    name(cast)
    cast.lou.open(page_of(cast, "max"))
    page = cast.lou.press("Take the deputy back")
    assert "Saved. Nobody stands in for Max Adeyemi." in page.text and page.has_link("Name a deputy")
    assert cast.nia.open(f"/mentor/{cast.who('tess').id}").status == 404
    assert "nobody stands in for Max Adeyemi any more." in page.text


def test_it_begins_and_ends_on_its_days(cast):
    begins = today() + timedelta(days=3)
    page = name(cast, begins=f"{begins:%d/%m/%Y}")
    assert "Nia Évans stands in for Max Adeyemi from" in page.text
    assert cast.nia.open(f"/mentor/{cast.who('tess').id}").status == 404 and "stands in" not in cast.tess.open("/").document.text


@pytest.mark.parametrize(
    "fields, problem",
    [
        ({"called": "Choose"}, "Choose who stands in."),
        ({"begins": ""}, "Write the first day."),
        ({"begins": "01/01/2021"}, "That day is past. Write today, or a day to come."),
        ({"begins": "soon"}, "Write the date as"),
        ({"ends": "01/01/2021"}, "Write a day to come, after the first."),
    ],
)
def test_a_mistake_is_said_and_what_was_typed_comes_back(cast, fields, problem):
    page = name(cast, **fields)
    assert page.problems[0].startswith(problem) and deputies.latest(cast.records, cast.who("max").id) is None
    for field, typed in fields.items():
        assert field == "called" or page.field(field).get("value") == typed
    for who in ("999", "x", "-1", str(cast.who("tess").id), str(cast.who("max").id)):
        page = cast.lou.send(f"{page_of(cast, 'max')}/deputy", {"deputy": who, "begins": f"{today():%d/%m/%Y}"})
        assert page.problems == ["That person is no mentor any more; choose another."]


def test_what_another_lead_said_meanwhile_is_shown(cast):
    cast.lou.open(f"{page_of(cast, 'max')}/deputy")
    kit = cast.add("Kit Osei", Role.LEAD)
    with transaction(cast.records):
        deputies.say(cast.records, cast.who("max").id, kit.id, today(), None, by=kit.id, now=datetime.now(UTC))
    page = cast.lou.press("Save the deputy", deputy="Nia Évans")
    assert "Kit Osei changed it today" in page.text and "until it is taken back" in page.text
    assert deputies.latest(cast.records, cast.who("max").id).deputy_id == kit.id
    assert "Saved. Nia Évans stands in" in cast.lou.press("Save the deputy").text


def test_leads_are_told_when_a_deputy_leaves(cast):
    name(cast)
    page = cast.lou.open(f"{page_of(cast, 'nia')}/deactivate")
    assert "Nia stands in for Max Adeyemi no longer, and nobody does until you name another." in page.text
    page = cast.lou.press("End Nia’s account", follower="Nobody at present")
    assert "deputy for Max Adeyemi, for whom nobody stands in now" in page.text
    page = cast.lou.open("/school/overview")
    assert "Nobody stands in for Max Adeyemi any more: Max Adeyemi or Nia Évans had left, or was no mentor for a time." in page.text
    assert "stands in" not in cast.tess.open("/").document.text
    cast.lou.open(f"{page_of(cast, 'max')}/deputy")
    cast.lou.press("Save the deputy", deputy="Nobody")
    assert "Nobody stands in for Max" not in cast.lou.open("/school/overview").text


def test_only_mentors_have_deputies_and_only_leads_name_them(cast):
    assert cast.lou.open(f"{page_of(cast, 'tess')}/deputy").status == 404
    assert cast.max.open(f"{page_of(cast, 'max')}/deputy").status == 404
    assert not cast.lou.open(page_of(cast, "tess")).has_link("Name a deputy")


def test_two_named_alike_are_told_apart(cast):
    with transaction(cast.records):
        for number in range(2):
            details = Details(f"jo{number}@wrenfield.example", "Jo Smith", Role.MENTOR)
            people.add(cast.records, details, now=datetime.now(UTC))
    offered = [each.text for each in cast.lou.open(f"{page_of(cast, 'max')}/deputy").field("deputy").all("option")]
    assert {"Jo Smith, jo0@wrenfield.example", "Jo Smith, jo1@wrenfield.example", "Nia Évans"} <= set(offered)
