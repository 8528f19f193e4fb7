"""CPU of a server under some load, as a ratio to that of the bare one, and the report of what is over its limit.

CPU is the server's own, from the kernel; each figure is the median over rounds in which the page
and what it is compared with take turns, so that a machine whose speed drifts shifts both.
"""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median

from .client import Server


@dataclass(frozen=True)
class Load:
    """What is asked of a server: by each of `connections` at once, over and over."""

    server: Server
    connections: Sequence[Callable[[], object]]

    def cpu(self, times: int) -> float:
        """Seconds of CPU that one request costs, where each connection asks so many times."""
        before = self.server.cpu_seconds()
        if len(self.connections) == 1:
            _ask(self.connections[0], times)
        else:
            with ThreadPoolExecutor(len(self.connections)) as all_at_once:
                list(all_at_once.map(_ask, self.connections, [times] * len(self.connections)))
        time.sleep(0.01)  # let the server's threads finish their last line
        return (self.server.cpu_seconds() - before) / (times * len(self.connections))


def _ask(request: Callable[[], object], times: int) -> None:
    for _ in range(times):
        request()


class Report:
    """Prints a row a figure and remembers what is over its limit."""

    def __init__(self) -> None:
        self.over: list[str] = []

    def row(self, name: str, figure: float, limit: float | None, unit: str = "x", note: str = "") -> None:
        verdict = "" if limit is None else "ok" if figure <= limit else "OVER"
        if verdict == "OVER":
            self.over.append(name)
        bound = "" if limit is None else f"limit {limit:g} {unit}"
        print(f"  {name:<48} {figure:8.2f} {unit:<3} {bound:<14} {verdict:<5} {note}", flush=True)

    def compare(self, name: str, ours: Load, bare: Load, limit: float, rounds: int, times: int) -> None:
        """Print the ratio of CPU, asked `times` times by each connection in each round; what is asked first warms up."""
        ours.cpu(2), bare.cpu(2)
        turns = [(ours.cpu(times), bare.cpu(times)) for _ in range(rounds)]
        cost, bare_cost = (median(column) for column in zip(*turns, strict=True))
        note = f"{cost * 1000:.2f} ms of CPU, the bare one {bare_cost * 1000:.2f}"
        self.row(name, cost / bare_cost, limit, "x", note)
