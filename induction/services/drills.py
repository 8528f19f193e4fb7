"""The drill: a backup is proved by being put back, in a folder of its own beside the school, which is left as it is."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from ..content.checks import checker
from ..records.people import code_apps, lists, people, recovery_codes
from ..records.people.lists import PeopleFilter
from ..records.people.person import Person
from ..records.school import backup_history, school
from ..records.store import backup, backup_folder, encryption, vital_signs
from ..records.store.database import Database, DatabaseFault, transaction
from ..records.store.encryption import Key
from ..records.store.restore import restore
from ..records.store.school_file import DATABASE
from ..records.store.taking_in import Held
from ..records.store.whole_files import sweep, workshop
from ..rules import backups as rules
from ..rules import factor_codes
from ..rules.calendar import local
from ..rules.roles import Role
from ..settings import HOME
from ..wording import backups as wording
from . import own_content
from .backups import lying, made_at
from .kept_content import Kept
from .password_hashing import Hashing

WaysIn = tuple[str, str, str]  # a lead's email, password, and a code for the second step
Trial = Callable[[Path, WaysIn | None], None]  # starts a site in a folder, and lets that lead in


class DrillFailed(Exception):
    """The backup would not give the school back; the words say why."""


@dataclass(frozen=True, slots=True)
class Outcome:
    ok: bool
    seen: tuple[str, ...]  # sentences: what was proved, and last why it failed

    @property
    def words(self) -> str:
        return " ".join(self.seen)


def newest(data: Path) -> Path | None:
    """The newest backup that the site or somebody has put into backups/. Raises OSError."""
    return max(lying(data / backup.FOLDER), key=made_at, default=None)


def hold(file: Path, name: str, data: Path, now: datetime, trial: Trial, keys: Sequence[Key] = ()) -> Outcome:
    """Prove the backup `file`, which people call `name`, and keep what came of it where there is a school here.

    Of one that is encrypted only the outside can be looked at without its private key.
    """
    seen: list[str] = []
    try:
        with _present(data) as db:
            if not keys and encryption.is_encrypted(file):
                seen.append(_outside(db, file, name))
            else:
                with _scratch(data) as folder:
                    for words in _prove(file, name, folder, db, now, trial, keys):
                        seen.append(words)
        outcome = Outcome(True, tuple(seen))
    except (DatabaseFault, DrillFailed) as fault:
        outcome = Outcome(False, (*seen, str(fault)))
    except OSError as error:
        outcome = Outcome(False, (*seen, f"The drill could not be held ({error.strerror or error})."))
    _keep(data, name, outcome, now)
    return outcome


@contextmanager
def _present(data: Path) -> Iterator[Database | None]:
    """The school that is here, to look at; None where there is none, or what is there can't be read."""
    with ExitStack() as stack:
        try:
            db = Database(data / DATABASE, looking=True)
            stack.enter_context(closing(db))
            vital_signs.counts(db)
        except DatabaseFault:
            yield None
        else:
            yield db


@contextmanager
def _scratch(data: Path) -> Iterator[Path]:
    """A folder beside the school, on a disk that has room for it; it goes with all that is in it."""
    with ExitStack() as stack:
        if data.is_dir():
            sweep(data)
            yield stack.enter_context(workshop(data / "drill"))
        else:
            yield Path(stack.enter_context(TemporaryDirectory(prefix="induction-drill-")))


def _keep(data: Path, name: str, outcome: Outcome, now: datetime) -> None:
    """What came of it; where no school is here, or its records can't be written, the words on the terminal must do."""
    with suppress(DatabaseFault), closing(Database(data / DATABASE)) as db:
        if backup_history.is_there(db):
            with transaction(db):
                backup_history.say_drilled(db, Path(name).name, outcome.ok, outcome.words, now)


def _outside(db: Database | None, file: Path, name: str) -> str:
    """What can be said of an encrypted backup without its key."""
    made = backup_history.made(db, Path(name).name) if db and backup_history.is_there(db) else None
    if made is None:
        return wording.SEALED_UNKNOWN
    if backup_folder.digest(file) != (made.bytes, made.sha256):
        raise DrillFailed(wording.SEALED_UNLIKE)
    return wording.SEALED


def _prove(
    file: Path, name: str, folder: Path, present: Database | None, now: datetime, trial: Trial, keys: Sequence[Key]
) -> Iterator[str]:
    """Put it back in `folder` and look at everything; a sentence for each thing that is well."""
    done = restore(file, folder, now, name=name, keys=keys)
    with closing(Database(folder / DATABASE)) as copy:
        yield wording.OPENED
        _check_school(copy, present)
        yield _counts(copy, done.held)
        if present:
            there, here = vital_signs.counts(copy), vital_signs.counts(present)
            yield wording.since({what: here[what] - there[what] for what in here})
        yield _content(folder, now)
        lead = _lead(copy)
        ways = _let_in(copy, lead, now) if lead else None
    try:
        trial(folder, ways)
    except Exception as fault:  # whatever keeps a site from starting
        raise DrillFailed(wording.not_started(str(fault) or type(fault).__name__)) from fault
    yield wording.signed_in(lead.name) if lead else wording.NO_LEAD


def _check_school(copy: Database, present: Database | None) -> None:
    if present and people.has_lead(present) and school.key(present) != school.key(copy):
        raise DrillFailed(wording.ANOTHER_SCHOOL)


def _counts(copy: Database, then: Held) -> str:
    counts = vital_signs.counts(copy)
    for what, count in then.items():
        if counts.get(what, 0) < count:
            raise DrillFailed(wording.fewer(what, counts.get(what, 0), count))
    return wording.held(counts, bool(then))


def _content(folder: Path, now: datetime) -> str:
    """Whether the school's own content in it passes the check."""
    if not own_content.has_own(folder):
        return wording.own_content(0)
    reading, problems = own_content.check(HOME, folder, local(now).date(), own_content.copies(folder), Kept(folder))
    faults = [problem for problem in problems if not problem.warning]
    if reading is None or not checker.passes(problems, False):
        raise DrillFailed(wording.content_faulty(len(faults), str(faults[0]) if faults else ""))
    own = sum(1 for part in own_content.FOLDERS for path in (folder / part).rglob("*") if path.is_file())
    return wording.own_content(own)


def _lead(db: Database) -> Person | None:
    return next(iter(lists.listing(db, PeopleFilter(role=Role.LEAD), per_page=1).people), None)


def _let_in(db: Database, lead: Person, now: datetime) -> WaysIn:
    """Give a lead of the copy a password, and a recovery code for the second step, that nobody knows but this drill. Both go with
    the copy."""
    password, code = secrets.token_urlsafe(24), factor_codes.from_chance(secrets.randbits(80))
    secret = Hashing().hash(password)
    with transaction(db):
        people.set_password(db, lead.id, secret, now=now)
        code_apps.put(db, lead.id, "of the drill", 0, now)
        recovery_codes.put(db, lead.id, [code], now)
    return lead.email, password, code


def is_due(db: Database, now: datetime) -> bool:
    """Whether the monthly drill is to be held: there is a backup, and the last drill was a month ago or failed."""
    last = backup_history.last_drill(db, now)
    due = rules.drill_is_due(last.at if last else None, bool(last and last.ok), vital_signs.begun(db), now)
    return due and newest(db.path.parent) is not None
