"""Answers on confidence: kept once, shared only where their owner says so."""

from datetime import timedelta

import pytest

from induction.learning.confidence import Stage
from induction.records import confidence, export
from induction.records.database import RuleBroken, transaction
from tests.records.making import COURSE, NOW

LATER = NOW + timedelta(days=20)


def save(db, person, answers, stage=Stage.BEFORE, course=COURSE, now=NOW):
    with transaction(db):
        return confidence.save(db, person_id=person.id, course=course, stage=stage, answers=answers, now=now)


def share(db, person, shared=True, course=COURSE, now=NOW):
    with transaction(db):
        confidence.share(db, person.id, course, shared, now)


def test_the_first_answers_stay(db, cast):
    assert save(db, cast.tess, {"no": 2, "late": 5}) is True
    assert save(db, cast.tess, {"no": 5}, now=LATER) is False
    kept = confidence.of_person(db, cast.tess.id)[COURSE]
    assert kept.said == {Stage.BEFORE: {"no": 2, "late": 5}}
    assert kept.at == {Stage.BEFORE: NOW} and kept.shared_at is None


def test_each_stage_and_course_is_kept_by_itself_and_nobody_elses(db, cast):
    save(db, cast.tess, {"no": 2})
    save(db, cast.tess, {}, Stage.AFTER, now=LATER)
    save(db, cast.tess, {"x": 1}, course="another")
    save(db, cast.sam, {"no": 5})
    kept = confidence.of_person(db, cast.tess.id)
    assert list(kept) == [COURSE, "another"]
    assert kept[COURSE].said == {Stage.BEFORE: {"no": 2}, Stage.AFTER: {}}
    assert confidence.of_person(db, cast.max.id) == {}


def test_sharing_and_taking_back(db, cast):
    save(db, cast.tess, {"no": 2})
    save(db, cast.tess, {"x": 2}, course="another")
    share(db, cast.tess)
    share(db, cast.tess, now=LATER)
    kept = confidence.of_person(db, cast.tess.id)
    assert (kept[COURSE].shared_at, kept["another"].shared_at) == (NOW, None)
    share(db, cast.sam, False)
    assert confidence.of_person(db, cast.tess.id)[COURSE].shared_at == NOW
    share(db, cast.tess, False)
    share(db, cast.tess, False)
    assert confidence.of_person(db, cast.tess.id)[COURSE].shared_at is None


def test_new_answers_are_not_shared_before_their_owner_says_so_again(db, cast):
    save(db, cast.tess, {"no": 2})
    save(db, cast.sam, {"no": 2})
    share(db, cast.tess)
    share(db, cast.sam)
    save(db, cast.tess, {"no": 1}, Stage.AFTER, now=LATER)
    assert confidence.of_person(db, cast.tess.id)[COURSE].shared_at is None
    save(db, cast.sam, {}, Stage.AFTER, now=LATER)
    assert confidence.of_person(db, cast.sam.id)[COURSE].shared_at == NOW, "who skips says nothing new"
    save(db, cast.sam, {"no": 5}, now=LATER)
    assert confidence.of_person(db, cast.sam.id)[COURSE].shared_at == NOW, "nor does who saves twice"


def test_answers_do_not_change(db, cast):
    save(db, cast.tess, {"no": 2})
    with pytest.raises(RuleBroken), transaction(db):
        db.execute("update confidence set answers = '{}'")
    with pytest.raises(RuleBroken), transaction(db):
        db.execute("insert into confidence (person, course, stage, answers, at) select person, 'x', stage, '[]', at from confidence")


def test_a_persons_record_has_their_answers(db, cast):
    save(db, cast.tess, {"no": 2})
    save(db, cast.tess, {}, Stage.AFTER, now=LATER)
    share(db, cast.tess)
    assert export.person_record(db, cast.tess.id)["confidence"] == [
        {
            "course": COURSE,
            "shared_with_mentor_at": "2026-11-24T09:30:00.000000Z",
            "answers": {
                "before": {"at": "2026-11-24T09:30:00.000000Z", "of_five": {"no": 2}},
                "after": {"at": "2026-12-14T09:30:00.000000Z", "of_five": {}},
            },
        }
    ]
    assert export.person_record(db, cast.max.id)["confidence"] == []
