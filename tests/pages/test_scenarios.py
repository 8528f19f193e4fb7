"""The teacher's way through scenarios: every answer saved, the first one kept, and nothing told beforehand."""

import json
import re
from datetime import UTC, datetime

import pytest

from induction.content.model import Rating
from induction.records.school import school
from induction.records.store.database import transaction
from tests.cast import COURSE, SCHOOL
from tests.walking import answer, start, walk

LESSON = "friend-requests"


def now_asked(cast, who="tess"):
    return cast.attempts_of(who)[0]


def test_starting_leads_to_the_attempt(cast):
    page = start(cast.tess, LESSON)
    assert page.way == [(303, "/attempts/1")]
    assert page.heading and len(page.options()) >= 2 and page.has_button("Answer")


def test_starting_again_goes_on_with_the_open_attempt(cast):
    start(cast.tess, LESSON)
    answer(cast, cast.tess, "tess")
    again = start(cast.tess, LESSON)
    assert again.is_at("/attempts/1") and len(cast.attempts_of("tess")) == 1
    assert len(now_asked(cast).answers) == 1


def test_an_answer_is_saved_and_leads_to_what_follows(cast):
    page = start(cast.tess, LESSON)
    page = answer(cast, cast.tess, "tess")
    assert page.way == [(303, "/attempts/1/1")] and page.heading == "What follows"
    kept = now_asked(cast).answers
    assert len(kept) == 1 and kept[0].rating is Rating.BEST
    assert cast.tess.press("Next").is_at("/attempts/1")


def test_it_goes_on_at_the_same_scene_on_another_device(cast):
    start(cast.tess, LESSON)
    answer(cast, cast.tess, "tess")
    here = cast.tess.press("Next")
    elsewhere = cast.sign_in("tess")
    there = start(elsewhere, LESSON)
    assert (there.heading, there.options()) == (here.heading, here.options())


def test_choosing_nothing_asks_again(cast):
    page = start(cast.tess, LESSON)
    shown = page.heading
    page = cast.tess.press("Answer")
    assert (page.status, page.problems, page.heading) == (200, ["Choose what you would do"], shown)
    assert page.title.startswith("Not sent yet")
    assert now_asked(cast).answers == ()


def test_back_and_another_choice_never_changes_the_first(cast):
    page = start(cast.tess, LESSON)
    values = [value for value, _ in page.options()]
    first = cast.tess.send("/attempts/1", {"option": values[0]})
    kept = now_asked(cast).answers
    for again in (values[0], values[1], values[:2]):
        page = cast.tess.send("/attempts/1", {"option": again})
        assert page.way == [(303, "/attempts/1/1")]
        assert page.text == first.text
    assert now_asked(cast).answers == kept


def test_a_second_tab_on_an_older_scene_shows_what_is_stored(cast):
    page = start(cast.tess, LESSON)
    old_tab = page.options()[0][0]
    answer(cast, cast.tess, "tess")
    cast.tess.press("Next")
    answer(cast, cast.tess, "tess")
    page = cast.tess.send("/attempts/1", {"option": old_tab})
    assert page.way == [(303, "/attempts/1/1")]
    assert len(now_asked(cast).answers) == 2


def test_the_same_step_after_the_end_shows_what_is_stored(cast):
    page = start(cast.tess, LESSON)
    first = page.options()[0][0]
    walk(cast, "tess", LESSON)
    before = cast.attempts_of("tess")
    assert cast.tess.send("/attempts/1", {"option": first}).way == [(303, "/attempts/1/1")]
    assert cast.tess.send("/attempts/1", {"option": "99.nowhere.1"}).way == [(303, "/attempts/1")]
    assert cast.attempts_of("tess") == before


def test_a_step_that_is_not_answered_yet_is_not_there(cast):
    start(cast.tess, LESSON)
    assert cast.tess.open("/attempts/1/1").status == 404
    cast.tess.open("/attempts/1")
    answer(cast, cast.tess, "tess")
    assert [cast.tess.open(f"/attempts/1/{step}").status for step in (1, 2, 10**17)] == [200, 404, 404]


def test_an_option_of_another_scene_is_refused_in_words(cast):
    page = start(cast.tess, "following-pupils")  # each of its scenes asks for one answer
    good = page.options()[0][0]
    step, scene, _ = good.split(".")
    for wrong in (f"{step}.elsewhere.1", f"{step}.{scene}.99", f"2.{scene}.1", "best", "1", f"{good} ", "9" * 5000):
        page = cast.tess.send("/attempts/1", {"option": wrong})
        assert page.status in (200, 400) and page.heading and page.problems, wrong
    assert cast.tess.send("/attempts/1", {"option": [good, f"{step}.{scene}.2"]}).status == 400, "two of one"
    assert now_asked(cast).answers == ()


def test_the_server_decides_rating_mark_person_and_time(cast):
    page = start(cast.tess, LESSON)
    unwise = min(
        (value for value, _ in page.options()),
        key=lambda value: -list(Rating).index(rating_of(cast, value)),
    )
    made_up = {"option": unwise, "rating": "best", "mark": "1", "percent": "100", "passed": "1", "person": "1"}
    cast.tess.send("/attempts/1", {**made_up, "at": "1970-01-01", "step": "7", "version": "x", "role": "lead"})
    kept = now_asked(cast).answers[0]
    assert kept.rating is rating_of(cast, unwise) is not Rating.BEST
    assert (datetime.now(UTC) - kept.at).total_seconds() < 60
    assert now_asked(cast).person_id == cast.who("tess").id
    assert cast.attempts_of("sam") == []


def rating_of(cast, value):
    _, scene, number = value.split(".")
    quiz = cast.programme.attempted(cast.attempts_of("tess")[0])
    scenes = {word: each for scenario in quiz.scenarios.values() for word, each in scenario.scenes.items()}
    return scenes[scene].options[int(number) - 1].rating


def test_nothing_tells_the_judgement_before_the_answer_is_saved(cast):
    """No rating, feedback or mark in the page, its attributes included; options in the order of the file."""
    page = start(cast.tess, LESSON)
    for _ in range(40):
        if not page.options():
            break
        quiz = cast.programme.attempted(now_asked(cast))
        scene = page.options()[0][0].split(".")[1]
        shown = next(each[scene] for each in (s.scenes for s in quiz.scenarios.values()) if scene in each)
        within = page.html.partition("<main")[2]
        for option in shown.options:
            words = re.sub(r"<[^>]+>", " ", option.feedback)
            longest = max((piece.strip() for piece in words.split(".")), key=len)
            assert longest not in within
        assert not re.search(r"\b(breach|poor|rating|i-best|i-fine|i-poor|over the line)\b", within.lower())
        assert [set(each.attrs) for each in page.document.all("input") if each.get("name") == "option"] == [
            {"type", "id", "name", "value"}
        ] * len(shown.options)
        answer(cast, cast.tess, "tess")
        page = cast.tess.press("Next")
    assert now_asked(cast).finished_at


def test_the_download_of_my_record_tells_nothing_beforehand_either(cast):
    start(cast.tess, LESSON)
    answer(cast, cast.tess, "tess")
    everything = json.loads(cast.tess.open("/record/export").body)
    assert [each["lesson"] for each in everything["lesson_versions"]] == [LESSON] and "quiz" not in everything
    assert "[best]" not in json.dumps(everything)
    quiz = cast.programme.attempted(now_asked(cast))
    given = now_asked(cast).answers[0]
    labels = [option.label for option in quiz.scenarios[given.scenario].scenes[given.scene].options]
    assert everything["attempts"][0]["answers"][0]["words"] == [labels[number - 1] for number in given.chosen]


@pytest.mark.parametrize("who", ["max", "nia", "lou", "sam"])
def test_an_attempt_is_nobody_elses(cast, who):
    page = start(cast.tess, LESSON)
    value = page.options()[0][0]
    answer(cast, cast.tess, "tess")
    browser, before = getattr(cast, who), cast.attempts_of("tess")
    missing = browser.open("/attempts/999")
    for path in ("/attempts/1", "/attempts/1/1"):
        page = browser.open(path)
        assert (page.status, page.text) == (404, missing.text)
    for path in ("/attempts/1", "/attempts/1/share", "/attempts/1/another"):
        assert browser.send(path, {"option": value, "share": "yes"}).status == 404
    assert cast.attempts_of("tess") == before


# Words and policy that change in the middle


def test_an_attempt_goes_on_with_the_policy_it_began_with(cast):
    start(cast.tess, LESSON)
    began = now_asked(cast)
    answer(cast, cast.tess, "tess")
    before = cast.tess.open("/attempts/1/1").text
    facets = cast.programme.library.facets
    for facet in facets.values():
        cast.choose(**{facet.name.replace("-", "_"): facet.stances[-1].name})
    with transaction(cast.records):
        school.save(cast.records, **{**SCHOOL, "name": "Another Name"})
    assert cast.tess.open("/attempts/1/1").text == before
    cast.tess.press("Next")
    walk(cast, "tess", LESSON)
    ended = now_asked(cast)
    assert ended.passed and (ended.quiz_version, ended.policy_version) == (began.quiz_version, 0)
    walk(cast, "tess", LESSON)
    assert now_asked(cast).quiz_version != began.quiz_version and now_asked(cast).policy_version > 0


# Default stance


def test_until_the_school_decides_nothing_is_called_its_policy(cast):
    page = cast.tess.open("/policy")
    assert page.heading == "The rules that apply"
    assert "Until Wrenfield School decides: the cautious rule" in page.text
    walk(cast, "tess", LESSON)
    met = [cast.tess.open(f"/attempts/1/{step + 1}").text for step in range(len(now_asked(cast).answers))]
    lessons = [cast.tess.open(f"/courses/{COURSE}/{lesson.slug}").text for lesson in cast.programme.library.courses[COURSE].lessons]
    for text in [page.text, *met, *lessons]:
        assert "Our policy at" not in text and "our policy asks" not in text.lower()
    assert any("Until Wrenfield School decides: the cautious rule" in text for text in lessons)
    record = cast.tess.open("/record").text
    assert "Judged under the cautious rule, before we had a policy" in record
    assert cast.completions_of("tess")[0].policy_version == 0


def test_what_the_school_chose_is_called_its_policy(cast):
    facet = next(iter(cast.programme.library.facets.values()))
    cast.choose(**{facet.name.replace("-", "_"): facet.stances[0].name})
    page = cast.tess.open("/policy")
    assert page.heading == "Our policy" and facet.stances[0].says in page.text
    walk(cast, "tess", LESSON)
    assert "Judged under version 1 of our policy" in cast.tess.open("/record").text


# A scenario one would rather not meet


def drawn_first(cast, word, lesson):
    """An open attempt whose first scenario is `word`."""
    page = start(cast.tess, lesson)
    drawn = now_asked(cast).drawn
    with transaction(cast.records):
        changed = (word, *(each for each in drawn if each != word))[: len(drawn)]
        cast.records.execute("update attempts set drawn = ? where id = 1", [json.dumps(changed)])
    return cast.tess.open(page.path)


def test_a_scenario_with_a_warning_says_so_and_can_be_put_off(cast):
    page = drawn_first(cast, "just-checking", "following-pupils")
    assert "This one is about self-harm" in page.text and "My record says that you did; nobody else reads it." in page.text
    asked = now_asked(cast).drawn
    page = cast.tess.press("Another one instead")
    assert page.way == [(303, "/attempts/1")] and "self-harm" not in page.text
    drawn = now_asked(cast).drawn
    assert drawn[0] != "just-checking" and len(drawn) == len(asked)
    [told] = json.loads(cast.tess.open("/record/export").body)["attempts"][0]["put_off"]
    assert (told["scenario"], told["instead"]) == ("just-checking", drawn[0]) and told["at"]
    assert "You put off: Just checking. Nobody else reads that." in cast.tess.open("/record").text
    for browser, path in ((cast.max, f"/mentor/{cast.who('tess').id}"), (cast.lou, "/school/overview")):
        assert "put off" not in browser.open(path).text.lower()


def themes_of(cast, words):
    quiz = cast.programme.attempted(now_asked(cast))
    return [theme for word in words for theme in quiz.scenarios[word].themes]


@pytest.mark.parametrize("lesson", ["when-a-child-may-be-at-risk", "when-you-are-the-target", "where-the-line-is"])
def test_whoever_puts_off_all_they_can_is_asked_as_many_and_the_same_themes(cast, lesson):
    page = start(cast.tess, lesson)
    first, presses = now_asked(cast).drawn, 0
    for _ in range(100):
        if not page.options():
            break
        if page.has_button("Another one instead"):
            presses += 1
            page = cast.tess.press("Another one instead")
            continue
        answer(cast, cast.tess, "tess")
        page = cast.tess.press("Next")
    ended = now_asked(cast)
    assert ended.finished_at and len(ended.drawn) == len(set(ended.drawn)) == len(first)
    assert set(themes_of(cast, ended.drawn)) >= set(themes_of(cast, first))
    danger = [themes_of(cast, words).count("child-in-danger") for words in (first, ended.drawn)]
    assert danger[1] >= min(danger[0], 1)
    assert {answer.scenario for answer in ended.answers} == set(ended.drawn)
    put_off = json.loads(cast.tess.open("/record/export").body)["attempts"][0]["put_off"]
    assert len(put_off) == presses
    warned = [word for word in first if cast.programme.attempted(ended).scenarios[word].warn]
    assert presses or set(warned) <= {first[-1]}, "the last stays where it is, if there is no other on its themes"


def test_where_nothing_else_is_left_it_waits_with_kind_words(cast):
    warned = "just-checking"
    page = start(cast.tess, "following-pupils")
    quiz, drawn = cast.programme.attempted(now_asked(cast)), now_asked(cast).drawn
    others = [word for word in drawn if word not in (warned, quiz.scenarios[warned].twin)]
    with transaction(cast.records):
        cast.records.execute("update attempts set drawn = ? where id = 1", [json.dumps([warned, *others][: len(drawn)])])
    assert [word for word, each in quiz.scenarios.items() if "child-in-danger" in each.themes] == [warned]
    page = cast.tess.open("/attempts/1")
    page = cast.tess.press("Another one instead")
    assert "That one comes later, as the last." in page.text and now_asked(cast).drawn[-1] == warned
    while "self-harm" not in page.text:
        answer(cast, cast.tess, "tess")
        page = cast.tess.press("Next")
    assert not page.has_button("Another one instead")
    assert "It can wait: leave, and come back to it later. What you have answered is kept." in page.text
    assert page.has_link("leave, and come back to it later") and page.has_link("Help now")
    before = now_asked(cast)
    cast.tess.send("/attempts/1/another", {"scenario": warned})
    assert now_asked(cast) == before


def test_pressed_twice_it_puts_off_one(cast):
    drawn_first(cast, "look-what-he-sent", "when-a-child-may-be-at-risk")
    for _ in range(3):
        cast.tess.send("/attempts/1/another", {"scenario": "look-what-he-sent"})
    [told] = json.loads(cast.tess.open("/record/export").body)["attempts"][0]["put_off"]
    assert told["scenario"] == "look-what-he-sent"


@pytest.mark.parametrize(
    "fields", [{}, {"scenario": "sunday-night"}, {"scenario": ["x", "y"]}, {"scenario": b"\xff\x00"}, {"scenario": "x" * 50_000}]
)
def test_a_form_that_names_another_scenario_puts_off_nothing(cast, fields):
    drawn_first(cast, "just-checking", "following-pupils")
    before = now_asked(cast).drawn
    assert cast.tess.send("/attempts/1/another", fields).status == 200
    assert now_asked(cast).drawn == before


def test_another_one_is_for_scenarios_with_a_warning_alone(cast):
    drawn_first(cast, "do-we-follow-back", "following-pupils")
    before = now_asked(cast).drawn
    cast.tess.send("/attempts/1/another", {"scenario": "do-we-follow-back"})
    assert now_asked(cast).drawn == before


def test_a_scenario_once_answered_is_not_swapped(cast):
    drawn_first(cast, "just-checking", "following-pupils")
    answer(cast, cast.tess, "tess")
    before = now_asked(cast).drawn
    cast.tess.send("/attempts/1/another", {"scenario": "just-checking"})
    assert now_asked(cast).drawn == before


# All that apply


def test_all_that_apply_takes_several(cast):
    page = drawn_first(cast, "a-quiet-half-hour", LESSON)
    assert "Choose all that apply" in page.text
    assert {each.get("type") for each in page.document.all("input") if each.get("name") == "option"} == {"checkbox"}
    assert cast.tess.press("Answer").problems == ["Choose what you would do"]
    page = answer(cast, cast.tess, "tess")
    kept = now_asked(cast).answers[0]
    assert len(kept.chosen) > 1 and kept.rating is Rating.BEST and "Taken together" in page.text


# The result


def test_passing_completes_the_lesson_once(cast):
    page = walk(cast, "tess", LESSON)
    assert page.heading == "Passed" and page.has_button("Try again") and page.has_link("Continue")
    made = cast.completions_of("tess")
    assert [(each.course, each.lesson, each.percent, each.attempts) for each in made] == [(COURSE, LESSON, 100, 1)]
    walk(cast, "tess", LESSON)
    assert cast.completions_of("tess") == made


def test_failing_completes_nothing_and_says_what_to_do(cast):
    page = walk(cast, "tess", LESSON, wisely=False)
    assert page.heading.startswith(("Not yet", "Nearly there")) and page.has_button("Try again")
    assert "no choice that crosses the line" in page.text
    assert cast.completions_of("tess") == []
    page = cast.tess.press("Try again")
    assert page.is_at("/attempts/2") and page.options()
    walk(cast, "tess", LESSON)
    assert cast.completions_of("tess")[0].attempts == 2


def test_a_new_try_asks_first_what_was_not_judged_best(cast):
    walk(cast, "tess", LESSON, wisely=False)
    twins = {word: each.twin or word for word, each in cast.programme.attempted(now_asked(cast)).scenarios.items()}
    unwise = now_asked(cast).drawn
    start(cast.tess, LESSON)
    assert set(now_asked(cast).drawn) == {twins[word] for word in unwise}, "of twins the other one"


def test_the_course_is_complete_when_all_its_lessons_are(cast):
    lessons = [lesson.slug for lesson in cast.programme.library.courses[COURSE].lessons]
    for lesson in reversed(lessons):  # in any order
        assert all(each.lesson for each in cast.completions_of("tess"))
        page = walk(cast, "tess", lesson)
    assert "the course is complete" in page.text
    assert sorted(each.lesson for each in cast.completions_of("tess")) == sorted(["", *lessons])
    page = walk(cast, "tess", lessons[0])
    assert page.heading == "Passed" and "the course is complete" not in page.text, "that was another try"
    assert "the course is complete" not in cast.tess.open("/attempts/1").text, "nor did the first lesson complete it"
    assert len(cast.completions_of("tess")) == len(lessons) + 1
    assert cast.tess.open("/").heading == "You have finished"
