"""A course on one page: what stands there, and ids and links that stay apart."""

import re
from dataclasses import replace

import pytest

from induction.content.editions import course_on_one_page
from induction.content.model import Rating, School
from tests.choices import chosen
from tests.content.folders import FACTS, LATE, LATE_QUIZ, LESSON

SCHOOL = School("Wrenfield", words={"safeguarding lead": "Priya Nair"}, choices=chosen({"pupil-contact": "platforms"}), policy_version=1)
ID, HREF = re.compile(r' id="([^"]*)"'), re.compile(r' href="([^"]*)"')
MORE = """---
title: Later still
---

See [above](#top), [what to do](late#what-to-do), [the lesson](/courses/c/late), [the course](/courses/c/), [ours](/policy),
[other](/courses/d/) and [them](https://example.org/#top).

## The top {#top}

Read it, {{ safeguarding lead }}.
{#what-to-do}

### Smaller

/// more | Why?
Because **it** is so.
///

/// try | What now?
- Wait

  > Nothing is lost.

- Answer

  > It *tempts*.
///

/// checklist | phone
- Off
- Away
///

| When | What |
|---|---|
| Night | Wait |
"""
SCENARIOS = """---
title: Late messages
ask: 1
---

## A late message {#late .messages read="late#what-to-do"}

It is late.
{#what-to-do}

- [poor; best if pupil-contact is platforms and phase is primary] Wait for {{ safeguarding lead }}. [Then](#then)

  > Nothing is lost by morning.
  > {#feedback}

- [breach; fine if nation is wales] Answer.

  > It tempts. See [again](late#what-to-do).

### The next morning {#then .choose-all}

It is light.

- [best] Say so.

  > Good.

- [poor] Say nothing.

  > It tempts.

## In big schools {#big .parents phase=secondary warn="self-harm"}

It is noon.

- [best] Wait.

  > Good.

- [poor] Go.

  > It tempts.
"""


@pytest.fixture
def read(folder):
    folder.write("courses/c/02-later.md", MORE)
    folder.write("courses/d/index.md", "---\ntitle: Other\n---\n")
    folder.write(LATE_QUIZ, SCENARIOS)
    reading = folder.read()
    assert not reading.problems, folder.said()

    def read(**changed):
        return course_on_one_page.on_one_page(reading.library.courses["c"], reading.library, replace(SCHOOL, **changed))

    return read


def test_lessons_stand_in_their_order_in_the_words_of_the_school(read):
    shown = read()
    first, second = shown.lessons
    assert [first.shown.title, second.shown.title] == ["Late messages", "Later still"]
    assert "Read it, Priya Nair." in second.shown.html
    assert "What it is for." in shown.about
    assert list(first.quiz.scenarios) == ["late", "big"] and first.quiz.ask == 1
    assert second.quiz is None


def test_scenarios_are_those_of_the_phase_and_judged_by_the_policy_of_now(read):
    first = read().lessons[0].quiz.scenarios["late"].scenes["late"]
    assert [option.rating for option in first.options] == [Rating.BEST, Rating.BREACH]
    undecided = read(choices={}).lessons[0].quiz.scenarios["late"].scenes["late"]
    assert undecided.options[0].rating is Rating.POOR
    assert list(read(phase="primary").lessons[0].quiz.scenarios) == ["late"]


def test_it_says_what_ratings_hang_on_and_where_scenes_stand(read):
    late = read().lessons[0]
    assert late.hangs_on["late", 1] == ("How may staff be in touch with pupils? Here: Platforms only.", "The phase.")
    assert late.hangs_on["late", 2] == ("The nation.",)
    assert late.hangs_on["big", 1] == ()
    assert late.quiz.scenarios["late"].scenes["late"].options[0].leads_to == "then"
    assert late.scenes == {"late": "scene.late.late", "then": "scene.late.then", "big": "scene.late.big"}
    cautious = read(choices={}).lessons[0].hangs_on["late", 1][0]
    assert cautious == "How may staff be in touch with pupils? Here: No online contact, the cautious rule until the school chooses."


def test_a_scenario_says_where_what_to_read_again_stands(read):
    late = read().lessons[0]
    assert late.read == {"late": "heading.late.what-to-do"}
    assert late.quiz.scenarios["late"].read.title == "What to do"


def test_headings_stand_one_lower_and_ids_carry_their_lesson(read):
    first, second = (lesson.shown.html for lesson in read().lessons)
    assert '<h3 id="heading.late.what-to-do">What to do</h3>' in first
    assert '<h3 id="heading.later.top">The top</h3>' in second and "<h4>Smaller</h4>" in second
    assert 'id="heading.later.what-to-do"' in second
    assert "<h2" not in first + second


def test_no_id_stands_twice_and_words_of_a_quiz_have_none(read):
    shown = read()
    scenes = [scene for scenario in shown.lessons[0].quiz.scenarios.values() for scene in scenario.scenes.values()]
    words = "".join(scene.html + "".join(option.label_html + option.feedback for option in scene.options) for scene in scenes)
    assert " id=" not in words and "Nothing is lost by morning." in words
    ids = [place for lesson in shown.lessons for place in (lesson.place, *lesson.scenes.values())]
    ids += [name for lesson in shown.lessons for name in ID.findall(lesson.shown.html)]
    assert len(ids) == len(set(ids)) == 8


def test_links_into_the_course_stay_on_the_page_and_others_lead_where_they_led(read):
    shown = read()
    assert HREF.findall(shown.lessons[1].shown.html) == [
        "#heading.later.top",
        "#heading.late.what-to-do",
        "#lesson.late",
        "#contents",
        "/policy",
        "/courses/d/",
        "https://example.org/#top",
    ]
    assert 'href="#heading.late.what-to-do"' in shown.lessons[0].quiz.scenarios["late"].scenes["late"].options[1].feedback


def test_nothing_is_folded_and_nothing_is_to_be_ticked(read):
    html = read().lessons[1].shown.html
    assert '<p><b>Why?</b></p>\n<div class="more-text">' in html and "<details" not in html and "<summary" not in html
    assert "<input" not in html and "data-checklist" not in html and "Clear my ticks" not in html and "<label" not in html
    assert "<li>Off</li>" in html and "<li>Away</li>" in html
    assert 'role="region"' not in html and html.count("<div") == html.count("</div>")


def test_a_try_lies_open_with_its_feedback(read):
    html = read().lessons[1].shown.html
    assert '<p class="try-note">It isn’t marked or kept.</p>\n<ul class="choices">\n<li><p><b>Wait</b></p>\n' in html
    assert '<li><p><b>Answer</b></p>\n<div class="choice-text">\n<p>It <em>tempts</em>.</p>\n</div></li>\n</ul>\n</div>\n' in html
    assert " name=" not in html


def test_words_that_look_like_tags_stay_words(folder):
    folder.write(LATE, LESSON.replace("You can wait.", 'Write `<h2 id="x">` or <details class="more"> id="y" href="#z".'))
    reading = folder.read()
    html = course_on_one_page.on_one_page(reading.library.courses["c"], reading.library, SCHOOL).lessons[0].shown.html
    assert '<code>&lt;h2 id="x"&gt;</code> or &lt;details class="more"&gt; id="y" href="#z".' in html


def test_the_help_block_says_what_it_says_in_the_lesson(folder):
    folder.write("courses/facts.yml", FACTS)
    folder.write(LATE, LESSON + "\n/// help\n///\n")
    reading = folder.read()
    html = course_on_one_page.on_one_page(reading.library.courses["c"], reading.library, SCHOOL).lessons[0].shown.html
    assert '<a href="tel:03443814772">0344 381 4772</a>' in html


def test_an_id_that_only_some_schools_have_is_no_place_on_the_page(folder):
    body = "[There](#there) and [here](#here).\n{#here}\n\n/// policy | pupil-contact: platforms\n## There {#there}\n\nWords.\n///\n"
    folder.lesson(body + "\n## What to do {#what-to-do}\n")
    reading = folder.read()
    assert not reading.problems
    html = course_on_one_page.on_one_page(reading.library.courses["c"], reading.library, SCHOOL).lessons[0].shown.html
    assert HREF.findall(html)[:2] == ["#lesson.late", "#heading.late.here"]


def test_words_of_the_school_begin_a_title_as_they_begin_it_in_the_lesson(folder):
    folder.lesson("## What to do {#what-to-do}\n\n### {{ headteacher }}\n\n/// more | {{ headteacher }} knows\nWhy.\n///\n")
    reading = folder.read()
    html = course_on_one_page.on_one_page(reading.library.courses["c"], reading.library, SCHOOL).lessons[0].shown.html
    assert "<h4>The headteacher</h4>" in html and "<b>The headteacher knows</b>" in html
