"""Signing in elsewhere, in words."""

from datetime import UTC, datetime

import pytest

from induction.rules.openid import google
from induction.rules.sign_in_elsewhere import NotIn
from induction.wording import elsewhere as wording

GOOGLE = google("id", "secret", "school.example")
AT, NOW = datetime(2026, 9, 4, 23, 30, tzinfo=UTC), datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.mark.parametrize("address", ["tess@school.example", ""])
@pytest.mark.parametrize("why", sorted(set(NotIn) - {NotIn.SHUT}))
def test_whoever_is_not_let_in_reads_what_happened_and_what_to_do(why, address):
    words = wording.not_in(why, GOOGLE, address)
    assert ("Nothing was changed." in words) is (why is not NotIn.WAITS), "an account that waits is kept"
    assert words.count(". ") >= 1 and words.endswith(".") and "  " not in words and "!" not in words and "None" not in words
    of_no_account = (NotIn.SPENT, NotIn.CHANGED, NotIn.LINKED_BEFORE, NotIn.ANOTHER_ACCOUNT, NotIn.SIGNED_OUT, NotIn.NOT_THE_SAME)
    assert address in words or why in of_no_account


def test_who_could_not_be_let_in_is_told_whom_to_ask():
    assert wording.not_in(NotIn.NOBODY, GOOGLE, "").startswith("That Google account belongs to nobody here.")
    assert "and the Google account a@b.example belongs to nobody here" in wording.not_in(NotIn.LINK_ENDED, GOOGLE, "a@b.example")
    assert "they can take the old account away" in wording.not_in(NotIn.ANOTHER_ACCOUNT, GOOGLE, "a@b.example")


def test_what_is_kept_of_an_account_names_whoever_invited_by_the_day_alone():
    assert wording.linked("a@b.example", None) == "a@b.example"
    assert wording.linked("a@b.example", AT) == "a@b.example, by the invitation of 5 September 2026"


@pytest.mark.parametrize(
    "how, said",
    [
        ("address", "Google: a@b.example, since Saturday 5 September, known by that address."),
        ("invitation", "Google: a@b.example, since Saturday 5 September, by an invitation."),
        ("let in", "Google: a@b.example, since Saturday 5 September, let in by a lead."),
    ],
)
def test_how_somebody_signs_in(how, said):
    assert wording.signs_in("Google", "a@b.example", AT, how, NOW) == said
    assert wording.signs_in("Google", "", AT, how, NOW).startswith("Google: an account without an address, since")


def test_an_account_taken_away_and_passwords_that_are_closed():
    assert wording.taken_away("Tess", True).endswith("Their password goes on.")
    assert wording.taken_away("Tess", False).endswith("To come in again, Tess needs an invitation.")
    assert wording.passwords_closed(["Google", "Keycloak"]).startswith("Teachers sign in with Google or Keycloak here.")
