"""The pack is made: its records are read at one moment, and let go before the long work on its pages begins."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any

from ...content.model import Library
from ...records.store.as_it_was import as_it_was
from ...records.store.database import Database
from ...rules.calendar import local
from ...wording import pack as wording
from . import chain
from .contents import Asked, Written, files_of, gather
from .document import document

DOCUMENT = "inspection-pack.pdf"

Typeset = Callable[[Mapping[str, Any]], bytes]  # the document as a PDF


def make(database: Path, library: Library, asked: Asked, typeset: Typeset, out: IO[bytes], say: Callable[[str], None]) -> None:
    """Write the pack to `out`; `say` is told each step. Raises DatabaseFault, NobodyOfThatNumber, OSError."""
    past = asked.day < local(asked.now).date()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        say(wording.STEPS[0])
        with as_it_was(database, asked.day if past else None) as db:
            pack = gather(db, library, asked)
            sealed = [_chain(archive, db, asked)] if asked.person_id is None else []
        say(wording.STEPS[1])
        files = [*files_of(pack), *([chain.verifier()] if sealed else [])]
        say(wording.STEPS[2])
        pdf = typeset(document(pack, [*files, *sealed]))
        say(wording.STEPS[3])
        _add(archive, asked, DOCUMENT, pdf)
        for each in files:
            _add(archive, asked, each.path, each.text.encode())


def _chain(archive: zipfile.ZipFile, db: Database, asked: Asked) -> Written:
    """Everybody stands in it, so that one person's pack is without."""
    with archive.open(_entry(asked, chain.CHAIN), "w", force_zip64=True) as file:
        return chain.write(db, asked, file)


def _add(archive: zipfile.ZipFile, asked: Asked, path: str, body: bytes) -> None:
    archive.writestr(_entry(asked, path), body)


def _entry(asked: Asked, path: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(f"inspection-pack-{asked.day}/{path}", local(asked.now).timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry
