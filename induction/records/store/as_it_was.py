"""The records of one moment: as they stand now or stood at the end of a day, whatever is written meanwhile.

Whoever reads in here meets, under the name of each table, what it held then: what happened later is not there, and a person
is who their history says they were. So every question that the site asks of the present can be asked of a day that is past.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from ...rules.calendar import midnight
from .columns import moment_text
from .database import Database, one_moment
from .faults import as_faults

# When a row came, by its table: the rows that came later are left out. A table that happened says so here.
HAPPENED = {
    "accounts": "created_at", "accounts_switched_off": "at", "acknowledgements": "at", "acts": "at", "answers": "at",
    "approvals": "at", "asked_again": "at", "assessment_signatures": "at", "assessments": "at", "attempt_shares": "at",
    "completions": "completed_at", "confidence": "at", "confidence_shares": "at", "conversations": "recorded_at",
    "corrections": "at", "course_cycles": "at", "course_groups": "at", "deputies": "at", "done_elsewhere": "at",
    "done_elsewhere_taken_back": "at", "evidence_witnesses": "at", "handovers": "at", "holidays": "at", "holidays_ended": "at",
    "lesson_readings": "at", "lessons_opened": "at", "note_answers": "at", "notes": "at", "policy_versions": "at",
    "put_off": "at", "reminder_choices": "at", "scenarios_aside": "at", "sign_in_events": "at", "sign_in_rules": "at", "sign_offs": "at",
    "signing_keys": "at",
    "staff_group_members": "at", "staff_group_names": "at", "staff_groups": "created_at", "ways_in": "at",
}  # fmt: skip
# An attempt that ended later was open then.
_ATTEMPTS = """
select id, person, course, lesson, quiz_version, lesson_version, policy_version, pass_mark, drawn, started_at,
    iif(finished_at < '{end}', finished_at, null) as finished_at, iif(finished_at < '{end}', mark, null) as mark,
    iif(finished_at < '{end}', percent, null) as percent, iif(finished_at < '{end}', breaches, null) as breaches,
    iif(finished_at < '{end}', passed, null) as passed, shared_at, asked_again, lesson_opened
from main.attempts where started_at < '{end}'"""
# Of whom nothing was kept by then, the first that was: an upgrade began their history when they were long here.
_PEOPLE_HISTORY = """
select h.* from main.people_history h
where h.at < '{end}' or h.what = 'began' and (select created_at from main.people where id = h.person) < '{end}'"""
_PEOPLE = """
select p.id, h.email, h.name, iif(h.name = p.name, p.sort_name, lower(h.name)) as sort_name, h.role, h.mentor, h.due, h.active,
    null as password_hash, p.created_at, p.last_seen_at, p.checklist_key, h.course, p.added_by, null as password_entry, h.starts,
    h.ends, p.erased_at, 0 as has_account
from main.people p join temp.people_history h on h.id = (select max(id) from temp.people_history where person = p.id)
where p.created_at < '{end}'"""
_OTHERS = {
    "attempts": _ATTEMPTS,
    "people_history": _PEOPLE_HISTORY,
    "people": _PEOPLE,
    "policy_choices": "select c.* from main.policy_choices c join main.policy_versions v on v.version = c.version where v.at < '{end}'",
}


@contextmanager
def as_it_was(path: Path, day: date | None = None) -> Iterator[Database]:
    """The records at the end of a day in the school's time or, where none is named, as they stand: to look at alone.

    Raises DatabaseFault.
    """
    then = Database(path, looking=True)
    try:
        if day is not None:
            connection, end = then.connection(), moment_text(midnight(day + timedelta(days=1)))
            with as_faults():
                for step in ("pragma query_only = off", "pragma temp_store = memory", *_views(then, end), "pragma query_only = on"):
                    connection.execute(step)
        with one_moment(then):
            then.value("select count(*) from main.sqlite_schema")  # what is read first says of which moment all is
            yield then
    finally:
        then.close()


def _views(db: Database, end: str) -> list[str]:
    """What is met under the name of each table; and the views of the schema anew, so that they look at these."""
    there = {row["name"] for row in db.rows("select name from main.sqlite_schema where type = 'table'")}
    plain = {table: f"select * from main.{table} where {at} < '{{end}}'" for table, at in HAPPENED.items() if table in there}
    tables = [f"create temp view {table} as {rows.format(end=end)}" for table, rows in (plain | _OTHERS).items()]
    views = db.rows("select sql from main.sqlite_schema where type = 'view' order by rowid")
    return tables + [row["sql"].replace("CREATE VIEW", "create temp view", 1) for row in views]
