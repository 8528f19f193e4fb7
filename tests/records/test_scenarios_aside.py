"""Scenarios that are put aside, and taken back."""

from datetime import timedelta

from induction.records.school import scenarios_aside, school
from induction.records.school.scenarios_aside import Said
from induction.records.store.database import transaction
from tests.records.making import COURSE, NOW

WORDS, OTHERS = "1" * 64, "2" * 64


def say(db, person, aside=True, why="The year is wrong.", later=0, **changed):
    fields = {"course": COURSE, "lesson": "late", "scenario": "sunday", "sha256": WORDS, "aside": aside, "why": why, "by": person.id}
    with transaction(db):
        scenarios_aside.keep(db, Said(**fields | changed), NOW + timedelta(days=later))


def test_nothing_is_put_aside_at_first(db, cast):
    assert scenarios_aside.now(db) == {} and scenarios_aside.history(db, "sunday", WORDS) == []


def test_a_scenario_is_aside_in_its_words_with_who_when_and_why_and_every_page_is_drawn_anew(db, cast):
    revision = school.revision(db)
    say(db, cast.lou)
    [(key, kept)] = scenarios_aside.now(db).items()
    assert key == ("sunday", WORDS) and (kept.by_name, kept.why, kept.at) == ("Lou Adeyemi", "The year is wrong.", NOW)
    assert scenarios_aside.history(db, "sunday", OTHERS) == []
    assert school.revision(db) == revision + 1


def test_taking_it_back_is_another_row(db, cast):
    say(db, cast.lou)
    say(db, cast.max, aside=False, why="", later=1)
    assert scenarios_aside.now(db) == {}
    assert [(each.aside, each.by_name) for each in scenarios_aside.history(db, "sunday", WORDS)] == [
        (False, "Max Reid"), (True, "Lou Adeyemi"),
    ]
    say(db, cast.lou, why="Still wrong.", later=2)
    assert [each.why for each in scenarios_aside.now(db).values()] == ["Still wrong."]


def test_each_version_of_the_words_stands_by_itself(db, cast):
    say(db, cast.lou)
    say(db, cast.lou, sha256=OTHERS, why="Wrong too.")
    say(db, cast.lou, aside=False, why="")
    assert list(scenarios_aside.now(db)) == [("sunday", OTHERS)]
