"""Passkeys in words: what to do where one is not taken, and how each is told in a list."""

from datetime import UTC, datetime, timedelta

import pytest

from induction.rules.passkeys import NoPasskeys, Place, Why
from induction.wording import passkeys

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
COPIED = "it opens nothing, as there seems to be a copy of it"
HERE = Place("school.example", "https://school.example")


@pytest.mark.parametrize("why", list(Why))
def test_each_refusal_says_what_to_do(why):
    words = passkeys.refused(why, HERE)
    assert words.endswith(".") and "!" not in words and len(words) < 200


def test_an_address_elsewhere_names_the_right_one():
    assert "Open https://school.example and try there." in passkeys.refused(Why.ELSEWHERE, HERE)


@pytest.mark.parametrize("why, words", [(NoPasskeys.NUMBER, "a bare number"), (NoPasskeys.PLAIN, "begin with https")])
def test_a_site_without_any_says_why_and_who_changes_that(why, words):
    assert words in passkeys.none_here(why) and "INDUCTION_URL" in passkeys.none_here(why)


@pytest.mark.parametrize(
    "used, stopped, words",
    [
        (None, None, "Added on Monday 2 November · not used yet"),
        (NOW, None, "Added on Monday 2 November · last used today, 9.30 am"),
        (NOW, NOW - timedelta(days=1), f"Added on Monday 2 November · stopped on Monday 23 November: {COPIED}"),
    ],
)
def test_one_in_a_list(used, stopped, words):
    assert passkeys.detail(datetime(2026, 11, 2, 12, tzinfo=UTC), used, stopped, NOW) == words
