"""Whether some option is best under every policy a school may choose."""

import itertools
import random

import pytest

from induction.content.checks.best_option import MOST_FACETS, Effort, TooManyCombinations, turns, without_best
from induction.content.conditions import in_force, parse_rule, rate
from induction.content.model import NATIONS, PHASES, Facet, Library, Option, Rating, School, Stance
from tests.choices import chosen


def facets(count: int, stances: str = "abc") -> dict[str, Facet]:
    return {
        f"f{number}": Facet(f"f{number}", "", "", tuple(Stance(name, "", "") for name in stances)) for number in range(count)
    }


def options(*rules: str) -> list[Option]:
    return [Option(parse_rule(rule), (), (), None, 1) for rule in rules]


def found(*rules: str, phase: str | None = None, count: int = 24):
    return without_best(options(*rules), phase, facets(count), Effort())


def test_a_plain_best_is_best_everywhere():
    assert found("poor", "best") is None


def test_no_option_is_ever_best():
    assert found("poor", "fine; breach if f0 is a") == {}


def test_the_strictest_stance_that_fails_is_named():
    assert found("poor; best if f0 is c", "breach") == {"f0": "a"}
    assert found("best; poor if f0 is c", "breach") == {"f0": "c"}


def test_two_ratings_that_share_the_stances_between_them():
    assert found("best; fine if f0 is a", "poor; best if f0 is a") is None
    assert found("best; fine if f0 is a or f1 is b", "poor; best if f0 is a") == {"f0": "b", "f1": "b"}


def test_the_first_condition_that_holds_wins():
    assert found("poor; fine if f0 is a; best if f0 is a or f0 is not a") == {"f0": "a"}
    assert found("poor; best if f0 is a or f0 is not a; fine if f0 is a") is None


def test_a_stance_that_makes_no_difference_is_not_named():
    assert found(
        "poor; best if f0 is b and f1 is b", "best; poor if f1 is a and f2 is a and f3 is a"
    ) == {"f1": "a", "f2": "a", "f3": "a"}


def test_conditions_that_contradict_themselves_never_hold():
    assert found("poor; best if f0 is a and f0 is b") == {}
    assert found("best; poor if f0 is a and f0 is not a") is None


def test_nation_and_phase_serve_as_facets():
    assert found("poor; best if nation is not wales") == {"nation": "wales"}
    assert found("poor; best if phase is primary") == {"phase": "secondary"}
    assert found("poor; best if phase is primary or phase is secondary") is None


def test_an_all_through_school_is_both_primary_and_secondary():
    assert found("poor; best if phase is not primary", "poor; best if phase is not secondary") == {"phase": "all-through"}


def test_schools_that_never_meet_the_scenario_do_not_count():
    assert found("poor; best if phase is primary", phase="primary") is None
    assert found("poor; best if phase is primary", phase="secondary") == {"phase": "secondary"}


def test_it_agrees_with_trying_every_school():
    """Hundreds of small scenes of any shape, against the rule that judges answers itself."""
    chance = random.Random(7)
    known = facets(3)
    known["f0"] = Facet("f0", "", "", (Stance("a", "", ""), Stance("b", "", "", nations=NATIONS[:1]), Stance("c", "", "", nations=NATIONS[1:2])))
    library = Library({}, {}, known, {})
    schools = [
        School("", nation, phase, choices=chosen(dict(zip(known, choice, strict=True))))
        for nation in NATIONS[:2]
        for phase in PHASES
        for choice in itertools.product("abc", repeat=3)
    ]
    met, turning = {True: 0, False: 0}, {True: 0, False: 0}
    for _ in range(400):
        scene = options(*(_any_rule(chance) for _ in range(chance.randint(2, 4))))
        failing = [s for s in schools if not any(rate(o.rule, s, library.facets) is Rating.BEST for o in scene)]
        stances = without_best(scene, None, known, Effort())
        assert (stances is None) == (not failing)
        if stances is not None:
            assert all(school in failing for school in schools if _stands(school, stances, known))
        met[stances is None] += 1
        best = {tuple(rate(o.rule, s, library.facets) is Rating.BEST for o in scene) for s in schools}
        assert turns(scene, None, known, Effort()) is (len(best) > 1)
        turning[len(best) > 1] += 1
    assert min(*met.values(), *turning.values()) > 40, "the scenes do not try both answers"


def test_a_stance_counts_only_in_its_nations():
    known = facets(2)
    only_england = (known["f0"].stances[0], Stance("b", "", "", nations=("england",)))
    only_wales = (known["f1"].stances[0], Stance("b", "", "", nations=("wales",)))
    known = {"f0": Facet("f0", "", "", only_england), "f1": Facet("f1", "", "", only_wales)}

    def failing(*rules):
        return without_best(options(*rules), None, known, Effort())

    assert failing("best; poor if f0 is b and nation is wales") is None
    assert failing("best; poor if f0 is b and nation is england") == {"f0": "b", "nation": "england"}
    assert failing("best; poor if f0 is b and f1 is b") is None
    assert failing("poor; best if f0 is a") == {"f0": "b"}


def _any_rule(chance: random.Random) -> str:
    terms = [f"f{number} is{no} {stance}" for number in range(3) for stance in "abc" for no in ("", " not")]
    terms += ["nation is england", "nation is not england", "phase is primary", "phase is not secondary"]
    cases = [
        f"{chance.choice(['best', 'poor', 'fine'])} if "
        + " or ".join(" and ".join(chance.sample(terms, chance.randint(1, 3))) for _ in range(chance.randint(1, 3)))
        for _ in range(chance.randint(0, 3))
    ]
    return "; ".join([chance.choice(["best", "poor", "poor"]), *cases])


def _stands(school: School, stances: dict[str, str], known: dict[str, Facet]) -> bool:
    of_school = {**{name: in_force(school, facet).name for name, facet in known.items()}, "nation": school.nation, "phase": school.phase}
    return all(of_school[facet] == stance for facet, stance in stances.items())


# Two dozen facets of three stances: 3 ** 24 combinations

ALL = [f"f{number}" for number in range(24)]
PAIRS = list(zip(ALL[::2], ALL[1::2], strict=True))
EACH_A = " and ".join(f"{facet} is a" for facet in ALL)
SAME = [" or ".join(f"{one} is {stance} and {other} is {stance}" for stance in "abc") for one, other in PAIRS]


@pytest.mark.parametrize(
    ("rules", "stances"),
    [
        ([f"best; poor if {EACH_A}", "poor"], dict.fromkeys(sorted(ALL), "a")),
        ([f"best; poor if {EACH_A}", f"poor; best if {EACH_A}"], None),
        ([*(f"poor; best if {facet} is b" for facet in ALL), "fine"], dict.fromkeys(sorted(ALL), "a")),
        ([*(f"poor; best if {facet} is not a" for facet in ALL), f"breach; best if {EACH_A}"], None),
        ([*(f"poor; best if {same}" for same in SAME), f"best; fine if {' or '.join(SAME)}"], None),
        ([*(f"poor; best if {same}" for same in SAME[1:]), f"best; fine if {SAME[0]}"], 24),
    ],
)
def test_two_dozen_facets_are_searched_exactly(rules, stances):
    effort = Effort()
    answer = without_best(options(*rules), None, facets(24), effort)
    assert (len(answer) if isinstance(stances, int) else answer) == stances
    assert effort.left > 0.9 * Effort().left  # far from giving up


def test_a_search_that_would_not_end_gives_up():
    """Eleven facets that may not agree, with ten stances: no school fits, and every proof is long."""
    known = facets(11, "abcdefghij")
    rules = [
        "poor; best if " + " or ".join(f"f{one} is {stance} and f{other} is {stance}" for stance in "abcdefghij")
        for one, other in itertools.combinations(range(11), 2)
    ]
    with pytest.raises(TooManyCombinations):
        without_best(options(*rules), None, known, Effort())


def test_more_facets_than_can_be_searched():
    known = facets(MOST_FACETS + 1)
    assert without_best(options(*(f"poor; best if {facet} is b" for facet in list(known)[:-1])), None, known, Effort())
    with pytest.raises(TooManyCombinations):
        without_best(options(*(f"poor; best if {facet} is b" for facet in known)), None, known, Effort())
