"""Files that are spreadsheets (XLSX, ODS, XLS), and files that are something else than their names say.

A spreadsheet is a packed folder that may unfold to anything, so what it says of its sizes is looked at first, and it is
read by a process of its own, which has limits.
"""

from __future__ import annotations

import io
import json
import re
import struct
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from .tables import Table, Unreadable
from .workbook_child import PASSWORD

UNPACKED = 50 * 1024 * 1024  # bytes; 20,000 people in thirty columns have half of that
DIRECTORY = 512 * 1024  # bytes of a packed file's list of its parts
PATIENCE = 60  # seconds, on a busy machine

SAVE_AS = "Save the list as “CSV UTF-8” or as an Excel workbook (.xlsx)."
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = {
    b"\xff\xd8\xff": "a picture", b"\x89PNG": "a picture", b"GIF8": "a picture", b"II*\0": "a picture",
    b"%PDF": "a PDF", b"{\\rtf": "a document", b"\x1f\x8b": "a packed file", b"7z\xbc\xaf": "a packed file",
    b"SQLite format 3\0": "a database", b"\x7fELF": "a program", b"MZ\x90": "a program", b"ID3": "a recording",
}  # fmt: skip
_PARTS = {"word/document.xml": "a Word document", "ppt/presentation.xml": "a PowerPoint presentation"}
_TOO_LARGE = f"this spreadsheet unfolds to more than {UNPACKED // 1024 // 1024} MB, which no list of people does. {SAVE_AS}"
_PASSWORD = "this file is protected by a password. Save it without one, or save the list as “CSV UTF-8”."
_DAMAGED = f"this spreadsheet can't be read; it is damaged or holds far too much. {SAVE_AS}"


def sheets(data: bytes) -> list[Table] | None:
    """The sheets of a spreadsheet that are not hidden; None where it is none. Raises Unreadable for what is no text either."""
    if data.startswith(_ZIP):
        _look_at_the_parts(data)
        return _read(data)
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Unreadable(_PASSWORD)
        return _read(data)
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<", b"mime-version:")):
        raise Unreadable(f"this is a web page or XML, whatever its name says. Open it in Excel, and save it anew. {SAVE_AS}")
    for magic, what in _OTHERS.items():
        if data.startswith(magic):
            raise Unreadable(f"this is {what}, whatever its name says. {SAVE_AS}")
    return None


def _look_at_the_parts(data: bytes) -> None:
    end = data.rfind(b"PK\x05\x06")
    if end < 0 or len(data) < end + 22:
        raise Unreadable(_DAMAGED)
    if struct.unpack_from("<L", data, end + 12)[0] > DIRECTORY:
        raise Unreadable(_TOO_LARGE)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = {part.filename: part for part in packed.infolist()}
            if sum(part.file_size for part in packed.infolist()) > UNPACKED:
                raise Unreadable(_TOO_LARGE)
            manifest = parts.get("META-INF/manifest.xml")
            locked = any(part.flag_bits & 1 for part in parts.values())
            locked = locked or bool(manifest and b"encryption-data" in packed.read(manifest))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error) as fault:
        raise Unreadable(_DAMAGED) from fault
    if locked:
        raise Unreadable(_PASSWORD)
    if not parts.keys() & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        what = next((what for name, what in _PARTS.items() if name in parts), "a packed folder")
        what = "a Numbers or Pages document" if any(name.endswith(".iwa") for name in parts) else what
        raise Unreadable(f"this is {what}, whatever its name says. {SAVE_AS}")


def _read(data: bytes) -> list[Table]:
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as written:  # files, since pipes have no limit
        given.write(data)
        given.seek(0)
        child = [sys.executable, "-I", str(Path(__file__).with_name("workbook_child.py"))]
        try:
            done = subprocess.run(child, stdin=given, stdout=written, stderr=subprocess.DEVNULL, timeout=PATIENCE)
        except subprocess.TimeoutExpired as fault:
            raise Unreadable(_DAMAGED) from fault
        if done.returncode:
            raise Unreadable(_PASSWORD if done.returncode == PASSWORD else _DAMAGED)
        written.seek(0)
        out = written.read()
    starts = [found.start() for found in re.finditer(rb'^\["', out, re.MULTILINE)]
    return [_table(out[start:end]) for start, end in pairwise([*starts, len(out)])]


def _table(out: bytes) -> Table:
    """A sheet out of what the child says of it."""
    name, merged = json.loads(out.partition(b"\n")[0])

    def lines() -> Iterator[tuple[int, list[str]]]:
        said = io.BytesIO(out)
        said.readline()
        for line in said:
            number, cells = json.loads(line)
            yield number, cells

    return Table(lines, name=name, merged=tuple(map(tuple, merged)), further_cells=True)
