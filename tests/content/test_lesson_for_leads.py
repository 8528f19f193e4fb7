"""A lesson as leads read it: what stands there, under which ids, and where its links lead."""

import re
from dataclasses import replace

import pytest

from induction.content.editions.lesson_for_leads import course_for_leads, lesson_for_leads
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

    def read(slug="late", **changed):
        course = reading.library.courses["c"]
        return lesson_for_leads(course, course.lesson(slug), reading.library, replace(SCHOOL, **changed))

    return read


def html_of(folder, slug="late"):
    """A lesson of the folder as leads read it."""
    reading = folder.read()
    course = reading.library.courses["c"]
    return lesson_for_leads(course, course.lesson(slug), reading.library, SCHOOL).shown.html


def test_a_lesson_stands_there_in_the_words_of_the_school(read):
    late, later = read(), read("later")
    assert [late.shown.title, later.shown.title] == ["Late messages", "Later still"]
    assert "Read it, Priya Nair." in later.shown.html
    assert list(late.quiz.scenarios) == ["late", "big"] and late.quiz.ask == 1
    assert later.quiz is None and later.groups == []


def test_a_course_says_of_itself_what_it_says_to_staff(folder):
    course = folder.read().library.courses["c"]
    shown = course_for_leads(course, ["Late messages"], folder.read().library, SCHOOL)
    assert "What it is for." in shown.about and shown.lessons == ("Late messages",)
    assert [theme.question for theme in shown.themes] == [None, "Who is also a friend?"]


def test_scenarios_are_those_of_the_phase_and_judged_by_the_policy_of_now(read):
    first = read().quiz.scenarios["late"].scenes["late"]
    assert [option.rating for option in first.options] == [Rating.BEST, Rating.BREACH]
    undecided = read(choices={}).quiz.scenarios["late"].scenes["late"]
    assert undecided.options[0].rating is Rating.POOR
    assert list(read(phase="primary").quiz.scenarios) == ["late"]


def test_it_says_what_ratings_hang_on_and_every_answer_that_could_be_given(read):
    late = read()
    assert late.hangs_on["late", 1] == ("How may staff be in touch with pupils? Here: Platforms only.", "The phase.")
    assert late.hangs_on["late", 2] == ("The nation.",)
    assert late.hangs_on["big", 1] == ()
    cautious = read(choices={}).hangs_on["late", 1][0]
    assert cautious == "How may staff be in touch with pupils? Here: No online contact, the cautious rule until the school chooses."
    [question] = late.questions
    assert [label for label, _ in question.answers] == ["No online contact", "Platforms only", "Accounts too"]
    assert read("later").questions == ()


def test_a_scenario_says_where_what_to_read_again_stands(read):
    late = read()
    assert late.read == {"late": "/school/courses/c/late#what-to-do"}
    assert late.quiz.scenarios["late"].read.title == "What to do"


def test_twins_stand_together_in_the_place_of_the_first(folder):
    def scenario(word, twin, *ratings):
        options = "\n".join(f"- {each} Choice {number}.\n\n  > So.\n" for number, each in enumerate(ratings))
        return f"## {word} {{#{word} .messages{twin}}}\n\nIt is {word}.\n\n{options}\n"

    folder.quiz(
        scenario("one", " twin=other", "[best]", "[poor]") + scenario("alone", "", "[poor]", "[best]")
        + scenario("other", " twin=one", "[poor]", "[best]")
    )
    reading = folder.read()
    course = reading.library.courses["c"]
    groups = lesson_for_leads(course, course.lesson("late"), reading.library, SCHOOL).groups
    assert [[each.id for each in group] for group in groups] == [["one", "other"], ["alone"]]


def test_ids_are_those_of_the_lesson_and_words_of_a_quiz_have_none(read):
    late, later = read(), read("later")
    assert ID.findall(late.shown.html) == ["what-to-do"] and ID.findall(later.shown.html) == ["top", "what-to-do"]
    scenes = [scene for scenario in late.quiz.scenarios.values() for scene in scenario.scenes.values()]
    words = "".join(scene.html + "".join(option.label_html + option.feedback for option in scene.options) for scene in scenes)
    assert " id=" not in words and "Nothing is lost by morning." in words


def test_links_into_the_course_lead_to_where_leads_read_it_and_others_where_they_led(read):
    assert HREF.findall(read("later").shown.html) == [
        "/school/courses/c/later#top",
        "/school/courses/c/late#what-to-do",
        "/school/courses/c/late",
        "/school/courses/c",
        "/policy",
        "/courses/d/",
        "https://example.org/#top",
    ]
    feedback = read().quiz.scenarios["late"].scenes["late"].options[1].feedback
    assert 'href="/school/courses/c/late#what-to-do"' in feedback


def test_nothing_is_folded_and_nothing_is_to_be_ticked(read):
    html = read("later").shown.html
    assert '<p><b>Why?</b></p>\n<div class="more-text">' in html and "<details" not in html and "<summary" not in html
    assert "<input" not in html and "data-checklist" not in html and "Clear my ticks" not in html and "<label" not in html
    assert "<li>Off</li>" in html and "<li>Away</li>" in html
    assert 'role="region"' not in html and html.count("<div") == html.count("</div>")


def test_a_try_lies_open_with_its_feedback(read):
    html = read("later").shown.html
    assert '<p class="try-note">It isn’t marked or kept.</p>\n<ul class="choices">\n<li><p><b>Wait</b></p>\n' in html
    assert '<li><p><b>Answer</b></p>\n<div class="choice-text">\n<p>It <em>tempts</em>.</p>\n</div></li>\n</ul>\n</div>\n' in html
    assert " name=" not in html


def test_words_that_look_like_tags_stay_words(folder):
    folder.write(LATE, LESSON.replace("You can wait.", 'Write `<h2 id="x">` or <details class="more"> id="y" href="#z".'))
    assert '<code>&lt;h2 id="x"&gt;</code> or &lt;details class="more"&gt; id="y" href="#z".' in html_of(folder)


def test_the_help_block_says_what_it_says_in_the_lesson(folder):
    folder.write("courses/facts.yml", FACTS)
    folder.write(LATE, LESSON + "\n/// help\n///\n")
    assert '<a href="tel:03443814772">0344 381 4772</a>' in html_of(folder)


def test_an_id_that_only_some_schools_have_is_no_place_on_the_page(folder):
    body = "[There](#there) and [here](#here).\n{#here}\n\n/// policy | pupil-contact: platforms\n## There {#there}\n\nWords.\n///\n"
    folder.lesson(body + "\n## What to do {#what-to-do}\n")
    assert not folder.read().problems
    assert HREF.findall(html_of(folder))[:2] == ["/school/courses/c/late", "/school/courses/c/late#here"]
