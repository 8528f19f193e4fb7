"""What a stance changes: lessons' words and scenarios' judgements, before and after."""

import pytest

from induction.content.editions.differences import bears_on, by_stance, changes
from induction.content.model import Choice, Rating, School
from induction.content.reading import library
from tests.choices import chosen
from tests.content.folders import LATE, LATE_QUIZ

LESSON = """\
---
title: Late messages
---

/// policy | pupil-contact: none
No messages at all.
///

/// policy | pupil-contact: platforms, accounts
On platforms.
///

What we say here: {{ stance: pupil-contact }} Then on.
"""
QUIZ = """\
---
title: Late messages
---

## A late message {#late .messages phase=primary}

It is late.

- [breach; best if pupil-contact is platforms] Answer at noon.

  > The rule here is what the policy says about it all.

- [best; fine if pupil-contact is platforms] Wait.

  > The rule here is what the policy says about it all.

- [poor] Shout.

  > The rule here is what the policy says about it all.
"""


@pytest.fixture
def programme(folder):
    folder.write(LATE, LESSON)
    folder.write(LATE_QUIZ, QUIZ)
    reading = folder.read()
    assert [str(problem) for problem in reading.problems] == []
    return reading.library


def school(**more):
    return School("Wrenfield", **more)


def test_a_lesson_says_what_stands_there_now_and_then(programme):
    found = changes(programme, school(), school(choices=chosen({"pupil-contact": "platforms"})))
    [lesson] = found.lessons
    assert "No messages at all." in lesson.before and "On platforms." not in lesson.before
    assert "On platforms." in lesson.after and "Our policy at Wrenfield" in lesson.after
    assert "Staff have none. Then on" not in lesson.before and "staff have none. Then on" in lesson.before
    assert "… What we say here: Only on platforms. Then on. …" in lesson.after


def test_a_scenario_says_how_each_choice_is_judged_now_and_then(programme):
    found = changes(programme, school(), school(choices=chosen({"pupil-contact": "platforms"})))
    [scenario] = found.scenarios
    assert (scenario.lesson, scenario.title) == ("late-messages" if scenario.lesson == "late-messages" else "late", "A late message")
    assert [(each.label, each.before, each.after) for each in scenario.options] == [
        ("Answer at noon.", Rating.BREACH, Rating.BEST), ("Wait.", Rating.BEST, Rating.FINE)
    ]


def test_to_choose_what_applies_changes_what_it_is_called_and_no_judgement(programme):
    found = changes(programme, school(), school(choices=chosen({"pupil-contact": "none"})))
    assert found.scenarios == () and "Until Wrenfield decides" in found.lessons[0].before


def test_a_version_or_a_day_is_no_change(programme):
    before = school(choices=chosen({"pupil-contact": "platforms"}), policy_version=1)
    assert changes(programme, before, school(choices=chosen({"pupil-contact": "platforms"}), policy_version=2)).nothing


def test_scenarios_of_another_phase_do_not_count(programme):
    assert bears_on(programme, school(phase="primary")) == {"pupil-contact": (1, 1)}
    assert bears_on(programme, school(phase="secondary")) == {"pupil-contact": (1, 0)}
    found = changes(programme, school(phase="secondary"), school(phase="secondary", choices=chosen({"pupil-contact": "platforms"})))
    assert found.scenarios == () and found.lessons


def test_each_stance_is_held_against_the_one_in_force(programme):
    effects = by_stance(programme, school(choices=chosen({"pupil-contact": "platforms"})), "pupil-contact", {})
    assert list(effects) == ["none", "platforms", "accounts"]
    assert effects["platforms"].nothing and effects["none"].scenarios


def test_words_stand_beside_the_stance_that_has_them_and_no_other():
    """What is written beside the stance in force says nothing of another that asks for words too."""
    shipped = library.read(library.Path(__file__).resolve().parents[2], None).library
    stands = school(choices={"contact-hours": Choice("contact-hours", "agreed-hours", "8am to 4pm")})
    [now] = [each.after for each in by_stance(shipped, stands, "contact-hours", {})["school-day"].lessons[:1]]
    assert "taken as 8.30am to 3.30pm" in now and "8am to 4pm" not in now
    [written] = [each.after for each in by_stance(shipped, stands, "contact-hours", {"school-day": "8.40am to 3pm"})["school-day"].lessons[:1]]
    assert "8.40am to 3pm" in written


def test_what_is_shipped_says_something_on_every_question():
    shipped = library.read(library.Path(__file__).resolve().parents[2], None).library
    counted = bears_on(shipped, school())
    assert all(lessons and scenarios for lessons, scenarios in counted.values()), counted
