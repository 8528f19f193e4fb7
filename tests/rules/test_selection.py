"""Which scenarios an attempt asks (content-format.md): first what was not judged best, then what was not yet met."""

import random

import pytest

from induction.rules import selection
from tests.rules.quizzes import BEST, BREACH, FINE, POOR, quiz, scenario, scene


def of(*words, ask=None, warned=()):
    return quiz(
        *(scenario(scene(word, BEST, POOR), warn="self-harm" if word in warned else None) for word in words), ask=ask
    )


def in_order(words):
    """A shuffle that leaves all as it is."""


def backwards(words):
    words.reverse()


def test_all_are_asked_where_the_quiz_doesnt_say_how_many():
    assert selection.draw(of("a", "b", "c"), {}, in_order) == ("a", "b", "c")


def test_as_many_are_asked_as_the_quiz_says():
    assert selection.draw(of("a", "b", "c", ask=2), {}, in_order) == ("a", "b")


def test_chance_decides_among_equals():
    assert selection.draw(of("a", "b", "c", ask=2), {}, backwards) == ("c", "b")


def test_what_was_not_best_comes_first_then_what_was_not_met_then_what_is_known():
    known = {"a": BEST, "b": BEST, "d": FINE, "e": POOR, "f": BREACH}
    drawn = selection.draw(of("a", "b", "c", "d", "e", "f"), known, in_order)
    assert drawn == ("d", "e", "f", "c", "a", "b")


def test_what_is_known_is_asked_only_to_fill_the_attempt():
    assert selection.draw(of("a", "b", "c", ask=2), {"a": BEST, "b": BEST}, in_order) == ("c", "a")


def test_a_scenario_of_an_older_version_that_is_gone_is_not_asked():
    assert selection.draw(of("a", "b"), {"gone": POOR}, in_order) == ("a", "b")


def test_no_scenario_is_asked_twice():
    drawn = selection.draw(of("a", "b", "c"), {"a": POOR}, backwards)
    assert sorted(drawn) == ["a", "b", "c"]


# Twins: one in an attempt, the other in the next

def with_twins(*words, ask=None):
    """A quiz in which `a` and `A` are twins, `b` and `B`, …"""
    return quiz(
        *(scenario(scene(word, BEST, POOR), twin=word.swapcase() if word.swapcase() in words else None) for word in words),
        ask=ask,
    )


@pytest.mark.parametrize("seed", range(40))
def test_never_both_twins_are_asked_and_the_two_count_as_one(seed):
    chance = random.Random(seed)
    words = ["a", "A", "b", "B", "c", "C", "d", "e"]
    chance.shuffle(words)
    met = chance.sample(words, chance.randrange(9))
    latest = {word: chance.choice([BEST, FINE, POOR, BREACH]) for word in met}
    for ask in (None, 5):
        drawn = selection.draw(with_twins(*words, ask=ask), latest, chance.shuffle)
        assert sorted(word.lower() for word in drawn) == ["a", "b", "c", "d", "e"]
    few = selection.draw(with_twins(*words, ask=3), latest, chance.shuffle)
    assert len({word.lower() for word in few}) == len(few) == 3


def test_of_twins_that_were_never_met_chance_asks_one():
    asked = with_twins("a", "A", "b")
    assert selection.draw(asked, {}, in_order) == ("a", "b")
    assert selection.draw(asked, {}, backwards) == ("b", "A")


@pytest.mark.parametrize("rating", [FINE, POOR, BREACH])
def test_where_one_was_not_judged_best_its_twin_is_asked_first(rating):
    asked = with_twins("a", "b", "c", "A", ask=2)
    assert selection.draw(asked, {"a": rating}, in_order) == ("A", "b")
    assert selection.draw(asked, {"A": rating}, backwards) == ("a", "c")


def test_where_one_was_judged_best_its_twin_is_asked_as_what_was_not_met():
    asked = with_twins("a", "b", "c", "A")
    assert selection.draw(asked, {"b": POOR, "a": BEST, "c": BEST}, in_order) == ("b", "A", "c")


@pytest.mark.parametrize(
    ("latest", "drawn"),
    [
        ({"a": POOR, "b": BEST, "A": BEST}, ("a", "b")),  # what went wrong is asked once more
        ({"a": BEST, "b": BEST, "A": POOR}, ("a", "b")),  # never the same one twice running
        ({"A": POOR, "b": BEST, "a": POOR}, ("A", "b")),
        ({"a": BEST, "b": BEST, "A": BEST}, ("b", "a")),  # both are known: the other one, in its turn
        ({"a": BEST, "b": POOR, "A": BEST}, ("b", "a")),
    ],
)
def test_of_twins_that_were_both_met_the_other_one_is_asked(latest, drawn):
    shuffle = backwards if drawn[0] == "b" else in_order
    assert selection.draw(with_twins("a", "A", "b"), latest, shuffle) == drawn


def test_however_twins_are_answered_they_are_asked_in_turn():
    asked, latest, met, chance = with_twins("a", "A"), {}, [], random.Random(5)
    for _ in range(12):
        (word,) = selection.draw(asked, latest, chance.shuffle)
        met.append(word)
        latest = {each: rating for each, rating in latest.items() if each != word} | {word: chance.choice([BEST, POOR])}
    assert all(one != other for one, other in zip(met, met[1:], strict=False))


def test_of_twins_that_are_asked_again_one_is_asked():
    asked = with_twins("a", "A", "b", "B")
    assert selection.draw_again(asked, ("A", "a", "b"), {}) == ("A", "b")
    assert selection.draw_again(asked, ("A", "a", "b"), {"a": BEST, "A": BEST, "b": BEST}) == ("a", "b")
    assert selection.draw_again(asked, ("A", "b"), {"a": BEST, "A": POOR}) == ("A", "b"), "its own judgement was turned round"


def test_a_twin_of_what_is_drawn_or_put_off_is_not_asked_instead():
    asked = with_twins("a", "A", "b", "B", "c")
    assert another(asked, ("a", "b"), "b") == ("a", "c"), "neither A nor B"
    assert another(asked, ("a", "c"), "c", {"b"}) is None, "nor the twin of what was put off before"
    assert another(asked, ("a", "c"), "a", {"b"}) == ("c", "a")


# A warning is nobody's beginning

def test_an_attempt_begins_without_a_warning_where_another_is_drawn():
    asked = of("a", "b", "c", "d", warned="ab")
    assert selection.draw(asked, {}, in_order) == ("c", "a", "b", "d")
    assert selection.draw(asked, {"a": POOR}, in_order) == ("c", "a", "b", "d")
    assert selection.draw(asked, {}, backwards) == ("d", "c", "b", "a")
    assert selection.draw_again(asked, ("b", "a", "d"), {}) == ("d", "b", "a")


def test_it_changes_the_order_only():
    assert selection.draw(of("a", "b", "c", ask=2, warned="ab"), {}, in_order) == ("a", "b"), "c is not drawn for it"


# Putting one off: as many are asked, and on the same themes

DANGER, FRIENDS = "child-in-danger", "friends"


def themed(**scenarios):
    """A quiz of `name=(theme, …)`; a name that ends in `_warned` says beforehand what it is about."""
    return quiz(*(
        scenario(scene(name, BEST, POOR), themes=themes, warn="self-harm" if name.endswith("_warned") else None)
        for name, themes in scenarios.items()
    ))


def another(of, drawn, instead_of, put_off=(), shuffle=in_order):
    return selection.another(of, drawn, instead_of, put_off, shuffle)


def test_another_one_on_its_theme_stands_in_the_same_place_and_one_without_a_warning_first():
    asked = themed(a=(FRIENDS,), b_warned=(DANGER,), c_warned=(DANGER,), d=(FRIENDS,), e=(DANGER,))
    assert another(asked, ("a", "b_warned"), "b_warned") == ("a", "e")
    assert another(asked, ("b_warned", "e"), "b_warned") == ("c_warned", "e"), "with a warning, where there is no other"


def test_a_theme_of_the_draw_is_never_lost():
    asked = themed(a_warned=(DANGER, FRIENDS), b=(FRIENDS,), c=(DANGER,), d=(FRIENDS,))
    assert another(asked, ("a_warned", "d"), "a_warned") == ("c", "d"), "friends are asked about all the same"
    assert another(asked, ("a_warned", "c"), "a_warned") == ("b", "c"), "and so is danger"
    assert another(asked, ("a_warned",), "a_warned") is None, "neither alone is on both"


def test_where_nothing_fits_it_comes_last():
    asked = themed(a_warned=(DANGER,), b=(FRIENDS,), c=(FRIENDS,))
    assert another(asked, ("a_warned", "b"), "a_warned") == ("b", "a_warned")


def test_the_last_one_stays():
    asked = themed(a_warned=(DANGER,), b=(FRIENDS,), c=(FRIENDS,))
    assert another(asked, ("b", "a_warned"), "a_warned") is None
    assert another(asked, ("a_warned",), "a_warned") is None


def test_each_is_put_off_once_and_not_asked_instead_of_another():
    asked = themed(a_warned=(DANGER,), b_warned=(DANGER,), c=(FRIENDS,))
    assert another(asked, ("b_warned", "c"), "b_warned", {"a_warned"}) == ("c", "b_warned")
    assert another(asked, ("a_warned", "c"), "a_warned", {"a_warned"}) is None


def test_without_themes_any_other_fits():
    asked = themed(a_warned=(), b=(FRIENDS,))
    assert another(asked, ("a_warned",), "a_warned") == ("b",)


@pytest.mark.parametrize("seed", range(60))
def test_however_often_one_is_put_off_the_number_and_the_themes_stay(seed):
    """Whoever puts off all they can, in any quiz, is asked as many scenarios, on every theme, and as many on danger."""
    chance = random.Random(seed)
    names = [f"s{number}{'_warned' * (chance.random() < 0.6)}" for number in range(9)]
    asked = themed(**{name: tuple(chance.sample([DANGER, FRIENDS, "photos"], chance.randrange(1, 3))) for name in names})
    drawn, put_off, presses = tuple(chance.sample(names, 5)), set(), 0

    def covered(words):
        return {theme for word in words for theme in asked.scenarios[word].themes}

    first = drawn
    while warned := [word for word in drawn if asked.scenarios[word].warn and another(asked, drawn, word, put_off)]:
        drawn = another(asked, drawn, warned[0], put_off, chance.shuffle)
        put_off.add(warned[0])
        presses += 1
        assert len(drawn) == len(set(drawn)) == 5 and covered(drawn) >= covered(first)
    assert presses <= len(names)


# What a lead has put aside

def test_what_is_put_aside_is_not_drawn_and_its_twin_stands_in():
    asked = with_twins("a", "A", "b", "B")
    assert selection.draw(asked, {}, in_order, {"a"}) == ("A", "b")
    assert selection.draw(asked, {"a": POOR, "A": BEST}, in_order, {"a"}) == ("A", "b"), "though it was met last"
    assert selection.draw(of("a", "b", "c", ask=2), {"a": POOR}, in_order, {"a"}) == ("b", "c")


def test_where_all_is_put_aside_all_is_asked():
    """As when the school's phase has changed since: an attempt asks something."""
    assert selection.draw(of("a", "b"), {}, in_order, {"a", "b"}) == ("a", "b")


def test_what_is_put_aside_is_not_asked_instead_of_another():
    asked = themed(a_warned=(DANGER,), b=(DANGER,), c=(DANGER,))
    assert selection.another(asked, ("a_warned",), "a_warned", (), in_order, {"b"}) == ("c",)
    assert selection.another(asked, ("a_warned",), "a_warned", (), in_order, {"b", "c"}) is None
    assert selection.another(asked, ("a_warned",), "a_warned", (), in_order, {"a_warned"}) == ("b",), "it can itself be put off"


@pytest.mark.parametrize(
    ("quiz_of", "aside", "word", "why"),
    [
        (with_twins("a", "A", "b", "B"), set(), "a", None),
        (with_twins("a", "A", "b", "B"), {"a"}, "A", selection.TooFew.PAIR),
        (with_twins("a", "A", "b", "B"), {"a"}, "b", None),
        (with_twins("a", "A", "b", ask=2), set(), "b", selection.TooFew.QUIZ),
        (with_twins("a", "A", "b", ask=2), set(), "a", None),
        (with_twins("a", "A", "b", ask=1), set(), "b", None),
        (of("a", "b"), set(), "a", None),
        (of("a", "b"), {"b"}, "a", selection.TooFew.QUIZ),
        (of("a"), set(), "a", selection.TooFew.QUIZ),
        (of("a", "b", "c", ask=2), {"b"}, "a", selection.TooFew.QUIZ),
    ],
)
def test_too_few_would_be_left(quiz_of, aside, word, why):
    assert selection.too_few_without(quiz_of, aside, word) is why


@pytest.mark.parametrize("seed", range(30))
def test_however_much_is_put_aside_an_attempt_asks_as_many_as_before(seed):
    chance = random.Random(seed)
    asked = with_twins("a", "A", "b", "B", "c", "C", "d", "e", ask=4)
    aside = set()
    for word in chance.sample(list(asked.scenarios), 8):
        if selection.too_few_without(asked, aside, word) is None:
            aside.add(word)
    drawn = selection.draw(asked, {}, chance.shuffle, aside)
    assert aside and len(drawn) == 4 and not aside & set(drawn)
