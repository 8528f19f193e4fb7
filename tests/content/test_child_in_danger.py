"""Where a child may be in danger no choice of a school decides anything, and every option is held to the same rule.

Whoever writes or changes such a scenario says here what each of its options does. The rule: acting at once is
best; delay, and a promise of secrecy, cross the line; one short holding line while getting help is never poor or
over it (content-format.md; Keeping children safe in education, Department for Education, 2026, Part one).
"""

from itertools import product

import pytest

from induction.content.conditions import rate
from induction.content.model import NATIONS, PHASES, Rating, School
from induction.content.reading import library
from induction.settings import HOME
from tests.choices import chosen

LIBRARY = library.read(HOME, None).library
DANGER = "child-in-danger"

# What each option does, in the order of the file: A acts at once, H a holding line while getting help, D delays,
# S promises or keeps a secret, O something else. Scenes that ask nothing have none.
OPTIONS = {
    "where-the-line-is": {"hearts-on-the-screen": "ODAD", "the-heads-laptop": "DADD"},
    "friend-requests": {"nobody-else": "DHAD"},
    "following-pupils": {"just-checking": "DADD"},
    "messages-and-chat": {
        "cant-do-this": "DHDA", "she-writes-back": "SOA", "in-the-group": "ADDD", "right-behind-them": "DAOO", "a-kind-reply": "DHDA",
    },
    "people-you-know": {"on-the-wall": "ADOD", "can-i-come": "SDAD", "four-minutes-later": "OSOA", "on-the-step": "DAD"},
    "photos-and-tagging": {"is-that-tia": "DADD", "two-minutes-later": "DOA"},
    "social-media-games-and-ai": {"it-gets-me": "DADA", "in-the-corridor": "SSA"},
    "when-you-are-the-target": {"it-was-me": "DADD"},
    "when-a-child-may-be-at-risk": {
        "look-what-he-sent": "OOOAD", "behind-the-bike-shed": "DOAO", "an-hour-left": "OADOO", "for-proof": "AOOD",
        "ten-past-two": "DHDA", "he-answers": "SAD",
    },
    "colleagues-and-concerns": {"at-the-next-table": "DOAD"},
}
ALLOWED = {
    "A": {Rating.BEST},
    "H": {Rating.BEST, Rating.FINE},
    "D": {Rating.BREACH},
    "S": {Rating.BREACH},
    "O": set(Rating),
}


def scenes():
    """(quiz, scenario, scene) of every shipped scenario in which a child may be in danger, at its home."""
    for course in LIBRARY.courses.values():
        for quiz in course.quizzes.values() if not course.by_name else ():
            for scenario in quiz.scenarios:
                if DANGER in scenario.themes:
                    yield from ((quiz, scenario, scene) for scene in scenario.scenes.values())


def schools(scene):
    """Every school that could be told apart: all stances of every facet that the scene's ratings name, and each nation and phase."""
    named = {
        term.facet for option in scene.options for _, condition in option.rule.cases for terms in condition.any_of for term in terms
    }
    facets = [LIBRARY.facets[name] for name in sorted(named & LIBRARY.facets.keys())]
    for stances in product(*[[stance.name for stance in facet.stances] for facet in facets]):
        for nation, phase in product(NATIONS, PHASES):
            yield School("S", nation, phase, choices=chosen(dict(zip([facet.name for facet in facets], stances, strict=True))))


def test_every_such_scenario_stands_in_the_table():
    found = {}
    for quiz, _, scene in scenes():
        found.setdefault(quiz.slug, {})[scene.id] = len(scene.options)
    assert found == {word: {scene: len(kinds) for scene, kinds in listed.items()} for word, listed in OPTIONS.items()}


@pytest.mark.parametrize(("quiz", "scenario", "scene"), [pytest.param(*each, id=each[2].id) for each in scenes()])
def test_acting_at_once_is_best_and_delay_and_secrecy_cross_the_line_in_every_school(quiz, scenario, scene):
    kinds = OPTIONS[quiz.slug][scene.id]
    for school in schools(scene):
        for option, kind in zip(scene.options, kinds, strict=True):
            rating = rate(option.rule, school, LIBRARY.facets)
            assert rating in ALLOWED[kind], f"{scene.id}, line {option.line}: {kind} is {rating} where {school.choices}"
    if kinds and not scene.choose_all:
        assert set(kinds) & set("AH") and set(kinds) & set("DS"), "somebody can act, and somebody is tempted not to"


def test_no_choice_of_a_school_decides_there():
    conditions = [scene.id for _, _, scene in scenes() for option in scene.options if option.rule.cases]
    assert conditions == []


def test_what_is_hard_to_meet_is_said_beforehand():
    unsaid = {
        scenario.id
        for quiz, scenario, scene in scenes()
        if scenario.warn is None and any(word in str(scene.words).lower() for word in ("suicid", "hurting her", "nude", "kill"))
    }
    assert unsaid == set()
