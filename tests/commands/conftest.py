"""The command line as a process would have it, but in this one, since a start takes a second."""

import io
import shutil
import sys
from types import SimpleNamespace

import pytest

from induction.commands import main
from tests import compiled


@pytest.fixture
def data(tmp_path):
    """A data folder that nobody has used."""
    return tmp_path / "data"


@pytest.fixture
def run(data, capsys, monkeypatch):
    """run(*words, stdin=b"") -> what it printed and its exit code."""
    monkeypatch.setenv("INDUCTION_DATA", str(data))

    def command(*words, stdin=b""):
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(stdin), isatty=lambda: False))
        code = main([str(word) for word in words])
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return SimpleNamespace(code=code, out=said.out, err=said.err)

    return command


@pytest.fixture
def peopled(run, data, template):
    """The same, in the school of the cast."""
    compiled.give(shutil.copytree(template, data))
    return run
