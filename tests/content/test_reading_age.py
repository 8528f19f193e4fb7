"""Reading age by Flesch–Kincaid."""

import pytest

from induction.content.checks.reading_age import _syllables, count_words, reading_age, wording
from induction.content.words import HelpBlock, PolicyBlock, Slot

PLAIN = "<p>The cat sat on the mat. It was warm in the sun.</p>"  # 12 words, 2 sentences, 12 syllables


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("the", 1), ("see", 1), ("made", 1), ("whole", 1), ("rules", 1), ("called", 1), ("times", 1), ("table", 2),
        ("wanted", 2), ("messages", 3), ("media", 3), ("going", 2), ("people", 2), ("careful", 2), ("safeguarding", 3),
        ("professional", 4), ("boundaries", 3), ("relationship", 4), ("responsibility", 6), ("don't", 1),
    ],
)
def test_syllables(word, syllables):
    assert _syllables(word) == syllables


def test_the_formula():
    assert reading_age((PLAIN, PLAIN), {}) == pytest.approx(0.39 * 6 + 11.8 * 1 - 15.59 + 5)


def test_a_few_words_say_nothing():
    assert reading_age(("<p>Professional responsibilities necessitate documentation.</p>",), {}) is None


def test_a_number_with_a_point_ends_no_sentence():
    assert reading_age((PLAIN, PLAIN, "<p>It is 9.40 now.</p>"), {}) == pytest.approx(0.39 * 27 / 5 + 11.8 - 15.59 + 5)


def test_headings_are_no_sentences_and_each_block_ends_one():
    listed = "<h2>Professional responsibilities</h2><ul><li>The cat sat on the mat</li><li>It was warm in the sun</li></ul>"
    assert reading_age((listed, listed), {}) == reading_age((PLAIN, PLAIN), {})


def test_long_sentences_of_long_words_ask_for_an_older_reader():
    heavy = "<p>Notwithstanding institutional considerations, practitioners necessarily prioritise organisational " \
        "responsibilities whenever communicating electronically with individuals attending educational establishments " \
        "throughout contemporary society.</p>"
    assert reading_age((heavy,), {}) > 20


def test_every_block_that_some_school_sees_counts():
    words = ("<p>Ask ", Slot("school", "safeguarding lead"), ".</p>", PolicyBlock("contact", frozenset({"none"}), (PLAIN,)), HelpBlock())
    assert wording(words, {}) == f"<p>Ask safeguarding lead.</p>{PLAIN}"


def test_counting_words():
    assert count_words("<p>At 9.40 pm, don't <em>reply</em>: it's Sunday &amp; late.</p>") == 8
