"""The data folder can be read and not written: reading goes on, and the words fit the cause."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import zipfile
from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from induction.commands import main
from induction.records.people import people
from induction.records.people.person import Details
from induction.records.store.database import Database, transaction
from induction.rules.roles import Role
from tests.records.making import NOW


@contextmanager
def read_only(folder):
    """The folder on a disk that takes no changes."""
    assert os.geteuid() == 0, "only root may mount a disk; run these tests as root"
    subprocess.run(["mount", "--bind", str(folder), str(folder)], check=True)
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", str(folder)], check=True)
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def data(template, tmp_path):
    data = shutil.copytree(template, tmp_path / "data")
    data.chmod(0o700)
    return data


@pytest.fixture
def run(data, capsys, monkeypatch):
    monkeypatch.setenv("INDUCTION_DATA", str(data))

    def command(*words):
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO()))
        code = main([str(word) for word in words])
        said = capsys.readouterr()
        assert "Traceback" not in said.err and "not where it was" not in said.err
        return SimpleNamespace(code=code, out=said.out, err=said.err)

    return command


def stopped(data):
    """As a server leaves it that was told to stop."""


def killed(data):
    """As a killed server leaves it: the last changes lie beside the database."""
    crash(data)


def copied(data):
    """The same, copied without what SQLite works out anew."""
    crash(data)
    (data / "induction.db-shm").unlink()


def crash(data):
    db = Database(data / "induction.db")
    with transaction(db):
        people.add(db, Details("eve@wrenfield.example", "Eve", Role.TEACHER), now=NOW)
    for path in list(data.glob("induction.db*")):
        shutil.copy(path, data.parent)
    db.close()
    for path in data.parent.glob("induction.db*"):
        shutil.move(path, data / path.name)


@pytest.mark.parametrize("left", [stopped, killed])
def test_reading_goes_on(run, data, left, tmp_path):
    left(data)
    with read_only(data):
        listed = run("people", "list")
        assert listed.code == 0 and "tess@wrenfield.example" in listed.out
        assert ("eve@" in listed.out) is (left is killed)
        assert run("export", "people").code == run("export", "completions").code == run("policy", "show").code == 0
        assert run("backup", tmp_path / "stick" / "copy.zip").code == 1, "the words say that the folder is missing"
        (tmp_path / "stick").mkdir()
        assert run("backup", tmp_path / "stick" / "copy.zip").code == 0
        doctor = run("doctor")
        assert doctor.code == 1 and "LOOK  writing: The disk is read-only" in doctor.out
        looks = [line.split(":")[0] for line in doctor.out.splitlines() if line.startswith("LOOK")]
        assert looks == ["LOOK  writing", "LOOK  facts to confirm"]
    assert "induction.db" in zipfile.ZipFile(tmp_path / "stick" / "copy.zip").namelist()
    assert [path.name for path in (tmp_path / "stick").iterdir()] == ["copy.zip"]


def test_changing_is_refused_in_words_that_fit(run, data, tmp_path):
    (tmp_path / "copy.zip").write_bytes(b"PK")
    with read_only(data):
        for words in (
            ["people", "deactivate", "tess@wrenfield.example"], ["people", "invite", "tess@wrenfield.example"], ["migrate"],
            ["first-run"], ["serve"], ["people", "add", "ida@x.example", "--name", "Ida"], ["backup"],
            ["policy", "set", "pupil-contact", "none"], ["restore", tmp_path / "copy.zip"],
        ):  # fmt: skip
            done = run(*words)
            assert done.code == 1 and "read-only" in done.err.lower(), (words, done)


def test_changes_that_can_not_be_joined_are_never_left_out_in_silence(run, data):
    copied(data)
    with read_only(data):
        done = run("people", "list")
        assert done.code == 1 and "The last changes lie beside induction.db" in done.err
        assert "Copy the whole data folder to another disk" in done.err
    assert "eve@" in run("people", "list").out, "and there it is whole"
