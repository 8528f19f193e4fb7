"""How somebody stands, in words: each state has its sentence, and no sentence is said in another state."""

from datetime import UTC, date, datetime, timedelta

import pytest

from induction.rules.induction import Begins, Induction, Part, Stage
from induction.wording import standing
from induction.wording.standing import AskedAgain, PolicyRead, PolicyTask

TODAY = date(2026, 11, 24)  # a Tuesday
NOW = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
DONE, BEGUN, TO_DO = Stage
FIRST, CHANGED, SAME = PolicyTask(False, False, False), PolicyTask(True, False, True), PolicyTask(True, False, False)
ONE, SOME = AskedAgain(1, first=False), AskedAgain(3, first=False)
LATE, CHANGED_LATE, SAME_LATE = PolicyTask(False, True, False), PolicyTask(True, True, True), PolicyTask(True, True, False)


def induction(lessons=11, left=11, *, days=None, policy=None, tried=False, minutes=10):
    """So many lessons, of which the last ones are left; due in so many days."""
    parts = [
        Part(("a-course", f"lesson-{number}"), TO_DO if number > lessons - left else DONE, reading=minutes)
        for number in range(1, lessons + 1)
    ]
    return Induction(tuple(parts), policy, None if days is None else TODAY + timedelta(days=days), tried)


def policy_of(task):
    """How far the policy is, as a part of the induction, where this is the task."""
    return TO_DO if task and not task.completed else DONE


# Home


@pytest.mark.parametrize(
    "task, heading, words",
    [
        (FIRST, "Read our policy", "About 10 minutes. At its end you say that you have read and understood it."),
        (CHANGED, "Read what has changed", "Something in it has changed since you read it."),
        (CHANGED_LATE, "Read what has changed", "Something in it has changed since you read it. What you have completed stands."),
        (SAME, "Read our policy once more", "It reads as it did; everybody is asked again."),
        (SAME_LATE, "Read our policy once more", "It reads as it did; everybody is asked again. What you have completed stands."),
        (LATE, "Read our policy", "It was published after you had completed the induction. What you have completed stands."),
    ],
)
def test_the_policy_as_a_task(task, heading, words):
    assert (task.heading, task.words) == (heading, words)
    assert task.as_next == f"Next: {heading[0].lower()}{heading[1:]}"


@pytest.mark.parametrize(
    "asked, why, words",
    [
        (ONE, "Asked again, because our policy changed", "1 scenario where our rule is now another one."),
        (AskedAgain(3, first=True), "Asked again, because we have a policy now", "3 scenarios where the rule is now another one."),
    ],
)
def test_why_scenarios_are_asked_again(asked, why, words):
    assert (asked.why, asked.words) == (why, f"{words} You have passed the lesson, and that stands.")


KEPT = "Nothing here has to be done in one go: every answer is kept."


@pytest.mark.parametrize(
    "lessons, left, tried, task, again, words",
    [
        (0, 0, False, None, None, "There are no lessons yet. Your induction lead can add them."),
        (11, 11, False, FIRST, None, f"Welcome. {KEPT}"),
        (11, 11, True, None, None, f"You have made a start. {KEPT}"),
        (11, 6, True, None, None, f"You have made a start. {KEPT}"),
        (11, 6, False, None, None, f"You have made a start. {KEPT}"),  # lessons without scenarios, read
        (11, 5, True, CHANGED, SOME, f"You are over halfway. {KEPT}"),
        (1, 1, False, None, None, f"Welcome. {KEPT}"),
        (11, 0, True, FIRST, None, "You have done every lesson. What is left is to read our policy, and to say that you have."),
        (11, 0, True, CHANGED, None, "You have done every lesson. Our policy has changed since you read it."),
        (11, 0, True, SAME, None, "You have done every lesson. Everybody is asked to read our policy once more."),
        (
            11, 0, True, LATE, None,
            "You have done every lesson. Our policy has been published since then: what is left is to read it, and to say that you have.",
        ),
        (11, 0, True, None, ONE, "You have done every lesson. Our policy has changed since, so one scenario is asked once more."),
        (11, 0, True, None, SOME, "You have done every lesson. Our policy has changed since, so some scenarios are asked once more."),
        (
            11, 0, True, None, AskedAgain(2, first=True),
            "You have done every lesson. We have a policy now, so some scenarios are asked once more.",
        ),
    ],
)
def test_home_says_how_it_stands(lessons, left, tried, task, again, words):
    assert standing.home_lead(induction(lessons, left, tried=tried), task, again) == words


@pytest.mark.parametrize(
    "lessons, left, task, again, words",
    [
        (11, 4, FIRST, None, ("4 lessons", "of 11, and the policy")),
        (11, 1, None, SOME, ("1 lesson", "of 11")),
        (1, 1, FIRST, None, ("1 lesson", "and the policy")),
        (1, 1, None, None, ("1 lesson", "")),
        (11, 0, LATE, SOME, ("The policy", "and no lesson")),
        (11, 0, None, SOME, ("3 scenarios", "to meet again")),
        (11, 0, None, ONE, ("1 scenario", "to meet again")),
    ],
)
def test_what_is_left(lessons, left, task, again, words):
    assert standing.what_is_left(induction(lessons, left), task, again) == words


@pytest.mark.parametrize(
    "left, task, again, words",
    [
        (3, None, None, ("about 30 minutes", "")),
        (3, FIRST, None, ("about 40 minutes", "with the policy")),
        (3, LATE, None, ("about 40 minutes", "with the policy")),  # after the induction was completed it takes as long
        (0, FIRST, None, ("about 10 minutes", "")),
        (0, LATE, None, ("about 10 minutes", "")),
        (0, None, AskedAgain(5, first=False), ("about 4 minutes", "")),
        (0, LATE, AskedAgain(5, first=False), ("about 14 minutes", "")),
        (0, None, ONE, ("about 1 minute", "")),
        (9, None, None, ("about 1½ hours", "")),
    ],
)
def test_how_long_it_takes(left, task, again, words):
    assert standing.how_long(induction(left=left, policy=policy_of(task)), task, again) == words


@pytest.mark.parametrize(
    "days, left, task, words",
    [
        (12, 4, None, ("Sunday 6 December", "in 12 days")),
        (-2, 4, None, ("Sunday 22 November", "2 days ago")),
        (12, 0, FIRST, ("Sunday 6 December", "in 12 days")),
        (12, 0, LATE, ("no new date", "6 December was for what you have done")),  # the date was that of the induction
        (None, 4, None, ("no date", "is set")),
        (None, 0, FIRST, ("no date", "is set")),
        (None, 0, LATE, ("no date", "is set")),
    ],
)
def test_by_when(days, left, task, words):
    assert standing.by_when(induction(left=left, days=days, policy=policy_of(task)), TODAY) == words


def test_who_has_finished_is_told_when_and_what_may_still_come():
    assert standing.finished(date(2026, 11, 20), TODAY) == "You completed your induction on Friday 20 November."
    assert standing.finished(None, TODAY) == "You have done all of your induction."
    assert standing.has_finished(date(2026, 11, 20)) == "has completed the staff induction, the last of it on Friday 20 November 2026."
    assert standing.has_finished(None) == "has completed the staff induction."
    assert standing.stays(3).startswith("When our policy changes") and standing.stays(0).startswith("Once our policy is published")


@pytest.mark.parametrize(
    "days_ago, hour, words",
    [
        (0, 0, "you stopped this morning"),
        (0, 11, "you stopped this morning"),
        (0, 12, "you stopped this afternoon"),
        (0, 17, "you stopped this afternoon"),
        (0, 18, "you stopped this evening"),
        (1, 9, "you stopped yesterday morning"),
        (1, 21, "you stopped yesterday evening"),
        (5, 13, "you stopped on Thursday afternoon"),
        (6, 23, "you stopped on Wednesday evening"),
        (22, 9, "you stopped on 2 November"),
    ],
)
def test_when_somebody_stopped(days_ago, hour, words):
    at = datetime(2026, 11, 24, hour, 30, tzinfo=UTC) - timedelta(days=days_ago)
    assert standing.stopped(at, NOW) == words


def test_morning_is_the_schools_and_not_that_of_the_clock():
    assert standing.stopped(datetime(2026, 7, 1, 11, 30, tzinfo=UTC), datetime(2026, 7, 1, 20, 0, tzinfo=UTC)) == (
        "you stopped this afternoon"
    )


# A lesson in a list

LESSON = ("a-course", "a-lesson")


@pytest.mark.parametrize(
    "percent, words", [(94, "Monday 9 November · 94"), (0, "Monday 9 November · 0"), (None, "Monday 9 November")]
)
def test_a_lesson_that_is_done(percent, words):
    assert standing.lesson_done(datetime(2026, 11, 9, 23, 30, tzinfo=UTC), percent, TODAY) == words


@pytest.mark.parametrize(
    "part, detail, left",
    [
        (Part(LESSON, TO_DO, 6, 5, 5), "6 minutes, 5 scenarios", "6 minutes, 5 scenarios."),
        (Part(LESSON, TO_DO, 6), "6 minutes", "6 minutes."),
        (Part(LESSON, BEGUN, 0, 5, 3), "Scenario 3 of 5 is next", "Three scenarios left, about 2 minutes."),
        (Part(LESSON, BEGUN, 0, 5, 5), "Scenario 1 of 5 is next", "Five scenarios left, about 4 minutes."),
        (Part(LESSON, BEGUN, 0, 5, 1), "Scenario 5 of 5 is next", "One scenario left, about 1 minute."),
        (Part(LESSON, TO_DO, 0, 5, 5, begins_with=Begins.SCENARIOS), "5 scenarios to begin with", "5 scenarios to begin with."),
        (
            Part(LESSON, TO_DO, 6, 5, 5, begins_with=Begins.READING_AGAIN),
            "To read again: 6 minutes, 5 scenarios", "To read again: 6 minutes, 5 scenarios.",
        ),
    ],
)
def test_a_lesson_that_is_to_come(part, detail, left):
    assert standing.lesson_to_come(part) == detail
    assert standing.lesson_left(part, detail) == left


@pytest.mark.parametrize(
    "part, heading, words",
    [
        (Part(("c", "l"), TO_DO, 6, 5, 5), "Next: Friend requests, 6 minutes", "Then five scenarios, about 4 minutes."),
        (Part(("c", "l"), TO_DO, 1), "Next: Friend requests, 1 minute", ""),
        (
            Part(("c", "l"), TO_DO, 0, 5, 5, begins_with=Begins.SCENARIOS),
            "Next: Friend requests, 4 minutes", "Five scenarios to begin with.",
        ),
        (Part(("c", "l"), BEGUN, 0, 5, 3, NOW), "Next: Friend requests, 2 minutes", "Three scenarios left."),
        (Part(("c", "l"), BEGUN, 0, 5, 1, NOW), "Next: Friend requests, 1 minute", "One scenario left."),
    ],
)
def test_a_result_leads_on_to_the_next_lesson(part, heading, words):
    assert standing.next_lesson("Friend requests", part) == (heading, words)


def test_what_was_judged_under_which_policy():
    assert standing.judged_under(3) == "version 3 of our policy"
    assert standing.judged_under(0) == "the cautious rule, before we had a policy"


def test_what_was_done_has_a_mark_or_a_word():
    said = [standing.what_was_done(*each) for each in (("l", 94), ("l", 0), ("l", None), ("", None))]
    assert said == ["94", "0", "read", "complete"]


# A mentor's list


@pytest.mark.parametrize(
    "lessons, left, policy, tried, words",
    [
        (8, 8, None, False, "Not begun"),
        (8, 8, TO_DO, True, "0 of 8 lessons"),  # tried and not passed
        (8, 4, TO_DO, True, "4 of 8 lessons"),
        (8, 7, None, False, "1 of 8 lessons"),  # read, without scenarios
        (8, 0, None, True, "All 8 lessons"),
        (8, 0, DONE, True, "All 8 lessons"),
        (8, 0, TO_DO, True, "All 8 lessons, policy to read"),
        (0, 0, None, False, "Not begun"),
        (0, 0, None, True, "0 of 0 lessons"),
    ],
)
def test_how_many_lessons_are_done(lessons, left, policy, tried, words):
    assert standing.lessons_done(induction(lessons, left, policy=policy, tried=tried)) == words


@pytest.mark.parametrize(
    "days_ago, words",
    [
        (0, "today"),
        (1, "yesterday"),
        (5, "Thursday"),
        (22, "2 November"),
        (None, "not yet"),
    ],
)
def test_when_somebody_was_last_here(days_ago, words):
    seen = None if days_ago is None else NOW - timedelta(days=days_ago)
    assert standing.last_here(seen, NOW) == words


def test_when_somebody_is_due():
    assert standing.due(date(2026, 12, 4), TODAY) == "4 December"
    assert standing.due(date(2027, 1, 4), TODAY) == "4 January 2027"
    assert standing.due(None, TODAY) == "no date"


LATE_1, LATE_3 = induction(days=-1, tried=True), induction(days=-3)
IDLE, SOON_IDLE = induction(days=30), induction(days=2)
ON_THE_WAY, COMPLETE = induction(days=30, tried=True), induction(left=0, days=-3, tried=True)


@pytest.mark.parametrize(
    "teachers, words",
    [
        ([], ""),
        ([COMPLETE], "Everyone has completed the induction."),
        ([COMPLETE, COMPLETE], "Everyone has completed the induction."),
        ([ON_THE_WAY, COMPLETE], "Nobody is past a date. All are on their way."),
        ([LATE_1], "Ana is one day past the date."),
        ([LATE_3], "Ana is three days past the date."),  # and not that she has not begun, too
        ([IDLE], "Ana has not begun."),
        ([LATE_3, IDLE], "Ana is three days past the date and Bea has not begun."),
        ([LATE_3, LATE_1], "Ana is three days past the date and Bea is one day past the date."),
        ([SOON_IDLE, IDLE], "Ana has not begun and Bea has not begun."),
        ([LATE_1, ON_THE_WAY], "Ana is one day past the date. The rest are on their way."),
        ([IDLE, ON_THE_WAY, COMPLETE], "Ana has not begun. The rest are on their way."),
        ([LATE_3, LATE_1, ON_THE_WAY], "Ana is three days past the date and Bea is one day past the date. The rest are on their way."),
        ([LATE_3, LATE_1, IDLE], "Ana is three days past the date and Bea is one day past the date. One more need a word."),
        ([LATE_3, IDLE, IDLE, IDLE], "Ana is three days past the date and Bea has not begun. Two more need a word."),
        ([LATE_1] * 5, "Ana is one day past the date and Bea is one day past the date. Three more need a word."),
    ],
)
def test_who_needs_a_word(teachers, words):
    assert standing.who_needs_a_word(list(zip(("Ana", "Bea", "Cat", "Dee", "Eve"), teachers, strict=False)), TODAY) == words


# A mentor's page


@pytest.mark.parametrize(
    "tried, left, words", [(True, 11, "began on Monday 9 November"), (False, 11, "has not begun"), (False, 10, "")]
)
def test_when_somebody_began(tried, left, words):
    assert standing.began(datetime(2026, 11, 9, 8, 0, tzinfo=UTC) if tried else None, induction(left=left), TODAY) == words


def test_how_many_tries():
    assert [standing.tries(count) for count in (0, 1, 2, 11)] == ["", "1 try", "2 tries", "11 tries"]


@pytest.mark.parametrize(
    "asks_for, version, read, words",
    [
        (0, 0, None, None),
        (0, 3, 3, None),
        (3, 4, None, "Our policy, version 4, is still to be read."),
        (3, 4, 3, "Our policy: version 3, read on Monday 9 November."),
        (3, 4, 4, "Our policy: version 4, read on Monday 9 November."),
        (3, 4, 2, "Our policy: version 2, read on Monday 9 November; version 4 is still to be read."),
    ],
)
def test_how_far_the_policy_is_read(asks_for, version, read, words):
    known = PolicyRead(read, date(2026, 11, 9)) if read else None
    assert standing.policy_so_far(asks_for, version, known, TODAY) == words
