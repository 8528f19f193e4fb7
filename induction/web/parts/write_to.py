"""Links that open somebody's own mail program with a letter in it (RFC 6068, 2010)."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import quote

from ...records.people.person import Person
from ...rules.induction import Induction
from ...wording import dates, letters
from ...wording.letters import Letter
from ..site import current_programme, site, today, viewer

LONGEST = 1900  # letters of an address: what every browser on Windows hands to a mail program


def blank_letter(email: str) -> str:
    """The address of a letter without words."""
    return f"mailto:{_email(email)}"


def write_to(letter: Letter, email: str) -> str:
    """The address of a letter to one person."""
    return f"{blank_letter(email)}?{_fields(letter)}"


def write_to_all(letter: Letter, emails: Collection[str]) -> list[str]:
    """The addresses of one letter to several people, all in blind copy: one, or as many as it takes to keep each short enough."""
    fields = _fields(letter)
    groups: list[list[str]] = []
    room = 0
    for each in map(_email, emails):
        room -= len(each) + 1
        if room < 0:
            groups.append([])
            room = LONGEST - len(f"mailto:?bcc=&{fields}") - len(each)
        groups[-1].append(each)
    return [f"mailto:?bcc={','.join(group)}&{fields}" for group in groups]


def remind(person: Person, induction: Induction) -> str:
    """The address of a letter to somebody on what is left of their induction; empty where nothing is, or they have left."""
    left = letters.what_is_left(induction)
    if not left or not person.active:
        return ""
    due = f"{dates.day(induction.due, today())}, {dates.from_now(induction.due, today())}" if induction.due else ""
    letter = letters.reminder(
        person.name.split()[0],
        current_programme().school.name,
        left,
        due,
        bool(induction.due and induction.due < today()),
        site().settings.address if person.can_sign_in else "",
        viewer().name,
    )
    return write_to(letter, person.email)


def remind_all(people: Collection[Person]) -> list[str]:
    """The addresses of one letter to all of them, each in blind copy: one, or several where they are many."""
    letter = letters.reminder_to_several(current_programme().school.name, site().settings.address, viewer().name)
    return write_to_all(letter, [person.email for person in people])


def _fields(letter: Letter) -> str:
    words = letter.words.replace("\n", "\r\n")
    return f"subject={quote(letter.subject, safe='')}&body={quote(words, safe='')}"


def _email(email: str) -> str:
    return quote(email, safe="@")
