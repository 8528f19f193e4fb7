"""Passkeys in Chromium, whose virtual authenticator keeps them: added, used alone and after a password, removed."""

from __future__ import annotations

import pytest

from tests.faults.server import Server
from tests.journeys.eyes import DESKTOP, PHONE, Person
from tests.journeys.signed_in import signed_in
from tests.journeys.test_at_this_school import sign_in

by_script = pytest.mark.parametrize("view", [(True, DESKTOP)], indirect=True, ids=["desktop"])
DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True,
    "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def site(lasting_site) -> Server:
    return lasting_site


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

    def __init__(self, person: Person) -> None:
        self._speak = person.page.context.new_cdp_session(person.page)
        self._speak.send("WebAuthn.enable")
        self.id = self._speak.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]

    def keys(self) -> list[dict[str, object]]:
        return self._speak.send("WebAuthn.getCredentials", {"authenticatorId": self.id})["credentials"]

    def verifies(self, yes: bool) -> None:
        self._speak.send("WebAuthn.setUserVerified", {"authenticatorId": self.id, "isUserVerified": yes})

    def forget(self) -> None:
        self._speak.send("WebAuthn.clearCredentials", {"authenticatorId": self.id})


def by_passkey(person: Person, words: str) -> Person:
    """Press a button that asks the device; its answer leads on."""
    with person.page.expect_navigation():
        person.page.get_by_role("button", name=words, exact=True).click()
    return person.look()


def refused(person: Person, words: str) -> str:
    """Press it where no answer comes: what is said of it."""
    person.page.get_by_role("button", name=words, exact=True).click()
    said = person.page.get_by_role("alert")
    said.wait_for()
    return person.look() and said.inner_text()


def out(person: Person) -> Person:
    person.page.evaluate("document.querySelectorAll('details.mine').forEach(each => each.open = true)")
    return person.press("Sign out")


@by_script
def test_added_then_the_only_step_then_the_second_then_removed(site, at_site):
    lou = at_site()
    device = Device(lou)
    signed_in(lou, site.data, "lou").open("/account/second-step").follow("Add a passkey")
    assert lou.page.locator("[name=called]").input_value() == "Chrome on Linux"
    by_passkey(lou.fill(called="My laptop"), "Add a passkey")
    assert lou.heading == "Your recovery codes" and len(device.keys()) == 1
    lou.press("I have kept them")
    assert lou.heading == "Your second step" and "My laptop" in lou.words and "not used yet" in lou.words

    out(lou).follow("Sign in with a passkey")
    assert by_passkey(lou, "Sign in with a passkey").page.url.endswith("/school/overview")
    sign_in(out(lou), "lou")
    assert lou.heading == "Your second step" and "/second-step" in lou.page.url
    assert by_passkey(lou, "Use my passkey").page.url.endswith("/school/overview")

    lou.open("/account/second-step").press("Remove it (My laptop)")
    assert "opens nothing here any more" in lou.words and "Remove it" not in lou.words
    out(lou).open("/sign-in/passkey")
    assert "It opens nothing here" in by_passkey(lou, "Sign in with a passkey").words
    assert sign_in(lou, "lou").page.url.endswith("/school/overview"), "there is no second step any more"


@by_script
def test_what_a_device_does_not_do_is_said_in_words(site, at_site):
    max_ = at_site()
    device = Device(max_)
    signed_in(max_, site.data, "max").open("/account/second-step/passkeys")
    device.verifies(False)
    assert "cancelled, took too long" in refused(max_, "Add a passkey")
    device.verifies(True)
    by_passkey(max_, "Add a passkey")
    assert "passkey for you here already" in refused(max_.open("/account/second-step/passkeys"), "Add a passkey")
    elsewhere = f"http://127.0.0.1:{site.port}/sign-in/passkey"
    out(max_)
    assert "Open it at localhost." in refused(max_.open(elsewhere), "Sign in with a passkey")
    device.forget()
    assert "has no passkey for this site" in refused(max_.open("/sign-in/passkey"), "Sign in with a passkey")
    assert max_.page.get_by_role("button", name="Sign in with a passkey").is_enabled()


@pytest.mark.parametrize("view", [(False, PHONE)], indirect=True, ids=["no JavaScript"])
def test_without_javascript_it_says_so_and_the_password_does(at_site):
    tess = at_site()
    tess.open("/sign-in").follow("Sign in with a passkey")
    assert "Passkeys need JavaScript" in tess.words
    assert not tess.page.get_by_role("button", name="Sign in with a passkey").is_visible()
    tess.follow("Sign in with a password")
    assert sign_in(tess, "tess").heading == "Hello, Tess"


@by_script
def test_a_browser_without_passkeys_says_so(at_site):
    tess = at_site()
    tess.page.add_init_script("delete window.PublicKeyCredential")
    tess.open("/sign-in/passkey")
    assert "This browser has no passkeys" in tess.page.get_by_role("alert").inner_text()
    assert "need JavaScript" not in tess.words
