"""Codes that can be read aloud, and how a certificate stands on a day."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from induction.rules import certificate_codes, certificates
from induction.rules.calendar import DayOfYear
from induction.rules.certificate_codes import LENGTH, SIGNS, found_in, from_chance, grouped, read
from induction.rules.certificates import Certificate, Correction, Head, State
from induction.rules.cycles import Cycle, Saying

CODE = "7K4M29QXAB3CDE"
TESS = Certificate(
    CODE, 4, "Tess Okafor", "boundaries", "Professional boundaries online", ("Where the line is", "Friend requests"),
    datetime(2026, 11, 18, 9, tzinfo=UTC), False, 3, date(2026, 9, 1), True, date(2027, 9, 1), Head(1204, "ab12" * 16),
)


def test_a_code_is_14_signs_of_70_bits():
    chance = random.Random(7)
    codes = {from_chance(chance.getrandbits(70)) for _ in range(2_000)}
    assert len(codes) == 2_000 and {len(each) for each in codes} == {LENGTH} == {14}
    assert set("".join(codes)) == set(SIGNS) and not set("ILOU") & set(SIGNS) and len(SIGNS) == 32
    assert (from_chance(0), from_chance(1), from_chance(2**70 - 1)) == ("0" * 14, "0" * 13 + "1", "Z" * 14)


@pytest.mark.parametrize("typed", [
    CODE, "7K4M2-9QXA-B3CDE", "7k4m2-9qxa-b3cde", " 7K4M2 9QXA B3CDE ", "7K4M2–9QXA—B3CDE", "7 K 4 M 2 9 Q X A B 3 C D E",
    "7K4M2.9QXA.B3CDE",
])  # fmt: skip
def test_a_code_as_people_type_it(typed):
    assert read(typed) == CODE == found_in(typed)


@pytest.mark.parametrize(("typed", "meant"), [
    ("OoIiLl", "001111"), ("https://school.example/certificates/7k4m2-9qxa-b3cde", CODE), ("/certificates/7K4M2-9QXA-B3CDE.pdf", CODE),
    ("certificates/7K4M2-9QXA-B3CDE/", CODE),
    ("(https://x.example/certificates/7K4M2-9QXA-B3CDE).", CODE), ("7K4M2-9QXA-B3CDE.pdf.", CODE),
    ("", ""), ("  ", ""), ("!?", ""), ("é7K", "7K"), ("x" * 5_000, "X" * 100),
])  # fmt: skip
def test_what_is_found_in_what_somebody_pastes(typed, meant):
    assert found_in(typed) == meant


def test_it_is_shown_in_groups_and_read_back():
    assert grouped(CODE) == "7K4M2-9QXA-B3CDE" and read(grouped(CODE)) == CODE
    assert grouped("7K4M") == "7K4M", "what is none is shown as it is"
    assert sum(certificate_codes.GROUPS) == LENGTH


@pytest.mark.parametrize(("changed", "day", "state"), [
    ({}, date(2026, 12, 1), State.HOLDS),
    ({}, date(2027, 8, 31), State.HOLDS),
    ({}, date(2027, 9, 1), State.EXPIRED),
    ({"valid_until": None}, date(2099, 1, 1), State.HOLDS),
    ({"superseded_on": date(2027, 9, 14)}, date(2027, 10, 1), State.SUPERSEDED),
    ({"superseded_on": date(2027, 9, 14), "correction": Correction(date(2027, 9, 20), "By another")}, date(2027, 10, 1), State.CORRECTED),
])  # fmt: skip
def test_how_it_stands(changed, day, state):
    assert replace(TESS, **changed).state(day) is state


SEPTEMBER, YEARLY = Cycle(every=DayOfYear(9, 1), joined_by=DayOfYear(5, 1)), Cycle(months=12)


@pytest.mark.parametrize(("said", "day", "until"), [
    ([], date(2026, 11, 18), None),
    ([Saying(Cycle(), date.min)], date(2026, 11, 18), None),
    ([Saying(YEARLY, date.min)], date(2026, 11, 18), date(2027, 11, 18)),
    ([Saying(SEPTEMBER, date.min)], date(2026, 11, 18), date(2027, 9, 1)),
    ([Saying(SEPTEMBER, date.min)], date(2027, 6, 1), date(2028, 9, 1)),
    ([Saying(Cycle(), date.min), Saying(YEARLY, date(2027, 1, 1))], date(2026, 11, 18), None),
    ([Saying(YEARLY, date.min), Saying(Cycle(), date(2027, 1, 1))], date(2026, 11, 18), date(2027, 11, 18)),
    ([Saying(YEARLY, date.min), Saying(Cycle(months=24), date(2026, 11, 18))], date(2026, 11, 18), date(2028, 11, 18)),
])  # fmt: skip
def test_until_when_it_is_valid_is_what_had_been_said_by_then(said, day, until):
    assert certificates.valid_until(said, day, date(2026, 1, 5)) == until
