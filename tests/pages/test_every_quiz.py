"""Every quiz that is shipped, walked once choosing wisely and once not: made from the files."""

import pytest

from induction.content.reading import library
from induction.records.school import school
from induction.records.store.database import transaction
from induction.settings import HOME
from tests.cast import SCHOOL
from tests.walking import walk

SHIPPED = library.read(HOME, None).library
QUIZZES = [
    (course.slug, lesson.slug)
    for course in SHIPPED.courses.values()
    for lesson in course.lessons
    if lesson.slug in course.quizzes
]


def test_there_are_quizzes_to_walk():
    assert len(QUIZZES) >= 5


@pytest.mark.parametrize("course, lesson", QUIZZES, ids=[lesson for _, lesson in QUIZZES])
@pytest.mark.parametrize("phase", ["primary", "secondary"])
def test_choosing_wisely_passes_and_unwisely_does_not(cast, course, lesson, phase):
    with transaction(cast.records):
        school.save(cast.records, **{**SCHOOL, "phase": phase})
    page = walk(cast, "tess", lesson, wisely=False, course=course)
    assert page.heading != "Passed" and cast.completions_of("tess") == []
    page = walk(cast, "tess", lesson, course=course)
    assert page.heading == "Passed" and "100 of 100" in page.text
    quizzes = [each for each in cast.completions_of("tess") if each.lesson]  # the last quiz of a course completes that too
    assert [(each.course, each.lesson) for each in quizzes] == [(course, lesson)]
    scenarios = {scenario.id: scenario.phase for scenario in SHIPPED.courses[course].quizzes[lesson].scenarios}
    for attempt in cast.attempts_of("tess"):
        assert {scenarios[word] for word in attempt.drawn} <= {None, phase}


@pytest.mark.parametrize("course, lesson", QUIZZES, ids=[lesson for _, lesson in QUIZZES])
def test_choosing_wisely_passes_under_the_most_open_policy_too(cast, course, lesson):
    cast.choose(**{name.replace("-", "_"): facet.stances[-1].name for name, facet in SHIPPED.facets.items()})
    assert walk(cast, "tess", lesson, course=course).heading == "Passed"
