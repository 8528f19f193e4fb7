"""The school's own lessons and quizzes: laid over the shipped, read again on change, never half."""

import hashlib
from urllib.parse import quote

import pytest

from induction.services import own_content, shelf
from induction.settings import HOME
from tests.cast import COURSE, own_site
from tests.content.pictures import png
from tests.walking import start, walk

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
    monkeypatch.setattr(shelf, "LOOK_AGAIN", 0.0)
    monkeypatch.setattr(shelf, "PATIENCE", 60.0)
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


# Content that must not stop anything

LOOPS = "> /// law | y\n/// more | t\n`"  # never came to an end in release 1.1


def test_a_start_with_a_text_that_never_ended_and_a_link_to_a_device(cast, template):
    """What each file and each kind of file may do is in tests/services; this is the whole way of one start."""
    put(cast, "courses", LESSON)
    assert cast.tess.open(f"/courses/{COURSE}/our-own-phones").status == 200
    put(cast, "courses", f"---\ntitle: x\n---\n\n{LOOPS}")
    (cast.data / "courses" / COURSE / "07-zero.md").symlink_to("/dev/zero")
    again = own_site(template, cast.data)
    assert again.sign_in("sam").open(f"/courses/{COURSE}/our-own-phones").heading == "Our own phones"
    notice = again.sign_in("lou").open("/").text
    assert "06-our-own-phones.md, line 5: the block law is not closed" in notice and "There are 3 more" in notice
    again.records.close()


def test_content_that_takes_too_long_to_read_stops_no_start(template, tmp_path, monkeypatch):
    put_in = tmp_path / "data/courses" / COURSE
    put_in.mkdir(parents=True)
    (put_in / "06-our-own-phones.md").write_text(LESSON)
    monkeypatch.setattr(own_content, "SECONDS", 0.01)
    cast = own_site(template, tmp_path / "data")
    assert cast.tess.open(f"/courses/{COURSE}/friend-requests").status == 200
    assert "could not be read within 0.01 seconds" in cast.lou.open("/").text
    cast.records.close()


def test_words_that_an_earlier_release_let_pass_are_taught_until_they_are_mended(template, tmp_path):
    """After an upgrade: the same text passed then, and lies beside the school's own as the last that did."""
    for folder in ("data", "data/last-content"):
        put_in = tmp_path / folder / "courses" / COURSE
        put_in.mkdir(parents=True)
        more = "\nPhones <u>stay</u> off. [See](/nowhere)\n\n| A | B |\n|---|---|\n| 1 | 2 | 3 |\n"
        (put_in / "06-our-own-phones.md").write_text(LESSON + more)
    cast = own_site(template, tmp_path / "data")
    page = cast.tess.open(f"/courses/{COURSE}/our-own-phones")
    assert "At Wrenfield School phones stay in the locker" in page.text and "<u>stay</u>" in page.text and "3" in page.text
    assert "06-our-own-phones.md, line 8" in cast.lou.open("/").text
    cast.records.close()


def test_a_copy_that_lacks_a_heading_of_the_new_lesson_is_taught_until_it_is_mended(template, tmp_path):
    """After an upgrade: a shipped scenario sends back to a heading that the school's copy of the lesson doesn't have."""
    for folder in ("data", "data/last-content"):
        put_in = tmp_path / folder / "courses" / COURSE
        put_in.mkdir(parents=True)
        (put_in / "03-following-pupils.md").write_text("---\ntitle: Following, at ours\n---\n\nWe don't.\n")
    cast = own_site(template, tmp_path / "data")
    assert "We don't." in cast.tess.open(f"/courses/{COURSE}/following-pupils").text
    assert "has no heading" in cast.lou.open("/").text
    page = start(cast.tess, "following-pupils")
    assert page.options(), "the shipped scenarios are asked beside it"
    cast.records.close()


def test_a_text_that_never_ended_is_said_to_be_wrong_when_a_lead_posts_it(cast):
    cast.lou.open("/school/policy/text")
    page = cast.lou.press("Save and preview", mode="own", words=LOOPS)
    assert page.status == 200 and "Line 1: the block `law` is not closed" in page.text and "Line 3: this backtick" in page.text


# Pictures

def test_a_picture_is_shown_and_kept_when_it_changes(cast):
    pictures = cast.data / "courses" / COURSE / "pictures"
    pictures.mkdir(parents=True)
    (pictures / "map.png").write_bytes(png())
    put(cast, "courses", LESSON + "\n![The lockers](pictures/map.png)\n")
    page = cast.tess.open(f"/courses/{COURSE}/our-own-phones")
    [picture] = page.main.all("img")
    assert picture.get("alt") == "The lockers" and picture.get("src").endswith(f"{hashlib.sha256(png()).hexdigest()}.png")
    first = cast.tess.open(picture.get("src"))
    assert (first.status, first.body, first.headers["Content-Type"]) == (200, png(), "image/png")
    assert first.headers["X-Content-Type-Options"] == "nosniff" and first.headers["Cache-Control"] == "no-store"
    (pictures / "map.png").write_bytes(png(4, 4))
    [other] = cast.tess.open(f"/courses/{COURSE}/our-own-phones").main.all("img")
    assert other.get("src") != picture.get("src") and cast.tess.open(other.get("src")).body == png(4, 4)
    assert cast.tess.open(picture.get("src")).body == png()
    assert cast.browser().open(picture.get("src")).way[0] == (303, f"/sign-in?next={picture.get('src')}")


def test_nothing_but_a_kept_picture_is_served(cast):
    for name in ("../secret-key", "%2e%2e%2fsecret-key", "secret-key", "a" * 64 + ".png", "A" * 64 + ".png", "a" * 64 + ".svg", "\x00"):
        assert cast.tess.open(f"/pictures/{quote(name, safe='%')}").status == 404


def test_a_picture_that_is_not_one_is_said_with_the_line_that_shows_it(cast):
    pictures = cast.data / "courses" / COURSE / "pictures"
    pictures.mkdir(parents=True)
    (pictures / "map.png").write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")
    put(cast, "courses", LESSON + "\n![The lockers](pictures/map.png)\n")
    assert cast.tess.open(f"/courses/{COURSE}/our-own-phones").status == 404
    assert "06-our-own-phones.md, line 8: the picture map.png is no PNG" in cast.lou.open("/").text
