import pytest

from tests.records.making import add_cast, open_new


@pytest.fixture
def db(tmp_path):
    """A new database in a file of its own."""
    db = open_new(tmp_path)
    yield db
    db.close()


@pytest.fixture
def cast(db):
    return add_cast(db)
