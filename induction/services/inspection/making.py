"""The pack is made: its records are read at one moment, and let go before the long work on its pages begins."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from ...content.model import Library
from ...records.store.as_it_was import as_it_was
from ...rules.calendar import local
from ...wording import pack as wording
from .contents import Asked, File, files_of, gather
from .document import document

DOCUMENT = "inspection-pack.pdf"

Typeset = Callable[[Mapping[str, Any]], bytes]  # the document as a PDF


def make(database: Path, library: Library, asked: Asked, typeset: Typeset, out: IO[bytes], say: Callable[[str], None]) -> None:
    """Write the pack to `out`; `say` is told each step. Raises DatabaseFault, NobodyOfThatNumber, OSError."""
    past = asked.day < local(asked.now).date()
    say(wording.STEPS[0])
    with as_it_was(database, asked.day if past else None) as db:
        pack = gather(db, library, asked)
    say(wording.STEPS[1])
    files = files_of(pack)
    say(wording.STEPS[2])
    pdf = typeset(document(pack, files))
    say(wording.STEPS[3])
    _write(out, f"inspection-pack-{asked.day}", pdf, files, asked)


def _write(out: IO[bytes], folder: str, pdf: bytes, files: Sequence[File], asked: Asked) -> None:
    when = local(asked.now).timetuple()[:6]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, body in [(DOCUMENT, pdf), *((each.path, each.text.encode()) for each in files)]:
            entry = zipfile.ZipInfo(f"{folder}/{path}", when)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, body)
