"""The server is killed (kill -9) while it posts letters, again and again: none comes twice, and none is lost without a trace."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from datetime import UTC, datetime

from induction.records.people import people
from induction.records.school import outbox
from induction.records.store import migrations
from induction.records.store.database import Database, transaction
from induction.rules.letters import LetterKind, LetterState
from induction.services import letters
from induction.wording.letters import Letter as Words
from tests.cast import email_of
from tests.faults.server import Server, at_once, command
from tests.post import Arrived, PostOffice

ROUNDS, EACH = 4, 40
QUIET = {LetterState.SENT, LetterState.UNSURE}


def test_killed_again_and_again_each_letter_arrives_once_at_most_and_none_is_lost_without_a_trace(data):
    chance = random.Random(11)
    db = migrations.open_database(data / "induction.db", datetime.now(UTC))
    in_hand = threading.Event()

    def keep(_: Arrived) -> None:
        """As a server does that keeps a letter before it says so."""
        in_hand.set()
        time.sleep(0.03)

    with PostOffice() as office:
        office.answers.data = keep
        with Server(data, environment={"INDUCTION_SMTP": office.url}) as server:
            for number in range(ROUNDS):
                write(db, number)
                in_hand.clear()
                assert in_hand.wait(30)
                if number % 2:  # else while a letter is on its way
                    time.sleep(chance.random() * 0.4)
                server.kill()
                server.start()
            wait_until_quiet(db)
            server.stop()
        came = Counter(one.subject for one in office.arrived)
    states = {row["subject"]: row["state"] for row in db.rows("select subject, state from letters")}
    db.close()
    unsure = {subject for subject, state in states.items() if state == LetterState.UNSURE}
    print(
        f"{len(states)} letters over {ROUNDS} kills: {len(came)} arrived, {len(unsure)} unsure, of which {len(unsure & set(came))}"
        f" arrived; {sum(count > 1 for count in came.values())} came twice"
    )
    assert len(states) == ROUNDS * EACH
    assert {subject: count for subject, count in came.items() if count > 1} == {}
    assert set(states) - set(came) <= unsure, "what did not arrive is told of"
    assert unsure, "no kill met a letter on its way, so nothing is proved"


def test_several_processes_at_once_send_each_letter_once(data):
    """The server, and `send-mail` by hand three times beside it."""
    db = migrations.open_database(data / "induction.db", datetime.now(UTC))
    with PostOffice() as office:
        mail = {"INDUCTION_SMTP": office.url}
        with Server(data, environment=mail) as server:
            for number in range(3):
                write(db, number)
            done = at_once(*[lambda: command(data, "send-mail", environment=mail)] * 3)
            wait_until_quiet(db)
            server.stop()
        came = Counter(one.subject for one in office.arrived)
    print([each.stderr.strip() for each in done])
    assert {each.returncode for each in done} == {0}
    assert len(came) == 3 * EACH and set(came.values()) == {1} and set(outbox.counts(db)) == {LetterState.SENT}
    db.close()


def write(db: Database, number: int) -> None:
    now = datetime.now(UTC)
    tess = people.by_email(db, email_of("tess"))
    with transaction(db):
        for each in range(EACH):
            about = f"Letter {number}-{each}"
            assert letters.put(db, LetterKind.NOTE, tess, Words(about, "Hello"), key=about, why="you are here", now=now)


def wait_until_quiet(db: Database) -> None:
    until = time.monotonic() + 60
    while set(outbox.counts(db)) - QUIET:
        assert time.monotonic() < until, outbox.counts(db)
        time.sleep(0.05)
