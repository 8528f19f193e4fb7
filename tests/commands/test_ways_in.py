"""people password, people reset-second-step: when a lead is locked out."""

from datetime import UTC, datetime

import pytest

from induction.records.people import code_apps, second_factors, sign_in_events
from induction.records.people.people import by_email
from induction.records.store.columns import moment
from induction.records.store.database import Database, transaction
from induction.rules.openid import google
from induction.rules.sign_in_rules import SignInRules, Strangers
from induction.services import providers, sign_in_rules
from induction.services.letters import open_office
from induction.settings import Settings
from tests.cast import PASSWORD, move_in
from tests.commands.outcomes import refused

LOU = "lou@wrenfield.example"
OTHER = "seven quiet herons wade"


@pytest.fixture
def db(peopled, data):
    db = Database(data / "induction.db")
    yield db
    db.close()


def test_a_password_is_set_without_a_browser_and_on_record(peopled, db, app, data, tmp_path):
    open_office(db, "http://localhost")
    done = peopled("people", "password", LOU, "--password-stdin", stdin=OTHER.encode() + b"\n")
    assert (done.code, done.out) == (0, "") and "is set" in done.err and OTHER not in done.err
    lou = by_email(db, LOU)
    latest = db.row("select * from ways_in where person = ? order by id desc limit 1", [lou.id])
    assert (latest["what"], latest["by"]) == ("set", None)
    assert db.value("select count(*) from letters where kind = 'password changed' and person = ?", [lou.id]) == 1
    cast = move_in(app, data, tmp_path / "site")
    assert cast.try_to_sign_in("lou", cast.browser(), OTHER).way
    assert cast.try_to_sign_in("lou", cast.browser(), PASSWORD).heading == "Sign in"
    cast.records.close()


def test_of_a_teacher_it_warns_where_passwords_are_closed_for_teachers(peopled, db, data):
    ours, here = google("7.apps.googleusercontent.com", "secret", "wrenfield.example"), Settings(data)
    providers.set_up(db, here, ours, lambda _: True, by=None, now=datetime.now(UTC))
    sign_in_rules.decide(db, here, SignInRules(14, False, Strangers.REFUSED), lambda _: True, by=None, now=datetime.now(UTC))
    for email, warned in (("sam@wrenfield.example", True), (LOU, False)):
        done = peopled("people", "password", email, "--password-stdin", stdin=OTHER.encode())
        assert done.code == 0 and ("Teachers sign in with Google alone, so this password opens nothing" in done.err) is warned


@pytest.mark.parametrize("password", [b"", b"short", b"password1234", b"\xff" * 20, b"hartley-hartley"])
def test_a_password_that_wont_do_changes_nothing(peopled, db, password):
    before = db.value("select password_hash from people where email = ?", [LOU])
    done = peopled("people", "password", LOU, "--password-stdin", stdin=password)
    assert refused(done) and "Nothing was changed." in done.err and "added" not in done.err
    assert db.value("select password_hash from people where email = ?", [LOU]) == before


def test_whose_password_cannot_be_set(peopled):
    assert refused(peopled("people", "password", "ana@wrenfield.example", "--password-stdin", stdin=OTHER.encode()))
    assert refused(peopled("people", "password", "nobody@wrenfield.example", "--password-stdin", stdin=OTHER.encode()))
    assert peopled("people", "password", LOU).code == 2


def test_a_second_step_is_reset_and_on_record(peopled, db):
    lou = by_email(db, LOU)
    with transaction(db):
        code_apps.put(db, lou.id, "sealed", 0, moment("2026-11-24T09:30:00.000000Z"))
    done = peopled("people", "reset-second-step", LOU)
    assert (done.code, done.out) == (0, "")
    assert "has no second step any more" in done.err and "set up another before anything else" in done.err
    assert not second_factors.has_one(db, lou.id)
    assert [(each.what, each.by) for each in sign_in_events.of_person(db, lou.id)] == [("reset", None)]
    again = peopled("people", "reset-second-step", LOU)
    assert refused(again) and "Nothing was changed." in again.err


def test_whose_second_step_cannot_be_reset(peopled):
    assert refused(peopled("people", "reset-second-step", "ana@wrenfield.example"))
    assert refused(peopled("people", "reset-second-step", "nobody@wrenfield.example"))
