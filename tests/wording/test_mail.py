"""How the mail of the site is said."""

from datetime import UTC, datetime, timedelta

import pytest

from induction.rules.letters import LetterKind, LetterState
from induction.wording import mail

NOW = datetime(2026, 9, 1, 9, 42, tzinfo=UTC)  # 10.42 am at the school
HOUR = timedelta(hours=1)


def test_every_kind_and_state_has_its_words():
    assert set(mail.KINDS) == set(LetterKind) and set(mail.STATES) == set(LetterState)


@pytest.mark.parametrize(
    "sent_at, words",
    [
        (None, mail.UNTRIED), (NOW, "Mail works. The last letter went today."),
        (NOW - timedelta(days=1), "Mail works. The last letter went yesterday."),
    ],
)  # fmt: skip
def test_whether_it_works(sent_at, words):
    assert mail.how_mail_is(sent_at, NOW) == words


@pytest.mark.parametrize("next_try, ends", [(NOW + HOUR, "tried again at 11.42 am."), (NOW, "in a moment."), (None, "in a moment.")])
def test_trouble_says_since_when_what_and_when_again(next_try, ends):
    said = mail.trouble("550 No", NOW - HOUR, next_try, NOW)
    assert said.startswith("The mail server could not be used since Tuesday 1 September, 9.42 am. It says, ")
    assert " is: 550 No. " in said and said.endswith(ends)


def test_half_past_midnight_in_summer_is_of_the_day_at_the_school():
    late = datetime(2026, 7, 1, 23, 40, tzinfo=UTC)
    assert "since Thursday 2 July, 12.30 am" in mail.trouble("x", late - timedelta(minutes=10), None, late)


@pytest.mark.parametrize(
    "said, do",
    [
        ("mail.x refuses the name or the password: 535 no", "name and password"),
        ("530 5.7.0 Must sign in", "name and password"),
        ("The certificate of mail.x is not valid: expired", "certificate has to be renewed"),
        ("mail.x offers no STARTTLS, so letters would", "Use smtps://"),
        ("mail.x:587 can't be reached: refused", "the name and the port"),
        ("mail.x:587 can't be reached: no such name is known here", "the name and the port"),
        ("it did not answer within 30 seconds", "the name and the port"),
        ("550 5.1.1 No such user", "whether the address is right"),
        ("The address has letters that mail servers don't take", "whether the address is right"),
        ("450 4.2.0 Greylisted", "come back later"),
        ("552 Mailbox full", "Show these words"),
        ("", "Show these words"),
    ],
)
def test_what_to_do(said, do):
    assert do in mail.what_to_do(said)


@pytest.mark.parametrize(
    "state, tries, done_at, not_before, words",
    [
        (LetterState.SENT, 1, NOW - HOUR, NOW, "Sent today, 9.42 am"),
        (LetterState.REFUSED, 1, NOW - timedelta(days=1), NOW, "Refused yesterday, 10.42 am"),
        (LetterState.UNSURE, 1, NOW, NOW, "Perhaps sent today, 10.42 am"),
        (LetterState.DROPPED, 0, NOW, NOW, "Not sent today, 10.42 am"),
        (LetterState.WAITING, 0, None, NOW, "Waiting"),
        (LetterState.WAITING, 1, None, NOW + HOUR, "Waiting until Tuesday 1 September, 11.42 am, tried once"),
        (LetterState.WAITING, 2, None, NOW, "Waiting, tried twice"),
        (LetterState.WAITING, 7, None, NOW, "Waiting, tried 7 times"),
        (LetterState.CLAIMED, 1, None, NOW, "Being sent"),
        (LetterState.POSTING, 1, None, NOW, "Being sent"),
    ],
)
def test_how_a_letter_stands(state, tries, done_at, not_before, words):
    assert mail.state(state, tries, done_at, not_before, NOW) == words


@pytest.mark.parametrize(
    "counts, words",
    [
        ((0, 0, 0), "No letter waits, and none was refused."),
        ((1, 0, 0), "1 letter waits."),
        ((3, 1, 0), "3 letters wait, 1 was refused."),
        ((0, 2, 1), "2 were refused, of 1 nobody knows whether it arrived."),
        ((0, 0, 2), "Of 2 nobody knows whether they arrived."),
    ],
)
def test_how_many_wait(counts, words):
    assert mail.outbox(*counts) == words


@pytest.mark.parametrize(
    "state, held, said, words",
    [
        (LetterState.SENT, False, "", "A letter with it was sent to t@x today, 10.42 am."),
        (LetterState.REFUSED, False, "550 No", "The letter with it to t@x was refused by the mail server: 550 No."),
        (LetterState.UNSURE, False, "", "A letter with it to t@x was perhaps sent;"),
        (LetterState.DROPPED, False, "Too late.", "The letter with it to t@x was not sent. Too late."),
        (LetterState.WAITING, True, "", "A letter with it to t@x is written and held back"),
        (LetterState.WAITING, False, "", "A letter with it is on its way to t@x."),
    ],
)
def test_how_the_letter_with_a_link_stands(state, held, said, words):
    assert mail.on_its_way("t@x", state, NOW, said, held, NOW).startswith(words)


def test_a_refused_address_is_told_on_their_page():
    assert mail.address_refused("Tess", "550 No") == (
        "The mail server refuses Tess’s address: 550 No. Nothing more is sent there until it is changed."
    )
