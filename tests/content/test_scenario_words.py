"""By which words a scenario is counted: as it is written and judged, whatever a school fills in."""

from dataclasses import replace

import pytest

from induction.content.editions.quiz_edition import quiz_edition
from induction.content.editions.scenario_words import words_of
from induction.content.model import Choice, School
from induction.content.reading import library
from induction.settings import HOME

COURSE, QUIZ = "professional-boundaries-online", "friend-requests"
WRENFIELD = School("Wrenfield", "england", "all-through", {"safeguarding lead": "Priya Nair"}, {}, 0, None)


@pytest.fixture(scope="module")
def known():
    return library.read(HOME, None).library


def words(known, school=WRENFIELD, course=COURSE, slug=QUIZ, change=None):
    of = known.courses[course]
    quiz = of.quizzes[slug]
    if change:
        quiz = replace(quiz, source=quiz.source.replace(*change))
        assert quiz.source != of.quizzes[slug].source
    return words_of(quiz_edition(of, quiz, known, school).text)


def test_each_scenario_has_words_of_its_own(known):
    found = words(known)
    assert found.keys() == {each.id for each in known.courses[COURSE].quizzes[QUIZ].scenarios}
    assert len(set(found.values())) == len(found) and {len(each) for each in found.values()} == {64}


def test_a_name_or_another_nation_is_no_other_scenario(known):
    other = replace(WRENFIELD, name="Ysgol", words={"safeguarding lead": "Amy Ek"}, nation="wales")
    assert words(known, other) == words(known)


def test_other_words_are_another_scenario_and_leave_the_others_as_they_are(known):
    before = words(known)
    line = next(each for each in known.courses[COURSE].quizzes[QUIZ].source.split("\n") if "{#sunday-night" in each)
    after = words(known, change=(line, f"{line}\n\nIt rains."))
    assert {word for word in before if before[word] != after[word]} == {"sunday-night"}


def test_another_judgement_is_another_scenario(known):
    chosen = replace(WRENFIELD, choices={"contact-from-pupils": Choice("contact-from-pupils", "next-school-day")})
    before, after = words(known), words(known, chosen)
    assert "sunday-night" in {word for word in before if before[word] != after[word]}
    assert any(before[word] == after[word] for word in before)


def test_one_that_stands_in_two_courses_is_one(known):
    short = words(known, course="boundaries-in-ten-minutes", slug="the-essentials")
    assert short["hockey-sticks"] == words(known)["hockey-sticks"]


def test_what_another_phase_does_not_meet_is_not_counted(known):
    assert words(known).keys() > words(known, replace(WRENFIELD, phase="primary")).keys()
