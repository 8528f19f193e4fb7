"""What somebody was taught is found by them and by those who see how they stand, with the name of its day."""

import json
from datetime import date, timedelta

import pytest

from induction.content.editions.edition import Edition
from induction.records import editions
from induction.records.people import deputies, people
from induction.records.policy import acknowledgements
from induction.records.policy.acknowledgements import Signed
from induction.records.progress import shares, taught
from induction.records.store.database import transaction
from induction.records.store.tokens import digest
from induction.rules.happened import Kind
from induction.services import erasure
from tests.records.making import COURSE, NOW, POLICY, SHA256, TODAY, complete, finish, make_so, publish, start_attempt

LATER = NOW + timedelta(days=3)


def kept(db, kind):
    """A version of words of this kind."""
    text = json.dumps({"kind": kind})
    with transaction(db):
        editions.keep(db, Edition(digest(text), text), kind, NOW)
    return digest(text)


@pytest.fixture
def passed(db, cast):
    """Tess has passed a lesson, and signed the policy."""
    words = kept(db, "lesson")
    with transaction(db):
        publish(db, {}, cast.lou)
        attempt = start_attempt(db, cast.tess, drawn=("sunday-night", "in-town"), lesson_version=words, policy_version=1)
        finish(db, attempt, 94)
        complete(db, cast.tess.id, attempt_id=attempt, percent=94, pass_mark=80, policy_version=1)
        acknowledgements.acknowledge(db, Signed(cast.tess.id, 1, digest(POLICY), "T. Okafor", NOW))
    return words


def find(db, viewer, kind=Kind.COMPLETION, number=1, today=TODAY):
    return taught.find(db, viewer.id, kind, number, today)


def test_a_completion_says_in_which_words_and_by_whom_that_day(db, cast, passed):
    with transaction(db):
        people.update(db, cast.tess.id, name="Tess Bell", now=LATER)
    found = find(db, cast.tess)
    assert (found.name, found.name_now, found.own, found.reads_choices) == ("Tess Okafor", "Tess Bell", True, True)
    assert (found.lesson_version, found.quiz_version, found.course_version) == (passed, SHA256, None)
    assert (found.drawn, found.percent, found.pass_mark, found.tries, found.policy_version) == (("sunday-night", "in-town"), 94, 80, 1, 1)
    assert find(db, cast.tess, Kind.ATTEMPT).lesson_version == passed
    signed = find(db, cast.tess, Kind.ACKNOWLEDGEMENT)
    assert (signed.typed_name, signed.policy_version, signed.lesson_version, signed.name) == ("T. Okafor", 1, None, "Tess Okafor")


def test_of_a_lesson_that_was_read_the_words_are_those_of_its_completion(db, cast):
    words = kept(db, "lesson")
    with transaction(db):
        complete(db, cast.tess.id, version=words)
    found = find(db, cast.tess)
    assert (found.lesson_version, found.quiz_version, found.drawn, found.percent) == (words, None, (), None)


def test_who_sees_how_they_stand_finds_it_and_nobody_else(db, cast, passed):
    for viewer in (cast.tess, cast.max, cast.lou):
        assert find(db, viewer) and find(db, viewer, Kind.ACKNOWLEDGEMENT)
    for viewer in (cast.nia, cast.sam, cast.ana):
        assert not find(db, viewer) and not find(db, viewer, Kind.ACKNOWLEDGEMENT)
    assert all(find(db, cast.lou, kind, 99) is None for kind in Kind)


def test_a_deputy_finds_it_while_they_stand_in(db, cast, passed):
    with transaction(db):
        deputies.say(db, cast.max.id, cast.nia.id, TODAY, TODAY + timedelta(days=1), by=cast.lou.id, now=NOW)
    assert find(db, cast.nia) and not find(db, cast.nia, today=TODAY + timedelta(days=2))


def test_who_has_left_is_found_by_leads_alone(db, cast, passed):
    with transaction(db):
        people.deactivate(db, cast.tess.id, now=LATER)
    assert find(db, cast.lou) and not find(db, cast.max)


def test_who_is_erased_is_not_there(db, cast):
    words = kept(db, "course")
    with transaction(db):
        make_so(db, cast.tess, active=False)
        complete(db, cast.tess.id, lesson="", version=words)
    assert find(db, cast.lou)
    erasure.erase(db, cast.tess.id, typed="Tess Okafor", why="Asked for by letter", by=cast.lou.id, now=LATER)
    assert not find(db, cast.lou)


def test_choices_and_tries_are_for_whom_they_are_shared_with_at_present(db, cast, passed):
    assert find(db, cast.max).reads_choices is find(db, cast.lou).reads_choices is False
    assert find(db, cast.max, Kind.ATTEMPT) is find(db, cast.lou, Kind.ATTEMPT) is None
    with transaction(db):
        shares.share_attempt(db, cast.tess.id, 1, cast.max.id, NOW)
    assert find(db, cast.max).reads_choices and find(db, cast.max, Kind.ATTEMPT) and not find(db, cast.lou, Kind.ATTEMPT)
    with transaction(db):
        people.update(db, cast.tess.id, mentor_id=cast.nia.id, now=LATER)
    assert find(db, cast.max, Kind.ATTEMPT) is find(db, cast.nia, Kind.ATTEMPT) is None, "who mentors no more, and who is not named"
    assert find(db, cast.nia).reads_choices is False


def test_a_try_that_is_not_finished_is_not_there(db, cast):
    with transaction(db):
        begun = start_attempt(db, cast.tess)
    assert find(db, cast.tess, Kind.ATTEMPT, begun) is None


def test_a_course_was_the_lessons_of_its_round_as_they_counted_first(db, cast):
    lesson, course, again = kept(db, "lesson"), kept(db, "course"), date(2027, 9, 1)
    with transaction(db):
        complete(db, cast.tess.id, "late-messages", version=lesson)
        complete(db, cast.tess.id, "friend-requests")
        complete(db, cast.tess.id, "friend-requests", version=lesson)
        complete(db, cast.sam.id, "late-messages", version=lesson)
        complete(db, cast.tess.id, "", version=course)
        complete(db, cast.tess.id, "friend-requests", version=lesson, round=again)
        complete(db, cast.tess.id, "your-own-presence")  # after the course was done
        complete(db, cast.tess.id, "", version=course, round=again)
    first, second = find(db, cast.max, number=5), find(db, cast.max, number=8)
    assert (first.course, first.course_version, first.lesson_version) == (COURSE, course, None)
    assert [each.id for each in taught.lessons_of(db, cast.max.id, first, TODAY)] == [1, 2]
    assert [each.id for each in taught.lessons_of(db, cast.max.id, second, TODAY)] == [6]
    assert taught.lessons_of(db, cast.nia.id, first, TODAY) == []
