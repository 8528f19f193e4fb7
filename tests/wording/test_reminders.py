"""The letters that remind, word for word."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from induction.rules.groups import Group
from induction.rules.induction import Induction, Part, Stage
from induction.rules.reminders import Reminder
from induction.rules.sending_days import Holiday
from induction.wording import digest, reminders, school_days
from induction.wording.digest import Needs
from induction.wording.reminders import About, Reminded

TODAY = date(2026, 12, 4)
LESSON = Part(("c", "l"), Stage.TO_DO, 6, 5, 5)
LEFT = Induction((LESSON, LESSON, Part(("c", "m"), Stage.DONE)), Stage.TO_DO, TODAY)
ABOUT = About("Tess", "Wrenfield School", LEFT, TODAY, "Max Adeyemi", True, TODAY, "https://x.example")


@pytest.mark.parametrize("reminder", Reminder)
def test_the_shipped_words_can_go(reminder):
    assert reminders.own_words(reminder, reminders.SHIPPED[reminder]).problems == ()
    assert set(reminders.GAPS[reminder]) <= set(reminders.GAPS_MEAN)


@pytest.mark.parametrize(
    ("reminder", "due", "subject", "says"),
    [
        (Reminder.NOT_BEGUN, None, "Your induction at Wrenfield School",
         "here for a week or more, and you have not begun. 2 lessons of 3 are left, and our policy to read: about 30 minutes.\n\n"),
        (Reminder.NOT_BEGUN, 21, "Your induction at Wrenfield School", "It is to be done by Friday 25 December.\n\n"),
        (Reminder.WEEK, 7, "Your induction is to be done by Friday 11 December", "by Friday 11 December, in 7 days. 2 lessons"),
        (Reminder.EVE, 1, "Your induction is to be done by Saturday 5 December", "by Saturday 5 December, tomorrow. 2 lessons"),
        (Reminder.EVE, 31, "Your induction is to be done by Monday 4 January 2027", "by Monday 4 January 2027, in 31 days."),
        (Reminder.DAY, 0, "Your induction is to be done today", "is to be done today, Friday 4 December."),
        (Reminder.OVERDUE, -1, "Your induction was to be done by Thursday 3 December", "by Thursday 3 December, yesterday."),
        (Reminder.OVERDUE, -8, "Your induction was to be done by Thursday 26 November", "Max Adeyemi, your mentor, has been told too."),
    ],
)  # fmt: skip
def test_what_each_says(reminder, due, subject, says):
    letter = reminders.reminder(reminder, None, replace(ABOUT, due=None if due is None else TODAY + timedelta(days=due)))
    assert letter.subject == subject and says in letter.words
    assert letter.words.startswith("Hello Tess,\n\n")
    assert letter.words.endswith("Your induction is here:\nhttps://x.example\n\nWrenfield School")
    assert "{" not in letter.words and "  " not in letter.words


def test_what_came_round_again_says_so():
    words = reminders.reminder(Reminder.NOT_BEGUN, None, replace(ABOUT, again=date(2026, 11, 27))).words
    assert "Your induction came round again on Friday 27 November, and you have not begun. 2 lessons" in words


def test_without_a_mentor_nobody_is_said_to_be_told():
    assert "told" not in reminders.reminder(Reminder.OVERDUE, None, replace(ABOUT, mentor="")).words


def test_who_never_opened_the_invitation_reads_how_to_get_in():
    words = reminders.reminder(Reminder.WEEK, None, replace(ABOUT, opened=False)).words
    assert "You begin with the personal link that you were sent" in words and "\nhttps://x.example/forgotten\n" in words
    assert "Your induction is here" not in words


def test_a_mentor_reads_who_and_what_was_written():
    told = [
        Reminded("Tess Okafor", date(2026, 12, 3), True, "Hello Tess,\n\nwords"),
        Reminded("Sam Price", TODAY - timedelta(days=8), False, "x"),
    ]
    assert reminders.reminded_paragraphs(told[:1], TODAY) == [
        "Tess Okafor is past the date and was reminded today: the date was Thursday 3 December, yesterday.",
        "A word from you does more than a letter: ask what is in the way.",
        "To Tess Okafor we wrote:\n> Hello Tess,\n> words",
    ]
    first = reminders.reminded_paragraphs(told, TODAY)[0]
    assert first == (
        "2 of your teachers are past their date and were reminded today:\n"
        "– Tess Okafor: the date was Thursday 3 December, yesterday.\n"
        "– Sam Price: the date was Thursday 26 November, 8 days ago, and the invitation was never opened."
    )
    assert reminders.reminded_subject(["Tess", "Sam"]) == "Tess and Sam were reminded today"
    many = reminders.reminded_paragraphs(told * 4, TODAY)
    assert len(many) == 6 and many[-1] == "The others were written to in the same words."


def test_the_weeks_letter():
    late = Needs("Tess Okafor", Group.OVERDUE, TODAY - timedelta(days=2), True, True)
    idle = Needs("Sam Price", Group.NOT_BEGUN, None, False, False)
    assert digest.for_mentor([late], [("Ida Berg", TODAY)], TODAY) == [
        "One of your teachers needs a word from you:\n– Tess Okafor: two days past the date",
        "Finished in the last week:\n– Ida Berg, on Friday 4 December",
    ]
    assert digest.for_lead([late, idle], ["1 note waits."], TODAY) == [
        "In the whole school two people need a word:\n– Tess Okafor: two days past the date\n"
        "– Sam Price: has not opened the invitation; no date",
        "What waits for you:\n– 1 note waits.",
    ]
    assert digest.for_mentor([], [], TODAY, ["Ida Berg"]) == ["Waiting for your sign-off, once you have talked it through:\n– Ida Berg"]
    assert digest.for_mentor([], [], TODAY) == digest.for_lead([], [], TODAY) == []
    assert digest.for_lead([idle] * 1200, [], TODAY)[0].endswith("– and 1,192 more")


@pytest.mark.parametrize(
    ("needs", "waits", "subject"),
    [
        (1, 3, "This week: one person needs a word"), (12, 0, "This week: 12 people need a word"),
        (0, 1, "This week: one thing waits for you"), (0, 3, "This week: three things wait for you"),
    ],
)  # fmt: skip
def test_what_the_weeks_letter_is_about(needs, waits, subject):
    assert digest.subject(needs, waits) == subject


def test_days_on_which_nothing_goes():
    half_term = Holiday("Half term", date(2027, 2, 15), date(2027, 2, 19))
    assert school_days.from_to(half_term.first, half_term.last, TODAY) == "Monday 15 February 2027 to Friday 19 February 2027"
    assert school_days.from_to(TODAY, TODAY, TODAY) == "Friday 4 December"
    assert school_days.became_one(half_term, [half_term], TODAY).startswith("It overlaps Half term, so they are one now: Half term,")
    assert school_days.stood_so(half_term, TODAY).startswith("Those days are holidays already: Half term,")
    assert school_days.few_left(131, 261) == "" and "130 days of 261 Mondays to Fridays" in school_days.few_left(130, 261)
    assert school_days.quiet_today("", TODAY, None) == "Letters go today."
    assert school_days.quiet_today("Saturday", TODAY, date(2026, 12, 7)) == "None go today: Saturday. They go again on Monday 7 December."
