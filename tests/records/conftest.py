import shutil

import pytest

from tests.records.making import add_cast, open_new


@pytest.fixture(scope="session")
def made_once(tmp_path_factory):
    """A new database's file, which takes far longer to make than to copy; copy it, never change it."""
    folder = tmp_path_factory.mktemp("made-once")
    open_new(folder).close()
    return folder / "induction.db"


@pytest.fixture
def db(made_once, tmp_path):
    """A new database in a file of its own."""
    shutil.copy2(made_once, tmp_path)
    db = open_new(tmp_path)
    yield db
    db.close()


@pytest.fixture
def cast(db):
    return add_cast(db)
