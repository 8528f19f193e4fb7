"""The school's own lessons and quizzes: laid over the shipped, read again on change, never half."""

import pytest

from induction.settings import HOME
from induction.web import teaching
from tests.cast import COURSE, own_site
from tests.walking import walk

LESSON = """---
title: Our own phones
minutes: 3
---

At {{ school }} phones stay in the locker. {#lockers}
"""
QUIZ = """---
title: Our own phones
---

## A phone rings {#a-phone-rings .friend-requests read="our-own-phones"}

A phone rings in your bag in the middle of a lesson. What do you do?

- [best] Let it ring out, and leave it in the locker from tomorrow.

  > Nothing else in the lesson is lost by it, and tomorrow it is where it belongs.

- [poor] Take it out and look who it is, since it may be important.

  > It may be, but the office can reach you at any time, and everybody has now seen it.

- [breach] Film the pupils who laugh about it, so that you can show them.

  > Pictures of pupils on your own phone are over the line, whatever they are for.
"""
BROKEN = LESSON.replace("{{ school }}", "{{ shool }}")


@pytest.fixture
def cast(template, tmp_path, monkeypatch):
    """The cast with a site of their own that looks at its files on every page."""
    monkeypatch.setattr(teaching, "LOOK_AGAIN", 0.0)
    monkeypatch.setattr(teaching, "PATIENCE", 60.0)
    everyone = own_site(template, tmp_path / "data")
    yield everyone
    everyone.records.close()


def put(cast, kind, text, name="06-our-own-phones"):
    path = cast.data / kind / COURSE / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_lesson_of_the_schools_own_is_taught_at_once(cast):
    assert cast.tess.open(f"/courses/{COURSE}/our-own-phones").status == 404
    put(cast, "courses", LESSON)
    page = cast.tess.open(f"/courses/{COURSE}/our-own-phones")
    assert page.heading == "Our own phones" and "At Wrenfield School phones stay in the locker" in page.text
    assert cast.tess.open("/").has_link("Our own phones")


def test_a_lesson_without_scenarios_is_done_when_its_reader_says_so(cast):
    put(cast, "courses", LESSON)
    cast.tess.open(f"/courses/{COURSE}/our-own-phones")
    page = cast.tess.press("Continue")
    assert page.way == [(303, "/")]
    made = cast.completions_of("tess")
    assert [(each.lesson, each.percent, each.attempt_id) for each in made] == [("our-own-phones", None, None)]
    cast.tess.open(f"/courses/{COURSE}/our-own-phones")
    cast.tess.press("Continue")
    assert cast.completions_of("tess") == made
    assert cast.tess.send(f"/courses/{COURSE}/our-own-phones/scenarios").status == 404


def test_a_lesson_with_scenarios_is_not_done_by_saying_so(cast):
    assert cast.tess.send(f"/courses/{COURSE}/friend-requests").status == 405
    assert cast.completions_of("tess") == []


def test_a_quiz_of_the_schools_own_is_asked(cast):
    put(cast, "courses", LESSON)
    put(cast, "quizzes", QUIZ)
    assert walk(cast, "tess", "our-own-phones").heading == "Passed"
    assert walk(cast, "sam", "our-own-phones", wisely=False).heading != "Passed"


def test_a_file_of_the_same_name_replaces_the_shipped(cast):
    shipped = (HOME / "courses" / COURSE / "02-friend-requests.md").read_text(encoding="utf-8")
    put(cast, "courses", shipped.replace("title: Friend requests", "title: Requests, our way"), "02-friend-requests")
    assert cast.tess.open(f"/courses/{COURSE}/friend-requests").heading == "Requests, our way"
    assert cast.tess.open(f"/courses/{COURSE}/").has_link("Requests, our way")


def test_an_attempt_goes_on_with_the_words_it_began_with(cast):
    put(cast, "courses", LESSON)
    put(cast, "quizzes", QUIZ)
    cast.tess.open(f"/courses/{COURSE}/our-own-phones")
    page = cast.tess.press("Start the scenarios")
    began, options = page.heading, page.options()
    put(cast, "quizzes", QUIZ.replace("A phone rings", "A watch buzzes").replace("Let it ring out", "Switch it off"))
    page = cast.tess.open("/attempts/1")
    assert (page.heading, page.options()) == (began, options)
    best = next(value for value, words in options if words.startswith("Let it ring out"))
    page = cast.tess.press("Answer", option=best)
    assert "Let it ring out" in page.text
    assert cast.tess.press("Next").heading == "Passed"
    cast.tess.press("Try again")
    assert cast.tess.page.heading == "A watch buzzes"
    put(cast, "quizzes", "").unlink()
    assert cast.tess.open("/attempts/1").heading == "Passed"
    assert "Let it ring out" in cast.tess.open("/attempts/1/1").text


def test_a_question_of_policy_that_is_not_there_is_seen_by_leads_with_file_and_line(cast):
    """As after an upgrade that dropped a facet which the school's own lesson uses."""
    put(cast, "courses", LESSON + "\n/// policy | fax-machines: never\nNo faxes to pupils.\n///\n")
    assert cast.tess.open(f"/courses/{COURSE}/our-own-phones").status == 404
    page = cast.lou.open("/school/overview")
    assert f"courses/{COURSE}/06-our-own-phones.md, line 8" in page.text and 'unknown facet "fax-machines"' in page.text
    assert cast.tess.open(f"/courses/{COURSE}/friend-requests").status == 200


def test_a_broken_file_keeps_what_was_taught_and_leads_see_file_and_line(cast):
    put(cast, "courses", LESSON)
    assert cast.tess.open(f"/courses/{COURSE}/our-own-phones").status == 200
    put(cast, "courses", BROKEN)
    page = cast.tess.open(f"/courses/{COURSE}/our-own-phones")
    assert "At Wrenfield School phones stay in the locker" in page.text
    notice = cast.lou.open("/").text
    assert f"courses/{COURSE}/06-our-own-phones.md, line 6" in notice and "does not pass the check" in notice
    assert "does not pass" not in cast.tess.open("/").text and "does not pass" not in cast.max.open("/").text
    put(cast, "courses", LESSON.replace("3", "4"))
    assert "4 minutes" in cast.tess.open(f"/courses/{COURSE}/our-own-phones").text
    assert "does not pass" not in cast.lou.open("/").text


def test_a_start_with_broken_content_teaches_the_last_that_passed(cast, template, tmp_path):
    put(cast, "courses", LESSON)
    cast.tess.open("/")
    put(cast, "courses", BROKEN)
    again = own_site(template, cast.data)
    page = again.sign_in("sam").open(f"/courses/{COURSE}/our-own-phones")
    assert "At Wrenfield School phones stay in the locker" in page.text
    assert "line 6" in again.sign_in("lou").open("/").text
    again.records.close()


def test_a_first_start_with_broken_content_teaches_the_shipped_alone(template, tmp_path):
    folder = tmp_path / "data" / "courses" / COURSE
    folder.mkdir(parents=True)
    (folder / "06-our-own-phones.md").write_text(BROKEN)
    cast = own_site(template, tmp_path / "data")
    assert cast.tess.open(f"/courses/{COURSE}/our-own-phones").status == 404
    assert cast.tess.open(f"/courses/{COURSE}/friend-requests").status == 200
    assert "line 6" in cast.lou.open("/").text
    cast.records.close()


def test_a_lesson_that_goes_takes_nobodys_record_with_it(cast):
    put(cast, "courses", LESSON)
    put(cast, "quizzes", QUIZ)
    walk(cast, "tess", "our-own-phones")
    put(cast, "courses", LESSON).unlink()
    put(cast, "quizzes", QUIZ).unlink()
    assert cast.tess.open(f"/courses/{COURSE}/our-own-phones").status == 404
    assert "our-own-phones" in cast.tess.open("/record").text.lower().replace(" ", "-")
    assert cast.tess.open("/attempts/1").heading == "Passed"
    assert cast.max.open(f"/mentor/{cast.who('tess').id}").status == 200
