"""The chain of evidence: giving it out, and its head to those who keep it outside."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from ..records import evidence, exports
from ..records.evidence import Checked
from ..records.people import people
from ..records.school import evidence_heads, post_office, school
from ..records.school.evidence_heads import PLACES
from ..records.store.database import Database, one_moment, transaction
from ..rules.calendar import local
from ..rules.letters import LetterKind
from ..rules.roles import Role
from ..rules.sending_days import OPENS
from ..wording import evidence as wording
from ..wording.site_letters import WHY
from . import letters
from .spreadsheet.csv_file import write_csv

TRIES = ("answers", "attempt")  # kinds of entries whose words are for those alone who may see single choices
VERIFIER = Path(__file__).with_name("verify_evidence.py")  # stands alone, and goes along as it is
READ_ME = """The records of a school's staff induction, as they stood at one moment.

evidence.csv     the chain: one entry for each thing that happened, in order
completions.csv  who completed what, as a sheet
verify.py        goes through the chain with nothing but Python 3.8 or newer:

                     python3 verify.py evidence.csv [HEAD]

                 HEAD is one that was kept elsewhere: from a certificate, the name of a backup, a letter or a printed pack.

An entry without words is one whose record went when its time was over or somebody was erased, or one of a try or its answers,
which are not handed out; the chain holds without them.
It holds personal data: keep it as safe as the server.

{proves}
"""


def in_words(checked: Checked) -> str:
    """What does not fit; empty where all does."""
    fault = checked.fault
    return wording.fault(fault.n, fault.wrong, fault.kind, fault.row) if fault else ""


def pack(db: Database, out: IO[bytes]) -> None:
    """Write the chain without the words of tries, completions and the verifier as a ZIP, all of one moment."""
    with one_moment(db), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as whole:
        _sheet(whole, "evidence.csv", evidence.COLUMNS, _without_tries(db))
        _sheet(whole, "completions.csv", exports.COMPLETIONS, exports.completions(db))
        whole.write(VERIFIER, "verify.py")
        whole.writestr("READ-ME.txt", READ_ME.format(proves="\n".join(wording.PROVES)))


def sealed(row: Mapping[str, Any]) -> dict[str, Any]:
    """An entry without its words: it verifies as one whose record went."""
    return {**row, "salt": "", "entry": ""}


def _without_tries(db: Database) -> Iterator[Mapping[str, Any]]:
    """A lead takes this away, and sees nobody's single choices."""
    return (sealed(row) if row["kind"] in TRIES else row for row in evidence.rows(db))


def _sheet(whole: zipfile.ZipFile, name: str, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    with whole.open(name, "w") as file, io.TextIOWrapper(file, "utf-8", newline="") as words:
        write_csv(words, columns, rows)


class WitnessesMeanwhile(Exception):
    """Somebody else has named others since the page was opened."""


def name_witnesses(
    db: Database, persons: Sequence[int | None], saw: Callable[[Mapping[int, int]], bool], *, by: int, now: datetime
) -> bool:
    """Say to whom the head is written each week; False where it stands so already. `saw`: whether those who are named now are
    those that the page had shown.

    Raises WitnessesMeanwhile.
    """
    with transaction(db):
        before = evidence_heads.witnesses(db)
        if tuple(before.get(place) for place in PLACES) != tuple(persons) and not saw(before):
            raise WitnessesMeanwhile
        new = [(place, person) for place, person in zip(PLACES, persons, strict=True) if before.get(place) != person]
        for place, person in new:
            evidence_heads.name_witness(db, place, person, by=by, now=now)
    return bool(new)


def write_heads(db: Database, now: datetime) -> None:
    """Once a week, from Monday morning on: the head, to those who keep it outside. Harmless when done twice."""
    here = local(now)
    year, week, weekday = here.isocalendar()
    witnesses = people.by_ids(db, set(evidence_heads.witnesses(db).values()))
    if not witnesses or (weekday, here.time()) < (1, OPENS):
        return
    with transaction(db):
        head = evidence.latest(db)
        for each in witnesses.values():
            if head:
                address = post_office.look(db).address if each.role is Role.LEAD else ""
                letter = wording.weekly_letter(each.name.split()[0], school.called(db), head.n, head.head, now, address)
                letters.put(db, LetterKind.HEAD, each, letter, key=f"head {each.id} {year}-{week}", why=WHY[LetterKind.HEAD], now=now)
