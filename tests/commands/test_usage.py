"""Exit code 0 done, 1 a problem was said, 2 wrong usage; data to standard output, all else to the other."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from induction.commands import induction
from induction.settings import HOME
from tests.commands.outcomes import commands_of, refused


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["nonsense"],
        ["people"],
        ["people", "nonsense"],
        ["people", "add"],
        ["people", "add", "ida@x.example"],
        ["people", "add", "ida@x.example", "--name", "Ida", "--role", "head"],
        ["people", "add", "ida@x.example", "--name", "Ida", "--due", "soon"],
        ["people", "add", "ida@x.example", "--name", "Ida", "--due", "31/02/2027"],
        ["people", "add", "ida@x.example", "--name", "Ida", "--due", "9999-12-31"],
        ["export", "completions", "--as-at", "9999-12-31"],
        ["export", "completions", "--as-at", "0001-01-01"],
        ["check", "--today", "9999-12-31"],
        ["check", "--today", "1" * 5000],
        ["policy"],
        ["export"],
        ["export", "people", "--format", "xml"],
        ["pack", "--as-at", "9999-12-31"],
        ["pack", "completions"],
        ["check", "--today", "yesterday"],
        ["restore"],
        ["serve", "--listen", "8000"],
        ["send-mail", "now"],
        ["people", "erase"],
        ["policy", "publish"],
        ["people", "add", "ida@x.example", "--name", "Ida", "--course"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_two_and_changes_nothing(run, data, words):
    done = run(*words)
    assert done.code == 2 and done.out == "" and "Usage: induction " in done.err
    assert not data.exists()


# Each command, where the data folder is a file, so that nothing can be done: the exit code with nothing after it, and
# with a word that nobody has heard of.
COMMANDS = {
    "": (2, 2),
    "serve": (1, 2),
    "first-run": (1, 2),
    "check": (0, 1),
    "people": (2, 2),
    "people add": (2, 2),
    "people import": (2, 1),
    "people list": (1, 2),
    "people deactivate": (2, 1),
    "people invite": (2, 1),
    "people erase": (2, 1),
    "people password": (2, 2),
    "people reset-second-step": (2, 1),
    "sign-in": (2, 2),
    "sign-in show": (1, 2),
    "sign-in set": (2, 2),
    "sign-in remove-provider": (2, 2),
    "policy": (2, 2),
    "policy show": (1, 2),
    "policy set": (2, 2),
    "policy publish": (2, 1),
    "export": (2, 2),
    "verify": (1, 2),
    "pack": (1, 2),
    "backup": (1, 1),
    "restore": (2, 1),
    "drill": (1, 1),
    "backup-key": (0, 2),
    "doctor": (1, 2),
    "send-mail": (1, 2),
    "migrate": (1, 2),
}


def test_every_command_stands_in_the_table():
    assert list(COMMANDS) == ["", *(name for name, _ in commands_of(induction))]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_exit_code_of_every_command(run, data, name):
    data.write_text("a shopping list")
    words = name.split()
    for asked in ("--help", "-h"):
        done = run(*words, asked)
        assert done.code == 0 and done.out.startswith(f"{' '.join(['Usage: induction', *words])} [") and done.err == "", done
    done = run(*words, "--nonsense")
    assert refused(done, f"Usage: {' '.join(['induction', *words])} [", "No such option '--nonsense'", code=2)
    assert (run(*words).code, run(*words, "nonsense").code) == COMMANDS[name]
    assert data.read_text() == "a shopping list"


def test_help_knows_every_word_and_option_of_the_readme(run):
    written = (HOME / "README.md").read_text().partition("```\nserve ")[2].partition("```")[0]
    options = set(re.findall(r"--[a-z-]+", written))
    assert len(options) > 15
    shown = "".join(run(*name.split(), "--help").out for name in COMMANDS)
    assert {option for option in options if option not in shown} == set()


@pytest.mark.parametrize(
    "words, said",
    [
        (["people", "add", "tess@wrenfield.example", "--name", "Tess"], "here already"),
        (["people", "add", "TESS@Wrenfield.example", "--name", "Tess"], "here already"),
        (["people", "add", "nonsense", "--name", "Tess"], "Write an email address"),
        (["people", "add", "ida@x.example", "--name", " "], "a name"),
        (["people", "add", "ida@x.example", "--name", "\u200b"], "a name"),
        (["people", "add", "ida@x.example", "--name", "…"], "a name"),
        (["people", "add", "ida@x.example", "--name", "N" * 121], "at most 120"),
        (["people", "add", "ida@x.example", "--name", "I\x00da"], "U+0000"),
        (["people", "add", "jo@intranet", "--name", "Jo"], "Write an email address"),
        (["people", "add", "ida@x.example", "--name", "Ida", "--mentor", "nobody@x.example"], "nobody@x.example"),
        (["people", "add", "ida@x.example", "--name", "Ida", "--mentor", "sam@wrenfield.example"], "mentor"),
        (["people", "add", "ida@x.example", "--name", "I" * 5000], ""),
        (["people", "add", "i" * 5000 + "@x.example", "--name", "Ida"], ""),
        (["people", "deactivate", "nobody@x.example"], "nobody@x.example"),
        (["people", "deactivate", "lou@wrenfield.example"], "lead"),
        (["people", "invite", "nobody@x.example"], "nobody@x.example"),
        (["people", "invite", "ana@wrenfield.example"], "has left"),
        (["export", "completions", "--person", "nobody@x.example"], "nobody@x.example"),
        (["export", "people", "--as-at", "2026-01-01"], "--as-at"),
        (["policy", "set", "nonsense", "none"], "nonsense"),
        (["policy", "set", "pupil-contacts", "none"], "did you mean pupil-contact?"),
        (["policy", "set", "pupil-contact", "nonsense"], "nonsense"),
        (["people", "import", "nothing.csv"], "nothing.csv"),
        (["restore", "nothing.db"], ""),
        (["check", "nothing-here"], "nothing-here"),
    ],
)
def test_what_cant_be_done_is_one_said_and_changes_nothing(peopled, words, said):
    before = peopled("people", "list").out
    assert refused(peopled(*words), said)
    assert peopled("people", "list").out == before


def test_an_unknown_setting_stops_every_command(run, monkeypatch):
    """With the exit code on which systemd does not try again every five seconds."""
    monkeypatch.setenv("INDUCTION_DEBUG", "1")
    for words in (["people", "list"], ["serve"]):
        assert refused(run(*words), "INDUCTION_DEBUG is not a setting", code=2)


def test_a_pipe_that_closes_is_no_fault(data, template):
    shutil.copytree(template, data)
    command = f"{sys.executable} -m induction people list | true"
    environment = {"PATH": os.environ["PATH"], "INDUCTION_DATA": str(data)}
    done = subprocess.run(command, shell=True, cwd=HOME, env=environment, capture_output=True, text=True, timeout=60)
    assert "Traceback" not in done.stderr and done.stdout == ""


@pytest.mark.parametrize("stream", [">/dev/full", ">&-", "2>&-", "2>/dev/full"])
@pytest.mark.parametrize("words, code", [("--help", 0), ("people", 2), ("people nonsense", 2), ("check --today 01/12/2029", 0)])
def test_help_and_refusals_whatever_became_of_the_terminal(tmp_path, words, code, stream):
    """What nobody can read is 1; nothing else fails."""
    done = subprocess.run(
        ["sh", "-c", f'exec "$0" -m induction {words} {stream}', sys.executable],
        cwd=HOME, env={"PATH": os.environ["PATH"], "INDUCTION_DATA": str(tmp_path)}, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == (1 if code == 0 and stream.startswith(">") else code), done
    assert "Traceback" not in done.stderr and "Exception ignored" not in done.stderr
