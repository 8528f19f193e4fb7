"""What a school has before it at its beginning: every state has its sentence, and no sentence is said in another state."""

import pytest

from induction.wording import checklist
from induction.wording.checklist import SaidElsewhere
from induction.wording.notices import CourseState, PolicyState

SAID = SaidElsewhere("Lou Hartley", "Friday 27 November")


@pytest.mark.parametrize(
    "left, words",
    [(4, "Four things are left"), (3, "Three of four things are left"), (1, "One of four things is left")],
)
def test_the_heading_counts_what_is_left(left, words):
    assert checklist.heading(left, 4) == words


@pytest.mark.parametrize(
    "published, undecided, words",
    [
        (False, 16, "Until then the cautious rules apply, and lessons say so. Answer what you like, and publish it."),
        (
            False, 9,
            "What you have chosen applies, and the cautious rule where you have not; your policy’s text is not published yet. "
            "Look at it, and publish it.",
        ),
        (False, 0, "What you have chosen applies; your policy’s text is not published yet. Look at it, and publish it."),
        (True, 16, "Published. Where you have not chosen, the cautious rule applies."),
        (True, 9, "Published. Where you have not chosen, the cautious rule applies."),
        (True, 0, "Published."),
    ],
)
def test_the_policy(published, undecided, words):
    assert checklist.policy(PolicyState(published, 16, undecided)) == words


@pytest.mark.parametrize(
    "state, words",
    [
        (CourseState.APPROVED, "Approved as they stand."),
        (CourseState.NEVER, "Boundaries online is not approved yet."),
        (CourseState.CHANGED, "Boundaries online has changed since it was approved."),
    ],
)
def test_the_courses(state, words):
    assert checklist.courses([("Boundaries online", state)]) == words


def test_people():
    assert checklist.people(False) == "Nobody is here yet but leads. Add one, or bring in a list."
    assert checklist.people(True) == "People were brought in. Add more whenever you like."


def test_a_backup_elsewhere():
    assert checklist.backups(None) == (
        "What harms this machine harms the backups on it too. Keep a copy on another one, and say so."
    )
    assert checklist.backups(None, here=False) == (
        "The site makes its first backup in its first night. From then on, keep a copy on another machine, and say so."
    )
    assert checklist.backups(SaidElsewhere("", "Friday 27 November")) == (
        "The site copied the last one to its second folder on Friday 27 November."
    )
    assert checklist.backups(SAID) == "Lou Hartley said on Friday 27 November that a copy lies elsewhere."
    assert checklist.backups_elsewhere(None) == "Nobody has said yet that a copy lies elsewhere."
    assert checklist.backups_elsewhere(SAID) == checklist.backups(SAID)


@pytest.mark.parametrize(
    "count, days, words",
    [
        (0, 0, "No backup lies on this machine yet."),
        (1, 0, "One backup on this machine; the newest is from today."),
        (3, 1, "Three backups on this machine; the newest is one day old."),
        (12, 40, "12 backups on this machine; the newest is 40 days old."),
    ],
)
def test_backups_on_this_machine(count, days, words):
    assert checklist.backups_here(count, days) == words


def test_what_a_lead_is_told_who_has_said_it():
    assert checklist.said_of_backups(True) == "Kept: a copy of the backups lies elsewhere."
    assert checklist.said_of_backups(False) == "Kept: no copy of the backups lies elsewhere at present."
