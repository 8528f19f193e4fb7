"""The server is killed (kill -9) while people answer, again and again: what was acknowledged is there."""

from __future__ import annotations

import http.client
import random
import threading
import time

from tests.faults.learner import Learner, read
from tests.faults.server import Server

ROUNDS = 6
PEOPLE = ("tess", "sam", "s1", "s2")
GONE = (ConnectionError, http.client.HTTPException, TimeoutError)  # what a browser meets when the server dies


def answer_until(learner: Learner, stop: threading.Event, wrong: list[BaseException]) -> None:
    while not stop.is_set():
        try:
            learner.answer()
        except GONE:
            time.sleep(0.01)
        except BaseException as error:  # handed to the test below
            wrong.append(error)
            return


def test_killed_again_and_again_no_acknowledged_answer_is_lost(data, wise):
    chance = random.Random(11)
    with Server(data) as server:
        learners = [Learner(server.sign_in(who), wise) for who in PEOPLE]
        stop, wrong = threading.Event(), []
        threads = [threading.Thread(target=answer_until, args=(learner, stop, wrong)) for learner in learners]
        for thread in threads:
            thread.start()
        try:
            counts = [one_life(server, learners, chance) for _ in range(ROUNDS)]
        finally:
            stop.set()
            for thread in threads:
                thread.join()
        assert not wrong, wrong
        assert sum(count > 0 for count in counts) >= ROUNDS - 1, f"too few answers to prove anything: {counts}"
        server.kill()
        kept = read(data / "induction.db")
    saved = [each for learner in learners for each in learner.saved]
    print(f"{len(saved)} answers acknowledged over {ROUNDS} kills")
    assert kept.lacks(saved) == []


def one_life(server: Server, learners: list[Learner], chance: random.Random) -> int:
    """Answers go on for a moment, the server is killed in the midst of them and starts again; how many it acknowledged."""
    before = sum(len(learner.saved) for learner in learners)
    until = time.monotonic() + 20
    while sum(len(learner.saved) for learner in learners) == before and time.monotonic() < until:
        time.sleep(0.01)
    time.sleep(chance.random() * 0.3)
    server.kill()
    saved = [each for learner in learners for each in list(learner.saved)]
    assert read(server.data / "induction.db").lacks(saved) == []
    server.start()
    return len(saved) - before
