"""What a certificate says, how it stands, and what its file is called."""

from dataclasses import replace
from datetime import date

import pytest

from induction.rules.certificates import Correction
from induction.wording import certificates as wording
from tests.rules.test_certificates import TESS

DAY = date(2026, 12, 1)


def test_what_it_says():
    told = wording.told(TESS, "Wrenfield School")
    assert (told.records, told.name, told.has, told.title, told.how) == (
        "Wrenfield School records that", "Tess Okafor", "has completed", "Professional boundaries online",
        ": two lessons, and has acknowledged the school’s policy.",
    )
    assert told.facts == (
        ("Completed", "Wednesday 18 November 2026"), ("Policy acknowledged", "version 3, 1 September 2026"),
        ("Valid until", "1 September 2027"),
    )
    assert (told.code, told.entry, told.head) == ("7K4M2-9QXA-B3CDE", "entry 1,204", " ".join(["ab12ab12"] * 8))
    assert told.means.endswith("The policy was read, and acknowledged by name.")


def test_a_school_without_a_name():
    assert wording.told(TESS, "our school").records == "Our school records that"


@pytest.mark.parametrize(("changed", "has", "how", "policy", "until"), [
    ({"later_round": True}, "has completed again", ": two lessons, and has acknowledged the school’s policy.", None, None),
    ({"acknowledged": False}, "has completed", ": two lessons.", ("Policy in force", "version 3, 1 September 2026"), None),
    ({"lessons": ("One",), "acknowledged": False}, "has completed", ": one lesson.", None, None),
    ({"lessons": ()}, "has completed", ", and has acknowledged the school’s policy.", None, None),
    ({"lessons": (), "acknowledged": False}, "has completed", ".", None, None),
    ({"policy": 0, "policy_day": None, "acknowledged": False}, "has completed", ": two lessons.",
     ("Policy in force", "the cautious rules, before the school had one"), None),
    ({"valid_until": None, "head": None}, "has completed", ": two lessons, and has acknowledged the school’s policy.", None,
     "no end is set"),
])  # fmt: skip
def test_what_else_it_may_say(changed, has, how, policy, until):
    told = wording.told(replace(TESS, **changed), "Wrenfield School")
    assert (told.has, told.how) == (has, how)
    assert policy is None or told.facts[1] == policy
    assert until is None or (told.facts[2], told.head, told.entry) == (("Valid until", until), "", "")
    assert ("acknowledged by name" in told.means) == replace(TESS, **changed).acknowledged


@pytest.mark.parametrize(("changed", "day", "words", "sentence", "listed"), [
    ({}, DAY, "This is genuine", "The code is that of our record of Wednesday 18 November 2026.",
     "18 November 2026 · valid until 1 September 2027"),
    ({"valid_until": None}, DAY, "This is genuine", "The code is that of our record of Wednesday 18 November 2026.", "18 November 2026"),
    ({}, date(2027, 9, 1), "Expired", "It was valid until 1 September 2027, when the course came round again.",
     "18 November 2026 · expired"),
    ({"superseded_on": date(2027, 9, 14)}, date(2028, 1, 1), "Superseded",
     "The same course was completed again on 14 September 2027. There is a later certificate, with a code of its own.",
     "18 November 2026 · superseded"),
    ({"correction": Correction(DAY, "Done by another")}, DAY, "Corrected",
     "The school corrected this on 1 December 2026: Done by another", "18 November 2026 · corrected"),
])  # fmt: skip
def test_how_it_stands(changed, day, words, sentence, listed):
    certificate = replace(TESS, **changed)
    assert wording.stands(certificate, day) == (words, sentence)
    assert wording.in_a_list(certificate, day) == listed


@pytest.mark.parametrize(("name", "called"), [
    ("Tess Okafor", "Tess Okafor"), ("../../Eve: \"a\\b|c*d?<e>", ".. .. Eve a b c d e"), ("Ŵ" * 300, "Ŵ" * 60), ("אברהם", "אברהם"),
])  # fmt: skip
def test_a_file_is_called_so_that_every_system_can_write_it(name, called):
    found = wording.file_name(replace(TESS, name=name))
    assert found == f"2026-11-18 {called}, boundaries, 7K4M2-9QXA-B3CDE.pdf" and len(found.encode()) < 255


@pytest.mark.parametrize(
    ("count", "words"), [(1, "1 certificate"), (200, "200 certificates"), (1000, "1000 certificates, about 33 seconds")]
)
def test_how_long_many_take(count, words):
    assert wording.how_many(count) == words


def test_a_row_for_each_in_the_sheet():
    [row] = wording.in_sheet([(TESS, "https://x.example/certificates/7K4M2-9QXA-B3CDE")], DAY)
    assert tuple(row) == wording.COLUMNS
    assert (row["completed_on"], row["policy_version"], row["valid_until"], row["state"]) == ("2026-11-18", "3", "2027-09-01", "holds")
    assert wording.in_sheet([(replace(TESS, policy=0, valid_until=None), "")], DAY)[0]["policy_version"] == "default"


def test_what_a_lead_has_downloaded():
    assert (wording.downloaded(2026), wording.downloaded(None)) == ("the certificates of 2026", "all certificates")
