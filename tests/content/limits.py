"""Reading content folders within limits: the kernel ends what takes more."""

import json
import resource
from pathlib import Path

from induction.content.checks.rendered import as_read
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
    _keep_within_limits()
    exec(over)
    found = [str(problem) for problem in library.read(Path(shipped), None).problems]
    Path(said).write_text(json.dumps(found))


def check_as_read(shipped: str, said: str, over: str) -> None:
    """The same of what readers would see, once the folder has been read."""
    taught = library.read(Path(shipped), None).library
    _keep_within_limits()
    exec(over)
    found = [str(problem) for problem in as_read(taught)]
    Path(said).write_text(json.dumps(found))


def _keep_within_limits() -> None:
    used = int(resource.getrusage(resource.RUSAGE_SELF).ru_utime)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (used + SECONDS, used + SECONDS))
