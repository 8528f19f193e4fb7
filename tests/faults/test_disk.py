"""The disk is full, or has gone read-only after an error of its own: said in words, with the answer still there."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cast import COURSE
from tests.faults.learner import LESSON, begin, number_of, options, read
from tests.faults.server import Browser, Page, Server, command

pytestmark = pytest.mark.usefixtures("as_root")


@pytest.fixture(scope="module")
def as_root():
    assert os.geteuid() == 0, "only root may mount a small disk; run these tests as root"


@contextmanager
def mounted(folder: Path, *how: str):
    folder.mkdir()
    subprocess.run(["mount", *how, str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def small_disk(school, tmp_path):
    """A data folder with 80 MB of its own."""
    disk = tmp_path / "disk"
    with mounted(disk, "-t", "tmpfs", "-o", "size=80m", "none"):
        yield shutil.copytree(school, disk / "data")


@pytest.fixture
def failing_disk(school, tmp_path):
    """A data folder on ext4, which goes read-only on an error, as a dying disk makes it; and what brings that error."""
    image, disk = tmp_path / "image", tmp_path / "disk"
    with image.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    subprocess.run(["mkfs.ext4", "-q", "-F", str(image)], check=True)
    with mounted(disk, "-t", "ext4", "-o", "loop,errors=remount-ro", str(image)):
        device = subprocess.run(["findmnt", "-no", "SOURCE", str(disk)], check=True, capture_output=True, text=True)
        trigger = Path("/sys/fs/ext4", Path(device.stdout.strip()).name, "trigger_fs_error")
        data = shutil.copytree(school, disk / "data")
        yield data, lambda: trigger.write_text("a fault for the test")


def fill(folder: Path) -> Path:
    """Not a byte is left."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (1024 * 1024, 4096, 1):
            try:
                while file.write(bytes(size)):
                    pass
            except OSError:
                continue
    return filler


def assert_not_saved_but_kept(page: Page, sent: list[str]) -> None:
    assert page.status == 503
    assert "Not saved" in page.text
    assert page.field("option") == sent, "the answer is still on the page"
    assert "Send it again" in page.text and "What will be sent" in page.text


def assert_reading_goes_on(browser: Browser, attempt: str) -> None:
    for path in ("/", f"/courses/{COURSE}/", f"/courses/{COURSE}/{LESSON}", "/record", "/help", attempt):
        assert browser.open(path).status == 200, path


def assert_sign_out_clears_the_cookie(browser: Browser) -> None:
    assert browser.cookies["induction"]
    page = browser.send("/sign-out")
    assert page.status == 303
    assert "_user_id" not in page.text and "induction" not in browser.cookies
    assert browser.open("/").where == "/sign-in"


def test_a_full_disk_loses_nothing_and_the_same_form_goes_through_later(small_disk):
    with Server(small_disk) as server, Server(small_disk) as asked_when_full:
        assert server.browser().open("/readyz").status == 200
        tess, sam = server.sign_in("tess"), server.sign_in("sam")
        first, second = begin(tess), None
        sent = options(tess.open(first))[:1]
        assert tess.send(first, option=sent).status == 303
        sent = options(tess.open(first))[:1]
        before = read_of(small_disk)

        filler = fill(small_disk.parent)
        refused = tess.send(first, option=sent)
        assert_not_saved_but_kept(refused, sent)
        assert_reading_goes_on(tess, first)
        assert_sign_out_clears_the_cookie(sam)
        assert server.browser().sign_in("sam").status == 503
        assert asked_when_full.browser().open("/readyz").status == 503, "a look that is not half a minute old"
        assert read_of(small_disk) == before

        filler.unlink()
        saved = tess.send(first, option=refused.field("option"))
        assert (saved.status, saved.where) == (303, f"{first}/2")
        assert server.browser().sign_in("sam").status == 303
        kept = read(small_disk / "induction.db").answers
        assert {**before, (number_of(first), 2): kept[number_of(first), 2]} == kept, second


def test_a_disk_that_goes_read_only_loses_nothing(failing_disk):
    data, break_it = failing_disk
    with Server(data) as server, Server(data) as asked_when_broken:
        assert server.browser().open("/readyz").status == 200
        tess, sam = server.sign_in("tess"), server.sign_in("sam")
        attempt = begin(tess)
        sent = options(tess.open(attempt))[:1]
        assert tess.send(attempt, option=sent).status == 303
        sent = options(tess.open(attempt))[:1]

        break_it()
        assert_not_saved_but_kept(tess.send(attempt, option=sent), sent)
        assert_reading_goes_on(tess, attempt)
        assert_sign_out_clears_the_cookie(sam)
        assert asked_when_broken.browser().open("/readyz").status == 503
        assert server.stop() == 0

        refused = command(data, "serve", "--listen", "127.0.0.1:0")
        assert refused.returncode == 1 and "Traceback" not in refused.stderr
        assert "read-only" in refused.stderr.lower()
    elsewhere = shutil.copytree(data, data.parent.parent / "elsewhere")
    assert list(read(elsewhere / "induction.db").answers) == [(number_of(attempt), 1)]


def read_of(data: Path) -> dict:
    """The answers, through a copy: reading needs room too."""
    copy = data.parent.parent / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(data, copy, ignore=shutil.ignore_patterns("*-shm"))
    return read(copy / "induction.db").answers
