"""Reading what people wrote in a process of its own, which ends whatever they wrote.

A text may hide a loop, ask for all the memory there is, or break what reads it. So the school's own content and the
policy's words are first read in a child, under limits of time and memory. What a child gives back is its own (a pickle of
frozen dataclasses); nothing that it prints is taken for anything. The server is never forked: it has threads.
"""

from __future__ import annotations

import os
import pickle
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..content.checks.checker import problems
from ..content.editions import policy_document
from ..content.model import Library
from ..content.reading import library

MEMORY = 256 * 2**20  # bytes; beside the server that is half of what the unit allows
IDLE = 8  # times as long by the clock, on a machine that is busy
AT = "reading "  # what begins a line that says which file is read
PACKAGE = Path(__file__).parents[1]
# The package without what it imports for the site: a child is ready in a quarter of a second.
CHILD = """
import sys, types
package = types.ModuleType("induction")
package.__path__ = [sys.argv[1]]
sys.modules["induction"] = package
from induction.services.safe_reading import serve
serve(float(sys.argv[2]), int(sys.argv[3]))
"""


class Ended(Exception):
    """A reading that had to be ended, or broke. The words say why; `path` is the file that was read, where that is known."""

    def __init__(self, why: str, path: str = "") -> None:
        super().__init__(why)
        self.path = path


def run(task: str, *arguments: object, seconds: float) -> Any:
    """What a task of TASKS gives, within so many seconds of the processor's time. Raises Ended."""
    command = [sys.executable, "-I", "-c", CHILD, str(PACKAGE), str(seconds), str(MEMORY)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("INDUCTION_")}
    try:
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, start_new_session=True
        ) as child:
            try:
                out, said = child.communicate(pickle.dumps((task, arguments)), timeout=IDLE * seconds)
            except subprocess.TimeoutExpired:
                child.kill()
                _, said = child.communicate()
                raise Ended(_too_long(seconds), _path(said)) from None
    except OSError as fault:
        raise Ended(f"no process could be started to read this text ({fault.strerror})") from fault
    if child.returncode == 0:
        with suppress(Exception):
            return pickle.loads(out)
    if child.returncode in (-signal.SIGXCPU, -signal.SIGKILL) or b"MemoryError" in said:
        raise Ended(_too_long(seconds), _path(said))
    raise Ended("this text could not be read: it broke what reads it", _path(said))


def _too_long(seconds: float) -> str:
    return f"this text could not be read within {seconds:g} seconds and {MEMORY // 2**20} MB of memory"


def _path(said: bytes) -> str:
    """The file that a child was reading last."""
    lines = [line for line in said.decode(errors="replace").splitlines() if line.startswith(AT)]
    return lines[-1].removeprefix(AT) if lines else ""


# In the child

def serve(seconds: float, memory: int) -> None:
    """Do the one task that stands on standard input."""
    with suppress(OSError), open("/proc/self/oom_score_adj", "w") as score:
        score.write("1000")  # where memory runs out after all, this goes before the server
    processor = max(1, round(seconds))
    for limit, most in ((resource.RLIMIT_CPU, processor), (resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0)):
        with suppress(OSError, ValueError):
            resource.setrlimit(limit, (most, most + 1 if limit == resource.RLIMIT_CPU else most))
    out, sys.stdout = sys.stdout.buffer, sys.stderr
    task, arguments = pickle.load(sys.stdin.buffer)
    out.write(pickle.dumps(TASKS[task](*arguments)))
    out.flush()


def _folder(shipped: Path, own: Path | None, *more: Any) -> Any:
    pages, today, copies = more
    reading = library.read(shipped, own, pages, begins=lambda path: print(AT + path, file=sys.stderr, flush=True))
    return reading, problems(reading, today, copies)


def _policy(own: policy_document.OwnWords, known: Library) -> Any:
    return policy_document.own_problems(own, known), policy_document.headings(own, known)


TASKS: dict[str, Callable[..., Any]] = {
    "folder": _folder,  # content of two folders, one laid over the other, and all that is wrong with it
    "policy": _policy,  # what is wrong with a policy's words, and their headings
}
