"""A content folder for each test that reads files, and what reads them within limits."""

import pytest

from tests.content.folders import Folder
from tests.content.limits import Reader, read
from tests.forks import Forks


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


@pytest.fixture(scope="session")
def read_within_limits():
    """Reads a folder in a process that is ended when it takes too much."""
    with Forks(read) as forks:
        yield Reader(forks).read
