"""Badges: signed so that others can check it, refused when anything was changed, and read from another school."""

import base64
import json
import os
import stat
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from induction.records import evidence
from induction.records.people import people
from induction.records.progress import badges_read, done_elsewhere
from induction.records.school import signing_keys
from induction.records.store import documents, signing_key
from induction.records.store.database import transaction
from induction.rules import badge_signing, badges, calendar
from induction.rules.badge_reading import Form
from induction.rules.badges import Badge, School, Words
from induction.services import badges as deeds
from induction.services import erasure
from induction.services.badges import CannotSign, NotTaken
from induction.wording import badges as wording
from tests.records.making import COURSE, NOW, TODAY, make_so

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


def verified(files, published, now=NOW):
    """What two verifiers that are not ours say of each file, with the keys that its issuer publishes, in both forms."""
    document, jwks = published
    asked = {
        "now": (now or datetime.now(UTC)).isoformat(), "documents": {document["id"]: document}, "jwks": jwks,
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
    deeds.make_new_key(db, data, saw=deeds.latest(db), by=cast.lou.id, now=NOW)
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


@pytest.mark.parametrize("form", list(Form))
def test_a_badge_is_the_same_bytes_each_time_and_holds_no_address(db, data, form):
    file = deeds.signed(db, data, BADGE, OURS, WORDS, form)
    assert file == deeds.signed(db, data, BADGE, OURS, WORDS, form)
    body = file if form is Form.JSON else base64.urlsafe_b64decode(file.split(b".")[1] + b"==")
    assert b"tess@" not in body and b"Tess Abara" in body and b"7K4M229QXAB3CD" in body


def test_the_key_is_made_once_for_this_account_alone(db, data):
    deeds.find_key(db, data, NOW)
    [kept] = signing_keys.every(db)
    assert badge_signing.key_text(deeds.key(db, data).public) == kept.public_key and kept.by_name is None
    assert stat.S_IMODE((data / "signing-key").stat().st_mode) == 0o600


@pytest.mark.parametrize(("spoil", "words"), [
    (Path.unlink, wording.MISSING),
    (lambda path: path.write_bytes(b"\0" * 64), wording.DAMAGED),
    (lambda path: path.write_text("ab" * 31), wording.DAMAGED),
    (lambda path: path.write_text("ab" * 32), wording.ANOTHER),
    (lambda path: (path.unlink(), path.mkdir()), wording.MISSING),
])  # fmt: skip
def test_a_key_that_is_lost_damaged_or_anothers_signs_nothing_until_a_lead_makes_a_new_one(db, cast, data, spoil, words):
    before = deeds.signed(db, data, BADGE, OURS, WORDS, Form.JSON)
    spoil(data / "signing-key")
    deeds.find_key(db, data, NOW)  # as at each start: in silence nothing is made good
    with pytest.raises(CannotSign) as said:
        deeds.signed(db, data, BADGE, OURS, WORDS, Form.JSON)
    assert str(said.value) == words == deeds.trouble(db, data) and len(signing_keys.every(db)) == 1
    if (data / "signing-key").is_dir():
        (data / "signing-key").rmdir()
    deeds.make_new_key(db, data, saw=deeds.latest(db), by=cast.lou.id, now=NOW)
    assert deeds.signed(db, data, BADGE, OURS, WORDS, Form.JSON) != before
    assert not deeds.make_new_key(db, data, saw=1, by=cast.lou.id, now=NOW), "pressed twice, it is made once"
    latest, first = signing_keys.every(db)
    assert (latest.by_name, first.by_name) == ("Lou Adeyemi", None)
    assert [each["publicKeyMultibase"] for each in published(db)[0]["verificationMethod"]] == [latest.public_key, first.public_key]


def test_a_new_key_that_could_not_be_put_in_place_leaves_the_one_before(db, cast, data, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError):
        deeds.make_new_key(db, data, saw=deeds.latest(db), by=cast.lou.id, now=NOW)
    assert deeds.signed(db, data, BADGE, OURS, WORDS, Form.JSON), "the one before signs on"


def count(db, data, cast, file, who="tess", *, confirmed=False, course=COURSE):
    person = getattr(cast, who).id
    return deeds.count(db, data, person, course, file, OURS, confirmed=confirmed, by=cast.lou.id, now=NOW)


@pytest.mark.parametrize("form", list(Form))
def test_the_badge_of_another_school_counts_with_what_stands_in_it(db, cast, data, elsewhere, form):
    file = elsewhere.signed(form, email=cast.tess.email)
    read = deeds.look_at(db, file, cast.tess.id, OURS, TODAY)
    assert read.is_theirs and not read.earlier and read.fingerprint == badge_signing.fingerprint(elsewhere.key.public)
    kept = count(db, data, cast, file)
    assert (kept.provider, kept.title) == (THEIRS.name, BADGE.title) and (kept.kind, kept.file) == (form, f"badge.{form}")
    assert (kept.done_on, kept.expires_on) == (calendar.local(BADGE.completed_at).date(), BADGE.last_day)
    assert documents.read(data, kept.document) == file and kept.by == cast.lou.id
    assert count(db, data, cast, file) is None, "it is kept once, in whichever form it comes"
    assert count(db, data, cast, elsewhere.signed(Form.TOKEN, email=cast.tess.email)) is None
    assert badges_read.of_person(db, cast.tess.id)[kept.id]["badge_known_by"] == "email"
    assert len(done_elsewhere.of_person(db, cast.tess.id)) == 1


def test_whose_it_is_is_seen_by_an_address_of_now_or_before_else_a_lead_says_it(db, cast, data, elsewhere):
    with pytest.raises(NotTaken, match="Say whether the badge is theirs"):
        count(db, data, cast, elsewhere.signed())
    assert count(db, data, cast, elsewhere.signed(), confirmed=True)
    assert [each["badge_known_by"] for each in badges_read.of_person(db, cast.tess.id).values()] == ["lead"]
    old = cast.sam.email
    with transaction(db):
        make_so(db, cast.sam, email="samuel@wrenfield.example")
    assert deeds.look_at(db, elsewhere.signed(email=old), cast.sam.id, OURS, TODAY).is_theirs
    assert not deeds.look_at(db, elsewhere.signed(email=old), cast.tess.id, OURS, TODAY).is_theirs


def test_another_key_under_the_same_address_is_told(db, cast, data, elsewhere):
    count(db, data, cast, elsewhere.signed(), confirmed=True)
    assert deeds.look_at(db, elsewhere.signed(code="2"), cast.sam.id, OURS, TODAY).is_known
    other = deeds.look_at(db, Elsewhere(data / "impostor").signed(), cast.sam.id, OURS, TODAY)
    assert not other.is_known
    words = wording.known_key(other.earlier, other.public_key)
    assert "signed with another key" in words and badge_signing.fingerprint(elsewhere.key.public) in words


HOSTILE = {
    "nothing": b"", "blanks": b" \n ", "no text": b"\xff\xfe\x00", "a PDF": b"%PDF-1.4 %%EOF", "a list": b"[]", "a word": b'"x"',
    "no JSON": b"{", "an empty object": b"{}", "three dots": b"a.b.c", "a token of nothing": b"e30.e30.e30",
    "too large": b"{" + b" " * 100_000,
    "deep": b'{"a":' * 50_000 + b"}" * 50_000, "deep lists": b'{"a":' + b"[" * 90_000, "quotes without an end": b'{"' + b'\\"' * 49_000,
    "a name twice": b'{"a":1,"a":2}', "a huge number": b'{"a":' + b"9" * 5_000 + b"}", "a fraction": b'{"a":1.5}',
    "no number": b'{"a":NaN}',
    "half a character": b'{"a":"\\ud800"}', "null": b"null", "zero bytes": b"\0" * 50,
    "base 58 without an end": b'{"issuer":{"id":"a"},"proof":{"proofValue":"z1","verificationMethod":"a#z' + b"1" * 90_000 + b'"}}',
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_in_words(db, cast, data, what):
    with pytest.raises(NotTaken) as said:
        deeds.look_at(db, HOSTILE[what], cast.tess.id, OURS, TODAY)
    assert str(said.value) in wording.REFUSED.values()


def put_at(said, way, to):
    for step in way[:-1]:
        said = said[step]
    said[way[-1]] = to


@pytest.mark.parametrize(("way", "to"), [
    (("@context",), ["https://www.w3.org/ns/credentials/v2"]), (("type",), ["VerifiableCredential"]), (("type",), None),
    (("issuer", "name"), 5), (("issuer", "name"), ""), (("issuer", "name"), "x" * 5000), (("issuer", "name"), "a\x00b"),
    (("issuer", "url"), "javascript:alert(1)"), (("issuer", "url"), "https://another.example"), (("issuer", "id"), "https://x.example/k"),
    (("id",), "https://another.example/certificates/1"), (("id",), "javascript:alert(1)//"),
    (("id",), THEIRS.address + "/certificates/\"><b>"),
    (("validFrom",), "2026-13-45T00:00:00Z"), (("validFrom",), 1), (("validFrom",), "1900-01-01T00:00:00Z"), (("validUntil",), "soon"),
    (("credentialSubject",), []), (("credentialSubject", "identifier"), []), (("credentialSubject", "identifier"), "ab"),
    (("credentialSubject", "identifier", 0, "identityHash"), 7), (("credentialSubject", "identifier", 1, "identityHash"), None),
    (("credentialSubject", "achievement", "name"), {}), (("credentialSubject", "achievement", "id"), "x"),
    (("credentialSubject", "achievement", "criteria"), "x"),
])  # fmt: skip
@pytest.mark.parametrize("form", list(Form))
def test_what_is_signed_and_is_no_badge_of_this_program_is_refused(db, cast, data, elsewhere, form, way, to):
    file = elsewhere.signed(form, change=lambda said: put_at(said, way, to))
    with pytest.raises(NotTaken) as said:
        deeds.look_at(db, file, cast.tess.id, OURS, TODAY)
    assert str(said.value) == wording.REFUSED[deeds.Why.NOT_OURS]


@pytest.mark.parametrize("form", list(Form))
def test_one_digit_changed_or_a_signature_of_another_is_refused_here_too(db, cast, data, elsewhere, form):
    file, year = elsewhere.signed(form), str(calendar.local(BADGE.completed_at).year).encode()
    other = Elsewhere(data / "other").signed(form)
    if form is Form.TOKEN:
        mixed = file[: file.rindex(b".")] + other[other.rindex(b".") :]
    else:
        said = json.loads(file)
        said["proof"]["proofValue"] = json.loads(other)["proof"]["proofValue"]
        mixed = json.dumps(said).encode()
    for changed in (one_digit_changed(file, b"ab" * 8), mixed):
        with pytest.raises(NotTaken, match="was changed after it was signed"):
            deeds.look_at(db, changed, cast.tess.id, OURS, TODAY)
    with pytest.raises(NotTaken):
        deeds.look_at(db, one_digit_changed(file, year), cast.tess.id, OURS, TODAY)
    spaced = json.dumps(json.loads(file), indent=7).encode() if form is Form.JSON else b"\n " + file + b"\r\n"
    assert deeds.look_at(db, spaced, cast.tess.id, OURS, TODAY), "how it is laid out is no part of it"


def test_our_own_an_expired_one_and_one_of_tomorrow_are_refused(db, cast, data, elsewhere):
    for words, file in (
        ("made by this site", deeds.signed(db, data, BADGE, OURS, WORDS, Form.JSON)),
        ("made by this site", Elsewhere(data / "impostor", OURS).signed()),
        ("counts no more", elsewhere.signed(last_day=TODAY - timedelta(days=1))),
        ("still to come", elsewhere.signed(completed_at=NOW + timedelta(days=2))),
    ):
        with pytest.raises(NotTaken, match=words):
            count(db, data, cast, file, confirmed=True)
    assert deeds.look_at(db, elsewhere.signed(last_day=TODAY), cast.tess.id, OURS, TODAY).claims.expires_on == TODAY
    assert deeds.look_at(db, elsewhere.signed(last_day=None), cast.tess.id, OURS, TODAY).claims.expires_on is None


def test_who_is_erased_takes_the_badge_along(db, cast, data, elsewhere):
    kept = count(db, data, cast, elsewhere.signed(email=cast.tess.email))
    with transaction(db):
        people.deactivate(db, cast.tess.id, now=NOW)
    erasure.erase(db, cast.tess.id, typed=cast.tess.name, why="Asked for.", by=None, now=NOW + timedelta(seconds=1))
    assert erasure.finish(db)
    assert evidence.check(db).fault is None and evidence.entry_of(db, "badge", 1)
    assert db.rows("select * from badges_read") == [] and documents.read(data, kept.document) is None
    with pytest.raises(people.NoSuchPerson):
        count(db, data, cast, elsewhere.signed(), confirmed=True)
