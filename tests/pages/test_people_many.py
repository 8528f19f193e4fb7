"""Many people at once: chosen in the list, shown from what to what, then done, without a script."""

from datetime import UTC, date, datetime, timedelta

import pytest

from induction.records.people import history, people
from induction.records.people.person import Details
from induction.records.store.database import transaction
from induction.rules.roles import Role
from induction.web.school import people_many
from tests.walking import walk

LIST, MANY = "/school/people", "/school/people/many"
ALREADY = "That is how it stands already. Nothing more was changed."


def choose(cast, who, deed, **more):
    """Lou ticks people in the list and goes on."""
    cast.lou.open(LIST)
    return cast.lou.press("Go on", who=[str(cast.who(each).id) for each in who], do=deed, **more)


def rows(page):
    return {tr.all("th")[0].text: [td.text for td in tr.all("td")] for tr in page.main.all("tr")[1:]}


def test_ticked_then_chosen_then_shown_then_done(cast):
    page = choose(cast, ["sam", "tess"], "set their mentor")
    assert page.heading == "Set the mentor of 2 people" and "Sam Price and Tess Okafor." in page.text
    assert "Whoever follows reads none of it, and can ask." in page.text and not page.main.all("table")
    page = cast.lou.press("Show what changes", mentor="Lou Hartley")
    assert rows(page) == {"Sam Price": ["Nia Évans", "Lou Hartley"], "Tess Okafor": ["Max Adeyemi", "Lou Hartley"]}
    assert cast.who("sam").mentor_id == cast.who("nia").id, "so far it was only looked at"
    page = cast.lou.press("Give 2 people Lou Hartley as mentor")
    assert page.way == [(303, LIST)] and "Done. 2 people have Lou Hartley as mentor." in page.text
    for who in ("sam", "tess"):
        assert cast.who(who).mentor_id == cast.who("lou").id
        assert history.entries(cast.records, cast.who(who).id)[-1].by_name == "Lou Hartley"


def test_a_date_and_none(cast):
    choose(cast, ["sam", "tess"], "set their date")
    assert cast.lou.press("Show what changes").problems == ["Write the date, or tick that there is none."]
    assert cast.lou.press("Show what changes", due="yesterday or so").problems
    assert cast.lou.page.field("due").get("value") == "yesterday or so", "what was typed comes back"
    page = cast.lou.press("Show what changes", due="4 December 2099")
    assert rows(page)["Sam Price"] == ["no date", "Friday 4 December 2099"]
    cast.lou.press("Set Friday 4 December 2099 for 2 people")
    assert cast.who("tess").due == date(2099, 12, 4) == cast.who("sam").due
    choose(cast, ["sam", "tess"], "set their date")
    assert "not both" in cast.lou.press("Show what changes", due="04/12/2099", none="No date").problems[0]
    cast.lou.press("Show what changes", due="", none="No date")
    assert "2 people have no date." in cast.lou.press("Take the date from 2 people").text and cast.who("tess").due is None


def test_a_course(cast):
    choose(cast, ["sam"], "set their course")
    title = next(course.title for course in cast.programme.by_name)
    page = cast.lou.press("Show what changes", course=title)
    assert rows(page)["Sam Price"] == ["What everyone is given", title]
    cast.lou.press("Give 1 person this course")
    assert cast.who("sam").course == cast.programme.by_name[0].slug


def crowd(cast, count):
    with transaction(cast.records):
        for number in range(count):
            details = Details(f"new{number}@wrenfield.example", f"New {number:03}", Role.TEACHER)
            people.add(cast.records, details, now=datetime.now(UTC))


def test_all_on_this_page_and_all_that_are_found(cast):
    crowd(cast, 60)
    page = cast.lou.open(f"{LIST}?show=no-mentor&search=new")
    assert [each.text for each in page.field("whom").all("option")] == ["those ticked", "all 50 on this page", "all 60 that are found"]
    assert cast.lou.press("Go on", whom="page", do="set their mentor").heading == "Set the mentor of 50 people"
    cast.lou.open(f"{LIST}?show=no-mentor&search=new&page=2")
    assert cast.lou.press("Go on", whom="page", do="set their mentor").heading == "Set the mentor of 10 people"
    cast.lou.open(f"{LIST}?show=no-mentor&search=new")
    page = cast.lou.press("Go on", whom="found", do="set their mentor")
    assert page.heading == "Set the mentor of 60 people"
    page = cast.lou.press("Show what changes", mentor="Nia Évans")
    assert len(rows(page)) == 60
    page = cast.lou.press("Give 60 people Nia Évans as mentor")
    assert page.path == f"{LIST}?show=no-mentor&search=new" and "Nobody fits that." in page.text
    assert len(people.teachers_of(cast.records, cast.who("nia").id)) == 61


def test_more_than_one_deed_takes_are_refused_in_words(cast, monkeypatch):
    crowd(cast, 5)
    monkeypatch.setattr(people_many, "MOST", 4)
    page = cast.lou.open(f"{MANY}?do=due&whom=found&search=new")
    assert "That is 5 people. Choose at most" in page.text and page.has_link("Back to the list")


def test_nobody_chosen(cast):
    page = choose(cast, [], "set their mentor")
    assert page.heading == "Nobody is chosen" and "Tick people in the list" in page.text
    for nonsense in ("who=0", "who=x-y", "who=999999", "who=" + "9" * 400, "whom=page&page=x&show=left&search=zzz"):
        assert cast.lou.open(f"{MANY}?do=mentor&{nonsense}").heading == "Nobody is chosen"
    assert cast.lou.open(MANY).is_at(LIST) and cast.lou.open(f"{MANY}?do=everything&who=1").status == 404
    assert cast.lou.open(f"{MANY}?do=mentor&of=999").status == 404


def test_what_another_changed_meanwhile_is_shown_and_then_done(cast):
    choose(cast, ["sam", "tess"], "set their mentor")
    cast.lou.press("Show what changes", mentor="Lou Hartley")
    kit = cast.add("Kit Osei", Role.LEAD)
    with transaction(cast.records):
        people.update(cast.records, cast.who("sam").id, mentor_id=cast.who("max").id, by=kit.id, now=datetime.now(UTC))
    page = cast.lou.press("Give 2 people Lou Hartley as mentor")
    assert "Kit Osei changed Sam Price after you had opened this page." in page.text
    assert rows(page)["Sam Price"] == ["Max Adeyemi", "Lou Hartley"] and cast.who("tess").mentor_id == cast.who("max").id
    assert "Done." in cast.lou.press("Give 2 people Lou Hartley as mentor").text


def test_pressed_twice_it_is_done_once(cast):
    choose(cast, ["sam", "tess"], "set their mentor")
    cast.lou.press("Show what changes", mentor="Lou Hartley")
    path, values, _ = cast.lou.filled("Give 2 people Lou Hartley as mentor")
    cast.lou.send(path, values, token=False)
    once = cast.all_that_is_kept()
    assert ALREADY in cast.lou.send(path, values, token=False).text and cast.all_that_is_kept() == once


def test_a_mentor_who_left_meanwhile_is_nobody_to_choose(cast):
    choose(cast, ["tess"], "set their mentor")
    cast.lou.press("Show what changes", mentor="Nia Évans")
    path, values, _ = cast.lou.filled("Give 1 person Nia Évans as mentor")
    cast.lou.open(f"/school/people/{cast.who('nia').id}/deactivate")
    cast.lou.press("End Nia’s account", follower="Nobody at present")
    page = cast.lou.send(path, values, token=False)
    assert page.problems == ["That person is no mentor any more; choose another."] and cast.who("tess").mentor_id == cast.who("max").id


def test_who_stays_as_they_are_is_said(cast):
    choose(cast, ["max", "nia", "tess"], "set their mentor")
    page = cast.lou.press("Show what changes", mentor="Max Adeyemi")
    assert rows(page)["Max Adeyemi"][1] == "stays: nobody is their own mentor"
    assert rows(page)["Tess Okafor"][1] == "stays: that is so already"
    cast.lou.press("Give 1 person Max Adeyemi as mentor")
    page = cast.lou.open(f"{MANY}?do=mentor&go=1&mentor={cast.who('max').id}&who={cast.who('nia').id}")
    assert "Nothing would change: all of them stand so already." in page.text and not page.has_button("Give 0 people")


# Ending


def test_ending_many_asks_who_follows_for_the_mentors_among_them(cast):
    page = choose(cast, ["max", "sam", "nia"], "end their accounts")
    assert page.heading == "End the accounts of 3 people" and "Who mentors Tess Okafor from now on, after Max Adeyemi?" in page.text
    assert not page.has_button("End 3 accounts") and "after Nia" not in page.text, "Sam leaves too"
    name = f"follower-{cast.who('max').id}"
    assert [each.text for each in page.field(name).all("option")] == ["Choose", "Nobody at present", "Lou Hartley"]
    assert cast.lou.press("Show what changes").problems == ["Choose who follows, or nobody at present. (Max Adeyemi)"]
    page = cast.lou.press("Show what changes", **{name: "Lou Hartley"})
    assert rows(page)["Tess Okafor"] == ["mentored by one of them", "mentor: Lou Hartley"] and cast.who("sam").active
    page = cast.lou.press("End 3 accounts")
    assert "3 people can’t sign in any more." in page.text and cast.who("tess").mentor_id == cast.who("lou").id
    assert not any(cast.who(each).active for each in ("max", "sam", "nia"))
    assert cast.lou.open(f"/school/people/{cast.who('max').id}").has_button("Take it back")


def test_the_last_lead_stays(cast):
    choose(cast, ["sam", "lou"], "end their accounts")
    page = cast.lou.press("End 2 accounts")
    assert "This is the only lead who can sign in." in page.text and cast.who("sam").active and cast.who("lou").active


def test_ending_those_without_teachers_asks_nothing(cast):
    page = choose(cast, ["sam", "tess"], "end their accounts")
    assert rows(page)["Sam Price"] == ["teacher, here", "has left"]
    path, values, _ = cast.lou.filled("End 2 accounts")
    assert "Done." in cast.lou.send(path, values, token=False).text
    assert ALREADY in cast.lou.send(path, values, token=False).text


# Handing all of somebody's teachers to another


def test_all_of_a_mentors_teachers_go_to_another(cast):
    cast.add("Ivy Brook", mentor="max", due=date.today() + timedelta(days=9))
    max_page = f"/school/people/{cast.who('max').id}"
    cast.lou.open(max_page)
    page = cast.lou.press("Hand them all to another")
    assert page.heading == "Hand Max Adeyemi’s teachers to another"
    assert "Max Adeyemi" not in [each.text for each in page.field("mentor").all("option")]
    cast.lou.press("Show what changes", mentor="Nia Évans")
    page = cast.lou.press("Give 2 people Nia Évans as mentor")
    assert page.path == max_page and "Max mentors nobody at present." in page.text and not page.has_link("Hand them all to another")
    assert {cast.who(each).mentor_id for each in ("tess", "ivy")} == {cast.who("nia").id}
    assert cast.lou.open(f"{MANY}?do=mentor&of={cast.who('max').id}").heading == "Nobody is chosen"


def test_whoever_follows_reads_nothing_that_was_shared_with_the_one_before(cast):
    walk(cast, "tess", "friend-requests")
    cast.tess.open("/attempts/1")
    cast.tess.press("Share these choices with my mentor")
    tess = f"/mentor/{cast.who('tess').id}"
    assert "What Tess shares" in cast.max.open(tess).text
    cast.lou.open(f"{MANY}?do=mentor&go=1&of={cast.who('max').id}&mentor={cast.who('nia').id}")
    cast.lou.press("Give 1 person Nia Évans as mentor")
    assert "What Tess shares" not in cast.nia.open(tess).text and cast.max.open(tess).status == 404


@pytest.mark.parametrize("who", ["max", "tess"])
def test_it_is_there_for_leads_alone(cast, who):
    assert getattr(cast, who).open(f"{MANY}?do=end&who=1").status == 404
