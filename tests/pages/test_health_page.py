"""Health: one line for each thing, for leads; in each bad state a plain word, what it means and what to do."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from induction.records.school import certificate_seen, chores, post_office
from induction.records.school.certificate_seen import Seen
from induction.records.store.database import transaction
from induction.services import readiness
from tests.cast import own_site
from tests.pages.test_health import SICK

HERE = "/school/health"
URL = "https://induction.wrenfield.example"


def looked(cast):
    """What the page says once the site has looked at itself: word, title, words, by group."""
    cast.browser().open("/readyz")
    page = cast.lou.open(HERE)
    for thread in threading.enumerate():
        if thread.name == "readiness":
            thread.join()
    page = cast.lou.open(HERE)
    assert page.status == 200 and page.heading == "Health"
    return page


def line(page, title):
    """(word, what it says) of one thing."""
    [found] = [each for each in page.main.all("li") if each.all("span")[1].text == title]
    words = found.all("span")[2].text
    word = next(each for each in ("Act now", "Look", "Not known", "Well") if words.startswith(each))
    return word, words


def test_every_thing_has_its_line_and_what_is_well_comes_last(cast):
    page = looked(cast)
    titles = [each.all("span")[1].text for each in page.main.all("li")]
    for title in (
        "Database", "Saving answers", "Disk", "Clock", "Backups", "Mail", "Certificate of https", "What it does by itself",
        "Lessons due for review", "Facts that age", "Facts to confirm", "This program",
    ):  # fmt: skip
        assert titles.count(title) == 1, title
    assert [each.text for each in page.main.all("h2")] == ["Look", "Well"]
    assert "needs a look" in page.text and line(page, "Facts to confirm")[0] == "Look"
    assert page.has_link("Look them up: Facts to confirm") and page.has_link("What leads did")


def test_it_is_for_leads_and_reached_from_settings(cast):
    assert [browser.open(HERE).status for browser in (cast.tess, cast.max)] == [404, 404]
    assert cast.lou.open("/school/settings").link("Health").get("href") == HERE
    assert [each.text for each in looked(cast).document.all("a") if each.get("aria-current")] == ["Settings"]


WORD = {"space": ("Disk", "Act now"), "database": ("Database", "Act now"), "rules": ("Database", "Act now"),
        "records": ("Records agree", "Act now"), "backups": ("Backups", "Act now")}  # fmt: skip


@pytest.mark.parametrize("state", SICK)
def test_what_the_doctor_finds(template, tmp_path, monkeypatch, state):
    cast = own_site(template, tmp_path / "data")
    monkeypatch.setattr(readiness, "REST", -1)
    assert cast.lou and cast.browser().open("/readyz").status == 200
    monkeypatch.setattr(readiness, "FRESH", -1)
    cast.records.close()
    fall_ill, why = SICK[state]
    why = why.replace("`", "")  # which stands there as what is typed
    fall_ill(cast, monkeypatch)
    page = looked(cast)
    title, word = WORD[state]
    said = line(page, title)
    assert (said[0], why in said[1], "What to do:" in said[1]) == (word, True, True), said
    assert "can’t wait" in page.text and page.main.all("h2")[0].text == "Act now"
    overview = cast.lou.open("/school/overview")
    assert why in overview.text and overview.link("Health").get("href") == HERE
    cast.records.close()


def mail_away(cast):
    with transaction(cast.records):
        post_office.set_up(cast.records, URL, open=True)
        since = datetime.now(UTC) - timedelta(hours=3)
        post_office.failed(cast.records, "535 authentication failed", since, since)


def certificate_ends(cast):
    with transaction(cast.records):
        now = datetime.now(UTC)
        certificate_seen.keep(cast.records, Seen("induction.wrenfield.example", now, now + timedelta(days=2, hours=1)))


def certificate_not_seen(cast):
    with transaction(cast.records):
        certificate_seen.keep(cast.records, Seen("induction.wrenfield.example", datetime.now(UTC), None, trouble="timed out"))


def a_chore_went_wrong(cast):
    now = datetime.now(UTC)
    with transaction(cast.records):
        chores.claim(cast.records, "certificate", "c" * 16, until=now, before=now, now=now)
        chores.end(cast.records, "certificate", "c" * 16, "It rained", now)


def nobody_walks(cast):
    cast.site.readiness.chores = {"certificate": timedelta(days=1)}
    cast.site.readiness.walking_since = datetime.now(UTC) - timedelta(days=3)


BEYOND = {
    "mail": (mail_away, "Mail", "Act now", "535 authentication failed"),
    "certificate": (certificate_ends, "Certificate of https", "Act now", "holds for 2 days more"),
    "unknown": (certificate_not_seen, "Certificate of https", "Not known", "could not be asked from this machine (timed out)"),
    "chore": (a_chore_went_wrong, "What it does by itself", "Look", "“certificate” went wrong (It rained)"),
    "caretaker": (nobody_walks, "What it does by itself", "Act now", "has not been done since the site was started"),
}


@pytest.mark.parametrize("state", BEYOND)
def test_what_lies_beyond_the_doctor(template, tmp_path, state):
    cast = own_site(template, tmp_path / "data", url=URL)
    make, title, word, words = BEYOND[state]
    make(cast)
    lou = cast.sign_in("lou", cast.browser())
    cast.__dict__["lou"] = lou
    said = line(looked(cast), title)
    assert said[0] == word and words in said[1]
    assert ("What to do:" in said[1]) is (word != "Not known")
    assert (words in lou.open("/school/overview").text) is (word != "Not known")
    assert cast.browser().open("/readyz").status == 200, "none of these stops the site"
    cast.records.close()


def test_just_started_it_says_that_it_still_looks(template, tmp_path):
    cast = own_site(template, tmp_path / "data")
    lou = cast.lou
    with cast.site.readiness._looking:
        cast.site.readiness._findings = []
        page = lou.open(HERE)
    assert "still looks at itself" in page.text and line(page, "Mail")[0] == "Well"
    cast.records.close()
