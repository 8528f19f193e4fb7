"""The demonstration: each in a folder of its own, held from its first moment, and gone with it."""

import tempfile

import pytest

from induction import create_app, demonstration
from induction.records.store import lock
from induction.services import doctor
from induction.settings import Settings
from induction.web.site import Site
from tests.records.making import NOW


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """The machine's folder for what is temporary."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def real(tmp_path):
    return Settings(tmp_path / "real", url="https://induction.wrenfield.example")


def test_a_second_demonstration_leaves_the_first_alone(real, temporary):
    with demonstration.place(real) as first:
        (first.data / "induction.db").write_text("somebody is looking round")
        with demonstration.place(real) as second:
            assert second.data != first.data and second.demo and second.url is None
        assert (first.data / "induction.db").read_text() == "somebody is looking round"
        with pytest.raises(lock.ServerRunning), lock.alone(first.data):
            pass
    assert list(temporary.iterdir()) == [], "each takes its folder along, and never made the real one"


def test_what_a_killed_one_left_goes_at_the_next_start_and_nothing_else(real, temporary):
    killed = temporary / f"{demonstration.PREFIX}killed"
    killed.mkdir()
    (killed / demonstration.MARKER).touch()
    (killed / "induction.db").write_text("invented")
    (temporary / f"{demonstration.PREFIX}notes").mkdir()  # somebody's own, of nearly that name
    with demonstration.place(real) as place:
        assert sorted(temporary.iterdir()) == sorted([place.data, temporary / f"{demonstration.PREFIX}notes"])


def test_the_invented_school_is_well_looked_after(real, temporary):
    with demonstration.place(real) as place:
        app = create_app(place)
        site: Site = app.extensions["induction"]
        demonstration.fill(site.records, site.programmes, site.hashing, NOW)
        site.records.close()
        assert [each for each in doctor.examine(place.data, NOW) if not each.ok] == []
        assert list((place.data / "backups").glob("induction-*.zip")) != []
