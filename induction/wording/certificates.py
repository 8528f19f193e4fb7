"""What a certificate says, on its page and on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ..rules.certificate_codes import grouped
from ..rules.certificates import Certificate, State
from . import dates
from .evidence import in_groups
from .numbers import counted, in_figures
from .sentences import sentence

TITLE = "Certificate of induction"
NO_CONDUCT = "It says what somebody has learned about. It says nothing about how they have behaved or will behave, and is no reference."
HOW_TO_CHECK = (
    "Anyone can check this certificate at the address that it bears. What stands there is the school’s record as it is at that "
    "moment: where paper or a file says something else, it was changed."
)
LACKS = (
    "No typeface here has some signs of this text, so their numbers stand for them in brackets; the page at the address shows the signs:"
)
WHAT_IS_TRUE = (
    "This page is the school’s record as it is at this moment. Compare it with what you hold, word for word: where a paper or a PDF "
    "says something else, it was changed after it left here."
)
NOT_HERE = "Nothing is held under that code here"
WHY_NOT = (
    "Either the code has a slip in it, or there never was one like it, or it was held here once and is no longer: a record can be "
    "erased when its time is over or its person asks for it. Which of these it is, this page does not say, so that it tells of nobody."
)
HOW_TO_TYPE = "14 letters and figures. Small letters, spaces and hyphens are no matter; O counts as 0, and I and L as 1."
_NOT_IN_NAMES = str.maketrans(dict.fromkeys('<>:"/\\|?*', " "))
COLUMNS = ("person_name", "course", "completed_on", "policy_version", "valid_until", "state", "code", "address")
MOST_BYTES = 120  # of a person's name in that of a file
MUCH, A_SECOND = 200, 30  # certificates of a year from which on it takes a while; how many are made in a second


@dataclass(frozen=True, slots=True)
class Told:
    """A certificate in words; the same for its page and its PDF."""

    records: str  # *Wrenfield School records that*
    name: str
    has: str  # *has completed*
    title: str  # of the course
    how: str  # *: eight lessons, …*, which ends the sentence
    lessons: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]  # label and words
    code: str  # in groups
    head: str  # 64 hex digits in groups; empty where there is none
    entry: str  # *entry 1,204*
    means: str


def told(certificate: Certificate, school: str) -> Told:
    """All that a certificate says of its day."""
    return Told(
        records=sentence(f"{school} records that"),
        name=certificate.name,
        has="has completed again" if certificate.later_round else "has completed",
        title=certificate.title,
        how=_how(certificate),
        lessons=certificate.lessons,
        facts=(
            ("Completed", dates.in_full(certificate.day)),
            _policy(certificate),
            ("Valid until", dates.short_in_full(certificate.valid_until) if certificate.valid_until else "no end is set"),
        ),
        code=grouped(certificate.code),
        head=in_groups(certificate.head.head) if certificate.head else "",
        entry=f"entry {certificate.head.number:,}" if certificate.head else "",
        means=means(certificate),
    )


def _how(certificate: Certificate) -> str:
    lessons = f": {counted(len(certificate.lessons), 'lesson')}" if certificate.lessons else ""
    policy = "has acknowledged the school’s policy" if certificate.acknowledged else ""
    return (f"{lessons}, and {policy}" if lessons and policy else lessons or (policy and f", and {policy}")) + "."


def _policy(certificate: Certificate) -> tuple[str, str]:
    label = "Policy acknowledged" if certificate.acknowledged else "Policy in force"
    if not certificate.policy:
        return label, "the cautious rules, before the school had one"
    day = f", {dates.short_in_full(certificate.policy_day)}" if certificate.policy_day else ""
    return label, f"version {certificate.policy}{day}"


def means(certificate: Certificate) -> str:
    """What *completed* means here."""
    words = (
        "Completed means that the scenarios of each lesson were passed by the school’s policy, in as many tries as it took; a "
        "lesson without scenarios was read."
    )
    return f"{words} The policy was read, and acknowledged by name." if certificate.acknowledged else words


def stands(certificate: Certificate, today: date) -> tuple[str, str]:
    """How it stands on a day: a few words, and a sentence."""
    state = certificate.state(today)
    if state is State.CORRECTED and certificate.correction:
        on = dates.short_in_full(certificate.correction.on)
        return "Corrected", f"The school corrected this on {on}: {certificate.correction.words}"
    if state is State.SUPERSEDED and certificate.superseded_on:
        on = dates.short_in_full(certificate.superseded_on)
        return "Superseded", f"The same course was completed again on {on}. There is a later certificate, with a code of its own."
    if state is State.EXPIRED and certificate.valid_until:
        on = dates.short_in_full(certificate.valid_until)
        return "Expired", f"It was valid until {on}, when the course came round again."
    return "This is genuine", f"The code is that of our record of {dates.in_full(certificate.day)}."


def in_a_list(certificate: Certificate, today: date) -> str:
    """*4 December 2026 · valid until 1 September 2027*, or what has become of it."""
    day, state = dates.short_in_full(certificate.day), certificate.state(today)
    if state is State.HOLDS:
        return f"{day} · valid until {dates.short_in_full(certificate.valid_until)}" if certificate.valid_until else day
    return f"{day} · {state.value}"


def how_many(count: int) -> str:
    """*214 certificates, about 6 seconds*."""
    words = in_figures(count, "certificate")
    return f"{words}, about {round(count / A_SECOND)} seconds" if count > MUCH else words


def downloaded(year: int | None) -> str:
    """What a lead has downloaded, in the log of acts."""
    return f"the certificates of {year}" if year else "all certificates"


def file_name(certificate: Certificate) -> str:
    """*2026-12-04 Tess Okafor, professional-boundaries-online, 7K4M2-29QX-AB3CD.pdf*, which every system can write."""
    called = " ".join(certificate.name.translate(_NOT_IN_NAMES).encode()[:MOST_BYTES].decode(errors="ignore").split())
    return f"{certificate.day.isoformat()} {called}, {certificate.course}, {grouped(certificate.code)}.pdf"


def in_sheet(certificates: Sequence[tuple[Certificate, str]], today: date) -> list[dict[str, str]]:
    """A row for each, with its address: what lies beside the PDFs."""
    return [
        {
            "person_name": each.name,
            "course": each.title,
            "completed_on": each.day.isoformat(),
            "policy_version": str(each.policy) if each.policy else "default",
            "valid_until": each.valid_until.isoformat() if each.valid_until else "",
            "state": each.state(today).value,
            "code": grouped(each.code),
            "address": address,
        }
        for each, address in certificates
    ]
