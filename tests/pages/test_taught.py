"""Exactly what was taught: from a completion, a try or a signature to the words of that day, and to what changed since."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from induction.records.people import people
from induction.records.progress import completions
from induction.records.store.columns import moment_text
from induction.records.store.database import transaction
from induction.services import own_content, shelf
from tests.cast import COURSE, own_site
from tests.content.pictures import png
from tests.walking import walk

LESSON = "friend-requests"
SHORT = "boundaries-in-ten-minutes"
DONE = "/completions/1"
PAGES = ("", "/lesson", "/scenarios", "/policy", "/changes")


@pytest.fixture
def passed(cast):
    """Tess has passed a lesson under the first version of the policy."""
    cast.choose(pupil_contact="none", contact_from_pupils="same-day")
    walk(cast, "tess", LESSON)
    return cast


def rename(cast, name):
    with transaction(cast.records):
        people.update(cast.records, cast.who("tess").id, name=name, now=datetime.now(UTC))


def hrefs(page):
    return [link.get("href") for link in page.main.all("a")]


def test_every_way_leads_to_the_words_of_the_day(passed):
    tess, id = passed.tess, passed.who("tess").id
    assert {DONE, "/attempts/1/taught"} <= set(hrefs(tess.open("/record")))
    assert "/attempts/1/taught" in hrefs(tess.open("/attempts/1"))
    for browser, start in ((passed.max, f"/mentor/{id}"), (passed.lou, f"/school/people/{id}")):
        assert f"/mentor/{id}/completed" in hrefs(browser.open(start))
        assert DONE in hrefs(browser.open(f"/mentor/{id}/completed"))
    for browser in (tess, passed.max, passed.lou):
        page = browser.open(DONE)
        assert page.heading == "Friend requests" and "100 of 100, passed. 80 was asked for" in page.text
        assert {f"{DONE}/{what}" for what in ("lesson", "scenarios", "policy")} <= set(hrefs(page))


def test_the_lesson_reads_as_it_did_and_its_words_can_be_proved(passed):
    [attempt] = passed.attempts_of("tess")
    passed.choose(contact_from_pupils="next-school-day")
    rename(passed, "Tess Bell")
    page = passed.max.open(f"{DONE}/lesson")
    assert "when Tess Okafor completed it." in page.text and attempt.lesson_version in page.text
    assert "Priya Nair, who leads on safeguarding" in page.text and "tell Priya Nair the same day" in page.text
    assert "tell Priya Nair the same day" not in passed.tess.open(f"/courses/{COURSE}/{LESSON}").text
    assert not page.main.all("input", "details"), "nothing to tick or to unfold: it is to be read, and printed"
    words = passed.max.open(f"{DONE}/lesson/words")
    assert hashlib.sha256(words.body).hexdigest() == attempt.lesson_version and json.loads(words.body)["word"] == LESSON
    assert "Tess Okafor (now Tess Bell)" in passed.lou.open(DONE).text


def test_every_choice_of_what_was_asked_is_there_and_which_was_chosen_for_whom_it_is_shared_with(passed):
    [attempt], quiz = passed.attempts_of("tess"), passed.programme.attempted(passed.attempts_of("tess")[0])
    asked = [quiz.scenarios[word] for word in attempt.drawn]
    others = [each for word, each in quiz.scenarios.items() if word not in attempt.drawn]
    chosen = sum(len(answer.chosen) for answer in attempt.answers)
    own, mentors = passed.tess.open(f"{DONE}/scenarios"), passed.max.open(f"{DONE}/scenarios")
    for page in (own, mentors, passed.lou.open(f"{DONE}/scenarios")):
        headings = [each.text for each in page.document.all("h2")]
        assert [each.title for each in asked] == headings[: len(asked)] and not {each.title for each in others} & set(headings)
        options = [option for each in asked for scene in each.scenes.values() for option in scene.options]
        assert all(" ".join(option.label.split()) in page.text for option in options)
        assert len(page.main.all("li")) >= len(options)
    assert own.text.count("You chose this.") == chosen and "Tess chose this." not in mentors.text
    assert "Which of these Tess chose is for Tess alone" in mentors.text
    passed.tess.open("/attempts/1")
    passed.tess.press("Share these choices with my mentor")
    assert passed.max.open(f"{DONE}/scenarios").text.count("Tess chose this.") == chosen
    assert "Tess chose this." not in passed.lou.open(f"{DONE}/scenarios").text, "a lead with whom it is not shared"


def test_who_may_not_see_how_they_stand_finds_nothing(passed):
    missing = passed.nia.open("/completions/999")
    for path in (*(f"{DONE}{each}" for each in PAGES), f"{DONE}/lesson/words", f"{DONE}/scenarios/words", f"{DONE}/policy/words"):
        for browser in (passed.sam, passed.nia):
            page = browser.open(path)
            assert (page.status, page.text) == (404, missing.text), path
    id = passed.who("tess").id
    assert passed.nia.open(f"/mentor/{id}/completed").status == passed.tess.open(f"/mentor/{id}/completed").status == 404
    assert passed.max.open(f"{DONE}/scenarios/words").status == passed.tess.open(f"{DONE}/scenarios/words").status == 404, "all of them"
    assert passed.lou.open(f"{DONE}/scenarios/words").status == 200


def test_a_try_is_its_owners_until_it_is_shared(passed):
    walk(passed, "tess", LESSON, wisely=False)
    paths = ["/attempts/2/taught", *(f"/attempts/2/{what}" for what in ("lesson", "scenarios", "policy", "changes"))]
    for path in paths:
        assert passed.tess.open(path).status == 200 and passed.max.open(path).status == passed.lou.open(path).status == 404, path
    assert "not passed" in passed.tess.open(paths[0]).text
    passed.tess.open("/attempts/2")
    passed.tess.press("Share these choices with my mentor")
    assert all(passed.max.open(path).status == 200 and passed.lou.open(path).status == 404 for path in paths)
    assert "/attempts/2/scenarios" in hrefs(passed.max.open(f"/mentor/{passed.who('tess').id}"))


def test_what_changed_since_is_told_word_by_word(passed):
    assert passed.tess.open(DONE).text.count("Nothing has changed.") == 3
    assert not passed.tess.page.has_link("Then and now, word by word")
    assert passed.tess.open(f"{DONE}/changes").text.count("Nothing has changed.") == 3
    passed.choose(contact_from_pupils="next-school-day")
    page = passed.max.open(DONE)
    assert "Version 2 is in force now." in page.text and "of our rules that it rests on" in page.text
    page = passed.max.press("Then and now, word by word")
    assert page.document.all("ins") and page.document.all("del")
    assert all(each.text.startswith("added:") for each in page.document.all("ins"))
    assert all(each.text.startswith("taken out:") for each in page.document.all("del"))
    assert "Then: The same day" in page.text and "Now: " in page.text


def test_a_signature_leads_to_the_policy_that_was_signed(passed):
    passed.tess.open("/policy")
    passed.tess.press("I have read and understood it", name="T. Okafor")
    page = passed.tess.open("/record")
    assert "/acknowledgements/1" in hrefs(page)
    passed.choose(pupil_contact="approved-accounts")
    assert "/acknowledgements/1" in hrefs(passed.lou.open("/school/policy/readers?show=done&version=1"))
    for browser in (passed.tess, passed.max, passed.lou):
        page = browser.open("/acknowledgements/1")
        assert page.heading == "Our policy, version 1" and "Signed here as T. Okafor." in page.text
        assert "Staff have no online contact with pupils beyond school email." in browser.open("/acknowledgements/1/policy").text
        assert browser.open("/acknowledgements/1/changes").document.all("del")
    assert all(passed.sam.open(f"/acknowledgements/1{each}").status == 404 for each in ("", "/policy", "/changes"))
    for what in ("lesson", "scenarios"):
        assert passed.tess.open(f"/acknowledgements/1/{what}").status == 404


def test_a_course_leads_to_its_lessons_as_each_was_completed(cast):
    cast.choose(pupil_contact="none")
    walk(cast, "tess", "the-essentials", course=SHORT)
    cast.tess.open("/policy")
    cast.tess.press("I have read and understood it", name="T. Okafor")
    number = cast.records.value("select id from completions where lesson = ''")
    for browser in (cast.tess, cast.max):
        page = browser.open(f"/completions/{number}")
        assert page.heading == "Boundaries online in ten minutes" and "Complete." in page.text and "What the course was for" in page.text
        assert DONE in hrefs(page) and f"/completions/{number}/policy" in hrefs(page)
        assert [href for href in hrefs(page) if href.startswith("/certificates/")] and browser.press("The certificate").status == 200
        assert "What the course says of itself Nothing has changed." in page.text
        assert browser.open(f"/completions/{number}/changes").status == browser.open(f"/completions/{number}/policy").status == 200
        assert browser.open(f"/completions/{number}/lesson").status == browser.open(f"/completions/{number}/scenarios").status == 404


def test_all_that_somebody_completed_is_told_page_by_page(passed):
    [first] = passed.completions_of("tess")
    with transaction(passed.records):
        for number in range(40):
            completions.complete(passed.records, replace(first, round=date(2027, 1, 1) + timedelta(days=number)))
    path = f"/mentor/{passed.who('tess').id}/completed"
    shown = [href for page in (1, 2) for href in hrefs(passed.max.open(f"{path}?page={page}")) if href.startswith("/completions/")]
    assert len(shown) == len(set(shown)) == 41 and shown[-1] == DONE, "the latest first"
    assert "the round of February 2027" in passed.max.open(path).text
    assert "In the round" not in passed.max.open(DONE).text and "The round of January 2027" in passed.max.open("/completions/2").text


def test_what_a_lead_has_corrected_is_said_beside_it(passed):
    passed.lou.open(f"/school/people/{passed.who('tess').id}/corrections/completion/1")
    passed.lou.press("Keep the correction", counts="no", why="Sam sat in for her.", rightly="Sam Price")
    for browser in (passed.tess, passed.max):
        page = browser.open(DONE)
        assert "Does not count at present." in page.text and "Sam sat in for her." in page.text
        assert browser.open(f"{DONE}/lesson").status == 200, "and it stays readable"
    assert "Friend requests does not count" in passed.max.open(f"/mentor/{passed.who('tess').id}/completed").text


def test_of_a_policy_without_a_text_the_rules_are_told_that_the_words_hold(cast):
    walk(cast, "tess", LESSON)
    page = cast.tess.open(f"{DONE}/policy")
    assert page.heading == "The rules that applied" and "No policy was published then: the cautious rules applied." in page.text
    assert "the cautious rule: the school had not decided" in page.text and "None was published yet" in cast.tess.open(DONE).text
    with transaction(cast.records):  # as the first release published it
        hand = [cast.who("lou").id, moment_text(datetime.now(UTC))]
        cast.records.execute("insert into policy_versions (chosen_by, at) values (?, ?)", hand)
        cast.records.execute("update school set revision = revision + 1")
    walk(cast, "tess", "messages-and-chat")
    page = cast.max.open("/completions/2/policy")
    assert page.heading == "Our policy, version 1" and "The words of this version are not kept" in page.text
    assert cast.max.open("/completions/2/policy/words").status == 404
    assert "Our policy Nothing has changed. Version 1 is still in force." in cast.max.open("/completions/2").text


WITH_A_PICTURE = """---
title: At the gate
minutes: 3
---

Stand here: ![The gate from the road](pictures/gate.png)

/// key
Never alone.
///
"""


def test_a_lesson_that_is_taught_no_more_with_a_picture_that_is_kept_no_more(template, tmp_path, monkeypatch):
    monkeypatch.setattr(shelf, "LOOK_AGAIN", 0.0)
    monkeypatch.setattr(shelf, "PATIENCE", 60.0)
    cast = own_site(template, tmp_path / "data")
    folder = cast.data / "courses" / COURSE
    (folder / "pictures").mkdir(parents=True)
    (folder / "pictures" / "gate.png").write_bytes(png())
    file = folder / "12-at-the-gate.md"
    file.write_text(WITH_A_PICTURE, encoding="utf-8")
    cast.tess.open(f"/courses/{COURSE}/at-the-gate")
    cast.tess.press("Continue")
    assert len(cast.tess.open(f"{DONE}/lesson").main.all("img")) == 1
    file.unlink()
    (folder / "pictures" / "gate.png").unlink()
    cast.max.open("/")
    for picture in (cast.data / own_content.PICTURES).iterdir():
        picture.unlink()
    page = cast.max.open(DONE)
    assert page.heading == "At the gate" and "Read. There was nothing to answer." in page.text
    assert "This lesson is no longer taught here under its address of then." in page.text and f"{DONE}/scenarios" not in hrefs(page)
    page = cast.max.open(f"{DONE}/lesson")
    assert "[A picture stood here that is not kept any more: The gate from the road]" in page.text and not page.main.all("img")
    assert "This program no longer draws a picture whose file is not kept as it was then." in page.text and "Never alone." in page.text
    assert cast.max.open(f"{DONE}/scenarios").status == 404 and "no longer taught" in cast.max.open(f"{DONE}/changes").text
    assert "At the gate" in cast.tess.open("/record").text, "by the name of its day"
    cast.records.close()
