"""What waits for a lead: each in a sentence, with the page where it is done. It stands on the overview alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ...records.progress import scenario_notes
from ...records.school import approved_accounts
from ...rules import account_approval
from ...rules.account_approval import Need
from ...services import away, leavers, vacancies
from ...services.programme import Programme
from ...wording import days_here as wording
from ...wording.notices import CourseState, courses_wait
from ...wording.overview import accounts_to_sign_off, notes_to_answer
from ...wording.upkeep import facts_to_confirm
from ...wording.vacancies import contact_has_left, without_course, without_deputy, without_mentor, without_owner
from ..site import db, now, site, today, viewer
from . import upkeep

FOLLOWS = "Say who follows"


class Reminder(NamedTuple):
    words: str
    href: str = ""  # where it is done; empty where that is on the server
    link: str = ""


def reminders(programme: Programme, courses_listed: bool) -> list[Reminder]:
    """The courses, places without anybody, what colleagues wait for, the site itself; each said once.

    `courses_listed`: the checklist says already how the courses stand.
    """
    courses = [] if courses_listed else _to_approve(programme)
    of_people = [*_leavers(), *_vacancies(programme), *_away(programme)]
    return [*courses, *of_people, *_to_answer(programme), *_own_content(), *_health()]


def _to_approve(programme: Programme) -> Iterator[Reminder]:
    waiting = [course for course in programme.courses if programme.course_state(course) is not CourseState.APPROVED]
    if words := courses_wait([(course.title, programme.course_state(course)) for course in waiting]):
        if len(waiting) == 1:
            yield Reminder(words, f"/school/courses/{waiting[0].slug}", "Read it and approve it")
        else:
            yield Reminder(words, "/school/courses", "Read them and approve them")


def _leavers() -> Iterator[Reminder]:
    """Which mentors leave, and nobody was named to follow; and a last lead whose account stays."""
    for each in leavers.mentors_who_leave(db(), now()):
        if each.open and each.person.ends:
            gone = each.plan.follower_name if each.plan else None
            words = f"{wording.leaves(each.person.name, each.person.ends, each.teachers, today())} {wording.nobody_follows(gone)}"
            yield Reminder(words, f"/school/people/{each.person.id}/handover", FOLLOWS)
    for lead in leavers.leads_who_stay(db(), now()):
        if lead.ends:
            yield Reminder(wording.last_lead_stays(lead.name, lead.ends, today()), f"/school/people/{lead.id}", "Change the day")


def _away(programme: Programme) -> Iterator[Reminder]:
    """Who has not been here for a term, and leads, mentors or has something left to do."""
    found = away.for_a_term(db(), programme.required, now())
    if found:
        words = wording.away_for_a_term([each.name for each in found], len(found))
        yield Reminder(words, "/school/people?show=dormant", "See who")


def _vacancies(programme: Programme) -> Iterator[Reminder]:
    """Where nobody is, or somebody who has left."""
    found = vacancies.find(db(), programme.school.words, [course.slug for course in programme.by_name], today())
    alone = found.without_mentor
    if alone.count:
        yield Reminder(without_mentor([each.name for each in alone.people], alone.count), "/school/people?show=no-mentor", FOLLOWS)
    for each in found.deputies:
        yield Reminder(without_deputy(each.mentor_name, each.deputy_name or ""), f"/school/people/{each.mentor_id}/deputy", FOLLOWS)
    for person in found.without_course[:3]:
        yield Reminder(without_course(person.name, person.course or ""), f"/school/people/{person.id}", "Choose their course")
    for account in found.accounts if _uses_accounts(programme) else []:
        yield Reminder(without_owner(account.latest.said.title), f"/school/policy/accounts/{account.id}", FOLLOWS)
    for word, name in found.contacts:
        yield Reminder(contact_has_left(word, name), "/school/settings", FOLLOWS)


def _to_answer(programme: Programme) -> Iterator[Reminder]:
    if words := accounts_to_sign_off(approved_accounts.to_sign_off(db(), viewer().id) if _uses_accounts(programme) else 0):
        yield Reminder(words, "/school/policy/accounts", "The accounts")
    if words := notes_to_answer(scenario_notes.count(db())[0]):
        yield Reminder(words, "/school/notes", "Read and answer")
    if words := facts_to_confirm(len(programme.facts_to_confirm())):
        yield Reminder(words, "/school/courses#facts", "Look them up")


def _uses_accounts(programme: Programme) -> bool:
    return account_approval.need(programme.library.facets.values(), programme.school) is Need.USED


def _health() -> Iterator[Reminder]:
    for words in upkeep.notices():
        yield Reminder(words, upkeep.HERE, "Health")


def _own_content() -> Iterator[Reminder]:
    """The school's own content where it does not pass, and copies that have fallen behind."""
    if faults := site().shelf.problems:
        first = faults[0]
        more = f" There are {len(faults) - 1} more; induction check lists them." if len(faults) > 1 else ""
        yield Reminder(
            "The school’s own content does not pass the check, so what passed it last is taught. "
            f"{first.path}, line {first.line}: {first.message}.{more}"
        )
    for changed in site().shelf.changed:
        yield Reminder(f"{changed.path}: {changed.message}.")
