"""The drill: the newest backup is put back beside the school, a site starts on it, and a lead signs in; or the reason why not."""

import os
import shutil
import zipfile
from datetime import timedelta

import pytest

from induction.records.people import people
from induction.records.school import backup_history
from induction.records.store import backup, encryption
from induction.records.store.database import transaction
from induction.services import backups, drills
from induction.serving import trial
from induction.settings import HOME
from tests.cast import COURSE
from tests.records.making import NOW, open_new, save_answer, start_attempt
from tests.records.test_restore import bent, bent_rows

DAY = timedelta(days=1)
NIGHT = NOW.replace(hour=2, minute=10) + DAY


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def school(db, cast, tmp_path):
    with transaction(db):
        save_answer(db, start_attempt(db, cast.tess))
    return db


@pytest.fixture
def kept(school, tmp_path):
    backups.keep(school, NIGHT)
    return drills.newest(tmp_path)


def no_site(folder, lead):
    """Where it fails before a site would start."""


def held(file, tmp_path, keys=(), start=no_site, now=NIGHT):
    return drills.hold(file, str(file), tmp_path, now, start, keys)


def test_a_real_site_starts_on_it_and_a_lead_signs_in_and_nothing_else_is_touched(school, kept, tmp_path):
    with transaction(school):
        save_answer(school, start_attempt(school, people.by_email(school, "tess@school.example"), "late-messages"))
    school.close()
    before = {path: content for path, content in files(tmp_path).items() if not path.startswith("induction.db")}
    passwords = [row for row in school.rows("select password_hash from people")]
    outcome = held(kept, tmp_path, start=trial.of)
    assert outcome.ok, outcome
    assert outcome.seen == (
        "It opens and is whole, as this program makes it, and its records agree with each other.",
        "It holds 6 people, 1 answer and 0 completions, as many as when it was made.",
        "Since then the site has 1 answer more.",
        "It holds no content of the school’s own.",
        "The site started on it, and Lou Adeyemi signed in and opened the overview.",
    )
    assert {path: content for path, content in files(tmp_path).items() if not path.startswith("induction.db")} == before
    assert school.rows("select password_hash from people") == passwords
    assert school.value("select count(*) from sessions") == 0 == school.value("select count(*) from tries")
    assert backup_history.last_drill(school) == backup_history.Drill(NIGHT, kept.name, True, outcome.words)


def test_the_newest_is_taken_whoever_made_it(school, kept, tmp_path):
    assert drills.newest(tmp_path / "nowhere") is None
    by_hand = tmp_path / backup.FOLDER / backup.named_for(NOW)
    backup.backup(school, by_hand)
    os.utime(by_hand, (NOW.timestamp(), NOW.timestamp()))
    assert drills.newest(tmp_path) == kept
    os.utime(by_hand, ((NIGHT + DAY).timestamp(),) * 2)
    assert drills.newest(tmp_path) == by_hand


def fails(file, tmp_path, school, **how):
    """Why it fails; the school is as it was, and what was seen is kept."""
    outcome = held(file, tmp_path, **how)
    assert not outcome.ok
    last = backup_history.last_drill(school)
    assert not last.ok and last.words == outcome.words
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == [], "all goes afterwards"
    return outcome.seen[-1]


def test_half_of_one(school, kept, tmp_path):
    kept.write_bytes(kept.read_bytes()[:-100])
    assert "is damaged" in fails(kept, tmp_path, school)


def test_one_that_is_not_there(school, tmp_path):
    assert "There is no file" in fails(tmp_path / "gone.zip", tmp_path, school)


def repacked(kept, tmp_path, *statements, change=bent_rows):
    """The same with its database changed by somebody who knows how it is made."""
    out = tmp_path / "out"
    with zipfile.ZipFile(kept) as whole:
        whole.extractall(out)
    (out / "about-this-file.txt").unlink()
    change(out / "induction.db", *statements)
    return out


def test_one_whose_records_contradict_each_other(school, kept, tmp_path):
    changed = repacked(kept, tmp_path, "update versions set text = '{}'")
    assert "contradict each other" in fails(changed, tmp_path, school)


def test_one_whose_schema_somebody_changed(school, kept, tmp_path):
    assert "(completions_stay)" in fails(repacked(kept, tmp_path, "drop trigger completions_stay", change=bent), tmp_path, school)


def test_one_of_a_newer_version(school, kept, tmp_path):
    assert "newer version" in fails(repacked(kept, tmp_path, "pragma user_version = 999"), tmp_path, school)


def test_one_that_holds_fewer_than_when_it_was_made(school, kept, tmp_path):
    with zipfile.ZipFile(kept) as whole:
        members = {name: whole.read(name) for name in whole.namelist()}
    members["about-this-file.txt"] = members["about-this-file.txt"].replace(b'"answers": 1', b'"answers": 2')
    with zipfile.ZipFile(kept, "w") as whole:
        for name, content in members.items():
            whole.writestr(name, content)
    assert fails(kept, tmp_path, school) == "It holds 1 answer, and there were 2 when it was made."


def test_one_of_another_school(school, cast, tmp_path):
    (tmp_path / "other").mkdir()
    other = open_new(tmp_path / "other")
    backup.backup(other, tmp_path / "other.zip")
    other.close()
    assert fails(tmp_path / "other.zip", tmp_path, school) == "It is a backup of another school’s records."


def test_one_whose_own_content_does_not_pass_the_check(school, tmp_path):
    lesson = tmp_path / "courses" / COURSE / "02-friend-requests.md"
    lesson.parent.mkdir(parents=True)
    lesson.write_text("no front matter\n")
    backups.keep(school, NIGHT)
    assert "does not pass the check" in fails(drills.newest(tmp_path), tmp_path, school)


def test_own_content_that_passes_is_counted(school, tmp_path):
    lesson = tmp_path / "courses" / COURSE / "02-friend-requests.md"
    lesson.parent.mkdir(parents=True)
    shutil.copy(HOME / "courses" / COURSE / lesson.name, lesson)
    backups.keep(school, NIGHT)
    assert "The school’s own content in it passes the check (1 file)." in held(drills.newest(tmp_path), tmp_path).seen


def test_one_on_which_no_site_starts(school, kept, tmp_path):
    def start(folder, lead):
        raise trial.TrialFailed("its sign-in page answered 500")

    assert fails(kept, tmp_path, school, start=start) == "The site could not be used on it: its sign-in page answered 500."


def test_a_lead_who_cannot_sign_in_is_said(school, kept, tmp_path):
    def start(folder, lead):
        trial.of(folder, (lead[0], "another password than that", lead[2]))

    assert "a lead could not sign in (200)" in fails(kept, tmp_path, school, start=start)


def test_a_lead_whose_second_step_is_not_taken_is_said(school, kept, tmp_path):
    def start(folder, lead):
        trial.of(folder, (*lead[:2], "abcd efgh ijkm npqr"))

    assert "a lead could not give the second step (200)" in fails(kept, tmp_path, school, start=start)


def test_a_school_without_a_lead_shows_its_first_page(db, tmp_path):
    backup.backup(db, tmp_path / "mine.zip")
    assert "no lead in it" in held(tmp_path / "mine.zip", tmp_path, start=trial.of).seen[-1]


def test_on_a_machine_without_a_school_a_file_is_proved_too(school, kept, tmp_path):
    outcome = drills.hold(kept, str(kept), tmp_path / "nowhere", NIGHT, no_site)
    assert outcome.ok and not any("Since then" in each for each in outcome.seen)
    assert not (tmp_path / "nowhere").exists()


def test_beside_a_school_whose_database_is_lost_or_damaged_a_backup_is_proved_too(school, kept, tmp_path):
    school.close()
    school.path.write_bytes(b"SQLite format 3\0" + bytes(9000))
    assert held(kept, tmp_path).ok
    school.path.unlink()
    assert held(kept, tmp_path).ok and not school.path.exists()


# Encrypted


def test_without_its_key_an_encrypted_one_is_known_from_outside_alone(school, tmp_path):
    private, public = encryption.new_key()
    backups.keep(school, NIGHT, [public])
    file = drills.newest(tmp_path)
    outcome = held(file, tmp_path)
    assert outcome.ok and "can only be proved with the private key" in outcome.words and "its size and its digest" in outcome.words
    with_key = held(file, tmp_path, keys=encryption.keys_in(private, "key"))
    assert with_key.ok and "It holds 6 people" in with_key.words
    content = file.read_bytes()
    elsewhere = tmp_path / "carried.zip.age"
    elsewhere.write_bytes(content)
    assert "nothing here says how large it was" in held(elsewhere, tmp_path).words
    for changed in (content[:-1], content[:-1] + bytes([content[-1] ^ 1])):
        file.write_bytes(changed)
        assert "another size or digest" in fails(file, tmp_path, school)
    assert "not for this key" in fails(elsewhere, tmp_path, school, keys=encryption.keys_in(encryption.new_key()[0], "key"))


# Once a month


def test_it_is_due_once_a_month_and_the_next_night_after_one_that_failed(school, tmp_path):
    assert not drills.is_due(school, NIGHT), "there is no backup yet"
    backups.keep(school, NIGHT)
    assert drills.is_due(school, NIGHT)

    def keep(ok, at):
        with transaction(school):
            backup_history.say_drilled(school, "x", ok, "words", at)

    keep(True, NIGHT)
    assert not drills.is_due(school, NIGHT + 29 * DAY) and drills.is_due(school, NIGHT + 30 * DAY)
    keep(True, NIGHT + 365 * DAY)  # by a clock that was ahead
    assert drills.is_due(school, NIGHT + 30 * DAY)
    keep(False, NIGHT + 30 * DAY)
    assert not drills.is_due(school, NIGHT + 30 * DAY + timedelta(hours=1)) and drills.is_due(school, NIGHT + 31 * DAY)
