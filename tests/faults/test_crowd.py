"""Many at once: staff signing in together, somebody hostile beside them, and requests that never end."""

from __future__ import annotations

import http.client
import re
import resource
import socket
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from tests.cast import COURSE
from tests.faults.conftest import STAFF
from tests.faults.learner import LESSON
from tests.faults.server import Browser, Server, at_once
from tests.hostile_provider import Hostile, rs256

HOSTILE_SECONDS = 5
HOSTILE_RATE = 30  # tries a second


def test_sixty_sign_in_at_one_instant_and_120_in_a_minute_and_nobody_is_refused(server):
    browsers = [server.browser() for _ in range(120)]
    for browser in browsers:
        browser.open("/sign-in")
    begun = time.monotonic()
    together = at_once(*(lambda b=browser, n=n: b.sign_in(f"s{n}") for n, browser in enumerate(browsers[:60], start=1)))
    with ThreadPoolExecutor(8) as rest:
        after = list(rest.map(lambda pair: pair[1].sign_in(f"s{pair[0]}"), enumerate(browsers[60:], start=61)))
    print(f"120 sign-ins in {time.monotonic() - begun:.1f} s")
    assert [page.status for page in together + after] == [303] * 120
    assert all(browser.open("/").status == 200 for browser in browsers)


class OfThisThread(threading.local):
    """What the provider was asked in the thread that answers."""

    asked: dict[str, str] = {}

    def append(self, form: dict[str, str]) -> None:
        self.asked = form


@pytest.fixture
def elsewhere(data):
    """A server at which people sign in elsewhere, and where they do: whoever says a number is that one of the staff."""
    with Hostile() as there:
        there.forms = OfThisThread()

        def sign(_: Hostile, claims: dict[str, object]) -> str:
            number, _, nonce = there.forms.asked["code"].partition(".")
            return rs256(there, claims | {"nonce": nonce, "sub": number, "email": f"s{number}@wrenfield.example"})

        there.sign = sign
        said = {"ISSUER": there.issuer, "CLIENT_ID": there.provider.client_id, "CLIENT_SECRET": "secret"}
        with Server(data, environment={f"INDUCTION_OIDC_{name}": value for name, value in said.items()}) as server:
            yield server, there


def come_in(browser: Browser, number: int) -> int:
    """Without a page of the site before, as from a link on the school's own pages."""
    gone = browser.open("/sign-in/with/other")
    asked = dict(parse_qsl(urlsplit(gone.where or "").query))
    assert gone.status == 303 and asked, gone.text
    said = {"state": asked["state"], "code": f"{number}.{asked['nonce']}"}
    return browser.open(f"/sign-in/from/other?{urlencode(said)}").status


def test_120_sign_in_elsewhere_at_one_instant_from_one_address(elsewhere):
    server, there = elsewhere
    browsers = [server.browser() for _ in range(120)]
    begun = time.monotonic()
    answers = at_once(*(lambda b=browser, n=n: come_in(b, n) for n, browser in enumerate(browsers, start=1)))
    print(f"120 sign-ins elsewhere in {time.monotonic() - begun:.1f} s")
    assert answers == [303] * 120
    assert browsers[0].open("/").status == browsers[119].open("/").status == 200
    assert (there.asked["/token"], there.asked["/keys"]) == (120, 1)


def test_a_provider_that_does_not_answer_keeps_nobody_from_a_page(elsewhere):
    server, there = elsewhere
    asked, let_go = threading.Semaphore(0), threading.Event()

    def wait(ask) -> None:
        asked.release()
        let_go.wait(30)

    there.at["/token"] = wait
    with ThreadPoolExecutor(8) as many:
        waiting = [many.submit(come_in, server.browser(), number) for number in range(8)]
        try:
            for _ in range(4):
                assert asked.acquire(timeout=20)
            assert server.browser().open("/help").status == 200
            assert server.browser().sign_in("tess").status == 303
            assert not any(each.done() for each in waiting)
        finally:
            let_go.set()
    assert {each.result() for each in waiting} <= {502, 503, 504}


def test_a_known_browser_gets_in_while_strangers_keep_guessing(server):
    known = server.sign_in("tess")
    known.send("/sign-out")
    assert "induction_device" in known.cookies
    judged = guess_at_everybody(server, known)
    print(f"{len(judged)} hostile tries answered: {sorted(set(judged))}")
    assert len(judged) > HOSTILE_SECONDS * HOSTILE_RATE / 4, "too few tries to be a nuisance"
    assert 429 in judged, "those who guess at one account are made to wait"


def guess_at_everybody(server: Server, known: Browser) -> list[int]:
    """Thirty wrong tries a second, at accounts that there are (Tess's own most of all) and are not."""
    judged: list[int] = []

    def guess(number: int) -> None:
        stranger = server.browser()
        who = ("tess", f"s{number % STAFF + 1}", f"nobody{number}")[number % 3]
        judged.append(stranger.sign_in(who, "a wrong guess at it").status)

    with ThreadPoolExecutor(24) as guesses:
        begun = time.monotonic()
        for number in range(HOSTILE_SECONDS * HOSTILE_RATE):
            time.sleep(max(0.0, begun + number / HOSTILE_RATE - time.monotonic()))
            if number and number % HOSTILE_RATE == 0:
                start = time.monotonic()
                page = known.sign_in("tess")
                print(f"a known browser signed in after {time.monotonic() - start:.2f} s")
                assert page.status == 303
                known.open("/")
                known.send("/sign-out")
            guesses.submit(guess, number)
    return judged


def test_an_owner_in_a_new_browser_gets_in_while_somebody_guesses_twice_a_second(server):
    over, must_wait = threading.Event(), threading.Event()

    def guess() -> None:
        while not over.wait(0.5):
            if server.browser().sign_in("tess", "a wrong guess at it").status == 429:
                must_wait.set()

    guessing = threading.Thread(target=guess)
    guessing.start()
    try:
        assert must_wait.wait(30)
        owner, begun, told = server.browser(), time.monotonic(), 0
        while (page := owner.sign_in("tess")).status == 429:
            told += 1
            time.sleep(int(page.retry_after))
        print(f"in after {time.monotonic() - begun:.1f} s, asked to come back {told} times")
    finally:
        over.set()
        guessing.join()
    assert page.status == 303 and 1 <= told <= 3


# A crowd of connections that ask for nothing


CONNECTIONS = 2000
MOST_MEMORY = 512  # MB: what the unit gives the service
HALF_A_FORM = (
    b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 600000\r\n\r\nemail=" + b"x" * 300_000
)
HALF_A_HEAD = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "


@pytest.fixture
def many_files():
    """As many descriptors as there are connections here."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, CONNECTIONS + 500)), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def crowd(port: int, held: ExitStack) -> None:
    """Two thousand connections: fifty with half a form of 600 kB, some with half a head, the rest silent."""
    for number in range(CONNECTIONS):
        there = held.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10))
        if number % 40 == 0:
            there.sendall(HALF_A_FORM)
        elif number % 10 == 1:
            there.sendall(HALF_A_HEAD)


def test_two_thousand_connections_keep_nobody_out(server, many_files):
    staff = [http.client.HTTPConnection("127.0.0.1", server.port, timeout=30) for _ in range(120)]
    tess = server.sign_in("tess")
    with ExitStack() as held:
        for each in staff:
            held.callback(each.close)
            assert read(each) == 200
        crowd(server.port, held)
        begun = time.monotonic()
        assert server.browser().open("/healthz").status == 200
        assert tess.open(f"/courses/{COURSE}/{LESSON}").status == 200
        print(f"a page and a lesson in {time.monotonic() - begun:.2f} s beside {CONNECTIONS} connections; {memory(server)} MB")
        assert time.monotonic() - begun < 5
        assert [read(each) for each in staff] == [200] * 120, "on the connections that they had"
        assert server.sign_in("sam").open("/").status == 200
    assert memory(server) < MOST_MEMORY
    assert server.process.poll() is None and "Traceback" not in server.log()


def read(connection: http.client.HTTPConnection) -> int:
    connection.request("GET", "/help")
    answer = connection.getresponse()
    answer.read()
    return answer.status


def memory(server: Server) -> int:
    """The most that the server has had so far, in MB."""
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) // 1024


def test_few_descriptors_are_raised_or_kept_within(data):
    """A shell or a container that allows few: the server takes what it may, and lives with the rest."""
    with Server(data, before=("prlimit", "--nofile=256:300")) as server, ExitStack() as held:
        soft = re.search(r"Max open files\s+(\d+)", Path(f"/proc/{server.process.pid}/limits").read_text())[1]
        assert int(soft) == 300
        for _ in range(400):
            held.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=10))
        assert server.browser().open("/help").status == 200
        assert "Traceback" not in server.log()


def test_home_and_a_known_browser_go_on_while_three_hundred_hammer_the_sign_in(server):
    tess = server.sign_in("tess")
    known = tess.twin()
    known.send("/sign-out")
    tess = server.sign_in("tess")
    strangers = [server.browser() for _ in range(10)]
    for each in strangers:
        each.open("/sign-in")
    over, answered = threading.Event(), Counter()
    with ThreadPoolExecutor(300) as crowded:
        for number in range(300):
            crowded.submit(hammer, strangers[number % 10].twin(), over, answered)
        slowest, known_statuses = 0.0, []
        for _ in range(3):
            begun = time.monotonic()
            tess.open("/")
            slowest = max(slowest, time.monotonic() - begun)
            known_statuses.append(known.sign_in("tess").status)
            known.send("/sign-out")
        over.set()
    print(f"home after at most {slowest:.2f} s beside {answered}")
    assert known_statuses == [303] * 3 and tess.open("/").status == 200
    assert slowest < 10  # two seconds where nobody else uses the machine; it was 30
    assert answered[429] > 300, "most are told at once"


def hammer(browser: Browser, over: threading.Event, answered: Counter[int]) -> None:
    while not over.is_set():
        answered[browser.send("/sign-in", email="nobody@wrenfield.example", password="a wrong guess at it").status] += 1


def test_ninety_half_sent_requests_do_not_stop_the_server(server):
    head = (
        b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\nContent-Length: 1000\r\n\r\nhalf of"
    )
    halves = [head, head[: len(head) // 2], b"G"]
    waiting = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(90)]
    try:
        for number, each in enumerate(waiting):
            each.sendall(halves[number % 3])
        tess = server.sign_in("tess")
        assert tess.open("/").status == 200
        for each in waiting:
            each.setblocking(False)
        assert all(unanswered(each) for each in waiting), "they were all waiting while the page was answered"
    finally:
        for each in waiting:
            each.close()


def unanswered(connection: socket.socket) -> bool:
    try:
        connection.recv(1)
    except BlockingIOError:
        return True
    return False
