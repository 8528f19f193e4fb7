"""What waits for a lead: each in a sentence, with the page where it is done. The overview and the week's letter tell of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ..records.progress import scenario_notes
from ..records.school import approved_accounts
from ..records.store.database import Database
from ..rules import account_approval
from ..rules.account_approval import Need
from ..wording.notices import CourseState, courses_wait
from ..wording.overview import accounts_to_sign_off, notes_to_answer
from ..wording.upkeep import facts_to_confirm
from ..wording.vacancies import contact_has_left, without_course, without_deputy, without_mentor, without_owner
from . import vacancies
from .programme import Programme

FOLLOWS = "Say who follows"


class Waits(NamedTuple):
    words: str
    href: str = ""  # where it is done; empty where that is on the server
    link: str = ""


def what_waits(db: Database, programme: Programme, lead_id: int, today: date) -> list[Waits]:
    """The courses, places without anybody, and what colleagues wait for; each said once."""
    return [*courses_to_approve(programme), *places(db, programme, today), *to_answer(db, programme, lead_id)]


def courses_to_approve(programme: Programme) -> Iterator[Waits]:
    waiting = [course for course in programme.courses if programme.course_state(course) is not CourseState.APPROVED]
    if words := courses_wait([(course.title, programme.course_state(course)) for course in waiting]):
        if len(waiting) == 1:
            yield Waits(words, f"/school/courses/{waiting[0].slug}", "Read it and approve it")
        else:
            yield Waits(words, "/school/courses", "Read them and approve them")


def places(db: Database, programme: Programme, today: date) -> Iterator[Waits]:
    """Where nobody is, or somebody who has left."""
    found = vacancies.find(db, programme.school.words, [course.slug for course in programme.by_name], today)
    alone = found.without_mentor
    if alone.count:
        yield Waits(without_mentor([each.name for each in alone.people], alone.count), "/school/people?show=no-mentor", FOLLOWS)
    for each in found.deputies:
        yield Waits(without_deputy(each.mentor_name, each.deputy_name or ""), f"/school/people/{each.mentor_id}/deputy", FOLLOWS)
    for person in found.without_course[:3]:
        yield Waits(without_course(person.name, person.course or ""), f"/school/people/{person.id}", "Choose their course")
    for account in found.accounts if _uses_accounts(programme) else []:
        yield Waits(without_owner(account.latest.said.title), f"/school/policy/accounts/{account.id}", FOLLOWS)
    for word, name in found.contacts:
        yield Waits(contact_has_left(word, name), "/school/settings", FOLLOWS)


def to_answer(db: Database, programme: Programme, lead_id: int) -> Iterator[Waits]:
    if words := accounts_to_sign_off(approved_accounts.to_sign_off(db, lead_id) if _uses_accounts(programme) else 0):
        yield Waits(words, "/school/policy/accounts", "The accounts")
    if words := notes_to_answer(scenario_notes.count(db)[0]):
        yield Waits(words, "/school/notes", "Read and answer")
    if words := facts_to_confirm(len(programme.facts_to_confirm())):
        yield Waits(words, "/school/courses#facts", "Look them up")


def _uses_accounts(programme: Programme) -> bool:
    return account_approval.need(programme.library.facets.values(), programme.school) is Need.USED
