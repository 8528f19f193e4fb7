"""What completes: a lesson read, the last lesson of a course, the policy acknowledged as the last thing."""

from datetime import date, timedelta

import pytest

from induction.records.people import people
from induction.records.people.person import Details
from induction.records.policy.acknowledgements import NotTheLatest, Signed
from induction.records.progress import completions
from induction.records.store.database import transaction
from induction.rules.openings import Opening
from induction.rules.roles import Role
from induction.services import completion, policy_publication
from induction.services.approved_accounts import NotASecondHand
from induction.services.completion import Acknowledged
from tests.records.making import NOW
from tests.services.taking import Taker

SHORT, LESSON = "boundaries-in-ten-minutes", "the-essentials"


@pytest.fixture
def tess(db, cast, programmes):
    return Taker(db, programmes.current(), cast.tess.id)


def publish(db, programmes, stance="none"):
    programme = programmes.current()
    policy_publication.choose(db, programme.library, {"pupil-contact": stance}, by=None, at=NOW)
    return programmes.current()


def completed(db, person_id):
    return [(each.course, each.lesson) for each in completions.of_person(db, person_id)]


def signed(programme, person, **more):
    policy = programme.policy
    return Signed(**{
        "person_id": person.id, "version": policy.version, "sha256": policy.sha256, "typed_name": person.name, "at": NOW, **more
    })


def test_the_last_answer_completes_the_lesson_and_with_it_the_course(db, tess):
    tess.take(LESSON, SHORT)
    assert completed(db, tess.id) == [(SHORT, LESSON), (SHORT, "")]
    lesson, course = completions.of_person(db, tess.id)
    edition = tess.programme.course_edition(tess.programme.library.courses[SHORT])
    assert (course.version, course.completed_at, course.attempts, course.percent) == (edition.sha256, NOW, 1, None)
    tess.take(LESSON, SHORT)
    assert completed(db, tess.id) == [(SHORT, LESSON), (SHORT, "")], "once is enough"


def test_a_lesson_that_is_read_is_done_and_perhaps_the_course(db, tess):
    completion.lesson_read(db, tess.programme, tess.visit(LESSON, SHORT))
    assert completed(db, tess.id) == [(SHORT, LESSON), (SHORT, "")]
    [lesson, _] = completions.of_person(db, tess.id)
    assert (lesson.percent, lesson.attempt_id, lesson.opening) == (None, None, Opening(None))
    completion.lesson_read(db, tess.programme, tess.visit(LESSON, SHORT))
    assert len(completed(db, tess.id)) == 2


def test_a_course_waits_for_the_policy_and_acknowledging_completes_it(db, cast, programmes):
    programme = publish(db, programmes)
    tess = Taker(db, programme, cast.tess.id)
    tess.take(LESSON, SHORT)
    assert completed(db, tess.id) == [(SHORT, LESSON)]
    assert completion.acknowledge(db, programme, signed(programme, cast.tess)) == Acknowledged(new=True, completed=True)
    assert completed(db, tess.id) == [(SHORT, LESSON), (SHORT, "")]
    assert completions.of_person(db, tess.id)[1].policy_version == programme.policy.version
    assert completion.acknowledge(db, programme, signed(programme, cast.tess)) == Acknowledged(new=False, completed=False)


def test_acknowledging_before_the_lessons_completes_nothing_yet(db, cast, programmes):
    programme = publish(db, programmes)
    assert completion.acknowledge(db, programme, signed(programme, cast.tess)) == Acknowledged(new=True, completed=False)
    Taker(db, programme, cast.tess.id).take(LESSON, SHORT)
    assert completed(db, cast.tess.id) == [(SHORT, LESSON), (SHORT, "")]


def test_what_is_not_in_force_is_not_acknowledged_and_completes_nothing(db, cast, programmes):
    old = publish(db, programmes)
    tess = Taker(db, publish(db, programmes, "approved-accounts"), cast.tess.id)
    tess.take(LESSON, SHORT)
    with pytest.raises(NotTheLatest):
        completion.acknowledge(db, tess.programme, signed(old, cast.tess))
    assert completed(db, tess.id) == [(SHORT, LESSON)]


def test_a_lead_who_was_just_let_in_does_not_record_the_paper_of_whoever_did(db, cast, programmes):
    programme = publish(db, programmes)
    with transaction(db):
        eve = people.add(db, Details("eve@school.example", "Eve", Role.LEAD), now=NOW, by=cast.lou.id)

    def record(after):
        paper = {"recorded_by": eve.id, "signed_on": date(2026, 11, 24), "at": NOW + after}
        return completion.acknowledge(db, programme, signed(programme, cast.lou, **paper))

    with pytest.raises(NotASecondHand):
        record(timedelta(hours=1))
    assert record(timedelta(days=3)).new
