"""A file of people, as people's systems write it: read into rows, or into problems by line."""

import codecs
import io
import json
import random
import struct
import subprocess
import sys
import time
import zipfile
from datetime import date
from pathlib import Path

import pytest

from induction.rules.roles import Role
from induction.services.people_file import headings, reader
from induction.services.people_file.cell_values import CLEAR
from induction.services.people_file.headings import Column
from induction.services.people_file.row import Row
from tests.services.spreadsheets import SHEETS, ods, packed, xlsx

HERE = Path(__file__).parent
TODAY = date(2026, 11, 24)
HEADER = "name,email,role,mentor,due\n"
EVE = Row(2, "eve@school.example", "Eve O’Neill", Role.TEACHER, "max@school.example", date(2026, 12, 4))
EVES_LINE = "Eve O’Neill,eve@school.example,teacher,max@school.example,2026-12-04\n"
EVES_FILE = HEADER + EVES_LINE
EVES_CELLS = ["Eve O’Neill", "eve@school.example", "teacher", "max@school.example", date(2026, 12, 4)]


def read(what):
    return reader.read(what if isinstance(what, bytes) else what.encode(), TODAY)


def problems(what):
    """What is wrong with a file to a school that knows nobody of it, by line."""
    sheet = read(what)
    of_rows = [f"line {row.line}: {doubt.words}" for row in sheet.rows for doubt in row.doubts]
    return [str(problem) for problem in sheet.problems] + of_rows


# As it was saved


@pytest.mark.parametrize(
    "data",
    {
        "utf-8": EVES_FILE.encode(),
        "mark": codecs.BOM_UTF8 + EVES_FILE.encode(),
        "a mark that became letters": ("ï»¿" + EVES_FILE).encode(),
        "two marks": codecs.BOM_UTF8 * 2 + EVES_FILE.encode(),
        "spaces before quotes": EVES_FILE.replace(",eve@school.example", ', "eve@school.example"').encode(),
        "utf-16": EVES_FILE.encode("utf-16"),
        "utf-16-le": EVES_FILE.encode("utf-16-le"),
        "utf-16-be": EVES_FILE.encode("utf-16-be"),
        "utf-16-be, marked": codecs.BOM_UTF16_BE + EVES_FILE.encode("utf-16-be"),
        "Excel's Unicode text": EVES_FILE.replace(",", "\t").replace("\n", "\r\n").encode("utf-16"),
        "cp1252": EVES_FILE.encode("cp1252"),
        "semicolons": EVES_FILE.replace(",", ";").encode("cp1252"),
        "tabs": EVES_FILE.replace(",", "\t").encode(),
        "pipes": EVES_FILE.replace(",", "|").encode(),
        "crlf": EVES_FILE.replace("\n", "\r\n").encode(),
        "cr": EVES_FILE.replace("\n", "\r").encode(),
        "day first": EVES_FILE.replace("2026-12-04", "04/12/2026").encode(),
        "in words": EVES_FILE.replace("2026-12-04", "Friday 4 December 2026").encode(),
        "Excel's number": EVES_FILE.replace("2026-12-04", "46360").encode(),
        "without its year": EVES_FILE.replace("2026-12-04", "4 Dec").encode(),
        "loose headings": ("Name , E-MAIL,Role,mentor:,Due_Date,,\n" + EVES_LINE.replace("teacher", " Teacher ")).encode(),
        "quoted": EVES_FILE.replace("Eve O’Neill", '"Eve\nO’Neill"').encode(),
        "all quoted": "".join(f'"{line}"\n'.replace(",", '","') for line in EVES_FILE.splitlines()).encode(),
        "further commas": (HEADER + EVES_LINE.strip() + ",,\n,,,,\n\n  ,\t,,,\n").encode(),
        "an end as DOS writes it": (EVES_FILE + "\x1a").encode(),
        "further columns": ("name,email,role,mentor,due,Payroll,Room\n" + EVES_LINE.strip() + ",00123,B4\n").encode(),
        "in another order": (
            "Due,Room,Mentor,Role,Email,Name\n2026-12-04,B4,max@school.example,teacher,eve@school.example,Eve O’Neill\n"
        ).encode(),
        "pasted from Outlook": EVES_FILE.replace("eve@school.example", '"Eve <eve@school.example>;"').encode(),
        "XLSX": xlsx({"Staff": [HEADER.strip().split(","), EVES_CELLS]}),
        "XLSX, numbers": xlsx({"Staff": [HEADER.strip().split(","), [*EVES_CELLS[:4], 46360]]}),
        "XLSX, formulas": xlsx({"Staff": [HEADER.strip().split(","), ['=A1&"x" is Eve O’Neill', *EVES_CELLS[1:]]]}),
        "ODS": ods([HEADER.strip().split(","), EVES_CELLS]),
        "XLS": (HERE / "people.xls").read_bytes(),
    }.items(),
    ids=lambda each: each[0],
)  # fmt: skip
def test_the_same_person_however_it_was_saved(data):
    sheet = read(data[1])
    assert sheet.problems == () and sheet.rows == (EVE,)


@pytest.mark.parametrize(
    "above, line",
    [
        ("sep=;\n", 3),
        ("Staff list; September 2026\n\n;;;\nPrinted by the office, 01/09/2026\n", 6),
        ('"Staff, as of today\nand tomorrow"\n', 4),
        ("x;y\n" * 18, 20),
    ],
    ids=["Excel's own line", "titles", "a title of two lines", "nineteenth"],
)
def test_the_headings_stand_anywhere_in_the_first_lines(above, line):
    sheet = read(above + EVES_FILE.replace(",", ";"))
    assert sheet.problems == () and [row.line for row in sheet.rows] == [line]


def test_titles_stand_above_in_a_spreadsheet_and_the_lines_are_its_own():
    sheet = read(xlsx({"Staff": [["Staff list"], [], ["", "Name", "Email"], [], ["", "Eve", "eve@school.example"]]}, merged=["A1:C1"]))
    assert sheet.rows == (Row(5, "eve@school.example", "Eve"),)


def test_the_sheet_with_the_columns_is_read_and_the_others_are_named():
    rows = [["Name", "Email"], ["Eve", "eve@school.example"]]
    book = xlsx({"About": [["Hello"]], "Old": rows, "Staff": rows, "Leavers": [["x"]]}, hidden=["Old"])
    sheet = read(book)
    assert len(sheet.rows) == 1 and sheet.notes[0] == "Read the sheet “Staff”; left alone: “About”, “Leavers”."


def test_what_is_merged_over_several_lines_is_said_of_each():
    people = (["C D", "c@s.example"], ["E F", "e@s.example"], ["G H", "g@s.example"])
    rows = [["Name", "Email", "Mentor", "Due"], ["A B", "a@s.example", "max@s.example", "4 Dec"], *people]
    sheet = read(xlsx({"Staff": rows}, merged=["C2:C4", "D2:D3"]))
    assert [(row.mentor, row.due is not None) for row in sheet.rows] == [
        ("max@s.example", True), ("max@s.example", True), ("max@s.example", False), (None, False),
    ]  # fmt: skip


def test_last_cells_that_excel_leaves_out_say_nothing():
    sheet = read(HEADER + "A B,a@s.example,teacher,,\nC D,c@s.example,teacher\nE F,e@s.example\n")
    assert sheet.problems == () and [row.role for row in sheet.rows] == [Role.TEACHER, Role.TEACHER, None]


def test_empty_cells_and_columns_that_are_not_there_say_nothing_and_a_dash_clears():
    assert read("email,name\neve@s.example,Eve\n").rows == (Row(2, "eve@s.example", "Eve"),)
    assert read(HEADER + "Eve,eve@s.example,,,\n").rows == (Row(2, "eve@s.example", "Eve"),)
    for dash in ("-", "–", " - ", "'-"):
        assert read(HEADER + f"Eve,eve@s.example,{dash},{dash},{dash}\n").rows == (Row(2, "eve@s.example", "Eve", CLEAR, CLEAR, CLEAR),)


def test_further_columns_are_left_alone_and_named():
    sheet = read("Staff Code,Title,Name,Email,Payroll Number\nOKA,Ms,Tess Okafor,tess@s.example,00123\n")
    assert sheet.rows == (Row(2, "tess@s.example", "Tess Okafor"),)
    assert sheet.notes == ("Left alone: “Staff Code”, “Title”, “Payroll Number”.",)


# Headings

SYSTEMS = {
    "plain": "name,email",
    "office": "Full name,E-mail address",
    "shouting": "FULL_NAME,WORK E-MAIL",
    "camel": "fullName,emailAddress",
    "directory": "Display name,First name,Last name,User principal name",
    "google": "First Name [Required],Last Name [Required],Email Address [Required],Manager Email,Recovery Email",
    "records": "Legal Surname,Legal Forename,Preferred Forename,Title,Work Email,Line Manager",
    "records, of two": "Forename,Surname,Work email,Home email",
    "known": "Known as,Surname,Mail",
    "preferred": "Preferred name,Main professional email",
    "three": "Surname,Forename,Preferred name,Email",
}
PERSON = {
    "name": "Tess Okafor", "fullname": "Tess Okafor", "displayname": "Tess Okafor", "preferredname": "Tess Okafor",
    "firstname": "Tess", "forename": "Tess", "legalforename": "Theresa", "preferredforename": "Tess", "knownas": "Tess",
    "lastname": "Okafor", "surname": "Okafor", "legalsurname": "Okafor", "title": "Ms", "homeemail": "tess@home.example",
    "recoveryemail": "tess@home.example", "linemanager": "Max Reid", "manageremail": "max@s.example",
}  # fmt: skip


@pytest.mark.parametrize("system", SYSTEMS)
def test_columns_are_found_as_school_systems_call_them(system):
    heads = SYSTEMS[system].split(",")
    line = ",".join(PERSON.get(headings.plain(head), "tess@s.example") for head in heads)
    [row] = read(",".join(heads) + "\n" + line).rows
    assert (row.name, row.email) == ("Tess Okafor", "tess@s.example")
    assert row.mentor == ("max@s.example" if "Manager Email" in heads else "Max Reid" if "Line Manager" in heads else None)


@pytest.mark.parametrize(
    "word", ["Due", "due date", "Due_by", "DEADLINE", "Complete by", "Complete by end of term", "To be done by", "Completed by:"]
)
def test_the_date_has_many_names(word):
    assert headings.headings(["Email", word]).at == {Column.EMAIL: (0,), Column.DUE: (1,)}


@pytest.mark.parametrize(
    "heads, cells, name",
    [
        ("Name,Surname,Email", "Tess,Okafor,t@s.example", "Tess Okafor"),
        ("Name,Surname,Email", "Tess Okafor,Okafor,t@s.example", "Tess Okafor"),
        ("Name,Surname,Email", "Ann de la Cruz,de la Cruz,t@s.example", "Ann de la Cruz"),
        ("Forename,Surname,Email", "Tess,,t@s.example", "Tess"),
        ("Preferred forename,Forename,Surname,Email", ",Tess,Okafor,t@s.example", "Tess Okafor"),
        ("Preferred name,Forename,Surname,Email", "Tess Okafor,Theresa,Okafor,t@s.example", "Tess Okafor"),
        ("Name,Forename,Surname,Email", "Tess Okafor,Theresa,Adeyemi,t@s.example", "Tess Okafor"),
    ],
)
def test_a_name_out_of_its_parts(heads, cells, name):
    assert read(f"{heads}\n{cells}\n").rows[0].name == name


@pytest.mark.parametrize(
    ("heads", "cells", "name"),
    [
        ("Forename,Surname", "Ali,Ali", "Ali Ali"),
        ("Forename,Surname", "Ann Mary,Mary", "Ann Mary Mary"),
        ("Forename,Surname,Known As", "Ann,Lee,Ann Lee-May", "Ann Lee-May"),
        ("Forename,Surname,Known As", "Ann,Lee,-", "Ann Lee"),
        ("Forename,Surname,Known As", "Will,Lee,N/A", "Will Lee"),
    ],
)
def test_no_part_of_a_name_is_dropped_said_twice_or_made_of_nothing(heads, cells, name):
    assert [row.name for row in read(f"{heads},Email\n{cells},a@x.example\n").rows] == [name]


@pytest.mark.parametrize("word", ["N/A", "NULL", "tbc", "Unknown", "john@x.example"])
def test_what_stands_for_no_name_is_nobodys_name(word):
    assert "write the person's name" in problems(f"name,email\n{word},a@x.example\n")[0]


@pytest.mark.parametrize("left", ["31/08/2025", "31/08/1998", "Leaver", "left"])
def test_whoever_has_left_by_the_file_does_not_come_in(left):
    [problem] = problems(f"name,email,Leaving Date\nEve Hill,eve@x.example,{left}\nIda Brook,ida@x.example,31/08/2027\n")
    assert problem.startswith("line 2: ") and "they have left" in problem
    assert read("name,email,Status\nEve Hill,eve@x.example,Current\n").problems == ()


@pytest.mark.parametrize(("column", "cell", "starts", "ends"), [
    ("Start Date", "01/09/2027", date(2027, 9, 1), None),
    ("Employment Start Date", "2025-09-01", date(2025, 9, 1), None),
    ("start", "01/09/1998", None, None),  # before days are kept: they began long ago
    ("Date of joining", "N/A", None, None),
    ("start", "-", CLEAR, None),
    ("end", "31/08/2027", None, date(2027, 8, 31)),
    ("Contract End Date", "31 August 2027", None, date(2027, 8, 31)),
    ("Leaving date", "24/11/2026", None, date(2026, 11, 24)),  # today is still a day here
    ("Contract end", "31/12/9999", None, None),
    ("Leaving date", "-", None, CLEAR),
    ("Status", "Current", None, None),
    ("Status", "Active 2", None, None),
])  # fmt: skip
def test_first_and_last_days_as_systems_call_them(column, cell, starts, ends):
    [row] = read(f"name,email,{column}\nEve Hill,eve@x.example,{cell}\n").rows
    assert (row.starts, row.ends, row.doubts) == (starts, ends, ())


@pytest.mark.parametrize(("column", "cell", "words"), [
    ("Leaving date", "31 August", "Write the year too"),
    ("End date", "31/02/2027", "the leaving date is “31/02/2027”. There is no such day."),
    ("Start date", "31/02/2027", "the start date is “31/02/2027”. There is no such day."),
    ("Start date", "next week", "the start date is “next week”. Write the date as"),
])  # fmt: skip
def test_a_day_that_can_not_be_kept_is_asked_about(column, cell, words):
    [row] = read(f"name,email,{column}\nEve Hill,eve@x.example,{cell}\n").rows
    assert [words in doubt.words for doubt in row.doubts] == [True]


@pytest.mark.parametrize("word", ["Lead (Safeguarding)", "Lead [ended 2024]", "Mentor (former)"])
def test_a_role_with_an_aside_is_asked_about(word):
    assert "the role is" in problems(f"name,email,role\nEve Hill,eve@x.example,{word}\n")[0]



@pytest.mark.parametrize(
    "heads, words",
    [
        ("Name,Email,Email", "two columns could be the email: “Email” (B) and “Email” (C)"),
        ("Name,Email,Payroll,E-mail address", "two columns could be the email: “Email” (B) and “E-mail address” (D)"),
        ("Name,Email,Mentor,Mentor", "two columns could be the mentor"),
        ("Name,Full name,Email", "two columns could be the name"),
    ],
)
def test_two_columns_that_could_be_meant_are_asked_about(heads, words):
    assert words in problems(f"Staff\n{heads}\nTess,tess@s.example,tess@s.example,x\n")[0]


@pytest.mark.parametrize(
    "text, line",
    [
        ("Person,,Contact\nName,Role,\n,,Email\nTess,teacher,t@s.example\n", 3),
        ("Name,,\n,Email,Role\nTess,t@s.example,teacher\n", 2),
        (HEADER + "Eve,eve@s.example,,,\n" + HEADER + "Ivy,ivy@s.example,,,\n", 3),
        ("Name,Email\nFull name,Work email\nEve,eve@s.example\n", 2),
    ],
)
def test_headings_on_two_lines_are_told_in_words(text, line):
    [problem] = read(text).problems
    assert problem.line == line and "headings stand" in problem.words


# Roles


@pytest.mark.parametrize("word", ["Teacher", "TEACHERS", "Mentors", "induction mentor", "lead", "Induction Lead", "mentor."])
def test_roles_as_people_say_them(word):
    [role] = [role for role in Role if role in word.casefold()]
    assert read(HEADER + f"Eve,eve@s.example,{word},,\n").rows[0].role is role


JOBS = ["Class teacher", "ECT", "nqt", "TA", "Teaching Assistant", "HLTA", "Caretaker", "Teacher of Mathematics", "Governor"]
MORE = ["Headteacher", "Lead practitioner", "Subject lead", "ECT mentor", "Admin", "DSL", "Head of Year", "boss", "mentro", "coach",
        "lead mentor", "teacher/mentor", "senior lead"]  # fmt: skip


@pytest.mark.parametrize("title", JOBS)
def test_a_job_title_says_nothing_of_a_role(title):
    sheet = read(HEADER + f"Eve,eve@s.example,{title},,\n")
    assert sheet.rows[0].role is None and title in sheet.notes[0]


@pytest.mark.parametrize("word", MORE)
def test_a_title_that_anybody_could_take_for_more_is_asked_about(word):
    [problem] = problems(HEADER + f"Eve,eve@s.example,{word},,\n")
    assert "write teacher, mentor or lead, or nothing" in problem and "Job title" in problem


# Damage


@pytest.mark.parametrize(
    "data, said",
    [
        (b"G?en Ll?yd", "letters are lost"),
        (b"Si\xe2n T?", "letters are lost"),
        ("Ze\ufffdo".encode(), "letters are lost"),
        ("ZoÃ« Oâ€™Neill".encode(), "Did you mean “Zoë O’Neill”?"),
        ("Jos\u00c3\u00a9 Ray".encode(), "Did you mean “José Ray”?"),
        ("José Núñez".encode("mac_roman"), "Did you mean “José Núñez”?"),
        ("Gemma Rivière".encode("mac_roman"), "Did you mean “Gemma Rivière”?"),
    ],
)
def test_what_looks_damaged_is_asked_about(data, said):
    sheet = read(HEADER.encode() + data + b",x@s.example,teacher,,\nAnn Ray,ann@s.example,teacher,,\n")
    [doubt] = sheet.rows[0].doubts
    assert said in doubt.words and sheet.rows[1].doubts == () and "“CSV UTF-8”" in " ".join(sheet.notes)


def test_an_email_may_be_damaged_too():
    assert "letters are lost" in problems(HEADER + "Eve,e?e@s.example,,,\n")[0]
    assert "Did you mean “zoë@s.example”?" in problems(HEADER + "Zoe,zoÃ«@s.example,,,\n")[0]


def test_one_name_from_an_old_mac_puts_all_in_question():
    """*Bjšrn* alone may be somebody's name; beside *JosŽ* it is Björn."""
    sheet = read(HEADER.encode() + "José,j@s.example,,,\nBjörn,b@s.example,,,\nAnn,a@s.example,,,\n".encode("mac_roman"))
    assert ["Did you mean “Björn”?" in str(row.doubts) for row in sheet.rows] == [False, True, False]
    alone = read(HEADER.encode() + "Björn,b@s.example,,,\n".encode("mac_roman"))
    assert alone.rows[0].doubts == () and "See that these are right: “Bjšrn”" in alone.notes[0]


# What is wrong


@pytest.mark.parametrize(
    "line, words",
    [
        ("\u200b,eve@school.example,teacher,,", "without a letter that can be seen"),
        ("-,eve@school.example,teacher,,", "the name is “-”, without a letter"),
        ("E" * 121 + ",eve@school.example,teacher,,", "at most 120"),
        ("E" * 1_001 + ",eve@school.example,teacher,,", "more than 1,000"),
        ("e" + "\u0301" * 900 + ",eve@school.example,teacher,,", "name"),
        ("Eve,,teacher,,", "the email is missing"),
        ("Eve,eve,teacher,,", "the email is “eve”"),
        ("Eve,eve@intranet,teacher,,", "the email is"),
        ("Eve,eve@school.example@x,teacher,,", "the email is"),
        ("Eve,eve@school.example,boss,,", "write teacher, mentor or lead, or nothing"),
        ("Eve,eve@school.example,teacher,max@,", "the mentor is “max@”"),
        ("Eve,eve@school.example,teacher,EVE@school.example,", "nobody is their own mentor"),
        ("Eve,eve@school.example,teacher,,12/25/2026", "There is no such day"),
        ("Eve,eve@school.example,teacher,,2026-02-30", "There is no such day"),
        ("Eve,eve@school.example,teacher,,next week", "Write the date as"),
        ("Eve,eve@school.example,teacher,,01/01/2150", "between 2020 and 2100"),
        ("Eve,eve@school.example,teacher,,٠٤/12/2026x", "Write the date as"),
        ("O’Neill, Eve,eve@school.example,teacher,,2026-12-04", "more cells than headings"),
        ("E\0ve,eve@school.example,teacher,,", "U+0000"),
        ("E\x1bve,eve@school.example,teacher,,", "U+001B"),
        ("Tess,tess@school.example,teacher,,", "stands on line 2 already"),
        ('"Eve,eve@school.example,teacher,,', "a quotation mark is left open"),
        ('"Eve" O’Neill,eve@school.example,teacher,,', "stands inside a cell"),
        ("E" * 200_000 + ",eve@school.example,teacher,,", "far too long"),
        ("e" + "\u0301" * 1_000_000 + ",eve@school.example,teacher,,", "far too long"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(line, words):
    told = problems(f"{HEADER}Tess,tess@school.example,,,\n\n{line}\n")
    assert [problem.partition(":")[0] for problem in told] == ["line 4"]
    assert words in told[0]


def test_lines_are_the_files_own_and_every_problem_is_told():
    sheet = read(HEADER + '"Two\nlines",two@school.example,,,\nEve,eve,,,\n\nSam,sam,,,\nGood,good@school.example,,,\n')
    assert [problem.line for problem in sheet.problems] == [4, 6]
    assert [(row.line, row.name) for row in sheet.rows] == [(2, "Two lines"), (7, "Good")]


@pytest.mark.parametrize(
    "data, words",
    [
        (b"", "the file is empty"),
        (b"\n\n", "the file is empty"),
        (b"name,email\n", "nobody stands below the headings"),
        (b"name\nTess\n", "The first has “name”"),
        (b"Tess,tess@school.example\n", "name and email must be there"),
        (b"\0" * 1_000, "no text"),
        (random.Random(4).randbytes(5_000), ""),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "this is a picture"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "this is a picture"),
        (b"%PDF-1.7\n" + bytes(100), "this is a PDF"),
        (b"\xef\xbb\xbf<html><table><tr><td>name</td></tr></table>", "web page"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "web page or XML"),
        (packed({"word/document.xml": "<x/>"}), "a Word document"),
        (packed({"Index/Document.iwa": "x"}), "Numbers"),
        (packed({"holiday.jpg": "x"}), "a packed folder"),
        (packed({"xl/workbook.xml": "<broken"}), "can't be read"),
        (xlsx({"Staff": [["name", "email"]]})[:400], "can't be read"),
        (xlsx({"Staff": []}), "the file is empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4_000), "can't be read"),
        ((HERE / "locked.xlsx").read_bytes(), "protected by a password"),
        (ods([["name", "email"]], locked=True), "protected by a password"),
        (b'"' + b"x" * 300_000, ""),
    ],
)
def test_a_file_that_is_no_such_file_is_said(data, words):
    sheet = read(data)
    assert sheet.rows == () and [problem.line for problem in sheet.problems] == [1]
    assert words in sheet.problems[0].words


# Floods


READER = """
import json, re, resource, sys
from datetime import date
from induction.services.people_file import reader

def mine():
    return int(re.search(r"VmHWM:\\s+(\\d+) kB", open("/proc/self/status").read())[1])

data, before = sys.stdin.buffer.read(), mine()
sheet = reader.read(data, date(2026, 11, 24))
used = max(mine() - before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) // 1024
words = str(sheet.problems[-1]) if sheet.problems else ""
print(json.dumps([len(sheet.rows), len(sheet.problems), used, words]))
"""


def with_little_memory(data):
    """How a file is read by a process of its own: rows, problems, MB that it took and its children took, the last problem.

    A process begun anew, since one that is forked counts what these tests hold as its own.
    """
    sent = data if isinstance(data, bytes) else data.encode()
    done = subprocess.run([sys.executable, "-P", "-c", READER], input=sent, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def with_part(name, content):
    """A good workbook with one part of it replaced."""
    parts = zipfile.ZipFile(io.BytesIO(xlsx({"Staff": [["name"]]})))
    return packed({each: content if each == name else parts.read(each) for each in parts.namelist()})


SHEET = "xl/worksheets/sheet1.xml"


def bomb():
    return with_part(SHEET, b" " * 60_000_000)


def lying():
    """A part that unfolds to 60 MB and says that it has ten bytes."""
    data = bytearray(bomb())
    struct.pack_into("<L", data, data.rfind(SHEET.encode()) - 46 + 24, 10)
    return bytes(data)


def far_away():
    """Two cells, one in the last row and column there can be; laid out, they would fill any memory."""
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return with_part(SHEET, f'<worksheet xmlns="{SHEETS}"><sheetData>{cells}</sheetData></worksheet>')


FLOODS = {
    "80 MB": (lambda: b"x" * 80_000_000, "more than 6 MB"),
    "30,000 people": (lambda: HEADER + "".join(f"P {n},p{n}@s.example,,,\n" for n in range(30_000)), "line 20002: more than"),
    "1,500,000 lines": (lambda: HEADER + "a,b\n" * 1_500_000, "nothing after this line was looked at"),
    "pictures": (lambda: HEADER + "😀,\n" * 1_000_000, "nothing after this line was looked at"),
    "2,000,000 cells": (lambda: b",".join([b"ab"] * 2_000_000), "far too long"),
    "a bomb": (bomb, "unfolds to more than 50 MB"),
    "a bomb that lies": (lying, "can't be read"),
    "a cell far away": (far_away, "can't be read"),
}


@pytest.mark.parametrize("flood", FLOODS)
def test_a_flood_is_told_in_words_and_takes_little(flood):
    make, words = FLOODS[flood]
    data = make()
    begun = time.monotonic()
    rows, wrong, used, said = with_little_memory(data)
    assert words in said and used < 200 and rows <= reader.MOST_PEOPLE and wrong <= reader.MOST_PROBLEMS + 1
    assert time.monotonic() - begun < 60


def test_twenty_thousand_people_fit():
    people = ([f"Person {n}", f"p{n}@school.example", "teacher", "max@school.example", date(2026, 12, 4)] for n in range(20_000))
    assert with_little_memory(xlsx({"Staff": [["Name", "Email", "Role", "Mentor", "Due"], *people]}))[:2] == [20_000, 0]


# Whatever bytes


def test_any_bytes_are_rows_or_problems_and_never_a_traceback():
    """Seeded: good files broken in many ways, and heaps of the signs that readers stumble over."""
    chance = random.Random(20261124)
    pieces = [*'",;|\t\n\r\x00\x1a\ufeff-=?', *("sep=;\n", "name", "email", "role", "@", "a@s.example", "1" * 40)]
    pieces += ["é", "Ã©", "\u200b", "\u0301", "\U000f4005"]
    workbook = xlsx({"Staff": [["name", "email"], EVES_CELLS[:2]]})
    seeds = [EVES_FILE.encode(), EVES_FILE.encode("utf-16"), EVES_FILE.encode("cp1252"), workbook[:60]]
    for _ in range(2_000):
        data = bytearray(chance.choice(seeds))
        for _ in range(chance.randrange(1, 12)):
            at = chance.randrange(len(data) + 1)
            data[at : at + chance.choice((0, 0, 1, 5))] = chance.choice((chance.choice(pieces).encode(), chance.randbytes(2)))
        sheet = read(bytes(data))
        for row in sheet.rows:
            assert row.line > 1 and "@" in row.email and row.name == row.name.strip() and row.name.isprintable()
        assert all(problem.line >= 1 and problem.words.endswith((".", "?")) for problem in sheet.problems)
