"""Everything held about one person, as they download it."""

from __future__ import annotations

from typing import Any

from . import retention
from .own_record_rows import (
    attempt_rows,
    certificate_row,
    completion_row,
    confidence_rows,
    conversation_row,
    deputy_row,
    entry_row,
    event_row,
    group_row,
    handover_row,
    note_row,
    own_certificate_row,
    person_row,
    signed_in_rows,
    way_in_row,
)
from .people import (
    calendar_addresses,
    deputies,
    handovers,
    history,
    people,
    second_factors,
    sign_in_events,
    sign_in_rules,
    staff_groups,
)
from .people.history import then
from .progress import (
    badges_read,
    certificates,
    completions,
    conversations,
    corrections,
    done_elsewhere,
    reminded,
    scenario_notes,
    shares,
    sign_offs,
)
from .school import holidays, reminder_choices, signing_keys
from .store import removals
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
        **_done_for_the_school(db, person_id),
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
    return {**_who(db, person), **_learnt(db, person.id), **_beside(db, person.id)}


def _who(db: Database, person: people.Person) -> dict[str, Any]:
    """Who somebody is and was, how they came in, and what was sent to them."""
    person_id = person.id
    return {
        "person": person_row(person, people.find(db, person.mentor_id) if person.mentor_id else None),
        "signed_in": signed_in_rows(db, person_id),
        "who_you_were": [entry_row(each) for each in history.entries(db, person_id)],
        "groups": [group_row(each) for each in staff_groups.told_of(db, person_id)],
        "deputies": [deputy_row(each) for each in deputies.told_of(db, person_id)],
        "handovers": [handover_row(each) for each in handovers.of_person(db, person_id)],
        "ways_in": [way_in_row(each) for each in history.ways_in(db, person_id)],
        "what_became_of_them": [event_row(each) for each in sign_in_events.of_person(db, person_id)],
        **second_factors.told_of(db, person_id),
        "form_that_waits": db.rows("select at from kept_forms where person = ?", [person_id]),
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
    }


def _learnt(db: Database, person_id: int) -> dict[str, Any]:
    """What somebody did for their induction, and what others said of that."""
    return {
        "completions": [completion_row(each) for each in completions.of_person(db, person_id)],
        "certificates": [own_certificate_row(each) for each in certificates.of_person(db, person_id)],
        "done_elsewhere": _elsewhere(db, person_id),
        "sign_offs": sign_offs.told(db, person_id),
        "corrections": corrections.told(db, person_id),
        "attempts": attempt_rows(db, person_id),
        "conversations": [conversation_row(each) for each in conversations.about(db, person_id)],
        "confidence": confidence_rows(db, person_id),
        "notes": [note_row(each) for each in scenario_notes.of_person(db, person_id)],
        "acknowledgements": [
            {**row, "counts": bool(row["counts"])}
            for row in db.rows(
                "select a.version as policy_version, a.sha256 as policy_sha256, a.typed_name, a.at, a.signed_on as signed_on_paper_on,"
                f" {then('name', 'a.recorded_by', 'a.at')} as recorded_by, v.text,"
                " exists (select 1 from acknowledgements_that_count where id = a.id) as counts from acknowledgements a"
                " join policy_versions v on v.version = a.version where a.person = ? order by a.version, a.id",
                [person_id],
            )
        ],
    }


def _beside(db: Database, person_id: int) -> dict[str, Any]:
    """What is kept beside it: reminders, what went, what is sealed, what was asked again."""
    return {
        "reminders_written_to_you": reminded.told_of(db, person_id),
        "calendar_addresses": calendar_addresses.told_of(db, person_id),
        "removed": removals.told(db, person_id),
        "head_kept": db.rows("select place, at from evidence_witnesses where person = ? order by id", [person_id]),
        "entries_of_evidence": db.rows(
            "select n, at, kind, lower(hex(head)) as head from evidence where person = ? order by n", [person_id]
        ),
        "asked_again": db.rows(
            "select course, lesson, scenarios, policy_version, at from asked_again where person = ? order by id", [person_id]
        ),
    }


def _elsewhere(db: Database, person_id: int) -> list[dict[str, Any]]:
    """What was done elsewhere; beside a badge, what was read in it."""
    read = badges_read.of_person(db, person_id)
    none = {"badge": None, "badge_signed_with": None, "badge_known_by": None}
    return [certificate_row(each) | read.get(each.id, none) for each in done_elsewhere.of_person(db, person_id)]


def _done_for_others(db: Database, person_id: int) -> dict[str, Any]:
    """What somebody did for another: as a mentor, or as a lead for one of them."""
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
        "sign_offs_given": sign_offs.given_by(db, person_id),
        "entries_of_others_corrected": corrections.made_by(db, person_id),
        "ways_in_of_others_changed": sign_in_events.done_by(db, person_id),
        "second_steps_to_be_reset": second_factors.resets_asked(db, person_id),
    }


def _done_for_the_school(db: Database, person_id: int) -> dict[str, Any]:
    """What somebody did as a lead, or for an account of the school."""
    return {
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
        "rules_of_signing_in_set": sign_in_rules.said_by(db, person_id),
        "keys_for_badges_made": signing_keys.made_by(db, person_id),
        "those_named_who_keep_the_head": db.rows(
            f"select w.place, {then('name', 'w.person', 'w.at')} as person, w.at from evidence_witnesses w"
            ' where w."by" = ? order by w.id',
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
