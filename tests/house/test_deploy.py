"""deploy/: systemd takes the unit and finds it closed; two Caddys take their file, and the site works behind them."""

import http.client
import os
import re
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from urllib.parse import urlencode

import pytest

from induction.settings import from_environment
from tests.machine.debian import image
from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
NEWEST_CADDY = Path(sys.executable).parent / "caddy"
LEAD, PASSWORD = "lou.lead@school.example", "a kettle sings at break"


def clean_environment(**more: str) -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("INDUCTION_")} | more


def said(*command: str | Path, **how: object) -> tuple[int, str]:
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60, **how)
    return done.returncode, done.stdout


# systemd


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The unit, pointing to this checkout as it would to /opt/induction."""
    here = tmp_path / "induction.service"
    (tmp_path / "opt").symlink_to(ROOT)  # whatever signs this checkout's own path has in it
    here.write_text((DEPLOY / "induction.service").read_text().replace("/opt/induction", str(tmp_path / "opt")))
    return here


def test_systemd_finds_nothing_to_say_about_the_unit(unit):
    assert said("systemd-analyze", "verify", unit) == (0, "")


@pytest.mark.parametrize("addition", ["backup.conf"])
def test_what_is_added_to_the_unit_is_taken_too(unit, addition):
    (unit.parent / f"{unit.name}.d").mkdir()
    (unit.parent / f"{unit.name}.d" / addition).write_text((DEPLOY / addition).read_text())
    assert said("systemd-analyze", "verify", unit) == (0, "")


def test_systemd_takes_the_unit_of_litestream_and_finds_it_closed(unit):
    """The second copy reaches other machines, which the site may not; all else is as closed."""
    text = (DEPLOY / "induction-litestream.service").read_text()
    assert "/usr/local/bin/litestream replicate -config /etc/litestream.yml" in text
    here = unit.with_name("induction-litestream.service")
    here.write_text(text.replace("/usr/local/bin/litestream", "/bin/true"))
    assert said("systemd-analyze", "verify", unit, here) == (0, "")
    code, words = said("systemd-analyze", "security", "--offline=yes", "--no-pager", "--threshold=25", here)
    assert code == 0, words


def test_systemd_would_say_that_a_line_is_wrong(unit):
    unit.write_text(unit.read_text().replace("ProtectSystem=strict", "ProtectSystem=strikt"))
    assert "strikt" in said("systemd-analyze", "verify", unit)[1]


def test_systemd_rates_the_service_as_closed(unit):
    """Out of 10, where 10 is open; the test holds it under 1.5."""
    rate = ("systemd-analyze", "security", "--offline=yes", "--no-pager", "--threshold=15")
    code, words = said(*rate, unit)
    assert code == 0, words
    unit.write_text(unit.read_text().replace("CapabilityBoundingSet=\n", "").replace("PrivateUsers=yes\n", ""))
    assert said(*rate, unit)[0] != 0


def allowed_calls() -> set[str]:
    """The system calls that the unit's filter lets through, as systemd names them."""
    lines = re.findall(r"^SystemCallFilter=(.+)$", (DEPLOY / "induction.service").read_text(), re.M)
    allowed: set[str] = set()
    for line in lines:
        calls = set().union(*(calls_of(name) for name in line.removeprefix("~").split()))
        allowed = allowed - calls if line.startswith("~") else allowed | calls
    return allowed


def calls_of(name: str) -> set[str]:
    if not name.startswith("@"):
        return {name}
    listed = said("systemd-analyze", "syscall-filter", "--no-pager", name)[1].splitlines()[1:]
    members = [line.strip() for line in listed if line.strip() and not line.strip().startswith("#")]
    return set().union(*(calls_of(member) for member in members))


def test_the_site_needs_no_system_call_that_the_unit_refuses(tmp_path):
    trace = tmp_path / "trace"
    port = free_port()
    add_lead(tmp_path / "data")
    with server(port, tmp_path, before=("strace", "-D", "-f", "-o", str(trace))):  # -D: the site is our own child
        sign_in(lambda: http.client.HTTPConnection("127.0.0.1", port, timeout=30), f"http://127.0.0.1:{port}")
    lines = finished(trace)
    used = {call[1] for call in (re.match(r"\d+ +([a-z0-9_]+)\(", line) for line in lines) if call}
    assert {"fdatasync", "accept4"} & used  # the trace saw the server at work
    only_as_root = {"fchown"}  # SQLite gives its files to the database's owner; the service is not root
    assert used - allowed_calls() - only_as_root == set()
    assert [line for line in lines if "PROT_WRITE|PROT_EXEC" in line] == []  # MemoryDenyWriteExecute


def finished(trace: Path) -> list[str]:
    """The lines of a trace once strace, which ends after the program it follows, has written the last."""
    end = time.monotonic() + 30
    while not (lines := trace.read_text().splitlines()) or "+++ exited with" not in lines[-1]:
        assert time.monotonic() < end, lines[-3:]
        time.sleep(0.05)
    return lines


def test_the_settings_file_holds_settings_that_exist():
    lines = (DEPLOY / "induction.env").read_text().splitlines()
    values = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    settings = from_environment(values)
    assert settings.secure
    assert str(settings.data) == "/var/lib/induction"
    assert settings.listen in (DEPLOY / "Caddyfile").read_text()
    assert f"\n{settings.url.removeprefix('https://')} {{\n" in (DEPLOY / "Caddyfile").read_text()


def test_the_command_on_the_server_runs_as_the_service_with_its_settings(tmp_path):
    """With the program, the settings file and root stood in for, since those are the server's. Written on Windows."""
    for name, script in {"id": "echo 0", "run": 'echo "$INDUCTION_DATA"; for word; do echo "<$word>"; done'}.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / name).chmod(0o755)
    (tmp_path / "env").write_bytes((DEPLOY / "induction.env").read_bytes().replace(b"\n", b"\r\n"))
    command = (DEPLOY / "induction").read_text().replace("/etc/induction.env", str(tmp_path / "env"))
    command = command.replace("\nPATH=", f"\nPATH={tmp_path}:").replace("/opt/induction/run", str(tmp_path / "run"))
    words = ("people", "add", "Tess O'Hara")
    code, told = said("/bin/sh", "-c", command, "induction", *words, env={"PATH": "/nowhere"})
    assert code == 0, told
    assert told.splitlines() == ["/var/lib/induction", *(f"<{word}>" for word in ("--as", "induction", *words))]


# Caddy


def add_lead(data: Path) -> None:
    subprocess.run(
        [
            sys.executable,
            "-P",
            "-m",
            "induction",
            "people",
            "add",
            LEAD,
            "--name=Lou",
            "--role=lead",
            "--password-stdin",
        ],
        input=PASSWORD,
        text=True,
        check=True,
        capture_output=True,
        env=clean_environment(INDUCTION_DATA=str(data), PYTHONPATH=str(ROOT)),
    )


@contextmanager
def running(command: list[str], log: Path, ready: Callable[[], object], **environment: str) -> Iterator[None]:
    """A program from when it is ready until the end of the block, stopped as systemd stops it."""
    with log.open("wb") as out:
        program = subprocess.Popen(command, stdout=out, stderr=out, env=clean_environment(**environment))
    try:
        wait_until(ready, program, log)
        yield
    finally:
        program.send_signal(signal.SIGTERM)
        program.wait(timeout=40)


def wait_until(ready: Callable[[], object], program: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 60
    while True:
        try:
            ready()
            return
        except OSError:
            assert program.poll() is None and time.monotonic() < end, log.read_text()
            time.sleep(0.05)


@contextmanager
def server(port: int, folder: Path, *, before: tuple[str, ...] = (), **settings: str) -> Iterator[None]:
    """The site on loopback, with its data in `folder`/data."""
    serve = [*before, sys.executable, "-P", "-m", "induction", "serve", "--listen", f"127.0.0.1:{port}"]
    here = {"INDUCTION_DATA": str(folder / "data"), "PYTHONPATH": str(ROOT)}

    def ready() -> None:
        assert ask(http.client.HTTPConnection("127.0.0.1", port, timeout=5), "GET", "/healthz").status == 200

    with running(serve, folder / "server.log", ready, **here, **settings):
        yield


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    text: str


def ask(connection: http.client.HTTPConnection, method: str, path: str, body: str = "", **headers: str) -> Answer:
    connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
    return answer(connection)


def answer(connection: http.client.HTTPConnection) -> Answer:
    with closing(connection):
        came = connection.getresponse()
        return Answer(came.status, came.headers, came.read().decode())


def sign_in(connect: Callable[[], http.client.HTTPConnection], origin: str) -> Answer:
    """Sign in as a browser would: take the token from the page, send the form with its Origin."""
    page = ask(connect(), "GET", "/sign-in")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
    assert page.status == 200 and token
    came = ask(
        connect(),
        "POST",
        "/sign-in",
        urlencode({"email": LEAD, "password": PASSWORD, "csrf_token": token[1]}),
        Content_Type="application/x-www-form-urlencoded",
        Origin=origin,
        Cookie=page.headers["Set-Cookie"].split(";")[0],
    )
    assert came.status == 303, came.text
    return came


@dataclass(frozen=True)
class Front:
    """Caddy running on loopback with deploy/Caddyfile, its name and ports changed as a technician changes them."""

    folder: Path
    http: int
    https: int
    site: int

    @property
    def url(self) -> str:
        return f"https://localhost:{self.https}"

    def connect(self) -> http.client.HTTPSConnection:
        trusted = ssl.create_default_context(cafile=self.folder / "caddy/pki/authorities/local/root.crt")
        return http.client.HTTPSConnection("localhost", self.https, timeout=30, context=trusted)

    def knock(self) -> None:
        with closing(self.connect()) as connection:
            connection.connect()

    def server(self) -> AbstractContextManager[None]:
        return server(self.site, self.folder, INDUCTION_URL=self.url, INDUCTION_TRUSTED_PROXY="127.0.0.1")


CADDYS = ("the newest", "Debian's own")


@pytest.fixture(scope="module", params=CADDYS)
def caddy(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program: as its makers publish it now, and as `apt install caddy` brings it on Debian 12."""
    if request.param == CADDYS[0]:
        return NEWEST_CADDY
    (package,) = (image() / "packages").glob("caddy_2.6.2-*.deb")
    unpacked = tmp_path_factory.mktemp("debian")
    assert said("dpkg", "-x", package, unpacked) == (0, "")
    return unpacked / "usr/bin/caddy"


@dataclass(frozen=True)
class Behind:
    """What came through Caddy while the site was away, and while it started; and the way to it now."""

    front: Front
    away: Answer
    waited: Answer


@pytest.fixture(scope="module")
def behind(caddy: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Behind]:
    folder = tmp_path_factory.mktemp("front")
    front = Front(folder, free_port(), free_port(), free_port())
    add_lead(folder / "data")
    site = (DEPLOY / "Caddyfile").read_text()
    site = site.replace("induction.school.example", "localhost").replace("127.0.0.1:8000", f"127.0.0.1:{front.site}")
    here = f"{{\n\tadmin off\n\tskip_install_trust\n\thttp_port {front.http}\n\thttps_port {front.https}\n\tservers {{"
    assert site.count("{\n\tservers {") == 1
    (folder / "Caddyfile").write_text(site.replace("{\n\tservers {", here))
    run = [str(caddy), "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]
    with running(run, folder / "caddy.log", front.knock, **homes(folder)):
        away = ask(front.connect(), "GET", "/")
        with ThreadPoolExecutor() as asking:
            waited = asking.submit(while_it_starts, front)
            with front.server():
                yield Behind(front, away, waited.result())


def while_it_starts(front: Front) -> Answer:
    """What a request gets that was sent before the site listened; on a machine so busy that Caddy gave it up, the next."""
    while (came := ask(front.connect(), "GET", "/healthz")).status == 502:
        pass
    return came


def homes(folder: Path) -> dict[str, str]:
    return dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"), str(folder))


def test_caddy_takes_the_file_as_it_stands(caddy, tmp_path):
    check = (caddy, "validate", "--adapter", "caddyfile", "--config")
    code, words = said(*check, DEPLOY / "Caddyfile", env=clean_environment(**homes(tmp_path)))
    assert code == 0, words
    assert "Valid configuration" in words
    (tmp_path / "Caddyfile").write_text((DEPLOY / "Caddyfile").read_text().replace("reverse_proxy", "reverse_proxi"))
    assert said(*check, tmp_path / "Caddyfile", env=clean_environment(**homes(tmp_path)))[0] != 0


def test_a_site_that_stays_away_gets_words(behind):
    assert behind.away.status == 502
    assert "What was saved is safe." in behind.away.text
    assert (behind.away.headers["Retry-After"], behind.away.headers["Cache-Control"]) == ("60", "no-store")


def test_a_request_waits_while_the_site_starts(behind):
    assert behind.waited.status == 200


def test_a_page_that_is_not_there_is_the_sites_own(behind):
    came = ask(behind.front.connect(), "GET", "/no-such-page")
    assert came.status in (303, 404)
    assert "The induction site is not answering" not in came.text


def test_signing_in_works_through_caddy_and_the_cookie_stays_on_https(behind):
    came = sign_in(behind.front.connect, behind.front.url)
    assert came.headers["Location"].removeprefix(behind.front.url) in ("/", "/welcome")
    cookies = came.headers.get_all("Set-Cookie")
    assert cookies
    assert all("Secure" in cookie and "HttpOnly" in cookie for cookie in cookies)
    assert "max-age" in came.headers["Strict-Transport-Security"]


def test_what_a_browser_claims_to_have_been_forwarded_is_dropped(behind):
    claims = {"X_Forwarded_Host": "evil.example", "X_Forwarded_Proto": "http", "Forwarded": "host=evil.example"}
    came = ask(behind.front.connect(), "GET", "/", **claims)
    assert came.status == 303
    assert came.headers["Location"] in ("/sign-in", f"{behind.front.url}/sign-in")


def test_plain_http_is_sent_to_https(behind):
    came = ask(http.client.HTTPConnection("localhost", behind.front.http, timeout=30), "GET", "/sign-in")
    assert came.status == 308
    assert came.headers["Location"].startswith("https://localhost")


def test_the_shell_scripts_are_posix():
    for script in ("run", ".ci/run", "deploy/induction"):
        assert said("sh", "-n", ROOT / script) == (0, "")
        assert (ROOT / script).read_text().startswith("#!/bin/sh\n")
