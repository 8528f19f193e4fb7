"""The second step as it is said."""

from datetime import UTC, datetime, timedelta

import pytest

from induction.rules.sign_in_events import EventKind
from induction.wording import second_factor

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def test_from_when_on_it_is_asked_for():
    words = second_factor.to_be_had_from(NOW + timedelta(days=10), NOW)
    assert words == "From Friday 4 December on, signing in with your password asks for a second step too."


@pytest.mark.parametrize("count, said", [
    (0, ""),
    (1, "1 mentor or lead signs in with a password alone: without a second step yet."),
    (3, "3 mentors and leads sign in with a password alone: without a second step yet."),
])  # fmt: skip
def test_how_many_have_none(count, said):
    assert second_factor.without_one(count) == said


@pytest.mark.parametrize("count, left, kind", [
    (0, "You have no recovery codes.", True),
    (1, "You have 1 recovery code left.", True),
    (3, "You have 3 recovery codes left.", True),
    (4, "You have 4 recovery codes left.", False),
])  # fmt: skip
def test_how_many_recovery_codes_are_left(count, left, kind):
    assert second_factor.codes_left(count) == left
    assert bool(second_factor.few_codes(count)) is kind
    assert second_factor.used_a_code(count).startswith(f"You used a recovery code; it works no more. {left}")


@pytest.mark.parametrize("with_one, leads, said", [
    (0, 1, "The only lead has no second step."),
    (0, 3, "None of 3 leads has a second step, so they can’t help each other out where one is lost."),
    (1, 3, "Only 1 of 3 leads has a second step, so they can’t help each other out where one is lost."),
])  # fmt: skip
def test_how_leads_stand(with_one, leads, said):
    assert second_factor.nobody_but(with_one, leads) == said


@pytest.mark.parametrize("since, said", [
    (NOW, "Lou has none. It is set up at the next sign-in with the password, before anything else."),
    (NOW + timedelta(days=10), "Lou has none yet. From Friday 4 December on it is asked for."),
])  # fmt: skip
def test_who_has_none(since, said):
    assert second_factor.has_none("Lou", since, NOW) == said


DONE = {EventKind.CODE_USED: "used", EventKind.WRONG_CODES: "tried"}


@pytest.mark.parametrize("what, device, more, words", [
    (EventKind.APP_ADDED, "Firefox on Windows", {}, "An app for codes was set up for your induction account on Tuesday 24 November"),
    (EventKind.PASSKEY_ADDED, "", {"about": "My phone"}, "A passkey was added (My phone) for your"),
    (EventKind.CODE_USED, "Firefox", {"left": 2}, ", with Firefox. You have 2 recovery codes left."),
    (EventKind.WRONG_CODES, "", {}, "Many wrong codes were given after your password for your induction account on"),
    (EventKind.RESET, "", {}, "At your next sign-in with your password you are asked to set up another."),
])  # fmt: skip
def test_a_letter_says_what_was_changed_and_what_to_do(what, device, more, words):
    letter = second_factor.changed_letter("Lou", "Wrenfield School", what, device, NOW, "https://i.example", **more)
    assert words in letter.words and "https://i.example/forgotten" in letter.words and letter.words.startswith("Hello Lou")
    assert letter.subject == f"Your second step at Wrenfield School was {DONE.get(what, 'changed')}"


def test_what_the_letters_of_a_reset_say():
    until = NOW + timedelta(days=7)
    asked = second_factor.reset_asked_letter("Kit", "Wrenfield", "Max Reid", "Lou Hartley", until, NOW, "https://i.example/p")
    assert "Lou Hartley asks that the second step of Max Reid be reset" in asked.words and "https://i.example/p" in asked.words
    yours = second_factor.reset_of_yours_letter("Max", "Wrenfield", "Lou Hartley", NOW)
    assert "Nothing has changed yet" in yours.words and "If you have not, tell Lou Hartley" in yours.words
    said = second_factor.reset_waits("Max Reid", "Lou Hartley", until, NOW)
    assert said == "Lou Hartley asks that the second step of Max Reid be reset. A second lead agrees or refuses, until Tuesday 1 December."
