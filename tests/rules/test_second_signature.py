"""A second signature is by somebody else."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from induction.rules.person_history import Entry, Way, WayIn, What
from induction.rules.roles import Role
from induction.rules.second_signature import NEW, TAKEN_OVER, ties, waits_for

AT = datetime(2026, 12, 4, 10, 42, tzinfo=UTC)
LOU, KIT, SERVER = 1, 2, None
LONG = AT + timedelta(days=400)
MADE = Entry(1, AT, LOU, "Lou", What.ADDED, "kit@school.example", "Kit", Role.LEAD, None, None, None, None, True)
TEACHER = replace(MADE, by=SERVER, role=Role.TEACHER)
NOT_BY_LOU = replace(MADE, by=SERVER)


def entry(by, days=0, **changes):
    return replace(NOT_BY_LOU, **{"id": 2, "at": AT + timedelta(days=days), "by": by, "what": What.CHANGED} | changes)


def link(number, by, kind=Way.INVITATION):
    return WayIn(number, AT, by, "", kind, None, "")


def chosen(number, through, days=0):
    return WayIn(number, AT + timedelta(days=days), None, None, Way.CHOSEN, through, "")


def waits(entries, ways, until=LONG):
    """(what it says, how long it rests) of each tie."""
    return [(each.words, each.rests) for each in ties(LOU, entries, ways, until)]


@pytest.mark.parametrize(
    "ways, linked, rests",
    [
        ([link(1, LOU)], [1], [NEW]),
        ([link(1, LOU), link(2, 9)], [1], []),
        ([link(1, 9), chosen(2, 1), link(3, LOU)], [1], [TAKEN_OVER]),
        ([link(1, 9), link(2, LOU)], [-1, 1], [TAKEN_OVER]),
        ([link(1, LOU)], [], []),
    ],
)
def test_an_account_elsewhere_that_became_theirs_by_the_firsts_invitation_is_a_tie(ways, linked, rests):
    found = ties(LOU, [NOT_BY_LOU], ways, LONG, [AT + timedelta(days=each) for each in linked])
    assert [(each.words, each.rests) for each in found] == [
        ("made the link by which an account elsewhere became theirs", each) for each in rests
    ]  # fmt: skip


@pytest.mark.parametrize(
    "entries, ways, expected",
    [
        ([NOT_BY_LOU], [], []),
        ([MADE], [], [("made the account", NEW)]),
        ([TEACHER, entry(LOU)], [], [("made them a lead", NEW)]),
        ([TEACHER, entry(9)], [], []),
        ([NOT_BY_LOU, entry(LOU, name="Uma")], [], [("changed the account’s name or email", TAKEN_OVER)]),
        ([NOT_BY_LOU, entry(LOU, email="u@school.example")], [], [("changed the account’s name or email", TAKEN_OVER)]),
        ([NOT_BY_LOU, entry(KIT, name="Uma"), entry(LOU, due=AT.date(), name="Uma")], [], []),
        ([NOT_BY_LOU], [link(1, LOU)], []),
        ([NOT_BY_LOU], [link(1, LOU), chosen(2, 1)], [("made the link by which its password was chosen", NEW)]),
        ([NOT_BY_LOU], [link(1, 9), chosen(2, 1)], []),
        (
            [NOT_BY_LOU], [link(1, 9), chosen(2, 1), link(3, LOU, Way.RESET), chosen(4, 3)],
            [("made the link by which its password was chosen", TAKEN_OVER)],
        ),
        (
            [NOT_BY_LOU], [link(1, 9), chosen(2, 1), link(3, LOU), chosen(4, 3)],  # an invitation takes over as well
            [("made the link by which its password was chosen", TAKEN_OVER)],
        ),
        (
            [NOT_BY_LOU], [replace(link(1, None), what=Way.BEGAN), link(2, LOU), chosen(3, 2)],
            [("made the link by which its password was chosen", TAKEN_OVER)],
        ),
    ],
)
def test_what_the_first_did_to_the_account_of_the_second(entries, ways, expected):
    assert waits(entries, ways) == expected


def test_the_longest_is_waited_for_to_the_minute():
    found = ties(LOU, [MADE], [link(1, LOU), chosen(2, 1, days=3)], LONG)
    assert [each.at for each in found] == [AT, AT + timedelta(days=3)]
    assert waits_for(found, AT + timedelta(days=4) - timedelta(minutes=1)) == found[1]
    assert waits_for(found, AT + timedelta(days=4)) is None


def test_what_came_after_the_signature_stands_not_beside_it():
    assert waits([NOT_BY_LOU, entry(LOU, days=10, name="Uma")], [], until=AT + timedelta(days=9)) == []


def test_a_made_account_rests_a_day_and_one_that_was_taken_over_a_week():
    [made, renamed] = ties(LOU, [MADE, entry(LOU, name="Uma")], [], LONG)
    assert (made.until, renamed.until) == (AT + timedelta(days=1), AT + timedelta(days=7))


def test_what_was_done_in_the_moment_of_the_signature_stands_beside_it():
    assert waits([MADE], [], until=AT) == [("made the account", NEW)]
    assert waits([MADE], [], until=AT - timedelta(microseconds=1)) == []
