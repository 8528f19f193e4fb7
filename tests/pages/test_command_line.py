"""The command line: exit code 0 done, 1 a problem was said, 2 wrong usage; data to standard output, all else to the other."""

import csv
import io
import json
import os
import shutil
import socket
import sqlite3
import stat
import subprocess
import sys
import tempfile
import unicodedata
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from induction import cli
from induction.content.reading import library
from induction.records.people import people
from induction.records.store.database import Database
from induction.services.password_hashing import Hashing
from induction.settings import HOME
from tests.cast import COURSE, PASSWORD, move_in
from tests.walking import walk

COLUMNS = [
    *("person_email", "person_name", "course", "lesson", "completed_at", "mark", "pass_mark", "attempts"),
    *("content_sha256", "policy_version", "lesson_opened_at", "first_answer_at"),
]


@pytest.fixture
def data(tmp_path):
    """A data folder that nobody has used."""
    return tmp_path / "data"


@pytest.fixture
def run(data, capsys, monkeypatch):
    """run(*words, stdin=b"") -> what it printed and its exit code."""
    monkeypatch.setenv("INDUCTION_DATA", str(data))

    def command(*words, stdin=b""):
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(stdin)))
        try:
            code = cli.main([str(word) for word in words])
        except SystemExit as ended:  # argparse: usage and --help
            code = ended.code
        said = capsys.readouterr()
        return SimpleNamespace(code=code, out=said.out, err=said.err)

    return command


@pytest.fixture
def peopled(run, data, template):
    """The same, in the school of the cast."""

    shutil.copytree(template, data)
    return run


def refused(done, *words, code=1):
    assert done.code == code and done.out == "" and all(word in done.err for word in words), done
    assert "Traceback" not in done.err
    return True


def sheet_of(text):
    """The rows of a CSV that begins with its mark."""
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


# Usage


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["nonsense"],
        ["people"],
        ["people", "nonsense"],
        ["people", "add"],
        ["people", "add", "ida@x.example"],
        ["people", "add", "ida@x.example", "--name", "Ida", "--role", "head"],
        ["people", "add", "ida@x.example", "--name", "Ida", "--due", "soon"],
        ["people", "add", "ida@x.example", "--name", "Ida", "--due", "31/02/2027"],
        ["people", "add", "ida@x.example", "--name", "Ida", "--due", "9999-12-31"],
        ["export", "completions", "--as-at", "9999-12-31"],
        ["export", "completions", "--as-at", "0001-01-01"],
        ["check", "--today", "9999-12-31"],
        ["check", "--today", "1" * 5000],
        ["policy"],
        ["export"],
        ["export", "evidence"],
        ["export", "people", "--format", "xml"],
        ["check", "--today", "yesterday"],
        ["restore"],
        ["serve", "--listen", "8000"],
        ["verify"],
        ["send-mail"],
        ["people", "erase", "tess@wrenfield.example"],
        ["policy", "publish"],
        ["people", "add", "ida@x.example", "--name", "Ida", "--course"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_two_and_changes_nothing(run, data, words):
    done = run(*words)
    assert done.code == 2 and done.out == "" and "usage:" in done.err
    assert not data.exists()


@pytest.mark.parametrize(
    "words",
    [
        [],
        *[
            [name]
            for name in ("serve", "first-run", "check", "people", "policy", "export", "backup", "restore", "doctor")
        ],
    ],
    ids=str,
)
def test_help_is_everywhere(run, words):
    done = run(*words, "--help")
    assert done.code == 0 and "usage: induction" in done.out and done.err == ""


# First run


def test_first_run_prints_a_link_until_there_is_a_lead(run):
    first, second = run("first-run"), run("first-run")
    assert first.out.startswith("http://127.0.0.1:8000/first-run/") and first.out != second.out
    run("people", "add", "lou@x.example", "--name", "Lou Hartley", "--role", "lead")
    assert refused(run("first-run"), "set up already")


# People


def test_adding_prints_the_invitation_and_nothing_else(run, data):
    done = run("people", "add", " Ida@X.example", "--name", "Ida  Brook", "--due", "2026-12-04")
    assert done.code == 0 and done.out.startswith("http://127.0.0.1:8000/invitation/") and done.out.count("\n") == 1
    assert done.err == "Added Ida Brook as teacher.\n"
    assert run("people", "list").out == "Ida Brook  ida@x.example  teacher  2026-12-04\n"


def test_links_are_built_on_the_public_address(run, monkeypatch):
    monkeypatch.setenv("INDUCTION_URL", "https://induction.x.example")
    done = run("people", "add", "ida@x.example", "--name", "Ida")
    assert done.out.startswith("https://induction.x.example/invitation/")


@pytest.mark.parametrize("newline", [b"", b"\n", b"\r\n"])
def test_a_password_from_standard_input_loses_one_final_newline(run, app, data, tmp_path, newline):
    done = run(
        *("people", "add", "lou@x.example", "--name", "Lou Hartley", "--role", "lead", "--password-stdin"),
        stdin=PASSWORD.encode() + newline,
    )
    assert (done.code, done.out) == (0, "") and PASSWORD not in done.err
    cast = move_in(app, data, tmp_path / "site")
    assert cast.try_to_sign_in("lou@x.example", cast.browser()).is_at("/")
    cast.records.close()


@pytest.mark.parametrize(
    "password", [b"", b"short\n", b"password1234", b"\xff" * 20, b"hartley-hartley", b"x y\x00" * 99]
)
def test_a_password_that_wont_do_adds_nobody(run, password):
    words = ("people", "add", "lou@x.example", "--name", "Lou Hartley", "--password-stdin")
    assert refused(run(*words, stdin=password))
    assert run("people", "list").out == ""


@pytest.mark.parametrize(
    "words, said",
    [
        (["people", "add", "tess@wrenfield.example", "--name", "Tess"], "here already"),
        (["people", "add", "TESS@Wrenfield.example", "--name", "Tess"], "here already"),
        (["people", "add", "nonsense", "--name", "Tess"], "Write an email address"),
        (["people", "add", "ida@x.example", "--name", " "], "a name"),
        (["people", "add", "ida@x.example", "--name", "\u200b"], "a name"),
        (["people", "add", "ida@x.example", "--name", "…"], "a name"),
        (["people", "add", "ida@x.example", "--name", "N" * 121], "at most 120"),
        (["people", "add", "ida@x.example", "--name", "I\x00da"], "U+0000"),
        (["people", "add", "jo@intranet", "--name", "Jo"], "Write an email address"),
        (["people", "add", "ida@x.example", "--name", "Ida", "--mentor", "nobody@x.example"], "nobody@x.example"),
        (["people", "add", "ida@x.example", "--name", "Ida", "--mentor", "sam@wrenfield.example"], "mentor"),
        (["people", "add", "ida@x.example", "--name", "I" * 5000], ""),
        (["people", "add", "i" * 5000 + "@x.example", "--name", "Ida"], ""),
        (["people", "deactivate", "nobody@x.example"], "nobody@x.example"),
        (["people", "deactivate", "lou@wrenfield.example"], "lead"),
        (["people", "invite", "nobody@x.example"], "nobody@x.example"),
        (["people", "invite", "ana@wrenfield.example"], "has left"),
        (["export", "completions", "--person", "nobody@x.example"], "nobody@x.example"),
        (["export", "people", "--as-at", "2026-01-01"], "--as-at"),
        (["policy", "set", "nonsense", "none"], "nonsense"),
        (["policy", "set", "pupil-contacts", "none"], "did you mean pupil-contact?"),
        (["policy", "set", "pupil-contact", "nonsense"], "nonsense"),
        (["people", "import", "nothing.csv"], "nothing.csv"),
        (["restore", "nothing.db"], ""),
        (["check", "nothing-here"], "nothing-here"),
    ],
)
def test_what_cant_be_done_is_one_said_and_changes_nothing(peopled, words, said):
    before = peopled("people", "list").out
    assert refused(peopled(*words), said)
    assert peopled("people", "list").out == before


def test_who_left_is_not_listed_and_may_not_sign_in(peopled, app, data, tmp_path):
    assert peopled("people", "deactivate", "tess@wrenfield.example").code == 0
    assert "tess@" not in peopled("people", "list").out
    cast = move_in(app, data, tmp_path / "site")
    assert cast.try_to_sign_in("tess", cast.browser()).heading == "Sign in"
    cast.records.close()


def test_an_invitation_is_made_anew(peopled):
    done = peopled("people", "invite", "tess@wrenfield.example")
    assert done.code == 0 and done.out.startswith("http://127.0.0.1:8000/invitation/")


# Import


def file(tmp_path, text):
    path = tmp_path / "people.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_export_then_import_changes_nothing(peopled, tmp_path):
    out = tmp_path / "people.csv"
    assert peopled("export", "people", "--output", out).code == 0
    before = peopled("export", "people").out
    assert out.read_bytes().decode() == before and "Tess Okafor" in before
    done = peopled("people", "import", out)
    assert done.code == 0 and done.err.startswith("Added 0, changed 0") and done.out == ""
    assert peopled("export", "people").out == before


def test_a_dry_run_says_what_would_happen_and_changes_nothing(peopled, tmp_path):
    path = file(tmp_path, "name,email,role,mentor,due\nIda,ida@x.example,,max@wrenfield.example,04/12/2026\n")
    before = peopled("people", "list").out
    done = peopled("people", "import", path, "--dry-run")
    assert done.code == 0 and done.err.startswith("Would add 1") and peopled("people", "list").out == before
    done = peopled("people", "import", path)
    assert done.code == 0 and sheet_of(done.out)[0]["link"].startswith("http://127.0.0.1:8000/invitation/")
    assert "2026-12-04" in peopled("people", "list").out


def test_an_imported_row_updates_the_person_with_that_email(peopled, tmp_path):
    path = file(tmp_path, "mentor;due;email;role;name\n;;sam@wrenfield.example;mentor;Sam Price\n")
    held = peopled("people", "import", path)
    assert held.code == 1 and "becomes mentor" in held.err and "sam@wrenfield.example  teacher" in peopled("people", "list").out
    assert "Added 0, changed 1" in peopled("people", "import", path, "--roles").err
    assert "sam@wrenfield.example  mentor" in peopled("people", "list").out


def test_problems_are_named_by_line_and_nothing_is_brought_in(peopled, tmp_path):
    rows = [
        "name,email,role,mentor,due",
        "Ida,ida@x.example,,,",
        "Bo,nonsense,,,",
        'Cy,"cy@x.example",head,,31/02/2026',
    ]
    path = file(tmp_path, "\n".join(rows) + "\n")
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
def test_a_file_that_wont_do_changes_nothing(peopled, tmp_path, text):
    before = peopled("people", "list").out
    done = peopled("people", "import", file(tmp_path, text))
    assert done.code == 1 and "Traceback" not in done.err and (done.out or done.err)
    assert peopled("people", "list").out == before


# Policy


def test_the_policy_is_shown_as_default_until_it_is_set(peopled):
    facets = library.read(HOME, None).library.facets
    before = peopled("policy", "show")
    assert before.out.count("(default: not chosen yet)") == len(facets) and before.code == 0
    facet = facets["pupil-contact"]
    done = peopled("policy", "set", facet.name, facet.stances[-1].name)
    assert done.code == 0 and done.out == "" and "version 1" in done.err
    shown = json.loads(peopled("policy", "show", "--format", "json").out)
    chosen = next(each for each in shown["facets"] if each["facet"] == facet.name)
    assert (shown["version"], chosen["stance"], chosen["chosen"]) == (1, facet.stances[-1].name, True)
    assert peopled("policy", "set", facet.name, facet.stances[-1].name).code == 0
    assert json.loads(peopled("policy", "show", "--format", "json").out)["version"] == 1, (
        "the same again is no new version"
    )


def test_a_file_is_published_as_the_whole_policy(peopled, tmp_path):
    text = tmp_path / "policy.md"
    text.write_text("\ufeff## Being in touch {#pupil-contact}\r\n\r\nNever online, at {{ school }}.\r\n", encoding="utf-8")
    done = peopled("policy", "publish", str(text))
    assert done.code == 0 and done.out == "" and "version 1 of the policy" in done.err
    shown = json.loads(peopled("policy", "show", "--format", "json").out)
    assert (shown["version"], shown["asks_for"], len(shown["sha256"])) == (1, 1, 64)
    text.write_bytes("# Our policy\n\n## Photos\n\nAsk first.".encode("utf-16"))
    assert peopled("policy", "publish", str(text)).code == 0
    assert json.loads(peopled("policy", "show", "--format", "json").out)["version"] == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (b"", "is empty"),
        (b"   \n", "is empty"),
        (b"caf\xe9", "UTF-8"),
        (b"a\n\nb\0c", ":3:"),
        (b"[x](javascript:1)", ":1:"),
        (b"x" * 300_000, "more than 262,144 bytes"),
        ("Wait\n\nSir\U000f4005".encode(), ":3: this line holds a sign that can't be shown (U+F4005)"),
        (b"Wait.\n\n~~Never~~ reply.", ":3: words aren't struck out here"),
        (b"{{ headmaster }}", "headmaster"),
    ],
)
def test_a_file_that_will_not_do_is_not_published(peopled, tmp_path, words, said):
    text = tmp_path / "policy.md"
    text.write_bytes(words)
    assert refused(peopled("policy", "publish", str(text)), said, "Nothing was ")
    assert json.loads(peopled("policy", "show", "--format", "json").out)["version"] == 0


def test_a_policy_that_is_not_there_is_not_published(peopled, tmp_path):
    assert refused(peopled("policy", "publish", str(tmp_path / "none.md")), "none.md")
    assert refused(peopled("policy", "publish", str(tmp_path)), str(tmp_path))


def test_a_course_is_named_for_somebody(peopled):
    assert refused(peopled("people", "add", "ida@x.example", "--name", "Ida", "--course", "chess"), "boundaries-in-ten-minutes")
    assert peopled("people", "add", "ida@x.example", "--name", "Ida", "--course", "boundaries-in-ten-minutes").code == 0


# Exports


@pytest.fixture
def learnt(run, app, template, data):
    """Tess has passed one lesson on her second try, one by a formula of a name another."""
    cast = move_in(app, template, data)
    walk(cast, "tess", "friend-requests", wisely=False)
    walk(cast, "tess", "friend-requests")
    cast.add('=HYPERLINK("x")')
    cast.records.close()
    return run


def test_completions_are_exported_as_promised(learnt):
    done = learnt("export", "completions", "--format", "json")
    rows = json.loads(done.out)
    assert (done.code, done.err, len(rows)) == (0, "", 1)
    row = rows[0]
    assert list(row) == COLUMNS
    assert (row["person_email"], row["person_name"]) == ("tess@wrenfield.example", "Tess Okafor")
    assert (row["course"], row["lesson"], row["mark"], row["pass_mark"], row["attempts"]) == (
        COURSE, "friend-requests", 100, 80, 2,
    )  # fmt: skip
    assert row["completed_at"].endswith("Z") and row["completed_at"][:10] == f"{date.today():%Y-%m-%d}"
    assert len(row["content_sha256"]) == 64 and row["policy_version"] == "default"
    sheet = sheet_of(learnt("export", "completions").out)
    assert sheet == [{name: str(value) for name, value in row.items()}]


def test_completions_of_one_person_and_of_a_day(learnt):
    assert (
        json.loads(learnt("export", "completions", "--person", "max@wrenfield.example", "--format", "json").out) == []
    )
    assert (
        len(json.loads(learnt("export", "completions", "--person", "TESS@wrenfield.example", "--format", "json").out))
        == 1
    )
    assert json.loads(learnt("export", "completions", "--as-at", "2020-01-01", "--format", "json").out) == []


def test_the_history_of_people_is_exported(learnt):
    rows = json.loads(learnt("export", "history", "--person", "tess@wrenfield.example", "--format", "json").out)
    assert (rows[0]["what"], rows[0]["by"]) == ("added", "") and "added Tess Okafor" in rows[0]["words"]
    sheet = list(csv.DictReader(io.StringIO(learnt("export", "history").out.removeprefix("\ufeff"))))
    assert len(sheet) > len(rows) and [row for row in sheet if row["person_email"] == "tess@wrenfield.example"] == rows
    assert refused(learnt("export", "history", "--as-at", "2026-12-04"), "--as-at goes with completions")


def test_an_empty_list_is_a_list(peopled):
    assert json.loads(peopled("export", "completions", "--format", "json").out) == []
    assert peopled("export", "completions").out.strip() == "\ufeff" + ",".join(COLUMNS)


def test_what_a_spreadsheet_would_run_is_made_text(learnt):
    sheet = sheet_of(learnt("export", "people").out)
    assert '\'=HYPERLINK("x")' in [row["name"] for row in sheet]


def test_an_export_to_a_file_says_how_many_rows(learnt, tmp_path):
    done = learnt("export", "completions", "--output", tmp_path / "out.csv")
    assert (done.code, done.out) == (0, "") and "1 row written" in done.err
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbfperson_email")
    assert refused(learnt("export", "completions", "--output", tmp_path / "nowhere" / "out.csv"), "out.csv")


# Backup, restore, doctor, check


def test_a_backup_goes_where_it_is_told_and_comes_back(peopled, data, tmp_path):
    done = peopled("backup")
    made = Path(done.out.strip())
    assert done.code == 0 and made.parent == data / "backups" and stat.S_IMODE(made.stat().st_mode) == 0o600
    assert peopled("backup", tmp_path / "mine.db").out.strip() == str(tmp_path / "mine.db")
    peopled("people", "add", "ida@x.example", "--name", "Ida")
    assert peopled("restore", tmp_path / "mine.db", "--older").code == 0
    assert "ida@x.example" not in peopled("people", "list").out


def test_a_picture_is_not_restored(peopled, tmp_path):
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(5000))
    before = peopled("people", "list").out
    assert refused(peopled("restore", tmp_path / "photo.jpg"))
    assert peopled("people", "list").out == before


def test_doctor_finds_a_fresh_installation_well(peopled):
    done = peopled("doctor", "--format", "json")
    findings = json.loads(done.out)
    assert done.code == (0 if all(each["ok"] for each in findings) else 1)
    assert all(each["name"] and each["words"] for each in findings)


def test_the_shipped_content_passes_the_check(run, tmp_path):
    assert run("check", "--today", "2026-12-01").code == 0


def test_a_broken_file_is_named_with_its_line(run, tmp_path):
    folder = tmp_path / "own" / "courses" / COURSE
    folder.mkdir(parents=True)
    (folder / "09-ours.md").write_text("---\ntitle: Ours\n---\n\nAt {{ shool }} we care.\n")
    done = run("check", tmp_path / "own")
    assert done.code == 1 and f"courses/{COURSE}/09-ours.md:5: " in done.out


# Starting where it can't be


def serve(folder, *words, env=None):
    """`induction serve` as a program of its own, which is to end by itself."""
    environment = {"PATH": os.environ["PATH"], "INDUCTION_DATA": str(folder), "HOME": str(folder)} | (env or {})
    command = [sys.executable, "-m", "induction", "serve", *words]
    return subprocess.run(command, cwd=HOME, env=environment, capture_output=True, text=True, timeout=60)


def ended(done, *words, code=1):
    assert done.returncode == code, done.stderr
    assert done.stdout == "" and "Traceback" not in done.stderr and all(word in done.stderr for word in words), (
        done.stderr
    )
    return True


def test_a_port_that_is_taken_is_said(data):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert ended(serve(data, "--listen", f"127.0.0.1:{port}"), str(port), "--listen")


def test_beyond_this_machine_it_needs_its_public_address_and_https(data):
    assert ended(serve(data, "--listen", "0.0.0.0:8310"), "INDUCTION_URL", code=2)
    insecure = {"INDUCTION_URL": "http://induction.x.example"}
    assert ended(serve(data, "--listen", "0.0.0.0:8310", env=insecure), "--insecure-http", code=2)
    assert ended(serve(data, "--listen", "0.0.0.0:8310", "--demo"), "this machine alone")


def test_an_unknown_setting_stops_every_command(run, monkeypatch):
    monkeypatch.setenv("INDUCTION_DEBUG", "1")
    """With the exit code on which systemd does not try again every five seconds."""
    for words in (["people", "list"], ["serve"]):
        assert refused(run(*words), "INDUCTION_DEBUG is not a setting", code=2)


def test_a_data_folder_that_is_a_file(run, data):
    data.write_text("a shopping list")
    for words in (["people", "list"], ["serve"], ["backup"], ["restore", "x"]):
        assert refused(run(*words), str(data))
    assert run("doctor").code == 1
    assert data.read_text() == "a shopping list"


def test_a_data_folder_that_holds_a_picture(run, data):
    data.mkdir()
    picture = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(9000)
    (data / "induction.db").write_bytes(picture)
    for words in (["people", "list"], ["serve"], ["migrate"]):
        assert refused(run(*words))
    assert (data / "induction.db").read_bytes() == picture, "never made a fresh one of"


AS_NOBODY = """
import os, sys
from induction import cli
if os.geteuid() == 0:  # root may write anywhere
    os.setegid(65534), os.seteuid(65534)
sys.exit(cli.main(["serve", "--listen", "127.0.0.1:0"]))
"""


@pytest.mark.parametrize("mode", [0o500, 0o000])
def test_a_data_folder_one_may_not_write(mode):
    """Somebody else's, or read-only."""
    with tempfile.TemporaryDirectory(dir="/tmp", prefix="induction-") as made:
        folder = Path(made) / "data"
        folder.mkdir()
        os.chmod(made, 0o755)
        os.chmod(folder, mode)
        environment = {"PATH": os.environ["PATH"], "INDUCTION_DATA": str(folder)}
        command = [sys.executable, "-B", "-c", AS_NOBODY]
        done = subprocess.run(command, cwd=HOME, env=environment, capture_output=True, text=True, timeout=60)
        os.chmod(folder, 0o700)
        assert ended(done, "data")
        assert list(folder.iterdir()) == []


def test_a_newer_database_is_left_alone(peopled, data):

    db = sqlite3.connect(data / "induction.db")
    db.execute("pragma user_version = 999")
    db.close()
    for words in (["people", "list"], ["serve"], ["migrate"]):
        assert refused(peopled(*words), "newer")


def test_a_pipe_that_closes_is_no_fault(data, template):

    shutil.copytree(template, data)
    command = f"{sys.executable} -m induction people list | true"
    environment = {"PATH": os.environ["PATH"], "INDUCTION_DATA": str(data)}
    done = subprocess.run(command, shell=True, cwd=HOME, env=environment, capture_output=True, text=True, timeout=60)
    assert "Traceback" not in done.stderr and done.stdout == ""


def test_a_person_by_any_spelling_of_their_email():
    assert people.normal_email("  TESS@Wrenfield.Example ") == "tess@wrenfield.example"
    assert people.normal_email("a" + "\u0301\u0316" * 500_000) == ""


@pytest.mark.parametrize("typed", ["\u200eida@x.example", "Ida Brook <IDA@X.example>", "ida@x.example;"])
@pytest.mark.parametrize("due", ["4 December 2026", "4 Dec 2026", "04/12/26", "2026-12-04", "46360"])
def test_a_person_is_added_by_one_grammar_of_addresses_and_days(run, typed, due):
    assert run("people", "add", typed, "--name", " Ida\u200b  Brook", "--due", due).code == 0
    [ida] = json.loads(run("people", "list", "--format", "json").out)
    assert (ida["email"], ida["name"], ida["due"]) == ("ida@x.example", "Ida Brook", "2026-12-04")


def test_a_password_is_kept_in_one_form(run, data):
    password = unicodedata.normalize("NFD", "câr ŵyn melyn 34")
    run("people", "add", "lou@x.example", "--name", "Lou", "--role", "lead", "--password-stdin", stdin=password.encode() + b"\n")
    db = Database(data / "induction.db")
    stored = people.password_of(db, "lou@x.example").password_hash
    db.close()
    hashing = Hashing()
    assert hashing.verify(stored, password) and hashing.verify(stored, unicodedata.normalize("NFC", password))
