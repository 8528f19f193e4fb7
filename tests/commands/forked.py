"""The command as a shell starts it: in a folder, in an environment, with three streams."""

from __future__ import annotations

import codecs
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from induction.commands import main
from tests.forks import Forks

for encoding in ("utf-8-sig", "cp1252", "cp437", "utf-16"):  # the interpreter may itself lie in root's home
    codecs.lookup(encoding)


@dataclass(frozen=True)
class Ended:
    code: int
    bytes: bytes  # of its standard output
    err: str

    @property
    def out(self) -> str:
        return self.bytes.decode(errors="replace")


class Shell:
    """Starts the command in a process of its own."""

    def __init__(self, forks: Forks) -> None:
        self._forks = forks

    def run(self, data: Path, home: Path, first: list[str], *words: str | Path, stdin: bytes = b"") -> Ended:
        with tempfile.TemporaryDirectory() as folder:
            into, out, err = streams = [Path(folder, name) for name in ("in", "out", "err")]
            into.write_bytes(stdin)
            out.touch()
            err.touch()
            code = self._forks.call(str(data), str(home), [str(path) for path in streams], [*first, *map(str, words)])
            ended = Ended(code, out.read_bytes(), err.read_text())
        assert "Traceback" not in ended.err, ended.err
        return ended


def be_the_command(data: str, home: str, streams: list[str], words: list[str]) -> None:
    for number, (path, mode) in enumerate(zip(streams, "rww", strict=True)):
        stream = open(path, mode, encoding="utf-8")
        os.dup2(stream.fileno(), number)
    sys.stdin, sys.stdout, sys.stderr = (open(number, mode, encoding="utf-8") for number, mode in enumerate("rww"))
    os.chdir(home)
    for name in [name for name in os.environ if name.startswith("INDUCTION_")]:
        del os.environ[name]
    os.environ["INDUCTION_DATA"] = data
    sys.exit(main(words))
