"""What a lesson says otherwise than when somebody met it last."""

import json
from pathlib import Path

import pytest

from induction.content.editions import lesson_edition
from induction.content.editions.since_last import Changed, LessonNews, since_last
from induction.content.model import Choice, School
from induction.content.reading import library

HERE = Path(__file__).parents[2]
SCHOOL = School("Wrenfield", policy_version=3)


@pytest.fixture(scope="module")
def taught():
    return library.read(HERE, None).library


def edition(taught, school=SCHOOL):
    course = taught.courses["professional-boundaries-online"]
    return lesson_edition.lesson_edition(course.lesson("messages-and-chat"), taught, school).text


def with_(text, **changed):
    return json.dumps({**json.loads(text), **changed})


def test_nothing_changed(taught):
    assert since_last(edition(taught), edition(taught)) == LessonNews() and LessonNews().nothing


def test_another_stance_is_a_rule_that_changed(taught):
    facet = taught.facets[next(iter(json.loads(edition(taught))["stances"]))]
    was, other = facet.cautious, facet.stances[1]
    found = since_last(edition(taught), edition(taught, School("Wrenfield", choices={facet.name: Choice(facet.name, other.name)})))
    assert found.rules == (Changed(facet.ask, was.label, other.label),)
    assert not found.facts and not found.sections, "its words follow from the rule, and are not told twice"


def test_another_version_of_the_policy_with_the_same_stances_is_no_change(taught):
    assert since_last(edition(taught), edition(taught, School("Wrenfield", choices=SCHOOL.choices, policy_version=9))).nothing


def test_a_fact_that_changed_is_told_and_one_that_joined_is_not(taught):
    before = json.loads(edition(taught))
    name, value = next(iter(before["facts"].items()))
    found = since_last(with_(edition(taught), facts={**before["facts"], name: "as it was"}), edition(taught))
    assert found.facts == (Changed(name, "as it was", value),)
    assert since_last(with_(edition(taught), facts={}), edition(taught)).nothing


def test_the_sections_whose_words_changed_are_named(taught):
    source = json.loads(edition(taught))["source"]
    headings = [line for line in source.splitlines() if line.startswith("## ")]
    plain = [each[3:].split(" {")[0] for each in headings]
    before = source.replace(headings[1], f"{headings[1]}\n\nIt was otherwise.", 1)
    assert since_last(with_(edition(taught), source=before), edition(taught)).sections == (plain[1],)
    start = source.index("---", 4) + 3
    before = f"{source[:start]}\n\nIt began otherwise.\n\n{source[start:].lstrip()}"
    assert since_last(with_(edition(taught), source=before), edition(taught)).sections == ("",), "what stands first has no title"
    before = source.replace(headings[-1], f"## Something else\n\nGone.\n\n{headings[-1]}", 1)
    assert since_last(with_(edition(taught), source=before), edition(taught)).nothing, "what is gone is not to be read"
