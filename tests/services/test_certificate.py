"""The certificate of the site's own address is looked at with a real server (Caddy, which signs its own), and kept."""

import socket
import ssl
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from induction.bridges import certificates
from induction.bridges.certificates import Shown
from induction.records.school import certificate_seen
from induction.records.school.certificate_seen import Seen
from induction.services import certificate
from induction.serving.chores import CHORES
from tests.cast import own_site
from tests.ports import free_port
from tests.records.making import NOW

CADDY = Path(sys.executable).parent / "caddy"


@contextmanager
def caddy(folder, config):
    (folder / "Caddyfile").write_text(config)
    homes = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"), str(folder))
    with (folder / "log").open("wb") as log:
        program = subprocess.Popen(
            [CADDY, "run", "--config", folder / "Caddyfile", "--adapter", "caddyfile"], stdout=log, stderr=log, env=homes
        )
    try:
        yield program
    finally:
        program.terminate()
        program.wait(timeout=40)


@pytest.fixture(scope="module")
def https(tmp_path_factory):
    """(port, what trusts its certificate) of a server of https for the name localhost."""
    folder, port = tmp_path_factory.mktemp("caddy"), free_port()
    config = (
        f"{{\n admin off\n skip_install_trust\n http_port {free_port()}\n https_port {port}\n}}\n"
        "localhost, school.invalid {\n tls internal\n respond ok\n}\n"
    )
    root = folder / "caddy/pki/authorities/local/root.crt"
    with caddy(folder, config) as program:
        end = time.monotonic() + 60
        while True:
            try:
                trusted = ssl.create_default_context(cafile=root)
                with socket.create_connection(("localhost", port), 5) as line, trusted.wrap_socket(line, server_hostname="localhost"):
                    break
            except OSError:
                assert program.poll() is None and time.monotonic() < end, (folder / "log").read_text()
                time.sleep(0.05)
        yield port, trusted


def test_until_when_it_holds_is_seen(https):
    port, trusted = https
    shown = certificates.look("localhost", port, trusted=trusted)
    assert shown.trouble == shown.refused == ""
    assert timedelta(0) < shown.ends_at - datetime.now(UTC) < timedelta(days=8)


def test_one_that_this_machine_does_not_trust_is_said(https):
    shown = certificates.look("localhost", https[0])
    assert shown.ends_at is None and "certificate" in shown.refused and shown.trouble == ""


def test_where_nobody_answers_it_is_not_known(https, monkeypatch):
    shown = certificates.look("localhost", free_port())
    assert shown == Shown(None, trouble="Connection refused")
    assert certificates.look("nobody.invalid", https[0]).trouble


def test_one_who_says_nothing_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(certificates, "SHORT", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert certificates.look("127.0.0.1", silent.getsockname()[1]).trouble


def test_who_speaks_no_https_is_not_known():
    port = free_port()
    server = subprocess.Popen([sys.executable, "-c", f"import socket; s = socket.create_server(('127.0.0.1', {port})); print(flush=True)\n"
                               "while True: s.accept()[0].sendall(b'HTTP/1.1 400 no')"], stdout=subprocess.PIPE)  # fmt: skip
    try:
        server.stdout.readline()
        assert certificates.look("127.0.0.1", port).trouble
    finally:
        server.kill()
        server.wait()
        server.stdout.close()


def test_where_the_address_cannot_be_reached_the_proxy_is_asked_for_that_name(https):
    """As on a service that is kept from all other machines."""
    port, trusted = https
    assert certificates.look("school.invalid", port, trusted=trusted).trouble
    assert certificates.look("school.invalid", port, "127.0.0.1", trusted).ends_at
    assert certificates.look("nobody.invalid", port, "127.0.0.1", trusted).ends_at is None, "it has none of that name"


def test_what_was_seen_is_kept_and_the_last_look_counts(db):
    asked = []

    def shows(shown):
        return lambda host, port: asked.append((host, port)) or shown

    certificate.look(db, "https://induction.school.example", shows(Shown(None, trouble="timed out")), NOW)
    assert certificate_seen.latest(db) == Seen("induction.school.example", NOW, None, trouble="timed out")
    ends, later = NOW + timedelta(days=60), NOW + timedelta(days=1)
    certificate.look(db, "https://induction.school.example:8443", shows(Shown(ends)), later)
    assert certificate_seen.latest(db) == Seen("induction.school.example", later, ends)
    assert asked == [("induction.school.example", 443), ("induction.school.example", 8443)]


@pytest.mark.parametrize("url", [None, "http://induction.school.example"])
def test_without_https_nobody_is_asked(db, url):
    certificate.look(db, url, lambda host, port: 1 / 0, NOW)
    assert certificate_seen.latest(db) is None


def test_the_caretaker_looks_at_the_sites_own_address_and_the_health_page_tells(https, template, tmp_path):
    cast = own_site(template, tmp_path / "data", url=f"https://localhost:{https[0]}")
    [chore] = [each for each in CHORES if each.name == "look at the certificate"]
    chore.do(cast.site, datetime.now(UTC))
    assert "This machine does not trust the certificate of localhost" in cast.lou.open("/school/health").text
    cast.records.close()
