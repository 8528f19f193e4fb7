"""Cuts of the power, replayed: record what a server writes and syncs, then rebuild the disk as a cut would leave it.

A disk may keep what was not synced or not, sector by sector and in any order; what was synced it
keeps. So a rebuilt disk holds all that was synced before the cut, and of the rest any part.
`strace` names every call that changes a file, with its data and both its times. SQLite's `-shm` is
mapped memory that a cut takes anyway.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
CHANGING = (
    "openat,open,creat,write,writev,pwrite64,pwritev,pwritev2,fsync,fdatasync,sync_file_range,ftruncate,truncate,"
)
CHANGING += "fallocate,unlink,unlinkat,rename,renameat,renameat2,link,linkat"
ENDINGS = ("", "-wal", "-journal")


def strace(database: Path, trace: Path) -> list[str]:
    """The words before a command that record its changes to this database in the file `trace`."""
    files = [word for ending in ENDINGS for word in ("-P", f"{database}{ending}")]
    how = ["-f", "--seccomp-bpf", "-qq", "-ttt", "-T", "-y", "-xx", "-a", "1", "-s", "1000000"]
    return ["strace", *how, *files, "-P", str(database.parent), "-e", f"trace={CHANGING}", "-o", str(trace)]


@dataclass(frozen=True, slots=True)
class Call:
    """A call that changed a file, or made its changes lasting. Times in seconds since 1970."""

    begun: float
    ended: float
    kind: str  # write, resize, sync; and of names: make, unlink
    file: str
    data: bytes = b""
    at: int = 0  # where `data` goes, or the new size


@dataclass(slots=True)
class Disk:
    """The database as it lay before the recording, and all that happened to it since.

    A file that is made again under its old name is another file: `name`, then `name 2`, and so on.
    """

    before: dict[str, bytes]
    folder: str
    calls: list[Call] = field(default_factory=list)
    lives: dict[str, int] = field(default_factory=dict)
    here: set[str] = field(default_factory=set)  # names that there are

    def file(self, name: str) -> str:
        return f"{name} {self.lives.get(name, 1)}"

    def cut(self, moment: float, chance: random.Random) -> dict[str, bytes]:
        """The files as a cut of the power at this moment may leave them."""
        left = {}
        for file in self._named(moment, chance):
            name = file.split()[0]
            before = self.before.get(name, b"") if file == f"{name} 1" else b""
            calls = [call for call in self.calls if call.file == file and call.begun < moment]
            left[name] = rebuilt(before, calls, moment, chance)
        return left

    def _named(self, moment: float, chance: random.Random) -> set[str]:
        """The files that have names: a change of names lasts once the folder was synced, and no later one before it."""
        safe = last_sync([call for call in self.calls if call.file == self.folder], moment)
        changes = [call for call in self.calls if call.kind in ("make", "unlink") and call.begun < moment]
        lasting = sum(call.ended <= safe for call in changes)
        named = {f"{name} 1" for name in self.before}
        for call in changes[: chance.choice(range(lasting, len(changes) + 1))]:
            (named.add if call.kind == "make" else named.remove)(call.file)
        return named


def last_sync(calls: list[Call], moment: float) -> float:
    """When the latest sync began that had ended by then; what ended before it is safe."""
    return max((call.begun for call in calls if call.kind == "sync" and call.ended <= moment), default=0.0)


def rebuilt(before: bytes, calls: list[Call], moment: float, chance: random.Random) -> bytes:
    """One file: what was synced, and of the rest any part, whole sectors in any order."""
    safe, image = last_sync(calls, moment), bytearray(before)
    share = chance.choice((0.0, 0.1, 0.5, 0.9, 1.0))
    loose: list[tuple[int, bytes]] = []
    for call in calls:
        if call.kind == "write" and call.ended <= safe:
            put(image, call.at, call.data)
        elif call.kind == "write":
            loose += [sector for sector in sectors(call) if chance.random() < share]
        elif call.kind == "resize" and (call.ended <= safe or chance.random() < share):
            settle(image, loose, chance)
            image[call.at :] = bytes(max(0, call.at - len(image)))
    settle(image, loose, chance)
    return bytes(image)


def sectors(call: Call) -> Iterator[tuple[int, bytes]]:
    """The write in pieces that a disk keeps whole or not at all."""
    start, end = call.at, call.at + len(call.data)
    while start < end:
        following = min(end, start - start % SECTOR + SECTOR)
        yield start, call.data[start - call.at : following - call.at]
        start = following


def settle(image: bytearray, loose: list[tuple[int, bytes]], chance: random.Random) -> None:
    chance.shuffle(loose)
    for at, data in loose:
        put(image, at, data)
    loose.clear()


def put(image: bytearray, at: int, data: bytes) -> None:
    if at > len(image):
        image.extend(bytes(at - len(image)))
    image[at : at + len(data)] = data


def read_trace(trace: Path, database: Path, before: dict[str, bytes]) -> Disk:
    """What strace wrote, understood. A call that this replay does not know is an AssertionError, never passed over."""
    known = {f"{database}{ending}": database.name + ending for ending in ENDINGS}
    disk = Disk(before, str(database.parent), here=set(before))
    waiting: dict[str, tuple[str, str]] = {}  # thread: when its call began, and what it was
    for line in trace.read_text("ascii").splitlines():
        thread, at, rest = line.split(maxsplit=2)
        if rest.endswith(" <unfinished ...>"):
            waiting[thread] = (at, rest.removesuffix(" <unfinished ...>"))
        elif rest.startswith("<... "):
            begun, asked = waiting.pop(thread)
            _, _, result = rest.partition(" resumed>")
            understand(disk, known, float(begun), float(at), asked + result)
        elif not rest.startswith(("---", "+++")):
            _, _, took = rest.rpartition(" <")
            understand(disk, known, float(at), float(at) + float(took.rstrip(">")), rest)
    return disk


def understand(disk: Disk, known: dict[str, str], begun: float, ended: float, text: str) -> None:
    asked, _, result = text.rpartition(") = ")
    name, _, arguments = asked.partition("(")
    if result.startswith(("-1", "?")):
        return  # refused, or cut off by the end of the process before anybody could rely on it
    parts = arguments.split(", ")
    if name in ("openat", "unlink"):
        change_names(disk, known.get(unhex(parts[-1 if name == "unlink" else 1])), begun, ended, name, text)
        return
    path = unhex(parts[0].partition("<")[2])
    file = disk.file(known[path]) if path in known else path
    if name == "pwrite64":
        data = bytes.fromhex(parts[1].strip('"').replace("\\x", ""))
        assert len(data) == int(parts[2]) == int(result.split()[0]), "written in part"
        disk.calls.append(Call(begun, ended, "write", file, data, int(parts[3])))
    elif name == "ftruncate":
        disk.calls.append(Call(begun, ended, "resize", file, at=int(parts[1])))
    elif name in ("fsync", "fdatasync"):
        disk.calls.append(Call(begun, ended, "sync", file))
    else:
        raise AssertionError(f"the replay does not know {name}")


def change_names(disk: Disk, name: str | None, begun: float, ended: float, call: str, text: str) -> None:
    """A file is made or unlinked; one that is only opened is not."""
    if name is None or (call == "openat" and ("O_CREAT" not in text or name in disk.here)):
        assert name is None or "O_TRUNC" not in text, text
        return
    if call == "unlink":
        disk.here.remove(name)
        disk.calls.append(Call(begun, ended, "unlink", disk.file(name)))
    else:
        disk.here.add(name)
        disk.lives[name] = disk.lives.get(name, 0 if name not in disk.before else 1) + 1
        disk.calls.append(Call(begun, ended, "make", disk.file(name)))


def unhex(text: str) -> str:
    return bytes.fromhex(text.strip('"<>').replace("\\x", "")).decode()
