"""Somebody leaves: asked first, undone for a week, brought back later; and what their page shows."""

from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

from induction.records.people import people
from induction.records.people.one_time_links import LinkKind
from induction.records.people.person import Details
from induction.records.store.database import transaction
from induction.rules.roles import Role
from induction.services import people as deeds
from tests.cast import PASSWORD


def person(cast, who):
    return f"/school/people/{cast.who(who).id}"


def end(cast, who, **fields):
    cast.lou.open(person(cast, who))
    cast.lou.press(f"End {who.capitalize()}’s account")
    return cast.lou.press(f"End {who.capitalize()}’s account", **fields)


def test_it_is_asked_first_what_goes_and_what_stays(cast):
    cast.lou.open(person(cast, "max"))
    page = cast.lou.press("End Max’s account")
    assert page.path == f"{person(cast, 'max')}/deactivate" and cast.who("max").active, "a look changes nothing"
    for words in ("What goes", "Max mentors Tess Okafor no longer.", "What stays", "lessons, answers", "taken back for a week"):
        assert words in page.text
    assert page.has_link("Leave it as it is")
    own = cast.lou.open(f"{person(cast, 'lou')}/deactivate")
    assert "You can no longer sign in" in own.text


def test_it_is_taken_back_from_the_flash(cast):
    page = end(cast, "max", follower="Nia Évans")
    assert page.is_at("/school/people") and "Nia Évans mentors Tess Okafor now." in page.text
    page = cast.lou.press("Take it back")
    assert page.is_at(person(cast, "max")) and "and mentors Tess Okafor again" in page.text
    assert page.has_button("Bring them back"), "both stand on the page"
    page = cast.lou.press("Take it back")
    assert "Max Adeyemi is back, as mentor, with all they had done, and mentors Tess Okafor again." in page.text
    assert "They need a new invitation" in page.text and page.has_button("Make a new invitation")
    assert cast.who("tess").mentor_id == cast.who("max").id
    assert "mentor from Nia Évans to Max Adeyemi" in cast.lou.open(person(cast, "tess")).text
    assert "the account was opened again" in cast.lou.open(person(cast, "max")).text


def test_the_password_of_before_stays_ended(cast):
    token = cast.link(LinkKind.RESET, "max")
    end(cast, "max", follower="Nobody at present")
    cast.lou.open(person(cast, "max"))
    cast.lou.press("Take it back")
    assert cast.try_to_sign_in("max", cast.browser(), PASSWORD).heading == "Sign in"
    assert cast.browser().open(f"/reset/{token}").status == 404


def ended_before(cast, who, ago):
    deeds.end(cast.records, cast.who(who).id, by=cast.who("lou").id, now=datetime.now(UTC) - ago, follower=deeds.NOBODY)


def test_after_a_week_they_are_brought_back(cast):
    ended_before(cast, "sam", timedelta(days=6, hours=23))
    assert cast.lou.open(person(cast, "sam")).has_button("Take it back")
    path, values, _ = cast.lou.filled("Take it back")
    ended_before(cast, "tess", timedelta(days=7))
    page = cast.lou.open(person(cast, "tess"))
    assert not page.has_button("Take it back") and page.has_button("Bring them back")
    page = cast.lou.send(path.replace(str(cast.who("sam").id), str(cast.who("tess").id)), values, token=False)
    assert "Nothing was changed. That was more than a week ago. Bring them back instead." in page.text
    assert not cast.who("tess").active


def test_whoever_left_is_ended_no_second_time(cast):
    page = cast.lou.open(f"{person(cast, 'ana')}/deactivate")
    assert page.path == person(cast, "ana") and "Ana Costa had left before. Nothing was changed." in page.text
    assert cast.lou.open("/school/people/999/deactivate").status == 404


# The page of somebody


def test_it_begins_with_who_they_are_and_how_they_stand(cast):
    cast.tess.open("/")
    text = cast.lou.open(person(cast, "tess")).text
    order = ["Tess Okafor", "Not begun", "Teacher · tess@wrenfield.example", "Lessons passed", "Write to Tess", "Details",
             "How Tess signs in", "Leaving", "Who Tess was"]  # fmt: skip
    places = [text.index(each) for each in order]
    assert places == sorted(places)
    letter = unquote(cast.lou.page.link("Write to Tess").get("href"))
    assert letter.startswith("mailto:tess@wrenfield.example?subject=Your induction at Wrenfield School")


def test_whoever_has_no_password_is_invited_instead(cast):
    cast.add("Ivy Brook")
    page = cast.lou.open(person(cast, "ivy"))
    assert not page.has_link("Write to Ivy") and page.text.index("Make a new invitation") < page.text.index("Details")
    assert "Ivy has not chosen a password yet." in page.text


def test_staff_without_an_induction_to_do_stand_nowhere(cast):
    text = cast.lou.open(person(cast, "lou")).text
    assert "Lessons passed" not in text and "Mentoring" in text
    assert cast.lou.page.link("Write to Lou").get("href") == "mailto:lou@wrenfield.example"


def test_history_is_folded_and_no_digest_stands_on_the_page(cast):
    page = cast.lou.open(person(cast, "tess"))
    [history] = [each for each in page.main.all("details") if each.get("id") == "history"]
    assert "open" not in history.attrs and "Somebody with access to the server added Tess Okafor" in history.text
    assert page.main.all("code") == []


def test_a_name_of_200_letters_and_a_mentor_of_many(cast):
    with transaction(cast.records):
        for number in range(25):
            details = Details(f"n{number}@wrenfield.example", f"New {number:02}", Role.TEACHER, mentor_id=cast.who("max").id)
            people.add(cast.records, details, now=datetime.now(UTC))
        people.update(cast.records, cast.who("max").id, name="W" * 200, now=datetime.now(UTC))
    page = cast.lou.open(person(cast, "max"))
    assert "and 6 more." in page.text and "W" * 200 in page.text
