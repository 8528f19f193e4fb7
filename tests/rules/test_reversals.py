"""What a new policy turns round, and whom that touches."""

from dataclasses import dataclass, replace

from induction.content.model import Rating
from induction.rules.reversals import soundness, touched, turned_round
from tests.rules.quizzes import quiz, scenario, scene


@dataclass(frozen=True)
class Met:
    person_id: int
    quiz_version: str
    scenarios: tuple[str, ...]


def judged(first, second, words="Option 1"):
    asked = scene("late", first, second)
    options = (replace(asked.options[0], written=(words,)), asked.options[1])
    return soundness(quiz(scenario(replace(asked, options=options))))


def test_a_sound_choice_that_becomes_unwise_is_turned_round():
    for before in (Rating.BEST, Rating.FINE):
        for after in (Rating.POOR, Rating.BREACH):
            assert turned_round(judged(before, Rating.BEST), judged(after, Rating.BEST)) == {"late"}
            assert turned_round(judged(after, Rating.BEST), judged(before, Rating.BEST)) == {"late"}


def test_a_judgement_that_stays_on_its_side_is_not():
    assert turned_round(judged(Rating.BEST, Rating.POOR), judged(Rating.FINE, Rating.BREACH)) == frozenset()


def test_other_words_are_another_choice():
    assert turned_round(judged(Rating.BEST, Rating.POOR), judged(Rating.BREACH, Rating.POOR, "Answer at noon")) == frozenset()


def test_a_scenario_that_is_no_longer_taught_touches_nobody():
    assert turned_round(judged(Rating.BEST, Rating.POOR), soundness(quiz(scenario(scene("other", Rating.BEST))))) == frozenset()


def test_the_latest_try_that_met_a_scenario_counts():
    tries = [Met(1, "old", ("late", "early")), Met(2, "old", ("late",)), Met(2, "new", ("late",)), Met(3, "old", ("early",))]
    assert touched(tries, {"old": {"late"}, "new": set()}, {}) == {1: ("late",)}
    assert touched(tries, {}, {}) == {}


def test_whoever_has_met_a_twin_that_was_turned_round_too_was_taught_both():
    twins = {"late": "twin", "twin": "late"}
    both = {"old": {"late", "twin"}, "new": set()}
    old, since = [Met(1, "old", ("late",)), Met(1, "old", ("twin",))], Met(1, "new", ("late",))
    assert touched(old, both, twins) == {1: ("late", "twin")}, "not yet"
    assert touched([*old, since], both, twins) == {}
    assert touched([*old, since], both, {}) == {1: ("twin",)}, "of two that are no twins the other is still to be asked"
    assert touched([*old, since, Met(1, "old", ("twin",))], both, twins) == {1: ("twin",)}, "but not before it was met"


def test_a_twin_that_was_not_turned_round_teaches_nothing_of_the_other():
    twins = {"late": "twin", "twin": "late"}
    tries = [Met(1, "old", ("late",)), Met(1, "new", ("twin",))]
    assert touched(tries, {"old": {"late"}, "new": set()}, twins) == {1: ("late",)}
