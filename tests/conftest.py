"""What the tests share: one template of a data folder, one site, and the cast in a copy of their own."""

from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling

from induction import create_app
from induction.content.reading import library
from induction.settings import HOME, Settings
from tests.cast import make_template, move_in


def pytest_configure() -> None:
    """Reading what is shipped takes half a second and comes out the same each time, so this process does it once."""
    read, known = library.read, {}

    def once(shipped: Path, own: Path | None, *more: object, **named: object) -> library.Reading:
        if shipped != HOME or named or (own is not None and any((own / kind).exists() for kind in ("courses", "quizzes"))):
            return read(shipped, own, *more, **named)
        asked = repr(more)
        if asked not in known:
            known[asked] = read(shipped, None, *more)
        return known[asked]

    library.read = once


def pytest_addoption(parser):
    parser.addoption("--fuzz-rounds", type=int, default=1, help="how many times as long texts are made by chance (tests/content)")


class ByFile(LoadScopeScheduling):
    """With -n: the tests of a file in one process; the journeys all in one, with one Chromium and what its eyes have seen."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return "tests/journeys" if file.startswith("tests/journeys/") else file


def pytest_xdist_make_scheduler(config, log):
    return ByFile(config, log)


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    """A data folder with the school and the cast; copy it, never change it."""
    return make_template(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def app(template, tmp_path_factory):
    """One site for all tests that don't need a start of their own."""
    return create_app(Settings(tmp_path_factory.mktemp("site")))


@pytest.fixture
def cast(app, template, tmp_path):
    """Tess, Max, Nia, Sam, Lou, and Ana who has left, in a fresh school."""
    everyone = move_in(app, template, tmp_path / "data")
    yield everyone
    everyone.records.close()
