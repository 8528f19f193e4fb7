"""`./run bench`: what pages cost, as ratios against a limit measured in the same run.

CPU is the server's own, from the kernel; each figure is the median over rounds in which the page
and what it is compared with take turns, so that a machine whose speed drifts shifts both.
"""

import re
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from tests.ports import free_port

from .client import Browser, Server, bare_browser, signed_in
from .crowd import make_crowd

SIZES = (100, 1_000, 10_000)
ROUNDS, REQUESTS = 15, 40
ANSWER_ROUNDS, ANSWERS = 5, 18  # each answer is another teacher's
COURSE = "professional-boundaries-online"


def measure(server: Server, work: Callable[[], object], times: int) -> tuple[float, float]:
    """(CPU seconds, seconds) of one call of `work`, over `times` of them."""
    cpu, began = server.cpu_seconds(), time.perf_counter()
    for _ in range(times):
        work()
    took = time.perf_counter() - began
    time.sleep(0.01)  # let the server's thread finish its last line
    return (server.cpu_seconds() - cpu) / times, took / times


class Report:
    """Prints a row a figure and remembers what is over its limit."""

    def __init__(self) -> None:
        self.over: list[str] = []

    def row(self, name: str, figure: float, limit: float | None, unit: str = "x", note: str = "") -> None:
        verdict = "" if limit is None else "ok" if figure <= limit else "OVER"
        if verdict == "OVER":
            self.over.append(name)
        bound = "" if limit is None else f"limit {limit:g} {unit}"
        print(f"  {name:<44} {figure:8.2f} {unit:<3} {bound:<14} {verdict:<5} {note}", flush=True)


def compare(report: Report, name: str, ours: tuple[Server, Callable], bare: tuple[Server, Callable], limit: float,
            rounds: int = ROUNDS, times: int = REQUESTS) -> float:
    """Print the ratio of CPU and of requests a second; our CPU seconds a request."""
    measure(*ours, 8), measure(*bare, 8)  # each of the server's threads opens its connection once
    turns = [(*measure(*ours, times), *measure(*bare, times)) for _ in range(rounds)]
    cpu, wall, bare_cpu, bare_wall = (median(column) for column in zip(*turns, strict=True))
    note = f"{cpu * 1000:.2f} ms of CPU; requests a second: {bare_wall / wall:.2f} of the bare one's"
    report.row(name, cpu / bare_cpu, limit, "x", note)
    return cpu


def bench_size(count: int, folder: Path, report: Report, bare: Server, known: dict) -> None:
    data = folder / str(count)
    data.mkdir()
    who = make_crowd(data, count)
    server = Server(["-m", "induction", "serve", "--listen", f"127.0.0.1:{(port := free_port())}"], port, data)
    print(f"\n{count:,} people", flush=True)
    teacher, mentor, lead = (signed_in(server, data, who[role]) for role in ("mentor", "mentor", "lead"))
    teacher = signed_in(server, data, who["teachers"][3])
    bare_page = bare_browser(bare)
    lesson = f"/courses/{COURSE}/{who['lessons'][1]}"
    attempt = teacher.post(f"{lesson}/scenarios")
    for name, browser, path, limit in (
        ("lesson, CPU against the bare page", teacher, lesson, 1.5),
        ("home", teacher, "/", 2.5),
        ("scenario page", teacher, attempt, 2.5),
    ):
        size = len(browser.get(path))
        compare(report, name, (server, lambda b=browser, p=path: b.get(p)),
                (bare, lambda s=size: bare_page.get(f"/page/{s}")), limit)
    bench_answer(report, server, data, who, bare, bare_page)
    bench_mentors_list(report, server, mentor, bare, bare_page, known)
    cost, _ = measure(server, lambda: lead.get("/school/overview"), 10)
    report.row("overview, first page, CPU", cost * 1000, 100, "ms")
    report.row("memory after this load", server.memory_mb(), 90, "MB")
    report.row("start, to the first answer", server.start_seconds, 1.5, "s")
    if count == SIZES[0]:
        bench_first_visit(report, teacher, lesson)
    server.stop()


def bench_mentors_list(
    report: Report, server: Server, mentor: Browser, bare: Server, bare_page: Browser, known: dict
) -> None:
    """Against the list at 100 people, each divided by the bare page measured in turn: minutes lie between the two."""
    turns = [
        (measure(server, lambda: mentor.get("/mentor/"), 8)[0], measure(bare, lambda: bare_page.get("/page/15000"), 8)[0])
        for _ in range(ROUNDS)
    ]
    cost, bare_cost = (median(column) for column in zip(*turns, strict=True))
    first = known.setdefault("mentor's list", cost / bare_cost)
    ratio = cost / bare_cost / first
    report.row("mentor's list of 30, CPU against that at 100", ratio, 1.5, "x", f"{cost * 1000:.2f} ms")


def bench_answer(report: Report, server: Server, data: Path, who: dict, bare: Server, bare_page: Browser) -> None:
    """Each answer is the first of a fresh attempt of another teacher: read the page, then time the sending alone."""
    waiting = []
    for person in who["teachers"][5 : 5 + ANSWER_ROUNDS * ANSWERS]:
        browser = signed_in(server, data, person)
        where = browser.post(f"/courses/{COURSE}/{who['lessons'][0]}/scenarios")
        value = re.search(rb'name="option" value="([^"]+)"', browser.get(where))[1].decode()
        waiting.append((browser, where, value))

    def answer() -> None:
        browser, where, value = waiting.pop()
        browser.post(where, option=value)

    compare(report, "answer, CPU against one bare durable commit", (server, answer),
            (bare, lambda: bare_page.post("/commit", option="x")), 3, ANSWER_ROUNDS, ANSWERS - 2)


def bench_first_visit(report: Report, browser: Browser, lesson: str) -> None:
    page = browser.get(lesson)
    parts = re.findall(rb'(?:href|src)="(/static/[^"]+)"', page)
    sizes = [len(page)] + [len(browser.get(part.decode(), **{"Accept-Encoding": "gzip"})) for part in set(parts)]
    report.row("first visit of a lesson, requests", len(sizes), 6, "")
    report.row("first visit of a lesson", sum(sizes) / 1000, 60, "kB")


def main() -> int:
    report, known = Report(), {}
    with tempfile.TemporaryDirectory(prefix="induction-bench-") as name:
        folder = Path(name)
        port = free_port()
        bare = Server(["-m", "tests.bench.bare", str(folder), str(port)], port)
        page = bare_browser(bare)
        cpu = median(measure(bare, lambda: page.get("/page/15000"), REQUESTS)[0] for _ in range(ROUNDS))
        print(f"The bare page costs {cpu * 1000:.2f} ms of CPU here; ratios below are against it, page by page of one size.")
        for count in SIZES:
            bench_size(count, folder, report, bare, known)
        bare.stop()
    print(f"\nOver the limit: {', '.join(report.over)}" if report.over else "\nAll within their limits.")
    return 1 if report.over else 0


if __name__ == "__main__":
    sys.exit(main())
