"""A later version is installed on an old database, and then the old version again."""

from __future__ import annotations

import zipfile
from pathlib import Path

from sqlite_utils.utils import sqlite3

from tests.faults.learner import Learner, read
from tests.faults.server import Server, command

LATER = ("-m", "tests.faults.later")


def columns(database) -> list[str]:
    connection = sqlite3.connect(database)
    try:
        return [row[1] for row in connection.execute("pragma table_info(people)")]
    finally:
        connection.close()


def test_an_upgrade_backs_up_first_keeps_everything_and_the_old_version_then_refuses(data, wise):
    database = data / "induction.db"
    with Server(data) as old:
        learner = Learner(old.sign_in("tess"), wise)
        learner.answer()
        old.kill()  # what is in the journal alone must come along
    assert not (data / "backups").exists()

    with Server(data, program=LATER) as new:
        learner.browser.port = new.port
        learner.answer()
        new.stop()
    assert "telephone" in columns(database)
    assert len(learner.saved) == 2 and read(database).lacks(learner.saved) == []
    (backup,) = (data / "backups").iterdir()
    with zipfile.ZipFile(backup) as whole:
        kept = whole.extract("induction.db", data.parent / "taken-out")
    assert "telephone" not in columns(kept)
    assert read(Path(kept)).lacks(learner.saved[:1]) == []

    before = database.read_bytes()
    refused = command(data, "serve", "--listen", "127.0.0.1:0")
    assert refused.returncode == 1
    assert "newer version" in refused.stderr and "Traceback" not in refused.stderr
    assert database.read_bytes() == before

    with Server(data, program=LATER):
        assert len(list((data / "backups").iterdir())) == 1, "the second start upgrades nothing"

    assert command(data, "restore", "--older", str(backup)).returncode == 0, "the way back that the refusal names"
    (aside,) = (data / "backups").glob("replaced-*/induction.db")
    assert "telephone" in columns(aside), "the newer one is kept aside"
    assert read(database).lacks(learner.saved[:1]) == []
    with Server(data) as old:
        assert old.sign_in("tess").open("/").status == 200
