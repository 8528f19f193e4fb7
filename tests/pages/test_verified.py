"""What was verified is verified again when it counts: nothing begins on what is no longer so."""

import threading
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from induction.records.people import people, sessions
from induction.records.store.database import transaction
from induction.rules.roles import Role
from induction.services import sign_in
from tests.cast import PASSWORD, email_of

NEW = "eleven brave herons nest"


@contextmanager
def nobody_hashes(cast):
    """The thread that verifies passwords is busy until the end of the block; what is asked of it meanwhile waits."""
    begun, go = threading.Event(), threading.Event()
    busy = threading.Thread(target=lambda: cast.site.hashing._wait(0, lambda: begun.set() or go.wait(30)))
    busy.start()
    assert begun.wait(10)
    try:
        yield
    finally:
        go.set()
        busy.join()


def while_it_is_verified(cast, deed, browser, path, fields):
    """The answer to a form whose password is being verified while `deed` is done."""
    came = []
    sending = threading.Thread(target=lambda: came.append(browser.send(path, fields, follow=False)))
    with nobody_hashes(cast):
        sending.start()
        while not cast.site.hashing._lane.qsize():
            assert sending.is_alive(), came
        deed()
    sending.join()
    return came[0]


def another_password(cast):
    secret = cast.site.hashing._hasher.hash(NEW)
    with transaction(cast.records):
        people.set_password(cast.records, cast.who("max").id, secret, now=datetime.now(UTC))


def another_role(cast):
    with transaction(cast.records):
        people.update(cast.records, cast.who("max").id, role=Role.LEAD, now=datetime.now(UTC))


def another_email(cast):
    with transaction(cast.records):
        people.update(cast.records, cast.who("max").id, email="maximilian@wrenfield.example", now=datetime.now(UTC))


def left(cast):
    with transaction(cast.records):
        people.deactivate(cast.records, cast.who("max").id, now=datetime.now(UTC))


CHANGES = (another_password, another_role, another_email, left)


@pytest.mark.parametrize("change", CHANGES)
def test_a_password_that_was_verified_before_a_change_begins_no_session(cast, change):
    browser = cast.browser()
    who = cast.who("max").id
    fields = {"email": email_of("max"), "password": PASSWORD}
    page = while_it_is_verified(cast, lambda: change(cast), browser, "/sign-in", fields)
    assert page.status == 200 and page.heading == "Sign in" and page.problems
    assert sessions.mine(cast.records, who, datetime.now(UTC)) == []
    assert browser.open("/").is_at("/sign-in")


@pytest.mark.parametrize("change", CHANGES)
def test_a_new_password_is_not_kept_over_a_change_that_came_first(cast, change):
    cast.max.open("/account/password")
    fields = {"present": PASSWORD, "password": "twelve other herons nest"}
    page = while_it_is_verified(cast, lambda: change(cast), cast.max, "/account/password", fields)
    kept = people.find(cast.records, 2)
    assert page.status == 303 and page.headers["Location"] == "/sign-in" and kept is not None
    stored = people.password_of(cast.records, kept.email).password_hash
    assert not cast.site.hashing.verify(stored, "twelve other herons nest")


def test_a_session_that_was_ended_meanwhile_changes_no_password(cast):
    cast.tess.open("/")
    with cast.tess.client.session_transaction() as session:
        token = session["_user_id"]
    stored, now = people.password_of(cast.records, email_of("tess")), datetime.now(UTC)
    with transaction(cast.records):
        sessions.end(cast.records, token)
    secret = cast.site.hashing.hash(NEW)
    assert not sign_in.change_password(cast.records, stored, secret, token=token, device="a browser", now=now)
    assert people.password_of(cast.records, email_of("tess")) == stored
