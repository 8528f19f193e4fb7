"""Reminders and the week's letter, planned against a real database with a clock that is moved: each letter once."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from induction.records.people import people
from induction.records.people.person import Details
from induction.records.progress import reminded
from induction.records.store.columns import moment, moment_text
from induction.records.store.database import transaction
from induction.rules import calendar
from induction.rules.calendar import DayOfYear
from induction.rules.cycles import Cycle
from induction.rules.letters import LetterKind
from induction.rules.reminders import Reminder
from induction.rules.roles import Role
from induction.rules.sending_days import Holiday, hours
from induction.services import course_cycles, deputies, letters, reminder_words, reminders, school_days
from induction.services.course_cycles import Wanted
from induction.services.deputies import Stand
from tests.records.making import NOW, complete

ADDRESS = "https://induction.school.example"
SECRET = "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$c29tZWhhc2g"


@pytest.fixture
def school(db, cast, programmes):
    """The cast with passwords, in a school with mail."""
    letters.set_up_office(db, ADDRESS, True)
    with transaction(db):
        for person in (cast.tess, cast.max, cast.nia, cast.sam, cast.lou):
            people.set_password(db, person.id, SECRET, now=NOW)
    return School(db, programmes)


class School:
    def __init__(self, db, programmes):
        self.db, self.programmes = db, programmes

    def plan(self, moment: datetime) -> int:
        return reminders.plan(self.db, self.programmes.current(), moment)

    def play(self, first: str, last: str, hours=(1, 7, 12, 17, 22)) -> None:
        """Plan at some hours of each day, by UTC."""
        day = date.fromisoformat(first)
        while day <= date.fromisoformat(last):
            for hour in hours:
                self.plan(datetime(day.year, day.month, day.day, hour, 31, tzinfo=UTC))
            day += timedelta(days=1)

    def letters(self, person=None) -> list[dict]:
        rows = self.db.rows(
            "select l.*, p.name from letters l join people p on p.id = l.person where ifnull(l.person = ?, 1) order by l.id",
            [person and person.id],
        )
        return [{**row, "day": calendar.local(moment(row["written_at"])).date().isoformat()} for row in rows]

    def subjects(self, person) -> list[str]:
        return [f"{each['day'][5:]} {each['subject']}" for each in self.letters(person)]

    def wanted(self, letter: dict, now: datetime) -> bool:
        kind = LetterKind(letter["kind"])
        return reminders.still_wanted(self.db, self.programmes.current(), kind, letter["person"], letter["key"], now)

    def finish(self, person) -> None:
        with transaction(self.db):
            for course, lesson in self.programmes.current().required.everyone:
                complete(self.db, person.id, lesson, course=course)
            for course in self.programmes.current().courses_of(None):
                complete(self.db, person.id, "", course=course.slug)

    def change(self, person, **changes) -> None:
        with transaction(self.db):
            people.update(self.db, person.id, now=NOW, **changes)


def at(day: str, hour: int = 8) -> datetime:
    return datetime.fromisoformat(f"{day}T{hour:02}:00:00").replace(tzinfo=UTC)


def test_somebody_with_a_date_is_reminded_until_they_finish(school, cast):
    school.play("2026-11-25", "2026-12-15")
    assert school.subjects(cast.tess) == [
        "11-27 Your induction is to be done by Friday 4 December",
        "12-03 Your induction is to be done by Friday 4 December",
        "12-04 Your induction is to be done today",
        "12-07 Your induction was to be done by Friday 4 December",
        "12-14 Your induction was to be done by Friday 4 December",
    ]
    school.finish(cast.tess)
    school.play("2026-12-16", "2027-01-31")
    assert len(school.subjects(cast.tess)) == 5


def test_the_words_say_what_is_left_and_the_way_in(school, cast):
    school.plan(at("2026-11-27"))
    [letter] = school.letters(cast.tess)
    left = len(school.programmes.current().required.everyone)
    assert letter["words"].startswith(
        f"Hello Tess,\n\nYour induction is to be done by Friday 4 December, in 7 days. {left} lessons are left: about"
    )
    assert f"Your induction is here:\n{ADDRESS}\n\nour school" in letter["words"]
    assert letter["why"] == "you have an induction to do"
    assert letter["reply_to"] == cast.max.email
    assert (letter["not_before"], letter["not_after"]) == ("2026-11-27T08:00:00.000000Z", "2026-11-27T18:00:00.000000Z")


def test_who_never_opened_the_invitation_is_told_how_to_get_in(school, cast):
    with transaction(school.db):
        school.db.execute("update people set last_seen_at = null where id = ?", [cast.tess.id])
        new = people.add(school.db, Details("ida@school.example", "Ida Berg", Role.TEACHER, cast.max.id), now=NOW)
    school.play("2026-11-30", "2026-12-04")
    [letter] = school.letters(new)
    assert "You have been here for a week or more, and you have not begun." in letter["words"]
    assert f"ask for another here, with the address that this letter came to:\n{ADDRESS}/forgotten" in letter["words"]


def test_a_mentor_hears_once_a_day_of_all_who_were_reminded_and_reads_what_was_written(school, cast):
    school.change(cast.sam, mentor_id=cast.max.id, due=date(2026, 12, 1))
    school.change(cast.tess, due=date(2026, 12, 1))
    school.play("2026-12-02", "2026-12-02")
    [letter] = school.letters(cast.max)
    assert letter["subject"] == "Sam Price and Tess Okafor were reminded today"
    assert letter["kind"] == "reminded" and letter["why"] == "you are their mentor"
    assert (
        "2 of your teachers are past their date and were reminded today:\n– Sam Price: the date was Tuesday 1 December, yesterday."
    ) in letter["words"]
    assert "To Tess Okafor we wrote:\n> Hello Tess,\n> Your induction was to be done by Tuesday 1 December, yesterday." in letter["words"]
    assert "Max Reid, your mentor, has been told too." in letter["words"]
    assert school.letters(cast.nia) == []


def test_on_mondays_it_is_part_of_the_weeks_letter(school, cast):
    school.play("2026-12-07", "2026-12-07")
    [letter] = school.letters(cast.max)
    assert letter["kind"] == "digest"
    assert "Tess Okafor is past the date and was reminded today" in letter["words"]
    [letter] = school.letters(cast.lou)
    assert letter["subject"] == "This week: two people need a word"
    assert (
        "In the whole school two people need a word:\n– Tess Okafor: three days past the date; has not begun\n"
        "– Sam Price: has not begun; no date"
    ) in letter["words"]
    assert f"{ADDRESS}/school/overview" in letter["words"]


@pytest.mark.parametrize("another", [False, True])
def test_the_weeks_letter_says_who_finished_and_none_goes_for_that_alone(school, cast, another):
    with transaction(school.db):
        for course, lesson in school.programmes.current().required.everyone:
            complete(school.db, cast.tess.id, lesson, course=course, completed_at=at("2026-12-03"))
        complete(school.db, cast.tess.id, "", course=course, completed_at=at("2026-12-03"))
    if another:
        school.change(cast.sam, mentor_id=cast.max.id)
    school.play("2026-12-07", "2026-12-13")
    found = school.letters(cast.max)
    if another:
        [letter] = found
        assert letter["subject"] == "This week: one person needs a word"
        assert "Finished in the last week:\n– Tess Okafor, on Thursday 3 December" in letter["words"]
        assert "Waiting for your sign-off, once you have talked it through:\n– Tess Okafor" in letter["words"]
    else:
        assert found == [], "that somebody has finished is a letter of its own, on the day"


def test_it_goes_on_the_first_sending_day_of_a_week(school, cast):
    school_days.enter(school.db, "england", [Holiday("Closed", date(2026, 12, 7), date(2026, 12, 8))], by=cast.lou.id, now=NOW)
    school.play("2026-12-05", "2026-12-11")
    assert [each["day"] for each in school.letters(cast.lou)] == ["2026-12-09"]


def test_a_mentor_who_is_overdue_themselves_gets_one_letter_with_all_of_it(school, cast):
    school.change(cast.max, due=date(2026, 12, 4))
    school.play("2026-12-07", "2026-12-07")
    [letter] = school.letters(cast.max)
    assert letter["words"].startswith("Hello Max,\n\nYour induction was to be done by Friday 4 December")
    assert "Tess Okafor is past the date" in letter["words"]
    assert letter["why"] == "you have an induction to do and you are a mentor"


def test_who_stands_in_hears_of_the_teachers_in_the_weeks_letter(school, cast):
    deputies.name_deputy(school.db, cast.max.id, Stand(cast.nia.id, date(2026, 12, 1)), saw=0, by=cast.lou.id, now=NOW)
    school.play("2026-12-07", "2026-12-07")
    [letter] = school.letters(cast.nia)
    assert "– Tess Okafor: three days past the date" in letter["words"]


def test_without_mail_nothing_is_written_and_later_only_what_is_true_then(school, cast):
    letters.set_up_office(school.db, ADDRESS, False)
    school.play("2026-11-25", "2026-12-09")
    assert school.letters() == [] and reminded.on(school.db, date(2026, 12, 7)) == []
    letters.set_up_office(school.db, ADDRESS, True)
    school.play("2026-12-10", "2026-12-11")
    assert school.subjects(cast.tess) == ["12-10 Your induction was to be done by Friday 4 December"]


def test_a_year_played_through_is_quiet_when_it_should_be_and_says_each_thing_once(school, cast):
    closed = [
        Holiday("Christmas", date(2026, 12, 21), date(2027, 1, 1)), Holiday("Half term", date(2027, 2, 15), date(2027, 2, 19)),
        Holiday("Easter", date(2027, 3, 29), date(2027, 4, 9)), Holiday("Summer", date(2027, 7, 22), date(2027, 9, 1)),
    ]
    school_days.enter(school.db, "england", closed, by=cast.lou.id, now=NOW)
    school.play("2026-11-24", "2027-11-24", hours=(0, 5, 6, 7, 12, 16, 17, 18, 23))
    all_of_them = school.letters()
    days = school_days.sending_days(school.db, "england")
    assert len(all_of_them) > 100
    for each in all_of_them:
        opens, closes = hours(date.fromisoformat(each["day"]))
        assert opens <= moment(each["written_at"]) < closes == moment(each["not_after"]), each
        assert days.sends(date.fromisoformat(each["day"])), each
    assert set(Counter((each["person"], each["day"]) for each in all_of_them).values()) == {1}
    overdue = [date.fromisoformat(each["day"]) for each in school.letters(cast.tess)][3:]
    assert all((after - before).days >= 7 for before, after in zip(overdue, overdue[1:], strict=False))
    assert len(overdue) == 40  # Mondays, then the days that bank holidays and holidays moved it to


def test_two_01_30s_in_october_and_the_lost_hour_in_march_change_nothing(school, cast):
    school.change(cast.tess, due=date(2027, 10, 29))
    for hour in (0, 1, 2):
        assert school.plan(datetime(2027, 10, 31, hour, 30, tzinfo=UTC)) == 0
    assert school.plan(datetime(2027, 11, 1, 6, 59, tzinfo=UTC)) == 0  # winter: 6.59 at the school
    assert school.plan(datetime(2027, 11, 1, 7, 0, tzinfo=UTC)) > 0
    assert school.subjects(cast.tess) == ["11-01 Your induction was to be done by Friday 29 October"]
    school.change(cast.sam, due=date(2028, 3, 24))
    assert school.plan(datetime(2028, 3, 27, 5, 59, tzinfo=UTC)) == 0  # summer: 6.59 at the school
    assert school.plan(datetime(2028, 3, 27, 6, 0, tzinfo=UTC)) > 0


def test_asleep_for_a_year_each_person_gets_one_letter(school, cast):
    school.play("2027-11-25", "2027-11-25")
    assert Counter(each["name"] for each in school.letters()) == {"Tess Okafor": 1, "Max Reid": 1}


def test_two_servers_that_plan_at_once_write_each_letter_once(school, cast):
    now = at("2026-12-07")
    first = reminders.Day(school.db, school.programmes.current(), school_days.sending_days(school.db, "england"), now, ADDRESS)
    prepared = list(first.letters())
    assert prepared and school.plan(now) == len(prepared)
    with transaction(school.db):
        assert [reminders._write(school.db, each, now.date(), now) for each in prepared] == [False] * len(prepared)
    assert len(school.letters()) == len(prepared)


def test_who_was_stopped_in_the_middle_goes_on_where_it_was(school, cast):
    now = at("2026-12-08")
    school.change(cast.sam, mentor_id=cast.max.id, due=date(2026, 12, 4))
    day = reminders.Day(school.db, school.programmes.current(), school_days.sending_days(school.db, "england"), now, ADDRESS)
    first = next(each for each in day.letters() if each.person.id == cast.tess.id)
    with transaction(school.db):
        assert reminders._write(school.db, first, now.date(), now)
    school.play("2026-12-08", "2026-12-08")
    assert [each["name"] for each in school.letters()] == ["Tess Okafor", "Max Reid", "Sam Price"]
    assert "Tess Okafor: the date was" in school.letters(cast.max)[0]["words"]


def test_one_that_is_switched_off_does_not_go_and_own_words_do(school, cast):
    def choose(which, goes, words):
        reminder_words.choose(school.db, which, goes=goes, words=words, saw=0, by=cast.lou.id, now=NOW)

    choose(Reminder.WEEK, False, "x")
    choose(Reminder.EVE, True, "Dear {first name},\n\n**One day** is left. {what is left}\n\n- [our page](https://school.example/new)")
    school.play("2026-11-25", "2026-12-03")
    [letter] = school.letters(cast.tess)
    assert letter["day"] == "2026-12-03"
    assert letter["words"].startswith("Dear Tess,\n\n*One day* is left. ")
    assert "– our page\nhttps://school.example/new\n\nYour induction is here:" in letter["words"]


@pytest.mark.parametrize(
    "what",
    ["finished", "left", "date moved", "holiday", "switched off", "another day"],
)
def test_a_letter_that_no_longer_holds_is_not_wanted(school, cast, what):
    school.plan(at("2026-11-27"))
    [letter] = school.letters(cast.tess)
    now = at("2026-11-27", 9)
    assert school.wanted(letter, now)
    if what == "finished":
        school.finish(cast.tess)
    elif what == "left":
        with transaction(school.db):
            people.deactivate(school.db, cast.tess.id, now=now)
    elif what == "date moved":
        school.change(cast.tess, due=date(2026, 12, 18))
    elif what == "holiday":
        school_days.enter(school.db, "england", [Holiday("Snow", now.date(), now.date())], by=cast.lou.id, now=now)
    elif what == "switched off":
        reminder_words.choose(school.db, Reminder.WEEK, goes=False, words="x", saw=0, by=cast.lou.id, now=NOW)
    assert not school.wanted(letter, at("2026-11-30", 7) if what == "another day" else now)


def test_what_a_mentor_was_to_hear_is_not_wanted_once_everybody_has_finished(school, cast):
    school.play("2026-12-08", "2026-12-08")
    [letter] = school.letters(cast.max)
    assert letter["kind"] == "reminded" and school.wanted(letter, at("2026-12-08", 9))
    school.finish(cast.tess)
    assert not school.wanted(letter, at("2026-12-08", 9))


def test_the_second_september_brings_its_own_series(school, cast):
    school.finish(cast.tess)
    programme = school.programmes.current()
    for course in programme.courses_of(None):
        wanted = Wanted(Cycle(every=DayOfYear(9, 1), weeks=6), frozenset(), course_cycles.said(school.db, course))
        course_cycles.change(school.db, programme, course, wanted, by=cast.lou.id, now=at("2026-12-10"))
    school.play("2027-08-23", "2027-10-14")
    assert school.subjects(cast.tess) == [
        "09-08 Your induction at our school",
        "10-06 Your induction is to be done by Wednesday 13 October",
        "10-12 Your induction is to be done by Wednesday 13 October",
        "10-13 Your induction is to be done today",
        "10-14 Your induction was to be done by Wednesday 13 October",
    ]
    words = school.letters(cast.tess)[0]["words"]
    assert "Your induction came round again on Wednesday 1 September, and you have not begun." in words


def test_nothing_goes_before_somebodys_first_day_and_after_their_last(school, cast):
    school.change(cast.tess, due=date(2026, 12, 11), starts=date(2026, 12, 7), ends=date(2026, 12, 14))
    school.play("2026-11-25", "2027-01-31")
    assert school.subjects(cast.tess) == [
        "12-10 Your induction is to be done by Friday 11 December",
        "12-11 Your induction is to be done today",
        "12-14 Your induction was to be done by Friday 11 December",
    ]


def drop(school, person) -> None:
    """As the outbox does with what is too late, or no longer wanted."""
    with transaction(school.db):
        school.db.execute(
            "update letters set state = 'dropped', words = null, done_at = ? where person = ? and state = 'waiting'",
            [moment_text(NOW), person.id],
        )


def test_what_could_not_go_on_its_day_goes_on_the_next_while_it_is_true(school, cast):
    school.play("2026-11-27", "2026-11-27")
    drop(school, cast.tess)  # the mail server was down all day
    school.play("2026-11-28", "2026-12-01")
    assert school.subjects(cast.tess) == [f"{day} Your induction is to be done by Friday 4 December" for day in ("11-27", "11-30")]
    assert [each["day"] for each in reminded.told_of(school.db, cast.tess.id)] == ["2026-11-30"]
    school.play("2026-12-02", "2026-12-07")
    drop(school, cast.tess)
    school.play("2026-12-08", "2026-12-08")
    assert school.subjects(cast.tess)[-1] == "12-08 Your induction was to be done by Friday 4 December"


def test_another_kind_of_letter_is_none_of_ours(school, cast):
    assert reminders.still_wanted(school.db, school.programmes.current(), LetterKind.INVITATION, cast.tess.id, "invitation 3", NOW)


def test_who_mentors_is_reminded_only_where_they_have_an_induction_to_do(school, cast):
    school.play("2026-11-25", "2026-12-18")
    assert [(each["day"], each["kind"]) for each in school.letters(cast.nia)] == [("2026-12-07", "digest"), ("2026-12-14", "digest")]
    assert [each["kind"] for each in school.letters(cast.lou)] == ["digest", "digest", "digest"]
