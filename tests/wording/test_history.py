"""Somebody's history in sentences."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from induction.rules.deputies import Deputy
from induction.rules.person_history import Entry, Way, WayIn, What
from induction.rules.roles import Role
from induction.wording.history import Told, changed_account_words, changed_by, link_words, new_password_words, told

AT = datetime(2026, 12, 4, 10, 42, tzinfo=UTC)
TODAY = date(2026, 12, 5)
ADDED = Entry(
    1, AT, 9, "Lou Hartley", What.ADDED, "tess@school.example", "Tess Okafor", Role.TEACHER, 2, "Max Adeyemi",
    date(2026, 12, 18), None, True,
)
INVITED = WayIn(1, AT, 9, "Lou Hartley", Way.INVITATION, None, "")
NAMED = Deputy(1, 2, "Max Adeyemi", 3, "Nia Rowlands", date(2026, 12, 4), date(2026, 12, 18), AT, 9, "Lou Hartley", False)
COURSES = {"short": "Boundaries in ten minutes"}


def changed(**changes):
    return replace(ADDED, **{"id": 2, "at": AT + timedelta(hours=1), "what": What.CHANGED} | changes)


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"name": "Tess Brown"}, "Lou Hartley: name from Tess Okafor to Tess Brown."),
        ({"email": "t@school.example"}, "Lou Hartley: email from tess@school.example to t@school.example."),
        ({"role": Role.LEAD, "by": None, "by_name": None}, "Somebody with access to the server: role from teacher to lead."),
        ({"mentor_id": None, "mentor_name": None}, "Lou Hartley: mentor from Max Adeyemi to nobody."),
        ({"mentor_id": 5, "mentor_name": "Max Adeyemi"}, "Lou Hartley: mentor from Max Adeyemi to Max Adeyemi."),
        ({"due": None}, "Lou Hartley: date of 18 December 2026 taken away."),
        ({"due": date(2027, 1, 8)}, "Lou Hartley: date from 18 December 2026 to 8 January 2027."),
        ({"course": "short"}, "Lou Hartley: course from what everyone is given to Boundaries in ten minutes."),
        ({"course": "gone"}, "Lou Hartley: course from what everyone is given to gone."),
        ({"active": False}, "Lou Hartley: the account was ended."),
        ({"starts": date(2026, 9, 1)}, "Lou Hartley: first day set to 1 September 2026."),
        ({"ends": date(2026, 12, 18)}, "Lou Hartley: last day set to 18 December 2026."),
        (
            {"active": False, "ends": date(2026, 12, 3), "by": None, "by_name": None, "by_itself": True},
            "By itself, since the last day was 3 December 2026: the account was ended; last day set to 3 December 2026.",
        ),
        (
            {"mentor_id": 3, "mentor_name": "Nia Rowlands", "by": None, "by_name": None, "by_itself": True},
            "Since the mentor’s last day was past: mentor from Max Adeyemi to Nia Rowlands.",
        ),
        (
            {"what": What.PUT_RIGHT, "mentor_id": None, "mentor_name": None},
            "An upgrade of this site put it right: mentor from Max Adeyemi to nobody.",
        ),
        ({}, "Lou Hartley: saved it as it stood."),
        ({"name": "T", "due": None}, "Lou Hartley: name from Tess Okafor to T; date of 18 December 2026 taken away."),
    ],
)
def test_a_change_says_from_what_to_what(changes, words):
    after = changed(**changes)
    assert told([ADDED, after], [], [], COURSES, TODAY) == [
        Told(after.at, after.what, after.by_name or "", "Friday 4 December, 11.42 am", words),
        Told(
            AT, What.ADDED, "Lou Hartley", "Friday 4 December, 10.42 am",
            "Lou Hartley added Tess Okafor, tess@school.example, as teacher.",
        ),
    ]


@pytest.mark.parametrize(("starts", "ends", "words"), [
    (date(2026, 9, 1), None, "as teacher, from 1 September 2026."),
    (None, date(2026, 9, 4), "as teacher, until 4 September 2026."),
    (date(2026, 9, 1), date(2026, 9, 4), "as teacher, from 1 September 2026 until 4 September 2026."),
])  # fmt: skip
def test_who_is_added_for_some_days(starts, ends, words):
    [said] = told([replace(ADDED, starts=starts, ends=ends)], [], [], COURSES, TODAY)
    assert said.words.endswith(words)


def test_a_first_date_is_set():
    lines = told([replace(ADDED, due=None), changed()], [], [], COURSES, TODAY)
    assert lines[0].words == "Lou Hartley: date set to 18 December 2026."


def test_where_it_began_it_says_how_it_stood():
    [line] = told([replace(ADDED, what=What.BEGAN, by_name=None)], [], [], COURSES, TODAY)
    assert line.words == "From here on changes are kept. It stood so: Tess Okafor, tess@school.example, teacher."


@pytest.mark.parametrize(
    "way, words",
    [
        (INVITED, "Lou Hartley made an invitation. It has not been used."),
        (
            replace(INVITED, what=Way.RESET, by_name=None),
            "Somebody with access to the server made a link for a new password. It has not been used.",
        ),
        (replace(INVITED, what=Way.CHOSEN), "A password was chosen through a link that was made before changes were kept."),
        (
            replace(INVITED, what=Way.CHANGED, device="Chrome on Windows"),
            "The password was changed by somebody who knew the one before (Chrome on Windows).",
        ),
        (replace(INVITED, what=Way.SET), "A password was set without a link: at the first run, or on the server."),
        (replace(INVITED, what=Way.CLEARED), "The password of before ended. A new one is chosen by a link."),
        (replace(INVITED, what=Way.BEGAN), "From here on links and passwords are kept. There was a password."),
    ],
)
def test_a_way_in_says_what_it_was(way, words):
    assert [each.words for each in told([], [way], [], COURSES, TODAY)] == [words]


def test_a_link_that_was_used_is_named_where_it_was_used():
    asked = replace(INVITED, by_name="Tess Okafor", own=True)
    words = told([], [asked], [], {}, TODAY)[0].words
    assert words == (
        "Tess Okafor, or somebody at the sign-in who knows the address, asked for an invitation. It has not been used."
    )
    used = WayIn(2, AT + timedelta(days=1), None, None, Way.CHOSEN, 1, "Safari on iPhone")
    lines = told([], [INVITED, used], [], COURSES, TODAY)
    assert [each.words for each in lines] == [
        "A password was chosen through the invitation that Lou Hartley made on Friday 4 December (Safari on iPhone).",
        "Lou Hartley made an invitation.",
    ]


def test_of_one_moment_the_later_written_stands_first():
    lines = told([ADDED, changed(at=AT, name="Tess Brown")], [INVITED], [], COURSES, TODAY)
    assert [each.words.split()[2] for each in lines] == ["made", "name", "added"]


def test_the_owner_of_an_account_is_told_of_a_new_password():
    assert new_password_words(AT + timedelta(days=1), INVITED, TODAY) == (
        "A new password for your account was chosen on Saturday 5 December, 10.42 am, through the invitation that Lou Hartley made on"
        " Friday 4 December. If that was not you, change your password and tell another lead or the head."
    )


@pytest.mark.parametrize(
    "by, words",
    [
        ("Lou Hartley", "Lou Hartley changed your name from Tess Okafor to T; email from tess@school.example to t@x.example, on"),
        (None, "Somebody on the server changed your name from Tess Okafor to T; email from tess@school.example to t@x.example, on"),
    ],
)
def test_the_owner_of_an_account_is_told_of_another_name_or_email_alone(by, words):
    after = changed(by_name=by, name="T", email="t@x.example", role=Role.LEAD, due=None)
    assert changed_account_words(ADDED, after, TODAY) == f"{words} Friday 4 December, 11.42 am."


def test_what_happened_to_the_account_stands_before_what_else_was_changed():
    more = {"name": "T", "due": None}
    rest = "name from Tess Okafor to T; date of 18 December 2026 taken away"
    ended = changed(active=False, **more)
    assert told([ADDED, ended], [], [], {}, TODAY)[0].words == f"Lou Hartley: the account was ended; {rest}."
    opened = changed(active=True, **more)
    assert told([replace(ADDED, active=False), opened], [], [], {}, TODAY)[0].words == f"Lou Hartley: the account was opened again; {rest}."
    assert told([replace(ADDED, active=False), ended], [], [], {}, TODAY)[0].words == f"Lou Hartley: {rest}."


def test_whoever_has_no_earlier_entry_was_added():
    words = "Lou Hartley added Tess Okafor, tess@school.example, as teacher."
    assert told([changed()], [], [], {}, TODAY)[0].words == told([ADDED, ADDED], [], [], {}, TODAY)[0].words == words


def test_a_link_that_was_made_on_the_server_says_so():
    made = replace(INVITED, what=Way.RESET, by=None, by_name=None)
    assert link_words(made, TODAY) == "the link for a new password that somebody with access to the server made on Friday 4 December"


@pytest.mark.parametrize(
    "said, words",
    [
        (NAMED, "Lou Hartley: Nia Rowlands stands in for Max Adeyemi, from 4 December 2026 until 18 December 2026."),
        (
            replace(NAMED, ends=None, by=None, by_name=None),
            "Somebody with access to the server: Nia Rowlands stands in for Max Adeyemi, from 4 December 2026 until it is taken back.",
        ),
        (replace(NAMED, deputy_id=None, deputy_name=None), "Lou Hartley: nobody stands in for Max Adeyemi any more."),
    ],
)
def test_a_deputy_is_told_with_who_named_them(said, words):
    [line] = told([], [], [said], {}, TODAY)
    assert (line.words, line.at) == (words, AT) and line.what == ("deputy" if said.deputy_id else "no deputy")


def test_whoever_writes_it_too_reads_who_changed_it_and_when():
    now = datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert changed_by("You", now - timedelta(hours=1), now) == "You changed it today at 11.00 am"
    assert changed_by("Lou Hartley", now - timedelta(days=1), now) == "Lou Hartley changed it yesterday at 12.00 pm"
