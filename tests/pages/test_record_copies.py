"""A lead makes a copy of everything held about somebody, who reads that it was made."""

import json
from io import BytesIO
from zipfile import ZipFile

from tests.walking import walk

WHY = "Asked for by letter on 2 December"


def copy(cast, who, **fields):
    cast.lou.open(f"/school/people/{cast.who(who).id}/copy")
    return cast.lou.press("Make the copy", **{"why": WHY, **fields})


def files(page):
    with ZipFile(BytesIO(page.body)) as whole:
        return {name: whole.read(name).decode("utf-8-sig") for name in whole.namelist()}


def test_it_is_what_they_take_along_themselves_and_what_leads_see(cast):
    walk(cast, "tess", "friend-requests")
    mine = files(cast.tess.open("/record/sheets"))
    page = copy(cast, "tess")
    assert page.headers["Content-Type"] == "application/zip" and "Tess" not in page.headers["Content-Disposition"]
    theirs = files(page)
    seen = json.loads(theirs.pop("as-leads-see-them.json"))
    assert seen["how_they_stand"]["lessons_passed"] == "1 of 11" and len(seen["who_they_were_and_ways_in"]) > 1
    mine, held = json.loads(mine["my-induction-record.json"]), json.loads(theirs["my-induction-record.json"])
    [made] = held.pop("acts_of_leads_about_you")
    assert (made["by"], made["what"], made["about"]) == ("Lou Hartley", "record given", WHY)
    *chain, last = held.pop("entries_of_evidence")
    assert chain == mine.pop("entries_of_evidence") and last["kind"] == "act", "that it was made is sealed too"
    assert mine.pop("acts_of_leads_about_you") == [] and {**held, "person": 0, "signed_in": 0} == {**mine, "person": 0, "signed_in": 0}
    assert {"attempts-answers.csv", "person.csv"} <= set(theirs)


def test_whoever_it_is_about_reads_that_it_was_made(cast):
    assert "everything held about you" not in cast.tess.open("/").text
    copy(cast, "tess")
    assert "Lou Hartley took out everything held about you, with your answers, on " in cast.tess.open("/").text
    assert f"“{WHY}”. If you did not ask for that, tell another lead or the head." in cast.tess.open("/").text
    page = cast.tess.open("/record/whole")
    assert "record given" in page.text and WHY in page.text
    assert "took out everything held about Tess Okafor" in cast.lou.open("/school/acts").text


def test_why_is_asked(cast):
    page = copy(cast, "tess", why=" ")
    assert page.problems == ["Write who asked for it, and when."]
    assert cast.records.value("select count(*) from acts") == 0


def test_of_whoever_left_too_and_for_leads_alone(cast):
    assert "my-induction-record.json" in files(copy(cast, "ana"))
    for browser in (cast.max, cast.tess):
        path = f"/school/people/{cast.who('tess').id}/copy"
        assert browser.open(path).status == 404 and browser.send(path, {"why": WHY}).status == 404
    assert cast.lou.open("/school/people/99/copy").status == 404


def test_pressed_twice_it_was_made_once_and_each_for_another_reason_is_kept(cast):
    for why in (WHY, WHY, "Asked for again"):
        assert "person.csv" in files(copy(cast, "tess", why=why))
    assert cast.records.value("select count(*) from acts") == 2
