"""Root at the server, without another word: goes on as the account of the data folder, so that nothing there becomes root's."""

import os
import pwd
import shutil

import pytest

from induction.records.store import encryption
from induction.services import installation
from tests.commands.test_files_handed_through import ACCOUNT, machine, run

__all__ = ["machine", "run"]

pytestmark = pytest.mark.usefixtures("as_root")


@pytest.fixture(scope="module")
def as_root():
    assert os.geteuid() == 0, "only root can give up being root; run these tests as root"


def owners(folder):
    return {path.lstat().st_uid for path in (folder, *folder.rglob("*"))}


def test_every_command_leaves_the_folder_the_accounts_own(machine, run):
    nobody = pwd.getpwnam(ACCOUNT).pw_uid
    for words in (
        ["doctor"], ["people", "list"], ["migrate"], ["backup"], ["people", "add", "ida@x.example", "--name", "Ida"],
        ["backup", "mine.zip"], ["restore", "mine.zip"], ["drill"], ["drill", "mine.zip"],
    ):  # fmt: skip
        done = run(machine.data, machine.home, [], *words)
        assert done.code == 0, (words, done)
        assert owners(machine.data) == {nobody}, words
    assert (machine.home / "mine.zip").stat().st_uid == 0


def test_the_private_key_is_read_from_roots_home(machine, run):
    made = run(machine.data, machine.home, [], "backup-key").out
    (machine.home / "key.txt").write_text(made)
    (machine.home / "key.txt").chmod(0o600)
    assert run(machine.data, machine.home, [], "backup", "plain.zip").code == 0
    with (machine.home / "plain.zip").open("rb") as plain, (machine.home / "mine.zip.age").open("wb") as out:
        encryption.encrypt(plain, out, [made.split()[3]])
    for words in (["drill", "mine.zip.age", "--key", "key.txt"], ["restore", "mine.zip.age", "--key", "key.txt"]):
        done = run(machine.data, machine.home, [], *words)
        assert done.code == 0, (words, done)
    assert owners(machine.data) == {pwd.getpwnam(ACCOUNT).pw_uid}


def test_a_restore_on_a_new_machine_makes_the_folder_and_gives_it_to_the_right_account(machine, run):
    """From root's home; the folder lies in one that is the account's own, or is the home the guide gave the account."""
    nobody = pwd.getpwnam(ACCOUNT)
    assert run(machine.data, machine.home, [], "backup", "mine.zip").code == 0
    place = machine.data.with_name("var-lib")
    place.mkdir()
    os.chown(place, nobody.pw_uid, nobody.pw_gid)
    fresh = place / "induction"
    done = run(fresh, machine.home, [], "restore", "mine.zip")
    assert done.code == 0 and "Restored" in done.err, done
    assert owners(fresh) == {nobody.pw_uid} and fresh.stat().st_mode & 0o777 == 0o700
    assert "tess@wrenfield.example" in run(fresh, machine.home, [], "people", "list").out
    shutil.rmtree(fresh)


def test_a_new_folder_is_for_the_account_whose_home_it_is(tmp_path, monkeypatch):
    here = pwd.struct_passwd(("induction", "x", 54321, 54321, "", str(tmp_path / "induction"), "/usr/sbin/nologin"))
    monkeypatch.setattr(pwd, "getpwall", lambda: [pwd.getpwnam("root"), here])
    monkeypatch.setattr(pwd, "getpwuid", lambda number: {54321: here, 0: pwd.getpwnam("root")}[number])
    assert installation.account_for(tmp_path / "induction") == "induction"
    assert installation.account_for(tmp_path / "other") is None, "root's own, where root owns the folder above"


@pytest.mark.parametrize(
    "name, words",
    [
        ("nowhere.zip", "can't be read (No such file or directory)"),
        (".", "can't be read (Is a directory)"),
        ("letter.docx", "letter.docx is not a backup of this program"),
        ("cut.zip", "The backup cut.zip is damaged"),
        ("fresh/in-the-way", "can't be used"),
    ],
)
def test_each_cause_has_its_own_words(machine, run, name, words):
    (machine.home / "letter.docx").write_bytes(b"\xd0\xcf\x11\xe0" * 400)
    assert run(machine.data, machine.home, [], "backup", "whole.zip").code == 0
    (machine.home / "cut.zip").write_bytes((machine.home / "whole.zip").read_bytes()[:5000])
    data = machine.data
    if name == "fresh/in-the-way":
        (machine.home / "fresh").mkdir()
        (machine.home / "fresh" / "in-the-way").write_text("a file where the folder would be")
        data, name = machine.home / "fresh" / "in-the-way", "whole.zip"
    before = {path: path.read_bytes() for path in machine.data.rglob("*") if path.is_file() and path.name != "in-use"}
    done = run(data, machine.home, [], "restore", name)
    assert done.code == 1 and words in done.err and "Traceback" not in done.err, done
    assert {path: path.read_bytes() for path in before} == before
