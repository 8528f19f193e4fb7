"""Which scenarios have another best answer at another school."""

from induction.content.checks.turning import turning
from induction.content.conditions import parse_rule
from induction.content.model import Facet, Option, Scenario, Scene, Stance

FACETS = {"contact": Facet("contact", "", "", (Stance("none", "", ""), Stance("platforms", "", "")))}


def scene(name, *rules, choose_all=False):
    return Scene(name, (name,), (), tuple(Option(parse_rule(rule), (), (), None, 1) for rule in rules), choose_all, 1)


def scenario(*scenes, phase=None):
    return Scenario(scenes[0].id, (), (), phase, None, None, {each.id: each for each in scenes}, 1)


def turn(*rules, phase=None):
    return turning([scenario(scene("a", *rules), phase=phase)], FACETS).share == 1


def test_a_stance_a_nation_or_a_phase_turns_it():
    assert turn("best; poor if contact is none", "poor; best if contact is none")
    assert turn("best; poor if nation is wales", "poor; best if nation is wales")
    assert turn("best; poor if phase is primary", "poor; best if phase is primary")


def test_a_second_best_option_turns_it():
    assert turn("best", "poor; best if contact is platforms")


def test_what_is_no_different_does_not():
    assert not turn("best", "poor")
    assert not turn("best; best if contact is none", "poor")
    assert not turn("best", "poor; breach if contact is none; fine if nation is wales")
    assert not turn("best", "poor; best if contact is none and contact is platforms")


def test_only_schools_that_meet_it_count():
    assert not turn("best", "poor; best if phase is not primary", phase="primary")


def test_the_first_scene_counts_and_none_where_all_that_apply_are_chosen():
    turns = ("best; poor if contact is none", "poor; best if contact is none")
    found = turning(
        [
            scenario(scene("later", "best", "poor"), scene("b", *turns)),
            scenario(scene("all", *turns, choose_all=True)),
            scenario(scene("one", *turns)),
            scenario(scene("story")),
        ],
        FACETS,
    )
    assert (found.turn, found.stay, found.share) == (("one",), ("later",), 0.5)


def test_nothing_asked_is_no_share():
    assert turning([], FACETS).share == 0
