"""What a habit of guessing is worth."""

import pytest

from induction.content.checks.checker import ADVICE
from induction.content.checks.guessing import figures, measure, together
from induction.content.checks.habits import HABITS, gives_a_reason, names_somebody
from induction.content.conditions import parse_rule
from induction.content.model import NATIONS, Facet, Library, Option, Quiz, Scenario, Scene, Stance
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


def quiz(*scenarios, word="late", phases=None):
    """A quiz; each scenario is a list of scenes, and may be for one phase."""
    made = tuple(
        Scenario(scenes[0].id, (), (), phase, None, None, {scene.id: scene for scene in scenes}, 1)
        for scenes, phase in zip(scenarios, phases or [None] * len(scenarios), strict=True)
    )
    return Quiz("course", word, word, None, made, f"quizzes/course/01-{word}.md", "")


def figure_of(habit, *quizzes):
    """The figure of a habit over all the quizzes."""
    return figures(together(measure(each, LIBRARY) for each in quizzes))[list(HABITS).index(habit)]


def worth(of, habit):
    """Mark and chance of a habit."""
    figure = figure_of(habit, of)
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
    figure = figure_of("the first option", quiz(*first, *last))
    assert figure.gain == pytest.approx(100 * 4 / (4 + bad) - 50)
    assert figure.pays is pays
    assert figure.giveaways == ("good0", "good1", "good2", "good3")


def test_exactly_fifteen_points_is_not_more():
    good = [[scene(f"good{n}", ("best", "One"), ("poor", "Two"))] for n in range(13)]
    bad = [[scene(f"bad{n}", ("poor", "One"), ("best", "Two"))] for n in range(7)]
    figure = figure_of("the first option", quiz(*good, *bad))
    assert (round(figure.gain, 6), figure.pays) == (15, False)


def test_all_quizzes_together_count_scenario_by_scenario():
    one = quiz(THREE)
    two = quiz(*([scene(f"s{n}", ("poor", "One"), ("best", "Two"))] for n in range(3)), word="other")
    figure = figure_of("the first option", one, two)
    assert (figure.mark, figure.chance) == (25, 50)


def test_a_quiz_that_asks_nothing_has_no_figures():
    assert figures(measure(quiz([scene("a")]), LIBRARY)) == []
    assert figures(measure(quiz(), LIBRARY)) == []
    assert figures(together([])) == []
    assert figure_of("the first option", quiz(), quiz(THREE), quiz([scene("b")])).mark == 100


# At which school

def test_a_school_is_asked_only_what_fits_its_phase_and_the_worst_counts():
    primary = [scene("p", ("best", "One"), ("poor", "Two"))]
    secondary = [scene("s", ("poor", "One"), ("best", "Two"))]
    figure = figure_of("the first option", quiz(primary, secondary, phases=["primary", "secondary"]))
    assert (figure.mark, [guess.scenario for guess in figure.guesses]) == (100, ["p"])
    assert [guess.scenario for guess in figure_of("the last option", quiz(primary, phases=["primary"])).guesses] == ["p"]


def test_phases_are_not_mixed_over_several_quizzes():
    """One quiz pays in primary schools, the other in secondary ones; no school has both."""
    pays, harms = ("best", "One"), ("poor", "One")
    one = quiz([scene("a", pays, ("poor", "Two"))], [scene("b", harms, ("best", "Two"))], phases=["primary", "secondary"])
    two = quiz([scene("c", pays, ("poor", "Two"))], [scene("d", harms, ("best", "Two"))], phases=["secondary", "primary"])
    assert worth(one, "the first option")[0] == worth(two, "the first option")[0] == 100
    assert figure_of("the first option", one, two).mark == 50


@pytest.mark.parametrize("nation", NATIONS)
def test_the_words_and_ratings_of_each_nation_are_measured(nation):
    words = {each: {"to do": "Report" if each == nation else "Answer"} for each in NATIONS}
    told = quiz([scene("a", ("best", (Slot("nation", "to do"), " it")), ("poor", "Go home"))])
    reporting = list(HABITS).index("the option that mentions reporting")
    assert figures(measure(told, Library({}, {}, FACETS, words)))[reporting].mark == 100
    ratings = [(f"poor; best if nation is {nation}", "One"), (f"best; poor if nation is {nation}", "Two")]
    assert worth(quiz([scene("a", *ratings)]), "the first option") == (100, 50)


def test_ratings_may_hang_on_the_phase():
    ratings = [("poor; best if phase is not primary", "One"), ("best; poor if phase is not primary", "Two")]
    assert worth(quiz([scene("a", *ratings)]), "the first option") == (100, 50)


# What gives a reason, names somebody, says now

@pytest.mark.parametrize("label", [
    "Leave it, as Jordan may need you", "Wait, since the law says so", "Ask, because it helps", "Ask because it helps",
    "Delete it, so that nobody sees it", "Delete it so that nobody sees it", "Stop, so it ends", "Ring in order to help",
    "Say nothing, for he may be shy", "Accept so as not to hurt",
])
def test_a_reason_tacked_on(label):
    assert gives_a_reason(label)


@pytest.mark.parametrize("label", [
    "Leave it as it is", "Tell her, as soon as you can", "Reply, as agreed, and stop", "Wait, so long as it lasts",
    "Ring, for example", "Leave it, for now", "Ask somebody", "Stop, also in the staffroom", "Do so and go home",
])
def test_no_reason(label):
    assert not gives_a_reason(label)


@pytest.mark.parametrize(("label", "somebody"), [
    ("Tell Jordan tomorrow", True), ("Ask the head of year", True), ("Go to Mrs Lyle", True), ("See a colleague", True),
    ("Answer on Monday", False), ("Delete Instagram", False), ("Wait for Year 9", False), ("Head home", True), ("Go home", False),
    ("Look ahead", False),
])
def test_who_is_named(label, somebody):
    assert names_somebody(label) is somebody


def test_a_reason_tacked_on_is_a_sign_that_an_option_is_not_best():
    options = [("best", "Go home"), ("poor", "Stay, as it is late"), ("poor", "Wait, since it may pass"), ("poor", "Stay")]
    assert worth(quiz([scene("a", *options)]), "the option with no reason tacked on") == (50, 25)


@pytest.mark.parametrize("lead", ["Jordan", Slot("school", "headteacher")])
def test_a_name_with_a_now_draws_more_than_either(lead):
    both, name, now = ("Tell ", lead, " today"), ("Tell ", lead, " later"), ("Tell them all today",)
    options = [("best", both), ("poor", name), ("poor", now), ("poor", "Tell nobody")]
    assert worth(quiz([scene("a", *options)]), "the option with a name and a now") == (100, 25)
    assert worth(quiz([scene("a", *options[1:], ("best", "Go home"))]), "the option with a name and a now") == (0, 25)


def test_the_words_that_are_never_best_drive_away():
    options = [("poor", "Report it"), ("best", "Go home"), ("poor", "Promise to keep it secret"), ("poor", "Only wipe it")]
    assert worth(quiz([scene("a", *options)]), "the option without the words that are never best") == (100, 25)


def test_the_fewest_absolute_words_draw():
    options = [("poor", "Never answer anybody"), ("best", "Never answer"), ("poor", "Delete all of it, always")]
    assert worth(quiz([scene("a", *options)]), "the least absolute option") == (100, 33.333333)


def test_each_habit_has_its_advice():
    assert ADVICE.keys() == HABITS.keys()
