"""Badges: signed so that others can check it, refused when anything was changed, and read from another school."""

import base64
import json
import os
import stat
import subprocess
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from induction.records.people import people
from induction.records.progress import badges_read, done_elsewhere
from induction.records.school import signing_keys
from induction.records.store import documents, signing_key
from induction.rules import badge_signing, badges, calendar
from induction.rules.badge_reading import Form
from induction.rules.badges import Badge, School, Words
from induction.services import badges as deeds
from induction.services import erasure
from induction.services.badges import CannotSign, NotTaken
from induction.wording import badges as wording
from tests.records.making import COURSE, NOW, TODAY

CHECKS = Path(__file__).parent.parent / "badges.mjs"
OURS = School("Wrenfield School", "https://induction.wrenfield.example")
THEIRS = School("Ysgol Tŷ Ŵyn", "https://induction.ty-wyn.example")
BADGE = Badge(
    "7K4M229QXAB3CD", "Tess Abara", "tess@ty-wyn.example", COURSE, "Professional boundaries “online” 🙂", NOW - timedelta(days=9),
    TODAY + timedelta(days=300),
)  # fmt: skip
WORDS = Words("A course.", "Completed means done.\nNo more.", "Head: " + "ab" * 32)


@pytest.fixture
def data(db, tmp_path):
    """Our school's data folder, with its key."""
    deeds.find_key(db, tmp_path, NOW)
    return tmp_path


class Elsewhere:
    """Another school, with a key of its own: all that it takes to sign a badge."""

    def __init__(self, folder, school=THEIRS):
        folder.mkdir()
        self.key, self.school = signing_key.kept(folder), school

    def signed(self, form=Form.JSON, change=lambda said: None, **changed):
        """A badge; `change` is made before it is signed."""
        badge = replace(BADGE, **changed)
        said = badges.credential(badge, self.school, WORDS)
        change(said)
        if form is Form.TOKEN:
            until = badge.last_day and badges.seconds(badges.end_of(badge.last_day))
            unsigned = badge_signing.token_to_sign(said, self.key.public, badges.seconds(badge.completed_at), until)
            return f"{unsigned}.{badge_signing.in_base64(self.key.sign(unsigned.encode()))}".encode()
        proof = badge_signing.proof_of(said, badge_signing.method(said["issuer"]["id"], self.key.public))
        signature = self.key.sign(badge_signing.to_sign(said, proof))
        return badge_signing.in_lines(badge_signing.with_proof(said, proof, signature))


@pytest.fixture
def elsewhere(tmp_path):
    return Elsewhere(tmp_path / "elsewhere")


def verified(files, published):
    """What two verifiers that are not ours say of each file, with the keys that its issuer publishes, in both forms."""
    document, jwks = published
    asked = {
        "now": NOW.isoformat(), "documents": {document["id"]: document}, "jwks": jwks,
        "badges": [{"json" if each.startswith(b"{") else "token": each.decode()} for each in files],
    }  # fmt: skip
    done = subprocess.run(["node", CHECKS], input=json.dumps(asked), capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def published(db):
    return deeds.published(db, OURS), deeds.published_for_tokens(db, OURS)


def one_digit_changed(file, digit=b"2026"):
    """The year in which it was earned, or another word: in a token, within what it says."""
    other = digit[:-1] + (b"5" if digit[-1:] != b"5" else b"6")
    if file.startswith(b"{"):
        assert digit in file
        return file.replace(digit, other, 1)
    head, body, signature = file.split(b".")
    said = base64.urlsafe_b64decode(body + b"==")
    assert digit in said
    return b".".join([head, base64.urlsafe_b64encode(said.replace(digit, other, 1)).rstrip(b"="), signature])


def test_two_verifiers_that_are_not_ours_take_both_forms_and_refuse_what_was_changed(db, cast, data):
    def made(badge=BADGE):
        return [deeds.signed(db, data, badge, OURS, WORDS, form) for form in Form]

    lasting, expired = made(replace(BADGE, last_day=None, name="Łukasz O’Dŵr")), made(replace(BADGE, last_day=TODAY - timedelta(days=2)))
    first, old = made(), published(db)
    deeds.make_new_key(db, data, by=cast.lou.id, now=NOW)
    second, both = made(), published(db)
    impostor = Elsewhere(data / "impostor", OURS)
    fine = [*first, *lasting, *second]
    year = str(calendar.local(BADGE.completed_at).year).encode()
    refused = {
        "a digit of the year": [one_digit_changed(each, year) for each in first],
        "a digit of the head": [one_digit_changed(each, b"abab") for each in first],
        "another school's key under our address": [impostor.signed(form) for form in Form],
        "no longer valid": expired,
    }
    said = verified([*fine, *(each for files in refused.values() for each in files)], both)
    assert said[: len(fine)] == ["verified"] * 6
    for what, outcomes in zip(refused, zip(*[iter(said[len(fine) :])] * 2, strict=True), strict=True):
        assert "verified" not in outcomes, what
    assert verified(first, old) == ["verified"] * 2 and "verified" not in verified(second, old), "a key is not known before it is published"
