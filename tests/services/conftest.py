"""A school in a real database, and what is taught there; no page."""

import pytest

from induction.services.programme import Programmes
from induction.services.shelf import Shelf
from induction.settings import HOME
from tests.cast import OPENED
from tests.records.conftest import cast, db, made_once

__all__ = ["cast", "db", "made_once"]


@pytest.fixture(scope="session")
def shelf(tmp_path_factory):
    return Shelf(HOME, tmp_path_factory.mktemp("shelf"))


@pytest.fixture
def programmes(db, shelf):
    return Programmes(shelf, db, OPENED)
