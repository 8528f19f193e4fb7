"""What a lead reads of invitations and links for a new password."""

from datetime import UTC, datetime, timedelta

import pytest

from induction.wording import invitations, letters
from induction.wording.invitations import YOU, Hidden, Kind

NOW = datetime(2026, 11, 28, 10, 42, tzinfo=UTC)  # a Saturday
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    "after, words",
    [
        (14 * DAY, "Friday 11 December"),  # the day after it ends before noon
        (40 * DAY, "Wednesday 6 January 2027"),
        (1 * DAY, "Saturday 28 November"),
        (1 * DAY - HOUR, "Sunday 29 November, 9.42 am"),
        (HOUR, "Saturday 28 November, 11.42 am"),
    ],
)
def test_a_link_works_until_the_last_whole_day_or_hour(after, words):
    assert invitations.until(NOW + after, NOW) == words
    assert invitations.works(NOW + after, NOW) == f"works until {words}"


def test_a_link_whose_time_is_past_says_since_when():
    assert invitations.works(NOW, NOW) == "over since Saturday 28 November, 10.42 am"
    assert invitations.over(Kind.RESET, NOW, NOW) == (
        "The link for a new password was over on Saturday 28 November, 10.42 am. Make a new one."
    )


def test_what_is_printed_names_the_year():
    assert invitations.until_in_full(NOW + 14 * DAY) == "Friday 11 December 2026"


@pytest.mark.parametrize(
    "by, at, words",
    [
        (YOU, NOW, "by you, today"),
        ("Kit Moran", NOW - DAY, "by Kit Moran, yesterday"),
        (None, NOW - 20 * DAY, "by somebody on the server, 8 November"),
        (None, None, "by somebody on the server"),
    ],
)
def test_by_whom_and_when_a_link_was_made(by, at, words):
    assert invitations.made(by, at, NOW) == words


WORKS = "It works until Friday 11 December."


@pytest.mark.parametrize(
    "kind, by, at, words",
    [
        (
            Kind.INVITATION, "Kit Moran", NOW,
            f"Kit Moran made it on Saturday 28 November, 10.42 am, and only Kit Moran can be shown it. {WORKS}"
            " If Tess has not got it, make a new invitation, which ends it.",
        ),
        (
            Kind.RESET, None, NOW,
            f"Somebody on the server made it on Saturday 28 November, 10.42 am, and it was shown there once. {WORKS}"
            " If nobody has sent it, make a new link for a new password, which ends it.",
        ),
        (
            Kind.INVITATION, YOU, None,
            f"You made it, and it can’t be shown again. {WORKS} If you have sent it, leave it. If not, make a new invitation,"
            " which ends it.",
        ),
    ],
)
def test_a_link_that_works_and_is_not_shown_says_why_and_what_to_do(kind, by, at, words):
    assert invitations.not_shown(kind, "Tess", Hidden(by, at, NOW + 14 * DAY), NOW) == words


def test_where_there_is_no_link_it_says_why():
    said = invitations.used(Kind.INVITATION, "Tess", NOW, NOW)
    assert said == "Tess chose a password on Saturday 28 November, 10.42 am, so the invitation has ended. There is nothing to send."
    assert invitations.left("Ana Costa") == "Ana Costa has left, and has no link that works. Bring them back on their own page first."
    assert invitations.none_open(Kind.RESET, "Tess", False) == "There is no link for a new password for Tess yet. Make one."
    assert invitations.none_open(Kind.INVITATION, "Tess", True) == (
        "The invitation from before has ended: Tess got another email, or was away. Make a new one."
    )


def test_a_page_that_had_not_shown_the_latest_link_says_which_it_was():
    when = "on Saturday 28 November, 10.42 am, after you had opened this page."
    assert invitations.no_link(Kind.INVITATION, "Tess", "Kit Moran", Kind.RESET, NOW, NOW) == (
        f"No link was made, since Kit Moran made a link for a new password for Tess {when}"
        " If Tess has not got it, make an invitation now: it ends an earlier one."
    )
    assert invitations.no_link(Kind.INVITATION, "Tess", None, None, NOW, NOW) == f"No link was made: Tess chose a password {when}"


@pytest.mark.parametrize(
    "counts, words",
    [
        ((0, 0, 0), "Everybody found here has chosen a password."),
        ((1, 0, 0), "One person has not chosen a password yet. You have a link for them."),
        ((38, 0, 0), "38 people have not chosen a password yet. You have a link for each."),
        ((0, 1, 0), "One person has not chosen a password yet. They have a link that you can’t be shown."),
        ((0, 4, 0), "4 people have not chosen a password yet. Each has a link that you can’t be shown."),
        ((0, 0, 1), "One person has not chosen a password yet. They have no link that works."),
        ((0, 0, 2), "2 people have not chosen a password yet. None has a link that works."),
        (
            (1000, 1, 2),
            "1,003 people have not chosen a password yet. You have a link for 1,000, 1 has one that you can’t be shown and 2 have"
            " none that works.",
        ),
    ],
)
def test_how_those_who_are_invited_stand(counts, words):
    assert invitations.how_many(*counts) == words


@pytest.mark.parametrize(
    "made, ended, left, words",
    [
        (0, 0, 0, "Nothing was made. You have a link for everybody here."),
        (0, 0, 2, "Nothing was made. 2 people keep the invitation that works and that you can’t be shown."),
        (1, 0, 0, "1 invitation made, which works until Friday 11 December."),
        (
            38, 5, 1,
            "38 invitations made, which work until Friday 11 December. 5 earlier ones have ended: send these people the new one."
            " One person keeps the invitation that works and that you can’t be shown.",
        ),
    ],
)
def test_what_came_of_making_those_that_are_missing(made, ended, left, words):
    assert invitations.outcome(made, ended, left, "Friday 11 December") == words


def test_links_that_work_are_asked_about_before_they_end():
    assert invitations.shall_these_end(1) == (
        "One person has a link that works and that you can’t be shown. A new one ends it: send them the new one then."
    )
    assert invitations.shall_these_end(1200).startswith("1,200 people have a link that works and that you can’t be shown. New ones")


def test_what_a_sheet_of_slips_holds():
    assert invitations.slips(1, 1, 1, 1) == "1 slip, by name."
    assert invitations.slips(96, 10_000, 2, 105) == "Sheet 2 of 105, by name: 96 of 10,000 slips. Print each sheet by itself."


def test_a_slip_says_how_teachers_sign_in():
    assert "Choose a password" in invitations.begin("")[1] and "Teachers sign in with Google." in invitations.begin("Google")[1]


def test_the_letter_for_a_new_password():
    letter = letters.new_password("Tess", "Wrenfield School", "https://x/reset/abc", "Saturday 28 November, 4.10 pm", "Lou Hartley")
    assert letter.subject == "A new password for your induction at Wrenfield School"
    assert letter.words == (
        "Hello Tess,\n\nThis link is yours alone. Open it and choose a new password; everything you have done is kept:\n"
        "https://x/reset/abc\n\nIt works once, until Saturday 28 November, 4.10 pm. If it has ended, tell me and I will send"
        " another. If you did not ask for it, tell me too; until somebody uses it, your password stays as it is.\n\nLou Hartley"
    )
