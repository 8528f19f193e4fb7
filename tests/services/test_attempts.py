"""Taking scenarios, without a page: judged, saved and completed as one change, once, and only one's own."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from induction.records import editions
from induction.records.progress import attempts as records
from induction.records.progress import completions, lessons_opened, scenarios_put_off
from induction.records.store.database import transaction
from induction.rules.openings import OpenedPage, Opening
from induction.services import attempts, policy_publication
from induction.services.attempts import Answered, Chosen, Refused, Trouble
from tests.records.making import COURSE, NOW
from tests.services.taking import Taker, in_order

LESSON = "friend-requests"


@pytest.fixture
def tess(db, cast, programmes):
    return Taker(db, programmes.current(), cast.tess.id)


def answers(tess, number):
    return tess.attempt(number).answers


def test_a_try_begins_with_the_words_of_that_moment_and_goes_on_where_it_was(db, tess):
    number = tess.begin(LESSON)
    attempt, course = tess.attempt(number), tess.programme.library.courses[COURSE]
    lesson = course.lesson(LESSON)
    assert attempt.quiz_version == tess.programme.quiz_edition(course, lesson).sha256
    assert attempt.lesson_version == tess.programme.lesson_edition(course, lesson).sha256
    assert (len(attempt.drawn), attempt.pass_mark, attempt.opening) == (
        tess.programme.scenarios_in_a_try(course, lesson), course.pass_mark, Opening(None),
    )
    assert tess.begin(LESSON) == number and len(records.history(db, tess.id)) == 1


def test_the_page_that_a_try_was_begun_from_is_kept(db, tess):
    course = tess.programme.library.courses[COURSE]
    version = tess.programme.lesson_edition(course, course.lesson(LESSON)).sha256
    opened = NOW - timedelta(minutes=9)
    visit = replace(tess.visit(LESSON), page=OpenedPage(version, opened))
    number = attempts.begin(db, tess.programme, visit, in_order)
    assert tess.attempt(number).opening == Opening(opened) == lessons_opened.known(db, tess.id, COURSE, LESSON)


def test_an_answer_is_judged_and_kept(tess):
    number = tess.begin(LESSON)
    chosen = tess.choice(number)
    assert tess.send(number, chosen) == Answered(1)
    [kept] = answers(tess, number)
    assert (kept.step, kept.scene, kept.chosen, kept.rating, kept.at) == (
        1, chosen[0].scene, tuple(each.option for each in chosen), "best", NOW,
    )


def test_the_same_step_again_shows_what_is_kept_and_changes_nothing(tess):
    number = tess.begin(LESSON)
    first, other = tess.choice(number), tess.choice(number, wisely=False)
    tess.send(number, first)
    kept = answers(tess, number)
    assert tess.send(number, first) == tess.send(number, other) == Answered(1)
    assert answers(tess, number) == kept


def test_somebody_elses_attempt_is_not_there(db, cast, tess, programmes):
    number = tess.begin(LESSON)
    chosen = tess.choice(number)
    for other in (cast.max, cast.nia, cast.lou, cast.sam):
        assert attempts.answer(db, programmes.current(), other.id, number, chosen, NOW) is None
    assert tess.send(999, chosen) is None and answers(tess, number) == ()


@pytest.mark.parametrize(
    ("bend", "trouble"),
    [
        (lambda chosen: [], Trouble.NOTHING),
        (lambda chosen: [replace(chosen[0], step=2)], Trouble.ELSEWHERE),
        (lambda chosen: [replace(chosen[0], scene="another")], Trouble.ELSEWHERE),
        (lambda chosen: [replace(chosen[0], option=99)], Trouble.ELSEWHERE),
        (lambda chosen: [replace(chosen[0], option=1), replace(chosen[0], option=2)], Trouble.ELSEWHERE),
        (lambda chosen: [Chosen(0, "", 0)], Trouble.ELSEWHERE),
        (lambda chosen: [*chosen, Chosen(0, "", 0)], Trouble.ELSEWHERE),
    ],
    ids=["nothing", "a later step", "another scene", "no such option", "two where one is asked", "no option", "one of two"],
)
def test_what_does_not_fit_is_refused_and_nothing_is_kept(tess, bend, trouble):
    number = tess.begin(LESSON)
    result = tess.send(number, bend(tess.choice(number)))
    assert isinstance(result, Refused) and result.trouble is trouble
    assert (result.attempt, result.quiz) == (tess.attempt(number), tess.programme.attempted(result.attempt))
    assert answers(tess, number) == ()


def test_the_last_answer_brings_the_result_and_the_lessons_completion(db, tess):
    number = tess.take(LESSON, but=1)
    assert completions.of_person(db, tess.id) == []
    while tess.attempt(number).finished_at is None:
        tess.send(number, tess.choice(number))
    done = tess.attempt(number)
    assert (done.passed, done.percent, done.finished_at) == (True, 100, NOW)
    [completion] = completions.of_person(db, tess.id)
    assert (completion.lesson, completion.attempt_id, completion.percent, completion.version, completion.attempts) == (
        LESSON, number, 100, done.quiz_version, 1,
    )
    assert tess.send(number, []) == Answered(None) and tess.send(number, [Chosen(99, "x", 1)]) == Answered(None)


def test_a_try_that_is_not_passed_completes_nothing(db, tess):
    done = tess.attempt(tess.take(LESSON, wisely=False))
    assert done.finished_at and not done.passed and completions.of_person(db, tess.id) == []


def test_twenty_who_answer_at_once_keep_one_answer_and_all_are_told_so(db, tess):
    number = tess.begin(LESSON)
    chosen, together, told = tess.choice(number), threading.Barrier(20), []

    def press():
        together.wait()
        told.append(tess.send(number, chosen))
        db.close()

    threads = [threading.Thread(target=press) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == [Answered(1)] * 20 and len(answers(tess, number)) == 1


def test_nothing_is_read_or_opened_while_others_wait(db, tess):
    """Between BEGIN and COMMIT an answer in the middle is one statement, and a look whether evidence is due; what was begun
    before it was read is looked at again."""
    number = tess.begin(LESSON)
    chosen, sent, raw = tess.choice(number), [], db.connection().conn
    raw.set_trace_callback(sent.append)
    tess.send(number, chosen)
    raw.set_trace_callback(None)
    under = sent[sent.index("begin immediate") + 1 : sent.index("commit")]
    *answer, due = under
    assert {each.split()[0] for each in answer} == {"insert"} and len(set(answer)) == 1 and "from evidence_due" in due


def warned(tess):
    """A lesson and an attempt whose next scenario says beforehand what it is about."""
    for lesson in tess.programme.library.courses[COURSE].lessons:
        quiz = tess.programme.quiz(tess.programme.library.courses[COURSE], lesson)
        word = next((word for word, each in quiz.scenarios.items() if each.warn), None) if quiz else None
        if word:
            number = tess.begin(lesson.slug)
            attempt = tess.attempt(number)
            drawn = (word, *(each for each in attempt.drawn if each != word))[: len(attempt.drawn)]
            with transaction(tess.db):
                records.replace_drawn(tess.db, attempt, drawn)
            return number
    raise AssertionError("no scenario warns")


def put_off(tess, attempt):
    return attempts.put_off(tess.db, tess.programme, attempt, attempt.drawn[0], in_order, NOW)


def test_a_scenario_that_warns_can_be_put_off_once(tess):
    number = warned(tess)
    attempt = tess.attempt(number)
    drawn = put_off(tess, attempt)
    assert drawn and drawn[0] != attempt.drawn[0] and tess.attempt(number).drawn == drawn
    assert scenarios_put_off.of_attempt(tess.db, number) == {attempt.drawn[0]}


def test_what_was_answered_or_put_off_meanwhile_is_not_put_off(tess):
    """The page had read the attempt before: what it read no longer holds, so nothing is changed."""
    number = warned(tess)
    before = tess.attempt(number)
    tess.send(number, tess.choice(number))
    assert put_off(tess, before) is None
    assert tess.attempt(number).drawn == before.drawn and scenarios_put_off.of_attempt(tess.db, number) == frozenset()


def test_words_opened_beside_a_try_that_goes_on_are_kept(db, tess, programmes):
    number = tess.begin(LESSON)
    policy_publication.choose(db, tess.programme.library, {"gaming": "none"}, by=None, at=NOW)
    now = replace(tess, programme=programmes.current())
    course = now.programme.library.courses[COURSE]
    words = now.programme.lesson_edition(course, course.lesson(LESSON))
    with pytest.raises(LookupError):
        editions.text(db, words.sha256)
    visit = replace(now.visit(LESSON), page=OpenedPage(words.sha256, NOW))
    assert attempts.begin(db, now.programme, visit, in_order) == number
    assert editions.text(db, words.sha256) == words.text
