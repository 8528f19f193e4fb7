"""Words as a sentence begins."""

import pytest

from induction.wording.sentences import sentence


@pytest.mark.parametrize(
    "words, begun",
    [
        ("checked on Saturday 28 November 2026", "Checked on Saturday 28 November 2026"),
        ("review date passed", "Review date passed"),
        ("élan", "Élan"),
        ("11th try", "11th try"),
        ("", ""),
    ],
)
def test_a_capital_begins_it_and_names_keep_theirs(words, begun):
    assert sentence(words) == begun
