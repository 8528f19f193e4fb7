"""A certificate: on its page for anybody who has the code, as a PDF, in one's record, and all of a school's at once."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime, timedelta

import pytest

from induction.records import evidence
from induction.records.people import people
from induction.records.progress import certificates
from induction.records.store.database import transaction
from induction.rules import calendar
from induction.rules.certificate_codes import grouped
from induction.services import erasure
from induction.web.school.certificates import ONE_AT_A_TIME
from induction.wording import dates
from tests import pdf
from tests.pages.test_the_end import ESSENTIALS, SHORT, finish, read_the_policy
from tests.walking import walk

NAME = "Tess Okafor"
ALL = "/school/evidence/certificates.zip"


def code(cast, who="tess") -> str:
    """The code of somebody's latest, as it is shown."""
    return grouped(certificates.of_person(cast.records, cast.who(who).id)[0].code)


def rename(cast, name, who="tess"):
    with transaction(cast.records):
        people.update(cast.records, cast.who(who).id, name=name, now=datetime.now(UTC))


@pytest.fixture
def done(cast):
    """The cast, of whom Tess has completed the short course and read the policy."""
    cast.choose(pupil_contact="none")
    finish(cast)
    read_the_policy(cast)
    return cast


def test_a_stranger_reads_what_is_on_record_and_no_more(done):
    page = done.browser().open(f"/certificates/{code(done)}")
    today = dates.in_full(calendar.local(datetime.now(UTC)).date())
    assert page.status == 200 and page.heading == NAME and page.title.startswith(f"Certificate of {NAME}")
    for words in (
        "Wrenfield School records that",
        "has completed Boundaries online in ten minutes: one lesson, and has acknowledged the school’s policy.",
        "The essentials", f"Completed {today}", "Policy acknowledged version 1,", "Valid until no end is set", code(done),
        f"http://127.0.0.1:8000/certificates/{code(done)}", "says nothing about how they have behaved", "Completed means that",
    ):
        assert words in page.text, words
    everything = page.html
    for secret in ("tess@", "Max Adeyemi", "of 100", "mark", "Lou Hartley"):
        assert secret not in everything.replace('class="mark"', "").replace('<symbol id="i-', ""), secret
    assert page.headers["X-Robots-Tag"] == "noindex" and page.headers["Cache-Control"] == "no-store"


def test_however_the_code_is_typed(done):
    shown = code(done)
    for typed in (shown.lower(), shown.replace("-", ""), shown.replace("-", " "), f" {shown} ", shown.replace("0", "o").replace("1", "l")):
        assert done.browser().open(f"/certificates/{typed}").heading == NAME, typed
    stranger = done.browser()
    stranger.open("/certificates/")
    assert stranger.press("Look it up", code=f"https://school.example/certificates/{shown.lower()}").heading == NAME


def test_unknown_mistyped_and_erased_codes_look_the_same(done):
    shown = code(done)
    last = shown[:-1] + ("A" if shown[-1] != "A" else "B")
    before = [done.browser().open(f"/certificates/{each}") for each in ("00000-0000-00000", last, "hello", shown[:-1], f"{last}.pdf")]
    with transaction(done.records):
        people.deactivate(done.records, done.who("tess").id, now=datetime.now(UTC))
    later = datetime.now(UTC) + timedelta(seconds=1)
    erasure.erase(done.records, done.who("tess").id, typed=NAME, why="Asked for", by=done.who("lou").id, now=later)
    gone = done.browser().open(f"/certificates/{shown}")
    assert {(each.status, each.heading) for each in [*before, gone]} == {(404, "Check a certificate")}
    assert all("Nothing is held under that code here" in each.title for each in before)
    assert "it was held here once and is no longer" in gone.text and NAME not in gone.html
    assert gone.html.replace(shown, "") == before[0].html.replace("00000-0000-00000", ""), "a guesser learns nothing"
    stranger = done.browser()
    stranger.open(f"/certificates/{shown}")
    assert stranger.press("Look it up", code="").problems == ["Type the code again"]


def test_the_name_is_the_one_of_that_day(done):
    rename(done, "Tess Price")
    page, file = done.browser().open(f"/certificates/{code(done)}"), done.browser().open(f"/certificates/{code(done)}.pdf")
    assert page.heading == NAME and NAME in pdf.text(file.body) and "Price" not in page.html + pdf.text(file.body)


def test_it_bears_the_head_of_the_chain_with_its_completion(done):
    kept = certificates.of_person(done.records, done.who("tess").id)[0]
    entry = evidence.entry_of(done.records, "completion", kept.completion_id)
    rename(done, "Tess Price")
    where = f"/certificates/{code(done)}"
    for told in (done.browser().open(where).text, pdf.text(done.browser().open(f"{where}.pdf").body)):
        assert f"at entry {entry.n}" in told and entry.head in told.replace(" ", "")
    assert len(entry.head) == 64 and entry != evidence.latest(done.records), "as it stood then, not as it goes on"


def test_the_pdf_says_the_same_and_is_the_same_bytes(done):
    where = f"/certificates/{code(done)}.pdf"
    file, again = done.browser().open(where), done.tess.open(where)
    words, about = pdf.text(file.body), pdf.about(file.body)
    assert file.headers["Content-Type"] == "application/pdf" and f"certificate-{code(done)}.pdf" in file.headers["Content-Disposition"]
    assert file.body == again.body
    assert about["Tagged"] == "yes" and about["Pages"] == "1" and about["Title"].startswith(f"Certificate of induction: {NAME}")
    for said in (NAME, "Boundaries online in ten minutes", "The essentials", "no end is set", code(done), "is no reference"):
        assert said in words, said
    read_aloud = pdf.structure(file.body)
    assert read_aloud.index("H1") < read_aloud.index(NAME) < read_aloud.index("The essentials") < read_aloud.index(code(done))
    assert "Figure" in read_aloud


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("Siân Ŵyn-Ŷnys " * 21, "Siân Ŵyn-Ŷnys"),
        ("W" * 300, "W" * 40),
        ("=1+1 *x* #y", "=1+1 *x* #y"),
        ("אברהם לוי", "אברהם"),
        ("محمد عبد الله", "عبد"),
        ("Ana \U00012000 Costa", "Ana [U+12000] Costa"),
    ],
)
def test_whatever_somebody_is_called(done, name, seen):
    done.records.close()
    raw = done.records.connection().conn
    raw.execute("pragma query_only = off")
    raw.execute("drop trigger people_history_does_not_change")  # of that day; and longer than any form takes
    raw.execute("update people_history set name = ? where person = ?", [name.strip(), done.who("tess").id])
    raw.commit()
    file = done.browser().open(f"/certificates/{code(done)}.pdf").body
    words = pdf.text(file)
    assert pdf.about(file)["Pages"] == "1" and pdf.about(file)["Title"].startswith("Certificate of induction: ")
    assert seen in words.replace("\u200b", "") or seen[::-1] in words
    assert "?" not in words and "\ufffd" not in words and "\u25a1" not in words
    if len(name) > 200:
        letters = "".join(words.partition("records that")[2].partition("has completed")[0].replace("\u200b", "").split())
        assert letters == "".join(name.split()), "nothing is cut off"


def test_superseded_and_expired_are_said_first(done):
    today = calendar.local(datetime.now(UTC)).date()
    first = code(done)
    raw = done.records.connection().conn
    raw.execute("pragma query_only = off")
    for trigger in ("completions_do_not_change", "course_cycles_do_not_change"):
        raw.execute(f"drop trigger {trigger}")
    long_ago = today - timedelta(days=400)
    raw.execute(
        "insert into course_cycles (course, every, months, joined_by, weeks, since, \"by\", at) values (?, null, 12, null, 6, ?, 1,"
        " '2020-01-01T00:00:00.000000Z')", [SHORT, (long_ago - timedelta(days=1)).isoformat()],
    )
    raw.execute("update completions set completed_at = ? || substr(completed_at, 11)", [long_ago.isoformat()])
    raw.execute("update school set revision = revision + 1")
    raw.commit()
    page = done.browser().open(f"/certificates/{first}")
    assert page.text.index("Expired.") < page.text.index(NAME)
    assert "when the course came round again" in page.text
    walk(done, "tess", ESSENTIALS, course=SHORT)
    assert code(done) != first
    page = done.browser().open(f"/certificates/{first}")
    assert page.text.index("Superseded.") < page.text.index(NAME) and f"again on {dates.short_in_full(today)}" in page.text
    newest = done.browser().open(f"/certificates/{code(done)}")
    assert "has completed again Boundaries online in ten minutes: one lesson" in newest.text
    assert "Superseded" not in newest.html, newest.text
    record = done.tess.open("/record").text
    assert f"{dates.short_in_full(long_ago)} · superseded" in record and f"{dates.short_in_full(today)} · valid until" in record


def test_it_is_reached_from_the_end_ones_record_and_a_teachers_page(done):
    where = f"/certificates/{code(done)}"
    tess = done.who("tess").id
    for browser, page in (
        (done.tess, "/induction/finished"), (done.tess, "/record"), (done.max, f"/mentor/{tess}"), (done.lou, f"/school/people/{tess}"),
    ):
        found = browser.open(page)
        assert where in {each.get("href") for each in found.main.all("a")}, page
    assert "/induction/finished" in {each.get("href") for each in done.tess.open("/").main.all("a")}
    assert code(done) in done.tess.open("/record/export").html


def test_all_of_a_school_in_one_file(done):
    finish(done, "sam")
    read_the_policy(done, "sam")
    year = calendar.local(datetime.now(UTC)).year
    answer = done.lou.open(f"{ALL}?year={year}")
    assert answer.headers["Content-Type"] == "application/zip" and f"certificates-{year}-" in answer.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.body)) as held:
        names = held.namelist()
        rows = list(csv.DictReader(io.StringIO(held.read("certificates.csv").decode("utf-8-sig"))))
        files = [held.read(name) for name in names[:-1]]
    assert names[-1] == "certificates.csv" and [row["person_name"] for row in rows] == [NAME, "Sam Price"]
    assert names[0] == f"{date.today().isoformat()} {NAME}, {SHORT}, {code(done)}.pdf"
    assert files[0] == done.browser().open(f"/certificates/{code(done)}.pdf").body
    assert "Sam Price" in pdf.text(files[1])
    assert f"downloaded the certificates of {year}" in done.lou.open("/school/acts").text
    assert done.lou.open("/school/evidence").link("All certificates").get("href") == ALL
    everything = done.lou.open(ALL)
    assert everything.status == 200 and "certificates-all-" in everything.headers["Content-Disposition"], "one after the other"
    with ONE_AT_A_TIME:
        assert done.lou.open(ALL).heading == "The file could not be made just now"
    assert done.lou.open(f"{ALL}?year=1999").status == 404 and done.max.open(ALL).status == 404
