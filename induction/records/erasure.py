"""Erasing a person: what names them goes, and what happened under their number stays without a name.

What becomes of which table stands in `erasure_tables`.
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
from .erasure_tables import ACTS, EVIDENCE, GOES, LETTERS, PASSES, STAYS, UNNAMED, WRITTEN
from .people.history import then
from .people.person import Person
from .people.sign_in_tries import account_of
from .store import erased_list, removals
from .store.columns import list_text, moment, moment_text
from .store.database import Database
from .store.removals import Removal


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
    by_name: str | None  # at that moment; None: nobody who is known
    why: str
    by_itself: bool  # their time was over


def named(db: Database, person_id: int) -> Named:
    rows = db.rows("select distinct name, email from people_history where person = ? order by name, email", [person_id])
    return Named(tuple({row["name"]: 0 for row in rows}), tuple({row["email"]: 0 for row in rows}))


def counts(db: Database, person_id: int) -> dict[str, int]:
    """How many rows of which table would go, or lose their name."""
    of = _values(db, person_id)
    goes = {table: db.value(f"select count(*) from {table} where {rows}", of) for (table, _), rows in GOES.items()}
    unnamed = {
        table: db.value(f"select count(*) from {table} where \"{column}\" = :person and not ({_goes(table, column)})", of)
        for table, column in UNNAMED
    }
    both = {table: goes[table] + unnamed[table] for table in goes.keys() & unnamed.keys()}
    acts = _acts_without(db, person_id)
    entries = db.value(f"select count(*) from evidence where {EVIDENCE}", of | {"acts": list_text(list(acts))})
    return {**goes, **unnamed, **both, "acts": len(acts), "evidence": entries}


def _goes(table: str, column: str) -> str:
    """Which rows of a table go, where others stay without a name."""
    return GOES.get((table, column), GOES.get((table, ""), "0"))


def stays(db: Database, person_id: int) -> dict[str, int]:
    """How many rows of which table, by its column too, stay under their number: *completions.person*."""
    kept = {each: f"\"{each[1]}\" = :person" for each in STAYS}
    kept |= {each: f"\"{each[1]}\" = :person and not ({_goes(*each)})" for each in UNNAMED}
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
        but = f"({_goes(table, 'person')}){' or person = :person' if (table, 'person') in UNNAMED else ''}"
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
    emptied = "salt = null, entry = null, gone_with = (select removal from open_removal)"
    db.execute(f"update evidence set {emptied} where {EVIDENCE}", of | {"acts": list_text(list(acts))})
    for (table, _), rows in GOES.items():
        if table != "ways_in":  # on which a password still rests
            db.execute(f"delete from {table} where {rows}", of)
    for act, words in acts.items():
        db.execute("update acts set about = ?, was = ?, became = ? where id = ?", [*words, act])
    for (table, column), taken in UNNAMED.items():
        db.execute(f"update {table} set {taken} where \"{column}\" = :person", of)
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
        f"select p.id, r.at, {then('name', 'r.by', 'r.at')} as by_name, r.why, r.kind from people p join removals r on r.person = p.id"
        " and r.kind in ('left', 'erased') where p.id = ? and p.erased_at is not null",
        [person_id],
    )
    return row and Erasure(row["id"], moment(row["at"]), row["by_name"], row["why"], row["kind"] == Kind.LEFT)


def all_of_them(db: Database) -> list[Erasure]:
    """Everybody who was erased, the latest first."""
    rows = db.rows(
        f"select person, at, {then('name', 'r.by', 'r.at')} as by_name, why, kind from removals r"
        " where kind in ('left', 'erased') order by id desc"
    )
    return [Erasure(row["person"], moment(row["at"]), row["by_name"], row["why"], row["kind"] == Kind.LEFT) for row in rows]

