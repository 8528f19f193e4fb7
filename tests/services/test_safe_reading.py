"""Reading that can be ended: a child that is given too much says so, and nothing else is hurt."""

import inspect
import os
import socket
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from induction.content.model import OwnWords
from induction.content.reading import library
from induction.services import own_content, policy_words, safe_reading
from tests.content.folders import FACTS, INDEX, LATE, LESSON, Folder

TODAY = date(2026, 11, 25)
SEVERAL = 3_000  # lessons, which take far longer to read than any limit here


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


def check(folder):
    reading, problems = own_content.check(folder.shipped, folder.own, TODAY, {})
    return reading, [str(problem) for problem in problems if not problem.warning]


def test_a_child_reads_as_the_server_would(folder):
    folder.write(LATE, LESSON + "\n{{ schol }}\n", own=True)
    reading, problems = check(folder)
    assert problems == ['courses/c/01-late.md:11: unknown word in braces "schol"; write "school"']
    assert reading == library.read(folder.shipped, folder.own, own_content.PAGES)


def test_the_smallest_text_that_never_came_to_an_end_is_read(folder):
    folder.write(LATE, "---\ntitle: Late\n---\n\n> /// law | y\n/// more | t\n`", own=True)
    _, problems = check(folder)
    assert [line.partition(";")[0] for line in problems][:3] == [
        "courses/c/01-late.md:5: the block `law` is not closed",
        "courses/c/01-late.md:6: the block `more` is not closed",
        "courses/c/01-late.md:7: this backtick opens or closes nothing",
    ]


def test_what_takes_too_long_is_ended_and_named(folder, monkeypatch):
    lines = "".join(f"\n- *Words* of [a link](/policy) and more {number}.\n" for number in range(1_500))
    first = folder.write("courses/c/2-x2.md", LESSON + lines, own=True)
    for number in range(3, SEVERAL):
        os.link(first, first.with_name(f"{number}-x{number}.md"))
    monkeypatch.setattr(own_content, "SECONDS", 1)
    began = time.monotonic()
    reading, [problem] = check(folder)
    assert reading is None and time.monotonic() - began < 60
    path, _, said = problem.partition(":1: ")
    assert path.startswith("courses/c/") and said == (
        "this text could not be read within 1 seconds and 256 MB of memory; write it more simply, or part it in two"
    )


def test_what_takes_too_much_memory_is_ended(folder, monkeypatch):
    monkeypatch.setattr(safe_reading, "MEMORY", 10_000)
    folder.write(LATE, LESSON + "\nMore words, and more.\n" * 20_000, own=True)  # more than a child has at hand by chance
    reading, [problem] = check(folder)
    assert reading is None and "could not be read within 15 seconds and 0 MB of memory" in problem


def test_where_no_process_can_be_started_that_is_said(folder, monkeypatch):
    monkeypatch.setattr(safe_reading.sys, "executable", "/nowhere/python")
    reading, [problem] = check(folder)
    assert reading is None and problem.startswith("courses:1: no process could be started to read this text (No such file")


def test_whatever_happens_while_a_file_is_read_is_a_problem_of_that_file_alone(folder):
    """Here what reads it runs out of stack, which it shares with whoever called it."""
    deep = "> - " * 6 + "**a *b [c](/d)***"
    folder.write("courses/c/02-deep.md", f"---\ntitle: Deep\n---\n\n{deep}\n")
    assert library.read(folder.shipped, None).problems == ()
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack(0)) + 50)
    try:
        reading = library.read(folder.shipped, None)
    finally:
        sys.setrecursionlimit(before)
    [problem] = reading.problems
    assert (problem.path, problem.line) == ("courses/c/02-deep.md", 1) and "could not be read (RecursionError, " in problem.message
    assert [lesson.slug for lesson in reading.library.courses["c"].lessons] == ["late"]


def test_the_policys_words_are_looked_through_beside_and_remembered(folder, monkeypatch):
    known = folder.read().library
    own = OwnWords(True, "## A {#a}\n\nWait.\n\n~~No~~")
    found = policy_words.look_through(own, known)
    assert [problem.line for problem in found.problems] == [5] and found.headings == (("a", "A"),) and found.readable
    monkeypatch.setattr(safe_reading.sys, "executable", "/nowhere/python")
    assert policy_words.look_through(own, known) == found
    other = policy_words.look_through(OwnWords(True, "## B"), known)
    assert not other.readable and "no process could be started" in other.problems[0].message


def test_only_two_texts_are_looked_through_at_once(folder):
    with policy_words._reading, policy_words._reading, pytest.raises(policy_words.Busy):
        policy_words.look_through(OwnWords(True, "## C"), folder.read().library)


OWN_FILES = (
    LATE, "quizzes/c/01-late.md", "courses/c/index.md", "courses/facts.yml", "courses/policy.yml", "courses/nations.yml",
    "courses/policy.md", "courses/ours/index.md",
)  # fmt: skip


@pytest.mark.parametrize("path", OWN_FILES)
def test_the_last_that_passed_is_taught_whatever_a_file_holds(folder, path):
    folder.write("courses/c/02-ours.md", LESSON, own=True)
    own_content.keep(folder.shipped, folder.own, own_content.check(folder.shipped, folder.own, TODAY, {})[0])
    loops = "---\ntitle: x\n---\n\n> /// law | y\n/// more | t\n`"
    folder.write(path, loops if path.endswith(".md") else b"a: &a [*a, !!python/name:os.system]\n\0", own=True)
    assert check(folder)[1]
    programme = own_content.taught(folder.shipped, folder.own, TODAY)
    assert [lesson.slug for lesson in programme.courses["c"].lessons] == ["late", "ours"]


@pytest.mark.parametrize("what", ["a link to a device", "a pipe", "a folder", "a socket", "a huge file", "a link to a lesson"])
def test_what_is_no_plain_file_is_not_read(folder, what, monkeypatch):
    file = folder.own / "courses/c/02-ours.md"
    folder.write("courses/c/index.md", INDEX, own=True)
    with socket.socket(socket.AF_UNIX) as server:
        if what == "a link to a device":
            file.symlink_to("/dev/zero")
        elif what == "a pipe":
            os.mkfifo(file)
        elif what == "a folder":
            (file / "more").mkdir(parents=True)
        elif what == "a socket":
            monkeypatch.chdir(file.parent)  # a socket's address is short
            server.bind(file.name)
        elif what == "a huge file":
            with file.open("wb") as huge:
                huge.truncate(10**12)
        else:
            file.symlink_to(folder.shipped / LATE)
        reading, [problem] = check(folder)
    assert problem.startswith("courses/c/02-ours.md:1: this ") or problem.startswith("courses/c/02-ours.md:1: a folder ")
    assert [lesson.slug for lesson in reading.library.courses["c"].lessons] == ["late"]


def test_the_last_that_passed_is_written_from_what_was_read(folder, tmp_path):
    """No file is copied: a link or a device that takes a file's place afterwards is not followed."""
    folder.write(LATE, LESSON.replace("\n", "\r\n"), own=True)
    folder.write("courses/facts.yml", FACTS, own=True)
    (folder.own / "courses/zero").symlink_to("/dev/zero")
    (folder.own / "courses/c/zero.txt").symlink_to("/dev/zero")
    os.mkfifo(folder.own / "quizzes")
    reading = library.read(folder.shipped, folder.own)
    own_content.keep(folder.shipped, folder.own, reading)
    kept = folder.own / "last-content"
    assert sorted(str(path.relative_to(kept)) for path in kept.rglob("*") if path.is_file()) == [LATE, "courses/facts.yml"]
    assert (kept / LATE).read_text() == LESSON


def test_what_an_interrupted_keeping_left_behind_is_not_kept(folder):
    folder.write(LATE, LESSON, own=True)
    for leftover in ("last-content.new", "last-content.old"):
        folder.write(f"{leftover}/courses/c/left-over.md", "half a lesson", own=True)
    own_content.keep(folder.shipped, folder.own, library.read(folder.shipped, folder.own))
    assert [path.name for path in (folder.own / "last-content").rglob("*.md")] == [Path(LATE).name]
    assert not list(folder.own.glob("last-content.*"))


def test_what_was_kept_may_be_anything(tmp_path):
    (tmp_path / "kept").mkdir()
    for content in (b"", b"[" * 100_000, b"\xff", b'{"a": 1}', b"[1]"):
        (tmp_path / "kept/shipped.json").write_bytes(content)
        assert own_content.copies(tmp_path) == ({"a": "1"} if content.startswith(b"{") else {})
    (tmp_path / "kept/shipped.json").unlink()
    os.mkfifo(tmp_path / "kept/shipped.json")
    assert own_content.copies(tmp_path) == {}
