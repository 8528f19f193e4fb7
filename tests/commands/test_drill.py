"""drill, backup-key, and backups for a key: what is printed, and the exit code."""

import os
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from induction.commands.command import now
from induction.records.school import backup_history, chores
from induction.records.store import backup, migrations, vital_signs
from induction.serving import caretaker, nightly_drill
from induction.serving.chores import Chore
from tests.cast import own_site
from tests.commands.outcomes import refused

OURS = [chore for chore in caretaker.CHORES if chore.name in ("make the backup of the night", "hold the monthly drill")]


def records(data):
    return migrations.open_existing(data / "induction.db")


@pytest.fixture
def key(run, tmp_path, monkeypatch):
    """A file with the private key; the public one is set."""
    made = run("backup-key")
    (tmp_path / "key.txt").write_text(made.out)
    monkeypatch.setenv("INDUCTION_BACKUP_KEY", re.search(r"age1\w+", made.out)[0])
    return tmp_path / "key.txt"


def test_a_drill_prints_what_it_saw_and_keeps_it(peopled, data):
    made = Path(peopled("backup").out.strip())
    done = peopled("drill")
    assert done.code == 0 and done.err == "", done
    first, *seen = done.out.splitlines()
    assert first == str(made) and seen[0].startswith("It opens and is whole") and "signed in and opened the overview." in seen[-1]
    last = backup_history.last_drill(records(data))
    assert last.ok and last.file == made.name and last.words == " ".join(seen)
    assert [each for each in os.listdir(data) if each.startswith(".")] == []


def test_a_drill_that_fails_says_why(peopled, data, tmp_path):
    half = tmp_path / "half.zip"
    assert peopled("backup", half).code == 0
    half.write_bytes(half.read_bytes()[:5000])
    before = peopled("people", "list").out
    done = peopled("drill", half)
    assert done.code == 1 and done.out == f"{half}\n" and done.err.startswith("The drill failed. The backup") and "is damaged" in done.err
    assert peopled("people", "list").out == before and not backup_history.last_drill(records(data)).ok


def test_without_a_backup_there_is_nothing_to_drill(peopled):
    assert refused(peopled("drill"), "There is no backup in backups/ yet")


def test_a_key_is_shown_once_with_where_to_keep_it(run, data):
    made = run("backup-key")
    assert made.code == 0 and re.fullmatch(r"# public key: age1\w+\nAGE-SECRET-KEY-1\w+\n", made.out)
    assert "shown once" in made.err and f"INDUCTION_BACKUP_KEY={re.search(r'age1[0-9a-z]+', made.out)[0]}" in made.err
    assert "AGE-SECRET" not in made.err and run("backup-key").out != made.out and not data.exists()


def test_a_backup_for_a_key_comes_back_with_it_and_not_without(peopled, data, key, tmp_path):
    done = peopled("backup")
    file = Path(done.out.strip())
    assert file.name.endswith(".zip.age") and "needs the private key" in done.err
    assert peopled("backup", tmp_path / "stick.zip").code == 0 and b"age-encryption" in (tmp_path / "stick.zip").read_bytes()[:30]
    before = peopled("people", "list").out
    other = tmp_path / "other.txt"
    other.write_text(peopled("backup-key").out)
    for words, said in (([], "--key"), (["--key", other], "not for this key"), (["--key", tmp_path / "none"], "can't be read")):
        assert refused(peopled("restore", file, *words), said, "Nothing was changed")
    (tmp_path / "letter.txt").write_text("Dear colleagues")
    assert refused(peopled("restore", file, "--key", tmp_path / "letter.txt"), "holds no private key")
    assert peopled("people", "list").out == before
    assert peopled("restore", file, "--key", key).code == 0
    assert peopled("people", "list").out == before
    assert "only be proved with the private key" in peopled("drill", file).out
    assert "signed in" in peopled("drill", file, "--key", key).out


@pytest.mark.parametrize(
    "value, words",
    [
        ("AGE-SECRET-KEY-1QQQ", "must not lie on this machine"),
        ("age1abc", "is no public key of age"),
        ("ssh-ed25519 AAAA", "is no public key of age"),
    ],
)
def test_a_key_that_will_not_do_stops_the_start(run, monkeypatch, value, words):
    monkeypatch.setenv("INDUCTION_BACKUP_KEY", value)
    done = run("doctor")
    assert done.code == 2 and words in done.err and "QQQ" not in done.err


def test_a_second_folder_needs_its_whole_path(run, monkeypatch):
    monkeypatch.setenv("INDUCTION_BACKUP_COPY", "backup")
    done = run("doctor")
    assert done.code == 2 and "write the whole path" in done.err


# By itself


@pytest.fixture
def site(template, tmp_path):
    cast = own_site(template, tmp_path / "data")
    yield cast.site
    cast.records.close()


def test_the_monthly_drill_is_held_in_a_process_of_its_own(site, monkeypatch):
    """With a setting of the service that is not for the copy."""
    monkeypatch.setenv("INDUCTION_URL", "https://induction.school.example")
    monkeypatch.setenv("INDUCTION_TRUSTED_PROXY", "127.0.0.1")
    backup.backup(site.records, site.settings.data / backup.FOLDER / backup.named_for(now()))
    at = datetime.now(UTC).replace(hour=3) + timedelta(days=1)
    monkeypatch.setattr(vital_signs, "begun", lambda db: at.replace(year=at.year - 1))
    nightly_drill.hold_where_due(site, at)
    last = backup_history.last_drill(site.records)
    assert last.ok and "signed in and opened the overview" in last.words
    monkeypatch.setattr(nightly_drill, "COMMAND", ("false",))
    nightly_drill.hold_where_due(site, at)  # none is due any more
    assert site.records.value("select count(*) from drills") == 1


def test_one_that_could_not_even_be_held_is_said(site, monkeypatch):
    backup.backup(site.records, site.settings.data / backup.FOLDER / backup.named_for(now()))
    at = datetime.now(UTC).replace(hour=3) + timedelta(days=1)
    monkeypatch.setattr(vital_signs, "begun", lambda db: at.replace(year=at.year - 1))
    monkeypatch.setattr(nightly_drill, "COMMAND", ("sh", "-c", "echo out of memory >&2; exit 137"))
    with pytest.raises(Exception, match=r"exit code 137\)\. out of memory"):
        nightly_drill.hold_where_due(site, at)



def test_the_caretaker_makes_the_backup_of_a_night_and_holds_the_drill(site, monkeypatch):
    at = datetime.now(UTC).replace(hour=3) + timedelta(days=2)
    monkeypatch.setattr(caretaker, "CHORES", OURS)
    for minutes in (0, 1, 16, 61):
        caretaker.walk(site, lambda minutes=minutes: at + timedelta(minutes=minutes))
    assert len(list((site.settings.data / backup.FOLDER).glob("daily-*.zip"))) == 1
    assert site.records.value("select count(*) from drills") == 1 and backup_history.last_drill(site.records).ok
    assert [each.trouble for each in chores.all_of_them(site.records).values()] == ["", ""]


def test_a_chore_after_a_long_one_is_told_when_it_begins_itself(site, monkeypatch):
    moment, begun = [datetime.now(UTC)], {}

    def do(name, takes):
        def work(_, now):
            begun[name] = now
            moment[0] += takes

        return Chore(name, timedelta(minutes=1), work)

    monkeypatch.setattr(caretaker, "CHORES", [do("long", timedelta(minutes=30)), do("next", timedelta())])
    first = moment[0]
    caretaker.walk(site, lambda: moment[0])
    assert begun == {"long": first, "next": first + timedelta(minutes=30)}
    done = chores.all_of_them(site.records)
    assert (done["long"].begun_at, done["long"].done_at) == (first, first + timedelta(minutes=30))


def test_a_demonstration_makes_no_backups(site):
    shown = replace(site, settings=replace(site.settings, demo=True))
    for chore in OURS:
        chore.do(shown, datetime.now(UTC) + timedelta(days=9))
    assert not (site.settings.data / backup.FOLDER).exists()
