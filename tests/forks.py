"""Calls in forks of a process that has the site imported and runs one thread: a process begun anew takes half a second."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Self

from tests.checkout import ROOT


class Forks:
    """Calls a function of a module in forks of one process; each call's words and numbers go through JSON."""

    def __init__(self, function: Callable[..., None]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", f"from tests import forks; forks.serve({function.__module__!r}, {function.__name__!r})"],
            cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
        )  # fmt: skip

    def call(self, *words: str | list[str]) -> int:
        """The fork's exit code: 0 once the function has returned, negative where a signal ended it."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(words) + "\n")
        return int(self._process.stdout.readline())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()


def serve(module: str, name: str) -> None:
    function = getattr(import_module(module), name)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os.dup2(os.open(os.devnull, os.O_RDWR), 0)  # what is said here is nobody's to read
            os.dup2(0, 1)
            function(*json.loads(line))
            sys.stdout.flush()
            os._exit(0)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
