"""What waits for a lead: each in a sentence, with the page where it is done. The overview and the week's letter tell of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from ..records.people import factor_resets, waiting_accounts
from ..records.progress import scenario_notes
from ..records.school import approved_accounts
from ..records.store.database import Database
from ..rules import account_approval
from ..rules.account_approval import Need
from ..rules.calendar import local
from ..wording import days_here as wording
from ..wording.notices import CourseState, courses_wait
from ..wording.overview import accounts_to_sign_off, notes_to_answer
from ..wording.providers import waiting
from ..wording.second_factor import reset_waits
from ..wording.vacancies import (
    contact_has_left,
    group_without_course,
    without_course,
    without_deputy,
    without_mentor,
    without_owner,
)
from . import away, leavers, vacancies
from .programme import Programme

FOLLOWS = "Say who follows"


class Waits(NamedTuple):
    words: str
    href: str = ""  # where it is done; empty where that is on the server
    link: str = ""


def what_waits(db: Database, programme: Programme, lead_id: int, now: datetime) -> list[Waits]:
    """The courses, places without anybody, and what colleagues wait for; each said once."""
    return [*courses_to_approve(programme), *of_people(db, programme, lead_id, now), *to_answer(db, programme, lead_id, now)]


def of_people(db: Database, programme: Programme, lead_id: int, now: datetime) -> list[Waits]:
    """Who leaves, where nobody is, and who has not been here for long, but for the lead who reads it."""
    return [*_leavers(db, now), *_places(db, programme, local(now).date()), *_away(db, programme, lead_id, now)]


def courses_to_approve(programme: Programme) -> Iterator[Waits]:
    waiting = [course for course in programme.courses if programme.course_state(course) is not CourseState.APPROVED]
    if words := courses_wait([(course.title, programme.course_state(course)) for course in waiting]):
        if len(waiting) == 1:
            yield Waits(words, f"/school/courses/{waiting[0].slug}", "Read it and approve it")
        else:
            yield Waits(words, "/school/courses", "Read them and approve them")


def _leavers(db: Database, now: datetime) -> Iterator[Waits]:
    """Which mentors leave, and nobody was named to follow; and a last lead whose account stays."""
    today = local(now).date()
    for each in leavers.mentors_who_leave(db, now):
        if each.open and each.person.ends:
            gone = each.plan.follower_name if each.plan else None
            words = f"{wording.leaves(each.person.name, each.person.ends, each.teachers, today)} {wording.nobody_follows(gone)}"
            yield Waits(words, f"/school/people/{each.person.id}/handover", FOLLOWS)
    for lead in leavers.leads_who_stay(db, now):
        if lead.ends:
            yield Waits(wording.last_lead_stays(lead.name, lead.ends, today), f"/school/people/{lead.id}", "Change the day")


def _away(db: Database, programme: Programme, lead_id: int, now: datetime) -> Iterator[Waits]:
    """Who has not been here for a term, and leads, mentors or has something left to do."""
    found = [each for each in away.for_a_term(db, programme.required, now) if each.id != lead_id]
    if found:
        words = wording.away_for_a_term([each.name for each in found], len(found))
        yield Waits(words, "/school/people?show=dormant", "See who")


def _places(db: Database, programme: Programme, today: date) -> Iterator[Waits]:
    """Where nobody is, or somebody who has left."""
    found = vacancies.find(db, programme.school.words, [course.slug for course in programme.by_name], today)
    alone = found.without_mentor
    if alone.count:
        yield Waits(without_mentor([each.name for each in alone.people], alone.count), "/school/people?show=no-mentor", FOLLOWS)
    for each in found.deputies:
        yield Waits(without_deputy(each.mentor_name, each.deputy_name or ""), f"/school/people/{each.mentor_id}/deputy", FOLLOWS)
    for person in found.without_course[:3]:
        yield Waits(without_course(person.name, person.course or ""), f"/school/people/{person.id}", "Choose their course")
    for group, course in found.groups[:3]:
        yield Waits(group_without_course(group.name, course), f"/school/people/groups/{group.id}", "Take it back, or leave it")
    for account in found.accounts if _uses_accounts(programme) else []:
        yield Waits(without_owner(account.latest.said.title), f"/school/policy/accounts/{account.id}", FOLLOWS)
    for word, name in found.contacts:
        yield Waits(contact_has_left(word, name), "/school/settings", FOLLOWS)


def to_answer(db: Database, programme: Programme, lead_id: int, now: datetime) -> Iterator[Waits]:
    for reset in factor_resets.waiting(db, lead_id, now):
        words = reset_waits(reset.name, reset.asked_by_name, reset.until, now)
        yield Waits(words, f"/school/people/{reset.person_id}#second-step", "Agree or refuse")
    if words := accounts_to_sign_off(approved_accounts.to_sign_off(db, lead_id) if _uses_accounts(programme) else 0):
        yield Waits(words, "/school/policy/accounts", "The accounts")
    if words := notes_to_answer(scenario_notes.count(db)[0]):
        yield Waits(words, "/school/notes", "Read and answer")
    if words := waiting(waiting_accounts.count(db)):
        yield Waits(words, "/school/sign-in/waiting", "See who")


def _uses_accounts(programme: Programme) -> bool:
    return account_approval.need(programme.library.facets.values(), programme.school) is Need.USED
