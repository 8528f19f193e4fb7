"""A real Chromium on a real server, with and without JavaScript, on a phone's width and a desktop's."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.faults.server import Server
from tests.journeys.eyes import DESKTOP, PHONE, Person, Seen

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# (JavaScript, width). With JavaScript each page is looked at in both widths.
VIEWS = {"desktop": (True, DESKTOP), "phone without JavaScript": (False, PHONE)}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=shutil.which("chromium-headless-shell"), args=FLAGS, timeout=60_000)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def seen() -> Seen:
    """What was looked at in all stories together."""
    return {}


@pytest.fixture
def site(tmp_path) -> Iterator[Server]:
    """A server on an empty data folder, not set up yet."""
    with Server(tmp_path / "data") as server:
        yield server


@pytest.fixture(scope="session")
def lasting_site(template, tmp_path_factory) -> Iterator[Server]:
    """One server for stories that leave each other alone, each about somebody else; at an address that passkeys are for."""
    data = tmp_path_factory.mktemp("lasting") / "data"
    shutil.copytree(template, data)
    with Server(data, environment={"INDUCTION_URL": "http://localhost:{port}"}) as server:
        yield server


@pytest.fixture(params=VIEWS.values(), ids=list(VIEWS))
def view(request) -> tuple[bool, int]:
    return request.param


@pytest.fixture
def sit_down(chromium, site, view, seen):
    """Somebody at a device of their own."""
    contexts = []

    def somebody() -> Person:
        javascript, width = view
        context = chromium.new_context(
            java_script_enabled=javascript, viewport={"width": width, "height": 800}, locale="en-GB", reduced_motion="reduce"
        )
        contexts.append(context)
        return Person(context.new_page(), f"http://127.0.0.1:{site.port}", javascript, seen)

    yield somebody
    for context in contexts:
        context.close()


os.environ.setdefault("DBUS_SESSION_BUS_ADDRESS", "/dev/null")  # else Chromium looks for a desktop
