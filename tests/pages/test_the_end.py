"""A result leads on, the end is a real end, and what was done stands on a page to print."""

from datetime import UTC, datetime

import pytest

from induction.records.people import people
from induction.records.store.database import transaction
from induction.rules import calendar
from induction.services import retakes
from induction.wording import dates
from tests.cast import COURSE
from tests.walking import answer, start, walk

SHORT, ESSENTIALS = "boundaries-in-ten-minutes", "the-essentials"
KEEP = "/induction/finished"


def give_the_short_course(cast, who="tess"):
    with transaction(cast.records):
        people.update(cast.records, cast.who(who).id, course=SHORT, now=datetime.now(UTC))


def finish(cast, who="tess"):
    give_the_short_course(cast, who)
    return walk(cast, who, ESSENTIALS, course=SHORT)


def read_the_policy(cast, who="tess"):
    browser = getattr(cast, who)
    browser.open("/policy")
    return browser.press("I have read and understood it", name=cast.who(who).name)


def today() -> str:
    day = calendar.local(datetime.now(UTC)).date()
    return dates.day(day, day)


# A result leads on


def test_a_lesson_that_was_passed_leads_on_to_the_next(cast):
    page = walk(cast, "tess", "where-the-line-is")
    lesson = cast.programme.library.courses[COURSE].lesson("friend-requests")
    assert f"Lesson 2 of 11 Next: Friend requests, {lesson.minutes} minutes" in page.text
    assert "Then five scenarios, about 4 minutes." in page.text
    assert cast.tess.press("Continue").is_at(f"/courses/{COURSE}/friend-requests")


def test_it_leads_on_to_a_try_that_is_open_at_its_scene(cast):
    start(cast.tess, "messages-and-chat")
    answer(cast, cast.tess, "tess")
    page = walk(cast, "tess", "where-the-line-is")
    assert "Next: Messages and chat, " in page.text and "scenarios left." in page.text.lower()
    page = cast.tess.press("Continue")
    assert page.options() and page.way[0][0] == 303, "a page load less than by way of the lesson"


def test_then_to_the_policy_and_then_to_the_end(cast):
    cast.choose(pupil_contact="none")
    page = finish(cast)
    assert "Next: read our policy About 10 minutes." in page.text
    assert cast.tess.press("Continue").is_at("/policy")
    assert read_the_policy(cast).heading == "You have finished"
    page = cast.tess.open("/attempts/1")
    assert f"You have finished You completed your induction on {today()}." in page.text
    assert cast.tess.press("Continue").heading == "You have finished"


def test_and_to_what_is_asked_again(cast):
    cast.choose(pupil_contact="school-platforms")
    finish(cast)
    read_the_policy(cast)
    for _ in range(3):
        walk(cast, "tess", ESSENTIALS, course=SHORT)
    cast.choose(pupil_contact="none")
    read_the_policy(cast)
    assert retakes.ask_again(cast.records, cast.programme, by=cast.who("lou").id, now=datetime.now(UTC))
    page = cast.tess.open("/attempts/1")
    assert "Asked again, because our policy changed Next: what is asked again" in page.text
    assert "You have finished" not in page.text and cast.tess.open("/").heading == "Hello, Tess"


def test_a_try_that_was_not_passed_leads_back_to_itself(cast):
    page = walk(cast, "tess", "friend-requests", wisely=False)
    assert "Next:" not in page.text and page.has_button("Try again") and not page.has_link("Continue")


@pytest.mark.parametrize("wisely", [True, False])
def test_the_mark_is_said_once_and_small(cast, wisely):
    page = walk(cast, "tess", "friend-requests", wisely=wisely)
    percent = cast.attempts_of("tess")[0].percent
    assert not any(letter.isdigit() for letter in page.heading)
    [mark] = [each for each in page.main.all("p") if f" {percent} of 100" in each.text]
    assert mark.text == f"Your mark: {percent} of 100." and mark.get("class") == "small"


def test_each_scenario_of_a_result_leads_to_what_followed(cast):
    page = walk(cast, "tess", "friend-requests", wisely=False)
    title = next(each.text for each in page.main.all("th") if each.get("scope") == "row")
    page = cast.tess.press(title)
    assert page.heading == "What follows" and f"The situation: {title}" in page.text
    assert cast.tess.press("Next").is_at("/attempts/1")


# The end


def test_home_says_that_one_has_finished_and_what_stays(cast):
    finish(cast)
    page = cast.tess.open("/")
    assert page.heading == "You have finished" and f"You completed your induction on {today()}." in page.text
    assert "How long" not in page.text and "By when" not in page.text
    assert {each.get("href") for each in page.main.all("a")} >= {"/record", "/presence", "/help", KEEP}
    assert "Once our policy is published you are asked to read it." in page.text
    cast.choose(pupil_contact="none")
    page = cast.tess.open("/")
    assert page.heading == "Hello, Tess" and "It was published after you had completed the induction." in page.text
    assert "no new date" in page.text and "no date is set" not in page.text, "she was given one"
    read_the_policy(cast)
    assert "When our policy changes you may be asked to read it again." in cast.tess.open("/").text


@pytest.mark.parametrize("who, home", [("tess", "/"), ("max", "/induction"), ("lou", "/induction")])
def test_the_page_to_print_is_for_whoever_has_finished(cast, who, home):
    browser = getattr(cast, who)
    assert browser.open(KEEP).is_at(home), "something is left"
    finish(cast, who)
    page = browser.open(KEEP)
    assert page.is_at(KEEP) and page.heading == cast.who(who).name
    assert page.link("My induction").get("href") == home
    current = [each.text for each in page.document.all("a") if each.get("aria-current") == "page"]
    assert current == ["Home" if who == "tess" else "My induction"]


def test_the_page_to_print_says_name_courses_lessons_days_and_policy(cast):
    cast.choose(pupil_contact="none")
    finish(cast)
    read_the_policy(cast)
    day = dates.in_full(calendar.local(datetime.now(UTC)).date())
    words = cast.tess.open(KEEP).text
    for said in (
        f"Tess Okafor has completed the staff induction, the last of it on {day}.",
        "School Wrenfield School", "Course Boundaries online in ten minutes",
        f"Our policy Version 1, read and understood on {day}", f"The essentials {day}", "What others can check is the certificate.",
    ):
        assert said in words
    assert "100" not in words, "no marks"


def test_a_policy_that_came_later_does_not_take_the_page_away(cast):
    finish(cast)
    cast.choose(pupil_contact="none")
    page = cast.tess.open(KEEP)
    assert page.is_at(KEEP) and "Our policy Version" not in page.text


# A first policy is not a changed one


def test_scenarios_asked_for_a_first_policy_are_not_said_to_be_asked_for_a_changed_one(cast):
    met = set()
    while not {"get-well", "school-council"} <= met:  # where no contact and school platforms say the opposite
        walk(cast, "tess", "where-the-line-is")
        met |= set(cast.attempts_of("tess")[0].drawn)
    cast.choose(pupil_contact="school-platforms")
    assert retakes.ask_again(cast.records, cast.programme, by=cast.who("lou").id, now=datetime.now(UTC))
    words = cast.tess.open("/").text
    assert "Asked again, because we have a policy now" in words and "changed" not in words


def test_who_reads_a_first_policy_while_another_is_published_is_told_to_read_it_and_not_what_changed(cast):
    cast.choose(pupil_contact="none")
    cast.tess.open("/policy")
    cast.choose(pupil_contact="school-platforms")
    page = cast.tess.press("I have read and understood it", name="Tess Okafor")
    assert "version 2 was published. Read it and say so again." in page.text
    assert page.problems == ["Go to the end of the policy"]
