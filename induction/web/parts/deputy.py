"""Who stands in for somebody's mentor at present, as they read it of themselves."""

from __future__ import annotations

from ...records.people import deputies, people
from ...records.people.person import Person
from ...wording.deputies import for_teachers
from ..site import db, today
from .write_to import blank_letter


def deputy(person: Person) -> tuple[str, str, str] | None:
    """In a sentence, with the deputy's first name and the address of a letter to them.

    None where nobody stands in, or they do so themselves.
    """
    found = deputies.of_mentor(db(), person.mentor_id, today()) if person.mentor_id else None
    mentor = people.find(db(), person.mentor_id) if found and person.mentor_id else None
    if found is None or mentor is None or found[0].id == person.id:
        return None
    who, until = found
    return for_teachers(who.name, mentor.name, until, today()), who.name.split()[0], blank_letter(who.email)
