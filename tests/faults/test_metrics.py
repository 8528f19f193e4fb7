"""Figures for monitoring from a real server: whoever comes through a proxy on this machine is not this machine."""

import http.client
import shutil
from contextlib import ExitStack

import pytest

from tests.faults.server import Server

URL = "https://induction.wrenfield.example"


def ask(server, path="/metrics", **headers):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    try:
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


@pytest.fixture
def serve(template, tmp_path):
    with ExitStack() as running:

        def start(**environment):
            shutil.copytree(template, tmp_path / "data")
            return running.enter_context(Server(tmp_path / "data", environment=environment))

        yield start


def test_alone_it_tells_this_machine_and_knows_its_chores(serve):
    server = serve()
    assert ask(server, "/readyz") == (200, "ready\n")
    status, text = ask(server)
    assert status == 200 and "induction_ready 1.0\n" in text and 'induction_well{look="chores"} 1.0\n' in text
    assert "induction_chores 0.0" not in text, "what the caretaker does is counted"


def test_behind_a_proxy_that_is_trusted(serve):
    server = serve(INDUCTION_URL=URL, INDUCTION_TRUSTED_PROXY="127.0.0.1", INDUCTION_METRICS_TOKEN="a-long-random-word")
    through = {"X_Forwarded_Proto": "https", "X_Forwarded_Host": "induction.wrenfield.example", "X_Forwarded_For": "192.0.2.7"}
    assert ask(server, Host="induction.wrenfield.example", **through)[0] == 404
    assert ask(server, X_Forwarded_Proto="https")[0] == 404
    assert ask(server)[0] == 200
    assert ask(server, Authorization="Bearer a-long-random-word", **through)[0] == 200
    assert ask(server, Authorization="Bearer a-long-random-wore", **through)[0] == 404


def test_behind_a_proxy_that_is_not_named_and_without_https(serve):
    """As in a school's own network. What the proxy says of itself is taken away on the way in."""
    server = serve(INDUCTION_URL="http://induction.wrenfield.internal", INDUCTION_METRICS_TOKEN="a-long-random-word")
    for host in ("induction.wrenfield.internal", f"127.0.0.1:{server.port}"):
        assert ask(server, Host=host, X_Forwarded_For="192.0.2.7")[0] == 404
    assert ask(server, Authorization="Bearer a-long-random-word")[0] == 200


def test_behind_a_proxy_that_nobody_knows_of(serve):
    server = serve()
    assert ask(server, Host="induction.wrenfield.internal", X_Forwarded_For="192.0.2.7")[0] == 404
    assert ask(server, Host="[::1")[0] in (400, 404)
    assert ask(server, Host=f"localhost:{server.port}")[0] == 200


def test_behind_a_proxy_that_is_not_named(serve):
    server = serve(INDUCTION_URL=URL)
    assert ask(server, X_Forwarded_Proto="https", X_Forwarded_For="192.0.2.7")[0] == 404
    assert ask(server)[0] == 404
