"""Figures of scenarios as a lead reads them who knows no statistics."""

from datetime import date

import pytest

from induction.rules.item_figures import Apart, Change, Look, Whom, Wise
from induction.wording import insight


@pytest.mark.parametrize(
    "people, words",
    [
        ((14, 20), "14 of 20 judged it wisely."),
        ((20, 20), "All 20 judged it wisely."),
        ((0, 10), "None of 10 judged it wisely."),
        ((1200, 4500), "1,200 of 4,500 judged it wisely."),
    ],
)
def test_how_many_judged_it_wisely(people, words):
    assert insight.judged_wisely(Wise(*people)) == words


@pytest.mark.parametrize(
    "now, before, words",
    [
        ((18, 20), (8, 20), "better: 90 in every 100 this school year, 40 last"),
        ((8, 20), (18, 20), "less well: 40 in every 100 this school year, 90 last"),
        ((8, 20), (9, 20), "no clear change: 40 in every 100 this school year, 45 last"),
        ((8, 20), None, "nothing to compare with yet"),
        (None, (8, 20), "last school year’s; too few yet in this one"),
    ],
)
def test_beside_last_school_year(now, before, words):
    assert insight.change(Change(now and Wise(*now), before and Wise(*before))) == words


def test_sentences_that_hold_a_figure():
    assert insight.how_all_judge(Wise(1200, 4500)) == "1,200 of 4,500 first choices were wise, this school year and last."
    assert insight.draws(6, "Reply at once.") == "6 chose “Reply at once.”"
    assert insight.since(date(2026, 9, 14), 20) == "20 people, since September 2026, in the words it has today."


@pytest.mark.parametrize(
    "apart, begins, short",
    [
        (Apart.CLEARLY, "It tells well who is prepared:", "clearly"),
        (Apart.A_LITTLE, "It tells a little of who is prepared:", "a little"),
        (Apart.NOT, "It does not tell who is prepared:", "no"),
        (Apart.AGAINST, "It points the wrong way:", "the wrong way round"),
        (Apart.UNKNOWN, "Whether it tells who is prepared can’t be said yet.", "too few to say"),
    ],
)
def test_whether_it_tells_who_is_prepared(apart, begins, short):
    assert insight.tells_apart(apart).startswith(begins) and insight.APART[apart] == short


def test_each_state_has_its_words():
    assert set(insight.APART) == set(Apart) and set(insight.WHOM) == set(Whom)
    assert set(insight.LOOK) == set(insight.WHY_LOOK) == set(insight.WHAT_TO_DO) == set(Look)
