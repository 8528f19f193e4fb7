"""What somebody was taught, and what has changed since, as it is said."""

from datetime import UTC, date, datetime, timedelta

import pytest

from induction.rules.happened import Kind
from induction.wording import taught
from induction.wording.taught import Found

AT = datetime(2026, 12, 4, 10, 42, tzinfo=UTC)
SAME = Found(there=True, known=True, pieces=0, rules=0, gone=0)


def found(pieces=0, rules=0, gone=0):
    return Found(True, True, pieces, rules, gone)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (taught.who("Tess Okafor", "Tess Okafor"), "Tess Okafor"),
        (taught.who("Tess Okafor", "Tess Bell"), "Tess Okafor (now Tess Bell)"),
        (taught.when(AT), "Friday 4 December 2026, 10.42 am"),
        (taught.as_then(Kind.COMPLETION, "you", "4 December 2026"), "As it was on 4 December 2026, when you completed it."),
        (taught.as_then(Kind.ATTEMPT, "Tess", "4 December 2026"), "As it was on 4 December 2026, when Tess finished this try."),
        (taught.as_then(Kind.ACKNOWLEDGEMENT, "you", "4 December 2026"), "As it was on 4 December 2026, when you signed it."),
        (taught.what_came(True, 94, 80, True), "94 of 100, passed. 80 was asked for, and no choice that crosses the line."),
        (taught.what_came(False, 60, 80, True), "60 of 100, not passed. 80 was asked for, and no choice that crosses the line."),
        (taught.what_came(True, None, None, True), "Read. There was nothing to answer."),
        (taught.what_came(True, None, None, False), "Complete."),
        (taught.policy(3, date(2026, 12, 4)), "Version 3, published on 4 December 2026."),
        (taught.policy(0, None), "None was published yet: the cautious rules applied."),
        (taught.signed("T. Okafor", None, None), "Signed here as T. Okafor."),
        (
            taught.signed("T. Okafor", date(2026, 12, 3), "Lou Hartley"),
            "Signed on paper as T. Okafor on 3 December 2026; recorded by Lou Hartley.",
        ),
        (taught.published(AT, "Lou Hartley"), "Published on 4 December 2026 by Lou Hartley."),
        (taught.published(AT, None), "Published on 4 December 2026."),
        (taught.part_of("Boundaries", True), "Boundaries, as it is called now"),
        (taught.part_of("old-course", False), "old-course, a course that is no longer here"),
        (taught.tries(1), "1 try up to then"),
        (taught.tries(3), "3 tries up to then"),
        (taught.tries(0), ""),
        (taught.begun(AT - timedelta(days=1), AT), "Begun on 3 December 2026, and gone on with in the words of that day"),
        (taught.begun(AT - timedelta(hours=1), AT), ""),
        (taught.begun(None, AT), ""),
        (taught.lesson_of_course(AT, 94), "4 December 2026 · 94"),
        (taught.lesson_of_course(AT, None), "4 December 2026 · read"),
        (taught.not_drawn((), 0), ""),
        (taught.not_drawn(("the block “map”",), 0), "This program no longer draws the block “map” as it was then. The words are all here."),
        (
            taught.not_drawn(("the block “map”",), 2),
            "This program no longer draws the block “map” and two pictures whose files are not kept as it was then."
            " The words are all here.",
        ),
        (taught.scenarios_row(0), "Which of them were asked is not kept"),
        (taught.policy_row(0), "None was published yet; the cautious rules that applied"),
        (taught.choices(True, True, True, "Tess"), "What you chose is marked. Nobody else sees that, unless you share it."),
        (taught.choices(False, True, True, "Tess"), "Tess shares with you what they chose; it is marked."),
        (
            taught.choices(False, False, False, "Tess"),
            "Which of these Tess chose is for Tess alone, and for whoever they share it with.",
        ),
        (taught.choices(True, True, False, "Tess"), "The single choices have had their time, and were removed. The mark stays."),
    ],
)
def test_what_happened(said, words):
    assert said == words


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (taught.lesson_since(SAME, "lesson"), "Nothing has changed."),
        (taught.lesson_since(found(1), "lesson"), "1 part of it reads otherwise now."),
        (
            taught.lesson_since(found(2, 1), "lesson"),
            "2 parts of it read otherwise now and 1 of our rules that it rests on is another one.",
        ),
        (taught.lesson_since(Found(False, True, 0, 0, 0), "lesson"), "This lesson is no longer taught here under its address of then."),
        (
            taught.lesson_since(Found(True, False, 0, 0, 0), "course"),
            "The words of this course can’t be compared: those of then, or those of now, can’t be read.",
        ),
        (
            taught.scenarios_since(found(1, 0, 1)),
            "1 part of them reads or is judged otherwise now and 1 scenario is not asked any more.",
        ),
        (
            taught.scenarios_since(Found(False, True, 0, 0, 0)),
            "These scenarios are no longer asked here under the lesson’s address of then.",
        ),
        (taught.lesson_since(found(0, 2), "lesson"), "2 of our rules that it rests on are others."),
        (taught.policy_since(3, 3, SAME), "Nothing has changed. Version 3 is still in force."),
        (taught.policy_since(3, 5, SAME), "Version 5 is in force now. Its words are the same."),
        (taught.policy_since(3, 5, found(2)), "Version 5 is in force now. 2 parts of it read otherwise now."),
        (taught.policy_since(0, 5, Found(True, False, 0, 0, 0)), "No policy was published then. Version 5 is in force now."),
        (taught.policy_since(0, 0, Found(False, True, 0, 0, 0)), "No policy is published here."),
        (
            taught.policy_since(1, 5, Found(True, False, 0, 0, 0)),
            "Version 5 is in force now. The words of one of the two are not kept, so they can’t be compared.",
        ),
    ],
)
def test_what_has_changed_since(said, words):
    assert said == words
