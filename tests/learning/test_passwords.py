"""Passwords: twelve characters or more, and not one that is guessed. No other rule."""

import pytest

from induction.learning import passwords


@pytest.mark.parametrize(
    "password",
    [
        "nine calm otters paddle",
        "correct-staple-horse",
        "xkqzvwpjmhrt",
        "ünïcödé wörds äre fïne",
        "🦦 otters 🦦 paddle",
        "a" * 3 + " long walk home",
    ],
)
def test_words_that_one_can_picture_are_taken(password):
    assert passwords.objection(password) is None


@pytest.mark.parametrize("password", ["", "short", "elevenchars"])
def test_too_short(password):
    assert "12 characters" in passwords.objection(password)


def test_a_novel_is_too_long():
    assert passwords.objection("many words " * 20) == "Use at most 200 characters."


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "Password12345",
        "P@ssw0rd1234!",
        "passwordpassword",
        "123456789012",
        "aaaaaaaaaaaa",
        "abababababab",
        "abcabcabcabc",
        "qwertyuiopas",
        "letmeinletmein",
    ],
)
def test_the_first_that_are_guessed_are_refused(password):
    assert "first that are guessed" in passwords.objection(password)


@pytest.mark.parametrize("password", ["Wrenfield2026!", "tessokafor12", "okafor-okafor-1"])
def test_names_and_emails_of_here_are_refused(password):
    own = ("Wrenfield School", "Tess Okafor", "tess@wrenfield.example")
    assert "close to a name" in passwords.objection(password, own)
    assert "close to a name" not in (passwords.objection(password, ("Elsewhere",)) or "")


def test_a_name_within_a_longer_thought_is_fine():
    assert passwords.objection("tess rows to the lighthouse", ("Tess Okafor",)) is None
