"""The server is told to stop, or its port is taken."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime

from induction.records.store import migrations
from induction.records.store.database import transaction
from tests.faults.learner import begin, number_of, options, read
from tests.faults.server import command


def test_a_request_in_flight_ends_when_the_server_is_told_to_stop(server, data):
    tess = server.sign_in("tess")
    attempt = begin(tess)
    sent = options(tess.open(attempt))[:1]
    replies = []
    records = migrations.open_database(data / "induction.db", datetime.now(UTC))
    asking = threading.Thread(target=lambda: replies.append(tess.send(attempt, option=sent)))
    with transaction(records):  # another writer: the answer waits for it
        asking.start()
        time.sleep(0.5)
        assert not replies, "it is in flight"
        server.process.terminate()
        time.sleep(1)
        assert server.process.poll() is None, "the server waits for it"
    records.close()
    asking.join()
    assert [(page.status, page.where) for page in replies] == [(303, f"{attempt}/1")]
    assert server.process.wait(timeout=30) == 0
    assert list(read(data / "induction.db").answers) == [(number_of(attempt), 1)]


def test_a_second_server_on_the_port_of_the_first_says_so_and_leaves_it_alone_and_idle_it_stops_cleanly(server, data):
    refused = command(data, "serve", "--listen", f"127.0.0.1:{server.port}")
    assert refused.returncode == 1
    assert f"127.0.0.1:{server.port} can't be listened on" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert server.sign_in("tess").open("/").status == 200
    assert server.stop() == 0
    assert "Stopped." in server.log() and "Traceback" not in server.log()


def test_a_name_that_nobody_knows_is_said(data):
    here = {"INDUCTION_URL": "https://induction.wrenfield.example"}
    refused = command(data, "serve", "--listen", "nowhere.invalid:8000", environment=here)
    assert refused.returncode == 1 and "nowhere.invalid:8000 can't be listened on" in refused.stderr
    assert "Traceback" not in refused.stderr
