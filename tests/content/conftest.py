"""A content folder for each test that reads files."""

import pytest

from tests.content.folders import Folder


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)
