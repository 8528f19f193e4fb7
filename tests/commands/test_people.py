"""people add, list, deactivate, invite."""

import json
import unicodedata

import pytest

from induction.records.people import people
from induction.records.store.database import Database
from induction.rules.email_address import as_typed
from induction.services.letters import open_office
from induction.services.password_hashing import Hashing
from tests.cast import PASSWORD, move_in
from tests.commands.outcomes import refused


def test_adding_prints_the_invitation_and_nothing_else(run, data):
    done = run("people", "add", " Ida@X.example", "--name", "Ida  Brook", "--due", "2026-12-04")
    assert done.code == 0 and done.out.startswith("http://127.0.0.1:8000/invitation/") and done.out.count("\n") == 1
    assert done.err == "Added Ida Brook as teacher.\n"
    assert run("people", "list").out == "Ida Brook  ida@x.example  teacher  2026-12-04\n"


def test_links_are_built_on_the_public_address(run, monkeypatch):
    monkeypatch.setenv("INDUCTION_URL", "https://induction.x.example")
    done = run("people", "add", "ida@x.example", "--name", "Ida")
    assert done.out.startswith("https://induction.x.example/invitation/")


@pytest.mark.parametrize("newline", [b"", b"\n", b"\r\n"])
def test_a_password_from_standard_input_loses_one_final_newline(run, app, data, tmp_path, newline):
    done = run(
        *("people", "add", "lou@x.example", "--name", "Lou Hartley", "--role", "lead", "--password-stdin"),
        stdin=PASSWORD.encode() + newline,
    )
    assert (done.code, done.out) == (0, "") and PASSWORD not in done.err
    cast = move_in(app, data, tmp_path / "site")
    assert cast.try_to_sign_in("lou@x.example", cast.browser()).is_at("/welcome")
    cast.records.close()


@pytest.mark.parametrize(
    "password", [b"", b"short\n", b"password1234", b"\xff" * 20, b"hartley-hartley", b"x y\x00" * 99]
)
def test_a_password_that_wont_do_adds_nobody(run, password):
    words = ("people", "add", "lou@x.example", "--name", "Lou Hartley", "--password-stdin")
    assert refused(run(*words, stdin=password))
    assert run("people", "list").out == ""


def test_who_left_is_not_listed_and_may_not_sign_in(peopled, app, data, tmp_path):
    assert peopled("people", "deactivate", "tess@wrenfield.example").code == 0
    assert "tess@" not in peopled("people", "list").out
    cast = move_in(app, data, tmp_path / "site")
    assert cast.try_to_sign_in("tess", cast.browser()).heading == "Sign in"
    cast.records.close()


def test_an_invitation_is_made_anew(peopled):
    done = peopled("people", "invite", "tess@wrenfield.example")
    assert done.code == 0 and done.out.startswith("http://127.0.0.1:8000/invitation/")


def test_with_mail_the_link_is_shown_all_the_same_and_the_letter_fits(peopled, data):
    db = Database(data / "induction.db")
    open_office(db, "http://localhost")
    for command in (("invite", "lou@wrenfield.example"), ("add", "ida@wrenfield.example", "--name", "Ida")):
        done = peopled("people", *command)
        assert done.out.startswith("http://127.0.0.1:8000/invitation/") and "on its way" in done.err
    subjects = [row["subject"] for row in db.rows("select subject from letters where kind = 'invitation' order by id")]
    assert [each.partition(" at ")[0] for each in subjects] == ["A new way into your induction", "Your staff induction"]
    db.close()


def test_a_course_is_named_for_somebody(peopled):
    assert refused(peopled("people", "add", "ida@x.example", "--name", "Ida", "--course", "chess"), "boundaries-in-ten-minutes")
    assert peopled("people", "add", "ida@x.example", "--name", "Ida", "--course", "boundaries-in-ten-minutes").code == 0


def test_a_first_and_a_last_day(run):
    assert run("people", "add", "ida@x.example", "--name", "Ida", "--starts", "4 January 2100", "--ends", "8 January 2100").code == 0
    assert run("people", "list").out == "Ida  ida@x.example  teacher  from 2100-01-04  until 2100-01-08\n"
    [ida] = json.loads(run("people", "list", "--format", "json").out)
    assert (ida["start"], ida["end"]) == ("2100-01-04", "2100-01-08")
    eve = ("people", "add", "eve@x.example", "--name", "Eve")
    assert refused(run(*eve, "--starts", "4 January 2100", "--ends", "3 January 2100"), "The last day is before the first.")
    assert refused(run(*eve, "--ends", "1 January 2021"), "That last day is past already.")
    assert run(*eve, "--ends", "1 January 2019").code == 2
    assert len(json.loads(run("people", "list", "--format", "json").out)) == 1


def test_a_person_by_any_spelling_of_their_email():
    assert as_typed("  TESS@Wrenfield.Example ") == "tess@wrenfield.example"
    assert as_typed("a" + "\u0301\u0316" * 500_000) == ""


@pytest.mark.parametrize("typed", ["\u200eida@x.example", "Ida Brook <IDA@X.example>", "ida@x.example;"])
@pytest.mark.parametrize("due", ["4 December 2026", "4 Dec 2026", "04/12/26", "2026-12-04", "46360"])
def test_a_person_is_added_by_one_grammar_of_addresses_and_days(run, typed, due):
    assert run("people", "add", typed, "--name", " Ida\u200b  Brook", "--due", due).code == 0
    [ida] = json.loads(run("people", "list", "--format", "json").out)
    assert (ida["email"], ida["name"], ida["due"]) == ("ida@x.example", "Ida Brook", "2026-12-04")


def test_a_password_is_kept_in_one_form(run, data):
    password = unicodedata.normalize("NFD", "câr ŵyn melyn 34")
    run("people", "add", "lou@x.example", "--name", "Lou", "--role", "lead", "--password-stdin", stdin=password.encode() + b"\n")
    db = Database(data / "induction.db")
    stored = people.password_of(db, "lou@x.example").password_hash
    db.close()
    hashing = Hashing()
    assert hashing.verify(stored, password) and hashing.verify(stored, unicodedata.normalize("NFC", password))
