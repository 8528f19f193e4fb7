"""Looking changes nothing: who may make or upgrade a database, and what all the others do where there is none."""

import shutil
import stat

import click
import pytest
from sqlite_utils import Migrations

from induction import __version__, create_app
from induction.commands import induction
from induction.records.store import migrations
from induction.records.store.database import transaction
from induction.settings import Settings
from tests.commands.outcomes import commands_of
from tests.records.making import NOW

MAKERS = {
    "serve": [],
    "first-run": [],
    "restore": ["FILE"],
    "migrate": [],
    "people add": ["ida@x.example", "--name", "Ida"],
}
LOOKING = {
    "check": [],
    "doctor": [],
    "export": ["people"],
    "verify": [],
    "people list": [],
    "sign-in show": [],
    "policy show": [],
    "backup": ["OUT"],
}
CHANGING = {  # what is there, and nothing where there is none
    "people import": ["FILE"],
    "people deactivate": ["tess@wrenfield.example"],
    "people invite": ["tess@wrenfield.example"],
    "people password": ["tess@wrenfield.example", "--password-stdin"],
    "people reset-second-step": ["max@wrenfield.example"],
    "people erase": ["ana@wrenfield.example", "--yes"],
    "sign-in set": ["--grace", "3"],
    "sign-in remove-provider": ["google"],
    "policy set": ["pupil-contact", "none"],
    "policy publish": ["FILE"],
}
OTHERS = LOOKING | CHANGING
# test_drill, test_mail, test_pack: a key is made from nothing, a drill asks backups, letters go where a mail server is set
BY_THEMSELVES = {
    "backup-key", "drill", "send-mail", "pack",
}


@pytest.fixture
def do(run, tmp_path):
    """do(name of a command) -> what it printed and its exit code."""
    (tmp_path / "file").write_text("## Photos\n\nname,email\n")
    stands_for = {"OUT": str(tmp_path / "out"), "FILE": str(tmp_path / "file")}

    def command(name):
        (tmp_path / "out").unlink(missing_ok=True)
        return run(*name.split(), *(stands_for.get(word, word) for word in (MAKERS | OTHERS)[name]))

    return command


def state(folder):
    """All that lies in a folder, with content and time of change; None where there is no such folder."""
    if not folder.exists():
        return None
    return {
        path.relative_to(folder): (path.lstat().st_mtime_ns, stat.S_IMODE(path.lstat().st_mode), path.is_file() and path.read_bytes())
        for path in folder.rglob("*")
    }


def test_every_command_stands_here():
    known = {name: command for name, command in commands_of(induction) if not isinstance(command, click.Group)}
    assert known.keys() == {*MAKERS, *OTHERS, *BY_THEMSELVES}
    assert {name for name, command in known.items() if command.makes_the_folder} == MAKERS.keys()


@pytest.mark.parametrize("name", OTHERS)
def test_where_there_is_no_folder_or_nothing_in_it_nothing_is_made(do, data, name):
    for folder in ("missing", "empty"):
        before = state(data)
        done = do(name)
        assert done.code == (0 if name == "check" else 1), done
        assert name == "check" or "INDUCTION_DATA" in done.out + done.err
        assert state(data) == before, f"{name} made something where the folder is {folder}"
        data.mkdir(mode=0o700, exist_ok=True)


@pytest.mark.parametrize("been", ["backups", "secret-key"])
@pytest.mark.parametrize("name", [name for name in (*MAKERS, *OTHERS) if name not in ("check", "restore")])
def test_where_a_school_has_been_none_is_made(do, data, name, been):
    data.mkdir(mode=0o700)
    (data / been).mkdir(mode=0o700) if been == "backups" else (data / been).write_text("ab" * 32)
    before = state(data)
    done = do(name)
    assert done.code == 1 and f"{been} is there, so there was a school" in done.out + done.err, done
    assert "induction restore" in done.out + done.err
    after = state(data)
    after.pop(next((path for path in after if path.name == "in-use"), None), None)
    assert after == before


def begin(do, data, name):
    """Run one of the few; a start that ends before it serves."""
    if name == "serve":
        create_app(Settings(data))
    else:
        assert do(name).code == 0


@pytest.mark.parametrize("name", [name for name in MAKERS if name != "restore"])
def test_the_few_that_may_make_a_school(do, data, name):
    begin(do, data, name)
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert stat.S_IMODE((data / "induction.db").stat().st_mode) == stat.S_IMODE((data / "secret-key").stat().st_mode) == 0o600


@pytest.fixture
def old(data):
    """A school as version 1.0 left it."""
    first = Migrations("induction")
    first(name="m001_people_school_learning")(migrations.m001_people_school_learning)
    data.mkdir(mode=0o700)
    db = migrations.open_database(data / "induction.db", NOW, first)
    with transaction(db):
        db.execute(
            "insert into people (email, name, sort_name, role, created_at, checklist_key)"
            " values ('tess@school.example', 'Tess', 'tess', 'teacher', '2026-11-24T09:30:00.000000Z', 'a-key-of-sixteen')"
        )
    db.close()
    (data / "secret-key").write_text("ab" * 32)
    return data


@pytest.mark.parametrize("name", OTHERS)
def test_an_old_database_is_said_and_not_upgraded(do, old, name):
    before = state(old)
    done = do(name)
    if name in ("check", "backup"):
        assert done.code == 0
    else:
        assert done.code == 1 and "waits for an upgrade" in done.out + done.err and "induction migrate" in done.out + done.err
    assert state(old) == before


@pytest.mark.parametrize("name", [name for name in MAKERS if name != "restore"])
def test_the_few_upgrade_it_after_a_backup_of_all(do, old, name):
    (old / ".induction.db.0a1b2c3d.part").mkdir()  # of an upgrade that was killed
    begin(do, old, name)
    assert [path.name for path in old.glob(".*")] == []
    assert [path.name[:14] for path in (old / "backups").iterdir()] == ["before-upgrade"]
    assert migrations.pending(migrations.open_existing(old / "induction.db", looking=True)) == []


@pytest.mark.parametrize("name", LOOKING)
def test_looking_at_a_school_changes_nothing(do, data, template, name):
    shutil.copytree(template, data)
    data.chmod(0o700)
    before = state(data)
    done = do(name)
    assert done.code == 0, done
    assert state(data) == before


def test_the_version(run):
    assert (run("--version").code, run("--version").out) == (0, f"induction {__version__}\n")
    assert f"Induction {__version__}," in run("doctor").out
