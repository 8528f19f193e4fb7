"""Asking again: whom a new policy touches, what they meet, and that it passes no lesson anew."""

from dataclasses import replace

import pytest

from induction.records.progress import completions
from induction.records.progress import retakes as records
from induction.records.progress.retakes import Asking
from induction.records.store.database import transaction
from induction.services import policy_publication, retakes
from tests.choices import chosen
from tests.records.making import COURSE, NOW
from tests.services.taking import Taker

LESSON = "where-the-line-is"


def choose(db, programmes, stance):
    programme = programmes.current()
    policy_publication.choose(db, programme.library, {"pupil-contact": stance}, by=None, at=NOW)
    return programmes.current()


@pytest.fixture
def turned(db, cast, programmes):
    """The programme after a policy that turns round what Tess, but not Sam, was taught: she has met all there is."""
    tess = Taker(db, choose(db, programmes, "approved-accounts"), cast.tess.id)
    while not retakes.touched(db, tess.programme, with_stance(tess.programme, "none")):
        tess.take(LESSON)
    return choose(db, programmes, "none")


def with_stance(programme, stance):
    return replace(programme.school, choices=programme.school.choices | chosen({"pupil-contact": stance}))


def test_a_draft_touches_those_who_were_taught_the_opposite_and_asks_nobody(db, cast, turned):
    [touched] = retakes.touched(db, turned, turned.school)
    assert (touched.course, touched.lesson, touched.title) == (COURSE, LESSON, "Where the line is")
    [(person, scenarios)] = touched.to_ask
    assert person.id == cast.tess.id and scenarios and len(touched.scenarios) == len(scenarios)
    assert touched.called == {cast.tess.id: "Tess Okafor"}
    assert retakes.open_for(db, turned, cast.tess.id) == {}


def test_how_many_are_touched_is_counted_for_several_policies_at_once(db, cast, turned):
    schools = {stance: with_stance(turned, stance) for stance in ("none", "approved-accounts")}
    assert retakes.count_touched(db, turned, schools) == {"none": 1, "approved-accounts": 0}
    assert retakes.count_touched(db, turned, {}) == {}


def test_asking_again_is_done_once(db, cast, turned):
    assert retakes.ask_again(db, turned, cast.lou.id, NOW) == 1
    assert retakes.ask_again(db, turned, cast.lou.id, NOW) == 0
    [touched] = retakes.touched(db, turned, turned.school)
    assert [person.id for person, _ in touched.people] == [cast.tess.id] and touched.to_ask == []
    assert set(retakes.open_for(db, turned, cast.tess.id)) == {(COURSE, LESSON)}
    assert retakes.open_for(db, turned, cast.sam.id) == {}


def test_what_is_asked_again_passes_no_lesson_anew(db, cast, turned):
    retakes.ask_again(db, turned, cast.lou.id, NOW)
    tess, before = Taker(db, turned, cast.tess.id), completions.of_person(db, cast.tess.id)
    [asked] = retakes.open_for(db, turned, tess.id).values()
    done = tess.attempt(tess.take(LESSON))
    assert (done.drawn, done.asked_again, done.passed) == (asked.scenarios, asked.id, True)
    assert completions.of_person(db, tess.id) == before and retakes.open_for(db, turned, tess.id) == {}


def test_what_was_failed_is_still_asked(db, cast, turned):
    retakes.ask_again(db, turned, cast.lou.id, NOW)
    tess = Taker(db, turned, cast.tess.id)
    assert not tess.attempt(tess.take(LESSON, wisely=False)).passed
    assert set(retakes.open_for(db, turned, tess.id)) == {(COURSE, LESSON)}


def test_a_policy_that_takes_it_back_asks_nothing(db, cast, turned, programmes):
    retakes.ask_again(db, turned, cast.lou.id, NOW)
    assert retakes.open_for(db, choose(db, programmes, "approved-accounts"), cast.tess.id) == {}


def test_a_lesson_that_was_taken_out_keeps_nobody_from_being_asked_the_others(db, cast, turned):
    with transaction(db):
        asking = Asking(cast.tess.id, COURSE, "taken-out", ("a",), turned.policy.version, cast.lou.id, NOW)
        assert records.ask(db, asking) and records.ask(db, replace(asking, course="a-course-taken-out"))
    retakes.ask_again(db, turned, cast.lou.id, NOW)
    assert set(retakes.open_for(db, turned, cast.tess.id)) == {(COURSE, LESSON)}
