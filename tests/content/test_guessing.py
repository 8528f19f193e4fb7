"""What a habit of guessing is worth."""

import pytest

from induction.content.checks.guessing import HABITS, figures, together
from induction.content.conditions import parse_rule
from induction.content.model import Facet, Library, Option, Quiz, Scenario, Scene, Stance
from induction.content.words import Slot

FACETS = {"contact": Facet("contact", "", "", (Stance("none", "", ""), Stance("platforms", "", "")))}
LIBRARY = Library({}, {}, FACETS, {})


def scene(name, *options, choose_all=False):
    """Each option is a rating, a label, and perhaps the scene it leads to."""
    made = (
        Option(parse_rule(rating), label if isinstance(label, tuple) else (label,), ("feedback",), to[0] if to else None, 1)
        for rating, label, *to in options
    )
    return Scene(name, (name,), (), tuple(made), choose_all, 1)


def quiz(*scenarios, word="late"):
    """A quiz; each scenario is a list of scenes."""
    made = tuple(
        Scenario(scenes[0].id, (), (), None, None, None, {scene.id: scene for scene in scenes}, 1) for scenes in scenarios
    )
    return Quiz("course", word, word, None, made, f"quizzes/course/01-{word}.md", "")


def worth(of, habit):
    """Mark and chance of a habit."""
    figure = figures(of, LIBRARY)[list(HABITS).index(habit)]
    return round(figure.mark, 6), round(figure.chance, 6)


THREE = [scene("a", ("best", "Go home now"), ("fine", "Go"), ("breach", "Go out"))]


def test_chance_is_the_mean_mark_of_the_options():
    assert worth(quiz(THREE), "the first option") == (100, 50)
    assert worth(quiz(THREE), "the last option") == (0, 50)


def test_the_longest_option_is_measured_in_its_words_alone():
    assert worth(quiz(THREE), "the longest option") == (100, 50)
    linked = [scene("a", ("best", "Go <em>on</em>"), ("poor", "Go home"))]
    assert worth(quiz(linked), "the longest option") == (0, 50)


def test_the_shortest_option_is_a_habit_too():
    assert worth(quiz(THREE), "the shortest option") == (50, 50)
    short = [scene("a", ("best", "Go"), ("poor", "Go home"))]
    assert worth(quiz(short), "the shortest option") == (100, 50)


def test_names_are_measured_as_well_as_what_stands_in_for_them():
    lead = Slot("school", "safeguarding lead")
    options = [("best", ("Tell ", lead)), ("poor", "Tell your own mentor now"), ("poor", "Tell them all at home of it")]
    assert worth(quiz([scene("a", *options)]), "the shortest option")[0] == 100, "a name is short"
    assert worth(quiz([scene("a", *options)]), "the longest option")[0] == 0


def test_ties_are_shared_whatever_their_order():
    same = [("best", "Go left"), ("poor", "Go down"), ("poor", "Go")]
    for options in (same, same[::-1]):
        assert worth(quiz([scene("a", *options)]), "the longest option")[0] == 50


def test_cautious_words_are_counted():
    options = [("best", "Decline politely and wait"), ("poor", "Politely accept"), ("poor", "Accept"), ("poor", "Accept it")]
    assert worth(quiz([scene("a", *options)]), "the most cautious words") == (100, 25)


def test_options_without_any_such_word_are_picked_by_chance():
    assert worth(quiz(THREE), "the most cautious words") == (50, 50)
    assert worth(quiz(THREE), "the option that mentions reporting") == (50, 50)


def test_every_option_that_mentions_reporting_draws_alike():
    options = [
        ("best", ("Tell ", Slot("school", "safeguarding lead"))),
        ("poor", "Report it, log it and ring the police and the head"),
        ("poor", "Reply"),
        ("poor", "Stay ahead"),
    ]
    assert worth(quiz([scene("a", *options)]), "the option that mentions reporting") == (50, 25)


def test_ratings_are_those_of_the_strictest_stance():
    options = [("breach; best if contact is platforms", "Reply"), ("best; poor if contact is platforms", "Leave")]
    assert worth(quiz([scene("a", *options)]), "the last option") == (100, 50)


def test_a_quiz_is_the_mean_over_scenarios_and_a_scenario_over_the_scenes_the_habit_meets():
    story = [
        scene("b", ("poor", "One", "c"), ("best", "Two")),
        scene("c", ("best", "Three"), ("poor", "Four")),
    ]
    assert worth(quiz(story), "the first option") == (50, 50)  # poor, then best
    assert worth(quiz(story), "the last option") == (100, 50)  # best, and the story ends
    assert worth(quiz(THREE, story), "the first option") == (75, 50)


def test_scenes_that_go_round_count_once():
    story = [scene("a", ("poor", "One", "b"), ("best", "Two")), scene("b", ("best", "One", "a"), ("poor", "Two"))]
    assert worth(quiz(story), "the first option") == (50, 50)


def test_where_all_that_apply_are_chosen_one_tick_is_its_share():
    ticks = [scene("a", ("best", "One"), ("fine", "Two"), ("poor", "Three"), ("breach", "Four"), choose_all=True)]
    assert worth(quiz(ticks), "the first option") == (50, 25)


@pytest.mark.parametrize(("bad", "pays"), [(0, True), (1, True), (2, True), (3, False)])
def test_more_than_fifteen_points_above_chance_pays(bad, pays):
    first = [[scene(f"good{n}", ("best", "One"), ("poor", "Two"))] for n in range(4)]
    last = [[scene(f"bad{n}", ("poor", "One"), ("best", "Two"))] for n in range(bad)]
    figure = figures(quiz(*first, *last), LIBRARY)[list(HABITS).index("the first option")]
    assert figure.gain == pytest.approx(100 * 4 / (4 + bad) - 50)
    assert figure.pays is pays
    assert figure.giveaways == ("good0", "good1", "good2", "good3")


def test_exactly_fifteen_points_is_not_more():
    good = [[scene(f"good{n}", ("best", "One"), ("poor", "Two"))] for n in range(13)]
    bad = [[scene(f"bad{n}", ("poor", "One"), ("best", "Two"))] for n in range(7)]
    figure = figures(quiz(*good, *bad), LIBRARY)[list(HABITS).index("the first option")]
    assert (round(figure.gain, 6), figure.pays) == (15, False)


def test_all_quizzes_together_count_scenario_by_scenario():
    one = quiz(THREE)
    two = quiz(*([scene(f"s{n}", ("poor", "One"), ("best", "Two"))] for n in range(3)), word="other")
    figure = together([figures(one, LIBRARY), figures(two, LIBRARY)])[list(HABITS).index("the first option")]
    assert (figure.mark, figure.chance) == (25, 50)


def test_a_quiz_that_asks_nothing_has_no_figures():
    assert figures(quiz([scene("a")]), LIBRARY) == []
    assert together([[]]) == []
