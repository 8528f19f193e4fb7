"""Inspection packs are made in a process of their own: what that takes of memory goes back, and it can be ended."""

from __future__ import annotations

import logging
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import IO

from ..records.people import people
from ..records.school import packs as records
from ..records.school.packs import Kept
from ..records.store.database import DatabaseFault
from ..records.store.whole_files import workshop
from ..rules.pack import LONGEST
from ..services import packs
from ..settings import HOME
from ..web.site import Site
from ..wording import pack as wording

COMMAND = (sys.executable, "-P", "-m", "induction", "pack")
STANDING_BACK = ("nice", "-n", "10")  # for those who are served
EMAIL = re.compile(r"\S+@\S+")  # which no log holds
LOOKS = 0.2  # seconds between two looks whether it is done, or the server is told to stop

log = logging.getLogger("induction.packs")


def make_what_is_asked_for(site: Site, clock: Callable[[], datetime], stopping: Callable[[], bool]) -> None:
    """Make the pack that is asked for, if one is. Ended by a server that stops, it is made once it starts again."""
    asked = records.under_way(site.records)
    if asked is None:
        return
    folder = site.records.path.parent / packs.FOLDER
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        packs.sweep_files(site.records)
        with workshop(folder / "pack") as work:
            path = work / "pack.zip"
            why_not = _made_beside(site, asked, path, stopping)
            if why_not is None:
                return
            if not why_not and not packs.made(site.records, asked.id, path, clock()):
                log.info("A pack that is not wanted any more was thrown away")
    except OSError:
        log.exception("A pack could not be kept")
        why_not = wording.NO_ROOM
    if why_not:
        packs.failed(site.records, asked.id, why_not)


def _made_beside(site: Site, asked: Kept, path: Path, stopping: Callable[[], bool]) -> str | None:
    """Make it in a process of its own: why that failed, empty where it did not; None where the server stops."""
    said: list[str] = []
    with _child(site, asked, path) as child:
        steps = threading.Thread(target=_follow, args=(site, asked, child.stderr, said), daemon=True)
        steps.start()
        try:
            ended = _has_ended(child, stopping)
        finally:
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGKILL)  # with what it has started
            steps.join()
    if not ended:
        return None if stopping() else wording.TOOK_TOO_LONG
    if child.returncode:
        log.error("A pack could not be made: %s", EMAIL.sub("…", said[-1] if said else f"exit code {child.returncode}"))
        return wording.NOT_MADE
    return ""


def _child(site: Site, asked: Kept, path: Path) -> subprocess.Popen[str]:
    by, whose = (each and people.find(site.records, each) for each in (asked.by, asked.wanted.person_id))
    words = ["--as-at", asked.wanted.day.isoformat(), "--output", str(path)]
    words += ["--by", by.email] if by else []
    words += ["--person", whose.email] if whose else []
    settings = {name: value for name, value in os.environ.items() if not name.strip().startswith("INDUCTION_")}
    here = {"INDUCTION_DATA": str(site.settings.data), "PYTHONPATH": str(HOME)}
    before = STANDING_BACK if shutil.which(STANDING_BACK[0]) else ()
    return subprocess.Popen(
        (*before, *COMMAND, *words), env=settings | here, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        cwd=HOME, text=True, errors="replace", start_new_session=True,
    )  # fmt: skip


def _has_ended(child: subprocess.Popen[str], stopping: Callable[[], bool]) -> bool:
    """Whether it ended by itself, before the server was told to stop and before its time was over."""
    until = time.monotonic() + LONGEST.total_seconds()
    while time.monotonic() < until and not stopping():
        with suppress(subprocess.TimeoutExpired):
            child.wait(LOOKS)
            return True
    return False


def _follow(site: Site, asked: Kept, out: IO[str], said: list[str]) -> None:
    """Keep how far it is by what it says, and what else it says."""
    for line in out:
        words = line.strip()
        if words not in wording.STEPS:
            said += [words] if words else []
            continue
        with suppress(DatabaseFault):  # how far it is, is no more than a help
            packs.at_step(site.records, asked.id, wording.STEPS.index(words))
    site.records.close()  # this thread's connection
