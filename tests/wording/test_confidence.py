"""Confidence in words: what has changed question by question, the signs of its picture, and what its page says."""

import pytest

from induction.content.model import ConfidenceQuestion
from induction.rules.confidence import Moment
from induction.wording.confidence import SCALE, ConfidenceChange, changes, heading, kept_words, lead, legend, offered

ASKED = [ConfidenceQuestion("no", "Ready to say no?", "saying no"), ConfidenceQuestion("late", "Ready at night?", "late messages"),
         ConfidenceQuestion("name", "Ready for talk?", "talk about oneself")]
BEFORE, AFTER = Moment.BEFORE, Moment.AFTER
OPEN = "There is no right answer, and you may leave any of them open."


def test_a_change_is_told_in_words_question_by_question():
    said = {BEFORE: {"no": 1, "late": 4, "name": 3}, AFTER: {"no": 4, "late": 3, "name": 3}}
    first, second, third = changes(ASKED, said)
    assert (first.ask, first.before, first.after) == ("Ready to say no?", 1, 4)
    assert first.words == "At the start: not at all. At the end: mostly. That is more than at the start."
    assert second.words == (
        "At the start: mostly. At the end: partly. That is less than at the start, which often means seeing more of what it takes."
    )
    assert third.words == "At the start: partly. At the end: partly. That is the same."


def test_what_was_left_open_says_so():
    no, late, name = changes(ASKED, {BEFORE: {"no": 2}, AFTER: {"no": 2, "late": 5}})
    assert late.words == "At the start: left open. At the end: fully."
    assert name.words == "At the start: left open. At the end: left open."
    assert (late.before, late.after, name.after) == (None, 5, None)
    [no, *_] = changes(ASKED, {BEFORE: {"no": 2}})
    assert no.words == "At the start: a little."


def test_a_skipped_stage_is_all_left_open():
    assert changes(ASKED, {}) == changes(ASKED, {BEFORE: {}, AFTER: {}}) == []
    assert changes(ASKED, {BEFORE: {}, AFTER: {"no": 1}})[0].words == "At the start: left open. At the end: not at all."


def test_a_question_that_is_asked_no_more_is_still_shown():
    found = changes(ASKED[:1], {BEFORE: {"no": 1, "old-one": 5}})
    assert [(each.ask, each.words) for each in found] == [
        ("Ready to say no?", "At the start: not at all."), ("old one", "At the start: fully."),
    ]


def test_the_scale_has_five_words():
    assert list(SCALE) == [1, 2, 3, 4, 5]
    assert (SCALE[1], SCALE[5]) == ("not at all", "fully")


@pytest.mark.parametrize(
    "before, after, words",
    [
        (2, 4, "A ring is where you stood at the start, a dot where you stood at the end."),
        (2, None, "A ring is where you stood at the start."),
        (None, 4, "A dot is where you stood at the end."),
    ],
)
def test_a_ring_is_the_start_and_a_dot_the_end(before, after, words):
    assert legend([ConfidenceChange("?", None, None, ""), ConfidenceChange("?", before, after, "")]) == words


def test_one_question_with_a_ring_and_another_with_a_dot_need_both():
    both = legend([ConfidenceChange("?", 1, None, ""), ConfidenceChange("?", None, 1, "")])
    assert both == "A ring is where you stood at the start, a dot where you stood at the end."


@pytest.mark.parametrize(
    "stage, again, words",
    [
        (BEFORE, False, "Before you begin: three questions, one minute"),
        (AFTER, False, "At the end: three questions, one minute"),
        (AFTER, True, "Three questions again, to see what has changed"),
    ],
)
def test_home_offers_so_many_questions(stage, again, words):
    assert offered(stage, 3, again) == words


def test_one_question_is_no_plural():
    assert offered(BEFORE, 1, False) == "Before you begin: one question, one minute"
    assert lead(1, BEFORE, {}) == f"One question, one minute. {OPEN}"


SAID, SKIPPED = {"no": 2}, {}


@pytest.mark.parametrize(
    "stage, said, headed, words",
    [
        (BEFORE, {}, "Before you begin", f"Three questions, one minute. {OPEN}"),
        (AFTER, {}, "At the end", f"Three questions, one minute. {OPEN}"),
        (AFTER, {BEFORE: SKIPPED}, "At the end", f"Three questions, one minute. {OPEN}"),
        (AFTER, {BEFORE: SAID}, "At the end", f"The same three questions again, one minute. {OPEN}"),
        (None, {}, "How ready you feel", "A few questions, before the first lesson and after the last."),
        (None, {BEFORE: SKIPPED}, "How ready you feel", "A few questions, before the first lesson and after the last."),
        (
            None, {BEFORE: SAID}, "How ready you feel",
            "What you said at the start. The questions come once more when every lesson is done.",
        ),
        (None, {BEFORE: SAID, AFTER: SAID}, "How ready you feel", "What you said at the start and at the end."),
        (None, {BEFORE: SKIPPED, AFTER: SAID}, "How ready you feel", "What you said at the start and at the end."),
        (None, {AFTER: SAID}, "How ready you feel", "What you said at the end."),
    ],
)  # fmt: skip
def test_the_page_says_what_is_open_or_what_it_shows(stage, said, headed, words):
    assert (heading(stage), lead(3, stage, said)) == (headed, words)


@pytest.mark.parametrize(
    "stage, answered, shared, may_share, words",
    [
        (BEFORE, False, False, False, "Left open, and not offered again. The page opens once more when every lesson is done."),
        (AFTER, False, True, False, "Left open, and not offered again."),
        (BEFORE, True, False, True, "Kept. Nobody else sees it unless you share it below."),
        (BEFORE, True, False, False, "Kept. Nobody else sees it."),
        (AFTER, True, True, True, "Kept. Your mentor reads nothing of it any more: these are new answers, so you decide anew below."),
        (AFTER, True, True, False, "Kept. Your mentor reads nothing of it any more: these are new answers."),
    ],
)
def test_once_kept_it_says_who_reads_it(stage, answered, shared, may_share, words):
    assert kept_words(stage, answered, shared, may_share) == words
