"""How far somebody is, put together from what is kept: the same answer for one person and for many."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from induction.records.people import people, staff_groups
from induction.records.progress import done_elsewhere
from induction.records.store.columns import moment_text
from induction.records.store.database import transaction
from induction.rules.calendar import local
from induction.rules.induction import Stage, Standing
from induction.services import lesson_figures, progress
from tests.cast import COURSE, move_in
from tests.records.making import publish

NOW = datetime.now(UTC)
TODAY = local(NOW).date()
SHORT = "boundaries-in-ten-minutes"
DONE, BEGUN, TO_DO = Stage


@pytest.fixture
def school(app, template, tmp_path):
    """The cast at their school, with what is taught there."""
    everyone = move_in(app, template, tmp_path / "data")
    yield everyone
    everyone.records.close()


def lessons_of(school, course=COURSE):
    return [lesson.slug for lesson in school.programme.library.courses[course].lessons]


def kept(school, version, text):
    school.records.execute("insert or ignore into versions values (?, 'quiz', ?, ?)", [version, text, moment_text(NOW)])


def complete(school, who, lesson, percent=100, course=COURSE, version="1" * 64):
    """A lesson is done in this version of it; an empty name is the course as a whole."""
    with transaction(school.records):
        kept(school, version, version)
        school.records.execute(
            "insert into completions (person, course, lesson, version, percent, attempts, policy_version, completed_at)"
            " values (?, ?, ?, ?, ?, 1, 0, ?)",
            [school.who(who).id, course, lesson, version, percent, moment_text(NOW)],
        )


def begin(school, who, lesson, answered=0, finished=False, minutes=0):
    """A try at a lesson's scenarios, so many minutes later."""
    programme, db, at = school.programme, school.records, moment_text(NOW + timedelta(minutes=minutes))
    course = programme.library.courses[COURSE]
    quiz = programme.quiz_edition(course, course.lesson(lesson))
    drawn = list(programme.quiz(course, course.lesson(lesson)).scenarios)[:5]
    with transaction(db):
        kept(school, quiz.sha256, quiz.text)
        db.execute(
            "insert into attempts (person, course, lesson, quiz_version, lesson_version, policy_version, pass_mark, drawn, started_at)"
            " values (?, ?, ?, ?, ?, 0, 80, ?, ?)",
            [school.who(who).id, COURSE, lesson, quiz.sha256, quiz.sha256, json.dumps(drawn), at],
        )
        made = db.value("select max(id) from attempts")
        for step, scenario in enumerate(drawn[:answered], start=1):
            db.execute(
                "insert into answers (attempt, step, scenario, scene, chosen, rating, mark, at)"
                " values (?, ?, ?, ?, '[1]', 'best', '1/1', ?)",
                [made, step, scenario, scenario, at],
            )
        if finished:
            db.execute(
                "update attempts set finished_at = ?, mark = '1/1', percent = 100, breaches = 0, passed = 1 where id = ?", [at, made]
            )


def acknowledge(school, who):
    """The policy that is in force: published, if none is."""
    with transaction(school.records):
        if not school.programme.policy.asks_for:
            publish(school.records, {}, school.who("lou"))
        policy = school.programme.policy
        school.records.execute(
            "insert into acknowledgements (person, version, sha256, typed_name, at) values (?, ?, ?, 'Somebody', ?)",
            [school.who(who).id, policy.version, policy.sha256, moment_text(NOW)],
        )


def queries(school, work):
    sent = []
    raw = school.records.connection().conn
    raw.set_trace_callback(sent.append)
    work()
    raw.set_trace_callback(None)
    return len(sent)


# What is done


@pytest.mark.parametrize("percents", [(80, 100, 90), (100, 80), (100,)])
def test_the_best_try_at_a_lesson_counts(school, percents):
    lesson = lessons_of(school)[0]
    for number, percent in enumerate(percents):
        complete(school, "tess", lesson, percent, version=str(number) * 64)
    learner = progress.learner(school.records, school.programme, school.who("tess"), TODAY)
    assert learner.completed[COURSE, lesson].percent == 100
    assert progress.history(school.records, school.programme, school.who("tess"), TODAY).learner == learner


def test_a_lesson_that_is_begun_says_what_is_left_of_the_try(school):
    first, second, third, *_ = lessons_of(school)
    begin(school, "tess", first, answered=2)
    begin(school, "tess", third, minutes=5)
    induction = progress.of(school.records, school.programme, school.who("tess"), TODAY).induction
    lessons = induction.lessons
    assert [part.stage for part in lessons[:3]] == [BEGUN, TO_DO, BEGUN]
    assert (lessons[0].scenarios, lessons[0].scenarios_left, lessons[2].scenarios_left) == (5, 3, 5)
    assert (lessons[0].stopped, lessons[2].stopped) == (NOW, NOW + timedelta(minutes=5))
    assert induction.next == lessons[2]


def test_one_person_and_many_are_told_of_alike(school):
    lessons = lessons_of(school)
    complete(school, "tess", lessons[0])
    complete(school, "tess", "a-lesson-that-was-taken-out")
    begin(school, "tess", lessons[1])
    begin(school, "tess", lessons[0], answered=5, finished=True)
    for lesson in lessons:
        complete(school, "sam", lesson)
    acknowledge(school, "sam")
    with transaction(school.records):
        people.update(school.records, school.who("nia").id, course=SHORT, now=NOW)
        people.update(school.records, school.who("max").id, due=date(2020, 1, 1), now=NOW)
    complete(school, "nia", lessons_of(school, SHORT)[0], course=SHORT)
    complete(school, "nia", "", course=SHORT)  # before the policy was published
    everyone = [school.who(who) for who in ("tess", "sam", "nia", "max")]
    found = progress.of_many(school.records, school.programme, everyone, TODAY)
    today = NOW.date()
    for person in everyone:
        one, many = progress.of(school.records, school.programme, person, TODAY).induction, found[person.id]
        history = progress.history(school.records, school.programme, person, TODAY).induction(school.programme, person)
        assert one == history
        assert (one.stages, one.policy, one.begun, one.standing(today)) == (many.stages, many.policy, many.begun, many.standing(today))
        assert [part.lesson for part in one.lessons] == [part.lesson for part in many.lessons]
    standings = [found[person.id].standing(today) for person in everyone]
    assert standings == [Standing.ON_TRACK, Standing.COMPLETE, Standing.COMPLETE, Standing.OVERDUE]
    assert found[everyone[0].id].stages[:3] == (DONE, BEGUN, TO_DO)
    assert len(found[everyone[2].id].lessons) == len(lessons_of(school, SHORT))


def test_the_latest_finished_try_at_each_lesson_is_what_is_talked_about(school):
    first, second, *_ = lessons_of(school)
    for lesson, finished in ((first, True), (second, True), (first, True), (first, False)):
        begin(school, "tess", lesson, answered=1, finished=finished)
    history = progress.history(school.records, school.programme, school.who("tess"), TODAY)
    assert [(each.id, each.lesson) for each in history.latest] == [(3, first), (2, second)]
    assert history.finished_tries == {(COURSE, first): 2, (COURSE, second): 1}
    assert list(history.learner.begun) == [(COURSE, first)]


# What it asks of the database


def test_each_table_is_read_once_however_much_was_done(school):
    tess, db, programme = school.who("tess"), school.records, school.programme

    def counts():
        return (
            queries(school, lambda: progress.stages(db, programme, programme.library.courses[COURSE], tess, TODAY)),
            queries(school, lambda: progress.of(db, programme, tess, TODAY)),
            queries(school, lambda: progress.history(db, programme, tess, TODAY)),
            queries(school, lambda: progress.of_many(db, programme, [tess, school.who("sam")], TODAY)) - 1,  # to look for Sam
        )

    staff_groups.given(db), done_elsewhere.courses(db, TODAY)  # which are kept from now on
    assert counts() == (1, 5, 6, 5)
    for lesson in lessons_of(school)[:4]:
        begin(school, "tess", lesson, answered=5, finished=True)
        complete(school, "tess", lesson)
        begin(school, "tess", lesson, answered=1)
    assert counts() == (1, 6, 6, 5)


# Whether a course is complete


@pytest.mark.parametrize(
    "left, policy, read, kept_before, complete_now",
    [
        (0, False, False, False, True),
        (1, False, False, False, False),
        (0, True, True, False, True),
        (0, True, False, False, False),
        (1, True, True, False, False),
        (0, False, False, True, False),  # once is enough
    ],
)
def test_a_course_is_complete_with_its_last_lesson_and_the_policy(school, left, policy, read, kept_before, complete_now):
    lessons = lessons_of(school)
    for lesson in lessons[: len(lessons) - left]:
        complete(school, "tess", lesson)
    if policy:
        acknowledge(school, "tess" if read else "sam")
    if kept_before:
        complete(school, "tess", "")
    of_the_course = school.programme.library.courses[COURSE]
    done = progress.has_just_completed(school.records, school.programme, of_the_course, school.who("tess").id, TODAY)
    assert done is complete_now


# The school's picture


def test_who_has_begun_a_lesson_is_not_counted_among_those_who_have_not(school):
    first, second, *_ = lessons_of(school)
    [short] = lessons_of(school, SHORT)
    complete(school, "tess", first)
    begin(school, "tess", second)
    begin(school, "sam", first)
    with transaction(school.records):
        people.update(school.records, school.who("nia").id, course=SHORT, now=NOW)
    titles = {lesson.slug: lesson.title for _, lesson in school.programme.lessons}
    found = lesson_figures.figures(school.records, school.programme, 5, TODAY)
    figures = {each.title: (each.done, each.begun, each.to_do) for each in found}
    assert figures[titles[first]] == (1, 1, 2), "of four: Nia is given another course"
    assert figures[titles[second]] == (0, 1, 3)
    assert figures[titles[short]] == (0, 0, 1)
