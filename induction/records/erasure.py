"""Erasing a person: what names them goes, and what happened under their number stays without a name.

Every column that names somebody stands in one of the tables below; a test holds that.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from ..rules import erasure
from ..rules.acts import LONGEST
from ..rules.retention import Kind
from ..rules.text import folded
from .people.person import Person
from .people.sign_in_tries import account_of
from .store import erased_list, removals
from .store.columns import list_text, moment, moment_text
from .store.database import Database
from .store.removals import Removal

_THEIR_TRIES = "attempt in (select id from attempts where person = :person)"

_LETTER = "lower(subject || ' ' || ifnull(words, '') || ' ' || why || ' ' || said || ' ' || reply_to || ' ' || key)"

# What goes, in this order: (table, its column that names whom it is of), and which rows.
GOES = {
    ("note_answers", ""): "note in (select id from notes where person = :person)",
    ("notes", "person"): "person = :person",
    ("attempt_shares", ""): _THEIR_TRIES,
    ("put_off", ""): _THEIR_TRIES,
    ("answers", ""): _THEIR_TRIES,
    ("completions", "person"): "person = :person and lesson <> ''",
    ("attempts", "person"): "person = :person",
    ("asked_again", "person"): "person = :person",
    ("conversations", "teacher"): "teacher = :person",
    ("confidence_shares", "person"): "person = :person",
    ("confidence", "person"): "person = :person",
    ("acknowledgements", "person"): "person = :person",
    ("lessons_opened", "person"): "person = :person",
    ("staff_group_members", "person"): "person = :person",
    ("done_elsewhere_taken_back", ""): "entry in (select id from done_elsewhere where person = :person)",
    ("done_elsewhere", "person"): "person = :person",
    ("ways_in", "person"): "person = :person",
    ("letters", "person"): "id in (select value from json_each(:letters))",  # to them, and to others where they are named
    ("reminders", "person"): "person = :person",
    ("sessions", "person"): "person = :person",
    ("devices", ""): "account_sha256 in (select value from json_each(:accounts))",
}
# What stays, with their name taken out of it: (table, the column that says whose it is).
UNNAMED = {
    ("people_history", "person"): "name = :name, email = :email, mentor = null, due = null, course = null, starts = null, ends = null",
    ("approvals", "approved_by"): "typed_name = :name",
    ("assessment_signatures", "signed_by"): "typed_name = :name",
}
# The log of what leads did: rows whose words may name them, as its trigger has it too. Which do is looked at with care (`_naming`).
ACTS = (
    "exists (select 1 from people_history h, (select lower(about || ' ' || was || ' ' || became) as whole) l"
    " where h.person = :person and (instr(l.whole, lower(h.name)) or instr(l.whole, lower(trim(json_quote(h.name), '\"')))"
    " or instr(l.whole, lower(h.email))))"
)
# Letters to them or to others whose words may name them. There are years of them, so each is put together once.
LETTERS = (
    "id in (with known as materialized (select lower(name) as said from people_history where person = :person union"
    " select lower(email) from people_history where person = :person),"
    f" l as materialized (select id, person, email, {_LETTER} as whole from letters) select id from l where person = :person"
    " or email in (select email from people_history where person = :person)"
    " or exists (select 1 from known where instr(l.whole, known.said)))"
)
# What comes and goes, and is counted by nobody. A list on its way in may hold anybody's name: each is brought in anew.
PASSES = {
    ("calendar_addresses", "person"): "person = :person",
    ("links", "person"): "person = :person",
    ("ended_links", "person"): "person = :person",  # after the links, whose end it remembers
    ("tries", ""): "account_sha256 in (select value from json_each(:accounts))",
    ("addresses_refused", ""): "email in (select value from json_each(:emails))",
    ("password_requests", ""): "email in (select value from json_each(:emails))",
    ("imports", "person"): "1",
}
# What stays under their number, each for its reason: the school's own doing, or part of somebody else's record.
STAYS = {
    ("acts", "by"): "the school's own doing",
    ("acts", "person"): "what leads did",
    ("accounts_switched_off", "by"): "the school's register of accounts",
    ("acknowledgements", "recorded_by"): "part of the record of whoever signed",
    ("asked_again", "asked_by"): "part of the record of whoever was asked",
    ("assessments", "first_responsible"): "the school's register of accounts",
    ("assessments", "second_responsible"): "the school's register of accounts",
    ("assessments", "written_by"): "the school's register of accounts",
    ("attempt_shares", "reader"): "part of the record of whoever shared",
    ("backups_elsewhere", "said_by"): "the school's own doing",
    ("confidence_shares", "reader"): "part of the record of whoever shared",
    ("conversations", "mentor"): "part of the record of whoever was spoken with",
    ("course_cycles", "by"): "the school's own doing",
    ("course_groups", "by"): "the school's own doing",
    ("deputies", "by"): "who might see whom, and when",
    ("deputies", "deputy"): "who might see whom, and when",
    ("deputies", "mentor"): "who might see whom, and when",
    ("done_elsewhere", "by"): "part of the record of whose certificate it is",
    ("done_elsewhere_taken_back", "by"): "part of the record of whose certificate it is",
    ("erasures", "person"): "that they were erased",
    ("holidays", "by"): "the school's own doing",
    ("holidays_ended", "by"): "the school's own doing",
    ("handovers", "by"): "who followed whom, and when",
    ("handovers", "follower"): "who followed whom, and when",
    ("handovers", "mentor"): "who followed whom, and when",
    ("lesson_readings", "read_by"): "the school's own doing",
    ("links", "made_by"): "part of the record of whom the link is for",
    ("note_answers", "answered_by"): "part of the record of whoever sent the note",
    ("people", "added_by"): "part of the record of whoever was added",
    ("people", "mentor"): "nobody who is here has them as their mentor; of others it says who it was",
    ("people_history", "by"): "part of the record of whoever was changed",
    ("people_history", "mentor"): "part of the record of whoever they mentored",
    ("policy_draft_choices", "saved_by"): "the school's own doing",
    ("policy_draft_text", "saved_by"): "the school's own doing",
    ("policy_versions", "chosen_by"): "the school's own doing",
    ("reminder_choices", "by"): "the school's own doing",
    ("removals", "by"): "the school's own doing",
    ("removals", "person"): "what was removed of them, and when",
    ("retention_periods", "by"): "the school's own doing",
    ("scenarios_aside", "by"): "the school's own doing",
    ("staff_group_members", "by"): "part of the record of whoever belonged to it",
    ("staff_group_names", "by"): "the school's own doing",
    ("ways_in", "by"): "part of the record of whoever got the link",
}
# Words that the school wrote and that somebody may be named in: no removal changes them. What each is called, and where.
WRITTEN = {
    "the settings": ("school", "name || ' ' || words"),
    "the policy": ("policy_versions", "ifnull(text, '') || ' ' || note"),
    "the policy’s draft": ("policy_draft_text", "words || ' ' || ties"),
    "choices of policy": ("policy_choices", "words"),
    "drafted choices of policy": ("policy_draft_choices", "words"),
    "lessons and scenarios as they were taught": ("versions", "text"),
    "lessons as leads have read them": ("wordings", "text"),
    "the register of accounts": ("assessments", "platform || ' ' || handle || ' ' || answers"),
    "why an account was switched off": ("accounts_switched_off", "why"),
    "certificates of other providers": ("done_elsewhere", "provider || ' ' || title || ' ' || file"),
    "words of reminders": ("reminder_choices", "ifnull(words, '')"),
    "names of holidays": ("holidays", "name"),
    "names of groups of staff": ("staff_group_names", "name"),
    "why a scenario was put aside": ("scenarios_aside", "why"),
    "notes of others": ("notes", "words"),
    "answers to notes": ("note_answers", "words"),
}


@dataclass(frozen=True, slots=True)
class Named:
    """By what somebody is or was known here."""

    names: tuple[str, ...]
    emails: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Erasure:
    """That somebody was erased."""

    number: int
    at: datetime
    by: int | None
    why: str
    by_itself: bool  # their time was over


def named(db: Database, person_id: int) -> Named:
    rows = db.rows("select distinct name, email from people_history where person = ? order by name, email", [person_id])
    return Named(tuple({row["name"]: 0 for row in rows}), tuple({row["email"]: 0 for row in rows}))


def counts(db: Database, person_id: int) -> dict[str, int]:
    """How many rows of which table would go, or lose their name."""
    of = _values(db, person_id)
    goes = {table: db.value(f"select count(*) from {table} where {rows}", of) for (table, _), rows in GOES.items()}
    unnamed = {table: db.value(f"select count(*) from {table} where {column} = :person", of) for table, column in UNNAMED}
    return {**goes, **unnamed, "acts": len(_acts_without(db, person_id))}


def stays(db: Database, person_id: int) -> dict[str, int]:
    """How many rows of which table, by its column too, stay under their number: *completions.person*."""
    kept = {each: f"\"{each[1]}\" = :person" for each in (*STAYS, *UNNAMED)}
    kept["completions", "person"] = "person = :person and lesson = ''"
    found = {
        f"{table}.{column}": db.value(f"select count(*) from {table} where {rows}", {"person": person_id})
        for (table, column), rows in kept.items()
    }
    return {name: count for name, count in found.items() if count}


def written(db: Database, person_id: int) -> list[str]:
    """Where the school's own words name them, which no removal changes."""
    of = named(db, person_id)
    sought = list_text([_lower(each) for text in (*of.names, *of.emails) for each in (text, json.dumps(text)[1:-1])])
    found = []
    for called, (table, words) in WRITTEN.items():
        but = GOES.get((table, "person"), GOES.get((table, ""), "0"))
        row = db.row(
            f"select 1 from {table}, json_each(:sought) s where instr(lower({words}), lower(s.value)) and not ({but}) limit 1",
            {"sought": sought, "person": person_id},
        )
        if row:
            found.append(called)
    return found


def _lower(text: str) -> str:
    """As SQLite's `lower` writes it."""
    return "".join(sign.lower() if sign.isascii() else sign for sign in text)


def erase(db: Database, person: Person, *, kind: Kind, by: int | None, why: str, until: datetime, now: datetime) -> int:
    """Inside a transaction: take away what names somebody who has left. How many rows went or lost their name.

    Raises RuleBroken where they are here, or were erased.
    """
    of = _values(db, person.id)
    count, marked = sum(counts(db, person.id).values()), (named(db, person.id).emails, _documents(db, person.id))
    acts = _acts_without(db, person.id)
    number = removals.begin(
        db, Removal(kind=kind, person_id=person.id, by=by, until=until, count=count, why=why, at=now)
    )
    for (table, _), rows in GOES.items():
        if table != "ways_in":  # on which a password still rests
            db.execute(f"delete from {table} where {rows}", of)
    for act, words in acts.items():
        db.execute("update acts set about = ?, was = ?, became = ? where id = ?", [*words, act])
    for (table, column), taken in UNNAMED.items():
        db.execute(f"update {table} set {taken} where {column} = :person", of)
    _mark(db, person.id, number, *marked)
    _unname(db, person.id, now)
    for (table, _), rows in ({("ways_in", "person"): "person = :person"} | PASSES).items():
        db.execute(f"delete from {table} where {rows}", of)
    removals.end(db)
    return count


def _values(db: Database, person_id: int) -> dict[str, object]:
    """What the statements above ask for."""
    emails = named(db, person_id).emails
    return {
        "person": person_id, "name": erasure.name(person_id), "email": erasure.email(person_id), "emails": list_text(emails),
        "accounts": list_text([account_of(each) for each in emails]), "letters": list_text(_letters(db, person_id)),
    }


def _documents(db: Database, person_id: int) -> list[str]:
    """Those that are kept of somebody, by their SHA-256."""
    rows = db.rows("select distinct document from done_elsewhere where person = ? order by document", [person_id])
    return [row["document"] for row in rows]


def _mark(db: Database, person_id: int, removal: int, emails: Collection[str], documents: Sequence[str]) -> None:
    for email in emails:
        salt = secrets.token_hex(16)
        db.execute(
            "insert into erasures (person, removal, salt, mark, documents) values (?, ?, ?, ?, ?)",
            [person_id, removal, salt, erased_list.mark(salt, email), list_text(documents)],
        )


# Who is meant by words
#
# A name is looked for as it stands by itself: *Al* is not in *also*. Whoever could be given any name and then be erased must
# not take the words of what others did along, so that a name that somebody else bears too is nobody's, letters are of the time
# in which the name was known here, and so are acts where it is a single word.


@dataclass(frozen=True, slots=True)
class _Known:
    """A name or an address of theirs alone, and since when it is known here."""

    text: str
    since: str

    @property
    def pattern(self) -> str:
        before, after = (r"(?<![\w.+-])", r"(?![\w-]|\.\w)") if "@" in self.text else (r"(?<![\w-])", r"(?!-?\w)")
        return f"{before}{re.escape(self.text)}{after}"


def _known(db: Database, person_id: int) -> list[_Known]:
    """The longest first, so that none is found within another."""
    rows = db.rows(
        "select text, min(at) as since from (select name as text, at from people_history where person = :person union all"
        " select email, at from people_history where person = :person) where lower(text) not in (select lower(name) from"
        " people_history where person <> :person union select lower(email) from people_history where person <> :person) group by text",
        {"person": person_id},
    )
    return sorted((_Known(row["text"], row["since"]) for row in rows), key=lambda each: -len(each.text))


def _any_of(known: Sequence[_Known]) -> re.Pattern[str]:
    return re.compile("|".join(each.pattern for each in known) or "(?!)", re.IGNORECASE)


def _letters(db: Database, person_id: int) -> list[int]:
    """The letters that go with them: to them, and to others where they are named."""
    known, of = _known(db, person_id), named(db, person_id)
    rows = db.rows(
        "select id, person, email, written_at, subject || ' ' || ifnull(words, '') || ' ' || why || ' ' || said || ' ' || reply_to"
        f" || ' ' || key as whole from letters where {LETTERS}",
        {"person": person_id},
    )
    return [
        row["id"]
        for row in rows
        if row["person"] == person_id or row["email"] in of.emails
        or _any_of([each for each in known if each.since <= row["written_at"]]).search(row["whole"])
    ]  # fmt: skip


def _acts_without(db: Database, person_id: int) -> dict[int, list[str]]:
    """The acts whose words name them, by number, each with its words as they read without."""
    known, found = _known(db, person_id), {}
    for row in db.rows(f"select id, at, about, was, became from acts where {ACTS}", {"person": person_id}):
        here = _any_of([each for each in known if " " in each.text or "@" in each.text or each.since <= row["at"]])
        before = [row["about"], row["was"], row["became"]]
        words = [_without(here, person_id, row["about"]), *(_object_without(here, person_id, each) for each in before[1:])]
        if words != before:
            found[row["id"]] = words
    return found


def _without(known: re.Pattern[str], person_id: int, words: str) -> str:
    """Words with what somebody is called from now on in place of their names and addresses."""
    called = known.sub(lambda each: erasure.email(person_id) if "@" in each[0] else erasure.name(person_id), words)
    return called if called == words or len(called) <= LONGEST else f"{called[: LONGEST - 1]}…"


def _object_without(known: re.Pattern[str], person_id: int, kept: str) -> str:
    values = json.loads(kept)
    new = {label: _without(known, person_id, value) if isinstance(value, str) else value for label, value in values.items()}
    return kept if new == values else json.dumps(new, ensure_ascii=False)


def documents_of_nobody(db: Database) -> list[str]:
    """Documents of those who were erased that nobody else's record names, by their SHA-256."""
    rows = db.rows(
        "select distinct d.value as name from erasures, json_each(documents) d"
        " where d.value not in (select document from done_elsewhere) order by 1"
    )
    return [row["name"] for row in rows]


def _unname(db: Database, person_id: int, now: datetime) -> None:
    name = erasure.name(person_id)
    db.execute(
        "update people set name = ?, sort_name = ?, email = ?, mentor = null, due = null, course = null, starts = null, ends = null,"
        " password_hash = null,"
        " password_entry = null, last_seen_at = null, checklist_key = ?, erased_at = ? where id = ?",
        [name, folded(name), erasure.email(person_id), secrets.token_urlsafe(16), moment_text(now), person_id],
    )


def of_person(db: Database, person_id: int) -> Erasure | None:
    """How somebody was erased; None for whoever was not."""
    row = db.row(
        'select p.id, r.at, r."by", r.why, r.kind from people p join removals r on r.person = p.id'
        " and r.kind in ('left', 'erased') where p.id = ? and p.erased_at is not null",
        [person_id],
    )
    return row and Erasure(row["id"], moment(row["at"]), row["by"], row["why"], row["kind"] == Kind.LEFT)


def all_of_them(db: Database) -> list[Erasure]:
    """Everybody who was erased, the latest first."""
    rows = db.rows(
        "select person, at, \"by\", why, kind from removals where kind in ('left', 'erased') order by id desc"
    )
    return [Erasure(row["person"], moment(row["at"]), row["by"], row["why"], row["kind"] == Kind.LEFT) for row in rows]

