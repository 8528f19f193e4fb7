"""Figures of scenarios, worked out by hand."""

from datetime import date

import pytest

from induction.content.model import Rating
from induction.rules import school_years
from induction.rules.item_figures import (
    Apart,
    Change,
    ItemFigures,
    Look,
    Others,
    Part,
    Told,
    Way,
    Whom,
    Wise,
    apart,
    compared,
    figures,
    together,
    wise,
)

T, M = Whom.TEACHER, Whom.MENTOR
SEPTEMBER = date(2026, 9, 14)


def counts(*people: int) -> dict[Rating, int]:
    return dict(zip(Rating, people, strict=True))


def others(*shares: int) -> Others:
    """Of people who judged so many of 100 of the others wisely."""
    return Others(len(shares), sum(shares), sum(share**2 for share in shares))


def test_a_scenario_is_the_sum_of_its_parts():
    told = Told(
        (
            Part(T, False, counts(4, 2, 3, 1), date(2025, 10, 1)),
            Part(T, True, counts(12, 4, 3, 1), SEPTEMBER),
            Part(M, True, counts(9, 1, 0, 0), date(2026, 9, 30)),
        ),
        {T: {1: 5, 2: 25}, M: {2: 10}},
        None,
    )
    found = figures(told)
    assert found == ItemFigures(
        counts(25, 7, 6, 2), {T: {1: 5, 2: 25}, M: {2: 10}}, {T: 30, M: 10}, date(2025, 10, 1),
        Change(Wise(26, 30), Wise(6, 10)), Apart.UNKNOWN,
    )  # fmt: skip
    assert found.told == Wise(32, 40) and found.told.of_100 == 80 and found.look is None
    assert figures(Told((Part(M, True, counts(10, 0, 0, 0), SEPTEMBER),), {}, None)).people == {M: 10}


@pytest.mark.parametrize("people, of_100", [((10, 10), 100), ((199, 200), 99), ((0, 10), 0), ((2, 3), 66)])
def test_all_is_said_of_all_alone(people, of_100):
    assert Wise(*people).of_100 == of_100


def test_parts_and_scenarios_add_up():
    assert wise([]) is None and together([None]) is None
    assert wise([Part(T, True, counts(1, 2, 3, 4), SEPTEMBER)] * 2) == Wise(6, 20)
    assert together([Wise(6, 20), None, Wise(9, 10)]) == Wise(15, 30)


@pytest.mark.parametrize(
    "now, before, way",
    [
        ((9, 10), None, Way.UNKNOWN),
        (None, (9, 10), Way.UNKNOWN),
        ((9, 10), (5, 10), Way.SAME),  # 0.4 apart; share 0.7, spread √(0.21 × 0.2) = 0.205, twice 0.41
        ((10, 10), (5, 10), Way.BETTER),  # 0.5 apart; share 0.75, spread √(0.1875 × 0.2) = 0.194
        ((5, 10), (10, 10), Way.WORSE),
        ((70, 100), (82, 100), Way.SAME),  # 0.12 apart; share 0.76, spread 0.0604
        ((69, 100), (82, 100), Way.WORSE),  # 0.13 apart; share 0.755, spread 0.0608
        ((10, 10), (10, 10), Way.SAME),
        ((0, 10), (0, 20), Way.SAME),
    ],
)
def test_a_change_is_more_than_chance_makes_of_so_few(now, before, way):
    assert Change(now and Wise(*now), before and Wise(*before)).way is way


@pytest.mark.parametrize("tens, first", [(0, 0), (1, 0), (2, 2), (3, 2), (4, 4), (7, 4), (8, 8), (15, 8), (1000, 512)])
def test_the_wise_and_the_unwise_are_compared_anew_when_as_many_have_come_again(tens, first):
    assert compared(tens) == first


HIGH, LOW = (100, 100, 75, 100, 75), (25, 50, 25, 50, 25)


@pytest.mark.parametrize(
    "of_the_wise, of_the_others, found",
    [
        (HIGH, LOW, Apart.CLEARLY),  # 90 and 35
        (LOW, HIGH, Apart.AGAINST),
        (HIGH, HIGH, Apart.NOT),
        (HIGH, LOW[:4], Apart.UNKNOWN),
        (HIGH[:4], LOW, Apart.UNKNOWN),
        ((50,) * 10, (46,) * 10, Apart.NOT),  # 4 apart, and all alike
        ((50,) * 10, (45,) * 10, Apart.A_LITTLE),
        ((50,) * 10, (35,) * 10, Apart.CLEARLY),
        # 60 and 40; each varies by 12,500: √(2,500 + 2,500) is 71, so that chance may have made it
        ((100, 100, 100, 0, 0), (100, 0, 100, 0, 0), Apart.NOT),
        # 75 and 65; each varies by about 131: √(131 ÷ 20 × 2) is 3.6
        ((100, 75, 75, 50, 75) * 4, (50, 75, 75, 50, 75) * 4, Apart.A_LITTLE),
    ],
)
def test_whether_it_tells_who_is_prepared(of_the_wise, of_the_others, found):
    assert apart((others(*of_the_wise), others(*of_the_others))) is found


def test_nothing_is_told_where_nothing_is_known():
    assert apart(None) is Apart.UNKNOWN and apart((others(), others(*HIGH))) is Apart.UNKNOWN


@pytest.mark.parametrize(
    "people, pair, look",
    [
        ((10, 9, 1, 0), None, Look.ALL_RIGHT),  # 95 of 100
        ((10, 8, 1, 1), None, None),
        ((10, 0, 0, 0), None, None),  # ten are too few to say so
        ((20, 0, 0, 0), None, Look.ALL_RIGHT),
        ((5, 5, 5, 5), (LOW, HIGH), Look.AGAINST),
        ((5, 5, 5, 5), (HIGH, LOW), None),
        ((5, 5, 5, 5), (HIGH, HIGH), None),
    ],
)
def test_a_scenario_to_look_at(people, pair, look):
    pair = pair and tuple(others(*side) for side in pair)
    assert figures(Told((Part(T, True, counts(*people), SEPTEMBER),), {}, pair)).look is look


@pytest.mark.parametrize(
    "day, nation, began",
    [
        (date(2026, 9, 1), "england", date(2026, 9, 1)),
        (date(2026, 8, 31), "wales", date(2025, 9, 1)),
        (date(2027, 1, 1), "northern-ireland", date(2026, 9, 1)),
        (date(2026, 8, 1), "scotland", date(2026, 8, 1)),
        (date(2026, 7, 31), "scotland", date(2025, 8, 1)),
    ],
)
def test_school_years(day, nation, began):
    assert school_years.begins(day, nation) == began
    assert school_years.year_before(began) == date(began.year - 1, began.month, 1)
