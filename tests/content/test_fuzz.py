"""Thousands of texts by chance: every word that is written is drawn, once and in its place, and nothing else is.

A short run belongs to every run of the tests; `--fuzz-rounds 100` makes it a hundred times as long, with texts of its own.
"""

import random
import signal

import pytest

from induction.content.problems import TooMuch
from tests.content import fuzzing
from tests.content.fuzzing import draw

TEXTS, SOUPS, FLOODS = 120, 240, 30  # in one round
SECONDS = 2  # of the processor, for one text however long: what content-format.md promises
LARGEST = 256 * 1024


@pytest.fixture
def chances(request):
    """Sources of chance, `count` for each round, each with a seed to run it again."""
    rounds = request.config.getoption("--fuzz-rounds")

    def chances(count):
        for seed in range(rounds * count):
            yield seed, random.Random(seed)

    return chances


class TooLong(Exception):
    """A text took longer than any may."""


@pytest.fixture
def within():
    """Draws a text; None where it is refused as too much. Raises TooLong."""

    def stop(*_):
        raise TooLong

    def drawn(text):
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
        try:
            return draw(text)
        except TooMuch:
            return None
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)

    before = signal.signal(signal.SIGVTALRM, stop)
    yield drawn
    signal.signal(signal.SIGVTALRM, before)


def test_what_is_meant_plainly_is_drawn_as_it_is_meant(chances, within):
    for seed, chance in chances(TEXTS):
        text, expected = fuzzing.text(chance)
        drawn = within(text)
        assert (drawn.problems, drawn.faults, drawn.words) == ([], [], expected), (seed, text)
        assert not fuzzing.NOTE.search(drawn.html), (seed, text)


def test_what_means_anything_is_drawn_whole_or_said(chances, within):
    silent = 0
    for seed, chance in chances(SOUPS):
        text = fuzzing.soup(chance)
        drawn = within(text)
        if drawn is None:
            continue
        assert drawn.faults == [], (seed, text)
        if drawn.problems:
            assert all(1 <= line <= text.count("\n") + text.count("\u2028") + 1 for line, _ in drawn.problems), (seed, text)
        else:
            silent += 1
            assert [word for word, _ in drawn.words] == fuzzing.WORD.findall(fuzzing.without_comments(text)), (seed, text)
            assert "\\" in text or not fuzzing.MARKUP.search(drawn.text), (seed, text)
    assert silent > SOUPS / 20  # else nothing was looked at


def test_floods_end(chances, within):
    for seed, chance in chances(FLOODS):
        text = fuzzing.flood(chance)[:LARGEST]
        try:
            within(text)
        except TooLong:
            pytest.fail(f"flood {seed} took more than {SECONDS} s: {text[:200]!r}")
