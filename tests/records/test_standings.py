"""Progress of many people, in few queries that don't grow with the school; and conversations."""

from datetime import date, timedelta

import pytest

from induction.content.model import Rating
from induction.records.people import deputies, people, sessions
from induction.records.people.person import Details
from induction.records.policy import acknowledgements, versions
from induction.records.policy.acknowledgements import Signed
from induction.records.progress import (
    completions,
    confidence,
    conversations,
    lessons_opened,
    scenarios_put_off,
    shares,
    standings,
)
from induction.records.store.database import transaction
from induction.rules.induction import Induction, Part, Required, Stage, Standing
from induction.rules.roles import Role
from tests.records.making import (
    COURSE,
    LESSONS,
    NOW,
    TODAY,
    complete,
    finish,
    make_so,
    publish,
    save_answer,
    start_attempt,
)

WANTED = Required(tuple(LESSONS))


def asked(db, work):
    """The SELECTs that `work` sends, in this thread."""
    sent = []
    raw = db.connection().conn
    raw.set_trace_callback(sent.append)
    work()
    raw.set_trace_callback(None)
    return sent


def plans(db, work):
    """How SQLite goes about them."""
    return [row["detail"] for sql in asked(db, work) for row in db.rows(f"explain query plan {sql}")]


def test_progress_of_each_of_several_people(db, cast):
    with transaction(db):
        complete(db, cast.tess.id, "late-messages")
        start_attempt(db, cast.tess)
        complete(db, cast.sam.id, "")
        finish(db, start_attempt(db, cast.sam))
    found = standings.of_people(db, [cast.tess.id, cast.sam.id, cast.lou.id])
    begun, done = (COURSE, "friend-requests"), (COURSE, "late-messages")
    assert found == {
        cast.tess.id: standings.Done(frozenset([done]), frozenset([begun]), frozenset(), tried=True),
        cast.sam.id: standings.Done(frozenset(), frozenset(), frozenset([COURSE]), tried=True),
        cast.lou.id: standings.Done(frozenset(), frozenset(), frozenset()),
    }
    assert standings.done_and_begun(db, cast.tess.id) == ({done}, {begun})
    assert standings.of_people(db, []) == {}


def test_the_mentors_list_is_four_queries_that_search_and_never_scan(db, cast):
    def list_of(mentor):
        return standings.of_people(db, [person.id for person in people.teachers_of(db, mentor.id)])

    assert set(list_of(cast.max)) == {cast.tess.id}
    before = asked(db, lambda: list_of(cast.max))
    with transaction(db):
        for number in range(200):
            eve = people.add(db, Details(f"eve{number}@school.example", f"Eve {number}", Role.TEACHER, mentor_id=cast.nia.id), now=NOW)
            for _, lesson in LESSONS:
                complete(db, eve.id, lesson)
                start_attempt(db, eve, lesson)
    assert len(list_of(cast.nia)) == 201
    assert len(asked(db, lambda: list_of(cast.nia))) == len(before) == 4
    steps = plans(db, lambda: list_of(cast.nia))
    assert any("people_by_mentor" in step for step in steps)
    assert [step for step in steps if step.startswith("SCAN") and "json_each" not in step] == []
    # and a question without an index is seen to scan
    assert any(step.startswith("SCAN people") for step in plans(db, lambda: db.rows("select count(due) from people")))


def test_a_page_a_teacher_opens_never_scans(db, cast):
    works = [
        lambda: people.by_email(db, cast.tess.email),
        lambda: people.visible_teacher(db, cast.max.id, cast.tess.id, TODAY),
        lambda: deputies.teachers_seen(db, cast.max.id, TODAY),
        lambda: deputies.of_mentor(db, cast.max.id, TODAY),
        lambda: standings.done_and_begun(db, cast.tess.id),
        lambda: standings.waiting(db, cast.tess.id),
        lambda: completions.of_person(db, cast.tess.id),
        lambda: conversations.about(db, cast.tess.id),
        lambda: confidence.of_person(db, cast.tess.id),
        lambda: lessons_opened.known(db, cast.tess.id, *LESSONS[0]),
        lambda: scenarios_put_off.of_attempt(db, 1),
        lambda: scenarios_put_off.of_person(db, cast.tess.id),
        lambda: shares.attempts_of(db, cast.tess.id),
    ]
    for work in works:
        assert [step for step in plans(db, work) if step.startswith("SCAN")] == []


def test_the_policy_is_a_part_of_the_induction_until_it_is_read_or_the_course_was_done(db, cast):
    required = Required(tuple(LESSONS), asks_for=1)
    with transaction(db):
        publish(db, {}, cast.lou)
        for person in (cast.tess, cast.sam, cast.nia):
            for _, lesson in LESSONS:
                complete(db, person.id, lesson)
        acknowledgements.acknowledge(db, Signed(cast.tess.id, 1, versions.now(db).sha256, "Tess", NOW))
        complete(db, cast.nia.id, "")
    found = {each.person.name: each.standing for each in standings.overview(db, required, TODAY).people}
    assert found["Tess Okafor"] is found["Nia Évans"] is Standing.COMPLETE
    assert found["Sam Price"] is Standing.ON_TRACK
    learnt = standings.of_people(db, [cast.tess.id, cast.sam.id])
    assert (learnt[cast.tess.id].acknowledged, learnt[cast.sam.id].acknowledged) == (1, 0)


def test_a_course_given_by_name_stands_in_place_of_the_others(db, cast):
    short = ("in-ten-minutes", "the-essentials")
    required = Required(tuple(LESSONS), {"in-ten-minutes": (short,)})
    with transaction(db):
        people.update(db, cast.tess.id, course="in-ten-minutes", now=NOW)
        people.update(db, cast.nia.id, course="a-course-that-is-gone", now=NOW)
        complete(db, cast.tess.id, short[1], course=short[0])
        complete(db, cast.sam.id, short[1], course=short[0])
        for _, lesson in LESSONS:
            complete(db, cast.nia.id, lesson)
    found = {each.person.name: each.standing for each in standings.overview(db, required, TODAY).people}
    assert found["Tess Okafor"] is Standing.COMPLETE
    assert found["Sam Price"] is Standing.ON_TRACK
    assert found["Nia Évans"] is Standing.COMPLETE


@pytest.mark.parametrize("days", [None, -30, -1, 0, 1, 7, 8, 60])
@pytest.mark.parametrize("done", [0, 2, 3])
def test_the_overview_says_what_the_rule_says(db, cast, days, done):
    due = None if days is None else TODAY + timedelta(days=days)
    with transaction(db):
        make_so(db, cast.tess, due=due, mentor_id=None)
        for other in (cast.sam, cast.max, cast.nia, cast.lou):
            make_so(db, other, active=False)
        for _, lesson in LESSONS[:done]:
            complete(db, cast.tess.id, lesson)
        complete(db, cast.tess.id, "a-lesson-that-was-taken-out")
        complete(db, cast.tess.id, LESSONS[0][1], course="another-course")
        db.execute(
            "insert into versions select ?, kind, text || ' ', kept_at from versions", ["1" * 64]
        )
        if done:  # a lesson done in two versions is done once
            complete(db, cast.tess.id, LESSONS[0][1], version="1" * 64)
    parts = [Part(lesson, Stage.DONE if number < done else Stage.TO_DO) for number, lesson in enumerate(LESSONS)]
    expected = Induction(tuple(parts), None, due).standing(TODAY)
    found = standings.overview(db, WANTED, TODAY)
    assert found.people == (standings.StandingPerson(people.find(db, cast.tess.id), expected),)
    assert found.counts == {each: int(each is expected) for each in Standing}


def test_complete_is_who_has_done_every_lesson_and_not_the_last_alone(db, cast):
    with transaction(db):
        publish(db, {}, cast.lou)
        complete(db, cast.tess.id, LESSONS[-1][1])
        for _, lesson in LESSONS:
            complete(db, cast.sam.id, lesson)
        acknowledgements.acknowledge(db, Signed(cast.nia.id, 1, versions.now(db).sha256, "Nia", NOW))

    def are_complete(required):
        return {each.person.name for each in standings.overview(db, required, TODAY, standing=Standing.COMPLETE).people}

    assert are_complete(WANTED) == {"Sam Price"}
    assert are_complete(Required((), asks_for=1)) == {"Nia Évans"}, "where the policy is all there is to do"


def test_the_overview_begins_with_the_most_urgent_and_goes_by_page(db, cast):
    due = {
        cast.sam: date(2026, 11, 20), cast.tess: date(2026, 11, 23), cast.max: date(2026, 11, 30),
        cast.lou: date(2027, 1, 8), cast.nia: None,
    }
    with transaction(db):
        for person, day in due.items():
            people.update(db, person.id, due=day, now=NOW)
        for _, lesson in LESSONS:
            complete(db, cast.sam.id, lesson)

    def names(page):
        return [shown.person.name.split()[0] for shown in page.people]

    whole = standings.overview(db, WANTED, TODAY)
    assert names(whole) == ["Tess", "Max", "Lou", "Nia", "Sam"]
    assert [shown.standing for shown in whole.people] == [
        Standing.OVERDUE, Standing.DUE_SOON, Standing.ON_TRACK, Standing.ON_TRACK, Standing.COMPLETE,
    ]
    assert (whole.count, whole.page, whole.pages) == (5, 1, 1)
    for asked_for, page in ((2, 2), (3, 3), (99, 3)):
        part = standings.overview(db, WANTED, TODAY, page=asked_for, per_page=2)
        assert (names(part), part.page, part.pages) == (names(whole)[2 * page - 2 : 2 * page], page, 3)
        assert part.counts == whole.counts
    found = standings.overview(db, WANTED, TODAY, search="évans")
    assert (names(found), found.count, found.counts) == (["Nia"], 1, whole.counts)
    chosen = standings.overview(db, WANTED, TODAY, standing=Standing.ON_TRACK)
    assert (names(chosen), chosen.count) == (["Lou", "Nia"], 2)
    nobody = standings.overview(db, WANTED, TODAY, search="nobody", page=4)
    assert (names(nobody), nobody.count, nobody.page, nobody.pages) == ([], 0, 1, 1)
    assert standings.overview(db, Required(()), TODAY).counts[Standing.COMPLETE] == 0


def test_the_overview_asks_the_same_however_many_lessons_there_are(db, cast):
    many = [(COURSE, f"lesson-{number}") for number in range(50)]
    few = asked(db, lambda: standings.overview(db, WANTED, TODAY))
    assert len(few) == len(asked(db, lambda: standings.overview(db, Required(tuple(many)), TODAY))) == 3
    steps = plans(db, lambda: standings.overview(db, Required(tuple(LESSONS[:2])), TODAY))
    assert any(step.startswith("SEARCH c ") and step.count("=?") == 3 for step in steps)


def test_the_overview_is_counted_again_once_somebody_has_learnt_or_changed(db, cast):
    required = Required(tuple(LESSONS), asks_for=1)
    with transaction(db):
        publish(db, {}, cast.lou)

    def counts():
        return [standings.overview(db, required, TODAY).counts[each] for each in (Standing.COMPLETE, Standing.OVERDUE)]

    assert counts() == [0, 0] and len(asked(db, counts)) == 4, "unchanged: the page of people, and whether anything is new"
    with transaction(db):
        for _, lesson in LESSONS:
            complete(db, cast.tess.id, lesson)
    assert counts() == [0, 0]
    with transaction(db):
        acknowledgements.acknowledge(db, Signed(cast.tess.id, 1, versions.now(db).sha256, "Tess", NOW))
    assert counts() == [1, 0]
    with transaction(db):
        people.update(db, cast.sam.id, due=TODAY - timedelta(days=1), now=NOW)
        assert counts() == [1, 1], "in the middle of a change too"
    assert counts() == [1, 1]


def test_what_was_undone_is_not_remembered(db, cast):
    with pytest.raises(ZeroDivisionError), transaction(db):
        complete(db, cast.tess.id, "late-messages")
        assert standings.lesson_figures(db) == {(COURSE, "late-messages"): (1, 0)}
        raise ZeroDivisionError
    with transaction(db):
        complete(db, cast.tess.id, "friend-requests")
    assert standings.lesson_figures(db) == {(COURSE, "friend-requests"): (1, 0)}


def test_figures_of_lessons_count_active_people_once(db, cast):
    with transaction(db):
        for person in (cast.tess, cast.sam, cast.ana):
            complete(db, person.id, "late-messages")
        start_attempt(db, cast.tess, "late-messages")  # done already, and trying again
        start_attempt(db, cast.max, "late-messages")
        start_attempt(db, cast.max)
        start_attempt(db, cast.ana)
    assert standings.lesson_figures(db) == {(COURSE, "late-messages"): (2, 1), (COURSE, "friend-requests"): (0, 1)}


def answered(
    db, ratings, scenario="sunday-night", people_who="eve", came=NOW - timedelta(days=30), role=Role.TEACHER, signed_in=True,
    finished=True,
):
    """Each of these ratings, by somebody else each, as a first answer; and a later scene that doesn't count."""
    with transaction(db):
        for number, rating in enumerate(ratings):
            email = f"{people_who}{number}@school.example"
            eve = people.by_email(db, email) or people.add(db, Details(email, "Eve", role), now=came)
            if signed_in:
                sessions.start(db, eve.id, device="a browser", now=NOW)
            attempt = start_attempt(db, eve, drawn=(scenario,))
            save_answer(db, attempt, 1, rating, scenario=scenario, scene=scenario)
            save_answer(db, attempt, 2, Rating.BREACH, scenario=scenario, scene="reply")
            if finished:
                finish(db, attempt, 0, passed=False)


def misjudged(db, **more):
    return standings.misjudged(db, NOW, **more)


def test_what_staff_misjudge_is_told_from_ten_people_up(db, cast):
    answered(db, [Rating.POOR] * 9)
    assert misjudged(db) == []
    answered(db, [Rating.POOR] * 9)  # the same nine again are nine
    assert misjudged(db) == []
    answered(db, [Rating.BEST], people_who="ivy")
    counts = {Rating.BEST: 1, Rating.FINE: 0, Rating.POOR: 18, Rating.BREACH: 0}
    assert misjudged(db) == [standings.Misjudged(COURSE, "friend-requests", "sunday-night", counts, 10)]
    answered(db, [Rating.FINE] * 12, "nobody-fails")
    answered(db, [Rating.BREACH] * 12, "everybody-fails")
    assert [each.scenario for each in misjudged(db)] == ["everybody-fails", "sunday-night"]
    assert [each.scenario for each in misjudged(db, limit=1)] == ["everybody-fails"]


@pytest.mark.parametrize(
    "invented",
    [
        {"came": NOW - timedelta(days=6, hours=23)}, {"role": Role.LEAD}, {"signed_in": False}, {"finished": False},
    ],
    ids=["this week's", "leads", "who never came", "who only began"],
)
def test_invented_staff_do_not_make_up_ten_people(db, cast, invented):
    """Nine who are invented round one colleague would tell that colleague's answers."""
    answered(db, [Rating.POOR], people_who="colleague")
    answered(db, [Rating.POOR] * 9, people_who="invented", **invented)
    assert misjudged(db) == []
    answered(db, [Rating.POOR] * 9)
    [told] = misjudged(db)
    assert (told.people, sum(told.counts.values())) == (10, 10), "nor do their answers count"


def test_who_has_left_is_counted(db, cast):
    answered(db, [Rating.POOR] * 10)
    with transaction(db):
        for number in range(5):
            people.deactivate(db, people.by_email(db, f"eve{number}@school.example").id, now=NOW)
    assert len(misjudged(db)) == 1


def test_what_was_misjudged_long_ago_is_not_told(db, cast):
    answered(db, [Rating.POOR] * 10, "long-ago")
    assert len(misjudged(db)) == 1
    with transaction(db):
        attempt = start_attempt(db, cast.tess)
        for step in range(standings.RECENT_ANSWERS):
            save_answer(db, attempt, step + 1)
    assert misjudged(db) == []


def test_a_conversation_is_noted_once_for_a_page(db, cast):
    def note(key, day, themes):
        with transaction(db):
            return conversations.record(
                db, teacher_id=cast.tess.id, mentor_id=cast.max.id, held_on=day, themes=themes, key=key, now=NOW
            )

    assert note("key-of-the-first-page", date(2026, 11, 20), ["friend-requests", "late-messages"])
    assert not note("key-of-the-first-page", date(2026, 11, 21), [])
    assert note("key-of-another-page", date(2026, 11, 23), [])
    later, first = conversations.about(db, cast.tess.id)
    assert (later.held_on, later.themes) == (date(2026, 11, 23), ())
    assert (first.held_on, first.themes, first.mentor_name) == (
        date(2026, 11, 20), ("friend-requests", "late-messages"), "Max Reid",
    )
    assert conversations.about(db, cast.sam.id) == []
