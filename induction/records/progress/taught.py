"""What a completion, a finished try or an acknowledgement rests on: in which words, under which policy, by whom that day.

Each query starts from whoever asks, so that somebody else's and none at all are the same answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ...rules.happened import Kind
from ...rules.openings import Opening
from ..people.history import then
from ..people.people import SEES
from ..store.columns import items, maybe_day, maybe_moment, moment
from ..store.database import Database
from . import lessons_opened


@dataclass(frozen=True, slots=True, kw_only=True)
class Taught:
    """What somebody was taught that day. A version is the SHA-256 of words that are kept."""

    kind: Kind
    id: int
    person_id: int
    name: str  # as they were called that day
    name_now: str
    own: bool  # it is the viewer's
    reads_choices: bool  # the viewer may read which options were chosen
    at: datetime
    began: datetime | None = None  # a try, which goes on with the words of then
    course: str = ""
    lesson: str = ""  # empty of a course as a whole, and of an acknowledgement
    attempt_id: int | None = None
    course_version: str | None = None
    lesson_version: str | None = None
    quiz_version: str | None = None
    drawn: tuple[str, ...] = ()  # the scenarios that were asked, in order
    percent: int | None = None
    pass_mark: int | None = None
    passed: bool = True
    tries: int = 0
    policy_version: int
    round: date | None = None
    opening: Opening | None = None
    typed_name: str = ""  # of an acknowledgement
    signed_on: date | None = None  # on paper
    recorded_by: str | None = None  # who recorded it then


_SHARED = "(select reader from attempt_shares where attempt = a.id order by id desc limit 1) is viewer.id"
_WHO = f"p.id as person_id, {then('name', 'p.id', '{at}')} as name, p.name as name_now, p.id = viewer.id as own"
_VIEWER = f"join people p on p.id = t.person join people viewer on viewer.id = :viewer and viewer.active where (p.id = viewer.id or {SEES})"
_COMPLETION = (
    f"select t.*, {_WHO.format(at='t.completed_at')}, v.kind, a.lesson_version, a.quiz_version, a.drawn, a.started_at, {_SHARED} as shared"
    f" from completions t left join attempts a on a.id = t.attempt left join versions v on v.sha256 = t.version {_VIEWER}"
)
_ATTEMPT = (
    f"select a.*, {_WHO.format(at='a.finished_at')}, (select count(*) from attempts b where (b.person, b.course, b.lesson)"
    " = (a.person, a.course, a.lesson) and b.id <= a.id and b.finished_at is not null) as tries"
    f" from attempts a join attempts t on t.id = a.id {_VIEWER} and a.finished_at is not null and (p.id = viewer.id or {_SHARED})"
)
_ACKNOWLEDGEMENT = (
    f"select t.*, {_WHO.format(at='t.at')}, {then('name', 't.recorded_by', 't.at')} as recorded_by_name from acknowledgements t {_VIEWER}"
)


def find(db: Database, viewer_id: int, kind: Kind, number: int, today: date) -> Taught | None:
    """What happened, if the viewer may see it: their own; completed and signed, those of whom they see the progress; of the
    tries of these, the ones that are shared with the viewer at present."""
    query, read = _READ[kind]
    row = db.row(f"{query} and t.id = :id", {"viewer": viewer_id, "id": number, "today": today.isoformat()})
    return None if row is None else read(row)


def lessons_of(db: Database, viewer_id: int, of: Taught, today: date) -> list[Taught]:
    """The lessons that made a course complete that somebody has completed: of each, the completion that counted first in the
    same round, in the order in which they came. Their certificate names the same."""
    rows = db.rows(
        f"{_COMPLETION} and t.person = :person and t.course = :course and t.id in (select ifnull(min(iif(id in (select id from"
        " completions_that_count where person = :person), id, null)), min(id)) from completions where person = :person"
        " and course = :course and lesson <> '' and round = :round and id < :id group by lesson) order by t.id",
        {"viewer": viewer_id, "today": today.isoformat(), "person": of.person_id, "course": of.course, "id": of.id,
         "round": of.round.isoformat() if of.round else ""},
    )
    return [_completion(row) for row in rows]


def _who(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": row["id"], **{name: row[name] for name in ("person_id", "name", "name_now")}, "own": bool(row["own"])}


def _completion(row: Mapping[str, Any]) -> Taught:
    held = {row["kind"]: row["version"]}
    return Taught(
        **_who(row),
        kind=Kind.COMPLETION,
        reads_choices=bool(row["own"] or row["shared"]),
        at=moment(row["completed_at"]),
        began=maybe_moment(row["started_at"]),
        course=row["course"],
        lesson=row["lesson"],
        attempt_id=row["attempt"],
        course_version=held.get("course"),
        lesson_version=row["lesson_version"] or held.get("lesson"),
        quiz_version=row["quiz_version"] or held.get("quiz"),
        drawn=items(row["drawn"] or "[]"),
        percent=row["percent"],
        pass_mark=row["pass_mark"],
        tries=row["attempts"],
        policy_version=row["policy_version"],
        round=maybe_day(row["round"] or None),
        opening=lessons_opened.from_text(row["lesson_opened"]),
    )


def _attempt(row: Mapping[str, Any]) -> Taught:
    return Taught(
        **_who(row),
        kind=Kind.ATTEMPT,
        reads_choices=True,
        at=moment(row["finished_at"]),
        began=moment(row["started_at"]),
        course=row["course"],
        lesson=row["lesson"],
        attempt_id=row["id"],
        lesson_version=row["lesson_version"],
        quiz_version=row["quiz_version"],
        drawn=items(row["drawn"]),
        percent=row["percent"],
        pass_mark=row["pass_mark"],
        passed=bool(row["passed"]),
        tries=row["tries"],
        policy_version=row["policy_version"],
        opening=lessons_opened.from_text(row["lesson_opened"]),
    )


def _acknowledgement(row: Mapping[str, Any]) -> Taught:
    return Taught(
        **_who(row),
        kind=Kind.ACKNOWLEDGEMENT,
        reads_choices=False,
        at=moment(row["at"]),
        policy_version=row["version"],
        typed_name=row["typed_name"],
        signed_on=maybe_day(row["signed_on"]),
        recorded_by=row["recorded_by_name"],
    )


_READ = {
    Kind.COMPLETION: (_COMPLETION, _completion),
    Kind.ATTEMPT: (_ATTEMPT, _attempt),
    Kind.ACKNOWLEDGEMENT: (_ACKNOWLEDGEMENT, _acknowledgement),
}
