"""What two texts have in common: true of any two, as little apart as can be, and never more work than was granted."""

import random

import pytest

from induction.content.editions.matching import MOST_STEPS, Patience, Run, pairs, runs
from induction.content.editions.pieces import marked


def fits(old, new, found):
    """Whether runs are all of both texts, in turns."""
    assert [piece for run in found for piece in old[run.a : run.b]] == list(old)
    assert [piece for run in found for piece in new[run.c : run.d]] == list(new)
    assert all(old[run.a : run.b] == new[run.c : run.d] for run in found if run.equal)
    assert all(before.equal != after.equal for before, after in zip(found, found[1:], strict=False))
    assert all(run.b > run.a or run.d > run.c for run in found)


def common(found):
    return sum(run.b - run.a for run in found if run.equal)


def longest_common(old, new):
    """The way of the textbook, which takes as many steps as the one has pieces times the other."""
    best = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for a, one in enumerate(old):
        for c, other in enumerate(new):
            best[a + 1][c + 1] = best[a][c] + 1 if one == other else max(best[a][c + 1], best[a + 1][c])
    return best[-1][-1]


@pytest.mark.parametrize("seed", range(20))
def test_as_much_is_common_as_can_be(seed):
    chance = random.Random(seed)
    old, new = (chance.choices("abcd", k=chance.randrange(40)) for _ in range(2))
    found = runs(old, new)
    fits(old, new, found)
    assert common(found) == longest_common(old, new)


def test_nothing_and_the_same():
    assert runs([], []) == [] and runs("ab", "ab") == [Run(True, 0, 2, 0, 2)]
    assert runs("", "ab") == [Run(False, 0, 0, 0, 2)] and runs("ab", "") == [Run(False, 0, 2, 0, 0)]


HOSTILE = {  # two texts of 200,000 letters
    "the same two words in turns": (["a", "b"] * 50_000, ["b", "a", "c"] * 33_000),
    "words by chance": tuple(random.Random(seed).choices("abcdefgh", k=60_000) for seed in (1, 2)),
    "each once, turned round": ([str(n) for n in range(40_000)], [str(n) for n in range(40_000, 0, -1)]),
    "each once, every other one changed": ([str(n) for n in range(40_000)], [str(n if n % 2 else -n) for n in range(40_000)]),
    "much between what stands once in both": tuple(
        [piece for n in range(150) for piece in (f"{n}", *random.Random(n + seed).choices("abcdefgh", k=300))] for seed in (0, 1000)
    ),
    "nothing in common": ([f"a{n}" for n in range(40_000)], [f"b{n}" for n in range(40_000)]),
}


@pytest.mark.parametrize(("old", "new"), HOSTILE.values(), ids=list(HOSTILE))
def test_whatever_they_are_it_ends_within_what_was_granted_and_is_true(old, new):
    patience = Patience()
    found = runs(old, new, patience)
    fits(old, new, found)
    assert patience.steps > -MOST_STEPS / 10, "the last look may go a little beyond"


def test_what_stands_once_in_both_holds_a_long_text_together():
    old = [f"{n}" for n in range(3000)]
    new = [f"{n}" if n % 7 else f"new {n}" for n in range(3000)]
    assert common(runs(old, new)) > 2500


def test_patience_that_is_spent_says_all_is_gone_and_all_is_new():
    assert runs("abcx", "ayczx", Patience(0)) == [Run(True, 0, 1, 0, 1), Run(False, 1, 2, 1, 2), Run(True, 2, 3, 2, 3),
                                                  Run(False, 3, 3, 3, 4), Run(True, 3, 4, 4, 5)]  # fmt: skip
    spent = runs(["a", "b", "b", "c"], ["b", "d", "a", "b"], Patience(0))
    fits(["a", "b", "b", "c"], ["b", "d", "a", "b"], spent)


def test_each_paragraph_is_set_beside_what_it_has_become():
    old = ["Tell Priya the same day.", "In England only."]
    new = ["A new beginning of it all.", "Tell Priya the next school day."]
    assert pairs(old, new) == [("", new[0]), (old[0], new[1]), (old[1], "")]
    assert pairs(["a b"], ["c d"]) == [("a b", "c d")], "one for one is the same, whatever it says"
    many = [f"{n} of them" for n in range(30)]
    assert pairs(many, many[:20]) == [*zip(many[:20], many[:20], strict=True), *((each, "") for each in many[20:])]


def test_what_little_stayed_among_much_that_changed_is_marked_with_it():
    before, after = marked("<p>Say no when a pupil asks you at night.</p>", "<p>Never go on with a chat late in the evening.</p>")
    assert before == "<p><del>Say no when a pupil asks you at night</del>.</p>" and after.count("<ins>") == 1
    assert marked("<p>You can wait.</p>", "<p>You may wait.</p>") == ("<p>You <del>can</del> wait.</p>", "<p>You <ins>may</ins> wait.</p>")


def test_marks_stand_within_tags_and_never_round_them():
    before, after = marked("<p>One <b>two</b></p>\n<ul>\n<li>Three</li>\n</ul>", "<p>Uno</p>")
    assert before == "<p><del>One</del> <b><del>two</del></b></p>\n<ul>\n<li><del>Three</del></li>\n</ul>" and after == "<p><ins>Uno</ins></p>"


def test_the_bound_is_not_met_by_the_texts_that_people_write():
    words = "Tell your safeguarding lead the same day, whoever it is and whatever it says.".split()
    old, new = words * 40, [*words * 20, "Now", *words * 20]
    patience = Patience()
    assert common(runs(old, new, patience)) == len(old) and patience.steps > MOST_STEPS - 2000
