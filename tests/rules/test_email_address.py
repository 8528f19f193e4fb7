"""Addresses: one grammar, however they are typed, pasted or brought in."""

import time
import unicodedata

import pytest

from induction.rules import email_address
from induction.rules.text import Unfit

TESS = "tess.okafor@school.example"


@pytest.mark.parametrize(
    "typed",
    [
        TESS, " TESS.Okafor@School.Example ", f"{TESS}\u200b", f"\u200e{TESS}", f"\ufeff{TESS}", "tess.okafor@sch\u00adool.example",
        "tess.okafor\u2060@school.example", f"Tess Okafor <{TESS}>", f"mailto:{TESS}", f"<{TESS}>", f"{TESS};", f"{TESS}.", f"{TESS},",
        f"\u00a0{TESS}\u00a0", "ｔess.okafor＠school.example", f"Tess Okafor <mailto:{TESS}>;",
    ],
)  # fmt: skip
def test_the_same_person_however_it_came(typed):
    assert email_address.normal(typed) == email_address.as_typed(typed) == TESS


@pytest.mark.parametrize("typed", ["o'brien@school.example", "a+b@x.co", "zoë@ysgol.cymru", "x@ysgol-ŷ.cymru", "a_b-c@1.2.example"])
def test_addresses_as_schools_have_them(typed):
    assert email_address.normal(typed) == typed
    assert email_address.normal(unicodedata.normalize("NFD", typed)) == typed


@pytest.mark.parametrize(
    "typed",
    ["", "tess", "@school.example", "tess@", "jo@intranet", "i@school..example", ".a@x.example", "a.@x.example", "a b@x.example",
     "a@b@x.example", "a@x.example b@x.example", "a\0@x.example", "a\U000f4005@x.example", "a@x .example", "<>", "a" * 250 + "@x.example",
     "a@x.example\nb"],
)  # fmt: skip
def test_what_is_none_is_said(typed):
    with pytest.raises(Unfit, match="Write an email address, such as"):
        email_address.normal(typed)


def test_addresses_that_an_earlier_version_took_are_still_looked_up():
    assert email_address.as_typed(" JO@Intranet") == "jo@intranet"
    assert email_address.as_typed("jo@intranet\u200b") == "jo@intranet"


@pytest.mark.parametrize(
    "typed", ["a" + "\u0301\u0316" * 500_000, "a@" + "." * 1_000_000, "a." * 500_000 + "@x.example", "\u200b" * 1_000_000, "<" * 1_000_000,
              "a" + "\u0301\u0316" * 450, "a." * 400 + "@", "@" * 1000, "ﷺ" * 1000]
)  # fmt: skip
def test_no_address_takes_long(typed):
    began = time.thread_time()
    assert len(email_address.as_typed(typed)) < 20_000
    with pytest.raises(Unfit):
        email_address.normal(typed)
    assert time.thread_time() - began < 1


def test_an_address_has_at_most_254_characters_once_what_nobody_sees_is_gone():
    whole = "a" * 244 + "@x.example"
    assert len(whole) == 254 and email_address.normal(whole) == email_address.normal(whole.ljust(4 * 254)) == whole
    for typed in (f"a{whole}", whole.ljust(4 * 254 + 1)):
        with pytest.raises(Unfit):
            email_address.normal(typed)
