"""The monthly drill, held in a process of its own: what it takes of memory goes back, and the site goes on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from datetime import datetime

from ..records.school import backup_history
from ..services import drills
from ..settings import HOME
from ..web.site import Site

COMMAND = (sys.executable, "-P", "-m", "induction", "drill")
STANDING_BACK = ("nice", "-n", "10")  # for those who are served
LONGEST = 30 * 60  # seconds


def hold_where_due(site: Site, now: datetime) -> None:
    """Hold the drill where a month has passed. What it finds it keeps itself; a chore of the caretaker.

    Raises DrillFailed where it could not even be held.
    """
    if site.settings.demo or not drills.is_due(site.records, now):
        return
    settings = {name: value for name, value in os.environ.items() if not name.strip().startswith("INDUCTION_")}
    here = {"INDUCTION_DATA": str(site.settings.data), "PYTHONPATH": str(HOME)}
    held_last = backup_history.last_drill(site.records)
    before = STANDING_BACK if shutil.which(STANDING_BACK[0]) else ()
    with subprocess.Popen(
        (*before, *COMMAND), env=settings | here, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=HOME,
        text=True, errors="replace",
    ) as drill:  # fmt: skip
        too_long = threading.Timer(LONGEST, drill.kill)
        too_long.daemon = True
        too_long.start()
        _, said = drill.communicate()
        ended = not too_long.is_alive()
        too_long.cancel()
    if ended and drill.returncode < 0:
        raise drills.DrillFailed(f"The drill was not over after {LONGEST // 60} minutes, so it was ended.")
    if drill.returncode not in (0, 1) or backup_history.last_drill(site.records) == held_last:
        last = said.strip().splitlines()[-1:] or ["It said nothing."]
        raise drills.DrillFailed(f"The drill could not be held (exit code {drill.returncode}). {last[0]}")
