"""Notes on scenarios: sent once, answered once, never changed."""

import json
from datetime import timedelta
from threading import Barrier, Thread

import pytest

from induction.records import own_record
from induction.records.progress import scenario_notes
from induction.records.store.database import Database, RuleBroken, transaction
from tests.records.making import COURSE, NOW, SHA256, save_answer, start_attempt

KEY = "a-key-of-sixteen"
LATER = NOW + timedelta(days=2)


@pytest.fixture
def attempt(db, cast):
    with transaction(db):
        attempt = start_attempt(db, cast.tess)
        save_answer(db, attempt)
    return attempt


def send(db, person, attempt, words="The year is wrong.", key=KEY, now=NOW):
    with transaction(db):
        return scenario_notes.send(
            db, person_id=person.id, attempt_id=attempt, step=1, scenario="sunday-night", words=words, key=key, now=now
        )


def answer(db, note, by, words="It is; thank you.", now=LATER):
    with transaction(db):
        return scenario_notes.answer(db, note, words=words, by=by.id, now=now)


def test_a_note_is_kept_with_the_version_it_is_about(db, cast, attempt):
    assert send(db, cast.tess, attempt) is True
    [note] = scenario_notes.waiting(db)
    assert (note.person_name, note.course, note.lesson) == ("Tess Okafor", COURSE, "friend-requests")
    assert (note.scenario, note.quiz_version, note.words) == ("sunday-night", SHA256, "The year is wrong.")
    assert (note.at, note.answer) == (NOW, None)
    assert scenario_notes.find(db, note.id) == note and scenario_notes.of_person(db, cast.tess.id) == [note]
    assert scenario_notes.find(db, 999) is None and scenario_notes.of_person(db, cast.sam.id) == []


def test_the_same_page_sent_twice_is_one_note(db, cast, attempt):
    send(db, cast.tess, attempt)
    assert send(db, cast.tess, attempt, words="Other words.", now=LATER) is False
    [note] = scenario_notes.of_person(db, cast.tess.id)
    assert note.words == "The year is wrong."
    same = {"person_id": cast.tess.id, "attempt_id": attempt, "step": 1, "words": "The year is wrong.", "key": KEY}
    assert scenario_notes.was_sent(db, **same)
    for other in ({"words": "Other words."}, {"person_id": cast.sam.id}, {"step": 2}, {"key": "another-key-of-16"}):
        assert not scenario_notes.was_sent(db, **{**same, **other})


def test_the_first_answer_stays(db, cast, attempt):
    send(db, cast.tess, attempt)
    [note] = scenario_notes.waiting(db)
    assert answer(db, note.id, cast.lou) is True
    assert answer(db, note.id, cast.max, "No, it is right.", LATER + timedelta(days=1)) is False
    kept = scenario_notes.find(db, note.id).answer
    assert (kept.words, kept.by_name, kept.at) == ("It is; thank you.", "Lou Adeyemi", LATER)
    assert scenario_notes.waiting(db) == [] and scenario_notes.count(db) == (0, 1)


def test_two_who_answer_at_once_make_one_answer(db, cast, attempt, tmp_path):
    send(db, cast.tess, attempt)
    [note] = scenario_notes.waiting(db)
    together, new = Barrier(2), []

    def write(by):
        mine = Database(db.path)
        together.wait()
        new.append(answer(mine, note.id, by))
        mine.close()

    writers = [Thread(target=write, args=(by,)) for by in (cast.lou, cast.max)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sorted(new) == [False, True]


def test_a_note_that_is_not_there_cant_be_answered(db, cast):
    with pytest.raises(RuleBroken):
        answer(db, 999, cast.lou)


def test_open_ones_come_oldest_first_and_answered_ones_newest_first(db, cast, attempt):
    for number in range(1, 5):
        send(db, cast.tess, attempt, f"Note {number}.", f"key-number-{number:06}")
    for number, day in ((3, 1), (1, 2)):
        answer(db, number, cast.lou, now=NOW + timedelta(days=day))
    assert [note.words for note in scenario_notes.waiting(db)] == ["Note 2.", "Note 4."]
    assert [note.words for note in scenario_notes.answered(db, 1)] == ["Note 1.", "Note 3."]
    assert [note.words for note in scenario_notes.of_person(db, cast.tess.id)] == ["Note 4.", "Note 3.", "Note 2.", "Note 1."]
    assert scenario_notes.count(db) == (2, 2)


def test_answered_ones_are_paged(db, cast, attempt):
    for number in range(1, 54):
        send(db, cast.tess, attempt, f"Note {number}.", f"key-number-{number:06}")
        answer(db, number, cast.lou, now=NOW + timedelta(minutes=number))
    first, second = scenario_notes.answered(db, 1), scenario_notes.answered(db, 2)
    assert (len(first), first[0].words) == (50, "Note 53.")
    assert [note.words for note in second] == ["Note 3.", "Note 2.", "Note 1."]


@pytest.mark.parametrize(
    "change",
    ["update notes set words = 'x'", "delete from notes", "update note_answers set words = 'x'", "delete from note_answers"],
)
def test_notes_and_answers_stay_as_they_are(db, cast, attempt, change):
    send(db, cast.tess, attempt)
    answer(db, 1, cast.lou)
    with pytest.raises(RuleBroken), transaction(db):
        db.execute(change)


@pytest.mark.parametrize("words", ["", "x" * 2001])
def test_words_have_their_limits(db, cast, attempt, words):
    with pytest.raises(RuleBroken):
        send(db, cast.tess, attempt, words)
    send(db, cast.tess, attempt, "é" * 2000)
    with pytest.raises(RuleBroken):
        answer(db, 1, cast.lou, words)


def test_a_persons_record_has_their_notes_and_a_leads_has_the_answers(db, cast, attempt):
    send(db, cast.tess, attempt)
    send(db, cast.tess, attempt, "Another.", "another-key-of-16")
    answer(db, 1, cast.lou)
    first, second = own_record.of_person(db, cast.tess.id)["notes"][::-1]
    assert first == {
        "course": COURSE,
        "lesson": "friend-requests",
        "scenario": "sunday-night",
        "quiz_version": SHA256,
        "words": "The year is wrong.",
        "at": "2026-11-24T09:30:00.000000Z",
        "answer": "It is; thank you.",
        "answered_by": "Lou Adeyemi",
        "answered_at": "2026-11-26T09:30:00.000000Z",
    }
    assert (second["answer"], second["answered_at"]) == (None, None)
    lead = own_record.of_person(db, cast.lou.id)
    assert lead["notes"] == []
    [given] = lead["notes_answered_as_lead"]
    assert (given["answer"], given["scenario"]) == ("It is; thank you.", "sunday-night")
    assert "Tess" not in json.dumps(lead) and "The year is wrong." not in json.dumps(lead), "those are somebody else's"
    assert own_record.of_person(db, cast.tess.id)["notes_answered_as_lead"] == []
