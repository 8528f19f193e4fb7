"""What the server does with connections one by one: who is closed, who is told why, and who never.

In this process, with a site of three lines behind it and limits made small.
"""

from __future__ import annotations

import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from induction.serving import connections, lanes
from induction.serving import server as servers
from induction.serving.lanes import Lanes
from induction.serving.refusals import Words
from induction.serving.server import Server
from induction.settings import Settings
from tests.ports import free_port

LARGEST = 200_000  # bytes of a body
GET = b"GET /page HTTP/1.1\r\nHost: here\r\n\r\n"
POST = b"POST /%s HTTP/1.1\r\nHost: here\r\nContent-Length: %d\r\n\r\n"


class Site:
    """Answers with as many bytes as the path says; a path of `slow` waits until it is let go."""

    def __init__(self):
        self.begun, self.let_go = threading.Event(), threading.Event()

    def __call__(self, environ, start_response):
        path = environ["PATH_INFO"].strip("/")
        if path == "slow":
            self.begun.set()
            assert self.let_go.wait(20)
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"x" * int(path) if path.isdigit() else b"answered"]


# The file in which waitress lays a long answer is left to the collector, which warns whenever it comes by.
pytestmark = pytest.mark.filterwarnings("ignore:Exception ignored in. <_io.FileIO:pytest.PytestUnraisableExceptionWarning")


@pytest.fixture
def site():
    return Site()


@pytest.fixture
def place_of():
    """Nobody brings a password."""
    return lambda method, path, cookies: None


@pytest.fixture
def port(site, place_of, tmp_path, monkeypatch):
    """A server that lets in a dozen; a second is a long time for it."""
    for name, seconds in {"SILENT": 2.0, "HEAD": 1.0, "WHOLE": 1.5, "RESTING": 2.0, "STUCK": 3.0, "STALLED": 2.0}.items():
        monkeypatch.setattr(connections, name, seconds)
    monkeypatch.setattr(connections, "AT_ONCE", 4)
    monkeypatch.setattr(servers, "CONNECTIONS", 15)
    port = free_port()
    refusals = {code: Words((("X-Words", "ours"),), b"why: %d" % code) for code in (400, 408, 413, 429, 431, 500, 501)}
    server = Server(site, Settings(tmp_path, listen=f"127.0.0.1:{port}"), Lanes(place_of), refusals, LARGEST)
    running = threading.Thread(target=server.run)
    running.start()
    yield port
    site.let_go.set()
    server.stop()
    running.join(60)
    assert not running.is_alive()


@pytest.fixture
def connect(port):
    """Connections to it, closed in the end; each sends what is given."""
    with ExitStack() as all_of_them:

        def connection(*sent: bytes) -> socket.socket:
            there = all_of_them.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10))
            for each in sent:
                there.sendall(each)
            return there

        yield connection


def answer(there: socket.socket) -> bytes:
    """The next answer, by its length; empty where the connection was closed."""
    came = b""
    while b"\r\n\r\n" not in came:
        more = there.recv(65536)
        if not more:
            return came
        came += more
    head, _, body = came.partition(b"\r\n\r\n")
    length = int(next(line.split(b":")[1] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")))
    while len(body) < length:
        body += there.recv(65536)
    return head + b"\r\n\r\n" + body


def is_open(there: socket.socket) -> bool:
    there.setblocking(False)
    try:
        return there.recv(1, socket.MSG_PEEK) != b""
    except BlockingIOError:
        return True
    except ConnectionError:
        return False
    finally:
        there.setblocking(True)


def closes(there: socket.socket, within: float = 10.0) -> bool:
    until = time.monotonic() + within
    while is_open(there):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def test_who_never_asked_for_anything_makes_room_before_who_did(connect):
    served = [connect(GET) for _ in range(3)]
    assert all(b"answered" in answer(each) for each in served)
    idle = [connect() for _ in range(40)]
    late = connect(GET)
    assert b"answered" in answer(late)
    assert all(is_open(each) for each in served), "they have kept their connections"
    assert sum(is_open(each) for each in idle) < 15
    for each in served:
        each.sendall(GET)
        assert b"answered" in answer(each)


def test_half_sent_requests_make_room_too_the_oldest_first(connect):
    halves = [connect(POST % (b"page", 1000), b"half") for _ in range(40)]
    assert b"answered" in answer(connect(GET))
    newest = halves[-1]
    newest.sendall(b"x" * 996)
    assert b"answered" in answer(newest)
    assert not is_open(halves[0])


def test_nobody_is_closed_whose_request_is_being_answered(connect, site):
    working = connect(GET.replace(b"/page", b"/slow"))
    assert site.begun.wait(10)
    crowd = [connect() for _ in range(40)]
    assert b"answered" in answer(connect(GET))
    time.sleep(2.5)  # longer than anything else may take
    site.let_go.set()
    assert b"answered" in answer(working)
    assert crowd


def test_a_slow_reader_gets_all_of_its_answer_however_crowded_it_is(connect):
    """Slower than the system hands on what it holds for it, and longer than one may be stuck."""
    reader = connect(GET.replace(b"/page", b"/12000000"))
    crowd, came, begun = [connect() for _ in range(40)], 0, time.monotonic()
    while time.monotonic() - begun < 5:
        came += len(reader.recv(4096))
        time.sleep(0.02)
    while came < 12_000_000:
        more = len(reader.recv(1 << 20))
        assert more, f"closed after {came} bytes"
        came += more
    assert crowd


def test_a_reader_that_takes_nothing_is_closed_in_the_end(connect):
    stuck = connect(GET.replace(b"/page", b"/30000000"))
    time.sleep(1)
    assert b"answered" in answer(connect(GET))
    time.sleep(4.5)
    came = 0
    with pytest.raises((ConnectionError, EOFError)):
        while more := len(stuck.recv(1 << 20)):
            came += more
        raise EOFError
    assert came < 30_000_000


@pytest.mark.parametrize("sent", [b"", b"G", GET[:-2]], ids=["silence", "a letter", "half a head"])
def test_a_connection_that_sends_no_request_is_closed(connect, sent):
    assert closes(connect(sent))


def test_drops_do_not_keep_a_half_sent_head_alive(connect):
    dripping, until = connect(b"GET /page HTTP/1.1\r\nX: "), time.monotonic() + 5
    while is_open(dripping) and time.monotonic() < until:
        try:
            dripping.sendall(b"a")
        except ConnectionError:
            break
        time.sleep(0.2)
    assert closes(dripping, 1)


def test_a_body_that_does_not_come_is_answered_in_words(connect):
    waiting, begun = connect(POST % (b"page", 1000), b"half"), time.monotonic()
    while (left := 4 - (time.monotonic() - begun)) > 0 and is_open(waiting):
        try:
            waiting.sendall(b"x")
        except ConnectionError:
            break
        time.sleep(min(left, 0.2))
    came = answer(waiting)
    assert came.startswith(b"HTTP/1.1 408") and came.endswith(b"why: 408") and b"X-Words: ours" in came


def test_who_sends_too_much_reads_why_while_still_sending(connect):
    sender, came = connect(POST % (b"page", 5_000_000)), b""
    for _ in range(50):
        sender.sendall(b"x" * 100_000)  # never a reset, which would lose the words
    came = answer(sender)
    assert came.startswith(b"HTTP/1.1 413") and came.endswith(b"why: 413") and b"X-Words: ours" in came
    assert b"Connection: close" in came


CHUNKED = b"POST /page HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n"
BAD = {
    "no request at all": (b"\x16\x03\x01\x02\x00\x01\r\n\r\n", 400),
    "a length that is none": (b"POST / HTTP/1.1\r\nContent-Length: ten\r\n\r\n", 400),
    "a head without end": (b"GET / HTTP/1.1\r\nX: " + b"x" * 40_000, 431),
    "an encoding that nobody asked for": (b"POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
    "chunks of nonsense": (CHUNKED + b"zz\r\n", 400),
    "chunks without end": (CHUNKED + (b"8000\r\n" + b"x" * 0x8000 + b"\r\n") * 7, 413),
}


@pytest.mark.parametrize("sent, code", BAD.values(), ids=BAD)
def test_what_never_reaches_the_site_is_answered_in_the_sites_own_words(connect, sent, code):
    came = answer(connect(sent))
    assert came.split(b" ")[1] == b"%d" % code and came.endswith(b"why: %d" % code) and b"X-Words: ours" in came
    assert b"waitress" not in came.lower()


def test_a_refusal_of_head_has_no_body(connect):
    came, there = b"", connect(b"HEAD / HTTP/1.1\r\nContent-Length: 900000\r\n\r\n")
    while more := there.recv(4096):
        came += more
    assert came.startswith(b"HTTP/1.1 413") and came.endswith(b"\r\n\r\n")


def test_bodies_together_have_a_bound_and_small_ones_go_on(connect, monkeypatch):
    monkeypatch.setattr(connections, "KEPT", 300_000)
    monkeypatch.setattr(connections, "COUNTED", 50_000)
    large = [connect(POST % (b"page", 190_000), b"x" * 180_000) for _ in range(6)]
    small = connect(POST % (b"page", 10), b"0123456789")
    assert b"answered" in answer(small)
    assert closes(large[0]) and closes(large[1]), "what has been arriving the longest goes"
    large[-1].sendall(b"x" * 10_000)
    assert b"answered" in answer(large[-1])


# Lanes


@pytest.fixture
def signing_in(monkeypatch):
    """Whoever posts to /slow brings a password; the cookie names the browser, and `known` one that is known."""
    monkeypatch.setattr(lanes, "EACH", 2)
    return lambda method, path, cookies: ("known" if cookies.startswith("known") else "strangers", cookies) if method == "POST" else None


SIGN_IN = b"POST /slow HTTP/1.1\r\nHost: here\r\nCookie: %s\r\nContent-Length: 0\r\n\r\n"


class TestLanes:
    @pytest.fixture
    def place_of(self, signing_in):
        return signing_in

    def test_who_waits_at_the_sign_in_keeps_nobody_from_a_page(self, connect, site):
        strangers = [connect(SIGN_IN % b"browser%d" % number) for number in range(8)]
        assert site.begun.wait(10)
        assert b"answered" in answer(connect(GET))
        site.let_go.set()
        assert all(b"answered" in answer(each) for each in strangers)

    def test_one_browser_has_few_places_and_the_rest_is_told_at_once(self, connect, site):
        one = [connect(SIGN_IN % b"browser") for _ in range(6)]
        assert site.begun.wait(10)
        told = [each for each in one if not_waiting(each)]
        assert len(told) == 4
        assert all(answer(each).startswith(b"HTTP/1.1 429") for each in told)
        site.let_go.set()


def not_waiting(there: socket.socket) -> bool:
    there.settimeout(1.5)
    try:
        return there.recv(1, socket.MSG_PEEK) != b""
    except TimeoutError:
        return False
    finally:
        there.settimeout(10)


def test_nobody_turns_round_beside_answers_that_are_being_written(port, monkeypatch):
    """What a thread has begun to write is its own; the thread that speaks to all connections doesn't ask again and again."""
    turns = []
    looked = connections.Channel.writable
    monkeypatch.setattr(connections.Channel, "writable", lambda channel: turns.append(1) or looked(channel))

    def ask(times):
        with socket.create_connection(("127.0.0.1", port), timeout=20) as browser, browser.makefile("rb") as answers:
            for _ in range(times):
                browser.sendall(GET.replace(b"/page", b"/20000"))
                while answers.readline() != b"\r\n":
                    pass
                assert len(answers.read(20_000)) == 20_000

    with ThreadPoolExecutor(8) as at_once:
        list(at_once.map(ask, [25] * 8))
    assert len(turns) < 200 * 50, "a handful for each answer; a thousand where it turns round"
