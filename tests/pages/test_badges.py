"""Badges on pages: downloaded with a certificate, checked by others, read from another school, and taken along."""

import csv
import io
import json
import re
import zipfile
from datetime import UTC, datetime, timedelta

import pytest

from induction.records.progress import completions, done_elsewhere
from induction.records.store import documents
from induction.rules import calendar
from induction.rules.badge_reading import Form
from induction.wording import badges as wording
from tests.cast import COURSE
from tests.pages.test_certificates import NAME, code, done
from tests.pages.test_days_here import person
from tests.pages.test_done_elsewhere import post
from tests.pages.test_the_end import SHORT
from tests.services.test_badges import BADGE, THEIRS, Elsewhere, one_digit_changed, verified

__all__ = ["done"]


@pytest.fixture
def elsewhere(tmp_path):
    return Elsewhere(tmp_path / "elsewhere")


def badge_of(school, form=Form.JSON, **changed):
    """One that is valid on the day on which this is tried."""
    now = datetime.now(UTC)
    days = {"completed_at": now - timedelta(days=40), "last_day": calendar.local(now).date() + timedelta(days=300)}
    return school.signed(form, **days | changed)


def get(browser, path):
    return browser.client.get(path)


def published(browser):
    return get(browser, "/certificates/key").json, get(browser, "/certificates/key.jwks").json


def test_whoever_has_the_code_downloads_it_and_two_verifiers_take_it_with_what_the_site_publishes(done):
    stranger, address = done.browser(), f"/certificates/{code(done)}/badge"
    page = stranger.open(address)
    assert page.heading == "The badge of this certificate" and NAME in page.text and "INDUCTION_URL" in page.text
    files = [get(stranger, f"{address}.{form}") for form in Form]
    assert [each.mimetype for each in files] == ["application/vc+json", "application/jwt"]
    assert {each.headers["X-Robots-Tag"] for each in files} == {"noindex"}
    assert all("attachment" in each.headers["Content-Disposition"] for each in files)
    keys = published(stranger)
    bodies = [each.data for each in files]
    changed = [one_digit_changed(each, b"Wrenfield") for each in bodies]
    assert [each == "verified" for each in verified([*bodies, *changed], keys, now=None)] == [True, True, False, False]
    said = json.loads(bodies[0])
    assert said["issuer"]["id"] == "http://127.0.0.1:8000/certificates/key" and said["issuer"]["name"] == "Wrenfield School"
    assert said["evidence"][0]["id"] == said["id"] == f"http://127.0.0.1:8000/certificates/{code(done)}"
    head = said["evidence"][0]["narrative"].rpartition(" ")[2]
    assert re.fullmatch("[0-9a-f]{64}", head)
    assert head in stranger.open(f"/certificates/{code(done)}").text.replace(" ", "")
    assert "Completed means that" in said["credentialSubject"]["achievement"]["criteria"]["narrative"]
    assert "says nothing about how they have behaved" in said["credentialSubject"]["achievement"]["criteria"]["narrative"]
    assert get(stranger, "/certificates/key").headers["Access-Control-Allow-Origin"] == "*"
    assert stranger.open(f"/certificates/{code(done).lower()}").has_link("Take it along as a badge")


def test_where_no_certificate_is_there_is_no_badge(done):
    stranger = done.browser()
    for ending in ("", ".json", ".jwt"):
        assert get(stranger, f"/certificates/00000-0000-00000/badge{ending}").status_code == 404


def test_of_a_certificate_that_was_corrected_no_badge_is_offered(done):
    (of_course,) = [each.id for each in completions.of_person(done.records, done.who("tess").id) if not each.lesson]
    done.lou.open(f"{person(done, 'tess')}/corrections/completion/{of_course}")
    done.lou.press("Keep the correction", counts="no", why="Taken by somebody else.")
    stranger, address = done.browser(), f"/certificates/{code(done)}"
    page = stranger.open(address)
    assert "Corrected" in page.text and not page.has_link("Take it along as a badge")
    page = stranger.open(f"{address}/badge")
    assert wording.CORRECTED in page.text and not page.has_link("Download the badge")


def test_a_key_that_is_lost_is_told_in_words_and_the_certificate_stands(done):
    (done.data / "signing-key").unlink()
    stranger, address = done.browser(), f"/certificates/{code(done)}"
    page = stranger.open(f"{address}/badge")
    assert page.status == 200 and wording.FOR_OTHERS in page.text and not page.has_link("Download the badge")
    assert get(stranger, f"{address}/badge.json").status_code == 404 and stranger.open(address).status == 200
    assert len(published(stranger)[0]["verificationMethod"]) == 1, "it stays published"
    page = done.lou.open("/school/health")
    assert wording.MISSING in page.text and wording.KEY_DO in page.text


def read(cast, content, who="tess"):
    address = f"{person(cast, who)}/badge"
    cast.lou.open(address)
    return cast.lou._arrived(post(cast.lou, address, {}, "badge.json", content), address)


def kept(cast, who="tess"):
    return done_elsewhere.of_person(cast.records, cast.who(who).id)


def test_a_lead_reads_one_of_another_school_sees_what_it_proves_and_counts_it(cast, elsewhere):
    file = badge_of(elsewhere, email=cast.who("tess").email)
    assert cast.lou.open(f"{person(cast, 'tess')}/elsewhere").has_link("Read its badge")
    page = read(cast, file)
    for words in (
        f"Tess Abara completed “{BADGE.title}” at {THEIRS.name}, the badge says.", wording.PROVES, "So it is theirs.",
        "No more.", THEIRS.address,
    ):
        assert words in page.text, words
    assert kept(cast) == [], "nothing is recorded yet"
    assert [each.get("value") for each in page.field("course").all("option") if "selected" in each.attrs] == [COURSE]
    page = cast.lou.press("Count it as done elsewhere")
    assert f"done elsewhere, {THEIRS.name}" in page.text
    [one] = kept(cast)
    assert (one.course, one.provider, one.kind, documents.read(cast.data, one.document)) == (COURSE, THEIRS.name, "json", file)
    read(cast, file)
    assert wording.KEPT_ALREADY in cast.lou.press("Count it as done elsewhere").text and len(kept(cast)) == 1
    answer = get(cast.tess, f"/record/elsewhere/{one.id}")
    assert answer.data == file and answer.mimetype == "application/json" and "attachment" in answer.headers["Content-Disposition"]


def test_whose_it_is_and_for_what_it_counts_a_lead_says_where_it_can_not_be_seen(cast, elsewhere):
    page = read(cast, badge_of(elsewhere, Form.TOKEN, course="another-course"))
    assert "another name than here" in page.text and "is for you to say" in page.text
    page = cast.lou.press("Count it as done elsewhere")
    assert page.problems == [wording.CHOOSE, wording.SAY_WHOSE] and kept(cast) == []
    page = cast.lou.press("Count it as done elsewhere", course=SHORT, theirs="y")
    assert "Kept." in page.text and [each.course for each in kept(cast)] == [SHORT]
    other = badge_of(Elsewhere(cast.data / "impostor"), code="2")
    assert "signed with another key" in read(cast, other, "sam").text


def test_what_is_changed_or_no_badge_is_refused_in_words_and_leaves_nothing(cast, elsewhere):
    changed = one_digit_changed(badge_of(elsewhere), b"ab" * 8)
    for words, content in (
        ("was changed after it was signed", changed), ("The file is no badge.", b"%PDF-1.4\n%%EOF"), ("larger than 100 kB", b"{" * 120_000),
        (wording.NO_FILE, b""),
    ):
        page = read(cast, content) if content else cast.lou.send(f"{person(cast, 'tess')}/badge", {})
        assert page.status == 200 and words in page.text
    for sent in ("", "***", "é", "AAAA"):
        assert cast.lou.send(f"{person(cast, 'tess')}/badge/count", {"badge": sent, "course": COURSE, "theirs": "y"}).status == 200
    read(cast, badge_of(elsewhere))
    assert kept(cast) == [] and not (cast.data / documents.FOLDER).exists()
    assert cast.lou.send("/school/people/999/badge/count", {}).status == 404


def test_everything_to_take_along_is_one_file(done):
    answer = get(done.tess, "/record/along")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    [pdf] = [name for name in files if name.startswith("certificates/")]
    assert files[pdf].startswith(b"%PDF-") and code(done) in pdf
    badge = f"badges/badge-{code(done)}"
    assert files[f"{badge}.json"] == get(done.tess, f"/certificates/{code(done)}/badge.json").data and f"{badge}.jwt" in files
    assert json.loads(files["record/my-induction-record.json"])["person"]["name"] == NAME
    [row] = csv.DictReader(io.StringIO(files["record/person.csv"].decode("utf-8-sig")))
    assert row["name"] == NAME
    told = files["read-me-first.txt"].decode()
    assert "one certificate as PDF" in told and "need not show it" in told and "no public address" in told
    assert done.tess.open("/record").has_link("Everything to take along")
    assert "no course has been completed here yet" in zipfile.ZipFile(io.BytesIO(get(done.sam, "/record/along").data)).read(
        "read-me-first.txt"
    ).decode().replace("\n", " ")


def test_a_lead_sees_the_key_and_makes_a_new_one(done):
    before = get(done.lou, f"/certificates/{code(done)}/badge.json").data
    [signs] = re.findall(r"(?:[0-9A-F]{4} ){7}[0-9A-F]{4}", done.browser().open(f"/certificates/{code(done)}/badge").text)
    page = done.lou.open("/school/evidence")
    assert signs in page.text and "Made by the site itself, at its first start" in page.text and wording.NO_ADDRESS in page.text
    other = done.lou.filled("Make a new key")
    page = done.lou.press("Make a new key")
    assert wording.NEW_KEY in page.text and "Made by Lou Hartley" in page.text and signs in page.text
    assert "That is how it stands already." in done.lou.send(other[0], other[1], token=False).text
    keys = published(done.browser())
    after = get(done.lou, f"/certificates/{code(done)}/badge.json").data
    assert before != after and len(keys[1]["keys"]) == 2
    assert verified([before, after], keys, now=None) == ["verified"] * 2, "both are still checked"
    assert "made a new key with which badges are signed" in done.lou.open("/school/acts").text


def test_a_key_that_can_not_be_put_in_place_is_told(done):
    (done.data / "signing-key").unlink()
    (done.data / "signing-key").mkdir()
    page = done.lou.open("/school/evidence")
    assert wording.MISSING in page.text
    assert wording.NOT_WRITTEN in done.lou.press("Make a new key").text
    (done.data / "signing-key").rmdir()
    assert wording.NEW_KEY in done.lou.press("Make a new key").text and wording.MISSING not in done.lou.page.text
