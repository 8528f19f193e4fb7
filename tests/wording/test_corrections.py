"""Sign-offs and corrections, in sentences."""

from dataclasses import replace
from datetime import date

import pytest

from induction.rules.corrections import Kind
from induction.wording import corrections, sign_offs
from tests.rules.test_corrections import SAID

TODAY = date(2026, 12, 5)
WHAT = corrections.lesson("Friend requests", 90, date(2026, 12, 3), TODAY)


def test_entries_say_what_they_are():
    assert WHAT == "“Friend requests”, passed on Thursday 3 December"
    assert corrections.lesson("Friend requests", None, date(2025, 12, 3), TODAY).endswith("read on Wednesday 3 December 2025")
    assert corrections.course("Boundaries", TODAY, TODAY) == "The course “Boundaries”, completed on Saturday 5 December"
    assert corrections.policy(3, TODAY, TODAY) == "Version 3 of the policy, read and understood on Saturday 5 December"
    assert corrections.sign_off("Boundaries", "Max Reid", TODAY, TODAY) == "“Boundaries”, signed off by Max Reid on Saturday 5 December"


@pytest.mark.parametrize(("changed", "words"), [
    ({}, "it does not count. Not hers."),
    ({"counts": True, "why": "It was her."}, "it counts after all. It was her."),
    ({"counts": None, "rightly": "The 3rd"}, "a note beside it. Not hers. Right is: The 3rd."),
    ({"follows": 5}, "it goes with what it belongs to, and does not count. Not hers."),
    ({"follows": 5, "counts": True}, "it counts again with it. Not hers."),
])  # fmt: skip
def test_a_correction_says_who_when_what_and_why(changed, words):
    assert corrections.said(replace(SAID, **changed), TODAY) == f"Lou Hartley, Friday 4 December, 10.42 am: {words}"


def test_its_owner_reads_it_on_home_and_whom_to_talk_to():
    assert corrections.on_home(SAID, WHAT, TODAY) == (
        "Lou Hartley corrected your record on Friday 4 December. “Friend requests”, passed on Thursday 3 December, does not count any"
        " more. Not hers. If that is not right, talk to Lou Hartley."
    )
    assert ", has a note beside it." in corrections.on_home(replace(SAID, counts=None), WHAT, TODAY)


@pytest.mark.parametrize(("kind", "lesson", "lessons", "courses", "words"), [
    (Kind.COMPLETION, True, [], [], "The lesson is open again for Tess, unless it was done another time too."),
    (Kind.COMPLETION, True, [], ["Boundaries"], "The lesson is open again for Tess, unless it was done another time too."
     " With it goes the completion of “Boundaries”, which rests on it."),
    (Kind.COMPLETION, False, ["One", "Two", "Three", "Four", "Five"], [],
     "The course is open again for Tess, with its lessons: One, Two, Three, Four and Five."),
    (Kind.COMPLETION, False, [], [], "The course is open again for Tess."),
    (Kind.ACKNOWLEDGEMENT, False, [], [], "Tess is asked to read the policy again, unless a later version is acknowledged."),
    (Kind.SIGN_OFF, False, [], [], "Without it, the course waits for a sign-off again. Tess is asked for nothing."),
])  # fmt: skip
def test_a_lead_reads_first_what_follows(kind, lesson, lessons, courses, words):
    assert corrections.what_follows(kind, lesson, "Tess", lessons, courses) == words


def test_what_was_done_is_said():
    assert corrections.done(None, [], []) == "Kept. The note stands beside the entry."
    assert corrections.done(False, [], []) == "Kept. It does not count any more. It stays on record, struck through."
    assert corrections.done(False, ["Boundaries"], []).startswith("Kept. It does not count any more, nor does “Boundaries”.")
    assert corrections.done(True, ["Boundaries"], ["One"]) == "Kept. It counts after all, and so do “Boundaries” and “One”."
    assert corrections.done(True, [], []) == "Kept. It counts after all."


def test_a_sign_off_says_what_it_means_and_what_it_does_not():
    assert "It is no statement about Tess’s conduct or character" in sign_offs.means("Tess")
    assert "no statement about your conduct" in sign_offs.MEANS_FOR_ITS_OWNER
    assert sign_offs.what("Boundaries", TODAY, None, TODAY) == "Boundaries, completed on Saturday 5 December"
    again = sign_offs.what("Boundaries", TODAY, date(2026, 9, 1), TODAY)
    assert again == "Boundaries, completed on Saturday 5 December in the round that began on 1 September"
    assert sign_offs.signed("Max Reid", "Max Reid", TODAY, TODAY) == "signed off by Max Reid on Saturday 5 December"
    assert sign_offs.signed("Max Reid", "M. Reid", TODAY, TODAY).endswith("5 December (signed as M. Reid)")


@pytest.mark.parametrize(("counting", "words"), [
    ((), ""), ((False,), "it does not count."), ((False, None), "it does not count."), ((False, True), ""),
    ((None,), "something about it is not right; the school can say what."),
])  # fmt: skip
def test_whoever_looks_a_certificate_up_reads_no_reason(counting, words):
    assert corrections.on_certificate([replace(SAID, counts=each) for each in counting]) == words
