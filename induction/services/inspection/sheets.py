"""What the pack holds as sheets: one file each, whole, with full digests and moments in UTC."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ...content.editions import fill
from ...content.model import Course, Lesson, Quiz
from ...records import exports
from ...records.people import people, staff_groups
from ...records.people.person import Person
from ...records.policy import acknowledgements, versions
from ...records.progress import certificates, conversations, corrections, sign_offs
from ...records.school import approved_accounts, course_approvals
from ...records.school.approved_accounts import Account
from ...records.store.database import Database
from ...rules import account_approval
from ...rules.account_approval import AccountStatus
from ...rules.certificate_codes import grouped
from ...wording import approved_accounts as accounts_in_words
from ...wording import pack as wording
from ..programme import Programme
from ..spreadsheet.csv_file import csv_text
from .standing import CourseStanding, PersonStanding


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file of rows. What it holds is said in `wording.pack.SHEETS`, by its name."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Mapping[str, Any]]


def as_csv(sheet: Sheet) -> str:
    return csv_text(sheet.columns, sheet.rows)


def of_people(db: Database, stood: Sequence[PersonStanding], day: date) -> list[Sheet]:
    """Everybody who was here, and what was asked of each, course by course."""
    mentors, groups = people.by_ids(db, {each.person.mentor_id for each in stood if each.person.mentor_id}), staff_groups.names(db)
    persons = [
        {
            "name": each.person.name, "email": each.person.email, "role": str(each.person.role),
            "mentor": mentors[each.person.mentor_id].name if each.person.mentor_id in mentors else "",
            "groups": "; ".join(groups.get(each.person.id, ())), "first_day": _day(each.person.starts),
            "last_day": _day(each.person.ends), "stood": str(each.stood), "due_on": _day(each.due),
            "why_exempt": each.why_exempt, "lessons_done": each.lessons_done, "lessons_asked": each.lessons,
            "policy_stood": str(each.policy or ""), "policy_version_read": each.read.version if each.read else "",
        }
        for each in stood
    ]  # fmt: skip
    courses = [_course_row(each, within) for each in stood for within in each.courses]
    return [Sheet("people", list(persons[0]) if persons else ["name"], persons), Sheet("people-by-course", _BY_COURSE, courses)]


_BY_COURSE = (
    "person_email", "person_name", "course", "course_title", "stood", "due_on", "completed_on", "round_began",
    "lessons_done", "lessons_asked", "done_elsewhere",
)


def _course_row(each: PersonStanding, within: CourseStanding) -> dict[str, Any]:
    return {
        "person_email": each.person.email, "person_name": each.person.name, "course": within.course.slug,
        "course_title": within.course.title, "stood": str(within.stood), "due_on": _day(within.due),
        "completed_on": _day(within.done_on), "round_began": _day(within.since), "lessons_done": within.lessons_done,
        "lessons_asked": within.lessons, "done_elsewhere": wording.elsewhere(within.elsewhere),
    }  # fmt: skip


def of_learning(db: Database, person: Person | None) -> list[Sheet]:
    """What was completed and acknowledged, of everybody or of one person."""
    person_id = person.id if person else None
    return [
        Sheet("completions", exports.COMPLETIONS, exports.completions(db, person_id=person_id)),
        Sheet("certificates", _CERTIFICATES, _certificates(db, person_id)),
        Sheet("done-elsewhere", exports.ELSEWHERE, exports.done_elsewhere(db, person_id=person_id)),
        Sheet("acknowledgements", acknowledgements.EXPORTED, acknowledgements.export(db, person_id)),
        Sheet("sign-offs", sign_offs.EXPORTED, sign_offs.export(db, person_id)),
        Sheet("corrections", corrections.EXPORTED, corrections.export(db, person_id)),
    ]


_CERTIFICATES = ("person_name", "course", "completed_at", "policy_version", "code", "completed_again_at")


def _certificates(db: Database, person_id: int | None) -> list[dict[str, Any]]:
    return [
        {
            "person_name": each.name, "course": each.course, "completed_at": _moment(each.completed_at),
            "policy_version": each.policy_version or "default", "code": grouped(each.code),
            "completed_again_at": _moment(each.superseded_at) if each.superseded_at else "",
        }
        for each in certificates.of_everybody(db)
        if person_id in (None, each.person_id)
    ]  # fmt: skip


def of_one_person(db: Database, person: Person, titles: Mapping[str, str]) -> list[Sheet]:
    """Who somebody was from when to when, and that conversations took place: never what was said, and no themes."""
    talks = [
        {"held_on": each.held_on.isoformat(), "with": each.mentor_name, "recorded_at": _moment(each.recorded_at)}
        for each in reversed(conversations.about(db, person.id))
    ]
    return [
        Sheet("who-they-were", exports.HISTORY, exports.history_of_people(db, titles, person_id=person.id)),
        Sheet("conversations", ("held_on", "with", "recorded_at"), talks),
    ]


def of_courses(db: Database, programme: Programme) -> list[Sheet]:
    """What is taught: lessons and scenarios by the SHA-256 of their words; and who approved the courses."""
    lessons: list[dict[str, Any]] = []
    scenarios: list[dict[str, Any]] = []
    for course, lesson in programme.lessons:
        quiz, words = course.quizzes.get(lesson.slug), programme.quiz_edition(course, lesson)
        lessons.append({
            "course": course.slug, "course_title": course.title, "course_sha256": programme.version(course), "lesson": lesson.slug,
            "lesson_title": lesson.title, "minutes": lesson.minutes or "", "lesson_reviewed": _day(lesson.reviewed),
            "lesson_sha256": programme.lesson_edition(course, lesson).sha256, "pass_mark": course.pass_mark if quiz else "",
            "scenarios_in_a_try": programme.scenarios_in_a_try(course, lesson), "scenarios_sha256": words.sha256 if words else "",
        })  # fmt: skip
        scenarios += _scenarios(programme, course, lesson, quiz) if quiz else []
    return [
        Sheet("lessons", list(lessons[0]) if lessons else ["lesson"], lessons),
        Sheet("scenarios", list(scenarios[0]) if scenarios else ["scenario"], scenarios),
        Sheet("approvals-of-courses", _APPROVALS, _approvals(db, programme)),
    ]


def _scenarios(programme: Programme, course: Course, lesson: Lesson, quiz: Quiz) -> list[dict[str, Any]]:
    aside, school = programme.put_aside(course, lesson), programme.school
    return [
        {
            "course": course.slug, "lesson": lesson.slug, "scenario": each.id,
            "scenario_title": fill.plain(each.title, school, programme.library),
            "themes": "; ".join(course.themes[theme].words for theme in each.themes if theme in course.themes),
            "scenario_sha256": programme.scenario_version(course, lesson, each.id) or "",
            "put_aside_since": _moment(aside[each.id].at) if each.id in aside else "",
        }
        for each in quiz.fitting(school)
    ]  # fmt: skip


_APPROVALS = ("course", "course_title", "course_sha256", "is_the_version_of_today", "approved_by", "signed_as", "approved_at")


def _approvals(db: Database, programme: Programme) -> list[dict[str, Any]]:
    return [
        {
            "course": course.slug, "course_title": course.title, "course_sha256": each.sha256,
            "is_the_version_of_today": "yes" if each.sha256 == programme.version(course) else "no",
            "approved_by": each.approved_by_name, "signed_as": each.typed_name, "approved_at": _moment(each.at),
        }
        for course in programme.courses
        for each in reversed(course_approvals.of_course(db, course.slug))
    ]  # fmt: skip


_VERSIONS = ("version", "published_at", "published_by", "asks_everybody_to_read_it", "note", "sha256", "file")
_STANCES = ("version", "facet", "question", "stance", "answer", "words_beside_it")


def of_policy(db: Database, programme: Programme) -> list[Sheet]:
    """Each version of the policy, and what each chose; its words lie beside, in files of their own."""
    published = list(reversed(versions.versions(db)))
    rows = [
        {
            "version": each.number, "published_at": _moment(each.at), "published_by": each.published_by_name or wording.COMMAND_LINE,
            "asks_everybody_to_read_it": "yes" if each.material and each.sha256 else "no", "note": each.note,
            "sha256": each.sha256 or "", "file": f"{policy_file(each.number)}.txt" if each.sha256 else "",
        }
        for each in published
    ]  # fmt: skip
    chosen = []
    for each in published:
        for choice in versions.chosen_with(db, each.number):
            facet = programme.library.facets.get(choice.facet)
            stance = facet.stance(choice.stance) if facet else None
            chosen.append({
                "version": each.number, "facet": choice.facet, "question": facet.ask if facet else "", "stance": choice.stance,
                "answer": stance.label if stance else "", "words_beside_it": choice.words,
            })  # fmt: skip
    return [Sheet("policy-versions", _VERSIONS, rows), Sheet("policy-choices", _STANCES, chosen)]


def policy_file(version: int) -> str:
    """Where the words of a version lie in the pack, without the ending."""
    return f"policy/version-{version}"


_ACCOUNTS = (
    "platform", "account", "stood", "why_not", "youngest", "minimum_age", "first_responsible", "second_responsible", "review_on",
    "written_by", "written_at", "second_signature_by", "signed_as", "signed_at",
)
_ANSWERS = ("platform", "account", "written_at", "written_by", "question", "answer")


def register(db: Database, programme: Programme, day: date) -> list[tuple[Account, AccountStatus]]:
    """The approved accounts, and how each stood on a day."""
    need = account_approval.need(programme.library.facets.values(), programme.school)
    return [(each, each.standing(need, day)) for each in approved_accounts.listing(db)]


def of_accounts(db: Database, accounts: Sequence[tuple[Account, AccountStatus]]) -> list[Sheet]:
    """The register as it stood, and each risk assessment that was ever written."""
    rows, answers = [], []
    for account, status in accounts:
        latest = account.latest
        rows.append({
            "platform": latest.said.platform, "account": latest.said.handle, "stood": accounts_in_words.in_a_word(status).lower(),
            "why_not": accounts_in_words.in_short(status), "youngest": latest.said.youngest, "minimum_age": latest.said.minimum_age,
            "first_responsible": latest.responsible[0].name, "second_responsible": latest.responsible[1].name,
            "review_on": latest.said.review_on.isoformat(), "written_by": latest.written_by_name, "written_at": _moment(latest.at),
            "second_signature_by": latest.signature.signed_by_name if latest.signature else "",
            "signed_as": latest.signature.typed_name if latest.signature else "",
            "signed_at": _moment(latest.signature.at) if latest.signature else "",
        })  # fmt: skip
        for each in reversed(approved_accounts.assessments(db, account.id)):
            answers += [
                {
                    "platform": each.said.platform, "account": each.said.handle, "written_at": _moment(each.at),
                    "written_by": each.written_by_name, "question": question.replace("_", " "), "answer": answer,
                }
                for question, answer in each.said.answers.items()
            ]  # fmt: skip
    return [Sheet("accounts", _ACCOUNTS, rows), Sheet("account-assessments", _ANSWERS, answers)]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%S}Z"
