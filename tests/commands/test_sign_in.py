"""sign-in show, set, remove-provider: what a technician does where no lead gets in."""

import json
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from induction.records.people import people, provider_accounts, sign_in_rules
from induction.records.people.person import Details
from induction.records.people.provider_accounts import How
from induction.records.store.database import Database, transaction
from induction.rules.openid import google
from induction.rules.roles import Role
from induction.rules.sign_in_rules import SignInRules, Strangers
from induction.services import providers
from induction.settings import Settings
from tests.commands.outcomes import refused

SECRET = "GOCSPX-of-the-tests"
ENVIRONMENT = {
    "INDUCTION_OIDC_ISSUER": "https://accounts.google.com", "INDUCTION_OIDC_CLIENT_ID": "8.apps.googleusercontent.com",
    "INDUCTION_OIDC_CLIENT_SECRET": SECRET, "INDUCTION_OIDC_DOMAIN": "wrenfield.example",
}  # fmt: skip


@contextmanager
def records(data):
    db = Database(data / "induction.db")
    try:
        yield db
    finally:
        db.close()


@pytest.fixture
def with_google(peopled, data):
    with records(data) as db:
        ours = google("7.apps.googleusercontent.com", SECRET, "wrenfield.example")
        providers.set_up(db, Settings(data), ours, lambda _: True, by=None, now=datetime.now(UTC))
    return peopled


def rules(data):
    with records(data) as db:
        return sign_in_rules.now(db)


def acts(data):
    with records(data) as db:
        return db.rows('select what, "by", about from acts where what like \'provider%\' order by id')


def test_it_shows_who_signs_in_how_and_never_a_secret(with_google):
    shown = with_google("sign-in", "show")
    assert shown.code == 0 and "google  Google: Set up for wrenfield.example; client ID 7.apps" in shown.out
    assert "teacher  2: 2 with a password, 0 with an account elsewhere, 0 with a second step" in shown.out
    said = json.loads(with_google("sign-in", "show", "--format", "json").out)
    assert said["rules"] == {"grace_days": 14, "teachers_by_password": True, "strangers": "refused"} and said["waiting"] == 0
    assert [each["kind"] for each in said["providers"]] == ["google"] and SECRET not in shown.out + str(said)


def test_passwords_are_closed_and_opened_again_by_nobody_who_is_known(with_google, data):
    done = with_google("sign-in", "set", "--teachers-by-password", "no", "--strangers", "held", "--grace", "3")
    assert done.code == 0 and done.out == "" and "Teachers may sign in with a password: No" in done.err
    assert rules(data) == SignInRules(3, False, Strangers.HELD)
    assert refused(with_google("sign-in", "remove-provider", "google"), "set --teachers-by-password yes")
    assert with_google("sign-in", "set", "--teachers-by-password", "yes").code == 0
    assert "how it stood already" in with_google("sign-in", "set", "--teachers-by-password", "yes").err
    assert rules(data) == SignInRules(3, True, Strangers.HELD)
    with records(data) as db:
        assert [row["by"] for row in db.rows('select "by" from sign_in_rules')] == [None] * 3


def test_a_provider_is_taken_away_and_stands_among_the_acts(with_google, data):
    assert "Nobody signs in with Google any more." in with_google("sign-in", "remove-provider", "google").err
    assert refused(with_google("sign-in", "remove-provider", "google"), "Google is not set up.")
    assert [(each["what"], each["by"], each["about"]) for each in acts(data)] == [
        ("provider set", None, "Google"), ("provider gone", None, "Google"),
    ]  # fmt: skip


def test_who_has_no_way_in_once_a_provider_is_taken_away_is_named_and_an_account_there_is_none(with_google, data):
    with records(data) as db, transaction(db):
        one = db.value("select id from people where role = 'teacher' order by id limit 1")
        two = people.add(db, Details("kim@wrenfield.example", "Kim Lee", Role.TEACHER), by=None, now=datetime.now(UTC)).id
        for each in (one, two):
            provider_accounts.link(db, each, "https://accounts.google.com", f"s{each}", "", How.INVITATION, datetime.now(UTC))
    assert "teacher  3: 2 with a password, 2 with an account elsewhere" in with_google("sign-in", "show").out
    assert "One person has no way in now: Kim Lee. Make" in with_google("sign-in", "remove-provider", "google").err
    assert "teacher  3: 2 with a password, 0 with an account elsewhere" in with_google("sign-in", "show").out


def test_passwords_stay_where_nothing_else_is_set_up(peopled, data):
    assert refused(peopled("sign-in", "set", "--teachers-by-password", "no"), "no teacher could get in")
    assert rules(data).teachers_by_password


def test_what_the_environment_says_is_shown_and_taken_away_there(with_google, monkeypatch, data):
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    shown = with_google("sign-in", "show").out
    assert "on the server; client ID 8.apps" in shown and SECRET not in shown
    assert refused(with_google("sign-in", "remove-provider", "google"), "INDUCTION_OIDC_")
    monkeypatch.setenv("INDUCTION_OIDC_DOMAIN", "gmail.com")
    done = with_google("sign-in", "show")
    assert refused(done, "INDUCTION_OIDC_DOMAIN can’t be used.", code=2) and SECRET not in done.err


@pytest.mark.parametrize(
    "words",
    [
        ["set"], ["set", "--grace", "15"], ["set", "--grace", "-1"], ["set", "--grace", "soon"], ["set", "--strangers", "welcome"],
        ["set", "--teachers-by-password", "maybe"], ["remove-provider"], ["remove-provider", "facebook"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_wrong_usage_changes_nothing(with_google, data, words):
    assert refused(with_google("sign-in", *words), "Usage: induction sign-in", code=2)
    assert rules(data) == SignInRules(14, True, Strangers.REFUSED) and len(acts(data)) == 1
