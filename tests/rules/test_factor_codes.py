"""Codes that are a second step: how they are read, and which of an app's are taken now."""

from datetime import UTC, datetime

import pytest

from induction.rules import factor_codes
from induction.rules.factor_codes import ALPHABET, LENGTH

NOW = datetime(2026, 11, 24, 9, 30, 10, tzinfo=UTC)
PAPER = "abcdefghijkm2345"


@pytest.mark.parametrize("typed, app, recovery", [
    ("123456", "123456", ""),
    (" 123 456 ", "123456", ""),
    ("１２３ ４５６", "123456", ""),  # of full width, as some keyboards write them
    ("123-456", "123456", ""),
    ("١٢٣٤٥٦", "", ""),
    ("12345", "", ""),
    ("1234567", "", ""),
    ("abcdef", "", ""),
    ("", "", ""),
    ("abcd efgh ijkm 2345", "", PAPER),
    ("ABCD–EFGH–IJKM–2345", "", PAPER),
    ("abcdefgh1jkm2345", "", PAPER),  # a one for the i that it looks like
    ("abcdefghljkm2345", "", PAPER),
    ("abcdefgh0jkm2345", "", ""),
    ("abcd efgh ijkm 234", "", ""),
    ("abcd efgh ijkm 2345 6", "", ""),
    ("\x00\ud800", "", ""),
])  # fmt: skip
def test_a_code_is_read_however_people_type_it(typed, app, recovery):
    assert (factor_codes.app_code(typed), factor_codes.recovery_code(typed)) == (app, recovery)


def test_this_half_minute_and_one_on_either_side_are_taken():
    present = int(NOW.timestamp()) // 30
    assert list(factor_codes.steps(NOW)) == [present - 1, present, present + 1]


def test_eighty_bits_make_a_code_that_nobody_misreads():
    assert len(ALPHABET) == len(set(ALPHABET)) == 32 and not set("01lo") & set(ALPHABET)
    codes = {factor_codes.from_chance(bits) for bits in (0, 1, 31, 32, 2**79, 2**80 - 1)}
    assert len(codes) == 6 and all(factor_codes.recovery_code(each) == each and len(each) == LENGTH for each in codes)
    assert factor_codes.in_groups(PAPER) == "abcd efgh ijkm 2345" and factor_codes.in_groups(PAPER, "-") == "abcd-efgh-ijkm-2345"
