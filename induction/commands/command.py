"""What the commands have in common: how each is read, which account does it, and what it works on."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import click

from ..records.people import people
from ..records.people.people import Person
from ..records.store.database import Database, DatabaseFault
from ..records.store.lock import FolderTaken, ServerRunning
from ..rules.calendar import NotADay, read_day
from ..services import installation, letters
from ..serving import PortTaken
from ..settings import BadSettings, Settings, from_environment
from .files_handed_through import hand_through
from .terminal import NotShown, Refused, say, show_no_more


class _Parsing(click.Command):
    """Whatever is wrong about the words is said with how they go: click says it of most faults, not of all."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as fault:
            fault.ctx = ctx
            raise


class Command(_Parsing):
    """A command: its function is called with the settings and its arguments. It returns the exit code, or None for 0.

    Given by root, it goes on as the account after `--as`, else as the one that the data folder belongs to. Only what
    `makes_the_folder` may make or upgrade a database; for all others looking changes nothing.
    """

    def __init__(self, name: str, *, makes_the_folder: bool = False, **rest: Any) -> None:
        super().__init__(name, **rest)
        self.makes_the_folder = makes_the_folder

    def invoke(self, ctx: click.Context) -> int | None:
        settings = from_environment(os.environ)
        account = ctx.obj  # after --as
        if account is None and os.geteuid() == 0 and not ctx.params.get("demo"):  # which has a folder of its own
            account = installation.account_for(settings.data)

        def work() -> int | None:
            return self.callback(settings, **ctx.params)

        if account is None:
            return work()
        return hand_through(account, settings.data, ctx, lambda: in_words(work))


class Group(_Parsing, click.Group):
    """Commands under one word, listed in the order in which they were added."""

    command_class = Command

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


def in_words(work: Callable[[], int | None]) -> int:
    """The exit code of `work`; what goes wrong is said in a sentence."""
    try:
        return work() or 0
    except BadSettings as fault:
        say(str(fault))
        return 2
    except (DatabaseFault, FolderTaken, PortTaken, ServerRunning, Refused, NotShown) as fault:
        say(str(fault))
        return 1
    except KeyboardInterrupt:
        return 130
    except OSError as fault:
        if not fault.filename:  # a stream's, as a rule
            show_no_more()
        say(f"{fault.filename}: {fault.strerror}. Nothing was changed." if fault.filename else f"That did not work: {fault}.")
        return 1


class Day(click.ParamType):
    """A day on the command line. Without its year it is the next to come; where what is asked for has been, the last."""

    name = "date"

    def __init__(self, past: bool = False) -> None:
        self._past = past

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return read_day(value, date.today(), past=self._past)
        except NotADay as fault:
            self.fail(str(fault), param, ctx)


def format_option(*formats: str) -> Callable[[Callable], Callable]:
    """`--format`; the first is what is shown where it is left out."""
    return click.option("--format", type=click.Choice(formats), default=formats[0])


def now() -> datetime:
    return datetime.now(UTC)


def records(settings: Settings) -> Database:
    """The database that is there, to read and to change."""
    return _with_mail(settings, installation.existing(settings.data))


def _with_mail(settings: Settings, db: Database) -> Database:
    if settings.smtp:
        letters.open_office(db, settings.address)
    return db


def looking(settings: Settings) -> Database:
    """The database that is there, to read alone: on a disk that can't be written, too."""
    return installation.existing(settings.data, looking=True)


def made(settings: Settings) -> Database:
    """The database, made or brought up to date: for the few commands that may."""
    return _with_mail(settings, installation.prepare(settings.data, now()))


def person(db: Database, email: str) -> Person:
    """The person with that email. Raises Refused."""
    found = people.by_email(db, email)
    if found is None:
        raise Refused(f"Nobody here has the email {email}.")
    return found
