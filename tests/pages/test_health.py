"""/healthz and /readyz: process up; could do its work. Strangers are told no more; the log and leads are told why."""

import logging
import os
import shutil
import threading
from datetime import UTC, datetime, timedelta

import pytest

from induction import __version__
from induction.records.store import school_file
from induction.records.store.backup import backup
from induction.records.store.columns import moment_text
from induction.records.store.restore import restore
from induction.services import doctor, readiness
from tests.cast import own_site
from tests.records.test_restore import bent, bent_rows


def test_up_and_ready_in_two_words(cast):
    alive, ready = cast.browser().open("/healthz"), cast.browser().open("/readyz")
    assert (alive.status, alive.body, ready.status, ready.body) == (200, b"up\n", 200, b"ready\n")


def test_a_database_that_is_gone_is_not_ready_and_the_process_is_still_up(template, tmp_path):
    cast = own_site(template, tmp_path / "data")
    cast.records.close()
    os.rename(cast.data / "induction.db", cast.data / "elsewhere.db")
    page = cast.browser().open("/readyz")
    assert (page.status, page.body) == (503, b"not ready\n")
    assert cast.browser().open("/healthz").status == 200


def test_a_look_stands_for_half_a_minute(template, tmp_path):
    """Asking costs nothing: what was found is told again, also to whoever asks a thousand times."""
    cast = own_site(template, tmp_path / "data")
    assert cast.browser().open("/readyz").status == 200
    cast.records.close()
    os.rename(cast.data / "induction.db", cast.data / "elsewhere.db")
    assert cast.browser().open("/readyz").status == 200


def test_after_half_a_minute_it_is_looked_at_again(cast, monkeypatch):
    ready = readiness.Readiness(cast.records, cast.data)
    usage = shutil.disk_usage(cast.data)
    assert ready
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage._replace(free=0))
    ready._looked -= 31
    assert not ready


@pytest.fixture
def locked_away(template, tmp_path):
    """A site with Tess signed in, whose database was then moved away under it."""
    cast = own_site(template, tmp_path / "data")
    cast.tess.open("/account/devices")
    yield cast
    cast.records.close()


def test_without_a_database_pages_say_so_and_sign_out_clears_the_cookie_anyway(locked_away):
    cast = locked_away
    os.rename(cast.data / "induction.db", cast.data / "elsewhere.db")
    page = cast.tess.send(
        "/account/devices", {"csrf_token": cast.tess.page.field("csrf_token").get("value")}, token=False
    )
    assert page.status == 503 and page.heading == "Not saved yet"
    assert "elsewhere.db" not in page.html and str(cast.data) not in page.html
    cast.tess.page.field("csrf_token")
    token = next(each.get("value") for each in page.document.all("input") if each.get("name") == "csrf_token")
    page = cast.tess.send("/sign-out", {"csrf_token": token}, token=False, follow=False)
    assert page.status == 303 and page.headers["Clear-Site-Data"] == '"cache"'
    with cast.tess.client.session_transaction() as session:
        assert "_user_id" not in session


# One list of looks


def lacks_room(cast, monkeypatch):
    usage = shutil.disk_usage(cast.data)
    free = doctor.ROOM + school_file.size(cast.data)  # twice its size is asked for, which the journal's end makes less
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage._replace(free=free))


def is_damaged(cast, monkeypatch):
    root = cast.records.value("select rootpage from sqlite_master where name = 'conversations_by_teacher'")
    cast.records.close()
    with (cast.data / "induction.db").open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\x99" * 4096)


def has_other_rules(cast, monkeypatch):
    bent(cast.data / "induction.db", "drop trigger completions_stay")


def has_other_records(cast, monkeypatch):
    lead = "update people set role = 'lead' where email like 'tess%'"
    bent_rows(cast.data / "induction.db", lead)


def has_no_backup(cast, monkeypatch):
    began = moment_text(datetime.now(UTC) - timedelta(days=30))
    bent_rows(cast.data / "induction.db", f"update people set created_at = '{began}'")


SICK = {
    "space": (lacks_room, "Free some space"),
    "database": (is_damaged, "The database is damaged"),
    "rules": (has_other_rules, "(completions_stay)"),
    "records": (has_other_records, "people are what their last entry says"),
    "backups": (has_no_backup, "Run `induction backup`"),
}


@pytest.mark.parametrize("fall_ill, why", SICK.values(), ids=SICK)
def test_what_the_doctor_finds_stops_readiness_and_is_said_in_the_log_and_to_leads(cast, monkeypatch, caplog, fall_ill, why):
    caplog.set_level(logging.INFO, "induction.health")
    monkeypatch.setattr(readiness, "REST", -1)
    lou = cast.lou  # who lands on the overview: the site has looked at itself while all was well
    assert cast.browser().open("/readyz").status == 200
    caplog.clear()
    monkeypatch.setattr(readiness, "FRESH", -1)
    cast.records.close()
    fall_ill(cast, monkeypatch)
    page = cast.browser().open("/readyz")
    assert (page.status, page.body) == (503, b"not ready\n"), "strangers are told no more"
    [said] = [record.getMessage() for record in caplog.records if record.name == "induction.health"]
    assert said.startswith("Not ready: ") and why in said
    found = [each for each in doctor.examine(cast.data, datetime.now(UTC)) if not each.ok]
    assert found and all(each.words in said for each in found), "the same list, and the same limits"
    monkeypatch.setattr(readiness, "FRESH", 30)
    overview = lou.open("/school/overview")
    assert [each.words.replace("`", "") in overview.text for each in found] == [True] * len(found)
    assert "For whoever looks after the server" in overview.text
    if fall_ill is lacks_room:
        monkeypatch.undo()
        monkeypatch.setattr(readiness, "FRESH", -1)
        assert cast.browser().open("/readyz").status == 200
        assert caplog.records[-1].getMessage() == "Ready again"


def test_what_every_page_of_the_database_says_is_asked_again_only_after_a_rest(cast, monkeypatch):
    """Damage that was found is not forgotten meanwhile."""
    has_other_rules(cast, monkeypatch)
    ready = readiness.Readiness(cast.records, cast.data)
    monkeypatch.setattr(readiness, "REST", 10**6)
    monkeypatch.setattr(readiness, "FRESH", -1)
    assert not ready
    began = ready._deep_again
    assert not ready and ready._deep_again == began


def test_a_page_does_not_wait_while_the_whole_database_is_read(cast, monkeypatch):
    has_other_rules(cast, monkeypatch)
    ready = readiness.Readiness(cast.records, cast.data)
    with ready._looking:  # somebody is at it
        assert ready.unwell() == []
    ready.unwell()
    for thread in threading.enumerate():
        if thread.name == "readiness":
            thread.join()
    assert [each.name for each in ready.unwell()] == ["database"], "and tells it once it is known"
    assert not ready


def test_all_is_well_and_leads_are_told_nothing(cast):
    assert "For whoever looks after the server" not in cast.lou.open("/school/overview").text
    assert f"Induction {__version__}" in cast.lou.page.html
    assert f"Induction {__version__}" not in cast.tess.open("/").html


def test_leads_are_told_of_a_restore_for_a_while(template, tmp_path):
    first = shutil.copytree(template, tmp_path / "first")
    cast = own_site(template, tmp_path / "site")
    to = tmp_path / "copy.zip"
    backup(cast.records, to)
    shutil.unpack_archive(to, tmp_path / "out", "zip")
    cast.records.close()
    now = datetime.now(UTC)
    restore(tmp_path / "out" / "induction.db", first, now)
    told = own_site(first, tmp_path / "told")
    page = told.lou.open("/school/overview")
    assert "the records were put back from a backup: they go on to" in page.text
    assert "if the school had lessons or scenarios of its own" in page.text
    told.records.close()
    restore(to, first, now - timedelta(days=15))
    told = own_site(first, tmp_path / "later")
    assert "put back from a backup" not in told.lou.open("/school/overview").text
    told.records.close()


def test_facts_and_lessons_that_have_aged_are_told_to_leads(cast, monkeypatch):
    lou = cast.lou
    assert "over a year ago" not in lou.open("/school/overview").text
    later = datetime.now(UTC).date() + timedelta(days=800)
    monkeypatch.setattr("induction.web.parts.looks.today", lambda: later)
    text = lou.open("/school/overview").text
    assert "Facts last checked over a year ago: " in text and "Lessons last reviewed over a year ago: " in text


# The site's name


def test_a_site_whose_address_is_wrong_says_so_until_somebody_asks_for_it(template, tmp_path, caplog):
    cast = own_site(template, tmp_path / "data", url="https://indcution.wrenfield.example")
    client = cast.app.test_client()

    def ask(name):
        return client.get("/sign-in", headers={"Host": name}).status_code

    assert [ask("induction.wrenfield.example") for _ in range(2)] == [400, 400]
    assert client.get("/readyz").status_code == 200, "two may be strangers that try names"
    [said] = [record.getMessage() for record in caplog.records if record.name == "induction.health"]
    assert "Browsers ask for induction.wrenfield.example, but this site is https://indcution.wrenfield.example" in said
    assert "INDUCTION_URL" in said
    ask("induction.wrenfield.example\u202e" + "x" * 500)
    ready = readiness.FRESH
    readiness.FRESH = -1
    try:
        assert client.get("/readyz").status_code == 503
        assert ask("indcution.wrenfield.example") == 200, "and if it was right after all, one browser shows it"
        assert client.get("/readyz").status_code == 200
    finally:
        readiness.FRESH = ready
    cast.records.close()
