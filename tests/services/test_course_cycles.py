"""Courses that come round, from what a lead says to what is asked, done and kept, with the clock moved on."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from induction.records import exports, own_record
from induction.records.people import people, staff_groups
from induction.records.progress import completions, groups, people_to_see_to
from induction.records.progress.people_to_see_to import Need
from induction.records.store.database import transaction
from induction.rules.calendar import DayOfYear
from induction.rules.cycles import Cycle
from induction.rules.groups import Group
from induction.rules.induction import Begins, Stage, Standing
from induction.services import course_cycles as deeds
from induction.services import lesson_figures, progress
from induction.services.course_cycles import ChangedMeanwhile, NoSuchGroup, Wanted
from tests.records.making import complete
from tests.records.test_standings import asked
from tests.services.taking import Taker

SHORT, LESSON = "boundaries-in-ten-minutes", "the-essentials"
EVERY_SEPTEMBER = Cycle(every=DayOfYear(9, 1), joined_by=DayOfYear(5, 1), weeks=6)


def at(text, hour=10):
    return datetime.fromisoformat(text).replace(hour=hour, tzinfo=ZoneInfo("Europe/London"))


def say(db, programmes, cycle, when, groups=(), course=SHORT):
    programme = programmes.current()
    of = programme.library.courses[course]
    wanted = Wanted(cycle, frozenset(groups), deeds.said(db, of))
    return deeds.change(db, programme, of, wanted, by=None, now=at(when))


def group_of(db, name, *people_ids, when="2026-11-25"):
    with transaction(db):
        made = staff_groups.add(db, name, by=None, now=at(when))
        for each in people_ids:
            staff_groups.put(db, each, made, True, by=None, now=at(when))
    return made


def induction(db, programmes, person_id, today):
    """The same, asked in each of the ways."""
    programme, person = programmes.current(), people.find(db, person_id)
    day = date.fromisoformat(today)
    one = progress.of(db, programme, person, day).induction
    many = progress.of_many(db, programme, [person], day)[person_id]
    history = progress.history(db, programme, person, day).induction(programme, person)
    assert one == history
    assert (one.stages, one.policy, one.due, one.rounds, one.begun) == (many.stages, many.policy, many.due, many.rounds, many.begun)
    grouped = groups.groups(db, programme.required, day)
    [group] = [group for group, ids in grouped.items() if person_id in ids]
    expected = Group.COMPLETE if one.complete else Group.OVERDUE if one.standing(day) is Standing.OVERDUE else (
        Group.ON_THE_WAY if one.begun else Group.NOT_BEGUN)
    assert group is expected, "the overview counts as the rules say"
    _, needs = people_to_see_to.find(db, programme.required, day)
    assert (person_id in needs[Need.OVERDUE]) is (one.standing(day) is Standing.OVERDUE)
    assert (person_id in needs[Need.NO_DATE]) is (one.due is None and not one.complete)
    return one


def taker(db, programmes, person_id, when):
    return Taker(db, programmes.current(), person_id, at(when))


def take(db, programmes, person_id, when, **more):
    return taker(db, programmes, person_id, when).take(LESSON, SHORT, **more)


@pytest.fixture
def tess(db, cast):
    """Who is given the short course by name, to be done by 4 December 2026."""
    with transaction(db):
        people.update(db, cast.tess.id, course=SHORT, now=at("2026-11-25"))
    return cast.tess.id


def test_a_course_comes_round_and_its_history_is_kept(db, programmes, tess):
    say(db, programmes, EVERY_SEPTEMBER, "2026-11-29")
    assert induction(db, programmes, tess, "2026-12-01").due == date(2026, 12, 4)
    take(db, programmes, tess, "2026-12-04")
    assert induction(db, programmes, tess, "2027-08-31").complete
    first = completions.of_person(db, tess)

    asked = induction(db, programmes, tess, "2027-09-01")
    assert (asked.stages, asked.due, asked.begun) == ((Stage.TO_DO,), date(2027, 10, 13), False)
    assert asked.standing(date(2027, 9, 1)) is Standing.ON_TRACK
    assert induction(db, programmes, tess, "2027-10-14").standing(date(2027, 10, 14)) is Standing.OVERDUE
    [found] = asked.open_rounds
    assert (found.begins, found.before, found.complete) == (date(2027, 9, 1), date(2026, 12, 4), False)
    assert asked.lessons[0].begins_with is Begins.SCENARIOS and asked.lessons[0].reading == 0

    take(db, programmes, tess, "2027-09-20")
    done = induction(db, programmes, tess, "2027-09-20")
    assert done.complete and done.round_of(SHORT).complete and done.due == date(2027, 10, 13)
    kept = completions.of_person(db, tess)
    assert kept[:2] == first, "what was is kept as it was"
    assert [(each.lesson, each.round) for each in kept] == [
        (LESSON, None), ("", None), (LESSON, date(2027, 9, 1)), ("", date(2027, 9, 1)),
    ]
    assert kept[0].version == kept[2].version, "the same words, in another round"
    assert [row["round"] for row in exports.completions(db)] == ["", "", "2027-09-01", "2027-09-01"]
    assert induction(db, programmes, tess, "2028-09-01").round_of(SHORT).begins == date(2028, 9, 1)


def test_once_a_round_is_enough(db, programmes, tess):
    say(db, programmes, EVERY_SEPTEMBER, "2026-11-29")
    for when in ("2026-12-04", "2027-09-20", "2027-09-21"):
        take(db, programmes, tess, when)
    assert len(completions.of_person(db, tess)) == 4


def test_what_was_done_before_a_round_began_counts_for_the_round_before(db, programmes, tess):
    say(db, programmes, replace(EVERY_SEPTEMBER, joined_by=None), "2026-11-29")
    take(db, programmes, tess, "2026-12-04")
    opened = taker(db, programmes, tess, "2027-08-31")
    number = opened.begin(LESSON, SHORT)
    assert opened.send(number, opened.choice(number))
    begun = induction(db, programmes, tess, "2027-09-02")
    assert begun.stages == (Stage.BEGUN,), "a try that was begun before is gone on with"
    take(db, programmes, tess, "2027-09-02")
    assert induction(db, programmes, tess, "2027-09-02").complete


def test_a_try_of_long_ago_is_no_start_in_a_new_round(db, programmes, tess):
    say(db, programmes, EVERY_SEPTEMBER, "2026-11-29")
    take(db, programmes, tess, "2026-12-04")
    assert not induction(db, programmes, tess, "2027-09-10").begun
    take(db, programmes, tess, "2027-09-12", wisely=False)
    begun = induction(db, programmes, tess, "2027-09-13")
    assert begun.begun and not begun.complete
    programme = programmes.current()
    [part] = progress.of(db, programme, people.find(db, tess), date(2027, 9, 13)).induction.lessons
    assert part.begins_with is Begins.READING_AGAIN and part.reading > 0, "an unwise try opens its lesson"


def test_so_many_months_after_completion(db, programmes, tess):
    say(db, programmes, Cycle(months=12, weeks=4), "2026-11-29")
    take(db, programmes, tess, "2026-12-04")
    assert induction(db, programmes, tess, "2027-12-03").complete
    asked = induction(db, programmes, tess, "2027-12-04")
    assert (asked.complete, asked.due) == (False, date(2028, 1, 1))


def test_a_cycle_that_is_changed_or_ended_undoes_nothing(db, programmes, tess):
    say(db, programmes, EVERY_SEPTEMBER, "2026-11-29")
    take(db, programmes, tess, "2026-12-04")
    say(db, programmes, replace(EVERY_SEPTEMBER, weeks=12), "2027-09-20")
    assert induction(db, programmes, tess, "2027-09-21").due == date(2027, 11, 24), "more time"
    before = completions.of_person(db, tess)
    say(db, programmes, Cycle(), "2027-09-25")
    assert induction(db, programmes, tess, "2027-09-26").complete
    assert completions.of_person(db, tess) == before


def test_what_another_lead_said_meanwhile_is_not_overwritten_and_the_same_again_is_nothing(db, programmes):
    course = programmes.current().library.courses[SHORT]
    old = deeds.said(db, course)
    assert say(db, programmes, EVERY_SEPTEMBER, "2026-11-29")
    assert not deeds.change(db, programmes.current(), course, Wanted(EVERY_SEPTEMBER, frozenset(), old), by=None, now=at("2026-11-29"))
    with pytest.raises(ChangedMeanwhile):
        deeds.change(db, programmes.current(), course, Wanted(Cycle(), frozenset(), old), by=None, now=at("2026-11-29"))
    with pytest.raises(NoSuchGroup):
        say(db, programmes, EVERY_SEPTEMBER, "2026-11-29", groups=(99,))
    assert programmes.current().cycle(course) == EVERY_SEPTEMBER


# Courses given to groups


def test_a_course_that_is_given_to_a_group_is_asked_beside_the_others(db, cast, programmes):
    sam = cast.sam.id
    kitchen = group_of(db, "kitchen", sam)
    usual = induction(db, programmes, sam, "2026-11-29")
    say(db, programmes, Cycle(), "2026-11-29", groups=(kitchen,))
    asked = induction(db, programmes, sam, "2026-11-29")
    assert asked.lessons[: len(usual.lessons)] == usual.lessons
    assert [part.lesson for part in asked.lessons[len(usual.lessons) :]] == [(SHORT, LESSON)]
    assert len(induction(db, programmes, cast.tess.id, "2026-11-29").lessons) == len(usual.lessons), "and of nobody else"
    say(db, programmes, Cycle(), "2026-11-30", groups=())
    assert induction(db, programmes, sam, "2026-11-30") == usual


def test_who_is_given_it_by_name_and_in_a_group_is_asked_for_it_once(db, programmes, tess):
    kitchen = group_of(db, "kitchen", tess)
    say(db, programmes, Cycle(), "2026-11-29", groups=(kitchen,))
    asked = induction(db, programmes, tess, "2026-11-29")
    assert [part.lesson for part in asked.lessons] == [(SHORT, LESSON)] and asked.due == date(2026, 12, 4)


def test_nobody_is_late_overnight_with_what_their_group_is_given(db, cast, programmes):
    """Tess is due on 4 December 2026; in March she joins the kitchen."""
    kitchen = group_of(db, "kitchen")
    say(db, programmes, Cycle(), "2026-11-29", groups=(kitchen,))
    with transaction(db):
        for course in programmes.current().courses_of(None):
            for lesson in course.lessons:
                complete_lesson(db, cast.tess.id, course.slug, lesson.slug)
        staff_groups.put(db, cast.tess.id, kitchen, True, by=None, now=at("2027-03-01"))
    assert induction(db, programmes, cast.tess.id, "2027-03-02").due == date(2027, 4, 12)


def complete_lesson(db, person_id, course, lesson):
    complete(db, person_id, lesson, course=course, completed_at=at("2026-12-04"))


def test_who_leads_is_asked_for_what_their_group_is_given(db, cast, programmes):
    leads = group_of(db, "leads", cast.lou.id)
    day = date(2026, 11, 29)
    required = programmes.current().required
    assert cast.lou.id not in {each for ids in groups.groups(db, required, day).values() for each in ids}
    say(db, programmes, Cycle(), "2026-11-29", groups=(leads,))
    assert cast.lou.id in groups.groups(db, programmes.current().required, day)[Group.NOT_BEGUN]


def test_a_course_that_is_gone_asks_nothing_and_comes_back_with_its_group(db, cast, programmes):
    sam = cast.sam.id
    kitchen = group_of(db, "kitchen", sam)
    before = induction(db, programmes, sam, "2026-11-29")
    with transaction(db):
        staff_groups.give(db, "a-course-that-is-gone", kitchen, True, by=None, now=at("2026-11-29"))
    assert induction(db, programmes, sam, "2026-11-29") == before


def test_a_group_that_is_closed_asks_nothing(db, cast, programmes):
    kitchen = group_of(db, "kitchen", cast.sam.id)
    before = induction(db, programmes, cast.sam.id, "2026-11-29")
    say(db, programmes, Cycle(), "2026-11-29", groups=(kitchen,))
    with transaction(db):
        staff_groups.call(db, kitchen, "kitchen", closed=True, by=None, now=at("2026-11-30"))
    assert induction(db, programmes, cast.sam.id, "2026-11-30") == before


def test_two_courses_due_on_one_day_are_two_rounds_and_one_date(db, cast, programmes):
    usual = next(course.slug for course in programmes.current().courses_of(None))
    kitchen = group_of(db, "kitchen", cast.tess.id)
    say(db, programmes, EVERY_SEPTEMBER, "2026-11-29", groups=(kitchen,))
    say(db, programmes, EVERY_SEPTEMBER, "2026-11-29", course=usual)
    with transaction(db):
        for course in programmes.current().courses:
            for lesson in (*(each.slug for each in course.lessons), ""):
                complete_lesson(db, cast.tess.id, course.slug, lesson)
    assert induction(db, programmes, cast.tess.id, "2027-08-31").complete
    asked = induction(db, programmes, cast.tess.id, "2027-09-01")
    assert [each.due for each in asked.open_rounds] == [date(2027, 10, 13)] * 2 and asked.due == date(2027, 10, 13)
    take(db, programmes, cast.tess.id, "2027-09-20")
    left = induction(db, programmes, cast.tess.id, "2027-09-21")
    assert [each.course for each in left.open_rounds] == [usual] and left.due == date(2027, 10, 13)


def test_figures_are_those_of_the_round(db, cast, programmes):
    say(db, programmes, EVERY_SEPTEMBER, "2026-11-29", groups=(group_of(db, "kitchen", cast.tess.id, cast.sam.id, cast.ana.id),))
    take(db, programmes, cast.tess.id, "2026-12-04")
    take(db, programmes, cast.sam.id, "2027-06-04")

    def figures(today):
        programme = programmes.current()
        title = programme.library.courses[SHORT].lesson(LESSON).title
        [found] = [each for each in lesson_figures.figures(db, programme, 5, date.fromisoformat(today)) if each.title == title]
        return found.done, found.begun, found.to_do

    assert figures("2027-08-31") == (2, 0, 0), "Ana, who has left, is not counted"
    assert figures("2027-09-02") == (1, 0, 1), "Sam did it after 1 May"
    begun = taker(db, programmes, cast.tess.id, "2027-09-03")
    begun.begin(LESSON, SHORT)
    assert figures("2027-09-03") == (1, 1, 0)


def test_a_whole_staff_is_told_of_in_as_many_queries_as_one(db, cast, programmes):
    kitchen = group_of(db, "kitchen", cast.tess.id, cast.sam.id)
    say(db, programmes, EVERY_SEPTEMBER, "2026-11-29", groups=(kitchen,))
    for who in (cast.tess.id, cast.sam.id):
        take(db, programmes, who, "2026-12-04")
    programme, day = programmes.current(), date(2027, 9, 3)
    staff = people.here(db)
    progress.of_many(db, programme, staff, day)
    counts = {len(asked(db, lambda some=some: progress.of_many(db, programme, some, day))) for some in (staff[:1], staff)}
    assert counts == {5}
    assert len(asked(db, lambda: groups.groups(db, programme.required, day))) > 1
    assert len(asked(db, lambda: groups.groups(db, programme.required, day))) == 1, "asked once, and kept until something happens"


def test_a_round_is_in_the_record_of_whoever_did_it(db, programmes, tess):
    say(db, programmes, EVERY_SEPTEMBER, "2026-11-29")
    take(db, programmes, tess, "2026-12-04")
    take(db, programmes, tess, "2027-09-20")
    rounds = [each["round"] for each in own_record.of_person(db, tess)["completions"]]
    assert rounds == [None, None, "2027-09-01", "2027-09-01"]
    opened = [each.opening.at for each in completions.of_person(db, tess) if each.lesson]
    assert opened == [None, None], "without the reading, and it says so"
