"""Reading content folders within limits: the kernel ends what takes more."""

import json
import resource
from pathlib import Path

from induction.content.reading import library
from tests.content.folders import Folder
from tests.forks import Forks

MEMORY, SECONDS = 256 * 2**20, 2  # bytes, and seconds of processor time


class TookTooMuch(Exception):
    """Reading took more than 256 MiB of memory or two seconds of processor time."""


class Reader:
    """Reads each folder in a process of its own."""

    def __init__(self, forks: Forks) -> None:
        self._forks = forks

    def read(self, folder: Folder, over: str = "") -> list[str]:
        """What reading says of a folder, where `over` is done first. Raises TookTooMuch."""
        said = folder.shipped.with_name("said.json")
        if self._forks.call(str(folder.shipped), str(said), over):
            raise TookTooMuch
        return json.loads(said.read_text())


def read(shipped: str, said: str, over: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    exec(over)
    found = [str(problem) for problem in library.read(Path(shipped), None).problems]
    Path(said).write_text(json.dumps(found))
