"""Which scenarios an attempt asks (content-format.md): first what was not judged best, then what was not yet met."""

from induction.learning import drawing
from tests.learning.quizzes import BEST, BREACH, FINE, POOR, quiz, scenario, scene


def of(*words, ask=None, warned=()):
    return quiz(
        *(scenario(scene(word, BEST, POOR), warn="self-harm" if word in warned else None) for word in words), ask=ask
    )


def in_order(words):
    """A shuffle that leaves all as it is."""


def backwards(words):
    words.reverse()


def test_all_are_asked_where_the_quiz_doesnt_say_how_many():
    assert drawing.draw(of("a", "b", "c"), {}, in_order) == ("a", "b", "c")


def test_as_many_are_asked_as_the_quiz_says():
    assert drawing.draw(of("a", "b", "c", ask=2), {}, in_order) == ("a", "b")


def test_chance_decides_among_equals():
    assert drawing.draw(of("a", "b", "c", ask=2), {}, backwards) == ("c", "b")


def test_what_was_not_best_comes_first_then_what_was_not_met_then_what_is_known():
    known = {"a": BEST, "b": BEST, "d": FINE, "e": POOR, "f": BREACH}
    drawn = drawing.draw(of("a", "b", "c", "d", "e", "f"), known, in_order)
    assert drawn == ("d", "e", "f", "c", "a", "b")


def test_what_is_known_is_asked_only_to_fill_the_attempt():
    assert drawing.draw(of("a", "b", "c", ask=2), {"a": BEST, "b": BEST}, in_order) == ("c", "a")


def test_a_scenario_of_an_older_version_that_is_gone_is_not_asked():
    assert drawing.draw(of("a", "b"), {"gone": POOR}, in_order) == ("a", "b")


def test_no_scenario_is_asked_twice():
    drawn = drawing.draw(of("a", "b", "c"), {"a": POOR}, backwards)
    assert sorted(drawn) == ["a", "b", "c"]


def test_another_one_stands_in_the_same_place_and_has_no_warning():
    asked = of("a", "b", "c", "d", ask=2, warned=("b", "c"))
    assert drawing.another(asked, ("a", "b"), "b", in_order) == ("a", "d")


def test_where_none_is_left_the_one_is_left_out():
    assert drawing.another(of("a", "b", warned=("b",)), ("a", "b"), "b", in_order) == ("a",)


def test_the_only_one_of_an_attempt_stays():
    assert drawing.another(of("b", warned=("b",)), ("b",), "b", in_order) == ("b",)
