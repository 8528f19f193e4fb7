"""What is well with the site and what isn't, each with a plain word and what to do: one list of looks.

`induction doctor`, `/readyz` and what leads are told all come from here, with the same limits. Looking changes nothing.
"""

from __future__ import annotations

import os
import shutil
import stat
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ..records.people.people import has_lead
from ..records.store import backup, erased_list, evidence_check, migrations, school_file, vital_signs
from ..records.store.columns import maybe_moment
from ..records.store.contradictions import contradictions
from ..records.store.database import Database
from ..records.store.erased_list import Left
from ..records.store.faults import (
    DatabaseDamaged,
    DatabaseFault,
    DatabaseMissing,
    DatabaseShut,
    FolderShut,
    SchemaChanged,
)
from ..records.store.restore import REPLICA, latest_record
from ..records.store.school_file import DATABASE
from ..records.store.whole_files import mb
from ..wording import evidence as evidence_words
from ..wording.dates import in_utc
from ..wording.numbers import plural
from . import backup_findings, installation
from .findings import Finding

ROOM = 50 * 10**6  # bytes beside what a backup needs: the site goes on writing meanwhile
CLOCK_MAY_DIFFER = timedelta(minutes=5)
OLDEST_CLOCK = datetime(2026, 1, 1, tzinfo=UTC)  # a small server without a battery wakes up in 1970
UNTIL_THEN = "Until then answers can't be saved."
DEEP = frozenset({"database", "agreement", "evidence", "records"})  # the looks that read every page


def examine(data: Path, now: datetime, deeply: bool = True) -> list[Finding]:
    """Look at the data folder, the database in it and its backups; `deeply` at every page and rule of the database too."""
    try:
        findings = [_folder(data)]
        if not data.is_dir():
            return findings
        with closing(Database(installation.found(data), looking=True)) as db:
            findings += _of_database(db, now, deeply)
    except DatabaseFault as fault:
        findings.append(_bad_database(fault))
    except OSError as fault:
        return [Finding("data folder", False, f"{data} can't be looked at ({fault.strerror}).", "See that this account may.")]
    return findings


def _of_database(db: Database, now: datetime, deeply: bool) -> list[Finding]:
    try:
        found = [_sound(db) if deeply else _readable(db), _schema(db)]
        if found[-1].ok:
            found += [*(_deep_looks(db) if deeply else ()), _clock(db, now), _lead(db)]
            found.append(_erased(db))
        return [*found, _writes(db.path), _space(db.path.parent), *backup_findings.look(db, now)]
    except DatabaseFault as fault:
        return [_bad_database(fault)]


def _bad_database(fault: DatabaseFault) -> Finding:
    if isinstance(fault, DatabaseMissing | DatabaseShut | FolderShut):
        return Finding("database", False, str(fault), "See that INDUCTION_DATA names the right folder.")
    if isinstance(fault, DatabaseDamaged | SchemaChanged):  # whose words say what to do
        return Finding("database", False, str(fault), "The sooner, the less is lost.")
    return Finding("database", False, str(fault), "If it stays so, restore the newest backup with `induction restore`.")


def _folder(data: Path) -> Finding:
    if not data.is_dir():
        words = f"{data} is no folder." if data.exists() else f"{data} is not there."
        return Finding("data folder", False, words, "Set INDUCTION_DATA to the right folder.")
    if stat.S_IMODE(data.stat().st_mode) & 0o077:
        words = f"Others on this machine can look into {data}."
        return Finding("data folder", False, words, f"chmod 700 {data}", stops=False)
    return Finding("data folder", True, f"{data}")


def _readable(db: Database) -> Finding:
    """Raises DatabaseFault where it can't be read."""
    vital_signs.pulse(db)
    return Finding("database", True, "It can be read.")


def _sound(db: Database) -> Finding:
    """Raises DatabaseFault where it is damaged."""
    migrations.pending(db)
    migrations.check_as_made(db)
    backup.check_sound(db)
    size, waiting = db.path.stat().st_size, _size(db.path.with_name(f"{DATABASE}-wal"))
    words = f"Sound, {mb(size)}; SQLite {vital_signs.SQLITE}, journal {vital_signs.journal(db)}."
    if waiting:
        words += f" {mb(waiting)} of it lies in {DATABASE}-wal: copy it with `induction backup`, never by hand while the site runs."
    return Finding("database", True, words, numbers={"database_bytes": size, "journal_bytes": waiting})


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _schema(db: Database) -> Finding:
    if waiting := migrations.pending(db):
        words = f"The database waits for an upgrade ({len(waiting)} {plural('step', len(waiting))})."
        return Finding("schema", False, words, "Run `induction migrate`; it writes a backup first.")
    return Finding("schema", True, "As this version of the program makes it.")


def _deep_looks(db: Database) -> list[Finding]:
    """Looks that ask every record."""
    counts, latest = vital_signs.counts(db), maybe_moment(latest_record(db))
    words = ", ".join(f"{count:,} {what}" for what, count in counts.items())
    words += f", up to {in_utc(latest)}." if latest else "."
    return [_agreement(db), _evidence(db), Finding("records", True, words, numbers=counts)]


def _agreement(db: Database) -> Finding:
    """Whether the records agree with each other."""
    broken = contradictions(db)
    if not broken:
        return Finding("agreement", True, "The records agree with each other.")
    words = f"The records contradict each other (not so: {'; '.join(broken)}), so something else than this program has changed them."
    return Finding("agreement", False, words, "Keep this database, find out who changed it, and restore a backup from before.")


def _evidence(db: Database) -> Finding:
    """Whether the chain holds, and says what the records say."""
    checked = evidence_check.check(db)
    words = f"The chain of {evidence_words.entries(checked.entries)} "
    if checked.fault is None:
        return Finding("evidence", True, f"{words}holds; head {checked.head}.", numbers={"entries_of_evidence": checked.entries})
    fault = checked.fault
    words += f"does not hold. {evidence_words.fault(fault.n, fault.wrong, fault.kind, fault.row)}"
    return Finding("evidence", False, words, "Keep this database, find out who changed it, and restore a backup from before.")


def _clock(db: Database, now: datetime) -> Finding:
    """Judged by what was written down last: what a wrong clock has dated for ever proves nothing about today's."""
    says = f"The clock says {in_utc(now)}"
    do = "Put this machine's clock right; see that it asks a time server."
    last = vital_signs.last_written(db) or [moment for moment in [maybe_moment(latest_record(db))] if moment]
    later = [each for each in last if each > now + CLOCK_MAY_DIFFER]
    if now < OLDEST_CLOCK:
        return Finding("clock", False, f"{says}, which can't be.", do)
    if 2 * len(later) > len(last):
        words = f"{says}; most of the last records are dated later, up to {in_utc(max(later))}."
        return Finding("clock", False, words, f"{do} If it is right, this goes by itself as people sign in and answer.")
    more = f" {len(later)} of the last records are dated later: the clock was ahead then. They stay as they are." if later else ""
    return Finding("clock", True, f"{says}.{more}")


def _lead(db: Database) -> Finding:
    if has_lead(db):
        return Finding("lead", True, "There is a lead.")
    return Finding("lead", False, "Nobody is lead yet.", "Run `induction first-run` and open the link it prints.", stops=False)


def _erased(db: Database) -> Finding:
    """Whether somebody is here again whose record was erased: after a restore of a backup from before."""
    try:
        erased = erased_list.read(db.path.parent)
    except (erased_list.ListDamaged, OSError):
        words = f"{erased_list.FILE} can't be read, so after a restore nobody can be named whose record had been erased."
        do = "Put back your copy of it, or move it away: those that are known here are written anew."
        return Finding("erased", False, words, do, stops=False)
    again = erased_list.here_again(db, erased)
    if again:
        who = ", ".join(f"person {number} ({email})" for number, email in again)
        words = f"A restore has brought back {len(again)} {plural('record', len(again))} that had been erased: {who}."
        do = "Erase each again, on their page under People or with `induction people erase EMAIL`."
        return Finding("erased", False, words, do, {"erased_and_back": len(again)}, stops=False, urgent=True)
    journal_is_followed = (db.path.parent / REPLICA).exists()  # by Litestream, which joins it in its own time
    if left := {each.number for each in erased if each.left is Left.DATABASE or each.left and not journal_is_followed}:
        words = f"Bytes of {len(left)} erased {plural('record', len(left))} may still lie in the database's files."
        do = "The site tries again every ten minutes. It needs free space of twice the database, and a moment in which nobody reads."
        return Finding("erased", False, words, do, {"erased_and_left": len(left)}, stops=False)
    return Finding("erased", True, f"{len({each.number for each in erased})} erased; none of them is here again.")


def _writes(path: Path) -> Finding:
    """Whether writing would work, as far as looking can tell."""
    try:
        mounted_for_reading = os.statvfs(path.parent).f_flag & os.ST_RDONLY
        shut = [each for each in (path, path.parent) if not os.access(each, os.W_OK, effective_ids=True)]
    except OSError as fault:
        return Finding("writing", False, f"{path.parent} can't be looked at ({fault.strerror}).", UNTIL_THEN)
    if mounted_for_reading:
        return Finding("writing", False, "The disk is read-only: records can be read but not changed.", f"See to the disk. {UNTIL_THEN}")
    if shut:
        return Finding("writing", False, f"This account may not write to {shut[0]}.", f"Give it back to this account. {UNTIL_THEN}")
    return Finding("writing", True, "Records can be written.")


def _space(data: Path) -> Finding:
    free, size = shutil.disk_usage(data).free, school_file.size(data)
    needed = 2 * size + ROOM
    words, numbers = f"{mb(free)} free; the school takes {mb(size)}.", {"free_bytes": free, "school_bytes": size}
    if free < needed:
        do = f"Free some space: a backup needs twice what the school takes, and the site {mb(ROOM)} beside; that is {mb(needed)}."
        return Finding("space", False, words, do, numbers)
    return Finding("space", True, words, numbers=numbers)
