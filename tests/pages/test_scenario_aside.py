"""A scenario in dispute is put aside where it is read, or where a note says that it is wrong, and taken back."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from induction.records.people.people import add
from induction.records.people.person import Details
from induction.records.progress import attempts, scenario_notes
from induction.records.school import scenarios_aside
from induction.records.store.columns import moment_text
from induction.records.store.database import transaction
from induction.rules import calendar
from induction.rules.roles import Role
from induction.services import scenario_figures
from induction.wording import dates
from tests.cast import COURSE
from tests.services.taking import Taker
from tests.walking import answer, start

LESSON = "friend-requests"
PAGE = f"/school/courses/{COURSE}/{LESSON}"
WORD, TWIN = f"{PAGE}/hockey-sticks", f"{PAGE}/nobody-else"
TODAY = calendar.local(datetime.now(UTC)).date()
SAID = f"Put aside by Lou Hartley on {dates.day(TODAY, TODAY)}: The day is wrong."


def aside(cast):
    return sorted(word for word, _ in scenarios_aside.now(cast.records))


def put_aside(cast, path=WORD, why="The day is wrong."):
    cast.lou.open(path)
    return cast.lou.press("Put it aside", why=why)


def test_it_is_put_aside_from_the_lesson_and_every_page_of_leads_says_so(cast):
    page = cast.lou.open(PAGE)
    assert page.link("Wrong? Put it aside: Hockey sticks").get("href") == WORD
    page = cast.lou.press("Wrong? Put it aside: Hockey sticks")
    assert page.heading == "Hockey sticks" and "Its twin, “Nobody else to ask”, stands in." in page.text
    page = cast.lou.press("Put it aside", why="  The day is wrong. ")
    assert page.way == [(303, f"{PAGE}#scene.hockey-sticks")] and "Put aside. No new attempt asks it;" in page.text
    assert SAID in page.text and page.has_link("Take it back: Hockey sticks")
    for path in ("/school/courses", f"/school/courses/{COURSE}", WORD):
        assert SAID in cast.lou.open(path).text
    assert "1 scenario put aside" in cast.lou.open(f"/school/courses/{COURSE}").text
    assert SAID in cast.lou.open("/school/courses/boundaries-in-ten-minutes/the-essentials").text, "it is asked there too"


def test_it_is_taken_back_with_another_row(cast):
    put_aside(cast)
    cast.lou.open(WORD)
    page = cast.lou.press("Take it back")
    assert page.way[0][0] == 303 and "Taken back. New attempts ask it again." in page.text and aside(cast) == []
    page = cast.lou.open(WORD)
    assert page.has_button("Put it aside") and "Taken back by Lou Hartley" in page.text and "Put aside by Lou Hartley" in page.text


def test_what_somebody_has_drawn_goes_on_and_a_new_attempt_leaves_it_out(cast):
    start(cast.tess, LESSON)
    [attempt] = cast.attempts_of("tess")
    word = attempt.drawn[0]
    put_aside(cast, f"{PAGE}/{word}")
    assert aside(cast) == [word]
    assert cast.tess.open(f"/attempts/{attempt.id}").options()
    following = answer(cast, cast.tess, "tess")
    assert following.heading == "What follows"
    [same] = cast.attempts_of("tess")
    assert same.drawn == attempt.drawn and same.answers[0].scenario == word
    start(cast.sam, LESSON)
    assert word not in cast.attempts_of("sam")[0].drawn


def test_of_a_pair_one_stays(cast):
    put_aside(cast)
    page = put_aside(cast, TWIN, "This one too.")
    assert page.status == 200 and page.title.startswith("Not put aside")
    assert page.problems == [
        "Its twin, “Hockey sticks”, is put aside already, and one of the two stays, so that what they are about is asked. "
        "Take that one back first, or have both mended."
    ]
    assert page.field("why").text == "This one too." and aside(cast) == ["hockey-sticks"]


@pytest.mark.parametrize(("why", "problem"), [("", "Write what is wrong with it."), (" \n", "Write what is wrong with it."),
                                              ("x" * 2001, "Use at most 2,000 characters.")])
def test_a_reason_is_asked_for(cast, why, problem):
    page = put_aside(cast, why=why)
    assert page.problems == [problem] and page.title.startswith("Not put aside yet") and aside(cast) == []
    assert page.field("why").text == " ".join(why.split())


def test_words_that_changed_meanwhile_are_not_put_aside(cast):
    page = cast.lou.send(WORD, {"version": "0" * 64, "aside": "1", "why": "The day is wrong."})
    assert page.title.startswith("Not kept: the scenario changed meanwhile") and aside(cast) == []
    assert page.field("why").text == "The day is wrong."
    assert cast.lou.press("Put it aside").way[0][0] == 303 and aside(cast) == ["hockey-sticks"]


def test_it_is_there_for_leads_alone(cast):
    for browser in (cast.tess, cast.max):
        assert browser.open(WORD).status == 404
        assert browser.send(WORD, {"version": "0" * 64, "aside": "1", "why": "Mine."}).status == 404
    assert cast.browser().open(WORD, follow=False).status == 303
    assert cast.lou.open(f"{PAGE}/nowhere").status == 404 and cast.lou.open(f"{PAGE}/{'x' * 3000}").status == 404
    assert cast.lou.send(f"{PAGE}/nowhere", {"aside": "1", "why": "Gone."}).status == 404
    assert aside(cast) == []


def test_a_lead_finds_what_they_put_aside_in_their_record(cast):
    put_aside(cast)
    [said] = json.loads(cast.lou.open("/record/export").body)["scenarios_put_aside_or_taken_back"]
    assert (said["scenario"], said["what"], said["why"]) == ("hockey-sticks", "put aside", "The day is wrong.")


def test_what_is_in_dispute_is_nothing_to_talk_about_at_the_next_staff_meeting(cast):
    long_ago = datetime.now(UTC) - timedelta(days=30)
    with transaction(cast.records):
        for number in range(10):
            person = add(cast.records, Details(f"t{number}@wrenfield.example", f"Teacher {number}", Role.TEACHER), now=long_ago)
            cast.records.execute("update people set last_seen_at = ? where id = ?", [moment_text(long_ago), person.id])
    for number in range(10):
        Taker(cast.records, cast.programme, cast.who(f"t{number}").id).take(LESSON, wisely=False)
    scenario_figures.count(cast.records, cast.programme.editions, datetime.now(UTC))
    page = cast.lou.open("/school/overview")
    course = cast.programme.library.courses[COURSE]
    quiz = cast.programme.quiz(course, course.lesson(LESSON))
    word = next(each.id for each in quiz.scenarios.values() if each.title in page.text)
    put_aside(cast, f"{PAGE}/{word}")
    after = cast.lou.open("/school/overview").text
    assert quiz.scenarios[word].title not in after and any(each.title in after for each in quiz.scenarios.values())


# From a note

@pytest.fixture
def noted(cast):
    """Tess has sent a note on the scenario that she met first, which has a twin."""
    start(cast.tess, LESSON)
    [attempt] = cast.attempts_of("tess")
    others = [word for word in attempt.drawn if word not in ("hockey-sticks", "nobody-else")]
    with transaction(cast.records):
        attempts.replace_drawn(cast.records, attempt, ("hockey-sticks", *others)[: len(attempt.drawn)])
    cast.tess.open("/attempts/1")
    answer(cast, cast.tess, "tess")
    cast.tess.open("/attempts/1/1/note")
    cast.tess.press("Send the note", words="The day is wrong.")
    cast.word = "hockey-sticks"
    return cast


def test_an_answer_may_say_that_the_scenario_is_wrong_and_put_it_aside(noted):
    noted.lou.open("/school/notes")
    page = noted.lou.press("Answer", words="You are right.", aside="y")
    assert page.way == [(303, "/school/notes")] and "The scenario is put aside: no new attempt asks it." in page.text
    assert aside(noted) == [noted.word]
    folded = next(each for each in page.main.all("details") if each.get("id") == "answered")
    assert "Put aside by Lou Hartley on" in folded.text and page.has_link("Take it back")
    assert "You are right." in noted.tess.open("/record").text


def test_an_answer_without_it_leaves_the_scenario_and_a_link_to_put_it_aside(noted):
    noted.lou.open("/school/notes")
    page = noted.lou.press("Answer", words="It is right.")
    assert aside(noted) == [] and page.link("Put it aside").get("href") == f"{PAGE}/{noted.word}"


def test_where_it_cannot_be_put_aside_the_answer_is_not_lost(noted):
    put_aside(noted, TWIN)
    noted.lou.open("/school/notes")
    page = noted.lou.press("Answer", words="You are right.", aside="y")
    assert page.status == 200 and page.title.startswith("Not answered yet")
    assert page.problems[0].startswith("It can’t be put aside. Its twin,") and page.field("words").text == "You are right."
    assert scenario_notes.find(noted.records, 1).answer is None
    page = noted.lou.press("Answer", aside=[])
    assert page.way and scenario_notes.find(noted.records, 1).answer.words == "You are right."


def test_what_is_aside_already_is_said_beside_its_note(noted):
    put_aside(noted, f"{PAGE}/{noted.word}")
    page = noted.lou.open("/school/notes")
    assert SAID in page.text and not any(each.get("name") == "aside" for each in page.main.all("input"))


def test_a_reason_that_looks_like_markup_is_only_words(cast):
    put_aside(cast, why='"><b>wrong</b> {{ school }}')
    for path in (PAGE, WORD, "/school/courses"):
        assert '"><b>wrong</b> {{ school }}' in cast.lou.open(path).text
    with transaction(cast.records):
        assert cast.records.value("select count(*) from scenarios_aside") == 1
