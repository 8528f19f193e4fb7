"""What the tests share: one template of a data folder, one site, and the cast in a copy of their own."""

import os
from datetime import date
from pathlib import Path
from zlib import crc32

import pytest
from xdist.scheduler import LoadScopeScheduling

from induction import create_app
from induction.content.reading import library
from induction.settings import HOME, Settings
from tests.cast import make_template, move_in
from tests.providers import SCHOOL, canaille, member, oidc_provider


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


MANY = 3000  # tests: a run of all of them
FOURTHS = (  # the same is asked of each form and address, and of each stream
    "tests/pages/test_any_bytes.py", "tests/pages/test_hostile.py", "tests/pages/test_pressed_twice.py",
    "tests/pages/test_meanwhile.py",
    "tests/commands/test_usage.py::test_help_and_refusals_whatever_became_of_the_terminal",
)  # fmt: skip
THIRDS = ("tests/journeys/",)  # and in a second view


def pytest_collection_modifyitems(config, items):
    """Of what asks the same again and again, a fourth or a third a day in turn; all of it with --whole, or where it is named."""
    if config.getoption("whole") or len(items) < MANY:
        return
    day = int(os.environ.setdefault("TESTS_DAY", str(date.today().toordinal())))  # the workers' too

    def turn(item) -> bool:
        if item.nodeid.startswith(FOURTHS) and "[" in item.nodeid:
            return (crc32(item.nodeid.encode()) + day) % 4 == 0
        if item.nodeid.startswith(THIRDS) and ("phone" in item.nodeid or "no JavaScript" in item.nodeid):
            return (crc32(item.nodeid.encode()) + day) % 3 == 0
        return True

    items[:] = [item for item in items if turn(item)]


def pytest_addoption(parser):
    parser.addoption("--whole", action="store_true", help="all that is asked in turns, a fourth of it or a third each day")
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


@pytest.fixture(scope="session")
def there():
    """The certified provider, which knows Tess and Sam; a test that needs somebody else tells it who they are."""
    accounts = {"tess": member("Tess Okafor", f"tess@{SCHOOL}", 1), "sam": member("Sam Price", f"sam@{SCHOOL}", 2)}
    with oidc_provider(accounts) as open:
        yield open


@pytest.fixture(scope="session")
def rascal():
    """Another maker's, which knows Sam and proves no address."""
    with canaille("sprice", "Sam Price", f"sam@{SCHOOL}", "correct horse battery") as provider:
        yield provider


@pytest.fixture
def cast(app, template, tmp_path):
    """Tess, Max, Nia, Sam, Lou, and Ana who has left, in a fresh school."""
    everyone = move_in(app, template, tmp_path / "data")
    yield everyone
    everyone.records.close()
