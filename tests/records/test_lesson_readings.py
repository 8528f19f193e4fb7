"""Which lead has read which lesson, in which words."""

from datetime import timedelta

import pytest

from induction.content.editions.edition import Edition
from induction.records.school import lesson_readings, school
from induction.records.school.lesson_readings import Reading
from induction.records.store.database import RuleBroken, UnfitValue, transaction
from induction.records.store.tokens import digest
from tests.records.making import COURSE, NOW

FIRST, SECOND = (Edition(digest(text), text) for text in ("As it was.", "As it is."))


def keep(db, person, wording=FIRST, lesson="late", later=0):
    with transaction(db):
        return lesson_readings.keep(
            db, course=COURSE, lesson=lesson, wording=wording, by=person.id, now=NOW + timedelta(days=later)
        )


def test_nothing_is_read_at_first(db, cast):
    assert lesson_readings.of_course(db, COURSE) == [] and lesson_readings.words(db, FIRST.sha256) is None


def test_a_reading_is_kept_with_who_and_when_and_its_words(db, cast):
    revision = school.revision(db)
    assert keep(db, cast.lou) is True
    assert lesson_readings.of_course(db, COURSE) == [Reading("late", FIRST.sha256, cast.lou.id, "Lou Adeyemi", NOW)]
    assert lesson_readings.of_course(db, "another") == []
    assert lesson_readings.words(db, FIRST.sha256) == "As it was."
    assert school.revision(db) == revision, "no page of a teacher hangs on it"


def test_reading_twice_changes_nothing_and_another_lead_may_read_it_too(db, cast):
    keep(db, cast.lou)
    assert keep(db, cast.lou, later=3) is False
    assert keep(db, cast.max, later=1) is True
    assert [(each.read_by, each.at) for each in lesson_readings.of_course(db, COURSE)] == [
        (cast.lou.id, NOW), (cast.max.id, NOW + timedelta(days=1)),
    ]


def test_other_words_are_read_anew_and_the_old_ones_are_kept(db, cast):
    keep(db, cast.lou)
    assert keep(db, cast.lou, SECOND, later=2) is True
    assert [each.sha256 for each in lesson_readings.of_course(db, COURSE)] == [FIRST.sha256, SECOND.sha256]
    assert lesson_readings.words(db, FIRST.sha256) == "As it was."


def test_words_are_those_of_their_digest(db, cast):
    with pytest.raises(UnfitValue):
        keep(db, cast.lou, Edition(FIRST.sha256, "Other words."))
    assert lesson_readings.of_course(db, COURSE) == []


@pytest.mark.parametrize(
    "change",
    ["update lesson_readings set read_by = 2", "delete from lesson_readings", "update wordings set text = 'x'", "delete from wordings"],
)
def test_what_was_read_stays(db, cast, change):
    keep(db, cast.lou)
    with pytest.raises(RuleBroken), transaction(db):
        db.execute(change)
