"""Confidence before and after: when it is asked, what a mentor may read of it, and what has changed."""

import pytest

from induction.content.model import ConfidenceQuestion
from induction.rules import confidence
from induction.rules.confidence import SCALE, Moment

LESSONS = ["one", "two"]
ASKED = [ConfidenceQuestion("no", "Ready to say no?", "saying no"), ConfidenceQuestion("late", "Ready at night?", "late messages"),
         ConfidenceQuestion("name", "Ready for talk?", "talk about oneself")]
BEFORE, AFTER = Moment.BEFORE, Moment.AFTER


@pytest.mark.parametrize(
    ("lessons", "completed", "said", "opened"),
    [
        (LESSONS, [], {}, BEFORE),
        (LESSONS, [], {BEFORE}, None),
        (LESSONS, ["one"], {}, None),
        (LESSONS, ["two"], {BEFORE}, None),
        (LESSONS, ["one", "two"], {}, AFTER),
        (LESSONS, ["one", "two"], {BEFORE}, AFTER),
        (LESSONS, ["one", "two"], {BEFORE, AFTER}, None),
        (LESSONS, ["two", "one", "gone"], {BEFORE}, AFTER),
        (LESSONS, ["gone"], {}, BEFORE),
        ([], [], {}, None),
        ([], ["gone"], {}, None),
    ],
)
def test_they_are_open_before_the_first_lesson_and_after_the_last(lessons, completed, said, opened):
    assert confidence.open_stage(lessons, completed, said) is opened


@pytest.mark.parametrize(
    ("stage", "said", "offered"),
    [
        (BEFORE, {}, True),
        (AFTER, {}, True),
        (AFTER, {BEFORE: {"no": 1}}, True),
        (AFTER, {BEFORE: {}}, False),
    ],
)
def test_whoever_skipped_them_is_not_asked_again(stage, said, offered):
    assert confidence.is_offered(stage, said) is offered


@pytest.mark.parametrize(
    ("said", "talks"),
    [
        ({}, []),
        ({BEFORE: {}}, []),
        ({BEFORE: {"no": 4, "late": 5}}, []),
        ({BEFORE: {"no": 3, "late": 1, "name": 4}}, ["late messages", "saying no"]),
        ({BEFORE: {"no": 2, "late": 2, "name": 2}}, ["saying no", "late messages", "talk about oneself"]),
        ({BEFORE: {"no": 1}, AFTER: {"no": 5}}, []),
        ({BEFORE: {"no": 5}, AFTER: {"no": 2}}, ["saying no"]),
        ({BEFORE: {"no": 1}, AFTER: {"late": 3}}, ["late messages"]),
        ({BEFORE: {"no": 1}, AFTER: {}}, ["saying no"]),
        ({BEFORE: {"asked no more": 1}}, []),
    ],
)
def test_what_somebody_would_like_to_talk_about(said, talks):
    assert confidence.would_talk(ASKED, said) == talks


def test_a_change_is_told_in_words_question_by_question():
    said = {BEFORE: {"no": 1, "late": 4, "name": 3}, AFTER: {"no": 4, "late": 3, "name": 3}}
    first, second, third = confidence.changes(ASKED, said)
    assert (first.ask, first.before, first.after) == ("Ready to say no?", 1, 4)
    assert first.words == "At the start: not at all. At the end: mostly. That is more than at the start."
    assert second.words == (
        "At the start: mostly. At the end: partly. That is less than at the start, which often means seeing more of what it takes."
    )
    assert third.words == "At the start: partly. At the end: partly. That is the same."


def test_what_was_left_open_says_so():
    no, late, name = confidence.changes(ASKED, {BEFORE: {"no": 2}, AFTER: {"no": 2, "late": 5}})
    assert late.words == "At the start: left open. At the end: fully."
    assert name.words == "At the start: left open. At the end: left open."
    assert (late.before, late.after, name.after) == (None, 5, None)
    [no, *_] = confidence.changes(ASKED, {BEFORE: {"no": 2}})
    assert no.words == "At the start: a little."


def test_a_skipped_stage_is_all_left_open():
    assert confidence.changes(ASKED, {}) == confidence.changes(ASKED, {BEFORE: {}, AFTER: {}}) == []
    assert confidence.changes(ASKED, {BEFORE: {}, AFTER: {"no": 1}})[0].words == "At the start: left open. At the end: not at all."


def test_a_question_that_is_asked_no_more_is_still_shown():
    found = confidence.changes(ASKED[:1], {BEFORE: {"no": 1, "old-one": 5}})
    assert [(each.ask, each.words) for each in found] == [
        ("Ready to say no?", "At the start: not at all."), ("old one", "At the start: fully."),
    ]


def test_the_scale_has_five_words():
    assert list(SCALE) == [1, 2, 3, 4, 5]
    assert (SCALE[1], SCALE[5]) == ("not at all", "fully")
