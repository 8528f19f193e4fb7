"""What was read of the content is kept, and believed no further than it was read from."""

import json
import os
import pickle
from datetime import date, timedelta
from pathlib import Path

import pytest

from induction.content.checks import checker
from induction.content.reading import library
from induction.content.source import files
from induction.services import kept_content, own_content, plain_data
from induction.services.kept_content import Kept
from induction.settings import HOME
from tests.content.folders import LATE, LATE_QUIZ, LESSON, QUIZ, Folder
from tests.content.pictures import png

TODAY = date(2026, 11, 25)
MAP = "courses/c/pictures/map.png"


@pytest.fixture
def data(tmp_path):
    (tmp_path / "data").mkdir(mode=0o700)
    return tmp_path / "data"


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path / "content")


class Reader:
    """Reads a folder, and counts how often."""

    def __init__(self, folder, data, writes=True):
        self.times, self._folder, self._kept = 0, folder, Kept(data, writes)

    def read(self):
        self.times += 1
        return checker.checked(library.read(self._folder.shipped, self._folder.own, own_content.PAGES))

    def checked(self, pages=own_content.PAGES):
        return self._kept.checked((self._folder.shipped, self._folder.own), pages, self.read)


def kept(data):
    return sorted((data / "compiled").iterdir())


def test_what_was_read_comes_back_as_it_was(folder, data):
    folder.write(MAP, png(3, 2), own=True)
    folder.write("courses/c/pictures/no.png", b"no picture", own=True)
    folder.write(LATE, LESSON + "\n![Map](pictures/map.png)\n\n{{ schol }}\n", own=True)
    reader = Reader(folder, data)
    first = reader.checked()
    assert first.problems and first.reading.library.pictures
    assert [reader.checked() == first, reader.checked() == first] == [True, True]
    assert reader.times == 1
    [file] = kept(data)
    assert file.stat().st_mode & 0o777 == 0o600 and file.parent.stat().st_mode & 0o777 == 0o700


def test_everything_that_is_shipped_comes_back_as_it_was():
    content = checker.checked(library.read(HOME, None, own_content.PAGES))
    assert plain_data.read(plain_data.written(content)) == content


CHANGES = {
    "a text": lambda folder: folder.write(LATE, LESSON + "\nMore.\n", own=True),
    "one letter": lambda folder: folder.write(LATE, LESSON.replace("wait", "wail")),
    "a new text": lambda folder: folder.write("courses/c/02-more.md", LESSON),
    "a text less": lambda folder: (folder.shipped / LATE_QUIZ).unlink(),
    "another name": lambda folder: (folder.shipped / LATE).rename(folder.shipped / "courses/c/02-late.md"),
    "a text of both": lambda folder: folder.write(LATE, LESSON, own=True),
    "a picture": lambda folder: folder.write(MAP, png(4, 2)),
    "a link": lambda folder: (folder.shipped / "courses/c/03-link.md").symlink_to("/etc/passwd"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_has_changed_is_read_anew(folder, data, change):
    folder.write(MAP, png(3, 2))
    reader = Reader(folder, data)
    reader.checked()
    change(folder)
    assert reader.checked() == reader.read() and reader.times == 3
    reader.checked()
    assert reader.times == 3 and len(kept(data)) == 2


def test_what_another_program_read_or_for_other_pages_is_read_anew(folder, data, monkeypatch):
    reader = Reader(folder, data)
    reader.checked()
    reader.checked(pages=own_content.PAGES | {"/new"})
    assert reader.times == 2
    for name, value in (("READ_WITH", ("Markdown",)), ("__file__", os.devnull)):
        kept_content._program.cache_clear()
        monkeypatch.setattr(kept_content, name, value)
        reader.checked()
    kept_content._program.cache_clear()
    assert reader.times == 4


def signed(file, text):
    file.write_bytes(kept_content._digest(file, text) + b"\n" + text)


def by_another_name(file):
    other = file.with_name("0" * 64)
    signed(other, file.read_bytes().partition(b"\n")[2].replace(b"wait", b"wail"))
    other.chmod(0o600)
    other.replace(file)


def as_a_link(file):
    file.rename(file.parent.parent / "elsewhere")
    file.symlink_to(file.parent.parent / "elsewhere")


def as_a_pipe(file):
    file.unlink()
    os.mkfifo(file, 0o600)


TAMPERED = {
    "empty": lambda file: file.write_bytes(b""),
    "cut off": lambda file: file.write_bytes(file.read_bytes()[:-1]),
    "one letter changed": lambda file: file.write_bytes(file.read_bytes().replace(b"wait", b"wail")),
    "without its digest": lambda file: file.write_bytes(file.read_bytes().partition(b"\n")[2]),
    "of other content": by_another_name,
    "a pickle": lambda file: signed(file, pickle.dumps(os.getcwd)),
    "no JSON": lambda file: signed(file, b"\xff["),
    "nested": lambda file: signed(file, b"[" * 100_000),
    "another noun": lambda file: signed(file, json.dumps(["ReadAgain", "late", None]).encode()),
    "no noun": lambda file: signed(file, json.dumps(["system", "true"]).encode()),
    "a noun with too little": lambda file: signed(file, json.dumps(["Checked", None]).encode()),
    "a list": lambda file: signed(file, b"[]"),
    "a name that is none": lambda file: signed(file, b"[[1]]"),
    "readable by others": lambda file: file.chmod(0o644),
    "a link": as_a_link,
    "a pipe": as_a_pipe,
}


@pytest.mark.parametrize("tamper", TAMPERED.values(), ids=TAMPERED)
def test_what_is_damaged_or_anything_else_is_read_anew_and_mended(folder, data, tamper):
    reader = Reader(folder, data)
    first = reader.checked()
    [file] = kept(data)
    tamper(file)
    assert reader.checked() == first and reader.times == 2
    assert reader.checked() == first and reader.times == 2
    assert kept(data) == [file] and file.is_file() and not file.is_symlink() and file.stat().st_mode & 0o777 == 0o600


def test_a_file_of_another_account_is_not_believed(folder, data, monkeypatch):
    reader = Reader(folder, data)
    reader.checked()
    another = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: another)
    reader.checked()
    assert reader.times == 2


def test_where_nothing_can_be_kept_the_content_is_read_all_the_same(folder, data):
    first = Reader(folder, data / "is-not-there").checked()
    (data / "compiled").write_text("in the way")
    in_the_way = Reader(folder, data)
    assert in_the_way.checked() == in_the_way.checked() == first and in_the_way.times == 2
    (data / "compiled").unlink()
    reader = Reader(folder, data)
    reader.checked()
    [file] = kept(data)
    file.unlink()
    file.mkdir()
    assert reader.checked() == reader.checked() == first and reader.times == 3


def test_who_only_looks_finds_what_is_kept_and_changes_nothing(folder, data):
    looking = Reader(folder, data, writes=False)
    first = looking.checked()
    assert list(data.iterdir()) == []
    Reader(folder, data).checked()
    before = [(file, file.stat().st_mtime_ns) for file in kept(data)]
    assert looking.checked() == first and looking.times == 1
    assert [(file, file.stat().st_mtime_ns) for file in kept(data)] == before


def test_what_changes_while_it_is_read_is_not_kept(folder, data):
    reader = Reader(folder, data)

    def read():
        folder.write(LATE, LESSON + f"\nTime {reader.times}.\n")
        return reader.read()

    Kept(data, writes=True).checked((folder.shipped, folder.own), (), read)
    assert not (data / "compiled").exists()


def test_the_last_few_are_kept_and_no_more(folder, data):
    reader = Reader(folder, data)
    for number in range(kept_content.MOST + 2):
        folder.write(LATE, LESSON + f"\nTime {number}.\n")
        reader.checked()
    assert len(kept(data)) == kept_content.MOST
    reader.checked()
    assert reader.times == kept_content.MOST + 2, "the last is among them"


def test_more_content_than_is_worth_it_is_not_looked_through(folder, data, monkeypatch):
    monkeypatch.setattr(files, "WORTH_IT", 10)
    reader = Reader(folder, data)
    assert reader.checked() == reader.checked() and reader.times == 2


def test_the_check_says_the_same_the_second_time_and_what_ages_on_another_day(folder, data):
    folder.write(LATE, LESSON.replace("title:", "reviewed: 2026-01-01\ntitle:") + "\n{{ schol }}\n", own=True)
    folder.write(LATE_QUIZ, QUIZ.replace("Wait.", "Wait {{ schol }}."), own=True)

    def said(day, kept):
        _, problems = own_content.check(folder.shipped, folder.own, day, {LATE: "0" * 64}, kept)
        return [str(problem) for problem in problems]

    for day in (TODAY, TODAY, TODAY + timedelta(days=300)):
        assert said(day, Kept(data, writes=True)) == said(day, None)
    assert len(kept(data)) == 1
    later = said(TODAY + timedelta(days=300), Kept(data))
    assert [line for line in later if "over a year ago" in line and line not in said(TODAY, Kept(data))]


def test_content_that_does_not_pass_is_refused_the_second_time_too(folder, data):
    folder.write(LATE, LESSON + "\n{{ schol }}\n")
    faults = []
    for _ in range(2):
        with pytest.raises(own_content.ShippedContentFaulty) as fault:
            own_content.read_shipped(folder.shipped, Kept(data, writes=True))
        faults.append(fault.value.problems)
    assert faults[0] == faults[1] and Path(faults[0][0].path) == Path(LATE)
