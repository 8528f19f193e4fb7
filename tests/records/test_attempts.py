"""Attempts, answers and completions: each kept once, as it was judged."""

import subprocess
import sys
import threading
import time
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from induction.content.model import Rating
from induction.records.progress import attempts, completions
from induction.records.store.database import RuleBroken, transaction
from induction.rules.judging import Outcome
from tests.records.making import COURSE, NOW, SHA256, complete, finish, found, save_answer, start_attempt

ROOT = Path(__file__).resolve().parents[2]


def test_an_attempt_is_resumed_until_it_is_finished(db, cast):
    with transaction(db):
        first = start_attempt(db, cast.tess, drawn=("sunday-night", "under-the-post"))
        assert start_attempt(db, cast.tess, drawn=("another",)) == first
        sams = start_attempt(db, cast.sam)
        other = start_attempt(db, cast.tess, "late-messages")
    assert len({first, sams, other}) == 3
    assert attempts.open_attempt(db, cast.tess.id, COURSE, "friend-requests") == first
    attempt = attempts.find(db, cast.tess.id, first)
    assert (attempt.drawn, attempt.started_at, attempt.quiz_version, attempt.pass_mark) == (
        ("sunday-night", "under-the-post"), NOW, SHA256, 80,
    )
    assert (attempt.finished_at, attempt.mark, attempt.passed, attempt.answers) == (None, None, None, ())
    with transaction(db):
        finish(db, first)
        again = start_attempt(db, cast.tess)
    assert again not in (first, sams, other)


def test_somebody_elses_attempt_is_not_there(db, cast):
    with transaction(db):
        attempt = start_attempt(db, cast.tess)
    assert attempts.find(db, cast.tess.id, attempt)
    for viewer in (cast.max, cast.sam, cast.lou, cast.ana):
        assert attempts.find(db, viewer.id, attempt) is None
    assert attempts.find(db, cast.tess.id, 999) is None


def test_an_answer_is_kept_as_it_was_judged_and_a_second_press_changes_nothing(db, cast):
    with transaction(db):
        attempt = start_attempt(db, cast.tess)
        assert save_answer(db, attempt, chosen=(3, 1), rating=Rating.FINE, mark=Fraction(2, 3))
        assert not save_answer(db, attempt, chosen=(2,), rating=Rating.BEST)
        assert save_answer(db, attempt, step=2, scene="reply")
    first, second = attempts.find(db, cast.tess.id, attempt).answers
    assert first == attempts.Answer(1, "sunday-night", "sunday-night", (3, 1), Rating.FINE, Fraction(2, 3), NOW)
    assert (second.step, second.scene) == (2, "reply")


def test_a_result_is_kept_for_good_and_exactly(db, cast):
    with transaction(db):
        attempt = start_attempt(db, cast.tess)
        save_answer(db, attempt)
        assert attempts.finish(db, found(db, attempt), Outcome(Fraction(239, 300), 0, False), NOW)
        assert not attempts.finish(db, found(db, attempt), Outcome(Fraction(1), 0, True), NOW)
        assert not save_answer(db, attempt)  # answered already, and that is all
    kept = attempts.find(db, cast.tess.id, attempt)
    assert (kept.mark, kept.percent, kept.breaches, kept.passed, kept.finished_at) == (
        Fraction(239, 300), 79, 0, False, NOW,
    )
    with pytest.raises(RuleBroken), transaction(db):
        save_answer(db, attempt, step=2)
    with pytest.raises(RuleBroken), transaction(db):
        attempts.replace_drawn(db, found(db, attempt), ["another"])


def test_what_was_read_before_something_else_was_kept_changes_nothing(db, cast):
    with transaction(db):
        number = start_attempt(db, cast.tess, drawn=("sunday-night", "by-the-gate"))
        read = found(db, number)
        assert attempts.replace_drawn(db, read, ["under-the-post", "by-the-gate"])
        assert not attempts.replace_drawn(db, read, ["another", "by-the-gate"]), "others are drawn already"
        answer = attempts.Answer(1, "sunday-night", "sunday-night", (1,), Rating.BEST, Fraction(1), NOW)
        assert not attempts.save_answer(db, read, answer), "its scenario was put off"
        read = found(db, number)
        assert save_answer(db, number, scenario="by-the-gate", scene="by-the-gate")
        assert not attempts.replace_drawn(db, read, ["sunday-night", "by-the-gate"]), "something was answered"
    assert (found(db, number).drawn, len(found(db, number).answers)) == (("under-the-post", "by-the-gate"), 1)


def test_history_is_newest_first_and_ones_own(db, cast):
    with transaction(db):
        first = start_attempt(db, cast.tess)
        save_answer(db, first, rating=Rating.POOR)
        finish(db, first, 0, passed=False)
        second = start_attempt(db, cast.tess)
        save_answer(db, second)
        finish(db, second)
        third = start_attempt(db, cast.tess)
        other = start_attempt(db, cast.tess, "late-messages")
        start_attempt(db, cast.sam)
    mine = attempts.history(db, cast.tess.id)
    assert [attempt.id for attempt in mine] == [other, third, second, first]
    assert {attempt.answers for attempt in mine} == {()}
    assert [a.id for a in attempts.history(db, cast.tess.id, COURSE, "friend-requests")] == [third, second, first]
    with_answers = attempts.history(db, cast.tess.id, answers=True)
    assert [len(attempt.answers) for attempt in with_answers] == [0, 0, 1, 1]
    assert [a.id for a in attempts.open_ones(db, cast.tess.id)] == [other, third]


def test_the_draw_hears_how_each_scenario_was_judged_last(db, cast):
    def attempt(*answers):
        number = start_attempt(db, cast.tess, drawn=("a", "b", "c"))
        for step, (scenario, rating) in enumerate(answers, start=1):
            save_answer(db, number, step, rating, scenario=scenario, scene=f"{scenario}-{step}")
        finish(db, number, 50, passed=False, breaches=1)

    with transaction(db):
        attempt(("a", Rating.BREACH), ("b", Rating.BEST), ("b", Rating.POOR), ("b", Rating.FINE), ("c", Rating.BEST))
        assert attempts.latest_ratings(db, cast.tess.id, COURSE, "friend-requests") == {
            "a": Rating.BREACH, "b": Rating.POOR, "c": Rating.BEST,
        }
        attempt(("a", Rating.BEST), ("c", Rating.FINE))
    assert attempts.latest_ratings(db, cast.tess.id, COURSE, "friend-requests") == {
        "a": Rating.BEST, "b": Rating.POOR, "c": Rating.FINE,
    }
    assert attempts.latest_ratings(db, cast.sam.id, COURSE, "friend-requests") == {}


def test_the_draw_hears_what_was_met_last_at_the_end(db, cast):
    with transaction(db):
        for words in (("c", "a"), ("b",), ("a", "c")):
            number = start_attempt(db, cast.tess, drawn=words)
            for step, word in enumerate(words, start=1):
                save_answer(db, number, step, scenario=word, scene=word)
            finish(db, number)
    assert list(attempts.latest_ratings(db, cast.tess.id, COURSE, "friend-requests")) == ["b", "a", "c"]


def passed(db, person, lesson="friend-requests", attempt=None):
    return complete(db, person.id, lesson, policy_version=3, attempt_id=attempt, percent=90, pass_mark=80)


def test_a_completion_is_made_once_for_each_version_and_counts_the_tries(db, cast):
    with transaction(db):
        for number in range(3):
            finish(db, start_attempt(db, cast.tess), passed=number == 2)
        last = start_attempt(db, cast.tess, "late-messages")
        finish(db, last)
        start_attempt(db, cast.tess, "late-messages")  # one that is still open is no try yet
        assert passed(db, cast.tess, "late-messages", attempt=last)
        assert passed(db, cast.tess)
        assert not passed(db, cast.tess)
        assert complete(db, cast.tess.id, "", policy_version=3)
        assert passed(db, cast.sam)
    late, friends, course = completions.of_person(db, cast.tess.id)
    assert replace(late, id=0) == completions.Completion(
        person_id=cast.tess.id, course=COURSE, lesson="late-messages", attempt_id=last, version=SHA256, percent=90,
        pass_mark=80, attempts=1, policy_version=3, completed_at=NOW,
    )
    assert (friends.attempts, course.attempts, course.lesson, course.percent) == (3, 4, "", None)
    assert [each.attempts for each in completions.of_person(db, cast.sam.id)] == [0]


def test_twenty_presses_at_once_make_one_answer(db, cast):
    with transaction(db):
        attempt = start_attempt(db, cast.tess)
    together, new = threading.Barrier(20), []

    def press(number):
        together.wait()
        with transaction(db):
            new.append(save_answer(db, attempt, chosen=(number,)))
        db.close()

    threads = [threading.Thread(target=press, args=[number]) for number in range(1, 21)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(new) == [False] * 19 + [True]
    assert len(attempts.find(db, cast.tess.id, attempt).answers) == 1


START_AT_ONCE = """
import sys, time
from pathlib import Path
from induction.records.people import people
from induction.records.store.database import Database, transaction
from tests.records.making import finish, save_answer, start_attempt
db = Database(Path(sys.argv[1]))
tess = people.by_email(db, "tess@school.example")
time.sleep(max(0, float(sys.argv[2]) - time.time()))
for _ in range(30):
    with transaction(db):
        attempt = start_attempt(db, tess)
        new = save_answer(db, attempt)
    print(attempt, int(new))
    with transaction(db):
        finish(db, attempt)
"""


def test_two_processes_never_share_out_one_answer_twice(db, cast):
    at = str(time.time() + 1.0)
    started = [
        subprocess.Popen(
            [sys.executable, "-c", START_AT_ONCE, str(db.path), at], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    said = [process.communicate()[0].splitlines() for process in started]
    assert [(process.returncode, len(lines)) for process, lines in zip(started, said, strict=True)] == [(0, 30)] * 2
    new = [line.split()[0] for lines in said for line in lines if line.endswith(" 1")]
    assert len(new) == len(set(new)) == len(attempts.history(db, cast.tess.id)) >= 30
    assert all(len(attempt.answers) == 1 for attempt in attempts.history(db, cast.tess.id, answers=True))
    assert attempts.open_attempt(db, cast.tess.id, COURSE, "friend-requests") is None
