"""How long what is kept, in words."""

import pytest

from induction.rules.retention import SPANS, Kind
from induction.wording import retention


@pytest.mark.parametrize(
    ("months", "words"),
    [(1, "1 month"), (12, "12 months"), (13, "13 months"), (18, "18 months"), (24, "2 years"), (30, "30 months"), (72, "6 years"),
     (1200, "100 years")],
)
def test_a_time(months, words):
    assert retention.period(months) == words


def test_each_kind_has_words_and_no_law_is_claimed():
    assert set(retention.ABOUT) == set(SPANS)
    everything = " ".join(f"{about.reason} {about.stays}" for about in retention.ABOUT.values())
    assert "by law" not in everything and "must" not in everything and "The school decides" in everything
    assert all(sentence.endswith(".") for sentence in retention.for_whom({kind: span.proposed for kind, span in SPANS.items()}))


def test_a_sentence():
    assert retention.sentence(Kind.ANSWERS, 12) == (
        "Answers in training: 12 months after the lesson was passed that they led to. The completion stays with its mark, its day and"
        " its words, and so do counts of ten people, without names."
    )


@pytest.mark.parametrize(
    ("now", "month", "year", "agreed", "words"),
    [
        (0, 0, 0, True, "nothing within a year"),
        (1, 0, 0, True, "1 try at the next round"),
        (3, 2, 1400, True, "3 tries at the next round; 2 tries within a month; 1,400 tries within a year"),
        (3, 0, 0, False, "3 tries at once"),
        (0, 0, 1, False, "1 try within a year"),
    ],
)
def test_what_would_go(now, month, year, agreed, words):
    assert retention.outlook(now, month, year, Kind.ANSWERS, agreed) == words


@pytest.mark.parametrize(
    ("kind", "words"), [(Kind.LEFT, "2 people at once"), (Kind.LETTERS, "2 letters at once"), (Kind.NOTES, "2 notes at once")]
)
def test_several(kind, words):
    assert retention.outlook(2, 0, 0, kind, agreed=False) == words


def test_what_went():
    assert retention.what_went({Kind.ANSWERS: 3400, Kind.NOTES: 0, Kind.LEFT: 1}, 2) == (
        "answers in training: 3,400; people who left: 1; what leads did: 2"
    )
