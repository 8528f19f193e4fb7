"""Whatever became of the terminal: what was done is said as far as it can be, and nothing fails after the deed."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from induction.records.people import people
from induction.records.store.database import Database
from induction.settings import HOME

COMMAND = "people add ida@x.example --name Ida"


@pytest.mark.parametrize(
    "streams, code, shown, said",
    [
        (">/dev/full", 1, False, "What was done stays done"),
        (">&-", 1, False, "What was done stays done"),
        ("2>&-", 0, True, ""),
        ("2>/dev/full", 0, True, ""),
    ],
)
def test_a_stream_that_takes_nothing(data, streams, code, shown, said):
    done = subprocess.run(
        ["sh", "-c", f'exec "$0" -m induction {COMMAND} {streams}', sys.executable],
        cwd=HOME, env={"PATH": os.environ["PATH"], "INDUCTION_DATA": str(data)}, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == code and "Traceback" not in done.stderr and "Exception ignored" not in done.stderr, done
    assert ("/invitation/" in done.stdout) is shown and said in done.stderr
    assert code == 0 or done.stderr.startswith("Added Ida as teacher.")
    db = Database(data / "induction.db")
    assert people.by_email(db, "ida@x.example").name == "Ida"
    db.close()
