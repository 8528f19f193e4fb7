"""A database that is damaged, or not ours, or gone: refused in a sentence, left as it is, and never made afresh."""

from __future__ import annotations

import sqlite3 as plain
from pathlib import Path

import pytest

from tests.cast import PASSWORD, email_of
from tests.faults.learner import begin, number_of, options, read
from tests.faults.server import command

PICTURE = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffdb0043") + bytes(range(256)) * 64


def foreign(path: Path) -> None:
    connection = plain.connect(path)
    connection.executescript("create table recipes (name text); insert into recipes values ('soup');")
    connection.close()


def replaced_by(path: Path, what: str) -> None:
    whole = path.read_bytes()
    path.unlink()
    match what:
        case "empty":
            path.touch()
        case "picture":
            path.write_bytes(PICTURE)
        case "foreign":
            foreign(path)
        case "header alone":
            path.write_bytes(whole[:100])
        case "cut inside a page":
            path.write_bytes(whole[: len(whole) // 2 + 77])
        case "cut after a page":
            path.write_bytes(whole[: len(whole) // 2 // 4096 * 4096])
        case "overwritten in part":
            path.write_bytes(whole[:4096] + bytes(4096 * 4) + whole[5 * 4096 :])


@pytest.mark.parametrize(
    "what",
    ["empty", "picture", "foreign", "header alone", "cut inside a page", "cut after a page", "overwritten in part"],
)
def test_it_is_refused_in_a_sentence_and_left_as_it_is(data, what):
    database = data / "induction.db"
    replaced_by(database, what)
    before = {path.name: path.read_bytes() for path in data.iterdir() if path.is_file()}
    refused = command(data, "serve", "--listen", "127.0.0.1:0")
    assert refused.returncode == 1
    assert "Serving on" not in refused.stderr and "Traceback" not in refused.stderr
    sentence = refused.stderr.strip().splitlines()[-1]
    assert "Nothing was changed" in sentence and ("damaged" in sentence or "not a database of this program" in sentence)
    after = {path.name: path.read_bytes() for path in data.iterdir() if path.is_file()}
    assert after["induction.db"] == before["induction.db"]
    assert set(after) - set(before) <= {"in-use"}, "nothing was made beside it"


def test_the_same_folder_starts_where_nothing_is_wrong(data):
    """So that what is refused above is refused for its database."""
    assert command(data, "doctor").returncode in (0, 1)
    assert command(data, "export", "people").returncode == 0


def test_a_database_deleted_under_a_running_server_is_not_made_afresh(server, data):
    tess = server.sign_in("tess")
    attempt = begin(tess)
    sent = options(tess.open(attempt))[:1]
    sam = server.browser()
    sam.open("/sign-in")  # while it can be drawn: afterwards a thread that must open the database can't
    aside = data.parent / "aside.db"
    (data / "induction.db").rename(aside)

    for _ in range(12):  # whichever of the server's threads answers
        refused = tess.send(attempt, option=sent)
        assert refused.status == 503
        assert refused.field("option") == sent
    assert not (data / "induction.db").exists()
    assert sam.send("/sign-in", email=email_of("sam"), password=PASSWORD).status == 503
    assert server.browser().open("/readyz").status == 503

    aside.rename(data / "induction.db")
    saved = tess.send(attempt, option=refused.field("option"))
    assert (saved.status, saved.where) == (303, f"{attempt}/1")
    assert list(read(data / "induction.db").answers) == [(number_of(attempt), 1)]


def test_another_database_put_in_its_place_takes_no_answers(server, data, school):
    tess = server.sign_in("tess")
    attempt = begin(tess)
    sent = options(tess.open(attempt))[:1]
    (data / "induction.db").rename(data.parent / "aside.db")
    other = data / "induction.db"
    foreign(other)
    before = other.read_bytes()
    for _ in range(12):
        assert tess.send(attempt, option=sent).status == 503
    assert other.read_bytes() == before
