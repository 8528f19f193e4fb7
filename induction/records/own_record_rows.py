"""Each thing in somebody's record as plain data, as it is downloaded."""

from __future__ import annotations

from typing import Any

from ..rules.certificate_codes import grouped
from ..rules.deputies import Deputy
from ..rules.done_elsewhere import Certificate
from ..rules.handovers import Handover
from ..rules.openings import Opening
from ..rules.person_history import Entry, WayIn
from ..rules.sign_in_events import ToldEvent
from .exports import NOT_OPENED
from .people import people, staff_groups
from .progress import (
    attempts,
    certificates,
    completions,
    confidence,
    conversations,
    scenario_notes,
    scenarios_put_off,
    shares,
)
from .store.columns import moment_text
from .store.database import Database


def person_row(person: people.Person, mentor: people.Person | None) -> dict[str, Any]:
    return {
        "name": person.name,
        "email": person.email,
        "role": str(person.role),
        "mentor": mentor.name if mentor else None,
        "due": person.due and person.due.isoformat(),
        "course": person.course,
        "starts": person.starts and person.starts.isoformat(),
        "ends": person.ends and person.ends.isoformat(),
        "active": person.active,
        "has_password": person.has_password,
        "added_at": moment_text(person.created_at),
        "last_seen_at": person.last_seen_at and moment_text(person.last_seen_at),
    }


def signed_in_rows(db: Database, person_id: int) -> list[dict[str, Any]]:
    rows = db.rows("select device, started_at, last_used_at, own_phone, way from sessions where person = ? order by id", [person_id])
    return [{**row, "own_phone": bool(row["own_phone"])} for row in rows]


def entry_row(each: Entry) -> dict[str, Any]:
    return {
        "at": moment_text(each.at),
        "by": each.by_name,
        "by_itself": each.by_itself,
        "what": str(each.what),
        "name": each.name,
        "email": each.email,
        "role": str(each.role),
        "mentor": each.mentor_name,
        "due": each.due and each.due.isoformat(),
        "course": each.course,
        "starts": each.starts and each.starts.isoformat(),
        "ends": each.ends and each.ends.isoformat(),
        "active": each.active,
    }


def deputy_row(each: Deputy) -> dict[str, Any]:
    return {
        "at": moment_text(each.at),
        "by": each.by_name,
        "mentor": each.mentor_name,
        "deputy": each.deputy_name,
        "from": each.begins.isoformat(),
        "until": each.ends and each.ends.isoformat(),
    }


def handover_row(each: Handover) -> dict[str, Any]:
    return {"at": moment_text(each.at), "by": each.by_name, "mentor": each.mentor_name, "follower": each.follower_name}


def way_in_row(each: WayIn) -> dict[str, Any]:
    return {
        "number": each.id,
        "at": moment_text(each.at),
        "by": each.by_name,
        "what": str(each.what),
        "through": each.through,  # the number of the link
        "browser": each.device,
    }


def event_row(each: ToldEvent) -> dict[str, Any]:
    return {
        "at": moment_text(each.at), "what": str(each.what), "by": each.by_name, "about": each.about, "browser": each.device,
    }  # fmt: skip


def completion_row(each: completions.Completion) -> dict[str, Any]:
    return {
        "course": each.course,
        "lesson": each.lesson,
        "completed_at": moment_text(each.completed_at),
        "mark": each.percent,
        "pass_mark": each.pass_mark,
        "attempts": each.attempts,
        "lesson_opened_at": _opened(each.opening),
        "version": each.version,
        "policy_version": each.policy_version,
        "round": each.round and each.round.isoformat(),
        "counts": each.counts,
    }


def certificate_row(each: Certificate) -> dict[str, Any]:
    return {
        "course": each.course,
        "provider": each.provider,
        "title": each.title,
        "done_on": each.done_on.isoformat(),
        "expires_on": each.expires_on and each.expires_on.isoformat(),
        "file": each.file,
        "file_sha256": each.document,
        "recorded_by": each.by_name,
        "at": moment_text(each.at),
        "taken_back_at": each.taken_back_at and moment_text(each.taken_back_at),
        "taken_back_by": each.taken_back_by_name,
        "why": each.why,
    }


def own_certificate_row(each: certificates.Kept) -> dict[str, Any]:
    return {"course": each.course, "name": each.name, "completed_at": moment_text(each.completed_at), "code": grouped(each.code)}


def group_row(each: staff_groups.Said) -> dict[str, Any]:
    return {"group": each.name, "at": moment_text(each.at), "by": each.by_name, "belongs": each.so}


def _opened(opening: Opening | None) -> str | None:
    """When a lesson's page was opened, or that it was not; None where that was not kept yet."""
    if opening is None:
        return None
    return moment_text(opening.at) if opening.at else NOT_OPENED


def attempt_rows(db: Database, person_id: int) -> list[dict[str, Any]]:
    shared, postponed = shares.history_of_attempts(db, person_id), scenarios_put_off.of_person(db, person_id)
    return [
        {
            **attempt_row(each),
            "shared": shared.get(each.id, []),
            "put_off": [
                {"scenario": one.scenario, "instead": one.instead, "at": moment_text(one.at)}
                for one in postponed.get(each.id, ())
            ],
        }
        for each in attempts.history(db, person_id, answers=True)
    ]


def attempt_row(each: attempts.Attempt) -> dict[str, Any]:
    return {
        "course": each.course,
        "lesson": each.lesson,
        "started_at": moment_text(each.started_at),
        "finished_at": each.finished_at and moment_text(each.finished_at),
        "scenarios": list(each.drawn),
        "mark": each.percent,
        "pass_mark": each.pass_mark,
        "scenarios_with_a_line_crossed": each.breaches,
        "passed": each.passed,
        "lesson_opened_at": _opened(each.opening),
        "quiz_version": each.quiz_version,
        "lesson_version": each.lesson_version,
        "policy_version": each.policy_version,
        "answers": [
            {
                "step": answer.step,
                "scenario": answer.scenario,
                "scene": answer.scene,
                "options": list(answer.chosen),
                "judged": str(answer.rating),
                "at": moment_text(answer.at),
            }
            for answer in each.answers
        ],
    }


def conversation_row(each: conversations.Conversation) -> dict[str, Any]:
    return {
        "mentor": each.mentor_name,
        "held_on": each.held_on.isoformat(),
        "themes": list(each.themes),
        "recorded_at": moment_text(each.recorded_at),
    }


def confidence_rows(db: Database, person_id: int) -> list[dict[str, Any]]:
    shared = shares.history_of_confidence(db, person_id)
    return [confidence_row(each, shared.get(each.course, [])) for each in confidence.of_person(db, person_id).values()]


def confidence_row(each: confidence.Kept, shared: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "course": each.course,
        "shared": shared,
        "answers": {
            stage: {"at": moment_text(each.at[stage]), "of_five": dict(answers)} for stage, answers in each.said.items()
        },
    }


def note_row(each: scenario_notes.Note) -> dict[str, Any]:
    return {
        "course": each.course,
        "lesson": each.lesson,
        "scenario": each.scenario,
        "quiz_version": each.quiz_version,
        "words": each.words,
        "at": moment_text(each.at),
        "answer": each.answer and each.answer.words,
        "answered_by": each.answer and each.answer.by_name,
        "answered_at": each.answer and moment_text(each.answer.at),
    }
