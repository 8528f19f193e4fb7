"""Numbers, and what is counted."""

import pytest

from induction.wording.numbers import counted, number, plural


@pytest.mark.parametrize(
    "count, words",
    [
        (-1, "-1 scenarios"), (0, "no scenarios"), (1, "one scenario"), (2, "two scenarios"), (3, "three scenarios"),
        (4, "four scenarios"), (5, "five scenarios"), (6, "six scenarios"), (7, "seven scenarios"), (8, "eight scenarios"),
        (9, "nine scenarios"), (10, "ten scenarios"), (11, "11 scenarios"), (120, "120 scenarios"),
    ],
)  # fmt: skip
def test_small_numbers_are_words_and_one_is_no_plural(count, words):
    assert counted(count, "scenario") == words
    assert f"{number(count)} {plural('scenario', count)}" == words
