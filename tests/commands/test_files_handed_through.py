"""Files named on the command line: root opens them, another account does the work, and a new file is whole or not there.

As on the server: `induction --as ACCOUNT …`. Where the tests are not root they see the refusal, and everything else
as themselves.
"""

import os
import shutil
import stat
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.commands.forked import Shell, be_the_command
from tests.forks import Forks

ROOT = os.geteuid() == 0
ACCOUNT = "nobody"  # every machine has it, and it may write nothing
AS = ["--as", ACCOUNT] if ROOT else []


@pytest.fixture(scope="module", autouse=True)
def a_python_that_the_account_may_start():
    """On a server it may, by the documents. The tests' own may lie in root's home: that is opened for passing through meanwhile."""
    shut = [
        (folder, mode) for folder in Path(os.path.realpath(sys.executable)).parents
        if ROOT and not (mode := stat.S_IMODE(folder.stat().st_mode)) & stat.S_IXOTH
    ]
    for folder, mode in shut:
        folder.chmod(mode | stat.S_IXOTH)
    yield
    for folder, mode in shut:
        folder.chmod(mode)


@pytest.fixture
def machine(template, run):
    """A data folder that belongs to the service's account, and a home that only root may enter."""
    with tempfile.TemporaryDirectory(dir="/tmp", prefix="induction-") as made:
        os.chmod(made, 0o755)
        data, home = Path(made) / "data", Path(made) / "root"
        shutil.copytree(template, data)
        home.mkdir(mode=0o700)
        if ROOT:
            for path in (data, *data.rglob("*")):
                shutil.chown(path, ACCOUNT, "nogroup")
        yield SimpleNamespace(data=data, home=home, run=lambda *words, **how: run(data, home, AS, *words, **how))


@pytest.fixture(scope="module")
def run():
    with Forks(be_the_command) as forks:
        yield Shell(forks).run


def mine(path):
    """Whether a file is whole, this account's, and nobody else may read it."""
    found = path.lstat()
    return stat.S_ISREG(found.st_mode) and stat.S_IMODE(found.st_mode) == 0o600 and found.st_uid == os.geteuid()


def left_over(folder):
    return sorted(path.name for path in folder.iterdir() if path.name.startswith("."))


def test_files_in_a_home_that_the_account_may_not_enter(machine):
    """Import, export, backup, publish and restore, by names relative to where root stands."""
    home, data, induction = machine.home, machine.data, machine.run
    (home / "people.csv").write_text("name,email,role,mentor,due\nIda Brook,ida@x.example,,,\n")
    done = induction("people", "import", "people.csv")
    assert done.code == 0 and "ida@x.example" in done.out, done
    assert (induction("export", "people", "--output", "out.csv")).code == 0
    assert mine(home / "out.csv") and "Ida Brook" in (home / "out.csv").read_text()
    assert induction("backup", home / "stick.db").out == f"{home / 'stick.db'}\n" and mine(home / "stick.db")
    (home / "policy.md").write_text("## Photos\n\nAsk first.\n")
    assert induction("policy", "publish", "policy.md").code == 0
    assert induction("people", "deactivate", "ida@x.example").code == 0
    assert induction("restore", "stick.db", "--older").code == 0
    assert "ida@x.example" in induction("people", "list").out
    assert left_over(home) == [] and left_over(data) == [] and left_over(data / "backups") == []
    owner = data.stat().st_uid
    assert {path.stat().st_uid for path in data.rglob("*")} == {owner}, "nothing in the data folder belongs to another"


def test_a_file_that_is_there_already_is_left_as_it_is(machine):
    home = machine.home
    (home / "treasure").write_text("gold")
    (home / "link.csv").symlink_to(home / "treasure")
    (home / "nowhere.csv").symlink_to(home / "gone")
    for words in (["export", "people", "--output"], ["backup"]):
        for name in ("treasure", "link.csv", "nowhere.csv"):
            done = machine.run(*words, name)
            assert done.code == 1 and done.out == "" and f"{name} is there already" in done.err, done
        done = machine.run(*words, "no-folder/out")
        assert done.code == 1 and done.out == "" and "no-folder/out can't be written" in done.err, done
    assert (home / "treasure").read_text() == "gold" and not (home / "gone").exists() and left_over(home) == []


def test_standard_input_and_output_stand_for_files(machine):
    done = machine.run("people", "import", "-", stdin=b"name,email,role,mentor,due\nIda Brook,ida@x.example,,,\n")
    assert done.code == 0 and "ida@x.example" in done.out, done
    assert machine.run("export", "people", "--output", "-").out == machine.run("export", "people").out
    copy = machine.home / "copy.db"
    copy.write_bytes(machine.run("backup", "-").bytes)
    assert machine.run("restore", copy, "--older").code == 0
    assert list((machine.data / "backups").glob("induction-*")) == []


def test_what_the_account_put_in_its_own_folder_is_not_opened_by_root(machine):
    """A link planted there leads the account to nothing that it may not read itself."""
    secret = machine.home / "secret.csv"
    secret.write_text("name,email,role,mentor,due\nIda Brook,ida@x.example,,,\n")
    (machine.data / "planted.csv").symlink_to(secret)
    done = machine.run("people", "import", machine.data / "planted.csv")
    assert done.code == (1 if ROOT else 0) and ("ida" in done.out) is not ROOT, done
    assert machine.run("export", "people", "--output", machine.data / "out.csv").code == 0
    assert (machine.data / "out.csv").stat().st_uid == machine.data.stat().st_uid


def test_a_restore_may_come_before_the_data_folder(machine, run):
    made = machine.data.with_name("made")
    if not ROOT:
        made.parent.chmod(0o755)
    assert machine.run("backup", "all.db").code == 0
    done = run(made, machine.home, AS, "restore", "all.db")
    assert done.code == 0, done
    assert made.stat().st_uid == machine.data.stat().st_uid and stat.S_IMODE(made.stat().st_mode) == 0o700


def test_a_child_that_fails_leaves_no_file(machine):
    done = machine.run("export", "people", "--person", "nobody@x.example", "--output", "out.csv")
    assert done.code == 1 and list(machine.home.iterdir()) == []
    (machine.data / "induction.db").write_bytes(b"\xff\xd8\xff\xe0" + bytes(9000))
    done = machine.run("backup", "out.db")
    assert done.code == 1 and done.out == "" and list(machine.home.iterdir()) == [], done


@pytest.mark.parametrize("account, words", [("no-such-account", "There is no account" if ROOT else "Only root")])
def test_an_account_that_is_none(machine, run, account, words):
    done = run(machine.data, machine.home, ["--as", account], "people", "list")
    assert done.code == 1 and done.out == "" and words in done.err
