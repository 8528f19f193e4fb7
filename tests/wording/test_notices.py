"""What pages say of how things stand: every state has its sentence, and no sentence is said in another state."""

import pytest

from induction.wording.notices import (
    Acknowledged,
    CourseState,
    PolicyState,
    courses_wait,
    policy_lead,
)

NOTHING, TEXT_ALONE = PolicyState(False, 16, 16), PolicyState(True, 16, 16)
SOME, ALL = PolicyState(False, 16, 9), PolicyState(False, 16, 0)
PUBLISHED_SOME, PUBLISHED = PolicyState(True, 16, 9), PolicyState(True, 16, 0)
POLICY_STATES = (NOTHING, TEXT_ALONE, SOME, ALL, PUBLISHED_SOME, PUBLISHED)
ONLINE, ON_PAPER = Acknowledged(2, "Monday 9 November", None), Acknowledged(2, "Monday 9 November", "Lou Hartley")


@pytest.mark.parametrize(
    "state, asked, mine, differs, words",
    [
        (
            NOTHING, False, None, False,
            "Wrenfield has not published its policy yet. Until it does, the cautious rule applies to each question: the one that is "
            "safest for a child. Nothing has to be acknowledged yet.",
        ),
        (
            SOME, False, None, False,
            "What Wrenfield has chosen, question by question. Where it has not chosen yet, the cautious rule applies. "
            "Nothing has to be acknowledged yet.",
        ),
        (ALL, False, None, False, "What Wrenfield has chosen, question by question. Nothing has to be acknowledged yet."),
        (PUBLISHED, True, None, False, "Read it once, in your own time. At the end you say that you have."),
        (PUBLISHED, True, ONLINE, True, "You read version 2 on Monday 9 November. Since then something in it has changed."),
        (PUBLISHED, True, ONLINE, False, "You read version 2 on Monday 9 November. It reads the same; you are asked to read it once more."),
        (
            PUBLISHED, False, ONLINE, False,
            "You said on Monday 9 November that you have read and understood version 2. Nothing more is asked of you.",
        ),
        (
            PUBLISHED, False, ON_PAPER, False,
            "You said on Monday 9 November that you have read and understood version 2, on paper; Lou Hartley recorded it. "
            "Nothing more is asked of you.",
        ),
        (PUBLISHED, False, None, False, "What Wrenfield has decided."),
        (
            PUBLISHED_SOME, False, None, False,
            "What Wrenfield has decided. Where Wrenfield has not chosen yet, the cautious rule applies, and it says so.",
        ),
    ],
)
def test_the_policys_page_begins_with_what_is_so(state, asked, mine, differs, words):
    assert policy_lead("Wrenfield", state, asked, mine, differs) == words


@pytest.mark.parametrize("state", POLICY_STATES)
@pytest.mark.parametrize("asked", [True, False])
@pytest.mark.parametrize("mine", [None, ONLINE, ON_PAPER])
@pytest.mark.parametrize("differs", [True, False])
def test_whatever_the_state_nothing_is_said_that_is_not_so(state, asked, mine, differs):
    said = policy_lead("Wrenfield", state, asked, mine, differs)
    assert ("has not published its policy" in said) is (not state.published and not state.chosen)
    assert ("Nothing has to be acknowledged" in said) is (not state.published)
    assert ("the cautious rule" in said) is bool(state.undecided)
    assert ("changed" in said) is (state.published and asked and mine is not None and differs)


APPROVED, WITHOUT, OTHER, NEVER = CourseState
FULL, SHORT = "Boundaries online", "In ten minutes"


@pytest.mark.parametrize(
    "states, words",
    [
        ((), ""),
        ((APPROVED, APPROVED), ""),
        ((NEVER, APPROVED), "Boundaries online is not approved yet."),
        ((OTHER, APPROVED), "Boundaries online has changed since it was approved."),
        (
            (APPROVED, WITHOUT),
            "An approval now covers the questions of policy too. In ten minutes was approved without.",
        ),
        (
            (WITHOUT, WITHOUT),
            "An approval now covers the questions of policy too. Two courses were approved without.",
        ),
        ((WITHOUT, NEVER), "Two courses are not approved as they stand."),
        ((OTHER, OTHER), "Two courses are not approved as they stand."),
    ],
)
def test_leads_are_told_of_courses_that_wait(states, words):
    assert courses_wait(list(zip((FULL, SHORT), states, strict=False))) == words
