"""Done elsewhere: recorded by a lead with its file, read as what it is, and handed over to those alone whom it concerns."""

from datetime import timedelta

import pytest

from induction.records.progress import done_elsewhere
from induction.rules.calendar import written
from induction.wording import dates
from tests.cast import COURSE
from tests.pages.test_days_here import TODAY, person
from tests.rules.test_documents import HTML, PDF, png, zipped

DONE, UNTIL = TODAY - timedelta(days=60), TODAY + timedelta(days=300)
FIELDS = {"course": COURSE, "provider": "Kent Safeguarding", "title": "Level 1", "done_on": written(DONE), "expires_on": written(UNTIL)}
WORDS = f"done elsewhere, Kent Safeguarding, {dates.short_in_full(DONE)}"


def post(browser, address, fields, name, content):
    """In parts, as browsers write them."""
    parts = [f'--x\r\nContent-Disposition: form-data; name="{each}"\r\n\r\n{value}\r\n' for each, value in fields.items()]
    escaped = name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
    parts += [f'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{browser.token()}\r\n']
    head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{escaped}"\r\nContent-Type: application/pdf\r\n\r\n'
    body = "".join([*parts, head]).encode() + content + b"\r\n--x--\r\n"
    return browser.client.post(
        address, data=body, content_type="multipart/form-data; boundary=x", headers={"Origin": "http://localhost"}
    )


def record(cast, name="certificate.pdf", content=PDF, who="tess", browser=None, **changed):
    """The form as a browser sends it, and the page to which that leads."""
    browser = browser or cast.lou
    address = f"{person(cast, who)}/elsewhere"
    browser.open(address)
    answer = post(browser, address, {**FIELDS, **changed}, name, content)
    return browser.open(answer.headers["Location"]) if answer.status_code == 303 else browser._arrived(answer, address)


def kept(cast, who="tess"):
    return done_elsewhere.of_person(cast.records, cast.who(who).id)


def download(browser, path):
    return browser.client.get(path)


def test_a_lead_records_it_and_every_page_says_what_it_is(cast):
    cast.tess.open("/")
    page = record(cast)
    assert f"Kept. Professional boundaries online: {WORDS}." in page.text and f"It counts until {dates.short_in_full(UNTIL)}." in page.text
    assert "Recorded by Lou Hartley" in page.text
    for words, browser, path in (
        ("overview", cast.lou, "/school/overview"), ("person", cast.lou, person(cast, "tess")), ("list", cast.max, "/mentor/"),
        ("mentor", cast.max, f"/mentor/{cast.who('tess').id}"), ("home", cast.tess, "/"), ("record", cast.tess, "/record"),
    ):  # fmt: skip
        assert WORDS in browser.open(path).text, words
    assert "no lesson is asked of you" in cast.tess.open("/").text
    assert "Nothing yet. Lessons appear here as you pass them." in cast.tess.open("/record").text
    assert "has not begun" not in cast.max.open("/mentor/").text and "Complete" in cast.max.open("/mentor/").text


def test_the_file_is_only_ever_a_download(cast):
    record(cast, name="Zoë’s “certificate”;\r\nX: 1.pdf")
    [certificate] = kept(cast)
    as_lead, own = f"{person(cast, 'tess')}/elsewhere/{certificate.id}", f"/record/elsewhere/{certificate.id}"
    for browser, path in ((cast.lou, as_lead), (cast.tess, own)):
        answer = download(browser, path)
        assert answer.status_code == 200 and answer.data == PDF and answer.mimetype == "application/pdf"
        assert answer.headers["Content-Disposition"].startswith("attachment; filename")
        assert "X" not in answer.headers and answer.headers["X-Content-Type-Options"] == "nosniff"
        assert any(policy.startswith("sandbox") for policy in answer.headers.getlist("Content-Security-Policy"))
        assert answer.headers["Cache-Control"] == "no-store"


def test_that_a_lead_takes_the_file_along_is_among_what_leads_did(cast):
    record(cast)
    [certificate] = kept(cast)
    download(cast.tess, f"/record/elsewhere/{certificate.id}")
    download(cast.lou, f"{person(cast, 'tess')}/elsewhere/{certificate.id}")
    [act] = cast.records.rows("select * from acts where what = 'downloaded'")
    assert (act["about"], act["person"], act["by"]) == ("the document “Level 1”", cast.who("tess").id, cast.who("lou").id)


def test_nobody_else_gets_the_file(cast):
    record(cast)
    [certificate] = kept(cast)
    as_lead, own = f"{person(cast, 'tess')}/elsewhere/{certificate.id}", f"/record/elsewhere/{certificate.id}"
    assert [download(browser, path).status_code for browser in (cast.max, cast.sam) for path in (as_lead, own)] == [404] * 4
    assert download(cast.lou, own).status_code == 404, "of one's own record"
    assert download(cast.lou, f"{person(cast, 'sam')}/elsewhere/{certificate.id}").status_code == 404, "of somebody else"
    assert [download(cast.browser(), path).status_code for path in (as_lead, own)] == [303, 303]
    assert not cast.max.open(f"/mentor/{cast.who('tess').id}").has_link("certificate.pdf")


@pytest.mark.parametrize(("content", "words"), [
    (HTML, "The file is a web page, whatever its name says."),
    (b"", "The file is empty: it has 0 bytes."),
    (zipped(content=b"\0" * 9_000_000), "The file is a zip file"),
    (HTML + PDF, "The file is a web page"),
    (PDF + b"\0" * 5 * 1024 * 1024, "The file has more than 5 MB."),
])  # fmt: skip
def test_a_file_that_is_none_is_refused_and_the_words_stay(cast, content, words):
    page = record(cast, content=content)
    assert page.status == 200 and words in page.text and kept(cast) == []
    assert page.field("provider").get("value") == "Kent Safeguarding" and page.field("done_on").get("value") == written(DONE)


def test_everything_that_is_wrong_is_said_at_once(cast):
    page = record(cast, name="", content=b"", provider="", done_on=written(TODAY + timedelta(days=1)), course="")
    for words in ("Choose the certificate", "Write who gave it.", "That day is still to come.", "Choose the course"):
        assert words in page.text
    page = record(cast, expires_on=written(DONE - timedelta(days=1)))
    assert "That is before it was made." in page.text and kept(cast) == []


def test_five_megabytes_come_in_here_and_nowhere_else(cast):
    page = record(cast, content=PDF + b" " * (5 * 1024 * 1024 - len(PDF) - 6) + b"%%EOF\n")
    assert "Kept." in page.text
    assert record(cast, content=b"%PDF-" + b"\0" * 6 * 1024 * 1024).status == 413
    assert post(cast.lou, person(cast, "tess"), {}, "c.pdf", PDF + b"\0" * 2 * 1024 * 1024).status_code == 413


def test_pressed_twice_it_is_kept_once_and_a_picture_is_a_picture(cast):
    record(cast, name="photo.pdf", content=png())
    record(cast, name="photo.pdf", content=png())
    [certificate] = kept(cast)
    assert certificate.file == "photo.pdf.png"
    assert download(cast.tess, f"/record/elsewhere/{certificate.id}").mimetype == "image/png"


def test_it_is_taken_back_with_a_reason(cast):
    record(cast)
    page = cast.lou.press("Take it back")
    assert "Write why." in page.text and kept(cast)[0].taken_back_at is None
    page = cast.lou.press("Take it back", why="It is Sam’s.")
    assert "Taken back: It is Sam’s." in page.text and "Taken back by Lou Hartley" in page.text and not page.has_button("Take it back")
    assert WORDS not in cast.tess.open("/").text and "Taken back: It is Sam’s." in cast.tess.open("/record").text
    token = {"certificate": str(kept(cast)[0].id), "why": "Again"}
    assert "taken back before" in cast.lou.send(f"{person(cast, 'tess')}/elsewhere/take-back", token).text
    assert cast.lou.send(f"{person(cast, 'sam')}/elsewhere/take-back", token).status == 404


def test_what_has_expired_counts_no_more(cast):
    page = record(cast, expires_on=written(TODAY - timedelta(days=1)))
    assert f"It counted until {dates.short_in_full(TODAY - timedelta(days=1))}." in page.text
    assert WORDS not in cast.tess.open("/").text and "lessons" in cast.tess.open("/").text


def test_it_is_in_what_somebody_takes_along(cast):
    record(cast)
    assert "Kent Safeguarding" in cast.tess.open("/record/whole").text
    assert b'"provider": "Kent Safeguarding"' in cast.tess.client.get("/record/export").data
