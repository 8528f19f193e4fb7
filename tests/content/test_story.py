"""Scenes that can't be reached, and scenes that never end."""

from induction.content.checks.story import endless, unreachable
from induction.content.model import Option, Rating, RatingRule, Scenario, Scene


def scenario(**ways: list[str | None]) -> Scenario:
    """A scenario whose scenes lead as said: `a=["b", None]` has an option to b, and one that ends the story."""
    scenes = {
        name: Scene(name, (name,), (), tuple(Option(RatingRule(Rating.BEST), (), (), to, 1) for to in leads), False, line)
        for line, (name, leads) in enumerate(ways.items(), 1)
    }
    return Scenario(next(iter(ways)), (), (), None, None, None, scenes, 1)


def names(scenes):
    return [scene.id for scene in scenes]


def test_one_scene_that_ends_is_fine():
    alone = scenario(a=[None, None])
    assert (unreachable(alone), endless(alone)) == ([], [])


def test_scenes_may_meet_again_and_go_round():
    story = scenario(a=["b", "c"], b=["d", "a"], c=["d"], d=["b", None])
    assert (unreachable(story), endless(story)) == ([], [])


def test_a_scene_that_nothing_leads_to():
    assert names(unreachable(scenario(a=["b", None], b=[None, None], c=[None, None]))) == ["c"]


def test_scenes_that_only_lead_to_each_other_are_not_reached():
    assert names(unreachable(scenario(a=[None, None], b=["c", None], c=["b", None]))) == ["b", "c"]


def test_scenes_that_go_round_for_ever():
    assert names(endless(scenario(a=["b", None], b=["c", "c"], c=["b", "b"]))) == ["b", "c"]


def test_a_scene_that_asks_nothing_ends_the_story():
    assert endless(scenario(a=["b", "b"], b=[])) == []


def test_three_to_the_forty_paths_are_searched_scene_by_scene():
    ways = {f"s{number}": [f"s{number + 1}"] * 3 for number in range(40)}
    assert endless(scenario(**ways, s40=[])) == []
    assert unreachable(scenario(**ways, s40=[])) == []
    assert len(endless(scenario(**ways, s40=["s0", "s1", "s2"]))) == 41


def test_a_story_longer_than_the_call_stack():
    ways = {f"s{number}": [f"s{number + 1}"] for number in range(20_000)}
    assert endless(scenario(**ways, s20000=[])) == []
