"""The outbox: letters that wait, are under way, were posted, or never will be. How they go: `schema/0010`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from ...rules.letters import URGENT, LetterKind, LetterState
from ..people.history import then
from ..store.columns import list_text, mapper, maybe_moment, moment_text
from ..store.database import Database


@dataclass(frozen=True, slots=True)
class Envelope:
    """A letter as it is written. `words` is plain text: paragraphs parted by an empty line, a link on a line of its own."""

    kind: LetterKind
    person_id: int | None  # to whom; None: to an address alone
    email: str
    key: str  # what it is about: the same is never written twice
    subject: str
    words: str
    why: str  # why one gets it, a sentence
    not_before: datetime
    not_after: datetime  # posted later, it would make no sense
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter in the outbox."""

    id: int
    kind: LetterKind
    person_id: int | None
    email: str
    key: str
    reply_to: str
    subject: str
    words: str | None  # None once it was sent or dropped
    why: str
    written_at: datetime
    not_before: datetime
    not_after: datetime
    state: LetterState
    claim: str | None
    tries: int
    done_at: datetime | None
    said: str  # by the server, or why it was dropped


_letter = mapper(Letter)


def put(db: Database, letter: Envelope, now: datetime) -> bool:
    """Inside the change of the fact that it tells of: write a letter. False where one with this key was written before."""
    return 1 == db.execute(
        "insert into letters (kind, person, email, key, reply_to, subject, words, why, written_at, not_before, not_after)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (key) do nothing",
        [
            letter.kind, letter.person_id, letter.email, letter.key, letter.reply_to, letter.subject, letter.words,
            letter.why, moment_text(now), moment_text(letter.not_before), moment_text(letter.not_after),
        ],
    )  # fmt: skip


# On their way


def something_to_do(db: Database, longest: timedelta, now: datetime) -> bool:
    """Whether a letter can go, or has been under way for too long, or words can be forgotten. It only looks."""
    return bool(
        db.value(
            "select exists (select 1 from letters where state = 'waiting' and not_before <= :now)"
            " or exists (select 1 from letters where state in ('claimed', 'posting')"
            " and (claimed_until <= :now or claimed_until > :latest))"
            " or exists (select 1 from letters where words is not null and not_after < :now)"
            " or exists (select 1 from password_requests)",
            {"now": moment_text(now), "latest": moment_text(now + longest)},
        )
    )


def put_in_order(db: Database, longest: timedelta | None, now: datetime) -> None:
    """What was left under way waits again, or is unsure where its words may have gone out; what is too late is dropped.

    Left are letters whose claim is over, or lasts longer than `longest` from now: the clock was put back. None: all of them.
    Whoever is still at work on one finds that it is no longer theirs before any words go out, or says afterwards what became of it.
    """
    at = moment_text(now)
    left = {"now": at, "latest": at if longest is None else moment_text(now + longest)}
    over = "(claimed_until <= :now or claimed_until > :latest)"
    db.execute(
        f"update letters set state = 'waiting', claim = null, claimed_until = null where state = 'claimed' and {over}", left
    )
    db.execute(
        "update letters set state = 'unsure', claim = null, claimed_until = null, done_at = :now,"
        f" said = 'The program was stopped while it was being posted.' where state = 'posting' and {over}",
        left,
    )
    db.execute(
        "update letters set state = 'dropped', words = null, done_at = :now,"
        " said = case said when '' then 'It could not be sent in time.' else 'It could not be sent in time. ' || said end"
        " where state = 'waiting' and not_after < :now",
        {"now": at},
    )
    db.execute(
        "update letters set words = null where words is not null and not_after < ? and state in ('refused', 'unsure')", [at]
    )


def claim(
    db: Database, claim: str, until: datetime, count: int, now: datetime, only: Collection[LetterKind] | None = None
) -> list[Letter]:  # fmt: skip
    """Take up to `count` letters that can go, where some are named `only` of these kinds; nobody else takes them until then.

    First those that were tried least, so that one on which the server breaks down holds up no other; then those that somebody
    sits and waits for.
    """
    urgent = list_text([str(kind) for kind in URGENT])
    rows = db.rows(
        "update letters set state = 'claimed', claim = ?, claimed_until = ?, tries = tries + 1 where id in (select id from letters"
        " where state = 'waiting' and not_before <= ? and (? is null or kind in (select value from json_each(?)))"
        " order by tries, kind in (select value from json_each(?)) desc, id limit ?)"
        " returning *",
        [claim, moment_text(until), moment_text(now), *[only and list_text([str(kind) for kind in only])] * 2, urgent, count],
    )
    return sorted(map(_letter, rows), key=lambda each: (each.tries, each.kind not in URGENT, each.id))


def posting(db: Database, letter: Letter, until: datetime) -> bool:
    """Its words go out now; False where somebody else has it by now."""
    return 1 == db.execute(
        "update letters set state = 'posting', claimed_until = ? where id = ? and state = 'claimed' and claim = ?",
        [moment_text(until), letter.id, letter.claim],
    )


def sent(db: Database, letter: Letter, said: str, now: datetime) -> None:
    """The server has taken it, which also settles what was given up as unsure meanwhile."""
    db.execute(
        "update letters set state = 'sent', words = null, claim = null, claimed_until = null, done_at = ?, said = ?"
        " where id = ? and (claim = ? or state = 'unsure')",
        [moment_text(now), said, letter.id, letter.claim],
    )


def ended(db: Database, letter: Letter, state: LetterState, said: str, now: datetime) -> None:
    """It was refused, is unsure or is dropped. What was dropped loses its words."""
    db.execute(
        "update letters set state = :state, claim = null, claimed_until = null, done_at = :now, said = :said,"
        " words = case when :state = 'dropped' then null else words end where id = :id and (claim = :claim or state = 'unsure')",
        {"state": state, "now": moment_text(now), "said": said, "id": letter.id, "claim": letter.claim},
    )


def later(db: Database, letter: Letter, not_before: datetime, said: str) -> None:
    """It was offered to the server and not taken, and waits for another try."""
    db.execute(
        "update letters set state = 'waiting', claim = null, claimed_until = null, done_at = null,"
        " not_before = min(?, not_after), said = ? where id = ? and (claim = ? or state = 'unsure')",
        [moment_text(not_before), said, letter.id, letter.claim],
    )


def lay_back(db: Database, letter: Letter) -> None:
    """It was claimed and not offered to the server: it waits as it did before."""
    db.execute(
        "update letters set state = 'waiting', claim = null, claimed_until = null, tries = tries - 1"
        " where id = ? and state = 'claimed' and claim = ?",
        [letter.id, letter.claim],
    )


def again(db: Database, letter_id: int, now: datetime) -> bool:
    """Post a letter that was refused or is unsure once more; False where there is none of which the words are left."""
    return 1 == db.execute(
        "update letters set state = 'waiting', done_at = null, not_before = :now where id = :id"
        " and state in ('refused', 'unsure') and words is not null and not_after >= :now",
        {"now": moment_text(now), "id": letter_id},
    )


# Addresses that were refused


def refuse_address(db: Database, email: str, said: str, now: datetime) -> None:
    db.execute(
        "insert into addresses_refused (email, at, said) values (?, ?, ?)"
        " on conflict (email) do update set at = excluded.at, said = excluded.said",
        [email, moment_text(now), said],
    )


def refused_addresses(db: Database, emails: Collection[str]) -> dict[str, str]:
    """What the server said, by address, of those of these that it refused."""
    rows = db.rows(
        "select email, said from addresses_refused where email in (select value from json_each(?))", [list_text(sorted(emails))]
    )
    return {row["email"]: row["said"] for row in rows}


def try_address(db: Database, email: str) -> None:
    """It may be used again."""
    db.execute("delete from addresses_refused where email = ?", [email])


# Looking at them


def find(db: Database, letter_id: int) -> Letter | None:
    row = db.row("select * from letters where id = ?", [letter_id])
    return None if row is None else _letter(row)


def with_key(db: Database, key: str) -> Letter | None:
    row = db.row("select * from letters where key = ?", [key])
    return None if row is None else _letter(row)


def listing(db: Database, states: Collection[LetterState], before: int | None = None, limit: int = 50) -> list[Letter]:
    """The newest letters in one of these states; those written before the one of that number, where it is given."""
    found: list[Letter] = []
    for state in states:  # each by its index, whatever lies beside
        rows = db.rows(
            "select * from letters where state = ? and id < ? order by id desc limit ?", [state, before or 2**62, limit]
        )
        found += map(_letter, rows)
    return sorted(found, key=lambda each: -each.id)[:limit]


def names(db: Database, letter_ids: Collection[int]) -> dict[int, str]:
    """What those were called to whom letters went, when these were written; who is not known here is missing."""
    rows = db.rows(
        f"select l.id, {then('name', 'l.person', 'l.written_at')} as name from letters l"
        " where l.person is not null and l.id in (select value from json_each(?))",
        [list_text(sorted(letter_ids))],
    )
    return {row["id"]: row["name"] for row in rows}


def counts(db: Database) -> dict[LetterState, int]:
    """How many there are in each state."""
    rows = db.rows("select state, count(*) as count from letters group by state")
    return {LetterState(row["state"]): row["count"] for row in rows}


def how_many(db: Database, states: Collection[LetterState]) -> int:
    """How many there are in some states, counted by these alone: those that were sent fill years."""
    found: int = db.value("select count(*) from letters where state in (select value from json_each(?))", [list_text(list(states))])
    return found


def written(db: Database, person_id: int, kind: LetterKind, since: datetime) -> list[datetime]:
    """When letters of a kind were written to somebody, since then."""
    rows = db.rows(
        "select written_at from letters where person = ? and kind = ? and written_at >= ?",
        [person_id, kind, moment_text(since)],
    )
    return [each for row in rows if (each := maybe_moment(row["written_at"]))]


def oldest_waiting(db: Database, now: datetime) -> datetime | None:
    """Since when the letter has been waiting that could have gone first."""
    return maybe_moment(
        db.value("select min(written_at) from letters where state = 'waiting' and not_before <= ?", [moment_text(now)])
    )


# Asked for at sign-in


def ask_for_password(db: Database, email: str, since: datetime, now: datetime) -> None:
    """Keep that a new password was asked for: once, while one asked for `since` then waits; of more than a thousand, none."""
    db.execute(
        "insert into password_requests (email, at) select :email, :now where (select count(*) from password_requests) < 1000"
        " and not exists (select 1 from password_requests where email = :email and at between :since and :now)",
        {"email": email, "since": moment_text(since), "now": moment_text(now)},
    )


def take_requests(db: Database, since: datetime) -> list[str]:
    """The addresses for which one was asked for since then, in that order; all requests are taken out."""
    rows = db.rows("delete from password_requests returning id, email, at")
    return [row["email"] for row in sorted(rows, key=lambda row: row["id"]) if row["at"] >= moment_text(since)]
