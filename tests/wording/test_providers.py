"""Setting up where people sign in, what a test finds, and the rules of signing in, as they are said."""

from dataclasses import replace
from datetime import timedelta

import pytest

from induction.rules.openid import Finding, Found, ProviderKind, google, microsoft, other
from induction.rules.sign_in_rules import SignInRules, Strangers
from induction.wording import providers, sign_in_rules

GOOGLE = google("7", "GOCSPX", "wrenfield.example")
MICROSOFT = microsoft("8", "a-secret", "5f1e7d4a-0c1b-4a6e-9a52-3d0f8f6f7a11")
KEYCLOAK = other("Keycloak", "https://id.example", "induction", "")


@pytest.mark.parametrize(
    ("there", "by_password", "words"),
    [
        ([], True, "With a password"), ([], False, "With a password"), ([GOOGLE], True, "With a password, or with Google"),
        ([GOOGLE, MICROSOFT, KEYCLOAK], True, "With a password, or with Google, Microsoft or Keycloak"),
        ([GOOGLE, MICROSOFT], False, "Teachers with Google or Microsoft; mentors and leads with a password too"),
    ],
)  # fmt: skip
def test_how_people_sign_in(there, by_password, words):
    assert providers.how_people_sign_in(there, by_password) == words


@pytest.mark.parametrize(
    ("provider", "on_the_server", "lost", "words"),
    [
        (None, False, False, "Not set up"), (GOOGLE, False, False, "Set up for wrenfield.example"),
        (MICROSOFT, True, False, f"Set up for the tenant {MICROSOFT.domain}, on the server"),
        (KEYCLOAK, False, False, "Set up at https://id.example"),
        (GOOGLE, False, True, "Can’t be used: its client secret has to be typed anew"),
    ],
)  # fmt: skip
def test_how_one_stands(provider, on_the_server, lost, words):
    assert providers.stands(provider, on_the_server, lost) == words


def test_what_became_another_never_holds_a_secret():
    assert providers.changes(GOOGLE, GOOGLE) == ({}, {})
    assert providers.changes(GOOGLE, replace(GOOGLE, client_secret="x")) == ({}, {"Client secret": "a new client secret"})
    assert providers.changes(KEYCLOAK, replace(KEYCLOAK, domain="wrenfield.example")) == (
        {}, {"Domain of the school’s addresses": "wrenfield.example"},
    )  # fmt: skip
    told = [providers.changes(None, each) + providers.changes(each, None) for each in (GOOGLE, MICROSOFT, KEYCLOAK)]
    assert "GOCSPX" not in str(told) and "a-secret" not in str(told)


def test_every_finding_has_its_place_among_what_is_looked_at():
    for found in Found:
        said = providers.looked([Finding(found, timedelta(minutes=10))], GOOGLE)
        assert [each.well for each in said].count(False) == 1, found
    assert all(each.well for each in providers.looked([], GOOGLE)) and len(providers.looked([], GOOGLE)) == 6


@pytest.mark.parametrize("found", [Found.NOT_REACHED, Found.CERTIFICATE, Found.OTHER_ISSUER])
def test_without_the_first_steps_nothing_further_is_said_to_be_well(found):
    assert "client ID" not in " ".join(each.words for each in providers.looked([Finding(found)], GOOGLE))


@pytest.mark.parametrize(
    ("here", "linked", "words"),
    [
        (0, 0, "No teacher is here yet."), (1, 1, "The one teacher here has signed in with Google before."),
        (3, 3, "All 3 teachers here have signed in with Google before."),
        (3, 2, "1 of 3 teachers has never signed in with Google."), (1200, 100, "1100 of 1200 teachers have never signed in"),
    ],
)  # fmt: skip
def test_what_becomes_of_teachers_whose_passwords_close(here, linked, words):
    said = sign_in_rules.closing([GOOGLE], here, linked)
    assert words in said[0] and "Mentors and leads keep their passwords" in " ".join(said)


def test_rules_are_said_by_their_labels():
    assert sign_in_rules.in_words(SignInRules(3, False, Strangers.HELD)) == {
        "Teachers may sign in with a password": "No",
        "Whoever was not invited": "With an account of the school: held until a lead lets them in", "Days without a second step": "3",
    }  # fmt: skip
    assert set(sign_in_rules.STRANGERS_CHOICES) == {each.value for each in Strangers}
    assert set(providers.NAMES) == set(providers.DOMAINS) == set(providers.CLIENT_IDS) == set(ProviderKind)


@pytest.mark.parametrize(("count", "words"), [(0, ""), (1, "One person with an"), (2, "2 people with an"), (1200, "1,200 people")])
def test_how_many_wait(count, words):
    assert providers.waiting(count).startswith(words) and bool(providers.waiting(count)) is bool(count)
