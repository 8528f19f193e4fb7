"""Answers on confidence: kept once, shared only where their owner says so."""

from datetime import timedelta

import pytest

from induction.records import own_record
from induction.records.progress import confidence, shares
from induction.records.progress.shares import Share
from induction.records.store.database import RuleBroken, transaction
from induction.rules.confidence import Moment
from tests.records.making import COURSE, NOW

LATER = NOW + timedelta(days=20)


def save(db, person, answers, stage=Moment.BEFORE, course=COURSE, now=NOW):
    with transaction(db):
        return confidence.save(db, person_id=person.id, course=course, stage=stage, answers=answers, now=now)


def share(db, person, reader, course=COURSE, now=NOW):
    with transaction(db):
        shares.share_confidence(db, person.id, course, reader and reader.id, now)


def read_by(db, person, course=COURSE):
    return confidence.of_person(db, person.id)[course].share


def test_the_first_answers_stay(db, cast):
    assert save(db, cast.tess, {"no": 2, "late": 5}) is True
    assert save(db, cast.tess, {"no": 5}, now=LATER) is False
    kept = confidence.of_person(db, cast.tess.id)[COURSE]
    assert kept.said == {Moment.BEFORE: {"no": 2, "late": 5}}
    assert kept.at == {Moment.BEFORE: NOW} and kept.share is None


def test_each_stage_and_course_is_kept_by_itself_and_nobody_elses(db, cast):
    save(db, cast.tess, {"no": 2})
    save(db, cast.tess, {}, Moment.AFTER, now=LATER)
    save(db, cast.tess, {"x": 1}, course="another")
    save(db, cast.sam, {"no": 5})
    kept = confidence.of_person(db, cast.tess.id)
    assert list(kept) == [COURSE, "another"]
    assert kept[COURSE].said == {Moment.BEFORE: {"no": 2}, Moment.AFTER: {}}
    assert confidence.of_person(db, cast.max.id) == {}


def test_sharing_and_taking_back(db, cast):
    save(db, cast.tess, {"no": 2})
    save(db, cast.tess, {"x": 2}, course="another")
    share(db, cast.tess, cast.max)
    share(db, cast.tess, cast.max, now=LATER)
    assert read_by(db, cast.tess) == Share(cast.max.id, "Max Reid", NOW), "since the first time"
    assert read_by(db, cast.tess, "another") is None
    share(db, cast.sam, None)
    assert read_by(db, cast.tess).reader_id == cast.max.id
    share(db, cast.tess, cast.nia, now=LATER)
    assert read_by(db, cast.tess) == Share(cast.nia.id, "Nia Évans", LATER)
    share(db, cast.tess, None)
    share(db, cast.tess, None)
    assert read_by(db, cast.tess) is None
    assert [each["with"] for each in shares.history_of_confidence(db, cast.tess.id)[COURSE]] == ["Max Reid", "Nia Évans", None]


def test_new_answers_are_not_shared_before_their_owner_says_so_again(db, cast):
    save(db, cast.tess, {"no": 2})
    save(db, cast.sam, {"no": 2})
    share(db, cast.tess, cast.max)
    share(db, cast.sam, cast.nia)
    save(db, cast.tess, {"no": 1}, Moment.AFTER, now=LATER)
    assert read_by(db, cast.tess) is None
    save(db, cast.sam, {}, Moment.AFTER, now=LATER)
    assert read_by(db, cast.sam).at == NOW, "who skips says nothing new"
    save(db, cast.sam, {"no": 5}, now=LATER)
    assert read_by(db, cast.sam).at == NOW, "nor does who saves twice"


def test_answers_do_not_change(db, cast):
    save(db, cast.tess, {"no": 2})
    with pytest.raises(RuleBroken), transaction(db):
        db.execute("update confidence set answers = '{}'")
    with pytest.raises(RuleBroken), transaction(db):
        db.execute("insert into confidence (person, course, stage, answers, at) select person, 'x', stage, '[]', at from confidence")


def test_a_persons_record_has_their_answers(db, cast):
    save(db, cast.tess, {"no": 2})
    save(db, cast.tess, {}, Moment.AFTER, now=LATER)
    share(db, cast.tess, cast.max)
    assert own_record.of_person(db, cast.tess.id)["confidence"] == [
        {
            "course": COURSE,
            "shared": [{"with": "Max Reid", "at": "2026-11-24T09:30:00.000000Z"}],
            "answers": {
                "before": {"at": "2026-11-24T09:30:00.000000Z", "of_five": {"no": 2}},
                "after": {"at": "2026-12-14T09:30:00.000000Z", "of_five": {}},
            },
        }
    ]
    assert own_record.of_person(db, cast.max.id)["confidence"] == []
