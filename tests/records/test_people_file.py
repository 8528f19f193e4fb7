"""A file of people, as spreadsheets save it: read by line, planned, and brought in whole or not at all."""

import codecs
from datetime import date

import pytest

from induction.learning.people import Role
from induction.records import export, people, people_csv, people_import
from induction.records.database import transaction
from induction.records.people_csv import Row
from tests.records.making import NOW

HEADER = "name,email,role,mentor,due\n"
EVE = Row(2, "Eve O’Neill", "eve@school.example", Role.TEACHER, "max@school.example", date(2026, 12, 4))
EVES_LINE = "Eve O’Neill,eve@school.example,teacher,max@school.example,2026-12-04\n"


def read(text, encoding="utf-8"):
    return people_csv.read(text.encode(encoding))


def problems(text):
    sheet = read(text)
    return [str(problem) for problem in sheet.problems]


@pytest.mark.parametrize(
    "data",
    [
        (HEADER + EVES_LINE).encode(),
        codecs.BOM_UTF8 + (HEADER + EVES_LINE).encode(),
        (HEADER + EVES_LINE).encode("cp1252"),
        (HEADER + EVES_LINE).replace(",", ";").encode("cp1252"),
        (HEADER + EVES_LINE).replace(",", "\t").encode(),
        (HEADER + EVES_LINE).replace("\n", "\r\n").encode(),
        (HEADER + EVES_LINE).replace("\n", "\r").encode(),
        (HEADER + EVES_LINE).replace("2026-12-04", "04/12/2026").encode(),
        (HEADER + EVES_LINE).replace("2026-12-04", "4/12/2026").encode(),
        ("Name , EMAIL,Role,mentor,due,,\n" + EVES_LINE.replace("teacher", " Teacher ")).encode(),
        (HEADER + EVES_LINE.replace("Eve O’Neill", '"Eve\nO’Neill"')).encode(),
        (HEADER + EVES_LINE.strip() + ",,\n,,,,\n\n").encode(),
    ],
    ids=["utf-8", "mark", "cp1252", "semicolons", "tabs", "crlf", "cr", "day first", "d/m", "loose header", "quoted",
         "trailing commas"],
)
def test_the_same_person_however_it_was_saved(data):
    sheet = people_csv.read(data)
    assert sheet.problems == ()
    assert sheet.rows == (EVE,)


def test_columns_stand_in_any_order_and_empty_cells_say_nothing():
    sheet = read("due,mentor,role,email,name\n,,,eve@school.example,Eve\n")
    assert sheet.rows == (Row(2, "Eve", "eve@school.example", None, None, None),)


@pytest.mark.parametrize(
    "line, words",
    [
        (",eve@school.example,teacher,,", "the name is missing"),
        ("E" * 201 + ",eve@school.example,teacher,,", "longer than 200"),
        ("Eve,,teacher,,", "the email is missing"),
        ("Eve,eve,teacher,,", "the email is “eve”"),
        ("Eve,eve@school.example@x,teacher,,", "the email is"),
        ("Eve,eve@school.example,boss,,", "write teacher, mentor, lead or nothing"),
        ("Eve,eve@school.example,teacher,max,", "the mentor’s email is “max”"),
        ("Eve,eve@school.example,teacher,EVE@school.example,", "nobody is their own mentor"),
        ("Eve,eve@school.example,teacher,,12/25/2026", "there is no day “12/25/2026”"),
        ("Eve,eve@school.example,teacher,,2026-02-30", "there is no day"),
        ("Eve,eve@school.example,teacher,,next week", "write it as 2026-12-04 or 04/12/2026"),
        ("Eve,eve@school.example,teacher,,٠٤/12/2026x", "write it as"),
        ("Eve,eve@school.example,teacher", "3 cells instead of 5"),
        ("O’Neill, Eve,eve@school.example,teacher,,2026-12-04", "6 cells instead of 5"),
        ("E\0ve,eve@school.example,teacher,,", "can't be seen"),
        ("E\x1bve,eve@school.example,teacher,,", "can't be seen"),
        ("Tess,tess@school.example,teacher,,", "stands on line 2 already"),
        ('"Eve,eve@school.example,teacher,,', "cells instead of 5"),
        ("E" * 200_000 + ",eve@school.example,teacher,,", "far too long"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(line, words):
    told = problems(f"{HEADER}Tess,tess@school.example,,,\n\n{line}\n")
    assert [problem.partition(":")[0] for problem in told] == ["line 4"]
    assert words in told[0]


def test_lines_are_the_files_own_and_every_problem_is_told():
    text = HEADER + '"Two\nlines",two@school.example,,,\nEve,eve,,,\n\nSam,sam,,,\nGood,good@school.example,,,\n'
    sheet = read(text)
    assert [problem.line for problem in sheet.problems] == [4, 6]
    assert [(row.line, row.name) for row in sheet.rows] == [(2, "Two lines"), (7, "Good")]


@pytest.mark.parametrize(
    "data, words",
    [
        (b"", "it has nothing"),
        (b"\n\n", "it has nothing"),
        (b"name,email\nTess,tess@school.example\n", "it has “name”, “email”"),
        (b"name,email,role,mentor,due,due\n", "must name the columns"),
        (HEADER.encode("utf-16"), "UTF-16"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "must name the columns"),
        (b"\x81\x8d\x8f", "no text that can be read"),
        (b'"' + b"x" * 300_000, "can't be read"),
    ],
)
def test_a_file_that_is_no_such_file_is_said(data, words):
    sheet = people_csv.read(data)
    assert sheet.rows == ()
    assert [problem.line for problem in sheet.problems] == [1]
    assert words in sheet.problems[0].words


def test_a_hundred_thousand_lines_are_told_to_be_too_many():
    sheet = read(HEADER + "".join(f"P {n},p{n}@school.example,,,\n" for n in range(100_000)))
    assert len(sheet.rows) == 20_000
    assert [str(problem)[:25] for problem in sheet.problems] == ["line 20002: more than 20,"]


def bring_in(db, text):
    with transaction(db):
        plan = people_import.plan(db, read(text))
        return plan, people_import.carry_out(db, plan, NOW)


def planned(db, text):
    plan = people_import.plan(db, read(text))
    return [[row.email.split("@")[0] for row in rows] for rows in (plan.added, plan.changed, plan.returning)], plan


def test_an_export_brought_in_again_changes_nothing(db, cast):
    with transaction(db):
        people.add(db, email="eve@school.example", name="'=Eve", role=Role.TEACHER, now=NOW)
        people.deactivate(db, cast.max.id, now=NOW)  # a mentor who has left
    before = db.rows("select * from people")
    text = export.csv_text(export.PEOPLE, export.everyone(db))
    plan, new = bring_in(db, text)
    assert (plan.added, plan.changed, plan.returning, plan.problems, plan.unchanged) == ((), (), (), (), 5)
    assert new == [] and db.rows("select * from people") == before


def test_a_file_adds_changes_and_brings_back(db, cast):
    text = HEADER + (
        "Eve,eve@school.example,,ivy@school.example,04/12/2026\n"
        "Ivy,ivy@school.example,mentor,,\n"
        "Tess Okafor,tess@school.example,,nia@school.example,\n"
        "Sam Price,sam@school.example,teacher,nia@school.example,\n"
        "Ana Costa,ana@school.example,,,\n"
    )
    assert planned(db, text)[0] == [["eve", "ivy"], ["tess"], ["ana"]]
    plan, new = bring_in(db, text)
    assert plan.unchanged == 1
    eve, ivy = people.by_email(db, "eve@school.example"), people.by_email(db, "ivy@school.example")
    assert sorted(new) == sorted([eve.id, ivy.id])
    assert (eve.role, eve.mentor_id, eve.due) == (Role.TEACHER, ivy.id, date(2026, 12, 4))
    tess = people.find(db, cast.tess.id)
    assert (tess.role, tess.mentor_id, tess.due, tess.checklist_key) == (
        Role.TEACHER, cast.nia.id, None, cast.tess.checklist_key,
    )
    ana = people.find(db, cast.ana.id)
    assert (ana.active, ana.mentor_id) == (True, None)
    assert planned(db, text)[0] == [[], [], []]


@pytest.mark.parametrize(
    "mentor, helps",
    [("nobody@school.example", ""), ("sam@school.example", ""), ("ana@school.example", ""),
     ("nia@school.example", "Nia Évans,nia@school.example,teacher,,\n")],
    ids=["nobody", "a teacher", "one who has left", "no longer one by the same file"],
)
def test_a_mentor_must_be_one_and_all_or_nothing_is_brought_in(db, cast, mentor, helps):
    text = f"{HEADER}Eve,eve@school.example,,{mentor},\n{helps}Ivy,ivy@school.example,,,\n"
    before = db.rows("select * from people")
    [problem] = planned(db, text)[1].problems
    assert problem.line == 2 and mentor in problem.words
    with pytest.raises(people_import.ProblemsLeft):
        bring_in(db, text)
    assert db.rows("select * from people") == before


def test_the_last_lead_may_hand_over_but_not_vanish(db, cast):
    gone = "Lou Adeyemi,lou@school.example,teacher,,\n"
    [problem] = planned(db, HEADER + "Ivy,ivy@school.example,,,\n" + gone)[1].problems
    assert problem.line == 3 and "lead" in problem.words
    bring_in(db, HEADER + gone + "Ivy,ivy@school.example,lead,,\n" + "Max Reid,max@school.example,lead,,\n")
    roles = {person.email: person.role for person in people.listing(db).people}
    assert (roles["lou@school.example"], roles["ivy@school.example"]) == (Role.TEACHER, Role.LEAD)


def test_a_lead_hands_over_whoever_stands_first_in_the_file(db, cast):
    bring_in(db, HEADER + "Lou Adeyemi,lou@school.example,teacher,,\nMax Reid,max@school.example,lead,,\n")
    assert (people.find(db, cast.lou.id).role, people.find(db, cast.max.id).role) == (Role.TEACHER, Role.LEAD)


def test_problems_of_the_file_and_of_the_school_are_told_together_by_line(db, cast):
    text = HEADER + "Eve,eve,,,\nIvy,ivy@school.example,,nobody@school.example,\nUma,uma,,,\n"
    assert [problem.line for problem in planned(db, text)[1].problems] == [2, 3, 4]
