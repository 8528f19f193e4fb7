"""PDF by the typesetter Typst, in a process of its own: 84 MB of program that the server does not load, and that can be ended.

What a document says is handed over as data, which the source reads as JSON: nobody's name can be markup. Each is tagged as
PDF/UA-1 asks, so a source that gives no title or no language, or a picture without words, is refused. The same source, data
and moment give the same bytes.
"""

from __future__ import annotations

import json
import os
import pickle
import struct
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any

CHILD = Path(__file__).with_name("typesetting_child.py")
SECONDS = 20  # of the processor's time, for one document
IDLE = 8  # times as long by the clock, on a machine that is busy
MEMORY = 1024 * 2**20  # bytes of addresses; a certificate uses a tenth of it
LONGEST = 64 * 2**20  # bytes of a PDF
LENGTH = struct.Struct(">q")


class NotSet(Exception):
    """A document could not be set; the words say why."""


@dataclass(frozen=True, slots=True)
class Document:
    """What a source is set with: `data` as the file *data.json*, and other files under their names."""

    data: Mapping[str, Any]
    at: datetime  # which the file says it was made at
    files: Mapping[str, bytes] = field(default_factory=dict)


def pdf(source: str, document: Document, seconds: int = SECONDS, memory: int = MEMORY) -> bytes:
    """One document as PDF. Raises NotSet."""
    return next(iter(pdfs(source, [document], seconds, memory)))


def pdfs(source: str, documents: Iterable[Document], seconds: int = SECONDS, memory: int = MEMORY) -> Iterator[bytes]:
    """Documents of one source, each as it is asked for, by one process. Raises NotSet at the first that can't be set."""
    with _press(seconds, memory) as press:
        for each in documents:
            files = {"main.typ": source.encode(), "data.json": json.dumps(each.data, ensure_ascii=False).encode(), **each.files}
            yield press.set(pickle.dumps((files, int(each.at.timestamp()))))


@dataclass(frozen=True, slots=True)
class _Press:
    child: subprocess.Popen[bytes]
    seconds: int

    def set(self, document: bytes) -> bytes:
        """Have it set by the child. It is ended where that takes too long, and with it the reading below."""
        assert self.child.stdin and self.child.stdout
        timer = threading.Timer(IDLE * self.seconds, self.child.kill)
        timer.start()
        try:
            with suppress(BrokenPipeError):
                self.child.stdin.write(LENGTH.pack(len(document)) + document)
                self.child.stdin.flush()
            length = LENGTH.unpack(_exactly(self.child.stdout, LENGTH.size))[0]
            if abs(length) > LONGEST:
                raise NotSet("it is larger than any document here")
            made = _exactly(self.child.stdout, abs(length))
        finally:
            timer.cancel()
        if length < 0:
            raise NotSet(made.decode(errors="replace"))
        return made


def _exactly(pipe: IO[bytes], count: int) -> bytes:
    found = pipe.read(count)
    if len(found) < count:
        raise NotSet("it took too long, or more memory than there is for it")
    return found


@contextmanager
def _press(seconds: int, memory: int) -> Iterator[_Press]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("INDUCTION_")}
    environment |= {"RAYON_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}  # the server has the processors
    command = [sys.executable, "-I", str(CHILD), str(seconds), str(memory)]
    try:
        child = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, start_new_session=True
        )
    except OSError as fault:
        raise NotSet(f"no process could be started to set it ({fault.strerror})") from fault
    try:
        yield _Press(child, seconds)
    finally:
        child.kill()  # it keeps nothing
        with suppress(BrokenPipeError):
            child.communicate()
