"""What pages say of how things stand: every state has its sentence, and no sentence is said in another state."""

import pytest

from induction.wording.notices import (
    Acknowledged,
    CourseState,
    PolicyState,
    PolicyTask,
    courses_wait,
    home_lead,
    policy_lead,
    policy_waits,
    what_is_left,
)

NOTHING, TEXT_ALONE = PolicyState(False, 16, 16), PolicyState(True, 16, 16)
SOME, ALL = PolicyState(False, 16, 9), PolicyState(False, 16, 0)
PUBLISHED_SOME, PUBLISHED = PolicyState(True, 16, 9), PolicyState(True, 16, 0)
POLICY_STATES = (NOTHING, TEXT_ALONE, SOME, ALL, PUBLISHED_SOME, PUBLISHED)
ONLINE, ON_PAPER = Acknowledged(2, "Monday 9 November", None), Acknowledged(2, "Monday 9 November", "Lou Hartley")


@pytest.mark.parametrize(
    "state, words",
    [
        (NOTHING, "Your policy is not published yet, so the cautious rules apply. Answer the questions under Policy, and publish it."),
        (
            SOME,
            "What you have chosen applies, and the cautious rule where you have not; your policy’s text is not published yet. "
            "Look at it under Policy, and publish it.",
        ),
        (ALL, "What you have chosen applies; your policy’s text is not published yet. Look at it under Policy, and publish it."),
        (TEXT_ALONE, ""),
        (PUBLISHED_SOME, ""),
        (PUBLISHED, ""),
    ],
)
def test_leads_are_told_of_a_policy_that_waits(state, words):
    assert policy_waits(state) == words


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
    told = policy_waits(state)
    assert ("has not published its policy" in said) is (not state.published and not state.chosen)
    assert ("Nothing has to be acknowledged" in said) is (not state.published)
    assert ("the cautious rule" in said) is bool(state.undecided)
    assert ("changed" in said) is (state.published and asked and mine is not None and differs)
    assert bool(told) is (not state.published)
    assert ("so the cautious rules apply" in told) is (not state.published and not state.chosen)
    assert not told or ("cautious" in told) is bool(state.undecided)


FIRST, CHANGED, SAME = PolicyTask(False, False, False), PolicyTask(True, False, True), PolicyTask(True, False, False)
LATE, CHANGED_LATE, SAME_LATE = PolicyTask(False, True, False), PolicyTask(True, True, True), PolicyTask(True, True, False)


@pytest.mark.parametrize(
    "task, heading, words",
    [
        (FIRST, "Read our policy", "A few minutes. At its end you say that you have read and understood it."),
        (CHANGED, "Read what has changed", "Something in it has changed since you read it."),
        (CHANGED_LATE, "Read what has changed", "Something in it has changed since you read it. What you have completed stands."),
        (SAME, "Read our policy once more", "It reads as it did; everybody is asked again."),
        (SAME_LATE, "Read our policy once more", "It reads as it did; everybody is asked again. What you have completed stands."),
        (LATE, "Read our policy", "It was published after you had completed the induction. What you have completed stands."),
    ],
)
def test_the_policy_as_a_task(task, heading, words):
    assert (task.heading, task.words) == (heading, words)


KEPT = "Nothing here has to be done in one go: every answer is kept."


@pytest.mark.parametrize(
    "lessons, left, tried, task, again, words",
    [
        (0, 0, False, None, 0, "There are no lessons yet. Your induction lead can add them."),
        (11, 11, False, FIRST, 0, f"Welcome. {KEPT}"),
        (11, 11, True, None, 0, f"You have made a start. {KEPT}"),
        (11, 6, True, None, 0, f"You have made a start. {KEPT}"),
        (11, 5, True, CHANGED, 2, f"You are over halfway. {KEPT}"),
        (1, 1, False, None, 0, f"Welcome. {KEPT}"),
        (11, 0, True, FIRST, 0, "You have done every lesson. What is left is to read our policy, and to say that you have."),
        (11, 0, True, CHANGED, 0, "You have done every lesson. Our policy has changed since you read it."),
        (11, 0, True, SAME, 0, "You have done every lesson. Everybody is asked to read our policy once more."),
        (
            11, 0, True, LATE, 0,
            "You have done every lesson. Our policy has been published since then: what is left is to read it, and to say that you have.",
        ),
        (11, 0, True, None, 1, "You have done every lesson. Our policy has changed since, so one scenario is asked once more."),
        (11, 0, True, None, 3, "You have done every lesson. Our policy has changed since, so some scenarios are asked once more."),
        (11, 0, True, None, 0, "You have done every lesson. They stay open to you, and every answer is kept."),
    ],
)
def test_home_says_how_it_stands(lessons, left, tried, task, again, words):
    assert home_lead(lessons, left, tried, task, again) == words


@pytest.mark.parametrize(
    "lessons, left, policy, again, words",
    [
        (11, 4, True, 0, ("4 lessons", "of 11, and the policy")),
        (11, 1, False, 2, ("1 lesson", "of 11")),
        (11, 0, True, 2, ("The policy", "and no lesson of 11")),
        (11, 0, False, 2, ("2 scenarios", "to meet again")),
        (11, 0, False, 1, ("1 scenario", "to meet again")),
        (11, 0, False, 0, ("Nothing", "of 11 lessons")),
        (1, 0, False, 0, ("Nothing", "of 1 lesson")),
    ],
)
def test_what_is_left(lessons, left, policy, again, words):
    assert what_is_left(lessons, left, policy, again) == words


APPROVED, WITHOUT, OTHER, NEVER = CourseState
FULL, SHORT = "Boundaries online", "In ten minutes"


@pytest.mark.parametrize(
    "states, words",
    [
        ((), ""),
        ((APPROVED, APPROVED), ""),
        ((NEVER, APPROVED), "Boundaries online is not approved yet: read it and approve it under Courses."),
        ((OTHER, APPROVED), "Boundaries online has changed since it was approved: read it and approve it under Courses."),
        (
            (APPROVED, WITHOUT),
            "An approval now covers the questions of policy too. In ten minutes was approved without: see them under Courses.",
        ),
        (
            (WITHOUT, WITHOUT),
            "An approval now covers the questions of policy too. Two courses were approved without: see them under Courses.",
        ),
        ((WITHOUT, NEVER), "Two courses are not approved as they stand: read them and approve them under Courses."),
        ((OTHER, OTHER), "Two courses are not approved as they stand: read them and approve them under Courses."),
    ],
)
def test_leads_are_told_of_courses_that_wait(states, words):
    assert courses_wait(list(zip((FULL, SHORT), states, strict=False))) == words
