"""people import: what is said, what has to be agreed to, and what is printed."""

import os
import shutil
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime

import pytest

from induction.records.people import people
from induction.records.people.person import Details
from induction.records.store import migrations
from induction.records.store.database import transaction
from induction.rules.roles import Role
from induction.settings import HOME
from tests.commands.outcomes import sheet_of
from tests.services.spreadsheets import ods, xlsx

ROWS = [["Name", "E-mail", "Role", "Mentor", "Due"], ["Ida Brook", "ida@x.example", "", "Max Adeyemi", "4 December 2027"]]
RAISED = "name,email,role\nSam Price,sam@wrenfield.example,mentor\nIda Brook,ida@x.example,\n"


@pytest.fixture
def file(tmp_path):
    def write(content, name="people.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.mark.parametrize("name, content", [("people.xlsx", xlsx({"Staff": ROWS})), ("people.ods", ods(ROWS)),
                                           ("people.csv", "\n".join(",".join(row) for row in ROWS).encode("utf-16"))])  # fmt: skip
def test_a_list_as_the_office_has_it(peopled, file, name, content):
    done = peopled("people", "import", file(content, name))
    assert done.code == 0, done
    assert "Ida Brook  ida@x.example  teacher  max@wrenfield.example  2027-12-04" in peopled("people", "list").out


def test_columns_that_are_left_alone_are_named_before_anything_is_done(peopled, file):
    path = file("Staff Code,Name,Email\nX,Ida,ida@x.example\n")
    for words in (["--dry-run"], []):
        done = peopled("people", "import", path, *words)
        assert done.code == 0 and "Left alone: “Staff Code”." in done.err


def test_what_has_to_be_agreed_to_is_named_and_nothing_is_done_without_a_word(peopled, file):
    path, before = file(RAISED), peopled("people", "list").out
    for words in ([], ["--dry-run"]):
        done = peopled("people", "import", path, *words)
        assert done.code == 1 and done.out == "" and "Nothing was changed" in done.err and "--roles" in done.err
        assert f"{path}:2: Sam Price (sam@wrenfield.example) becomes mentor, and is no longer teacher." in done.err
        assert peopled("people", "list").out == before
    assert peopled("people", "import", path, "--dry-run", "--roles").code == 0 and peopled("people", "list").out == before
    done = peopled("people", "import", path, "--roles")
    assert done.code == 0 and f"{path}:2: Sam Price" in done.err and "Added 1, changed 1" in done.err
    assert "sam@wrenfield.example  mentor" in peopled("people", "list").out


def test_whoever_is_new_or_back_gets_a_link_in_a_sheet_that_runs_nothing(peopled, file):
    path = file('name,email\n"=HYPERLINK(""x"")",ida@x.example\nAna,ana@wrenfield.example\nTess Okafor,tess@wrenfield.example\n')
    done = peopled("people", "import", path, "--roles")
    assert [(row["name"], row["email"]) for row in sheet_of(done.out)] == [
        ("'=HYPERLINK(\"x\")", "ida@x.example"), ("Ana", "ana@wrenfield.example"),
    ]  # fmt: skip
    assert all(row["link"].startswith("http://127.0.0.1:8000/invitation/") for row in sheet_of(done.out))
    assert peopled("people", "import", path).out == "", "nobody is new: no sheet"


def test_a_file_is_planned_on_what_is_there_once_nobody_else_writes(peopled, file, tmp_path):
    """Somebody adds Ida while the command starts: to the file she is not new any more."""
    db = migrations.open_database(tmp_path / "data/induction.db", datetime.now(UTC))
    writing, done = threading.Event(), []

    def add_ida():
        with transaction(db):
            people.add(db, Details("ida@x.example", "Ida Brook", Role.TEACHER), now=datetime.now(UTC))
            writing.set()
            time.sleep(1)
        db.close()

    other = threading.Thread(target=add_ida)
    other.start()
    assert writing.wait(30)
    done = peopled("people", "import", file("name,email\nIda Brook,ida@x.example\n"))
    other.join()
    assert done.code == 0 and done.out == "" and "Added 0, changed 0" in done.err
    db.close()


ON_A_TERMINAL = """
import io, sys
sys.stdout, sys.stderr = (io.TextIOWrapper(stream.detach(), encoding={encoding!r}) for stream in (sys.stdout, sys.stderr))
sys.stdout.isatty = lambda: {terminal}
from induction.commands import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize("encoding, terminal", [("latin-1", True), ("ascii", False)])
def test_a_terminal_that_knows_few_letters_is_no_fault_after_the_deed(tmp_path, template, file, encoding, terminal):
    """What is brought in is said and its links are shown, whatever the letters."""
    data = tmp_path / "data"
    shutil.copytree(template, data)
    path = file("name,email,role\nZoë Ŵyn 王,zoe@x.example,mentor\n")
    command = [sys.executable, "-c", ON_A_TERMINAL.format(encoding=encoding, terminal=terminal), "people", "import", path, "--roles"]
    environment = {"PATH": os.environ["PATH"], "INDUCTION_DATA": str(data)}
    done = subprocess.run(command, cwd=HOME, env=environment, capture_output=True, timeout=60)
    assert done.returncode == 0 and b"Traceback" not in done.stderr and b"/invitation/" in done.stdout, done
    assert b"comes in as mentor" in done.stderr and b"Added 1" in done.stderr


def test_links_that_nobody_can_read_any_more_are_said(tmp_path, template, file):
    data = tmp_path / "data"
    shutil.copytree(template, data)
    path = file("name,email\n" + "".join(f"Person {n},p{n}@x.example\n" for n in range(900)))
    command = f"{sys.executable} -m induction people import {path} | true"
    environment = {"PATH": os.environ["PATH"], "INDUCTION_DATA": str(data)}
    done = subprocess.run(command, shell=True, cwd=HOME, env=environment, capture_output=True, text=True, timeout=60)
    assert "Added 900" in done.stderr and "people invite EMAIL" in done.stderr and "Traceback" not in done.stderr


def test_a_large_list_takes_little_time(peopled, file):
    """Generous: five thousand people are twenty-five schools."""
    lines = [f"Person {n},p{n}@x.example,,lou@wrenfield.example,04/12/2027" for n in range(5_000)]
    begun = time.monotonic()
    assert peopled("people", "import", file("name,email,role,mentor,due\n" + "\n".join(lines))).code == 0
    assert time.monotonic() - begun < 60


def test_export_then_import_changes_nothing(peopled, tmp_path):
    out = tmp_path / "people.csv"
    assert peopled("export", "people", "--output", out).code == 0
    before = peopled("export", "people").out
    assert out.read_bytes().decode() == before and "Tess Okafor" in before
    done = peopled("people", "import", out)
    assert done.code == 0 and done.err.startswith("Added 0, changed 0") and done.out == ""
    assert peopled("export", "people").out == before


def test_a_dry_run_says_what_would_happen_and_changes_nothing(peopled, file):
    path = file("name,email,role,mentor,due\nIda,ida@x.example,,max@wrenfield.example,04/12/2026\n")
    before = peopled("people", "list").out
    done = peopled("people", "import", path, "--dry-run")
    assert done.code == 0 and done.err.startswith("Would add 1") and peopled("people", "list").out == before
    done = peopled("people", "import", path)
    assert done.code == 0 and sheet_of(done.out)[0]["link"].startswith("http://127.0.0.1:8000/invitation/")
    assert "2026-12-04" in peopled("people", "list").out


def test_an_imported_row_updates_the_person_with_that_email(peopled, file):
    path = file("mentor;due;email;role;name\n;;sam@wrenfield.example;mentor;Sam Price\n")
    held = peopled("people", "import", path)
    assert held.code == 1 and "becomes mentor" in held.err and "sam@wrenfield.example  teacher" in peopled("people", "list").out
    assert "Added 0, changed 1" in peopled("people", "import", path, "--roles").err
    assert "sam@wrenfield.example  mentor" in peopled("people", "list").out


def test_problems_are_named_by_line_and_nothing_is_brought_in(peopled, file):
    rows = [
        "name,email,role,mentor,due",
        "Ida,ida@x.example,,,",
        "Bo,nonsense,,,",
        'Cy,"cy@x.example",head,,31/02/2026',
    ]
    path = file("\n".join(rows) + "\n")
    before = peopled("people", "list").out
    done = peopled("people", "import", path)
    assert done.code == 1 and f"{path}:3: " in done.out and f"{path}:4: " in done.out and f"{path}:2: " not in done.out
    assert "nothing was changed" in done.err and peopled("people", "list").out == before


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\x00" * 1000,
        b"\xff\xd8\xff\xe0JFIF" + b"\x80" * 5000,
        b"name\nIda\n",
        b'name,email\n"Ida,ida@x.example\n',
        b"name,email\n" + b"x" * 200_000 + b",ida@x.example\n",
        b"name,email\nIda,ida@x.example\nIda,ida@x.example\n",
        b"name,email,role\nLou,lou@wrenfield.example,teacher\n",
        b"name,email,mentor\nTess,tess@wrenfield.example,tess@wrenfield.example\n",
    ],
    ids=["empty", "NUL", "a picture", "no email", "open quote", "200 kB cell", "twice", "last lead", "own mentor"],
)
def test_a_file_that_wont_do_changes_nothing(peopled, file, text):
    before = peopled("people", "list").out
    done = peopled("people", "import", file(text))
    assert done.code == 1 and "Traceback" not in done.err and (done.out or done.err)
    assert peopled("people", "list").out == before


# Whatever leaves as a sheet


def test_every_sheet_of_the_site_begins_with_its_mark(cast):
    """So that a spreadsheet knows its letters."""
    addresses = sorted(rule.rule for rule in cast.app.url_map.iter_rules() if rule.rule.endswith(".csv"))
    assert len(addresses) >= 2
    for address in addresses:
        assert cast.lou.open(address).html.startswith("\ufeff"), address


def test_every_sheet_of_the_command_line_begins_with_its_mark(peopled):
    for what in ("completions", "people"):
        assert peopled("export", what).out.startswith("\ufeff"), what
        assert not peopled("export", what, "--format", "json").out.startswith("\ufeff")


def test_a_sheet_in_a_file_is_ones_own(peopled, tmp_path):
    usual = os.umask(0)
    try:
        assert all(peopled("export", what, "--output", tmp_path / f"{what}.csv").code == 0 for what in ("completions", "people"))
    finally:
        os.umask(usual)
    for what in ("completions", "people"):
        to = tmp_path / f"{what}.csv"
        assert to.stat().st_mode & 0o777 == 0o600 and to.read_bytes().startswith(b"\xef\xbb\xbf")
        done = peopled("export", what, "--output", to)
        assert done.code == 1 and "is there already" in done.err and to.read_bytes().startswith(b"\xef\xbb\xbf")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
