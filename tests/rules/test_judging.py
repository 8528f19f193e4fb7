"""How an attempt is judged (content-format.md, 'A quiz')."""

from fractions import Fraction as F

import pytest

from induction.rules import judging
from tests.rules.quizzes import BEST, BREACH, FINE, POOR, Given, quiz, scenario, scene

ONE_OF_EACH = scene("request", BEST, FINE, POOR, BREACH)
ALL_THAT_APPLY = scene("request", BEST, FINE, POOR, BREACH, choose_all=True)


def given(where, place, chosen=1, rating=BEST, mark=None):
    return Given(where, place, (chosen,), rating, judging.MARKS[rating] if mark is None else mark)


# One option


@pytest.mark.parametrize("number, rating, mark", [(1, BEST, 1), (2, FINE, F(1, 2)), (3, POOR, 0), (4, BREACH, 0)])
def test_best_is_one_fine_a_half_poor_and_breach_nothing(number, rating, mark):
    assert judging.judge(ONE_OF_EACH, [number]) == judging.Judgement(rating, F(mark))


def test_choosing_nothing_is_said_and_not_judged():
    with pytest.raises(judging.NothingChosen):
        judging.judge(ONE_OF_EACH, [])
    with pytest.raises(judging.NothingChosen):
        judging.judge(ALL_THAT_APPLY, [])


@pytest.mark.parametrize("numbers", [[5], [0], [1, 2], [1, 5]])
def test_one_option_that_is_there(numbers):
    with pytest.raises(judging.NoSuchOption):
        judging.judge(ONE_OF_EACH, numbers)


# All that apply


@pytest.mark.parametrize(
    "numbers, rating, mark",
    [
        ([1, 2], BEST, 1),
        ([1], FINE, F(1, 2)),
        ([1, 2, 3], FINE, F(1, 2)),
        ([1, 3], POOR, 0),
        ([3], POOR, 0),
        ([1, 2, 4], BREACH, F(1, 2)),
        ([4], BREACH, 0),
        ([1, 2, 3, 4], BREACH, 0),
    ],
)
def test_all_that_apply_is_the_sound_less_the_unwise_over_the_sound_and_never_below_nothing(numbers, rating, mark):
    assert judging.judge(ALL_THAT_APPLY, numbers) == judging.Judgement(rating, F(mark))


def test_all_that_apply_takes_no_option_that_is_not_there():
    with pytest.raises(judging.NoSuchOption):
        judging.judge(ALL_THAT_APPLY, [1, 7])


def test_where_nothing_is_sound_the_mark_is_nothing():
    assert judging.judge(scene("a", POOR, POOR, choose_all=True), [1]) == judging.Judgement(POOR, F(0))


# A story in scenes


STORY = scenario(
    scene("request", BEST, BREACH, POOR, to={2: "reply", 3: "over"}),
    scene("reply", BEST, POOR, to={2: "request"}),
    scene("over"),
)


def test_a_story_begins_with_its_own_scene():
    assert judging.follow(STORY, []).id == "request"


def test_an_option_without_a_link_ends_the_story():
    assert judging.follow(STORY, [given("request", "request", 1)]) is None


def test_an_option_leads_where_its_link_says():
    assert judging.follow(STORY, [given("request", "request", 2)]).id == "reply"


def test_a_scene_may_end_the_story_without_asking():
    first = [given("request", "request", 3, POOR)]
    assert judging.follow(STORY, first).id == "over"
    assert judging.place(quiz(STORY), ["request"], first) is None


def test_scenes_may_go_round_but_after_twenty_answers_the_story_ends():
    round_and_round = [given("request", ("request", "reply")[n % 2], 2) for n in range(20)]
    assert judging.follow(STORY, round_and_round[:19]).id == "reply"
    assert judging.follow(STORY, round_and_round) is None


def test_all_that_apply_leads_nowhere():
    story = scenario(ALL_THAT_APPLY)
    assert judging.follow(story, [Given("request", "request", (1, 2), BEST, F(1))]) is None


def test_scenarios_come_in_the_order_drawn_and_steps_count_the_whole_attempt():
    both = quiz(scenario(scene("a", BEST, POOR)), scenario(scene("b", BEST, POOR)))
    first = judging.place(both, ["b", "a"], [])
    assert (first.step, first.number, first.scene.id) == (1, 1, "b")
    second = judging.place(both, ["b", "a"], [given("b", "b")])
    assert (second.step, second.number, second.scene.id) == (2, 2, "a")
    assert judging.place(both, ["b", "a"], [given("b", "b"), given("a", "a")]) is None


# What a scenario and an attempt come to


def test_a_scenarios_mark_is_the_mean_over_the_scenes_met():
    met = [given("a", "a", rating=POOR), given("a", "b", rating=BEST)]
    assert judging.judge_scenario(met) == judging.Judgement(POOR, F(1, 2))


def test_a_scene_met_twice_counts_once_by_its_first_answer():
    met = [given("a", "a", rating=POOR), given("a", "b", rating=BEST), given("a", "a", rating=BEST)]
    assert judging.judge_scenario(met) == judging.Judgement(POOR, F(1, 2))
    met = [given("a", "a", rating=BEST), given("a", "b", rating=FINE), given("a", "a", rating=POOR)]
    assert judging.judge_scenario(met) == judging.Judgement(FINE, F(3, 4))


def test_a_line_crossed_in_any_answer_is_a_line_crossed_also_the_second_time():
    met = [given("a", "a", rating=BEST), given("a", "a", rating=BREACH)]
    assert judging.judge_scenario(met) == judging.Judgement(BREACH, F(1))


def outcome(*ratings, pass_mark=80):
    words = [f"s{number}" for number in range(len(ratings))]
    asked = quiz(*(scenario(scene(word, BEST, FINE, POOR, BREACH)) for word in words), pass_mark=pass_mark)
    return judging.outcome(asked, words, [given(word, word, rating=r) for word, r in zip(words, ratings, strict=True)])


def test_the_mark_is_the_mean_over_the_scenarios_drawn():
    assert outcome(BEST, FINE, POOR).mark == F(1, 2)


def test_the_pass_mark_itself_passes():
    assert outcome(BEST, BEST, BEST, BEST, POOR).passed


def test_the_mark_is_compared_unrounded_and_never_shown_as_more_than_it_is():
    close = outcome(BEST, BEST, POOR, pass_mark=67)
    assert (close.percent, close.passed) == (66, False)
    assert outcome(BEST, BEST, POOR, pass_mark=66).passed


def test_a_line_crossed_cant_pass_whatever_the_mark():
    crossed = outcome(*[BEST] * 9, BREACH)
    assert (crossed.percent, crossed.breaches, crossed.passed) == (90, 1, False)
    assert outcome(*[BEST] * 9, POOR).passed, "the same mark without a line crossed passes"


def test_a_scene_that_a_scenario_never_reached_does_not_count():
    asked = quiz(STORY)
    assert judging.outcome(asked, ["request"], [given("request", "request")]).mark == 1


def test_less_than_half_of_what_is_sound_is_poor_and_the_latest_answer_leads_on():
    five = scene("five", BEST, BEST, FINE, FINE, FINE, choose_all=True)
    assert judging.judge(five, [1, 2]) == judging.Judgement(POOR, F(2, 5))
    assert judging.judge(five, [1, 2, 3]) == judging.Judgement(FINE, F(3, 5))
    onward = [given("request", "request", 2), given("request", "reply", 2), given("request", "request", 3, POOR)]
    assert judging.follow(STORY, onward).id == "over"


@pytest.mark.parametrize(
    "ratings, wisest",
    [((FINE, BEST, POOR, BEST), [2, 4]), ((FINE, POOR, FINE), [1, 3]), ((POOR, BREACH), []), ((), [])],
)
def test_the_wisest_are_the_best_or_else_the_fine(ratings, wisest):
    assert [option.number for option in judging.wisest(scene("request", *ratings).options)] == wisest
