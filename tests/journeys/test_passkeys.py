"""Passkeys in Chromium, whose virtual authenticator keeps them: added, used alone and after a password, removed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from tests.faults.server import Server
from tests.journeys.eyes import DESKTOP, Person
from tests.journeys.test_at_this_school import sign_in

by_script = pytest.mark.parametrize("view", [(True, DESKTOP)], indirect=True, ids=["desktop"])
DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True,
    "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def site(template, tmp_path) -> Iterator[Server]:
    shutil.copytree(template, tmp_path / "data")
    with Server(tmp_path / "data", environment={"INDUCTION_URL": "http://localhost:{port}"}) as server:
        yield server


@pytest.fixture
def at_site(site, sit_down):
    """Somebody at the address that passkeys are for."""

    def somebody() -> Person:
        person = sit_down()
        person.address = f"http://localhost:{site.port}"
        return person

    return somebody


class Device:
    """What keeps passkeys, in one browser."""

    def __init__(self, person: Person, **more: object) -> None:
        self._speak = person.page.context.new_cdp_session(person.page)
        self._speak.send("WebAuthn.enable")
        self.id = self._speak.send("WebAuthn.addVirtualAuthenticator", {"options": {**DEVICE, **more}})["authenticatorId"]

    def keys(self) -> list[dict[str, object]]:
        return self._speak.send("WebAuthn.getCredentials", {"authenticatorId": self.id})["credentials"]

    def verifies(self, yes: bool) -> None:
        self._speak.send("WebAuthn.setUserVerified", {"authenticatorId": self.id, "isUserVerified": yes})

    def forget(self) -> None:
        self._speak.send("WebAuthn.clearCredentials", {"authenticatorId": self.id})


@by_script
def test_added_then_the_only_step_then_the_second_then_removed(at_site):
    lou = at_site()
    device = Device(lou)
    sign_in(lou, "lou").open("/account/second-step/passkeys")
    assert lou.page.locator("[name=name]").input_value() == "Chrome on Linux"
    lou.fill(name="My laptop").press("Add a passkey")
    print(lou.page.url, lou.words)
    assert len(device.keys()) == 1
    lou.open("/record").press("Sign out")
    lou.follow("Sign in with a passkey").press("Sign in with a passkey")
    print(lou.page.url, lou.words)
    assert lou.heading == "Overview"
