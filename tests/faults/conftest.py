"""What the faults share: a school in a folder of its own, staff enough to crowd it, and its server."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from induction.records.people import people
from induction.records.people.person import Details
from induction.records.store import migrations
from induction.records.store.database import transaction
from induction.rules.roles import Role
from induction.services.password_hashing import Hashing
from tests.cast import PASSWORD, email_of
from tests.faults.learner import wise_choices
from tests.faults.server import Server

STAFF = 130


@pytest.fixture(scope="session")
def school(template, tmp_path_factory) -> Path:
    """The cast's school with 130 more teachers, s1 to s130, and passwords that cost what they cost; copy it, never change it."""
    folder = tmp_path_factory.mktemp("school") / "data"
    shutil.copytree(template, folder)
    now = datetime.now(UTC)
    db = migrations.open_database(folder / "induction.db", now)
    secret = Hashing().hash(PASSWORD)
    with transaction(db):
        for who in ("tess", "max", "nia", "sam", "lou"):
            people.set_password(db, people.by_email(db, email_of(who)).id, secret, now=now)
        for number in range(1, STAFF + 1):
            person = people.add(db, Details(f"s{number}@wrenfield.example", f"Staff {number}", Role.TEACHER), now=now)
            people.set_password(db, person.id, secret, now=now)
    db.close()
    return folder


@pytest.fixture
def data(school, tmp_path) -> Path:
    return shutil.copytree(school, tmp_path / "data")


@pytest.fixture
def server(data):
    with Server(data) as running:
        yield running


@pytest.fixture(scope="session")
def wise(app):
    return wise_choices(app)
