"""Badges, in words: what they say of somebody, what a signature proves, and why one is not taken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from ..rules.badge_reading import Why
from ..rules.badge_signing import fingerprint, key_of
from ..rules.badges import Claims
from ..rules.certificates import Certificate
from . import certificates, dates


def description(title: str, school: str, lessons: Sequence[str]) -> str:
    words = f"The course “{title}”, with which {school} prepares its staff for professional boundaries online."
    return f"{words} Lessons: {'; '.join(lessons)}." if lessons else words


def criteria(certificate: Certificate) -> str:
    """What *completed* means, as the certificate says it, and what it does not."""
    return f"{certificates.means(certificate)} {certificates.NO_CONDUCT}"


def narrative(head: str) -> str:
    """What is found at the certificate's address, and the head of the school's chain of evidence on that day."""
    words = "The page at this address says whether the certificate still stands, or has expired, or was followed by another."
    return f"{words} Head of the school’s chain of evidence when it was made: {head}" if head else words


def made(by_name: str | None, at: datetime, today: date) -> str:
    """By whom and when a key was made."""
    return f"Made by {by_name or 'the site itself, at its first start'}, {dates.day_and_clock(at, today)}"


TOO_LARGE = "The file is larger than 100 kB, and no badge is. Choose the file of the badge, which ends in .json or .jwt."
REFUSED = {
    Why.EMPTY: "The file is empty. Choose the badge again.",
    Why.LARGE: TOO_LARGE,
    Why.NO_BADGE: (
        "The file is no badge. A badge is the file that ends in .json or .jwt; a certificate as a PDF or a picture is recorded without it."
    ),
    Why.DAMAGED: "The file is damaged: it can’t be read as a badge. Ask for it to be downloaded and sent again, as a file and not as text.",
    Why.NOT_OURS: (
        "The badge was not made by this program at another school, so it can’t be checked here. If it is a certificate of another"
        " provider, record it with the certificate itself."
    ),
    Why.CHANGED: (
        "The badge was changed after it was signed, or its signature is another’s. It is not taken, and nothing was recorded. Ask"
        " the school that made it."
    ),
}
NO_FILE = "Choose the file of the badge, which ends in .json or .jwt."
OWN = "This badge was made by this site. What was done here counts here already, so there is nothing to record."
KEPT_ALREADY = "This badge was recorded before, and counts. Nothing more was changed."
NOT_YET = "It says that it was earned on a day that is still to come. Look at this server’s clock, or ask the school that made it."
SAY_WHOSE = "Say whether the badge is theirs: tick this once you have looked."
CHOOSE = "Choose the course for which it counts."


def expired(claims: Claims, today: date) -> str:
    assert claims.expires_on is not None
    return (
        f"The badge counted until {dates.short_day(claims.expires_on, today)}, and counts no more. Nothing was recorded;"
        " the course has to be done again."
    )


def whose(claims: Claims, name: str, fits: bool) -> str:
    """Whether it is theirs, as far as that can be seen."""
    if fits:
        return f"It was made for an email address that {name} has, or had, here. So it is theirs."
    same = "the same name" if claims.name.casefold() == name.casefold() else "another name than here"
    return (
        f"It was made for {claims.name}: {same}. The email address that it was made for is none that {name} has or had here, as is usual"
        f" with a badge of another school; so whether {claims.name} is the {name} of your school is for you to say."
    )


def facts(claims: Claims) -> list[tuple[str, str]]:
    """What a badge says, line by line."""
    until = f"{dates.short_in_full(claims.expires_on + timedelta(days=1))}, and not on that day" if claims.expires_on else "no end is set"
    return [
        ("Name", claims.name), ("Course", claims.title), ("School", claims.school.name),
        ("Completed", dates.in_full(claims.done_on)), ("Valid until", until),
    ]


PROVES = (
    "This file was not changed since the holder of the key below signed it. Who holds that key, the file can’t prove: anybody may"
    " make a key, and write a school’s name beside it."
)


def see_for_yourself(claims: Claims) -> str:
    return (
        f"Open the certificate’s page at {claims.school.name}, and see that the address is theirs and the details are the same. The page"
        " shows the key as well; it is these groups."
    )


def known_key(earlier: list[str], now: str) -> str:
    """What badges of the same address that were read before say of the key; empty where there were none."""
    if not earlier:
        return ""
    if now in earlier:
        return "Badges of this address that were recorded here before were signed with the same key."
    groups = ", or ".join(fingerprint(key_of(each)) for each in earlier)
    return (
        f"Badges of this address that were recorded here before were signed with another key: {groups}. A school may make a new key;"
        " ask it whether it has, before you record this."
    )


CORRECTED = "The school has corrected this certificate since, so no badge is made of it. Its page says what is so."
NO_ADDRESS = (
    "This site has no public address yet (INDUCTION_URL), so a badge made now names an address that nobody can reach from elsewhere:"
    " its signature can be checked, its page can’t. Badges can be downloaded again once there is one."
)
MISSING = (
    "The key with which this school signs badges is not where it should be (the file signing-key in the data folder), so no badge can be"
    " made. A backup has it. If it is gone for good, make a new key: badges can then be downloaded again, signed with that. Those that"
    " were signed with the old one can still be checked, since its public half stays published, and by the certificate’s page."
)
DAMAGED = (
    "The file with the key with which this school signs badges is damaged (signing-key in the data folder), so no badge can be made. A"
    " backup has it whole. If not, make a new key: badges can then be downloaded again, signed with that. Those that were signed with"
    " the old one can still be checked, since its public half stays published, and by the certificate’s page."
)
ANOTHER = (
    "The file signing-key in the data folder holds a key that this school has never published, perhaps another school’s. No badge is"
    " signed with it. Put the right one back out of a backup, or make a new key."
)
NEW_KEY = "There is a new key. Badges that are downloaded from now on are signed with it; those of before can still be checked."
KEY_WELL = "The key with which this school signs badges is where it should be."
KEY_DO = "A new key is made under Evidence, Badges."
NOT_WRITTEN = "The new key could not be kept on the server. The key before it still signs; tell whoever looks after the server."
FOR_OTHERS = "No badge can be made at the moment. The certificate’s page and its PDF are as good. Your lead can mend this."
