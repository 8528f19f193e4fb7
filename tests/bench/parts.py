"""What is measured of a school of some size: its parts, in the order in which they run."""

import os
import re
import resource
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from statistics import median

from induction.records.people import people
from induction.records.school import outbox
from induction.records.store.database import Database, transaction
from induction.services import posting
from tests.ports import free_port

from .client import Browser, Server, bare_browser, signed_in
from .crowd import make_crowd
from .measuring import Load, Report

COURSE = "professional-boundaries-online"
CROWDED = 1_000  # people, where more connections than one are measured
CONNECTIONS = {1: (15, 40), 8: (9, 10), 32: (9, 4)}  # at once: rounds, and requests of each connection in each
ANSWERS = {1: (5, 14), 8: (5, 2), 32: (5, 1)}  # each is of another teacher


class School:
    """A school in its data folder, the server that serves it, and the bare one beside it."""

    def __init__(self, data: Path, people: int, report: Report, bare: Server) -> None:
        data.mkdir()
        self.data, self.people, self.report, self.bare = data, people, report, bare
        self.who = make_crowd(data, people)
        self.first_lesson, self.second_lesson = (f"/courses/{COURSE}/{each}" for each in self.who["lessons"][:2])
        self._teachers = iter(self.who["teachers"][3:])
        self._server: Server | None = None

    @property
    def server(self) -> Server:
        """The server, started when it is first needed."""
        self._server = self._server or self.started()
        return self._server

    def started(self) -> Server:
        port = free_port()
        return Server(["-m", "induction", "serve", "--listen", f"127.0.0.1:{port}"], port, self.data)

    def browser(self, person: int) -> Browser:
        return signed_in(self.server, self.data, person)

    def another_teacher(self) -> Browser:
        return self.browser(next(self._teachers))

    @cached_property
    def teachers(self) -> list[Browser]:
        return [self.another_teacher() for _ in range(max(self.at_once))]

    @property
    def at_once(self) -> tuple[int, ...]:
        return tuple(CONNECTIONS) if self.people == CROWDED else (1,)

    def bare_load(self, path: str, connections: int = 1) -> Load:
        asking = [bare_browser(self.bare) for _ in range(connections)]
        return Load(self.bare, [lambda b=each: b.get(path) for each in asking])


def bench_start(school: School) -> None:
    """From being called to the first answer; the content was read when the crowd was made."""
    starts = []
    for _ in range(3):
        server = school.started()
        starts.append((server.start_seconds, server.cpu_seconds()))
        server.stop()
    wall, cpu = (median(column) for column in zip(*starts, strict=True))
    school.report.row("start with nothing changed, to the first answer", wall, 0.8, "s", f"{cpu:.2f} s of CPU")
    for kept in (school.data / "compiled").iterdir():
        kept.unlink()
    server = school.started()
    note = f"{server.cpu_seconds():.2f} s of CPU"
    school.report.row("first start of a new version", server.start_seconds, None, "s", note)
    server.stop()


def bench_check(school: School) -> None:
    school.started().stop()  # it keeps what it reads
    command = [sys.executable, "-P", "-m", "induction", "check"]
    environ = {**os.environ, "INDUCTION_DATA": str(school.data)}
    costs = []
    for _ in range(3):
        before = _children()
        subprocess.run(command, env=environ, check=True, stdout=subprocess.DEVNULL)
        costs.append(_children() - before)
    school.report.row("check of all content, CPU the second time", median(costs), 0.5, "s")


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def bench_pages(school: School) -> None:
    for name, path, limit, at_once in (
        ("lesson", school.second_lesson, 1.15, school.at_once),
        ("home", "/", 1.5, school.at_once),
        ("scenario page", None, 2.5, (1,)),
    ):
        for connections in at_once:
            rounds, times = CONNECTIONS[connections]
            asking = school.teachers[:connections]
            path = path or asking[0].post(f"{school.second_lesson}/scenarios")
            size = len(asking[0].get(path))
            ours = Load(school.server, [lambda b=each, p=path: b.get(p) for each in asking])
            bare = school.bare_load(f"/page/{size}", connections)
            school.report.compare(f"{name}{_by(connections)}", ours, bare, limit, rounds, times)


def bench_answer(school: School) -> None:
    """Each answer is the first of a fresh attempt of another teacher: read the page, then time the sending alone."""
    for connections in school.at_once:
        rounds, times = ANSWERS[connections]
        ours = Load(school.server, [_answers(school, 2 + rounds * times) for _ in range(connections)])
        senders = [bare_browser(school.bare) for _ in range(connections)]
        bare = Load(school.bare, [lambda b=each: b.post("/commit", option="x") for each in senders])
        name = f"answer, against a bare durable commit{_by(connections)}"
        school.report.compare(name, ours, bare, 1.5, rounds, times)


def _answers(school: School, count: int):
    """What sends one answer after another, as one connection does."""
    waiting = []
    for _ in range(count):
        browser = school.another_teacher()
        where = browser.post(f"{school.first_lesson}/scenarios")
        value = re.search(rb'name="option" value="([^"]+)"', browser.get(where))[1].decode()
        waiting.append((browser, where, value))

    def answer() -> None:
        browser, where, value = waiting.pop()
        browser.post(where, option=value)

    return answer


def _by(connections: int) -> str:
    return f", {connections} at once" if connections > 1 else ""


FIRST_LISTS: list[float] = []  # the mentor's list at the first size: minutes lie between that and the others


def bench_mentor(school: School) -> None:
    """Against the list at the first size, each divided by the bare page measured in turn."""
    mentor = school.browser(school.who["mentor"])
    ours, bare = Load(school.server, [lambda: mentor.get("/mentor/")]), school.bare_load("/page/15000")
    ours.cpu(2), bare.cpu(2)
    cost, bare_cost = (median(column) for column in zip(*((ours.cpu(8), bare.cpu(8)) for _ in range(15)), strict=True))
    FIRST_LISTS.append(cost / bare_cost)
    ratio = cost / bare_cost / FIRST_LISTS[0]
    school.report.row("mentor's list of 30, against that at the first size", ratio, 1.5, "x", f"{cost * 1000:.2f} ms of CPU")


def bench_overview(school: School) -> None:
    lead = school.browser(school.who["lead"])
    began = time.perf_counter()
    lead.get("/school/overview")
    school.report.row("overview, waited for the first after a start", (time.perf_counter() - began) * 1000, None, "ms")
    lead.get("/readyz")  # until the database has been looked over, which that page began
    overview = Load(school.server, [lambda: lead.get("/school/overview")])
    listed = Load(school.server, [lambda: lead.get("/school/people")])
    for name, asked, limit in (("overview, first page, CPU", overview, 60), ("people, first page, CPU", listed, 20)):
        asked.cpu(4)  # each of the server's threads opens its connection once
        school.report.row(name, median(asked.cpu(3) for _ in range(7)) * 1000, limit, "ms")
    db = Database(school.data / "induction.db")
    costs = []
    for day in range(7):
        with transaction(db):
            people.update(db, school.who["teachers"][0], due=date(2030, 1, 1 + day), now=datetime.now(UTC))
        costs.append(overview.cpu(1))
    db.close()
    school.report.row("overview, where somebody has just changed, CPU", median(costs) * 1000, 60, "ms")


def bench_years(school: School) -> None:
    """What grows with the years: letters, what leads did; and a look at the reminders, which all are reminded by."""
    lead = school.browser(school.who["lead"])
    for name, path, limit in (
        ("letters, first page, CPU", "/school/mail", 25), ("letters, the refused, CPU", "/school/mail?show=refused", 25),
        ("what leads did, first page, CPU", "/school/acts", 40),
    ):  # fmt: skip
        asked = Load(school.server, [lambda p=path: lead.get(p)])
        asked.cpu(4)
        school.report.row(name, median(asked.cpu(3) for _ in range(7)) * 1000, limit, "ms")
    db = Database(school.data / "induction.db")
    began = time.process_time()
    for _ in range(20):
        outbox.something_to_do(db, posting.UNDER_WAY, datetime.now(UTC))
    school.report.row("a look whether a letter can go, CPU", (time.process_time() - began) / 20 * 1000, 1, "ms")
    db.close()


def bench_memory(school: School) -> None:
    school.report.row("memory after this load", school.server.memory_mb(), 80, "MB")


def bench_first_visit(school: School) -> None:
    teacher = school.teachers[0]
    page = teacher.get(school.second_lesson)
    parts = re.findall(rb'(?:href|src)="(/static/[^"]+)"', page)
    sizes = [len(page)] + [len(teacher.get(part.decode(), **{"Accept-Encoding": "gzip"})) for part in set(parts)]
    school.report.row("first visit of a lesson, requests", len(sizes), 6, "")
    school.report.row("first visit of a lesson", sum(sizes) / 1000, 60, "kB")


PARTS = {
    "start": bench_start, "check": bench_check, "pages": bench_pages, "answer": bench_answer, "mentor": bench_mentor,
    "overview": bench_overview, "years": bench_years, "memory": bench_memory, "first-visit": bench_first_visit,
}  # fmt: skip
