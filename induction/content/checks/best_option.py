"""Is some option of a scene best, whatever a school has chosen?

A scene's ratings may name two dozen facets, and so more combinations of stances than can be
tried one by one. The search here takes one facet at a time and keeps of the ratings only what
the stances taken so far leave open: what is settled drops out, stances that the ratings do not
tell apart count as one, and what was found safe once is not searched again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from ..model import NATIONS, PHASES, Condition, Facet, Option, Rating, RatingRule, Term

EFFORT = 500_000  # stances and terms looked at for one quiz: about half a second, and far above any real one
MOST_FACETS = 100  # named by one scene: the search goes one call deeper for each


class TooManyCombinations(Exception):
    """The ratings of a scene depend on more combinations than can be searched."""


class Effort:
    """How much searching is left; one for each quiz, so that a file of hard scenes ends too."""

    def __init__(self, left: int = EFFORT) -> None:
        self.left = left

    def spend(self, terms: int) -> None:
        self.left -= terms
        if self.left < 0:
            raise TooManyCombinations


# A demand: for each facet that it names, the stances that meet it. All of them have to be met.
Demand = frozenset[tuple[str, frozenset[str]]]
Stances = dict[str, str]


class Case(NamedTuple):
    """Where any of the demands is met, the option is best, or is not."""

    best: bool
    demands: frozenset[Demand]


class Open(NamedTuple):
    """What is not settled about one option: the first case that is met wins, else `best`."""

    cases: tuple[Case, ...]
    best: bool


def without_best(
    options: Sequence[Option], phase: str | None, facets: Mapping[str, Facet], effort: Effort
) -> Stances | None:
    """The stances under which no option is best, by facet; None where there are none.

    Only facets that matter are named; of equals, the strictest stance. `phase` is the scenario's:
    schools that never meet it do not count. Raises TooManyCombinations when `effort` is spent.
    """
    values = _values(options, phase, facets)
    if len(values) > MOST_FACETS:
        raise TooManyCombinations
    start = tuple(_settle(_open(option.rule, values, effort)) for option in options)
    for nation, offered in _offered(values, facets):
        there = tuple(_take(option, nation) for option in start)
        told_apart = {facet: _told_apart(facet, names, there) for facet, names in offered.items()}
        found = _Search(told_apart, effort).run(there)
        if found is not None:
            return _needed({**nation, **found}, start)
    return None


def turns(options: Sequence[Option], phase: str | None, facets: Mapping[str, Facet], effort: Effort) -> bool:
    """Whether two schools, by their stances, nations or phases, have different options that are best.

    So it is where some option is best at one school and not at another. Raises TooManyCombinations when `effort` is spent.
    """
    return any(
        without_best([each], phase, facets, effort) is not None
        and without_best([_other_way_round(each)], phase, facets, effort) is not None
        for each in options
        if each.rule.cases
    )


def _other_way_round(option: Option) -> Option:
    """The same option, best where it was not, and not best where it was."""
    def swapped(rating: Rating) -> Rating:
        return Rating.POOR if rating is Rating.BEST else Rating.BEST

    rule = option.rule
    return replace(option, rule=RatingRule(swapped(rule.otherwise), tuple((swapped(rating), met) for rating, met in rule.cases)))


def _values(options: Sequence[Option], phase: str | None, facets: Mapping[str, Facet]) -> dict[str, list[str]]:
    named = {
        term.facet
        for option in options
        for _, condition in option.rule.cases
        for terms in condition.any_of
        for term in terms
    }
    values = {name: [stance.name for stance in facets[name].stances] for name in named & facets.keys()}
    values["nation"] = list(NATIONS)
    values["phase"] = [name for name in PHASES if phase in (None, name) or name == "all-through"]
    return {facet: values[facet] for facet in sorted(named & values.keys())}


def _offered(values: Mapping[str, list[str]], facets: Mapping[str, Facet]) -> Iterator[tuple[Stances, Mapping[str, list[str]]]]:
    """The stances that stand together: where the law of some nation does not allow one of them, nation by nation."""
    named = [facets[name] for name in values if name in facets]
    if not any(stance.nations for facet in named for stance in facet.stances):
        yield {}, values
        return
    for nation in NATIONS:
        there = {facet.name: [stance.name for stance in facet.offered_in(nation)] for facet in named}
        yield {"nation": nation}, {**values, **there}


def _meets(term: Term, value: str) -> bool:
    both = term.facet == "phase" and value == "all-through" and term.stance in PHASES
    return (both or value == term.stance) is not term.negated


def _open(rule: RatingRule, values: Mapping[str, list[str]], effort: Effort) -> Open:
    cases = tuple(Case(rating is Rating.BEST, _demands(condition, values, effort)) for rating, condition in rule.cases)
    return Open(cases, rule.otherwise is Rating.BEST)


def _demands(condition: Condition, values: Mapping[str, list[str]], effort: Effort) -> frozenset[Demand]:
    demands = set()
    for terms in condition.any_of:
        met: dict[str, frozenset[str]] = {}
        for term in terms:
            known = values.get(term.facet, ())
            effort.spend(len(known))
            allowed = frozenset(value for value in known if _meets(term, value))
            met[term.facet] = met.get(term.facet, allowed) & allowed
        if all(met.values()):
            demands.add(frozenset(pair for pair in met.items() if len(pair[1]) < len(values[pair[0]])))
    return frozenset(demands)


def _settle(option: Open) -> Open:
    """The same, said as shortly as possible: no cases are left where all is settled."""
    cases: list[Case] = []
    best = option.best
    for case in option.cases:
        if frozenset() in case.demands:
            best = case.best
            break
        if case.demands and cases and cases[-1].best == case.best:
            cases[-1] = Case(case.best, cases[-1].demands | case.demands)
        elif case.demands:
            cases.append(case)
    while cases and cases[-1].best == best:
        cases.pop()
    return Open(tuple(cases), best)


def _told_apart(facet: str, names: list[str], options: Sequence[Open]) -> list[str]:
    """One stance of each kind that the ratings tell apart, the strictest first."""
    demanded = {
        allowed
        for option in options
        for case in option.cases
        for demand in case.demands
        for name, allowed in demand
        if name == facet
    }
    kinds: dict[tuple[bool, ...], str] = {}
    for name in names:
        kinds.setdefault(tuple(name in allowed for allowed in demanded), name)
    return list(kinds.values())


class _Search:
    """Remembers what it has worked out: the same leftovers of a rating come again and again."""

    def __init__(self, values: Mapping[str, list[str]], effort: Effort) -> None:
        self.values = values
        self.effort = effort
        self.safe: set[frozenset[Open]] = set()
        self.facets: dict[Open, Counter[str]] = {}
        self.taken: dict[tuple[Open, str, str], Open] = {}

    def run(self, options: Iterable[Open]) -> Stances | None:
        """Stances under which none of `options` is best."""
        unsettled = frozenset(option for option in options if option.cases or option.best)
        if any(not option.cases for option in unsettled) or unsettled in self.safe:
            return None
        if not unsettled:
            return {}
        facet = self.next_facet(unsettled)
        for value in self.values[facet]:
            found = self.run(self.take(option, facet, value) for option in unsettled)
            if found is not None:
                return {facet: value, **found}
        self.safe.add(unsettled)
        return None

    def next_facet(self, options: frozenset[Open]) -> str:
        """The facet most named by the option that hangs on the fewest: it is settled soonest."""
        fewest = min((self.named(option) for option in options), key=lambda named: (len(named), sorted(named)))
        return min(fewest, key=lambda facet: (-fewest[facet], facet))

    def named(self, option: Open) -> Counter[str]:
        self.effort.spend(1)
        if option not in self.facets:
            named = Counter(facet for case in option.cases for demand in case.demands for facet, _ in demand)
            self.effort.spend(named.total())
            self.facets[option] = named
        return self.facets[option]

    def take(self, option: Open, facet: str, value: str) -> Open:
        if facet not in self.named(option):
            return option
        key = option, facet, value
        if key not in self.taken:
            self.taken[key] = _take(option, {facet: value})
        return self.taken[key]


def _take(option: Open, stances: Stances) -> Open:
    """What is still open about an option where these stances are taken."""
    cases = []
    for case in option.cases:
        demands = set()
        for demand in case.demands:
            if all(facet not in stances or stances[facet] in allowed for facet, allowed in demand):
                demands.add(frozenset(pair for pair in demand if pair[0] not in stances))
        cases.append(Case(case.best, frozenset(demands)))
    return _settle(Open(tuple(cases), option.best))


def _needed(found: Stances, options: Sequence[Open]) -> Stances:
    """Without the stances that plainly make no difference."""
    needed = dict(found)
    for facet in found:
        fewer = {name: value for name, value in needed.items() if name != facet}
        if all(_never_best(option, fewer) for option in options):
            needed = fewer
    return dict(sorted(needed.items()))


def _never_best(option: Open, stances: Stances) -> bool:
    left = _take(option, stances)
    return not left.cases and not left.best
