"""How an approved account stands, in words."""

from datetime import date, timedelta

import pytest

from induction.rules.account_approval import Need, Platform, Reason, standing
from induction.wording.approved_accounts import (
    age_fault,
    how_it_stands,
    in_a_word,
    in_short,
    review_fault,
    switched_already,
    switched_for_another_reason,
    why_not,
)

TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)
INSTAGRAM = Platform("instagram-minimum-age", "Instagram", 13, "Instagram's own terms")


def status(**changed):
    fine = {"need": Need.USED, "signed": True, "review_on": TODAY + DAY, "gone": [], "off": None, "today": TODAY}
    return standing(**{**fine, **changed})


def test_an_approved_account_says_until_when():
    found = status()
    assert (in_a_word(found), in_short(found), why_not(found, TODAY)) == ("Approved", "", "")
    assert how_it_stands(found, TODAY) == "It is approved until Wednesday 25 November."


WHY_NOT = {
    Reason.UNSIGNED: ({"signed": False}, "waiting to be signed off", "It is waiting for the second signature."),
    Reason.PAST: ({"review_on": TODAY - DAY}, "review date passed", "Its review date, 23 November, has passed."),
    Reason.GONE: ({"gone": ["Max Adeyemi"]}, "somebody who looks after it has left", "Max Adeyemi has left."),
    Reason.OFF: (
        {"off": (TODAY - DAY, "A pupil wrote to it.")},
        "switched off",
        "It was switched off on Monday 23 November (A pupil wrote to it).",
    ),
    Reason.POLICY: ({"need": Need.NOT_USED}, "none are used here", "Our policy uses no approved accounts."),
}


@pytest.mark.parametrize("reason", Reason)
def test_what_is_not_approved_says_why(reason):
    changed, short, sentence = WHY_NOT[reason]
    found = status(**changed)
    assert (in_a_word(found), in_short(found), why_not(found, TODAY)) == ("Not approved now", short, sentence)
    assert how_it_stands(found, TODAY) == f"It is not approved yet. {sentence}"


def test_all_reasons_are_said_at_once():
    found = status(signed=False, review_on=TODAY - DAY, gone=["Max", "Tess"], off=(TODAY, "Hacked"), need=Need.NOT_CHOSEN)
    said = why_not(found, TODAY)
    assert said.startswith("The school has not decided yet whether to use approved accounts. It was switched off on ")
    assert "Max and Tess have left." in said and in_short(found).count(";") == 4


def test_an_audience_younger_than_the_platform_allows_is_refused_with_both_ages_and_the_source():
    fault = age_fault(INSTAGRAM, 12)
    assert all(words in fault for words in ("12", "13", "Instagram", "Instagram's own terms"))
    assert age_fault(INSTAGRAM, 13) is None


@pytest.mark.parametrize(
    "review_on, words",
    [
        (TODAY - DAY, "has passed"),
        (TODAY, None),
        (date(2027, 11, 24), None),
        (date(2027, 11, 25), "up to 24 November 2027"),
    ],
)
def test_a_review_lies_within_a_year(review_on, words):
    fault = review_fault(review_on, TODAY)
    assert (words in fault) if words else fault is None


@pytest.mark.parametrize(
    "off, before, words",
    [
        (True, True, "It was switched off already"), (True, False, "It was switched off already"),
        (False, True, "It was switched on again already"), (False, False, "It was never switched off already"),
    ],
)
def test_an_account_that_is_so_already_says_how(off, before, words):
    assert switched_already(off, before) == words


def test_the_first_reason_for_switching_it_stands():
    assert switched_for_another_reason(True, "you", "A pupil wrote to it.", "Hacked") == (
        "It was switched off already, by you (A pupil wrote to it). What you wrote is not kept: “Hacked”."
    )
    assert switched_for_another_reason(False, "Lou Hartley", "Mended", "Safe now.").startswith(
        "It was switched on again already, by Lou Hartley (Mended). "
    )
