"""What leaves the building as sheets: completions, people, and who everybody was."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from ..rules.calendar import midnight
from ..rules.email_address import as_typed
from ..wording.history import told
from .people import corrected, deputies, history, sign_in_events, staff_groups
from .people.history import then
from .store.columns import moment_text
from .store.database import Database

COMPLETIONS = (
    "person_email", "person_name", "course", "lesson", "completed_at", "mark", "pass_mark", "attempts",
    "content_sha256", "policy_version", "lesson_opened_at", "first_answer_at", "round", *corrected.EXPORTED,
)
NOT_OPENED = "not opened"
HISTORY = ("person_email", "person_name", "at", "what", "by", "words")
ELSEWHERE = (
    "person_email", "person_name", "counts_for_course", "provider", "title", "done_on", "expires_on", "file_sha256",
    "recorded_at", "recorded_by", "taken_back_at", "taken_back_why",
)
PEOPLE = ("name", "email", "role", "mentor", "due", "start", "end", "groups")


def completions(
    db: Database, email: str | None = None, as_at: date | None = None, *, person_id: int | None = None
) -> list[dict[str, Any]]:
    """One row for each person, lesson, version of the words and round; the columns are promised in the README.

    Name and email are those of the day. What does not count any more is there too, and says so. Of one person, by
    their number or by any email that they have or had (which somebody else may have had before), or as it stood at the end of
    a day in the school's time, where that is asked.
    """
    end = midnight(as_at + timedelta(days=1)) if as_at else None
    return db.rows(
        f"select {then('email', 'c.person', 'c.completed_at')} as person_email,"
        f" {then('name', 'c.person', 'c.completed_at')} as person_name, c.course, c.lesson,"
        " substr(c.completed_at, 1, 19) || 'Z' as completed_at, c.percent as mark, c.pass_mark, c.attempts,"
        " c.version as content_sha256, iif(c.policy_version, cast(c.policy_version as text), 'default')"
        " as policy_version, case c.lesson_opened when 'no' then :not_opened else substr(c.lesson_opened, 1, 19) || 'Z' end"
        " as lesson_opened_at, (select substr(min(at), 1, 19) || 'Z' from answers where attempt = c.attempt) as first_answer_at,"
        f" c.round, {corrected.exported('k.completion = c.id', ':before')}"
        " from completions c"
        " where (:email is null or c.person in (select person from people_history where email = :email))"
        " and (:before is null or c.completed_at < :before) and (:person is null or c.person = :person)"
        " order by c.id",
        {"person": person_id, "email": email and as_typed(email), "before": end and moment_text(end), "not_opened": NOT_OPENED},
    )


def history_of_people(
    db: Database, titles: Mapping[str, str], email: str | None = None, *, person_id: int | None = None
) -> list[dict[str, Any]]:
    """Who everybody was and how they came in, person by person and from the oldest; each with the name of that moment.

    `titles` are those of the courses, by name. Of one person, by their number or by any email that they have or had,
    where that is asked.
    """
    found = []
    for row in db.rows(
        "select id from people where (:email is null or id in (select person from people_history where email = :email))"
        " and (:person is null or id = :person) order by sort_name, id",
        {"email": email and as_typed(email), "person": person_id},
    ):
        entries, ways = history.entries(db, row["id"]), history.ways_in(db, row["id"])
        events = sign_in_events.of_person(db, row["id"])
        for each in reversed(told(entries, ways, deputies.told_of(db, row["id"]), titles, date.min, events)):
            of_then = [entry for entry in entries if entry.at <= each.at][-1:] or entries[:1]
            found.append({
                "person_email": of_then[0].email,
                "person_name": of_then[0].name,
                "at": f"{moment_text(each.at)[:19]}Z",
                "what": str(each.what),
                "by": each.by,
                "words": each.words,
            })
    return found


def done_elsewhere(db: Database, email: str | None = None, *, person_id: int | None = None) -> list[dict[str, Any]]:
    """One row for each certificate of another provider, taken back or not; of one person, by their number or by any email that
    they have or had.
    """
    return db.rows(
        f"select {then('email', 'd.person', 'd.at')} as person_email, {then('name', 'd.person', 'd.at')} as person_name,"
        " d.course as counts_for_course, d.provider, d.title, d.done_on, ifnull(d.expires_on, '') as expires_on,"
        " d.document as file_sha256, substr(d.at, 1, 19) || 'Z' as recorded_at,"
        f" ifnull({then('name', 'd.by', 'd.at')}, '') as recorded_by,"
        " ifnull(substr(b.at, 1, 19) || 'Z', '') as taken_back_at, ifnull(b.why, '') as taken_back_why"
        " from done_elsewhere d left join done_elsewhere_taken_back b on b.entry = d.id"
        " where (:email is null or d.person in (select person from people_history where email = :email))"
        " and (:person is null or d.person = :person) order by d.id",
        {"email": email and as_typed(email), "person": person_id},
    )


def everyone(db: Database) -> list[dict[str, Any]]:
    """The active people by name, as the file that `people import` reads."""
    groups = staff_groups.names(db)
    rows = db.rows(
        "select p.name, p.email, p.role, ifnull(m.email, '') as mentor, ifnull(p.due, '') as due,"
        " ifnull(p.starts, '') as start, ifnull(p.ends, '') as end, p.id as groups"
        " from people p left join people m on m.id = p.mentor where p.active = 1 order by p.sort_name, p.id"
    )
    return [{**row, "groups": "; ".join(groups.get(row["groups"], ()))} for row in rows]
