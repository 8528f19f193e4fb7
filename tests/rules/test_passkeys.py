"""Passkeys: where a site has them, whose challenge is whose, and when a count of uses gives a copy away."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from induction.rules import passkeys
from induction.rules.passkeys import Asker, NoPasskeys, Place, Purpose

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
ASKER = Asker(Place("school.example", "https://school.example"), b"the site's key", "a browser's own", Purpose.SIGN_IN)
CHANCE = bytes(range(passkeys.CHANCE))


@pytest.mark.parametrize(
    "address, found",
    [
        ("https://induction.school.example", Place("induction.school.example", "https://induction.school.example")),
        ("https://school.example:8443", Place("school.example", "https://school.example:8443")),
        ("https://Bühl.school.example", Place("xn--bhl-hoa.school.example", "https://xn--bhl-hoa.school.example")),
        ("http://localhost:8000", Place("localhost", "http://localhost:8000")),
        ("http://induction.localhost:8000", Place("induction.localhost", "http://induction.localhost:8000")),
        ("http://induction.school.example", NoPasskeys.PLAIN),
        ("http://127.0.0.1:8000", NoPasskeys.NUMBER),
        ("https://10.0.0.4", NoPasskeys.NUMBER),
        ("http://[::1]:8000", NoPasskeys.NUMBER),
    ],
)
def test_a_passkey_needs_a_name_and_https(address, found):
    assert passkeys.place(address) == found


@pytest.mark.parametrize(
    "asker, later, fits",
    [
        (ASKER, timedelta(0), True),
        (ASKER, timedelta(minutes=4, seconds=59), True),
        (ASKER, timedelta(minutes=5, seconds=1), False),
        (ASKER, -timedelta(minutes=4), True),  # the clock was put right
        (ASKER, -timedelta(hours=1), False),
        (replace(ASKER, browser="another"), timedelta(0), False),
        (replace(ASKER, purpose=Purpose.CONFIRM), timedelta(0), False),
        (replace(ASKER, key=b"another site's"), timedelta(0), False),
    ],
)
def test_a_challenge_is_one_browsers_for_one_purpose_and_five_minutes(asker, later, fits):
    assert passkeys.is_ours(asker, passkeys.challenge(ASKER, CHANCE, NOW), NOW + later) is fits


@pytest.mark.parametrize("spoilt", [b"", b"x", bytes(56), bytes(5000)])
def test_what_is_no_challenge_is_none(spoilt):
    assert not passkeys.is_ours(ASKER, spoilt, NOW)


@pytest.mark.parametrize("place", range(0, 56, 5))
def test_no_byte_of_a_challenge_can_be_another(place):
    asked = bytearray(passkeys.challenge(ASKER, CHANCE, NOW))
    asked[place] ^= 1
    assert not passkeys.is_ours(ASKER, bytes(asked), NOW)


@pytest.mark.parametrize("kept, brought, holds", [(0, 0, True), (0, 1, True), (1, 2, True), (2, 2, False), (2, 1, False), (2, 0, False)])
def test_a_count_goes_on_or_there_is_none(kept, brought, holds):
    assert passkeys.count_holds(kept, brought) is holds


def test_a_handle_is_one_persons_at_one_site():
    handles = {passkeys.handle(key, person) for key in (b"one", b"two") for person in (1, 2, 11)}
    assert len(handles) == 6 and all(len(passkeys.read(each)) == 32 for each in handles)


def test_what_a_browser_is_asked_for():
    made = passkeys.to_make(ASKER.place, "Wrenfield", passkeys.Holder("aGFuZGxl", "lou@x.example", "Lou"), CHANCE, ["a"])
    assert made["rp"] == {"id": "school.example", "name": "Wrenfield"} and made["user"]["id"] == "aGFuZGxl"
    assert [each["alg"] for each in made["pubKeyCredParams"]] == [-7, -8, -257] and made["attestation"] == "none"
    assert made["authenticatorSelection"] == {"residentKey": "required", "requireResidentKey": True, "userVerification": "required"}
    assert made["excludeCredentials"] == [{"type": "public-key", "id": "a"}]
    used = passkeys.to_use(ASKER.place, CHANCE, [])
    assert used["rpId"] == "school.example" and used["userVerification"] == "required" and used["allowCredentials"] == []
    assert passkeys.read(used["challenge"]) == CHANCE
