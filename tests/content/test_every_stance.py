"""All shipped content under every combination of the stances that it names, and what a rating that hangs on policy owes its reader."""

from itertools import product

import pytest

from induction.content.conditions import rate
from induction.content.editions import policy_document
from induction.content.editions.fill import plain, render
from induction.content.editions.mentions import Mentions
from induction.content.model import NATIONS, Rating, School
from induction.content.reading import library
from induction.content.words import OnlyBlock, PolicyBlock, Slot
from induction.settings import HOME
from tests.choices import chosen

LIBRARY = library.read(HOME, None).library
COURSES = LIBRARY.courses.values()
QUIZZES = [quiz for course in COURSES for quiz in course.quizzes.values()]
LESSONS = [lesson for course in COURSES for lesson in course.lessons]


def schools(names: Mentions):
    """A school for each combination of the stances of the facets that a text names, in each nation that it names, chosen or not."""
    facets = [LIBRARY.facets[name] for name in sorted(names.facets)]
    for nation in NATIONS if names.nation else NATIONS[:1]:
        for stances in product(*[[stance.name for stance in facet.stances] for facet in facets]):
            yield School("Wrenfield School", nation, choices=chosen(dict(zip([each.name for each in facets], stances, strict=True))))
        yield School("Wrenfield School", nation)


def one_facet_at_a_time(names: Mentions):
    """For long texts, whose blocks don't hang on each other: each stance of each facet in each nation."""
    for nation in NATIONS:
        for name in sorted(names.facets):
            for stance in LIBRARY.facets[name].stances:
                yield School("Wrenfield School", nation, choices=chosen({name: stance.name}))


@pytest.mark.parametrize("quiz", QUIZZES, ids=lambda quiz: f"{quiz.course}/{quiz.slug}")
def test_every_scene_has_its_best_and_no_gap_under_every_combination(quiz):
    for scenario in quiz.scenarios:
        for scene in scenario.scenes.values():
            names = Mentions()
            names.add_scene(scene)
            for school in schools(names):
                ratings = [rate(option.rule, school, LIBRARY.facets) for option in scene.options]
                where = f"{scene.id} where {dict(school.choices)}"
                assert not scene.options or Rating.BEST in ratings, where
                assert scene.choose_all or len(set(ratings)) > 1 or not scene.options, where
                for option in scene.options:
                    said = plain(option.feedback, school, LIBRARY)
                    assert len(said.split()) >= 8 and "{{" not in said, where
                assert "{{" not in render(scene.words, school, LIBRARY), where


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: f"{lesson.course}/{lesson.slug}")
def test_every_lesson_reads_whole_under_every_stance(lesson):
    names = Mentions()
    names.add(lesson.words)
    for school in one_facet_at_a_time(names):
        html = render(lesson.words, school, LIBRARY)
        assert "{{" not in html and html.count("<div") == html.count("</div>")
    blocks = {}
    for part in flat(lesson.words):
        if isinstance(part, PolicyBlock):
            blocks.setdefault(part.facet, set()).update(part.stances)
    for facet, stances in blocks.items():
        missing = {stance.name for stance in LIBRARY.facets[facet].stances} - stances
        assert not missing, f"{lesson.slug} says nothing on {facet} where it is {missing}"


@pytest.mark.parametrize("quiz", QUIZZES, ids=lambda quiz: f"{quiz.course}/{quiz.slug}")
def test_a_rating_that_hangs_on_policy_names_the_rule_and_says_that_it_can_differ(quiz):
    for scenario in quiz.scenarios:
        for scene in scenario.scenes.values():
            for option in scene.options:
                for facet in hangs_on(option):
                    assert said_of(facet, option.feedback) == {each.name for each in LIBRARY.facets[facet].stances}, (
                        f"{quiz.path}:{option.line}: the feedback has no words on {facet} for some stance"
                    )
                    for stance in LIBRARY.facets[facet].stances:
                        said = plain(option.feedback, School("S", choices=chosen({facet: stance.name})), LIBRARY)
                        assert "lsewhere this can differ" in said, f"{quiz.path}:{option.line} where {facet} is {stance.name}"


def hangs_on(option):
    """The facets of policy that an option's rating hangs on."""
    return {
        term.facet for _, condition in option.rule.cases for terms in condition.any_of for term in terms
    } & LIBRARY.facets.keys()


def said_of(facet, words):
    """The stances of a facet on which words have something to say."""
    stances = set()
    for part in flat(words):
        if isinstance(part, PolicyBlock) and part.facet == facet:
            stances |= part.stances
        elif part == Slot("stance", facet):
            stances |= {stance.name for stance in LIBRARY.facets[facet].stances}
    return stances


def flat(words):
    for part in words:
        yield part
        if isinstance(part, PolicyBlock | OnlyBlock):
            yield from flat(part.words)


def hours(words):
    """The times in a story that a school's choice of hours decides."""
    return [part.name for part in flat(words) if isinstance(part, Slot) and part.kind in ("hours", "clock")]


@pytest.mark.parametrize("facet", LIBRARY.facets.values(), ids=lambda facet: facet.name)
def test_every_question_bears_on_lessons_scenarios_and_the_policys_text(facet):
    lessons = [lesson for lesson in LESSONS if facet.name in {part.facet for part in flat(lesson.words) if isinstance(part, PolicyBlock)}
               or Slot("stance", facet.name) in flat(lesson.words)]
    scenes = [scene for quiz in QUIZZES for each in quiz.scenarios for scene in each.scenes.values()]
    decided = [scene for scene in scenes if any(facet.name in hangs_on(option) for option in scene.options)]
    by_the_clock = [scene for scene in scenes if any(hour.startswith(f"{facet.name} ") for hour in hours(scene.words))]
    assert lessons and (decided or by_the_clock)
    assert policy_document.STANCE_IN_BRACES.findall(LIBRARY.policy_text).count(facet.name) == 1
