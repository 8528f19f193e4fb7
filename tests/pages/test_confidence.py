"""Confidence before and after a course: answered or skipped once at each end, and shared only where its owner says so."""

import json
from datetime import UTC, datetime

import pytest

from induction.records import editions
from induction.records.progress import completions, confidence
from induction.records.progress.completions import Completion
from induction.records.store.database import transaction
from induction.rules import calendar
from induction.rules.confidence import Moment
from induction.rules.roles import Role
from induction.services.confidence import Offer, offer
from induction.wording import dates
from tests.cast import COURSE, Cast

PAGE = f"/courses/{COURSE}/confidence"
SHARE = f"{PAGE}/share"
NO, TROUBLE, ME = "about-saying-no", "about-pupil-in-trouble", "about-something-about-me"
TALKS = "Would like to talk about:"
TODAY = dates.short_day(calendar.local(datetime.now(UTC)).date(), calendar.local(datetime.now(UTC)).date())


def complete(cast: Cast, who: str, lessons: int | None = None) -> None:
    """Their first lessons of the course, or all of them."""
    course = cast.programme.library.courses[COURSE]
    with transaction(cast.records):
        for lesson in course.lessons[:lessons]:
            words = cast.programme.lesson_edition(course, lesson)
            editions.keep(cast.records, words, "lesson", datetime.now(UTC))
            completions.complete(cast.records, Completion(
                person_id=cast.who(who).id, course=COURSE, lesson=lesson.slug, version=words.sha256, policy_version=0,
                completed_at=datetime.now(UTC),
            ))


def said(cast: Cast, who: str = "tess") -> dict:
    kept = confidence.of_person(cast.records, cast.who(who).id).get(COURSE)
    return dict(kept.said) if kept else {}


def mentors_page(cast: Cast, browser=None):
    return (browser or cast.max).open(f"/mentor/{cast.who('tess').id}")


def share(cast: Cast, wanted: bool = True):
    cast.tess.open(PAGE)
    return cast.tess.press("Save this choice", share=["y"] if wanted else [])


# Answering


def test_before_the_first_lesson(cast):
    page = cast.tess.open(PAGE)
    assert page.heading == "Before you begin" and "Three questions, one minute" in page.text
    radios = [each for each in page.document.all("input") if each.get("type") == "radio"]
    assert len(radios) == 15 and not any("checked" in each.attrs or "required" in each.attrs for each in radios)
    assert {each.within("fieldset").all("legend")[0].text for each in radios} == {
        question.ask for question in cast.programme.library.courses[COURSE].confidence
    }
    page = cast.tess.press("Save", **{NO: "a little", ME: "fully"})
    assert page.way == [(303, PAGE)] and "Kept. Nobody else sees it unless you share it below." in page.text
    assert said(cast) == {Moment.BEFORE: {"saying-no": 2, "something-about-me": 5}}
    assert "At the start: a little." in page.text and "At the start: left open." in page.text
    assert not page.has_button("Save") and not page.has_button("Skip")


def test_in_between_there_is_nothing_to_answer(cast):
    complete(cast, "tess", 1)
    page = cast.tess.open(PAGE)
    assert "Nothing to answer now" in page.text and not page.has_button("Save")
    page = cast.tess.send(PAGE, {"stage": "before", NO: "1"})
    assert "Nothing was kept: these questions are not open now." in page.text and said(cast) == {}


def test_after_the_last_lesson_it_shows_what_has_changed(cast):
    cast.tess.open(PAGE)
    cast.tess.press("Save", **{NO: "a little", TROUBLE: "mostly", ME: "partly"})
    complete(cast, "tess")
    page = cast.tess.open(PAGE)
    assert page.heading == "At the end" and "The same three questions again" in page.text
    page = cast.tess.press("Save", **{NO: "fully", TROUBLE: "partly", ME: "partly"})
    assert "At the start: a little. At the end: fully. That is more than at the start." in page.text
    assert "which often means seeing more of what it takes" in page.text and "That is the same." in page.text
    assert "A ring is where you stood at the start, a dot where you stood at the end." in page.text
    rings, dots = ([each.get("cx") for each in page.document.all("circle") if each.get("class") == sign]
                   for sign in ("mark-fine", "mark-best"))
    assert (rings, dots) == (["30%", "70%", "50%"], ["90%", "50%", "50%"])
    pictures = [each.within("div") for each in page.main.all("circle")]
    assert pictures and all(each.get("aria-hidden") == "true" for each in pictures), "the words say the same"


def test_without_the_ones_before_the_ones_after_stand_alone(cast):
    complete(cast, "tess")
    page = cast.tess.open(PAGE)
    assert page.heading == "At the end" and "Three questions, one minute" in page.text
    page = cast.tess.press("Save", **{NO: "mostly"})
    assert "At the end: mostly." in page.text and "At the start" not in page.text


def test_skipping_keeps_nothing_but_that(cast):
    page = cast.tess.open(PAGE)
    assert "Skip keeps no answer, and the questions are not offered to you again." in page.text
    page = cast.tess.press("Skip", **{NO: "a little"})
    assert page.is_at("/") and "Left open, and not offered again." in page.text
    assert said(cast) == {Moment.BEFORE: {}}
    page = cast.tess.open(PAGE)
    assert "You left the questions open" in page.text and not page.has_button("Save this choice")
    assert cast.tess.send(SHARE, {"share": "y"}).status == 404
    complete(cast, "tess")
    assert cast.tess.open(PAGE).heading == "At the end", "whoever wants to may answer them then"


def test_saving_with_nothing_chosen_leaves_them_open(cast):
    cast.tess.open(PAGE)
    page = cast.tess.press("Save")
    assert page.is_at("/") and said(cast) == {Moment.BEFORE: {}}


def test_saving_twice_changes_nothing(cast):
    cast.tess.open(PAGE)
    cast.tess.press("Save", **{NO: "a little"})
    for fields in ({NO: "5"}, {"skip": "yes"}, {}):
        page = cast.tess.send(PAGE, {"stage": "before", **fields})
        assert page.way == [(303, PAGE)] and "The first answers stay; nothing was changed." in page.text
    assert said(cast) == {Moment.BEFORE: {"saying-no": 2}}


def test_an_old_tab_is_not_taken_for_the_questions_after(cast):
    cast.tess.open(PAGE)
    complete(cast, "tess")
    page = cast.tess.press("Save", **{NO: "a little"})
    assert "Nothing was kept: these questions are not open now." in page.text and said(cast) == {}


@pytest.mark.parametrize("value", ["0", "6", "-1", "a little", "1\0", "9" * 5000, str(2**63), b"\xed\xa0\x80", "١", ["7", "1"]])
def test_an_answer_off_the_scale_is_refused_in_words(cast, value):
    page = cast.tess.send(PAGE, {"stage": "before", NO: value, TROUBLE: "4"})
    assert page.status == 200 and page.problems == ["Choose one of the five, or leave it open."]
    assert page.title.startswith("Not kept yet") and said(cast) == {}
    chosen = [(each.get("name"), each.get("value")) for each in page.document.all("input") if "checked" in each.attrs]
    assert chosen == [(TROUBLE, "4")], "what was chosen is still there"


@pytest.mark.parametrize("stage", ["", "after", "during", "before\0", "x" * 50_000, ["after", "before"]])
def test_a_stage_that_is_not_open_is_refused_in_words(cast, stage):
    page = cast.tess.send(PAGE, {"stage": stage, NO: "1"})
    assert page.status == 200 and "Nothing was kept" in page.text and said(cast) == {}


def test_fields_made_up_change_nothing(cast):
    made_up = {"person": "1", "about-nothing": "1", "course": "x", "at": "1970-01-01", "shared": "1", "about-csrf_token": "1"}
    cast.tess.send(PAGE, {"stage": "before", NO: ["2", "5"], TROUBLE: " ", **made_up})
    assert said(cast) == {Moment.BEFORE: {"saying-no": 2}}
    assert said(cast, "lou") == {} and confidence.of_person(cast.records, cast.who("tess").id)[COURSE].share is None


def test_a_course_that_is_not_there_or_does_not_ask(cast):
    silent = next(word for word, course in cast.programme.library.courses.items() if not course.confidence)
    for word in ("nowhere", silent, "x" * 300):
        assert cast.tess.open(f"/courses/{word}/confidence").status == 404
        assert cast.tess.send(f"/courses/{word}/confidence", {"stage": "before"}).status == 404
        assert cast.tess.send(f"/courses/{word}/confidence/share", {"share": "y"}).status == 404


def test_strangers_and_other_methods(cast):
    assert cast.browser().open(PAGE).way == [(303, f"/sign-in?next={PAGE}")]
    assert cast.tess.open(SHARE).status in (404, 405)
    assert cast.tess.send(PAGE, {"stage": "before", NO: "1"}, token=False).status == 400
    assert said(cast) == {}


def test_everybody_has_their_own(cast):
    cast.tess.open(PAGE)
    cast.tess.press("Save", **{NO: "a little"})
    for browser in (cast.sam, cast.max, cast.lou):
        assert browser.open(PAGE).heading == "Before you begin"
        assert browser.send(SHARE, {"share": "y"}).status == 404
    assert said(cast, "sam") == {}


# Sharing


def test_the_mentor_reads_nothing_unless_it_is_shared_and_no_more_when_it_is_taken_back(cast):
    cast.tess.open(PAGE)
    before = mentors_page(cast).text
    page = cast.tess.press("Save", **{NO: "partly", TROUBLE: "not at all", ME: "mostly"})
    words = f"{TALKS} what to do when a pupil in trouble writes; saying no to a pupil who asks to connect."
    assert "Max Adeyemi would read this and nothing else:" in page.text and words in page.text
    assert mentors_page(cast).text == before
    page = share(cast)
    assert "Shared. Your mentor reads what you would like to talk about, and no answer." in page.text
    page = mentors_page(cast)
    assert words in page.text and page.text.index(TALKS) > page.text.index("What to talk about")
    assert not any(words in page.text for words in ("not at all", "partly", "something personal"))
    page = share(cast, False)
    assert "Not shared. Your mentor reads nothing of it." in page.text
    assert mentors_page(cast).text == before


def test_it_is_shared_with_the_mentor_and_nobody_else(cast):
    cast.tess.open(PAGE)
    cast.tess.press("Save", **{NO: "a little"})
    share(cast)
    assert TALKS in mentors_page(cast).text
    assert TALKS not in mentors_page(cast, cast.lou).text, "a lead sees the page, but is not her mentor"
    assert mentors_page(cast, cast.nia).status == 404
    for browser, path in ((cast.lou, "/school/overview"), (cast.lou, f"/school/people/{cast.who('tess').id}"), (cast.max, "/mentor/")):
        assert "would like to talk" not in browser.open(path).text.lower()


def test_new_answers_are_shared_anew(cast):
    cast.tess.open(PAGE)
    cast.tess.press("Save", **{NO: "a little"})
    share(cast)
    complete(cast, "tess")
    assert TALKS in mentors_page(cast).text
    page = cast.tess.open(PAGE)
    assert page.has_button("Save this choice"), "it can be taken back while new questions wait"
    page = cast.tess.press("Save", **{NO: "fully", ME: "a little"})
    assert "Your mentor reads nothing of it any more" in page.text
    assert TALKS not in mentors_page(cast).text
    share(cast)
    assert f"{TALKS} what to do when something personal goes round online." in mentors_page(cast).text


def test_who_feels_ready_has_nothing_to_share(cast):
    cast.tess.open(PAGE)
    page = cast.tess.press("Save", **{NO: "mostly", TROUBLE: "fully"})
    assert "Kept. Nobody else sees it." in page.text and "Share with your mentor" not in page.text
    assert page.link("Continue").get("href") == "/"
    cast.tess.send(SHARE, {"share": "y", "reader": str(cast.who("max").id)})
    assert TALKS not in mentors_page(cast).text
    assert "Nothing you said stands low now, so Max Adeyemi would read nothing of it." in cast.tess.open(PAGE).text
    assert cast.tess.page.has_button("Save this choice"), "what is shared can be taken back"


def test_without_a_mentor(cast):
    cast.add("Ida Brook", Role.TEACHER)
    cast.lou.open(PAGE)
    page = cast.lou.press("Save", **{NO: "a little"})
    assert "Kept. Nobody else sees it." in page.text and "Share with your mentor" not in page.text


@pytest.mark.parametrize("value", ["", "no", "yes", "Y", "y\0", "x" * 50_000, None])
def test_nothing_but_the_tick_shares(cast, value):
    cast.tess.open(PAGE)
    cast.tess.press("Save", **{NO: "a little"})
    assert cast.tess.send(SHARE, {} if value is None else {"share": value}).status == 200
    assert confidence.of_person(cast.records, cast.who("tess").id)[COURSE].share is None


# My record, and home's offer


def test_my_record_has_it(cast):
    assert "How ready you feel" not in cast.tess.open("/record").text
    cast.tess.open(PAGE)
    cast.tess.press("Save", **{NO: "a little"})
    page = cast.tess.open("/record")
    assert "Professional boundaries online: seen by you alone" in page.text and "At the start: a little." in page.text
    share(cast)
    assert f"Professional boundaries online: shared with Max Adeyemi on {TODAY}" in cast.tess.open("/record").text
    [kept] = json.loads(cast.tess.open("/record/export").body)["confidence"]
    assert kept["answers"]["before"]["of_five"] == {"saying-no": 2} and [each["with"] for each in kept["shared"]] == ["Max Adeyemi"]
    assert json.loads(cast.max.open("/record/export").body)["confidence"] == []


def test_my_record_says_what_was_skipped(cast):
    cast.tess.open(PAGE)
    cast.tess.press("Skip")
    assert "Professional boundaries online: left open" in cast.tess.open("/record").text


def offered(cast: Cast, who: str = "tess"):
    person = cast.who(who).id
    done = {(each.course, each.lesson) for each in completions.of_person(cast.records, person)}
    courses, asked, rows = cast.programme.courses, [], cast.records.rows
    cast.records.rows = lambda *sql: asked.append(sql) or rows(*sql)
    try:
        found = offer(cast.records, person, courses, done)
    finally:
        del cast.records.rows
    assert len(asked) <= 1, "at most one query"
    return found, len(asked)


def test_home_can_offer_them_at_both_ends(cast):
    assert offered(cast) == (Offer(PAGE, "Before you begin: three questions, one minute"), 1)
    cast.tess.open(PAGE)
    cast.tess.press("Save", **{NO: "a little"})
    assert offered(cast)[0] is None
    complete(cast, "tess", 1)
    assert offered(cast) == (None, 0)
    complete(cast, "tess")
    assert offered(cast)[0] == Offer(PAGE, "Three questions again, to see what has changed")
    cast.tess.open(PAGE)
    cast.tess.press("Skip")
    assert offered(cast)[0] is None


def test_home_does_not_offer_them_to_whoever_skipped_them(cast):
    cast.tess.open(PAGE)
    cast.tess.press("Skip")
    assert offered(cast)[0] is None
    complete(cast, "tess")
    assert offered(cast)[0] is None
    complete(cast, "sam")
    assert offered(cast, "sam")[0] == Offer(PAGE, "At the end: three questions, one minute")


def test_the_page_on_what_is_kept_says_so(cast):
    text = cast.tess.open("/what-we-keep").text
    assert "how ready you feel, where you don’t skip it" in text
    assert "What you would like to talk about, from the questions on how ready you feel, only where you share that." in text
