"""Corrections and sign-offs: what counts no more is open again, with what rests on it; what counts after all comes back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlite_utils.utils import sqlite3

from induction.records import exports
from induction.records.people import people
from induction.records.policy import acknowledgements
from induction.records.progress import completions, corrections, groups, sign_offs, standings
from induction.records.school import course_cycles
from induction.records.store import evidence_check
from induction.records.store.contradictions import contradictions
from induction.records.store.database import RuleBroken, transaction
from induction.records.store.evidence_check import Wrong
from induction.rules.corrections import Kind
from induction.rules.cycles import Cycle, Saying
from induction.rules.groups import Group
from induction.services import certificates, completion, progress
from induction.services import corrections as deeds
from induction.services import sign_offs as signing
from induction.services.corrections import CorrectedMeanwhile, NotToCorrect, Said
from induction.services.sign_offs import NotToSign
from tests.records.making import NOW, TODAY
from tests.services.taking import Taker
from tests.services.test_completion import LESSON, SHORT, publish, signed

LATER = NOW + timedelta(days=1)


@pytest.fixture
def tess(db, cast, programmes):
    with transaction(db):
        people.update(db, cast.tess.id, course=SHORT, now=NOW)
    return Taker(db, programmes.current(), cast.tess.id)


def correct(db, programme, kind, entry, counts, *, by, why="Taken by somebody else", rightly="", saw=None, now=LATER):
    latest = corrections.of(db, kind, entry)
    seen = (latest[-1].id if latest else 0) if saw is None else saw
    return deeds.correct(db, programme, Said(kind=kind, entry=entry, counts=counts, why=why, rightly=rightly, saw=seen), by=by, now=now)


def counting(db, person_id):
    return [(each.lesson, each.counts) for each in completions.of_person(db, person_id)]


def all_say(db, programme, person, complete):
    """One person's page, the list of many, and the overview, which counts in SQL."""
    today = LATER.date()
    assert progress.of(db, programme, person, today).induction.complete is complete
    assert progress.of_many(db, programme, [person], today)[person.id].complete is complete
    assert progress.history(db, programme, person, today).induction(programme, person).complete is complete
    found = groups.groups(db, programme.required, today)
    assert (person.id in found[Group.COMPLETE]) is complete and (person.id in found[Group.ON_THE_WAY]) is not complete
    assert (standings.lesson_figures(db).get((SHORT, LESSON), (0, 0))[0] == 1) is complete


def test_a_lesson_that_does_not_count_is_open_again_with_its_course_and_is_done_anew(db, cast, tess):
    tess.take(LESSON, SHORT)
    person = people.find(db, tess.id)
    all_say(db, tess.programme, person, True)
    lesson, course = completions.of_person(db, tess.id)
    follows = correct(db, tess.programme, Kind.COMPLETION, lesson.id, False, by=cast.lou.id)
    assert [each.id for each in follows.courses] == [course.id]
    assert counting(db, tess.id) == [(LESSON, False), ("", False)]
    all_say(db, tess.programme, person, False)
    again = replace(tess, now=LATER)
    again.take(LESSON, SHORT)
    assert counting(db, tess.id) == [(LESSON, False), ("", False), (LESSON, True), ("", True)], "in the same version of the words"
    all_say(db, tess.programme, person, True)
    again.take(LESSON, SHORT)
    assert len(counting(db, tess.id)) == 4, "once is enough again"
    assert contradictions(db) == [] and evidence_check.check(db).fault is None


def test_it_counts_after_all_and_so_does_what_rests_on_it(db, cast, tess):
    tess.take(LESSON, SHORT)
    lesson, course = completions.of_person(db, tess.id)
    correct(db, tess.programme, Kind.COMPLETION, lesson.id, False, by=cast.lou.id)
    with pytest.raises(NotToCorrect):  # it follows from the other, and is put right there
        correct(db, tess.programme, Kind.COMPLETION, course.id, True, by=cast.lou.id)
    with pytest.raises(NotToCorrect):
        correct(db, tess.programme, Kind.COMPLETION, lesson.id, False, by=cast.lou.id, why="Once more")
    correct(db, tess.programme, Kind.COMPLETION, lesson.id, True, by=cast.lou.id)
    assert counting(db, tess.id) == [(LESSON, True), ("", True)]
    all_say(db, tess.programme, people.find(db, tess.id), True)
    said = corrections.of_person(db, tess.id)
    assert [each.counts for each in said[Kind.COMPLETION, lesson.id]] == [False, True]
    assert [each.counts for each in said[Kind.COMPLETION, course.id]] == [False, True]
    correct(db, tess.programme, Kind.COMPLETION, lesson.id, False, by=cast.lou.id)
    replace(tess, now=LATER).take(LESSON, SHORT)
    assert counting(db, tess.id) == [(LESSON, False), ("", False), (LESSON, True), ("", True)]


def test_a_course_comes_back_when_all_that_it_rests_on_counts(db, cast, programmes):
    """Two of its lessons struck, one after the other: the first that counts after all does not bring the course back."""
    max_ = Taker(db, programmes.current(), cast.max.id)
    course = max_.programme.library.courses["professional-boundaries-online"]
    for lesson in course.lessons:
        completion.lesson_read(db, max_.programme, max_.visit(lesson.slug))
    every = completions.of_person(db, max_.id)
    first, second, whole = every[0], every[1], every[-1]
    assert whole.lesson == ""

    def say(entry, counts):
        correct(db, max_.programme, Kind.COMPLETION, entry.id, counts, by=cast.lou.id)
        return completions.find(db, whole.id).counts

    assert [say(first, False), say(second, False), say(first, True), say(second, True)] == [False, False, False, True]
    assert say(whole, False) is False
    assert not any(each.counts for each in completions.of_person(db, max_.id)), "with the course its lessons are open again"
    assert say(whole, True) is True
    assert all(each.counts for each in completions.of_person(db, max_.id))
    assert contradictions(db) == [] and evidence_check.check(db).fault is None


def test_what_was_done_another_time_too_stays_done(db, cast, tess):
    tess.take(LESSON, SHORT)
    completion.lesson_read(db, tess.programme, replace(tess, now=LATER).visit(LESSON, SHORT))  # in other words: another version
    first = completions.of_person(db, tess.id)[0]
    correct(db, tess.programme, Kind.COMPLETION, first.id, False, by=cast.lou.id)
    assert counting(db, tess.id) == [(LESSON, False), ("", False), (LESSON, True), ("", True)], "it is completed on that day"
    all_say(db, tess.programme, people.find(db, tess.id), True)


def test_an_acknowledgement_that_does_not_count_is_asked_for_again(db, cast, tess, programmes):
    programme = publish(db, programmes)
    tess = replace(tess, programme=programme)
    tess.take(LESSON, SHORT)
    completion.acknowledge(db, programme, signed(programme, cast.tess))
    [read] = acknowledgements.of_person(db, tess.id)
    assert counting(db, tess.id) == [(LESSON, True), ("", True)]
    correct(db, programme, Kind.ACKNOWLEDGEMENT, read.id, False, by=cast.lou.id)
    assert (counting(db, tess.id), acknowledgements.latest_version(db, tess.id)) == ([(LESSON, True), ("", False)], 0)
    assert acknowledgements.counts(db, programme.policy.asks_for)[0] == 0
    assert progress.of(db, programme, people.find(db, tess.id), TODAY).induction.policy_left
    assert completion.acknowledge(db, programme, signed(programme, cast.tess, at=LATER)).completed
    assert counting(db, tess.id) == [(LESSON, True), ("", False), ("", True)]
    assert not completion.acknowledge(db, programme, signed(programme, cast.tess, at=LATER)).new
    assert contradictions(db) == [] and evidence_check.check(db).fault is None


def test_a_round_that_does_not_count_is_open_again(db, cast, tess, programmes):
    tess.take(LESSON, SHORT)
    with transaction(db):
        course_cycles.keep(db, SHORT, Saying(Cycle(months=12), TODAY), by=cast.lou.id, now=NOW)
    later = NOW + timedelta(days=400)
    programme, person = programmes.current(), people.find(db, tess.id)
    Taker(db, programme, tess.id, later).take(LESSON, SHORT)
    course, today = programme.library.courses[SHORT], later.date()
    assert progress.round_of(db, programme, course, tess.id, today).complete
    last = completions.of_person(db, tess.id)[-2]
    assert last.round
    correct(db, programme, Kind.COMPLETION, last.id, False, by=cast.lou.id, now=later)
    now_in = progress.round_of(db, programme, course, tess.id, today)
    assert (now_in.complete, now_in.begins) == (False, last.round)
    assert counting(db, tess.id) == [(LESSON, True), ("", True), (LESSON, False), ("", False)], "the first time stands"
    assert person.id not in groups.groups(db, programme.required, today)[Group.COMPLETE]
    Taker(db, programme, tess.id, later + timedelta(hours=1)).take(LESSON, SHORT)
    assert progress.round_of(db, programme, course, tess.id, today).complete


def test_two_leads_at_once_a_stale_page_and_pressed_twice(db, cast, tess):
    tess.take(LESSON, SHORT)
    lesson, _ = completions.of_person(db, tess.id)
    said = (db, tess.programme, Kind.COMPLETION, lesson.id, False)
    assert correct(*said, by=cast.lou.id, saw=0) is not None
    assert correct(*said, by=cast.lou.id, saw=0) is None, "pressed twice"
    with pytest.raises(CorrectedMeanwhile):
        correct(*said, by=cast.nia.id, saw=0)
    with pytest.raises(CorrectedMeanwhile):
        correct(*said, by=cast.lou.id, saw=0, why="Another reason")
    assert len(corrections.of(db, Kind.COMPLETION, lesson.id)) == 1
    assert not corrections.counts(db, Kind.COMPLETION, lesson.id)


def test_nobody_corrects_their_own_nor_what_is_not_there(db, cast, tess):
    tess.take(LESSON, SHORT)
    lesson, _ = completions.of_person(db, tess.id)
    for entry, by in ((lesson.id, tess.id), (99, cast.lou.id)):
        with pytest.raises(NotToCorrect):
            correct(db, tess.programme, Kind.COMPLETION, entry, False, by=by)
    with pytest.raises(RuleBroken):
        correct(db, tess.programme, Kind.COMPLETION, lesson.id, None, by=cast.lou.id)  # a note that says nothing
    assert corrections.of_person(db, tess.id) == {}


def test_sheets_say_it_in_their_last_columns_and_as_it_stood_on_a_day(db, cast, tess):
    tess.take(LESSON, SHORT)
    lesson, _ = completions.of_person(db, tess.id)
    before = exports.completions(db)
    correct(db, tess.programme, Kind.COMPLETION, lesson.id, False, by=cast.lou.id, why="Sam sat in.", rightly="Sam Price")
    after = LATER + timedelta(days=2)
    correct(db, tess.programme, Kind.COMPLETION, lesson.id, None, by=cast.lou.id, why="And so", rightly="Sam", now=after)
    with transaction(db):
        people.update(db, cast.lou.id, name="Lou Hartley", now=LATER + timedelta(days=3))
    first, whole = exports.completions(db)
    assert list(first)[-3:] == ["corrected_at", "corrected_by", "correction"] == list(exports.COMPLETIONS)[-3:]
    assert [first[each] for each in list(first)[-3:]] == [
        "2026-11-27T09:30:00Z", "Lou Adeyemi", "does not count: Sam sat in. Right is: Sam Price / And so Right is: Sam",
    ]
    assert (whole["corrected_at"], whole["correction"]) == ("2026-11-25T09:30:00Z", "does not count: Sam sat in.")
    assert exports.completions(db, as_at=NOW.date()) == before, "as it stood then"


def test_a_certificate_says_that_it_was_corrected_and_none_that_does_not_count_takes_its_place(db, cast, tess):
    tess.take(LESSON, SHORT)
    lesson, course = completions.of_person(db, tess.id)
    assert [each.correction for each in certificates.of_person(db, tess.programme, tess.id)] == [None]
    correct(db, tess.programme, Kind.COMPLETION, lesson.id, False, by=cast.lou.id, why="Sam sat in.")
    replace(tess, now=LATER).take(LESSON, SHORT)
    new, old = certificates.of_person(db, tess.programme, tess.id)
    assert (old.correction.words, old.superseded_on, new.correction) == ("it does not count.", LATER.date(), None)
    correct(db, tess.programme, Kind.COMPLETION, completions.of_person(db, tess.id)[-1].id, False, by=cast.lou.id)
    correct(db, tess.programme, Kind.COMPLETION, lesson.id, True, by=cast.lou.id, why="It was her.")
    new, old = certificates.of_person(db, tess.programme, tess.id)
    assert (old.correction, old.superseded_on, new.correction.words) == (None, None, "it does not count.")


# Sign-offs


def sign(db, completion_id, teacher_id, by, now=NOW, name="Max Reid"):
    return signing.sign(db, teacher_id, completion_id, typed_name=name, by=by, now=now)


def test_a_mentor_signs_off_a_course_once_and_anew_where_it_did_not_count(db, cast, tess):
    tess.take(LESSON, SHORT)
    lesson, course = completions.of_person(db, tess.id)
    since = NOW - timedelta(days=1)
    assert sign_offs.waiting(db, [tess.id, cast.sam.id], since) == {tess.id}
    assert sign_offs.waiting(db, [tess.id], NOW + timedelta(days=91)) == frozenset(), "it is asked for for a time"
    assert sign(db, course.id, tess.id, cast.max.id) and not sign(db, course.id, tess.id, cast.max.id)
    assert sign_offs.waiting(db, [tess.id], since) == frozenset() and sign_offs.open_of(db, tess.id) == []
    [kept] = sign_offs.of_person(db, tess.id)
    assert (kept.by_name, kept.typed_name, kept.course, kept.counts) == ("Max Reid", "Max Reid", SHORT, True)
    correct(db, tess.programme, Kind.SIGN_OFF, kept.id, False, by=cast.lou.id)
    assert counting(db, tess.id) == [(LESSON, True), ("", True)], "what it is of stands"
    assert sign_offs.waiting(db, [tess.id], since) == {tess.id} and not sign_offs.of_person(db, tess.id)[0].counts
    assert sign(db, course.id, tess.id, cast.max.id, LATER) and not sign(db, course.id, tess.id, cast.max.id, LATER)
    assert [each.counts for each in sign_offs.of_person(db, tess.id)] == [False, True]
    assert contradictions(db) == [] and evidence_check.check(db).fault is None


def test_only_whoever_looks_after_them_signs_and_only_what_counts(db, cast, tess):
    tess.take(LESSON, SHORT)
    lesson, course = completions.of_person(db, tess.id)
    for entry, teacher, by in (
        (course.id, tess.id, cast.nia.id), (course.id, tess.id, tess.id), (course.id, cast.sam.id, cast.nia.id),
        (lesson.id, tess.id, cast.max.id), (99, tess.id, cast.max.id),
    ):  # fmt: skip
        with pytest.raises(NotToSign):
            sign(db, entry, teacher, by)
    assert sign(db, course.id, tess.id, cast.lou.id), "a lead, for anybody"
    correct(db, tess.programme, Kind.COMPLETION, lesson.id, False, by=cast.lou.id)
    with pytest.raises(NotToSign):
        sign(db, course.id, tess.id, cast.max.id)
    assert not sign_offs.of_person(db, tess.id)[0].counts, "it goes with what it is of"


def test_what_was_signed_off_and_corrected_is_in_the_chain(db, cast, tess):
    tess.take(LESSON, SHORT)
    lesson, course = completions.of_person(db, tess.id)
    sign(db, course.id, tess.id, cast.max.id)
    correct(db, tess.programme, Kind.COMPLETION, lesson.id, False, by=cast.lou.id)
    kinds = [row["kind"] for row in db.rows("select kind from evidence order by n desc limit 3")]
    assert kinds == ["correction", "correction", "sign-off"] and evidence_check.check(db).fault is None
    raw = sqlite3.connect(db.path, isolation_level=None)
    for trigger, change in (("sign_offs_do_not_change", "update sign_offs set by = 3"),
                            ("corrections_do_not_change", "update corrections set counts = 1 where id = 1")):  # fmt: skip
        raw.execute("begin")
        raw.execute(f"drop trigger {trigger}")
        raw.execute(change.replace(" by ", ' "by" '))
        raw.execute("commit")
        assert evidence_check.check(db).fault.wrong is Wrong.RECORD_CHANGED, change
        raw.execute(change.replace(" by = 3", ' "by" = 2').replace("counts = 1 ", "counts = 0 "))
        assert evidence_check.check(db).fault is None
    raw.close()
