"""A list between being read and being brought in: kept, mended, compared with what was looked at, and done once."""

import threading
from dataclasses import replace
from datetime import date

import pytest

from induction.records import exports
from induction.records.people import imports, people
from induction.records.people.person import Details
from induction.records.store.database import transaction
from induction.rules.roles import Role
from induction.services import people_mentors, people_preview
from induction.services.people_file import guessing, kept, reader, sheet
from induction.services.people_file.headings import Column
from induction.services.people_mentors import LEAVE, MAKE
from induction.services.people_plan import State
from induction.services.people_preview import Answers, ChangedMeanwhile, NotAgreed, Preview
from induction.services.spreadsheet.csv_file import csv_text
from induction.services.spreadsheet.tables import Unreadable
from tests.records.making import NOW, TODAY
from tests.services.spreadsheets import ods, xlsx

HEADER = "name,email,role,mentor,due\n"
EVE, IVY = "Eve Hill,eve@x.example,,,\n", "Ivy Low,ivy@x.example,,,\n"


@pytest.fixture
def begin(db, cast):
    """Keeps a list for Lou; its id."""

    def beginning(what, by=None):
        data = what if isinstance(what, bytes) else what.encode()
        return people_preview.begin(db, data, "staff.csv", by=(by or cast.lou).id, now=NOW)

    return beginning


@pytest.fixture
def look(db, cast):
    def looking(number, by=None):
        return Preview(db, imports.find(db, number, (by or cast.lou).id, NOW), TODAY)

    return looking


@pytest.fixture
def mend(db, look):
    """Answers what is asked about a list: cells as `line: {column: words}`, lines left out, and who mentors."""

    def mending(number, cells=None, left_out=(), offered=None, mentors=None):
        preview = look(number)
        said = people_mentors.cells(preview, mentors or {})
        for line, each in (cells or {}).items():
            said.setdefault(line, {}).update(each)
        answers = Answers(said, set(left_out), set(left_out if offered is None else offered))
        return people_preview.mend(db, preview, answers, NOW)

    return mending


@pytest.fixture
def bring_in(db, cast, look):
    def bringing(preview, agreed=True, saw=None, by=None):
        return people_preview.bring_in(
            db, preview, saw=saw or preview.fingerprint, agreed=agreed, by=(by or cast.lou).id, now=NOW
        )

    return bringing


def stored(db):
    return db.rows("select * from people order by id")


def problems(preview):
    return [(each.line, each.column) for each in preview.plan.problems]


def states(preview):
    return {change.email.split("@")[0]: change.state for change in preview.plan.changes}


# Kept


@pytest.mark.parametrize(
    "data",
    [HEADER + EVE + IVY, (HEADER + EVE + IVY).replace(",", "\t"), (HEADER + "Zoë Hill,eve@x.example,,,\n").encode("cp1252"),
     xlsx({"Staff": [["Staff"], ["Name", "Email", "Mentor"], ["Eve", "eve@x.example", "Max"], ["Ivy", "ivy@x.example"]], "Old": []},
          merged=["C3:C4"]),
     ods([["Name", "Email", "Due"], ["Eve", "eve@x.example", date(2026, 12, 4)]])],
    ids=["commas", "tabs", "cp1252", "XLSX", "ODS"],
)  # fmt: skip
def test_what_is_kept_is_read_as_the_file_itself(data):
    data = data if isinstance(data, bytes) else data.encode()
    found = sheet.choose(reader.opened(data))
    assert reader.read_sheet(kept.read(kept.written(found)), TODAY) == reader.read(data, TODAY)


@pytest.mark.parametrize("bound, most", [("MOST", 1_000), ("MOST_LINES", 99)])
def test_a_list_that_holds_far_too_much_is_not_kept(monkeypatch, bound, most):
    found = sheet.choose(reader.opened((HEADER + EVE * 100).encode()))
    assert kept.written(found)
    monkeypatch.setattr(kept, bound, most)
    with pytest.raises(Unreadable, match="far too much"):
        kept.written(found)


@pytest.mark.parametrize(
    "data, words",
    [("", "empty"), ("name,email\n", "nobody stands below"), ("Dear all,\nsee you on Monday\n", "no line names the columns"),
     (HEADER + '"Eve,eve@x.example\n', "quotation mark"), (b"\x89PNG\r\n", "a picture"), (b"x" * (reader.LARGEST + 1), "more than 6 MB")],
)  # fmt: skip
def test_what_is_no_list_is_not_kept(db, begin, data, words):
    with pytest.raises(Unreadable, match=words):
        begin(data)
    assert db.value("select count(*) from imports") == 0


def test_one_file_is_read_at_a_time(begin):
    people_preview._reading.acquire()
    try:
        with pytest.raises(people_preview.Busy):
            begin(HEADER + EVE)
    finally:
        people_preview._reading.release()
    assert begin(HEADER + EVE) and begin(HEADER + EVE)


# Columns


NO_HEADINGS = "Eve Hill,eve@x.example,mentor\nIvy Low,ivy@x.example,\n"
UNKNOWN = "Staff list\n\nWho;Reach them;Position\nEve Hill;eve@x.example;mentor\nIvy Low;ivy@x.example;\n"
ON_TWO_LINES = "Name,,\n,Email,Role\nEve Hill,eve@x.example,mentor\nIvy Low,ivy@x.example,\n"


@pytest.mark.parametrize("text", [NO_HEADINGS, UNKNOWN, ON_TWO_LINES])
def test_where_headings_do_not_say_it_a_lead_does(db, cast, begin, look, bring_in, text):
    number = begin(text)
    list_kept = imports.find(db, number, cast.lou.id, NOW)
    assert people_preview.needs_columns(list_kept)
    guessed = guessing.guess(kept.read(list_kept.sheet))
    assert {place: column for place, column in guessed.items() if place < 2} == {0: Column.NAME, 1: Column.EMAIL}
    people_preview.choose_columns(db, list_kept, guessed | {2: Column.ROLE})
    preview = look(number)
    assert not people_preview.needs_columns(preview.kept) and problems(preview) == []
    assert [(row.name, row.email, row.role) for row in preview.sheet.rows] == [
        ("Eve Hill", "eve@x.example", Role.MENTOR), ("Ivy Low", "ivy@x.example", None),
    ]  # fmt: skip
    bring_in(preview)
    assert people.by_email(db, "eve@x.example").role is Role.MENTOR


def test_two_columns_that_could_be_meant_are_asked_about(db, cast, begin):
    number = begin("Name,Email,Email\nEve,eve@x.example,eve@home.example\n")
    list_kept = imports.find(db, number, cast.lou.id, NOW)
    assert people_preview.needs_columns(list_kept)
    assert guessing.guess(kept.read(list_kept.sheet)) == {0: Column.NAME}
    people_preview.choose_columns(db, list_kept, {0: Column.NAME, 2: Column.EMAIL})
    preview = Preview(db, imports.find(db, number, cast.lou.id, NOW), TODAY)
    assert [row.email for row in preview.sheet.rows] == ["eve@home.example"]
    assert "Left alone: “Email”." in preview.sheet.notes


def test_a_column_that_was_understood_may_be_something_else(db, cast, begin, look):
    number = begin("Name,Email,Line Manager\nEve,eve@x.example,P Smith\n")
    assert problems(look(number)) == [(2, Column.MENTOR)]
    people_preview.choose_columns(db, imports.find(db, number, cast.lou.id, NOW), {0: Column.NAME, 1: Column.EMAIL})
    assert problems(look(number)) == []


def test_forename_and_surname_may_each_stand_in_several_columns(db, cast, begin, look):
    number = begin("A,B,C,D\nTheresa,Tess,Okafor,t@x.example\nEve,,Hill,e@x.example\n")
    chosen = {0: Column.FORENAME, 1: Column.CALLED, 2: Column.SURNAME, 3: Column.EMAIL}
    people_preview.choose_columns(db, imports.find(db, number, cast.lou.id, NOW), chosen)
    assert [row.name for row in look(number).sheet.rows] == ["Tess Okafor", "Eve Hill"]


# Mended


def test_a_cell_is_mended_in_place_and_nothing_else_of_the_list_changes(begin, look, mend):
    number = begin(HEADER + "G?en Low,gwen@x.example,,,\n" + EVE)
    [problem] = look(number).plan.problems
    assert (problem.line, problem.column) == (2, Column.NAME)
    assert mend(number, {2: {Column.NAME: "Gwen Low"}})
    preview = look(number)
    assert problems(preview) == [] and [row.name for row in preview.sheet.rows] == ["Gwen Low", "Eve Hill"]
    assert not mend(number, {2: {Column.NAME: "Gwen Low"}}), "written again it is the same"


def test_what_is_mended_in_two_windows_is_mended_in_both(db, begin, look):
    number = begin(HEADER + "G?en Low,gwen@x.example,,,\nS?an Pugh,sian@x.example,,,\n")
    first, second = look(number), look(number)
    for window, line, name in ((first, 2, "Gwen Low"), (second, 3, "Siân Pugh")):
        assert people_preview.mend(db, window, Answers({line: {Column.NAME: name}}, set(), set()), NOW)
    assert [row.name for row in look(number).sheet.rows] == ["Gwen Low", "Siân Pugh"]


def test_what_letters_probably_meant_is_offered(begin, look):
    [problem] = look(begin(HEADER + "ZoÃ« Low,zoe@x.example,,,\n")).plan.problems
    assert problem.meant == "Zoë Low"


@pytest.mark.parametrize(
    "line, cells",
    [
        ("Eve,nonsense,,,", {Column.EMAIL: "eve@x.example"}),
        ("Eve,,,,", {Column.EMAIL: "eve@x.example"}),
        (",eve@x.example,,,", {Column.NAME: "Eve"}),
        ("Eve,eve@x.example,boss,,", {Column.ROLE: "mentor"}),
        ("Eve,eve@x.example,,eve@x.example,", {Column.MENTOR: ""}),
        ("Eve,eve@x.example,,Eve,", {Column.MENTOR: ""}),
        ("Eve,eve@x.example,,nobody@x.example,", {Column.MENTOR: "max@school.example"}),
        ("Eve,eve@x.example,,,next week", {Column.DUE: "4 December 2026"}),
        ("Hill, Eve,eve@x.example,,,", {Column.NAME: "Eve Hill", Column.EMAIL: "eve@x.example", Column.ROLE: "", Column.MENTOR: ""}),
        ("E" * 1_001 + ",eve@x.example,,,", {Column.NAME: "Eve"}),
        ("Ivy,ivy@x.example,,,", {Column.EMAIL: "eve@x.example"}),
        ("Eve,eve@x.example,boss,nobody@x.example,soon", {Column.ROLE: "", Column.MENTOR: "", Column.DUE: ""}),
    ],
)
def test_whatever_is_wrong_with_a_line_is_mended_or_left_out(begin, look, mend, line, cells):
    for answer in ({"cells": {3: cells}}, {"left_out": [3]}):
        number = begin(HEADER + IVY + line + "\n")
        assert {each for each, _ in problems(look(number))} == {3}
        mend(number, **answer)
        preview = look(number)
        assert problems(preview) == [] and set(states(preview)) == ({"ivy", "eve"} if "cells" in answer else {"ivy"})


@pytest.mark.parametrize("line", ["Eve Hill,EVE@X.example,,,", "name,email,role,mentor,due", "Eve,<eve@x.example>,,,"])
def test_what_only_leaving_out_would_mend_is_offered_so(begin, look, mend, line):
    number = begin(HEADER + EVE + line + "\n")
    [problem] = look(number).plan.problems
    assert problem.line == 3 and problem.leave_out
    mend(number, left_out=[3])
    assert look(number).left_out == [3] and problems(look(number)) == []
    mend(number, offered=[3])
    assert look(number).left_out == [] and len(problems(look(number))) == 1, "it can be taken back in"


def test_one_bad_line_of_ten_thousand_is_mended_alone(begin, look, mend):
    lines = [f"Person {n},p{n}@x.example,,max@school.example,04/12/2026" for n in range(10_000)]
    lines[6_000] = lines[6_000].replace("@x", " at x")
    number = begin(HEADER + "\n".join(lines))
    assert problems(look(number)) == [(6_002, Column.EMAIL)]
    mend(number, {6_002: {Column.EMAIL: "p6000@x.example"}})
    assert len(look(number).plan.added) == 10_000


# Mentors who are none


MANAGED = "Name,Email,Line Manager\n"


def test_who_is_named_as_a_mentor_is_asked_about_once(begin, look, mend, bring_in, db):
    """In the list, here as a teacher, somebody unknown, two of one name; a mentor who comes later is none of them."""
    text = MANAGED + (
        "Eve Hill,eve@x.example,Jo Hart\nIvy Low,ivy@x.example,\"Hart, Jo\"\nUma Roy,uma@x.example,Jo Hart\n"
        "Ida Brook,ida@x.example,Mr Sam Price\nKit Moss,kit@x.example,P Smith\nJo Hart,jo@x.example,Lou Adeyemi\n"
    )
    number = begin(text)
    asked = people_mentors.unknown(look(number))
    assert [(each.typed, each.lines, each.name) for each in asked] == [
        ("Jo Hart", (2, 4), "Jo Hart"), ("Hart, Jo", (3,), "Jo Hart"), ("Mr Sam Price", (5,), "Sam Price"), ("P Smith", (6,), ""),
    ]  # fmt: skip
    mend(number, mentors={2: MAKE, 3: MAKE, 5: MAKE, 6: LEAVE})
    preview = look(number)
    assert problems(preview) == []
    assert [each.words for each in preview.plan.weighty] == [
        "Jo Hart (jo@x.example) comes in as mentor.", "Sam Price (sam@school.example) becomes mentor, and is no longer teacher.",
    ]  # fmt: skip
    bring_in(preview)
    mentors = {each.email.split("@")[0]: each.mentor_id for each in people.everybody(db)}
    jo, sam = people.by_email(db, "jo@x.example"), people.by_email(db, "sam@school.example")
    assert [mentors[who] for who in ("eve", "ivy", "uma", "ida", "kit")] == [jo.id, jo.id, jo.id, sam.id, None]
    assert sam.role is Role.MENTOR


def test_somebody_else_may_be_said_for_all_lines(begin, look, mend):
    number = begin(MANAGED + "Eve,eve@x.example,Boss\nIvy,ivy@x.example,Boss\n")
    mend(number, mentors={2: "max@school.example"})
    assert [change.mentor for change in look(number).plan.changes] == ["max@school.example"] * 2


def test_of_several_of_one_name_nobody_is_offered(db, cast, begin, look):
    with transaction(db):
        people.add(db, Details("max.reid@school.example", "Max Reid", Role.MENTOR), now=NOW)
    [who] = people_mentors.unknown(look(begin(MANAGED + "Eve,eve@x.example,Max Reid\n")))
    assert who.several and who.email == ""


# Who is missing


def test_who_is_here_and_not_in_the_list_is_named_and_nobody_is_ended(db, cast, begin, look, bring_in):
    preview = look(begin(HEADER + EVE + "Tess Okafor,TESS@school.example,,,\nSam,sam@school.example,boss,,\n"))
    assert [each.name.split()[0] for each in preview.missing] == ["Lou", "Max", "Nia"]
    preview = look(begin(HEADER + EVE))
    bring_in(preview)
    assert [each.active for each in (people.find(db, who.id) for who in (cast.lou, cast.max, cast.nia, cast.tess, cast.sam))] == [True] * 5


# Done


def test_it_is_done_as_it_was_looked_at_and_nothing_of_it_stays(db, cast, begin, look, bring_in):
    others = "Tess Ray,tess@school.example,,nia@school.example,\nAna Costa,ana@school.example,,,\nMax Reid,max@school.example,,,\n"
    number = begin(HEADER + EVE + others)
    done = bring_in(look(number))
    assert done == {"added": 1, "returning": 1, "changed": 1, "same": 1, "left_out": 0}
    eve = people.by_email(db, "eve@x.example")
    assert people.find(db, cast.tess.id).mentor_id == cast.nia.id
    assert db.rows("select added_by from people where id = ?", [eve.id]) == [{"added_by": cast.lou.id}]
    assert db.value("select made_by from links where person = ? and kind = 'invitation'", [eve.id]) == cast.lou.id
    left = imports.find(db, number, cast.lou.id, NOW)
    assert (left.sheet, left.mends, left.done) == ("", "", done)


def test_confirmed_twice_it_is_done_once(db, begin, look, bring_in):
    preview = look(begin(HEADER + EVE))
    first, before = bring_in(preview), stored(db)
    assert bring_in(preview) == first and stored(db) == before


def test_confirmed_twice_at_one_instant_it_is_done_once(db, cast, begin, look):
    preview, came = look(begin(HEADER + EVE + IVY)), []
    ready = threading.Barrier(2)

    def press():
        ready.wait()
        came.append(people_preview.bring_in(db, preview, saw=preview.fingerprint, agreed=True, by=cast.lou.id, now=NOW))
        db.close()

    both = [threading.Thread(target=press) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert len(came) == 2 and came[0] == came[1] == {"added": 2, "returning": 0, "changed": 0, "same": 0, "left_out": 0}
    assert db.value("select count(*) from people where email like '%@x.example'") == 2


def test_two_leads_bring_the_same_people_in_and_the_second_is_shown_what_it_would_do_now(db, cast, begin, look, bring_in):
    with transaction(db):
        people.update(db, cast.nia.id, role=Role.LEAD, now=NOW)
    mine, hers = begin(HEADER + EVE + IVY), begin(HEADER + EVE, by=cast.nia)
    preview, other = look(mine), look(hers, by=cast.nia)
    bring_in(other, by=cast.nia)
    before = stored(db)
    with pytest.raises(ChangedMeanwhile):
        bring_in(preview)
    assert stored(db) == before
    assert states(look(mine)) == {"eve": State.SAME, "ivy": State.NEW}
    bring_in(look(mine))


@pytest.mark.parametrize(
    "meanwhile",
    [{"name": "Tess Ray"}, {"mentor_id": None}, {"due": TODAY}, {"role": Role.MENTOR, "mentor_id": None}, {"email": "ray@school.example"}],
)
def test_what_others_changed_meanwhile_is_not_written_over(db, cast, begin, look, bring_in, meanwhile):
    preview = look(begin(HEADER + "Tess Lee,tess@school.example,teacher,nia@school.example,01/02/2027\n" + EVE))
    with transaction(db):
        people.update(db, cast.tess.id, now=NOW, **meanwhile)
    before = stored(db)
    with pytest.raises(ChangedMeanwhile):
        bring_in(preview)
    assert stored(db) == before


def test_what_has_nothing_to_do_with_the_list_may_change_meanwhile(db, cast, begin, look, bring_in):
    preview = look(begin(HEADER + EVE))
    with transaction(db):
        people.update(db, cast.tess.id, name="Tess Ray", now=NOW)
    assert bring_in(preview)["added"] == 1


def test_a_list_that_was_mended_meanwhile_is_looked_at_again(begin, look, mend, bring_in, db):
    number = begin(HEADER + EVE + IVY)
    preview = look(number)
    mend(number, left_out=[3])
    with pytest.raises(ChangedMeanwhile):
        bring_in(preview)
    assert bring_in(look(number))["left_out"] == 1


def test_what_is_weighty_needs_a_word(db, begin, look, bring_in):
    preview, before = look(begin(HEADER + "Eve,eve@x.example,lead,,\n")), stored(db)
    with pytest.raises(NotAgreed):
        bring_in(preview, agreed=False)
    assert stored(db) == before
    assert bring_in(preview)["added"] == 1


def test_while_something_is_wrong_nothing_is_done(db, begin, look, bring_in):
    preview, before = look(begin(HEADER + EVE + "Ivy,nonsense,,,\n")), stored(db)
    with pytest.raises(ChangedMeanwhile):
        bring_in(preview)
    assert stored(db) == before


def test_another_fingerprint_does_nothing(db, begin, look, bring_in):
    preview, before = look(begin(HEADER + EVE)), stored(db)
    with pytest.raises(ChangedMeanwhile):
        bring_in(preview, saw="0" * 64)
    assert stored(db) == before


def test_somebody_who_is_ended_while_the_list_is_looked_at_comes_back_only_by_a_word(db, cast, begin, look, bring_in):
    preview = look(begin(HEADER + "Tess Ray,tess@school.example,,,\n"))
    with transaction(db):
        people.deactivate(db, cast.tess.id, now=NOW)
    with pytest.raises(ChangedMeanwhile):
        bring_in(preview)
    with pytest.raises(NotAgreed):
        bring_in(look(preview.kept.id), agreed=False)


def test_a_list_that_was_put_away_is_gone(db, cast, begin, look, bring_in):
    preview = look(begin(HEADER + EVE))
    assert people_preview.put_away(db, preview.kept, by=cast.lou.id, now=NOW)
    assert imports.find(db, preview.kept.id, cast.lou.id, NOW) is None
    with pytest.raises(ChangedMeanwhile):
        bring_in(preview)


def test_export_edit_import_changes_what_was_edited_alone(db, cast, begin, look, bring_in):
    text = csv_text(exports.PEOPLE, exports.everyone(db)).replace("max@school.example,2026-12-04", "nia@school.example,2026-12-04")
    preview = look(begin(text))
    assert {who: state for who, state in states(preview).items() if state is not State.SAME} == {"tess": State.CHANGED}
    assert preview.missing == []
    before = {row["id"]: row for row in stored(db)}
    bring_in(preview)
    after = {row["id"]: row for row in stored(db)}
    assert [number for number in after if after[number] != before[number]] == [cast.tess.id]
    assert {key for key in after[cast.tess.id] if after[cast.tess.id][key] != before[cast.tess.id][key]} == {"mentor"}


def test_the_fingerprint_is_of_what_would_be_done(begin, look):
    first, again = look(begin(HEADER + EVE)), look(begin(HEADER + EVE))
    assert first.fingerprint == again.fingerprint != look(begin(HEADER + IVY)).fingerprint
    assert replace(first.plan, weighty=(), problems=()).fingerprint() == first.fingerprint


@pytest.mark.parametrize(
    "text, guessed",
    [
        ("a@x.example,Ann Lee\nb@x.example,Ben Low\n", {0: Column.EMAIL, 1: Column.NAME}),
        ("Ann,Lee,a@x.example\nBen,Low,b@x.example\n", {2: Column.EMAIL}),
        ("S1,a@x.example,Room 4,Ann Lee\nS2,b@x.example,Room 5,Ben Low\n", {1: Column.EMAIL, 3: Column.NAME}),
        ("1,a@x.example,see Ann\n2,b@x.example,\n3,c@x.example,\n", {1: Column.EMAIL}),
        ("Who,Contact,Role\nAnn Lee,a@x.example,mentor\n", {0: Column.NAME, 1: Column.EMAIL, 2: Column.ROLE}),
    ],
)
def test_what_columns_may_be_is_guessed_from_what_stands_in_most_cells(text, guessed):
    assert guessing.guess(sheet.most_like_a_list(reader.opened(text.encode()))) == guessed
