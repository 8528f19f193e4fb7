"""backup, restore, doctor, and data folders that will not do."""

import json
import sqlite3
import stat
from pathlib import Path

from induction.services.health import FOR_LEADS
from tests.commands.outcomes import refused


def test_a_backup_goes_where_it_is_told_and_comes_back(peopled, data, tmp_path):
    done = peopled("backup")
    made = Path(done.out.strip())
    assert done.code == 0 and made.parent == data / "backups" and stat.S_IMODE(made.stat().st_mode) == 0o600
    assert peopled("backup", tmp_path / "mine.db").out.strip() == str(tmp_path / "mine.db")
    peopled("people", "add", "ida@x.example", "--name", "Ida")
    assert peopled("restore", tmp_path / "mine.db", "--older").code == 0
    assert "ida@x.example" not in peopled("people", "list").out


def test_a_restore_is_an_act_and_a_better_backup_may_follow(peopled, tmp_path):
    """What was put back says so in its own records; that alone makes no backup an older one."""
    peopled("backup", tmp_path / "first.zip")
    peopled("people", "add", "ida@x.example", "--name", "Ida")
    peopled("backup", tmp_path / "second.zip")
    assert refused(peopled("restore", tmp_path / "first.zip"), "--older")
    assert peopled("restore", tmp_path / "first.zip", "--older").code == 0
    [act] = [row for row in json.loads(peopled("export", "acts", "--format", "json").out) if row["kind"] == "backups"]
    assert act["what"] == "put the records back from first.zip" and act["by_name"] == ""
    assert act["from"] == "" and act["to"].startswith("records up to: ") and "; those after that are gone, up to: " in act["to"]
    assert peopled("restore", tmp_path / "second.zip").code == 0
    assert "ida@x.example" in peopled("people", "list").out


def test_a_picture_is_not_restored(peopled, tmp_path):
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(5000))
    before = peopled("people", "list").out
    assert refused(peopled("restore", tmp_path / "photo.jpg"))
    assert peopled("people", "list").out == before


def test_doctor_finds_a_fresh_installation_well(peopled):
    done = peopled("doctor", "--format", "json")
    findings = json.loads(done.out)
    wrong = {each["name"] for each in findings if not each["ok"]}
    assert "facts to confirm" in wrong, "a fresh school has some, which only a lead can look up"
    assert done.code == (1 if wrong - FOR_LEADS else 0)
    assert {"mail", "certificate", "chores", "lessons", "version"} <= {each["name"] for each in findings} - wrong
    assert all(each["name"] and each["words"] for each in findings)


def test_a_data_folder_that_is_a_file(run, data):
    data.write_text("a shopping list")
    for words in (["people", "list"], ["serve"], ["backup"], ["restore", "x"]):
        assert refused(run(*words), str(data))
    assert run("doctor").code == 1
    assert data.read_text() == "a shopping list"


def test_a_data_folder_that_holds_a_picture(run, data):
    data.mkdir()
    picture = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(9000)
    (data / "induction.db").write_bytes(picture)
    for words in (["people", "list"], ["serve"], ["migrate"]):
        assert refused(run(*words))
    assert (data / "induction.db").read_bytes() == picture, "never made a fresh one of"


def test_a_newer_database_is_left_alone(peopled, data):

    db = sqlite3.connect(data / "induction.db")
    db.execute("pragma user_version = 999")
    db.close()
    for words in (["people", "list"], ["serve"], ["migrate"]):
        assert refused(peopled(*words), "newer")
