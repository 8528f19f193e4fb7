"""Putting a backup in the school's place: the only way back.

What comes in is taken for hostile until it is proved: the schema is ours, word for word; every page, type and rule holds;
nothing in it contradicts the rest.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from . import encryption, evidence_check, migrations, taking_in
from .backup import FOLDER, check_sound, named_for
from .columns import maybe_moment, moment, moment_text
from .connections import BESIDE
from .contradictions import contradictions, moments
from .database import Database, transaction
from .faults import (
    BackupChanged,
    BackupDamaged,
    BackupNewer,
    DatabaseDamaged,
    DatabaseFault,
    DatabaseNewer,
    FolderShut,
    NotABackup,
    NotOurDatabase,
    SchemaChanged,
)
from .lock import alone
from .school_file import DATABASE, PARTS
from .taking_in import Held
from .whole_files import WITHOUT_LINKS, private, sweep, sync, workshop

REPLICA = f".{DATABASE}-litestream"  # where Litestream keeps what it has copied so far
TOLD = Path("kept") / "put-back.json"  # what leads are told of the last restore
PASSING = frozenset({  # tables of what goes by itself: nothing is lost with it
    "sessions", "links", "devices", "tries", "pulse", "policy_draft_choices", "policy_draft_text",
    "imports", "post_office", "addresses_refused", "password_requests", "chores", "certificate_seen",
    "calendar_addresses", "packs", "providers", "provider_accounts", "provider_tokens", "waiting_accounts", "used_once", "kept_forms",
    "passkeys", "code_apps", "recovery_codes", "factor_resets", "new_devices",
})
OF_BACKUPS = frozenset({"backup_runs", "backup_copies", "drills"})  # tells of files that lie beside the database
BY_AN_UPGRADE = {  # what an upgrade or a restore writes by itself is nobody's doing
    "people_history": "what in ('began', 'put right')",
    "ways_in": "what = 'began'",
    "signing_keys": '"by" is null',  # the first
    "sign_in_rules": '"by" is null',  # the first, too
    "evidence": "true",  # of what stands elsewhere
    "acts": "what = 'restored'",  # so that a better backup may follow upon another
}


class OlderBackup(DatabaseFault):
    """The backup ends before the present records do."""


class AnotherSchool(DatabaseFault):
    words = (
        "This is a backup of another school's records. Nothing was changed. "
        "If it is meant, move the present database out of the data folder first."
    )


class Replicated(DatabaseFault):
    words = (
        f"Litestream copies this database elsewhere ({REPLICA} lies beside it), and a restore under it would spoil that copy. "
        f"Nothing was changed. Stop Litestream, move {REPLICA} out of the data folder, do this again, then start it afresh."
    )


@dataclass(frozen=True, slots=True)
class Restored:
    latest: datetime | None  # of the records that are there now
    lost_after: datetime | None  # records after `latest` and up to this moment are in `replaced` alone
    replaced: Path | None  # the folder in which what was there lies now
    records_alone: bool  # the backup held no content of the school's own, and no key
    held: Held  # what the backup says that it held when it was made
    head_before: str | None  # of the evidence that was there


def restore(
    file: Path, data: Path, now: datetime, older: bool = False, name: str = "", keys: Sequence[encryption.Key] = ()
) -> Restored:
    """Put the backup `file` in the place of the school in the folder `data`. `name` is what people call it, if not that.

    One that is encrypted is opened by one of the private `keys`. Everybody is signed out, links end and letters that wait
    are dropped; what was there is kept in `backups/`. Until the last step nothing is changed. Raises ServerRunning;
    OlderBackup unless `older`; BackupUnfit, AnotherSchool, Replicated, NoRoom, FolderShut or another DatabaseFault.
    """
    name = name or str(file)
    with _in_words(data), alone(data), workshop(data / "restore") as school:
        if (data / REPLICA).exists():
            raise Replicated
        sweep(data)
        held = taking_in.take_in(file, school, name, keys)
        incoming = _prove(school / DATABASE, name, now)
        present = _look(data / DATABASE)
        _compare(incoming, present, older)
        records_alone = not any((school / part).exists() for part in PARTS)
        kept = _place_aside(data) / named_for(now, "replaced").removesuffix(".zip")
        replaced = _swap(school, data, kept, () if records_alone else PARTS)
    lost = present.latest if present and present.latest and present.latest > (incoming.latest or "") else None
    head = present.head if present else None
    done = Restored(maybe_moment(incoming.latest), maybe_moment(lost), kept if replaced else None, records_alone, held, head)
    _tell(data, done, now)
    return done


@contextmanager
def _in_words(data: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FolderShut(
            f"The backup could not be put into the data folder {data} ({error.strerror}). Nothing was changed. "
            "See that the folder can be written and has room."
        ) from error


@dataclass(frozen=True, slots=True)
class _Contents:
    key: str
    set_up: bool
    latest: str | None
    counts: dict[str, int]  # the highest number given in each table that counts on
    head: str | None  # of the evidence; None where there is none yet


def latest_record(db: Database) -> str | None:
    """When the latest thing happened that is kept for good, as UTC text."""
    asked = (
        f"select max({column}) from {table} where not ({BY_AN_UPGRADE.get(table, '0')})"
        for table, column in moments(db)
        if table not in PASSING | OF_BACKUPS and column != "last_seen_at"
    )
    return max(filter(None, map(db.value, asked)), default=None)


def _prove(copy: Path, name: str, now: datetime) -> _Contents:
    """Prove a database sound and ours, bring it to the present schema, sign everybody out of it and give up letters that wait.

    Raises BackupUnfit.
    """
    try:
        with closing(Database(copy)) as db:
            migrations.pending(db)
            migrations.check_as_made(db)
            check_sound(db)
            migrations.upgrade(db)
            if broken := contradictions(db):
                raise BackupChanged(
                    f"The records in {name} contradict each other (not so: {'; '.join(broken[:3])}), so somebody has changed them. "
                    "Nothing was changed here. Take another backup."
                )
            if fault := evidence_check.check(db).fault:
                raise BackupChanged(
                    f"The chain of evidence in {name} does not hold from entry {fault.n} on ({fault.wrong}), so somebody has changed it. "
                    "Nothing was changed here. Take another backup."
                )
            with transaction(db):
                db.execute("delete from sessions")
                db.execute("delete from links")
                _give_up_letters(db, now)
                migrations.without_others(db)
            return _contents(db)
    except NotOurDatabase as fault:
        raise NotABackup(f"{name} is not a backup of this program. Nothing was changed.") from fault
    except DatabaseNewer as fault:
        raise BackupNewer(f"The backup {name} was made by a newer version of this program. Nothing was changed.") from fault
    except SchemaChanged as fault:
        raise BackupChanged(
            f"The backup {name} is not as this program makes them ({fault.where}), so somebody has changed it. "
            "Nothing was changed here. Take another backup."
        ) from fault
    except DatabaseDamaged as fault:
        raise BackupDamaged(f"The backup {name} is damaged. Nothing was changed. Take another one.") from fault


def _give_up_letters(db: Database, now: datetime) -> None:
    """What waits in an older outbox may have gone since it was kept: none is posted again by itself. What was begun is over."""
    db.execute(
        "update letters set state = 'unsure', claim = null, claimed_until = null, done_at = ?,"
        " said = 'A backup was put back in which it still waited.' where state in ('waiting', 'claimed', 'posting')",
        [moment_text(now)],
    )
    db.execute("delete from password_requests")
    db.execute("update chores set claim = null, claimed_until = null")


def _look(place: Path) -> _Contents | None:
    """What the present database holds; None where there is none, or it can't be read: then nothing can be compared."""
    if not place.exists():
        return None
    try:
        with closing(Database(place)) as db:
            return _contents(db)
    except (DatabaseDamaged, NotOurDatabase):
        return None


def _contents(db: Database) -> _Contents:
    set_up = bool(db.value("select exists (select 1 from people where role = 'lead')"))
    counted = db.rows("select name, seq from sqlite_sequence")
    counts = {row["name"]: row["seq"] for row in counted if row["name"] not in PASSING | OF_BACKUPS}
    if "acts" in counts:
        counts["acts"] -= db.value(f"select count(*) from acts where {BY_AN_UPGRADE['acts']}")
    has_chain = db.row("select 1 from sqlite_schema where name = 'evidence'")
    head = db.value("select lower(hex(head)) from evidence order by n desc limit 1") if has_chain else None
    return _Contents(db.value("select key from school"), set_up, latest_record(db), counts, head)


def _compare(incoming: _Contents, present: _Contents | None, older: bool) -> None:
    if present is None or not present.set_up:
        return
    if present.key != incoming.key:
        raise AnotherSchool
    fewer = any(count > incoming.counts.get(table, 0) for table, count in present.counts.items())
    if not older and (fewer or (present.latest or "") > (incoming.latest or "")):
        raise OlderBackup(
            f"The backup ends at {_shown(incoming.latest)}; the present records go on to {_shown(present.latest)}. "
            "Nothing was changed. To go back all the same, add --older: the present records are kept aside."
        )


def _shown(at: str | None) -> str:
    return f"{at[:10]} {at[11:19]} UTC" if at else "the beginning"


def _place_aside(data: Path) -> Path:
    """Where what was there is kept: in `backups/`, or where that lies on another disk beside it, since it is moved and not copied."""
    (data / FOLDER).mkdir(mode=0o700, parents=True, exist_ok=True)
    return data / FOLDER if (data / FOLDER).stat().st_dev == data.stat().st_dev else data


def _swap(school: Path, data: Path, kept: Path, parts: tuple[str, ...]) -> bool:
    """Put the proved school in place, and what was there into the folder `kept`; whether there was anything.

    The database comes last, and at every instant there is one of the two in place where the disk knows hard links.
    """
    kept.mkdir(mode=0o700, parents=True)
    sync(school / DATABASE)
    try:
        for part in parts:
            if os.path.lexists(data / part):
                os.replace(data / part, kept / part)
            if (school / part).exists():
                os.replace(school / part, data / part)
        if (data / DATABASE).exists():
            _keep_aside(data / DATABASE, kept)
        os.replace(school / DATABASE, data / DATABASE)
    except OSError as error:
        raise FolderShut(
            f"The restore stopped half way ({error.strerror}). What was there lies in {kept} or still in its place; "
            "nothing is lost. See that the data folder can be written, then do this again."
        ) from error
    replaced = any(kept.iterdir())
    if not replaced:
        kept.rmdir()
    for folder in (kept.parent, data):
        sync(folder)
    return replaced


def _keep_aside(place: Path, kept: Path) -> None:
    """Give the present database another name, and take along what lies beside it."""
    try:
        os.link(place, kept / DATABASE)
    except OSError as error:
        if error.errno not in WITHOUT_LINKS:
            raise
        os.replace(place, kept / DATABASE)
    for ending in BESIDE:
        beside = place.with_name(place.name + ending)
        if beside.exists():
            os.replace(beside, kept / beside.name)
    sync(kept)


# What leads are told


def _tell(data: Path, done: Restored, now: datetime) -> None:
    """Keep what leads are told. Where that can't be written, the words on the terminal must do."""
    told = {
        "at": moment_text(now),
        "latest": done.latest and moment_text(done.latest),
        "records_alone": done.records_alone,
    }
    try:
        (data / TOLD).parent.mkdir(mode=0o700, exist_ok=True)
        with open(data / TOLD, "w", encoding="utf-8", opener=private) as file:
            json.dump(told, file)
    except OSError:
        return


@dataclass(frozen=True, slots=True)
class PutBack:
    at: datetime
    latest: datetime | None  # until when records came back
    records_alone: bool


def last_put_back(data: Path) -> PutBack | None:
    """The last restore into this folder; None where there was none."""
    try:
        told: Any = json.loads((data / TOLD).read_text(encoding="utf-8"))
        return PutBack(moment(told["at"]), maybe_moment(told["latest"]), bool(told["records_alone"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
