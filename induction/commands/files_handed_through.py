"""Files that are named on the command line: opened by whoever named them, worked on by the account of the data folder.

On a server root gives the command, and the service's account does the work, which may enter neither root's home nor a
stick. `induction --as ACCOUNT …` opens what is to be read as root, then gives up being root for good. A new file is
written through a handle that root opened; root stays beside as a porter, who does one thing: give the file its name
once it is whole. Files in the data folder are left to the account, so that nothing planted there is opened by root.
"""

from __future__ import annotations

import errno
import os
import pwd
import shutil
import signal
import socket
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click

from ..records.store.whole_files import put_in_place, unfinished
from ..settings import HOME
from .terminal import Refused

STANDARD = "-"  # standard input or output in place of a file


class Named:
    """A file as it was named on the command line; `str` is that name."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        return Path(os.path.abspath(self.name))

    def is_for_root(self, data: Path) -> bool:
        """Whether root opens it: a file outside of the data folder, by its name; links are not looked through."""
        return self.name != STANDARD and not self.path.is_relative_to(data)


class Incoming(Named):
    """A file to read; `-` is standard input. Whatever reads it raises Refused where it can't be read."""

    _file: BinaryIO | None = None

    def open(self) -> BinaryIO:
        """The file, to be read from its beginning once."""
        if self._file is None:
            try:
                self._file = sys.stdin.buffer if self.name == STANDARD else self.path.open("rb")
            except OSError as fault:
                raise self._unreadable(fault) from fault
        return self._file

    def read(self, most: int) -> bytes:
        """All of it. Of a longer file no more than `most` bytes are read: Refused."""
        try:
            with self.open() as file:
                data = file.read(most + 1)
        except OSError as fault:
            raise self._unreadable(fault) from fault
        if len(data) > most:
            raise Refused(f"{self} has more than {most:,} bytes, too many for such a file. Nothing was changed.")
        return data

    @contextmanager
    def within(self, folder: Path) -> Iterator[Path]:
        """A path, for what opens files by their names: the file's own or, where root opened it, a copy's in `folder`."""
        if self._file is None and self.name != STANDARD:
            yield self.path
            return
        with unfinished(folder / "handed-through") as copy:
            with self.open() as file, copy.open("wb") as out:
                shutil.copyfileobj(file, out)
            yield copy

    def _unreadable(self, fault: OSError) -> Refused:
        return Refused(f"{self} can't be read ({fault.strerror}). Nothing was changed.")


class Outgoing(Named):
    """A new file to write; `-` is standard output. Whatever writes it raises Refused where that can't be, or it is there."""

    _file: BinaryIO | None = None
    _porter: socket.socket | None = None

    @contextmanager
    def writing(self) -> Iterator[BinaryIO]:
        """What to write to. It has its name once it is whole, never takes another's, and nobody else can read it."""
        if self.name == STANDARD:
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
        elif self._file and self._porter:
            with self._in_words():
                with self._file as file:
                    yield file
                _ask(self._porter)
        else:
            with self._in_words(), self._unfinished() as part:
                with part.open("wb") as file:
                    yield file
                put_in_place(part, self.path)

    def carry(self, work: Callable[[], int]) -> int:
        """Have a child do `work`, which gives up being root, and name the file once the child says that it is whole."""
        ours, theirs = socket.socketpair()
        with self._in_words(), self._unfinished() as part, part.open("wb") as self._file:
            child = os.fork()
            if child == 0:
                ours.close()
                self._porter = theirs
                _leave_with(work)
            theirs.close()
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # the child gets it from the terminal too
            signal.signal(signal.SIGTERM, lambda number, _: os.kill(child, number))
            if ours.recv(1):
                ours.send(b"%d" % _placed(part, self.path))
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        return code if code >= 0 else 128 - code

    @contextmanager
    def _unfinished(self) -> Iterator[Path]:
        if os.path.lexists(self.path):
            raise FileExistsError
        with unfinished(self.path) as part:
            yield part

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except FileExistsError as fault:
            raise Refused(f"{self} is there already. It was left as it is; name another file.") from fault
        except OSError as fault:
            raise Refused(f"{self} can't be written ({fault.strerror}). Nothing was written.") from fault


def hand_through(account: str, data: Path, ctx: click.Context, work: Callable[[], int]) -> int:
    """Do the `work` of a command as `account`, with the files that it was given opened as root. Raises Refused.

    A command that makes the data folder (`makes_the_folder`) finds it there, as the account's own.
    """
    into = _known(account)
    for named in ctx.params.values():
        if isinstance(named, Incoming) and named.is_for_root(data):
            named.open()
    if ctx.command.makes_the_folder and not data.exists():
        data.mkdir(mode=0o700, parents=True)
        os.chown(data, into.pw_uid, into.pw_gid)

    def as_account() -> int:
        _become(into)
        return work()

    leaving = [each for each in ctx.params.values() if isinstance(each, Outgoing) and each.is_for_root(data)]
    return leaving[0].carry(as_account) if leaving else as_account()


def _known(account: str) -> pwd.struct_passwd:
    if os.geteuid() != 0:
        raise Refused(f"Only root can go on as another account. Put sudo before the command, or leave out --as {account}.")
    try:
        found = pwd.getpwnam(account)
    except KeyError:
        raise Refused(f"There is no account {account} on this machine. Nothing was done.") from None
    if found.pw_uid and HOME.stat().st_uid == found.pw_uid:
        raise Refused(
            f"The program in {HOME} belongs to {account}, so whoever broke into the site could become root through "
            f"this command. Nothing was done. Give it back first: chown -R root: {HOME}"
        )
    return found


def _become(into: pwd.struct_passwd) -> None:
    """Give up being root, for good."""
    os.initgroups(into.pw_name, into.pw_gid)
    os.setgid(into.pw_gid)
    os.setuid(into.pw_uid)
    os.umask(0o077)


def _leave_with(work: Callable[[], int]) -> None:
    """End this process, a child, with the exit code of `work`, and nothing of what its parent has still to do."""
    code = 1
    try:
        code = work()
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _placed(part: Path, to: Path) -> int:
    """Give a finished file its name; 0, or the number of what was in the way."""
    try:
        put_in_place(part, to)
    except OSError as fault:
        return fault.errno or errno.EIO
    return 0


def _ask(porter: socket.socket) -> None:
    """Ask for the file to be given its name. Raises OSError."""
    porter.send(b".")
    number = int(porter.recv(16) or errno.EIO)
    if number:
        raise OSError(number, os.strerror(number))
