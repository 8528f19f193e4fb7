"""Badges: the school's key, a certificate signed with it, and the badge of another school that counts here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from ..records import erasure
from ..records.people import people
from ..records.progress import badges_read, done_elsewhere
from ..records.progress.badges_read import BadgeRead
from ..records.progress.done_elsewhere import NewCertificate
from ..records.school import signing_keys
from ..records.store import documents, signing_key
from ..records.store.database import Database, transaction
from ..records.store.signing_key import NoSigningKey, SigningKeyMissing
from ..rules import badge_reading, badge_signing, badges, calendar
from ..rules.badge_reading import Form, Refused, Why
from ..rules.badges import Badge, Claims, School, Words
from ..rules.certificate_codes import grouped
from ..rules.certificates import Certificate as Held
from ..rules.documents import Kind, called
from ..rules.done_elsewhere import Certificate
from ..wording import badges as wording

KINDS = {Form.JSON: Kind.JSON, Form.TOKEN: Kind.TOKEN}


class CannotSign(Exception):
    """No badge can be made; str() says why, and what to do."""


class NotTaken(Exception):
    """A badge that is not taken; str() says why."""


@dataclass(frozen=True, slots=True)
class Read:
    """A badge of another school whose signature holds, looked at for somebody."""

    claims: Claims
    form: Form
    public_key: str
    fingerprint: str
    is_theirs: bool  # it was made for an address that they have, or had, here
    earlier: list[str]  # keys of badges of that address that were recorded before

    @property
    def is_known(self) -> bool:
        return self.public_key in self.earlier


def find_key(db: Database, data: Path, now: datetime) -> None:
    """The school's first key, made where there has been none. Raises OSError.

    A key that was published and is gone is nothing to make good in silence: a lead is told, and decides.
    """
    if signing_keys.every(db):
        return
    try:
        public = badge_signing.key_text(signing_key.kept(data).public)
    except NoSigningKey:  # a lead is told of this too
        return
    with transaction(db):
        if not signing_keys.every(db):
            signing_keys.add(db, public, None, now)


def key(db: Database, data: Path) -> signing_key.Key:
    """The key that signs. Raises CannotSign."""
    try:
        found = signing_key.read(data)
    except SigningKeyMissing:
        raise CannotSign(wording.MISSING) from None
    except NoSigningKey:
        raise CannotSign(wording.DAMAGED) from None
    if badge_signing.key_text(found.public) not in {each.public_key for each in signing_keys.every(db)}:
        raise CannotSign(wording.ANOTHER)
    return found


def trouble(db: Database, data: Path) -> str:
    """Why no badge can be signed; empty where one can."""
    try:
        key(db, data)
    except CannotSign as fault:
        return str(fault)
    return ""


def make_new_key(db: Database, data: Path, *, saw: int, by: int, now: datetime) -> bool:
    """Another key signs from now on. Those before it stay published. False where the latest is not the one that was seen.

    It is on record before it is in place: a key that lies there and was never published would sign nothing. Raises OSError.
    """
    fresh = signing_key.Fresh(data)
    with transaction(db):
        if saw != latest(db):
            return False
        signing_keys.add(db, badge_signing.key_text(fresh.public), by, now)
    fresh.put_in_place()
    return True


def latest(db: Database) -> int:
    """The number of the key that was made last; 0 where there is none."""
    return next((each.id for each in signing_keys.every(db)), 0)


def signed(db: Database, data: Path, badge: Badge, school: School, words: Words, form: Form) -> bytes:
    """The file of a badge. The same bytes each time, as long as the key is the same. Raises CannotSign."""
    ours, said = key(db, data), badges.credential(badge, school, words)
    if form is Form.TOKEN:
        until = badges.seconds(badges.end_of(badge.last_day)) if badge.last_day else None
        unsigned = badge_signing.token_to_sign(said, ours.public, badges.seconds(badge.completed_at), until)
        return f"{unsigned}.{badge_signing.in_base64(ours.sign(unsigned.encode()))}".encode()
    proof = badge_signing.proof_of(said, badge_signing.method(school.issuer, ours.public))
    whole = badge_signing.with_proof(said, proof, ours.sign(badge_signing.to_sign(said, proof)))
    return badge_signing.in_lines(whole)


def of_certificate(db: Database, data: Path, certificate: Held, school: School, form: Form) -> bytes:
    """The file of a certificate's badge. Raises CannotSign."""
    person = people.find(db, certificate.person_id)
    if person is None or certificate.correction:
        raise CannotSign(wording.CORRECTED)
    badge = Badge(
        grouped(certificate.code), certificate.name, person.email, certificate.course, certificate.title, certificate.at,
        certificate.valid_until and certificate.valid_until - timedelta(days=1),
    )  # fmt: skip
    head = certificate.head.head if certificate.head else ""
    words = Words(
        wording.description(certificate.title, school.name, certificate.lessons), wording.criteria(certificate), wording.narrative(head)
    )
    return signed(db, data, badge, school, words, form)


def published(db: Database, school: School) -> dict[str, Any]:
    """The school's public keys, those of before too, as whoever checks a badge looks for them."""
    return badge_signing.controller(school.issuer, [badge_signing.key_of(each.public_key) for each in signing_keys.every(db)])


def published_for_tokens(db: Database, school: School) -> dict[str, Any]:
    """The same keys, as whoever checks a token looks for them."""
    keys = [badge_signing.key_of(each.public_key) for each in signing_keys.every(db)]
    return {"keys": [badge_signing.public_jwk(school.issuer, each) for each in keys]}


def look_at(db: Database, content: bytes, person_id: int, own: School, today: date) -> Read:
    """What a badge says, once it is seen that it holds and may count for somebody. Nothing is changed. Raises NotTaken."""
    try:
        found = badge_reading.read(content)
        if not signing_key.fits(found.public, found.message, found.signature):
            raise Refused(Why.CHANGED)
    except Refused as fault:
        raise NotTaken(wording.REFUSED[fault.why]) from None
    claims, public = found.claims, badge_signing.key_text(found.public)
    if claims.school.address == own.address or public in {each.public_key for each in signing_keys.every(db)}:
        raise NotTaken(wording.OWN)
    if claims.done_on > today:
        raise NotTaken(wording.NOT_YET)
    if claims.expires_on and claims.expires_on < today:
        raise NotTaken(wording.expired(claims, today))
    return Read(
        claims, found.form, public, badge_signing.fingerprint(found.public),
        claims.is_of(erasure.named(db, person_id).emails), badges_read.of_issuer(db, claims.school.issuer),
    )


def count(
    db: Database, data: Path, person_id: int, course: str, content: bytes, own: School, *, confirmed: bool, by: int, now: datetime
) -> Certificate | None:
    """Count a badge as done elsewhere; None where it is counted already. `confirmed`: whoever does it says whose it is.

    The file is on the disk before anything names it. Raises NotTaken, NoSuchPerson, NoRoom, OSError.
    """
    if not _is_here(db, person_id):  # before a document of theirs is written
        raise people.NoSuchPerson
    read = look_at(db, content, person_id, own, calendar.local(now).date())
    if not read.is_theirs and not confirmed:
        raise NotTaken(wording.SAY_WHOSE)
    claims, kind = read.claims, KINDS[read.form]
    new = NewCertificate(
        person_id, course, claims.school.name, claims.title, claims.done_on, claims.expires_on, documents.keep(data, content), kind,
        called(f"badge.{kind}", kind), len(content),
    )  # fmt: skip
    with transaction(db):
        if not _is_here(db, person_id):  # what came after an erasure would stay for good
            raise people.NoSuchPerson
        if badges_read.counts_already(db, person_id, course, claims.id):
            return None
        entry = done_elsewhere.add(db, new, by=by, now=now)
        whose = "email" if read.is_theirs else "lead"
        badges_read.add(db, entry, BadgeRead(claims.id, claims.school.issuer, read.public_key, whose))
        return done_elsewhere.find(db, entry)


def _is_here(db: Database, person_id: int) -> bool:
    person = people.find(db, person_id)
    return person is not None and not person.erased_at
