"""The caretaker: what waits for ever holds up nothing else, and told to stop it begins nothing more."""

from __future__ import annotations

import threading
import time
from datetime import timedelta

from induction.records.school import chores as records
from induction.serving import caretaker
from induction.serving.caretaker import Caretaker
from induction.serving.chores import CHORES, Chore


def wait_until(true, seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until
        threading.Event().wait(0.02)


def test_a_share_that_never_answers_holds_up_no_other_chore(cast, monkeypatch):
    answers, done = threading.Event(), []
    hangs = Chore("hangs", timedelta(0), lambda site, now: answers.wait(60), waits=True)
    goes = Chore("goes", timedelta(0), lambda site, now: done.append(now))
    monkeypatch.setattr(caretaker, "CHORES", (hangs, goes))
    monkeypatch.setattr(caretaker, "LOOKS", 0.05)
    here = Caretaker(cast.site)
    here.start()
    wait_until(lambda: len(done) > 3)
    assert records.all_of_them(cast.records)["hangs"].done_at is None
    here.begin_no_more()
    answers.set()
    here.stop()
    count = len(done)
    threading.Event().wait(0.3)
    assert len(done) == count, "told to stop it begins nothing more"


def test_what_waits_for_another_disk_is_said_to():
    assert {each.name for each in CHORES if each.waits} == {"make the backup of the night", "hold the monthly drill"}
