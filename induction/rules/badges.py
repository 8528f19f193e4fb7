"""A badge: what it says, as a credential of *Open Badges 3.0*, and what is read out of one that another school made."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from . import calendar, text

CONTEXT = ("https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json")
KEYS = "/certificates/key"  # where the site publishes its keys; the issuer of a badge is known by that address
_MOMENT = "%Y-%m-%dT%H:%M:%SZ"
LONGEST_ADDRESS = 300  # characters
LONGEST_NARRATIVE = 2000


@dataclass(frozen=True, slots=True)
class Badge:
    """What a badge says of a certificate. All of it stands on the certificate's page, but for the address of whom it is of."""

    code: str
    name: str  # of whom it is, as the certificate shows it
    email: str  # of whom it is: only a hash goes into the badge
    course: str
    title: str
    completed_at: datetime
    last_day: date | None  # on which it counts; None: it does not expire


@dataclass(frozen=True, slots=True)
class School:
    """Who makes it: the school's name, and the site's public address."""

    name: str
    address: str

    @property
    def issuer(self) -> str:
        return self.address + KEYS


@dataclass(frozen=True, slots=True)
class Words:
    """What a badge says in sentences."""

    description: str
    criteria: str  # what *completed* means
    narrative: str  # what is found at the certificate's address


@dataclass(frozen=True, slots=True)
class Claims:
    """What a badge of another school says."""

    id: str  # the address of its certificate
    school: School
    name: str
    email_hash: str
    salt: str
    course: str  # theirs, as their addresses call it
    title: str
    done_on: date
    expires_on: date | None
    criteria: str

    def is_of(self, emails: Collection[str]) -> bool:
        """Whether it was made for one of these addresses."""
        return any(email_hash(each, self.salt) == self.email_hash for each in emails)


def credential(badge: Badge, school: School, words: Words) -> dict[str, Any]:
    """The badge as a credential that is not signed yet."""
    page = f"{school.address}/certificates/{badge.code}"
    until = {"validUntil": moment(end_of(badge.last_day))} if badge.last_day else {}
    return {
        "@context": list(CONTEXT),
        "id": page,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": badge.title,
        "issuer": {"id": school.issuer, "type": ["Profile"], "name": school.name, "url": school.address},
        "validFrom": moment(badge.completed_at),
        **until,
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject", "identityType": "emailAddress", "hashed": True, "salt": badge.code,
                    "identityHash": email_hash(badge.email, badge.code),
                },
                {"type": "IdentityObject", "identityType": "name", "hashed": False, "identityHash": badge.name},
            ],
            "achievement": {
                "id": f"{school.address}/courses/{badge.course}/",
                "type": ["Achievement"],
                "achievementType": "CertificateOfCompletion",
                "name": badge.title,
                "description": words.description,
                "criteria": {"narrative": words.criteria},
                "inLanguage": "en-GB",
            },
        },
        "evidence": [{"id": page, "type": ["Evidence"], "name": "The certificate", "narrative": words.narrative}],
    }  # fmt: skip


def email_hash(email: str, salt: str) -> str:
    """As *Open Badges* says who somebody is: nobody learns the address by it who does not know it."""
    return "sha256$" + hashlib.sha256((email + salt).encode()).hexdigest()


def moment(at: datetime) -> str:
    """A moment as credentials write it, in whole seconds."""
    return at.astimezone(UTC).strftime(_MOMENT)


def seconds(at: datetime) -> int:
    """A moment as tokens write it."""
    return int(at.timestamp())


def end_of(day: date) -> datetime:
    """The last second of a day at the school."""
    after = datetime.combine(day + timedelta(days=1), time(), calendar.SCHOOL_TIME)
    return after.astimezone(UTC) - timedelta(seconds=1)


class NotOurs(Exception):
    """A credential that is no badge of this program."""


def claims(said: Mapping[str, Any]) -> Claims:
    """What a badge says that this program made, at whatever school. Raises NotOurs."""
    try:
        return _claims(said)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise NotOurs from None


def _claims(said: Mapping[str, Any]) -> Claims:
    issuer, subject = said["issuer"], said["credentialSubject"]
    by_email, by_name = subject["identifier"]
    achievement = subject["achievement"]
    school = School(_line(issuer["name"], text.LONGEST_NAME), _address(issuer["url"]))
    page, course = _address(said["id"]), _address(achievement["id"])
    courses = f"{school.address}/courses/"
    _check(
        said["@context"] == list(CONTEXT),
        said["type"] == ["VerifiableCredential", "OpenBadgeCredential"],
        issuer["id"] == school.issuer,
        page.startswith(f"{school.address}/certificates/"),
        course.startswith(courses) and course.endswith("/"),
        (by_email["identityType"], by_email["hashed"]) == ("emailAddress", True),
        (by_name["identityType"], by_name["hashed"]) == ("name", False),
        by_email["identityHash"].startswith("sha256$"),
    )
    done, until = read_moment(said["validFrom"]), said.get("validUntil")
    return Claims(
        page, school, _line(by_name["identityHash"], text.LONGEST_NAME), by_email["identityHash"], _line(by_email["salt"], 200),
        course.removeprefix(courses).rstrip("/"), _line(achievement["name"], text.LONGEST_LINE),
        calendar.local(done).date(), None if until is None else calendar.local(read_moment(until)).date(),
        text.lines(achievement["criteria"]["narrative"], LONGEST_NARRATIVE),
    )  # fmt: skip


def _check(*held: bool) -> None:
    if not all(held):
        raise NotOurs


def _line(said: Any, longest: int) -> str:
    """Words that can be kept, and shown."""
    found = text.line(said, longest)
    _check(bool(found))
    return found


def _address(said: Any) -> str:
    """An address that a page may show as a link."""
    found = _line(said, LONGEST_ADDRESS)
    _check(found == said, found.startswith(("https://", "http://")), found.isascii(), not set(found) & set(" \"'<>\\^`{|}#?@"))
    return found


def read_moment(said: Any) -> datetime:
    """A moment of a credential. Raises ValueError, TypeError."""
    found = datetime.strptime(said, _MOMENT).replace(tzinfo=UTC)
    _check(calendar.FIRST_YEAR <= found.year <= calendar.LAST_YEAR)
    return found
