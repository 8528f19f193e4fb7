"""A pack is being made, and the server is stopped or killed: nothing half is left, and it is made once the server is there again."""

from __future__ import annotations

import io
import threading
import time
import zipfile
from datetime import date
from pathlib import Path

from tests.faults.server import Browser, Server

PAGE = "/school/evidence/pack"


def wait_for(true, what: str) -> None:
    until = time.monotonic() + 60
    while not true():
        assert time.monotonic() < until, what
        threading.Event().wait(0.02)


def ask(lou: Browser) -> None:
    lou.open(PAGE)
    assert lou.send(PAGE, day=date.today().isoformat()).status == 303


def begun(data: Path) -> bool:
    """Whether a process is at work in its workshop."""
    return any((data / "packs").glob(".pack.*.part/.pack.zip.*"))


def test_stopped_and_killed_while_it_is_made(data):
    with Server(data) as server:
        lou = server.sign_in("lou")
        ask(lou)
        wait_for(lambda: begun(data), "it begins")
        assert server.stop() == 0 and "Traceback" not in server.log()
        assert list((data / "packs").iterdir()) == []
        server.start()
        wait_for(lambda: begun(data), "it begins again by itself")
        server.kill()
        assert [each.suffix for each in (data / "packs").iterdir()] == [".part"]
        server.start()
        wait_for(lambda: "Download the pack" in lou.open(PAGE).text, "it is made")
        [path] = (data / "packs").iterdir()
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as pack:
            assert pack.testzip() is None
            [people] = [pack.read(each).decode() for each in pack.namelist() if each.endswith("csv/people.csv")]
        assert people.count("\r\n") == 1 + 135
        assert server.stop() == 0 and "Traceback" not in server.log()
