"""What counts, and what a completion of a course rests on."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from induction.rules.corrections import Correction, Done, Kind, counts, last_strike, lessons_of, stands

AT = datetime(2026, 12, 4, 10, 42, tzinfo=UTC)
SAID = Correction(1, 4, Kind.COMPLETION, 7, False, "Not hers", "", None, 9, "Lou Hartley", AT)


def said(*each):
    return [replace(SAID, id=number, counts=one) for number, one in enumerate(each, 1)]


@pytest.mark.parametrize(("words", "so", "strike"), [
    ((), True, None), ((None,), True, None), ((False,), False, 1), ((False, None), False, 1), ((False, True), True, None),
    ((None, False, True, False, None), False, 4),
])  # fmt: skip
def test_the_last_word_says_whether_it_counts(words, so, strike):
    assert counts(said(*words)) is so
    assert (found := last_strike(said(*words))) is None and strike is None or found.id == strike


def lesson(number, word="a", counting=True, days=0, course="c"):
    return Done(number, AT + timedelta(days=days), counting, course, word)


WHOLE = Done(9, AT + timedelta(days=5), True, "c")
READ = Done(1, AT, True, version=3)


def test_a_course_rests_on_what_was_done_before_it_in_its_round():
    every = [lesson(1), lesson(2, "b", days=2), lesson(3, course="d"), WHOLE, lesson(10, "a", days=9)]
    assert [each.id for each in lessons_of(WHOLE, every)] == [1, 2]
    assert [each.id for each in lessons_of(replace(WHOLE, round=date(2026, 12, 5)), every)] == [2]


@pytest.mark.parametrize(("lessons", "read", "asked_for", "so"), [
    ([lesson(1), lesson(2, "b")], [], 0, True),
    ([lesson(1, counting=False), lesson(2, "b")], [], 0, False),
    ([lesson(1, counting=False), lesson(2), lesson(3, "b")], [], 0, True),  # it was done another time too
    ([lesson(1, counting=False), lesson(11)], [], 0, False),  # which was later
    ([lesson(1)], [replace(READ, counts=False)], 3, False),
    ([lesson(1)], [replace(READ, counts=False), replace(READ, id=2, version=4)], 3, True),
    ([lesson(1)], [replace(READ, counts=False)], 0, True),  # it was not asked for then
    ([lesson(1)], [replace(READ, counts=False, version=2)], 3, True),  # nor did the course rest on that one
    ([lesson(1)], [replace(READ, counts=False, at=AT + timedelta(days=6))], 3, True),
])  # fmt: skip
def test_a_course_stands_while_one_of_each_counts(lessons, read, asked_for, so):
    assert stands(WHOLE, [*lessons, WHOLE], read, asked_for) is so


def test_a_later_round_does_not_rest_on_the_policy():
    again = replace(WHOLE, round=date(2026, 12, 1))
    assert stands(again, [lesson(1), again], [replace(READ, counts=False)], 3)
