"""Makes one night's backup of a school: `nightly.py DATA NOW COPY [STEP]`. It kills itself (kill -9) before its STEPth deed on the disk."""

from __future__ import annotations

import os
import signal
import sys
from datetime import datetime
from pathlib import Path

from induction.records.store.database import Database
from induction.services import backups

DEEDS = {"open", "os.link", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.rmtree", "sqlite3.connect"}


def die_before(step: int) -> None:
    count = 0

    def deed(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal count
        if event in DEEDS and not (event == "open" and "/induction/" in str(arguments[0])):
            count += 1
            if count == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(deed)


if __name__ == "__main__":
    data, now, copy, *step = sys.argv[1:]
    db = Database(Path(data) / "induction.db")
    if step:
        die_before(int(step[0]))
    backups.keep(db, datetime.fromisoformat(now), copy_to=Path(copy))
    db.close()
