"""What has had its time goes, and nothing else; nothing before a lead has agreed. Time is moved, in a real database."""

from datetime import UTC, date, datetime, timedelta

import pytest

from induction.records import own_record
from induction.records import retention as records
from induction.records.people import people, sessions, sign_in_tries
from induction.records.progress import confidence, conversations
from induction.records.school import chores
from induction.records.store.contradictions import contradictions
from induction.records.store.database import transaction
from induction.rules.confidence import Moment
from induction.rules.retention import SPANS, Kind, goes_on
from induction.services import retention
from induction.services.retention import ChangedMeanwhile
from tests.records.making import COURSE, NOW, add_cast, complete, finish, save_answer, start_attempt
from tests.records.test_erasure import bytes_that_name
from tests.records.test_rules import AT, insert, letter_sent

TODAY = date(2026, 11, 24)
PROPOSED = {kind: span.proposed for kind, span in SPANS.items()}


def at(day, hour=12):
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def agree(db, now=NOW, saw=None, **months):
    wanted = {**PROPOSED, **{Kind(kind): count for kind, count in months.items()}}
    return retention.agree(db, wanted, by=1, saw=records.latest(db) if saw is None else saw, now=now)


def count(db, table):
    return db.value(f"select count(*) from {table}")


@pytest.fixture
def school(db):
    """Tess passed a lesson at NOW and failed it before; Ana has left at NOW; a note, a conversation, a letter."""
    cast = add_cast(db)
    with transaction(db):
        failed = start_attempt(db, cast.tess, started_at=NOW - timedelta(days=90))
        save_answer(db, failed)
        finish(db, failed, percent=40, passed=False)
        passed = start_attempt(db, cast.tess, started_at=NOW - timedelta(hours=1))
        save_answer(db, passed)
        finish(db, passed)
        complete(db, cast.tess.id, lesson="friend-requests", attempt_id=passed, percent=100, pass_mark=80)
        open_one = start_attempt(db, cast.tess, "late-messages", started_at=NOW - timedelta(days=900))
        save_answer(db, open_one)
        confidence.save(db, person_id=cast.tess.id, course=COURSE, stage=Moment.BEFORE, answers={"a": 3}, now=NOW)
        conversations.record(db, key="a-key-of-sixteen", teacher_id=cast.tess.id, mentor_id=cast.max.id, held_on=TODAY,
                             themes=("phones",), now=NOW)
        for statement in (
            insert("notes", {"key": "'another-key-of-16'", "person": "4", "attempt": str(failed), "step": "1", "scenario": "'a'",
                             "words": "'Hm'", "at": AT}),
            insert("note_answers", {"note": "1", "words": "'Thanks'", "answered_by": "1", "at": AT}),
            letter_sent(),
        ):
            db.execute(statement)
        sign_in_tries.know_device(db, "tess@school.example", NOW)
        sessions.start(db, cast.tess.id, device="x", now=NOW)
    return cast


ROWS = {Kind.ANSWERS: 2, Kind.NOTES: 2, Kind.CONFIDENCE: 1, Kind.THEMES: 1, Kind.LETTERS: 1, Kind.BROWSERS: 2, Kind.LEFT: 1}


def test_nothing_goes_before_a_lead_has_agreed(db, school):
    before = own_record.of_person(db, school.tess.id)
    assert retention.keep_to_times(db, at(date(2090, 1, 1))) == {}
    assert own_record.of_person(db, school.tess.id) == before and count(db, "removals") == 0


@pytest.mark.parametrize("kind", list(SPANS))
def test_each_kind_goes_on_its_day_and_not_the_day_before(db, school, kind):
    assert agree(db) == list(SPANS)
    day = goes_on(TODAY, SPANS[kind].proposed)
    assert kind not in retention.keep_to_times(db, at(day - timedelta(days=1), 23))
    assert retention.keep_to_times(db, at(day, 1)).get(kind) == ROWS[kind]
    assert kind not in retention.keep_to_times(db, at(day, 2)), "done twice, it was done once"
    assert contradictions(db) == []


def test_answers_go_and_the_completion_stays_with_its_mark(db, school):
    agree(db)
    before = own_record.of_person(db, school.tess.id)
    retention.keep_to_times(db, at(goes_on(TODAY, 12)))
    after = own_record.of_person(db, school.tess.id)
    assert after["completions"] == before["completions"] and after["completions"][0]["mark"] is not None
    assert [each["answers"] != [] for each in after["attempts"]] == [True, False, False], "that of the open try stays"
    assert [{**each, "answers": []} for each in after["attempts"]] == [{**each, "answers": []} for each in before["attempts"]]


def test_an_open_try_and_one_that_led_to_nothing_stay_while_their_person_is_here(db, school):
    agree(db, answers=1)
    with transaction(db):
        other = start_attempt(db, school.sam)
        save_answer(db, other)
        finish(db, other)
    retention.keep_to_times(db, at(date(2040, 1, 1)))
    assert count(db, "answers") == 2
    with transaction(db):
        people.deactivate(db, school.sam.id, now=at(date(2040, 1, 1)))
    assert Kind.ANSWERS not in retention.keep_to_times(db, at(date(2040, 2, 1)))
    assert retention.keep_to_times(db, at(date(2040, 2, 2)))[Kind.ANSWERS] == 1


def test_a_try_after_the_completion_counts_from_its_own_end(db, school):
    agree(db, answers=12)
    with transaction(db):
        later = start_attempt(db, school.tess, started_at=NOW + timedelta(days=200))
        save_answer(db, later, at=NOW + timedelta(days=200))
        finish(db, later, now=NOW + timedelta(days=200))
    assert retention.keep_to_times(db, at(date(2027, 11, 25)))[Kind.ANSWERS] == 2
    day = goes_on((NOW + timedelta(days=200)).date(), 12)
    assert Kind.ANSWERS not in retention.keep_to_times(db, at(day - timedelta(days=1)))
    assert retention.keep_to_times(db, at(day))[Kind.ANSWERS] == 1


def test_one_is_erased_after_the_other_so_that_nobody_waits_for_all(db, school):
    agree(db, left=12)
    with transaction(db):
        people.deactivate(db, school.sam.id, now=NOW)
    said = []
    db.connection().conn.set_trace_callback(said.append)
    assert retention.keep_to_times(db, at(goes_on(TODAY, 12)))[Kind.LEFT] == 2
    unnamed = [place for place, each in enumerate(said) if each.startswith("update people set name")]
    assert "commit" in said[unnamed[0] : unnamed[-1]]


def test_whoever_left_is_erased_whole_and_whoever_came_back_is_not(db, school, tmp_path):
    agree(db, left=12)
    with transaction(db):
        people.deactivate(db, school.sam.id, now=NOW)
        people.reactivate(db, school.sam.id, now=NOW + timedelta(days=10))
        people.deactivate(db, school.sam.id, now=NOW + timedelta(days=100))
    assert retention.keep_to_times(db, at(goes_on(TODAY, 12)))[Kind.LEFT] == 1
    assert people.find(db, school.ana.id).name == "Erased person 6" and people.find(db, school.sam.id).name == "Sam Price"
    assert bytes_that_name(tmp_path, ("Ana Costa", "ana@school")) == []
    assert retention.keep_to_times(db, at(goes_on((NOW + timedelta(days=100)).date(), 12)))[Kind.LEFT] == 1
    assert people.find(db, school.tess.id).name == "Tess Okafor" and contradictions(db) == []


def test_a_month_asleep_and_many_people(db, school, monkeypatch):
    monkeypatch.setattr(retention, "PEOPLE_AT_ONCE", 2)
    monkeypatch.setattr(retention, "ROWS_AT_ONCE", 3)
    agree(db)
    with transaction(db):
        for number in range(7):
            each = people.add(db, people.Details(f"p{number}@school.example", f"Person {number}", "teacher"), now=NOW)
            tried = start_attempt(db, each)
            save_answer(db, tried)
            finish(db, tried)
            complete(db, each.id, lesson="friend-requests", attempt_id=tried)
            db.execute(letter_sent(key=f"'k{number}'"))
    gone = retention.keep_to_times(db, at(date(2028, 3, 1)))
    assert gone[Kind.ANSWERS] == 9 and gone[Kind.LETTERS] == 8
    assert retention.keep_to_times(db, at(date(2028, 3, 1))) == {}


# What would go


def test_what_would_go_is_counted_beforehand(db, school):
    found = {each.kind: each for each in retention.outlook(db, PROPOSED, TODAY)}
    answers = found[Kind.ANSWERS]
    assert (answers.now, answers.in_a_month, answers.in_a_year) == (0, 0, 0), "it goes in a year and a day"
    found = {each.kind: each for each in retention.outlook(db, {**PROPOSED, Kind.ANSWERS: 1, Kind.NOTES: 6}, TODAY + timedelta(days=1))}
    assert (found[Kind.ANSWERS].now, found[Kind.ANSWERS].in_a_month) == (0, 2)
    assert found[Kind.NOTES].in_a_year == 1
    later = {each.kind: each for each in retention.outlook(db, PROPOSED, goes_on(TODAY, 12))}
    assert (later[Kind.ANSWERS].now, later[Kind.LEFT].now) == (2, 0)


@pytest.mark.parametrize("day", [goes_on(TODAY, 12), goes_on(TODAY, 24), goes_on(TODAY, 72), TODAY])
def test_what_is_counted_is_what_goes(db, school, day):
    agree(db)
    counted = {each.kind: each.now for each in retention.outlook(db, PROPOSED, day) if each.now}
    assert set(retention.keep_to_times(db, at(day))) == set(counted)
    assert all(each.now == 0 for each in retention.outlook(db, PROPOSED, day))


# What leads say


def test_what_was_said_counts_from_the_next_day(db, school):
    agree(db)
    agree(db, now=at(date(2026, 12, 30), 9), answers=1)
    assert retention.keep_to_times(db, at(date(2026, 12, 30), 10)) == {}
    assert retention.keep_to_times(db, at(date(2026, 12, 31), 10)) == {Kind.ANSWERS: 2}


def test_what_was_lengthened_counts_at_once(db, school):
    agree(db, answers=1)
    agree(db, now=at(date(2026, 12, 30), 9), answers=12)
    assert retention.keep_to_times(db, at(date(2026, 12, 30), 10)) == {}


def test_saying_the_same_says_nothing(db, school):
    assert len(agree(db)) == len(SPANS) and agree(db, saw=0) == []
    assert agree(db, answers=6) == [Kind.ANSWERS]
    assert retention.times(db, TODAY).months[Kind.ANSWERS] == 6


def test_another_lead_has_said_something_meanwhile(db, school):
    agree(db)
    with pytest.raises(ChangedMeanwhile):
        agree(db, saw=1, answers=6)
    assert retention.times(db, TODAY).months[Kind.ANSWERS] == 12


@pytest.mark.parametrize(
    ("kind", "months"), [("answers", 0), ("answers", -1), ("answers", 121), ("left", 11), ("left", 1201), ("browsers", 14)]
)
def test_a_time_that_cant_be(db, school, kind, months):
    with pytest.raises(ValueError, match="no such time"):
        agree(db, **{kind: months})
    assert not retention.times(db, TODAY).agreed


def test_before_anybody_has_agreed_times_are_proposed(db, school):
    found = retention.times(db, TODAY)
    assert (found.months, found.agreed, found.in_force, found.saw) == (PROPOSED, False, {}, 0)


# By the caretaker


def walked(db, *moments):
    """What each round took away, a round a moment."""
    found = []
    for moment in moments:
        with transaction(db):
            chores.claim(db, retention.CHORE, "x" * 16, until=moment, before=moment - timedelta(hours=20), now=moment)
        found.append(sum(retention.on_its_round(db, moment).values()))
        with transaction(db):
            chores.end(db, retention.CHORE, "x" * 16, "", moment)
    return found


YEARS_ON = at(date(2034, 6, 1))


def test_a_clock_that_leaps_ahead_takes_nothing_on_its_first_day(db, school):
    agree(db)
    day = timedelta(days=1)
    assert walked(db, NOW + day, NOW + 2 * day, YEARS_ON) == [0, 0, 0]
    assert walked(db, NOW + 3 * day, NOW + 4 * day) == [0, 0], "put right"
    assert count(db, "answers") == 3 and count(db, "removals") == 0


def test_a_server_asleep_over_the_summer_does_what_is_due_then(db, school):
    agree(db)
    day = at(goes_on(TODAY, 12))
    [_, took] = walked(db, day - timedelta(days=50), day)
    assert took > 0 and count(db, "answers") == 1


def test_the_first_round_of_all_takes_nothing(db, school):
    agree(db)
    [first, second] = walked(db, YEARS_ON, YEARS_ON + timedelta(days=1))
    assert first == 0 and second > 0


# The log of what leads did


def noted(db):
    return [(row["what"], row["by"], row["about"]) for row in db.rows('select what, "by", about from acts order by id')]


def test_the_log_says_who_agreed_and_what_went(db, school):
    agree(db)
    agree(db, answers=1)
    agree(db, saw=0, answers=1)
    retention.keep_to_times(db, at(date(2026, 12, 30)))
    retention.keep_to_times(db, at(date(2026, 12, 30)))
    assert noted(db) == [("retention set", 1, ""), ("retention set", 1, ""), ("records gone", None, "answers in training: 2")]
    assert db.value("select became from acts where id = 2") == '{"Answers in training": "1 month"}'


def test_of_the_log_seven_years_stay(db, school):
    agree(db)
    old = at(goes_on(TODAY, 84))
    retention.keep_to_times(db, old - timedelta(days=1))
    assert noted(db)[0][0] == "retention set"
    retention.keep_to_times(db, old)
    assert [what for what, _, _ in noted(db)] == ["records gone", "records gone"] and noted(db)[-1][2] == "what leads did: 1"


def test_nothing_of_the_log_goes_before_a_lead_has_agreed(db, school):
    with transaction(db):
        db.execute(insert("acts", {"at": AT, "by": "1", "what": "'settings'", "about": "''", "was": "'{}'", "became": "'{}'"}))
    retention.keep_to_times(db, YEARS_ON)
    assert len(noted(db)) == 1
