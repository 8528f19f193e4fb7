"""Confidence before and after: when it is asked, and what a mentor may read of it."""

import pytest

from induction.content.model import ConfidenceQuestion
from induction.rules import confidence
from induction.rules.confidence import Moment

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
