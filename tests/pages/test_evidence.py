"""Evidence: the head, going through it, a head that was kept, who keeps it, and what is taken away."""

import csv
import io
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest

from induction.records import evidence
from induction.records.school import outbox, post_office
from induction.records.store.database import transaction
from induction.rules.roles import Role
from induction.services import evidence as deeds
from tests.walking import walk

PAGE = "/school/evidence"
MONDAY = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)


def test_it_tells_the_head_and_what_it_proves(cast):
    page = cast.lou.open(PAGE)
    head = evidence.latest(cast.records).head
    assert " ".join(head[place : place + 8] for place in range(0, 64, 8)) in page.text
    assert "nothing up to that head was altered" in page.text and "It does not show that what was entered was true" in page.text
    page = cast.lou.press("Go through it now")
    assert "The chain holds: " in page.text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("{head}", "It is the head of entry"),
        ("{groups}", "It is the head of entry"),
        ("{short}", "It is the head of entry"),
        ("0123456789abcdef", "No entry here has that head"),
        ("0123", "That is no head"),
        ("%%%%%%%%%%%%%%%%%", "That is no head"),
        ("<b>" + "x" * 3000, "That is no head"),
    ],
)
def test_a_head_that_was_kept_is_compared(cast, typed, words):
    head = evidence.latest(cast.records).head
    groups = " ".join(head[place : place + 8] for place in range(0, 64, 8)).upper()
    page = cast.lou.open(f"{PAGE}?head={quote(typed.format(head=head, groups=groups, short=head[:16]))}")
    assert words in page.text


def test_two_people_keep_it_and_get_it_each_monday(cast):
    with transaction(cast.records):
        post_office.set_up(cast.records, "https://induction.school.example", True)
    cast.lou.open(PAGE)
    page = cast.lou.press("Save", first="nobody@wrenfield.example", second="max@wrenfield.example")
    assert page.problems and "Nobody here has that address" in page.text
    page = cast.lou.press("Save", first="MAX@wrenfield.example", second="max@wrenfield.example")
    assert "That is the first person again" in page.text
    page = cast.lou.press("Save", first="max@wrenfield.example", second="")
    assert "Kept. The head of the chain goes to them each Monday" in page.text
    for hour in (-3, 0, 1, 24):
        deeds.write_heads(cast.records, MONDAY + timedelta(hours=hour))
    written = outbox.written(cast.records, cast.who("max").id, deeds.LetterKind.HEAD, MONDAY - timedelta(days=1))
    assert len(written) == 1
    letter = cast.records.row("select subject, words from letters where kind = 'head'")
    assert evidence.latest(cast.records).head in letter["words"]
    deeds.write_heads(cast.records, MONDAY + timedelta(days=8))
    assert cast.records.value("select count(*) from letters where kind = 'head'") == 2
    page = cast.lou.open("/school/acts")
    assert "named Max Adeyemi to keep the head of the chain of evidence" in page.text


def test_what_is_taken_away_can_be_verified_without_us(cast, tmp_path):
    answer = cast.lou.request("GET", f"{PAGE}/evidence.zip")
    with zipfile.ZipFile(io.BytesIO(answer.body)) as whole:
        assert whole.namelist() == ["evidence.csv", "completions.csv", "verify.py", "READ-ME.txt"]
        whole.extractall(tmp_path)
    said = subprocess.run([sys.executable, "-I", "verify.py", "evidence.csv"], cwd=tmp_path, capture_output=True, text=True)
    assert said.returncode == 0 and said.stdout.startswith(f"{evidence.latest(cast.records).n - 1} entries, head ") or said.stdout
    assert "downloaded the chain of evidence" in cast.lou.open("/school/acts").text


def test_two_leads_at_once_overwrite_nothing_unseen(cast):
    cast.add("Kit Moran", Role.LEAD)
    kit = cast.sign_in_new("kit")
    kit.open(PAGE)
    cast.lou.open(PAGE)
    cast.lou.press("Save", first="max@wrenfield.example", second="nia@wrenfield.example")
    page = kit.press("Save", first="sam@wrenfield.example")
    assert "Somebody else has named others, after you had opened this page" in page.text and "max@wrenfield.example" in page.text
    assert page.field("first").get("value") == "sam@wrenfield.example"
    page = kit.press("Save")
    assert "Kept." in page.text


def test_without_mail_the_page_does_not_promise_a_letter(cast):
    page = cast.lou.open(PAGE)
    assert "This site sends no letters yet" in page.text
    page = cast.lou.press("Save", first="max@wrenfield.example", second="")
    assert "Kept. Once this site sends letters" in page.text


def test_nobodys_choices_are_taken_away_with_it(cast):
    """A lead sees no single choices, and so none in the chain; it holds all the same."""
    walk(cast, "tess", "friend-requests", wisely=False)
    answer = cast.lou.request("GET", f"{PAGE}/evidence.zip")
    with zipfile.ZipFile(io.BytesIO(answer.body)) as whole:
        rows = list(csv.DictReader(io.StringIO(whole.read("evidence.csv").decode("utf-8-sig"))))
    assert {row["entry"] + row["salt"] for row in rows if row["kind"] in ("attempt", "answers")} == {""}
    assert all(row["entry"] for row in rows if row["kind"] not in ("attempt", "answers"))
    assert "chosen" not in "".join(row["entry"] for row in rows)
