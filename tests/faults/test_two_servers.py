"""Two processes on one data folder, and eight threads that read in order to write."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

from sqlite_utils.utils import sqlite3

from induction.records.people import people
from induction.records.store import migrations
from induction.records.store.database import transaction
from tests.faults.learner import Learner, read
from tests.faults.server import Server, at_once, command

ANSWERS = 12


def test_answers_through_two_servers_are_all_kept(data, wise):
    with Server(data) as one, Server(data) as other:
        learners = [Learner((one, other)[n % 2].sign_in(f"s{n + 1}"), wise) for n in range(6)]

        def answer_here_and_there(learner: Learner) -> None:
            for _ in range(ANSWERS):
                learner.answer()
                learner.browser.port = other.port if learner.browser.port == one.port else one.port

        at_once(*(lambda learner=each: answer_here_and_there(learner) for each in learners))
        saved = [each for learner in learners for each in learner.saved]
        assert len(saved) >= len(learners) * ANSWERS * 0.7
        assert read(data / "induction.db").lacks(saved) == []
        assert one.stop() == other.stop() == 0
    assert read(data / "induction.db").lacks(saved) == []


def test_one_server_stops_and_the_other_goes_on(data, wise):
    with Server(data) as one, Server(data) as other:
        learner = Learner(one.sign_in("tess"), wise)
        learner.answer()
        one.kill()
        learner.browser.port = other.port
        learner.answer()
        assert len(learner.saved) == 2
        assert read(data / "induction.db").lacks(learner.saved) == []


def test_restore_is_refused_while_a_server_runs(data, wise, tmp_path):
    backup = tmp_path / "backup.db"
    assert command(data, "backup", str(backup)).returncode == 0
    with Server(data) as server:
        learner = Learner(server.sign_in("tess"), wise)
        learner.answer()
        refused = command(data, "restore", "--older", str(backup))
        assert refused.returncode == 1
        assert "server is running" in refused.stderr
        learner.answer()
        assert read(data / "induction.db").lacks(learner.saved) == []
        server.stop()
    assert command(data, "restore", "--older", str(backup)).returncode == 0, "once it has stopped, it goes through"
    assert read(data / "induction.db").answers == {}


def test_reading_in_order_to_write_never_fails_under_load(data):
    """Deferred transactions do: a read that turns into a write meets another's write and fails at once."""
    db = migrations.open_database(data / "induction.db", datetime.now(UTC))
    with transaction(db):
        tess = people.by_email(db, "tess@wrenfield.example")
        db.execute("update people set sort_name = '0' where id = ?", [tess.id])
    each, threads = 40, 8
    deferred_failed = threading.Semaphore(0)

    def count_on(statement: str) -> None:
        for _ in range(each):
            if statement == "immediate":
                with transaction(db):
                    seen = int(db.value("select sort_name from people where id = ?", [tess.id]))
                    db.execute("update people set sort_name = ? where id = ?", [str(seen + 1), tess.id])
            elif not deferred(db, tess.id):
                deferred_failed.release()
        db.close()

    at_once(*[lambda: count_on("immediate")] * threads)
    assert db.value("select sort_name from people where id = ?", [tess.id]) == str(each * threads)

    at_once(*[lambda: count_on("deferred")] * threads)
    assert deferred_failed.acquire(blocking=False), "the control never failed, so this load proves nothing"
    db.close()


def deferred(db, who: int) -> bool:
    """The same change as it must not be made: BEGIN, read, write. Whether it went through."""
    connection = db.connection()
    connection.execute("pragma query_only = off")
    connection.execute("begin")
    try:
        seen = int(connection.execute("select sort_name from people where id = ?", [who]).fetchone()[0])
        connection.execute("update people set sort_name = ? where id = ?", [str(seen + 1), who])
        connection.execute("commit")
        return True
    except sqlite3.OperationalError:
        connection.rollback()
        return False
    finally:
        connection.execute("pragma query_only = on")
