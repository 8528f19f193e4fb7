"""Many at once: staff signing in together, somebody hostile beside them, and requests that never end."""

from __future__ import annotations

import socket
import time
from concurrent.futures import ThreadPoolExecutor

from tests.faults.conftest import STAFF
from tests.faults.server import Browser, Server, at_once

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
