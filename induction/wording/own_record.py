"""Somebody's own record as sheets: what the download holds as JSON, row by row for spreadsheets and for reading.

A list within a row is a sheet of its own, whose first column says which row it belongs to. The words of lessons and of
the policy are left out: they fill pages, and stand in the JSON.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from .dates import day, day_and_clock

TITLES = {
    "person": "About you",
    "signed_in": "Where you are signed in",
    "who_you_were": "Who you were here",
    "groups": "Groups of staff you belong to",
    "deputies": "Who stood in for your mentor, or you for another",
    "handovers": "Who follows a mentor who leaves",
    "ways_in": "How you came in",
    "what_became_of_them": "What became of your ways in",
    "accounts_elsewhere": "Accounts at Google, Microsoft or elsewhere with which you sign in",
    "passkeys": "Your passkeys",
    "app_for_codes": "Your app for codes",
    "recovery_codes_left": "Recovery codes that you have left",
    "new_devices": "New devices of which you were told",
    "form_that_waits": "Something you sent that waits until you say who you are",
    "acts_of_leads_about_you": "What else leads did that concerns you",
    "lists_brought_in": "Lists of people you brought in",
    "links_sent": "Links that wait for you",
    "letters": "Letters that the site wrote to you",
    "completions": "What you have completed",
    "certificates": "Your certificates",
    "sign_offs": "Who signed off what you completed",
    "corrections": "What leads corrected of your record",
    "done_elsewhere": "Done elsewhere",
    "attempts": "Your tries",
    "conversations": "Conversations",
    "confidence": "How ready you feel",
    "notes": "Notes you sent",
    "acknowledgements": "Our policy",
    "reminders_written_to_you": "Reminders you were sent",
    "calendar_addresses": "Addresses for your calendar",
    "removed": "What was removed of your record",
    "head_kept": "That you were named to keep the head of the chain of evidence",
    "entries_of_evidence": "Your entries in the chain of evidence, each with the head that it led to",
    "asked_again": "What you were asked again",
    "conversations_held_as_mentor": "Conversations you held as a mentor",
    "shared_with_them": "What others shared with you",
    "notes_answered_as_lead": "Notes you answered",
    "signatures_on_paper_recorded": "Signatures on paper that you recorded",
    "groups_and_courses_decided": "What you said of groups of staff, and of when courses come round",
    "certificates_recorded_for_others": "Certificates of others that you recorded or took back",
    "sign_offs_given": "What you signed off of others",
    "entries_of_others_corrected": "Entries of others that you corrected",
    "ways_in_of_others_changed": "Ways in of others that you changed",
    "second_steps_to_be_reset": "Second steps that wait to be reset",
    "courses_approved": "Courses you approved",
    "other_acts_as_lead": "What else you did as a lead",
    "backups_said_to_lie_elsewhere": "Whether a backup lies elsewhere, as you said",
    "lessons_read_to_approve_a_course": "Lessons you read to approve a course",
    "scenarios_put_aside_or_taken_back": "Scenarios you put aside or took back",
    "rules_of_signing_in_set": "Rules of signing in that you set",
    "keys_for_badges_made": "Keys for badges that you made",
    "those_named_who_keep_the_head": "Whom you named to keep the head of the chain of evidence",
    "holidays_entered_or_taken_away": "School holidays you entered or took away",
    "reminders_chosen": "Reminders you chose",
    "risk_assessments_written_or_signed": "Risk assessments you wrote or signed",
    "times_set_for_how_long_what_is_kept": "How long what is kept, as you set it",
    "records_erased": "Records you erased",
    "policy_choices_made": "Choices of policy you made",
    "lesson_versions": "Lessons you opened or were asked about",
    "course_versions": "Courses in the words of then",
}
WORDS = ("text",)
CODES = re.compile(r".*(sha256|version|_number|_id)$")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
DAY = re.compile(r"\d{4}-\d\d-\d\d")

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str  # *attempts-answers*
    columns: tuple[str, ...]
    rows: Sequence[Row]  # each has every column


def sheets(record: Mapping[str, Any]) -> list[Sheet]:
    """All of a record but for the words of lessons and of the policy; what holds nothing has no sheet."""
    found: dict[str, list[Row]] = {}
    for name, held in record.items():
        for each in [held] if isinstance(held, Mapping) else held:
            _add(found, name.replace("_", "-"), each, {})
    return [_sheet(name, rows) for name, rows in found.items()]


def _sheet(name: str, rows: list[Row]) -> Sheet:
    columns = tuple(dict.fromkeys(column for row in rows for column in row))
    return Sheet(name, columns, [{column: row.get(column, "") for column in columns} for row in rows])


def _add(found: dict[str, list[Row]], name: str, held: Mapping[str, Any], of: Row) -> None:
    """A row, and what lists within it hold, each as rows that name it by its number."""
    rows, flat = found.setdefault(name, []), _flat(held)
    within = {column: value for column, value in flat if isinstance(value, list) and all(isinstance(each, Mapping) for each in value)}
    row = of | ({"number": len(rows) + 1} if within else {})
    rows.append(row | {column: _cell(value) for column, value in flat if column not in within and column not in WORDS})
    for column, value in within.items():
        for each in value:
            _add(found, f"{name}-{column}", each, {name: len(rows)})


def _flat(held: Mapping[str, Any], before: str = "") -> list[tuple[str, Any]]:
    """What stands in a row, with what stands in it under both names."""
    found: list[tuple[str, Any]] = []
    for key, value in held.items():
        found += _flat(value, f"{before}{key}_") if isinstance(value, Mapping) else [(f"{before}{key}", value)]
    return found


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return "" if value is None else value


# For reading


@dataclass(frozen=True, slots=True)
class Told:
    """One sheet as people read it."""

    title: str
    lines: Sequence[tuple[str, str]]  # what comes first in a row, and the rest


def told(
    record: Mapping[str, Any], names: Sequence[str], titles: Mapping[tuple[str, str], str], today: date
) -> list[Told]:
    """Those of the record's lists that hold something, by their names in it. `titles` are those of lessons and, under
    (course, ''), of courses.
    """
    found = {sheet.name: sheet for sheet in sheets({name: record[name] for name in names})}
    return [
        Told(TITLES[name], [_line(row, titles, today) for row in found[name.replace("_", "-")].rows])
        for name in names
        if name.replace("_", "-") in found
    ]


def _line(row: Row, titles: Mapping[tuple[str, str], str], today: date) -> tuple[str, str]:
    said = [(column, _said(value, today)) for column, value in row.items() if value != "" and not CODES.match(column)]
    if "course" in row:
        what = titles.get((row["course"], row.get("lesson", "")), row.get("lesson") or row["course"])
        said = [("", what), *(each for each in said if each[0] not in ("course", "lesson"))]
    (_, first), rest = said[0], said[1:]
    return first, "; ".join(f"{column.replace('_', ' ')}: {value}" for column, value in rest)


def _said(value: Any, today: date) -> str:
    words = str(value)
    if MOMENT.fullmatch(words):
        return day_and_clock(datetime.fromisoformat(words), today)
    return day(date.fromisoformat(words), today) if DAY.fullmatch(words) else words
