"""Everything held about one person, as they download it."""

from __future__ import annotations

from typing import Any

from ..rules.deputies import Deputy
from ..rules.done_elsewhere import Certificate
from ..rules.handovers import Handover
from ..rules.openings import Opening
from ..rules.person_history import Entry, WayIn
from . import retention
from .exports import NOT_OPENED
from .people import calendar_addresses, deputies, handovers, history, people, staff_groups
from .people.history import then
from .progress import (
    attempts,
    completions,
    confidence,
    conversations,
    done_elsewhere,
    reminded,
    scenario_notes,
    scenarios_put_off,
    shares,
)
from .school import holidays, reminder_choices
from .store import removals
from .store.columns import moment_text
from .store.database import Database


def of_person(db: Database, person_id: int) -> dict[str, Any] | None:
    """Everything held about somebody, ready for JSON; None if there is nobody of that id.

    Secrets are left out, since they are kept as digests that tell nothing: password, tokens, marks. So are the
    texts of quizzes, named here by their SHA-256: they hold the judgements of scenarios still to come.
    """
    person = people.find(db, person_id)
    if person is None:
        return None
    return {
        **_own(db, person),
        **_done_for_others(db, person_id),
        "lesson_versions": _lesson_versions(db, person_id),
        "course_versions": db.rows(
            "select sha256, text from versions where kind = 'course' and sha256 in"
            " (select version from completions where person = ?) order by kept_at, sha256",
            [person_id],
        ),
    }


def _lesson_versions(db: Database, person_id: int) -> list[dict[str, Any]]:
    """The words of lessons: those whose page somebody opened, and those about which they were asked without that.

    `opened_at` is empty where the page was not opened in these words before something was sent from it; for tries from
    before that was kept, `openings_were_kept` is false. `text` is empty where the words changed while the page lay open.
    """
    rows = db.rows(
        "select m.course, m.lesson, m.version as sha256, min(o.at) as opened_at, min(m.asked_at) as asked_at,"
        " max(m.kept) as openings_were_kept, v.text from"
        " (select course, lesson, version, null as asked_at, 1 as kept from lessons_opened where person = :person"
        " union all select course, lesson, lesson_version, started_at, lesson_opened is not null from attempts where person = :person"
        " union all select c.course, c.lesson, c.version, null, c.lesson_opened is not null from completions c"
        " where c.person = :person and c.lesson <> '' and c.attempt is null) m"
        " left join lessons_opened o on o.person = :person and (o.course, o.lesson, o.version) = (m.course, m.lesson, m.version)"
        " left join versions v on v.sha256 = m.version where v.kind is not 'quiz'"
        " group by 1, 2, 3 order by ifnull(min(o.at), min(m.asked_at)), 1, 2",
        {"person": person_id},
    )
    return [{**row, "openings_were_kept": bool(row["openings_were_kept"])} for row in rows]


def _own(db: Database, person: people.Person) -> dict[str, Any]:
    """Somebody's own induction."""
    person_id = person.id
    return {
        "person": _person(person, people.find(db, person.mentor_id) if person.mentor_id else None),
        "signed_in": _signed_in(db, person_id),
        "who_you_were": [_entry(each) for each in history.entries(db, person_id)],
        "groups": [_group(each) for each in staff_groups.told_of(db, person_id)],
        "deputies": [_deputy(each) for each in deputies.told_of(db, person_id)],
        "handovers": [_handover(each) for each in handovers.of_person(db, person_id)],
        "ways_in": [_way_in(each) for each in history.ways_in(db, person_id)],
        "acts_of_leads_about_you": db.rows(
            f"select k.at, k.what, k.about, {then('name', 'k.by', 'k.at')} as \"by\""
            " from acts k where k.person = ? order by k.id",
            [person_id],
        ),
        "lists_brought_in": db.rows("select at, file, done is not null as is_done from imports where person = ? order by id", [person_id]),
        "links_sent": db.rows("select kind, expires_at from links where person = ? order by id", [person_id]),
        "letters": db.rows(
            "select written_at, kind, subject, email, state, done_at, said from letters where person = ? order by id", [person_id]
        ),
        "completions": [_completion(each) for each in completions.of_person(db, person_id)],
        "done_elsewhere": [_certificate(each) for each in done_elsewhere.of_person(db, person_id)],
        "attempts": _attempts(db, person_id),
        "conversations": [_conversation(each) for each in conversations.about(db, person_id)],
        "confidence": _confidences(db, person_id),
        "notes": [_note(each) for each in scenario_notes.of_person(db, person_id)],
        "acknowledgements": db.rows(
            "select a.version as policy_version, a.sha256 as policy_sha256, a.typed_name, a.at, a.signed_on as signed_on_paper_on,"
            f" {then('name', 'a.recorded_by', 'a.at')} as recorded_by, v.text from acknowledgements a"
            " join policy_versions v on v.version = a.version where a.person = ? order by a.version",
            [person_id],
        ),
        "reminders_written_to_you": reminded.told_of(db, person_id),
        "calendar_addresses": calendar_addresses.told_of(db, person_id),
        "removed": removals.told(db, person_id),
        "asked_again": db.rows(
            "select course, lesson, scenarios, policy_version, at from asked_again where person = ? order by id", [person_id]
        ),
    }


def _done_for_others(db: Database, person_id: int) -> dict[str, Any]:
    """What somebody did as a mentor or a lead, or for an account of the school."""
    return {
        "conversations_held_as_mentor": db.rows(
            f"select {then('name', 'c.teacher', 'c.recorded_at')} as teacher, c.held_on, c.recorded_at from conversations c"
            " where c.mentor = ? order by c.id",
            [person_id],
        ),
        "shared_with_them": shares.shared_with(db, person_id),
        "notes_answered_as_lead": scenario_notes.answered_by(db, person_id),
        "signatures_on_paper_recorded": db.rows(
            f"select {then('name', 'a.person', 'a.at')} as person, a.version as policy_version, a.signed_on, a.at"
            " from acknowledgements a where a.recorded_by = ? order by a.id",
            [person_id],
        ),
        "certificates_recorded_for_others": done_elsewhere.recorded_by(db, person_id),
        "courses_approved": db.rows(
            "select course, sha256, typed_name, at from approvals where approved_by = ? order by id", [person_id]
        ),
        "groups_and_courses_decided": staff_groups.decided_by(db, person_id),
        "other_acts_as_lead": db.rows(
            f"select k.at, k.what, k.about, {then('name', 'k.person', 'k.at')} as person"
            ' from acts k where k."by" = ? order by k.id',
            [person_id],
        ),
        "backups_said_to_lie_elsewhere": [
            {**row, "elsewhere": bool(row["elsewhere"])}
            for row in db.rows("select elsewhere, at from backups_elsewhere where said_by = ? order by id", [person_id])
        ],
        "lessons_read_to_approve_a_course": db.rows(
            "select course, lesson, sha256, at from lesson_readings where read_by = ? order by id", [person_id]
        ),
        "scenarios_put_aside_or_taken_back": db.rows(
            "select course, lesson, scenario, case aside when 1 then 'put aside' else 'taken back' end as what, why, at"
            ' from scenarios_aside where "by" = ? order by id',
            [person_id],
        ),
        "holidays_entered_or_taken_away": holidays.done_by(db, person_id),
        "reminders_chosen": reminder_choices.done_by(db, person_id),
        "risk_assessments_written_or_signed": db.rows(
            "select s.platform, s.handle, s.at as written_at, s.written_by = :person as written, g.at as signed_at,"
            " g.signed_by = :person as signed from assessments s left join assessment_signatures g on g.assessment = s.id"
            " where :person in (s.written_by, s.first_responsible, s.second_responsible, g.signed_by) order by s.id",
            {"person": person_id},
        ),
        "times_set_for_how_long_what_is_kept": retention.said_by(db, person_id),
        "records_erased": removals.erased_by(db, person_id),
        "policy_choices_made": db.rows(
            "select c.version, c.facet, c.stance, v.at from policy_choices c"
            " join policy_versions v on v.version = c.version where v.chosen_by = ? order by c.version, c.facet",
            [person_id],
        ),
    }


def _person(person: people.Person, mentor: people.Person | None) -> dict[str, Any]:
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


def _signed_in(db: Database, person_id: int) -> list[dict[str, Any]]:
    rows = db.rows("select device, started_at, last_used_at, own_phone from sessions where person = ? order by id", [person_id])
    return [{**row, "own_phone": bool(row["own_phone"])} for row in rows]


def _entry(each: Entry) -> dict[str, Any]:
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


def _deputy(each: Deputy) -> dict[str, Any]:
    return {
        "at": moment_text(each.at),
        "by": each.by_name,
        "mentor": each.mentor_name,
        "deputy": each.deputy_name,
        "from": each.begins.isoformat(),
        "until": each.ends and each.ends.isoformat(),
    }


def _handover(each: Handover) -> dict[str, Any]:
    return {"at": moment_text(each.at), "by": each.by_name, "mentor": each.mentor_name, "follower": each.follower_name}


def _way_in(each: WayIn) -> dict[str, Any]:
    return {
        "number": each.id,
        "at": moment_text(each.at),
        "by": each.by_name,
        "what": str(each.what),
        "through": each.through,  # the number of the link
        "browser": each.device,
    }


def _completion(each: completions.Completion) -> dict[str, Any]:
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
    }


def _certificate(each: Certificate) -> dict[str, Any]:
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


def _group(each: staff_groups.Said) -> dict[str, Any]:
    return {"group": each.name, "at": moment_text(each.at), "by": each.by_name, "belongs": each.so}


def _opened(opening: Opening | None) -> str | None:
    """When a lesson's page was opened, or that it was not; None where that was not kept yet."""
    if opening is None:
        return None
    return moment_text(opening.at) if opening.at else NOT_OPENED


def _attempts(db: Database, person_id: int) -> list[dict[str, Any]]:
    shared, postponed = shares.history_of_attempts(db, person_id), scenarios_put_off.of_person(db, person_id)
    return [
        {
            **_attempt(each),
            "shared": shared.get(each.id, []),
            "put_off": [
                {"scenario": one.scenario, "instead": one.instead, "at": moment_text(one.at)}
                for one in postponed.get(each.id, ())
            ],
        }
        for each in attempts.history(db, person_id, answers=True)
    ]


def _attempt(each: attempts.Attempt) -> dict[str, Any]:
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


def _conversation(each: conversations.Conversation) -> dict[str, Any]:
    return {
        "mentor": each.mentor_name,
        "held_on": each.held_on.isoformat(),
        "themes": list(each.themes),
        "recorded_at": moment_text(each.recorded_at),
    }


def _confidences(db: Database, person_id: int) -> list[dict[str, Any]]:
    shared = shares.history_of_confidence(db, person_id)
    return [_confidence(each, shared.get(each.course, [])) for each in confidence.of_person(db, person_id).values()]


def _confidence(each: confidence.Kept, shared: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "course": each.course,
        "shared": shared,
        "answers": {
            stage: {"at": moment_text(each.at[stage]), "of_five": dict(answers)} for stage, answers in each.said.items()
        },
    }


def _note(each: scenario_notes.Note) -> dict[str, Any]:
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
