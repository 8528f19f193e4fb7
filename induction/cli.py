"""The command line: serve, check, people, policy, export, backup, restore, doctor.

Exit code 0 done, 1 a problem was found and said, 2 wrong usage. Data to standard output, all else
to standard error.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from . import commands
from .records.database import DatabaseFault
from .records.lock import FolderTaken, ServerRunning
from .serving import PortTaken, say
from .settings import BadSettings, from_environment, split_listen


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    parser = _parser()
    chosen = parser.parse_args(arguments)
    try:
        settings = from_environment(os.environ)
        if getattr(chosen, "listen", None):
            settings = replace(settings, listen=chosen.listen)
        return chosen.run(settings, chosen)
    except (BadSettings, DatabaseFault, FolderTaken, PortTaken, ServerRunning, commands.Refused) as fault:
        say(str(fault))
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130
    except OSError as fault:
        say(f"{fault.filename or 'A file'}: {fault.strerror or fault}. Nothing was changed.")
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "induction", description="Staff induction on professional boundaries online, for one school."
    )
    parser.set_defaults(run=lambda *_: parser.error("say what to do; induction --help lists it"))
    commands_ = parser.add_subparsers(metavar="COMMAND")

    def command(name: str, run: object, words: str, within: object = commands_) -> argparse.ArgumentParser:
        made = within.add_parser(name, help=words, description=words)  # type: ignore[attr-defined]
        made.set_defaults(run=run)
        return made

    serve = command("serve", commands.serve, "serve the site")
    serve.add_argument("--listen", metavar="HOST:PORT", type=_listen, help="where to listen; 127.0.0.1:8000 if left out")
    serve.add_argument("--demo", action="store_true", help="show an invented school, from a folder of its own")
    serve.add_argument("--insecure-http", action="store_true", help="plain http beyond this machine, all the same")
    command("first-run", commands.first_run, "a new first-run link, while there is no lead")
    check = command("check", commands.check, "check the lessons and quizzes")
    check.add_argument("--strict", action="store_true", help="exit code 1 on warnings too")
    check.add_argument("--today", metavar="DATE", type=_date, help="take this day for today")
    check.add_argument("folder", nargs="?", metavar="FOLDER", help="a folder whose courses/ and quizzes/ lie over ours")
    _people(command)
    _policy(command)
    export = command("export", commands.export, "completions, people or their history, as CSV or JSON")
    export.add_argument("what", choices=("completions", "people", "history"))
    export.add_argument("--person", metavar="EMAIL", help="of one person")
    export.add_argument("--as-at", metavar="DATE", type=_date, help="as it stood at the end of that day")
    _format(export, ("csv", "json"))
    export.add_argument("--output", metavar="FILE", help="to a file; standard output if left out")
    command("backup", commands.backup, "write a backup").add_argument("file", nargs="?", metavar="FILE")
    restore = command("restore", commands.restore, "put a backup back")
    restore.add_argument("file", metavar="FILE")
    restore.add_argument("--older", action="store_true", help="though it is older than what is there")
    _format(command("doctor", commands.doctor, "look over the installation"), ("text", "json"))
    command("migrate", commands.migrate, "bring the database up to date, after a backup")
    return parser


def _people(command: object) -> None:
    people = command("people", None, "people: add, import, list, deactivate, invite")  # type: ignore[operator]
    people.set_defaults(run=lambda *_: people.error("say what to do; induction people --help lists it"))
    within = people.add_subparsers(metavar="WHAT")
    add = command("add", commands.people_add, "add a person", within)  # type: ignore[operator]
    add.add_argument("email", metavar="EMAIL")
    add.add_argument("--name", required=True)
    add.add_argument("--role", choices=("teacher", "mentor", "lead"), default="teacher")
    add.add_argument("--mentor", metavar="EMAIL")
    add.add_argument("--due", metavar="DATE", type=_date)
    add.add_argument("--course", metavar="COURSE", help="a course for named people, in place of what everyone is given")
    add.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    bring = command("import", commands.people_import, "bring people in from a CSV file, all or nothing", within)  # type: ignore[operator]
    bring.add_argument("file", metavar="FILE.csv")
    bring.add_argument("--dry-run", action="store_true", help="say what would happen, and change nothing")
    listing = command("list", commands.people_list, "list the people", within)  # type: ignore[operator]
    _format(listing, ("text", "json"))
    command("deactivate", commands.people_deactivate, "somebody has left", within).add_argument("email", metavar="EMAIL")  # type: ignore[operator]
    command("invite", commands.people_invite, "a new invitation link", within).add_argument("email", metavar="EMAIL")  # type: ignore[operator]


def _policy(command: object) -> None:
    policy = command("policy", None, "the school's policy: show, set, publish")  # type: ignore[operator]
    policy.set_defaults(run=lambda *_: policy.error("say what to do; induction policy --help lists it"))
    within = policy.add_subparsers(metavar="WHAT")
    _format(command("show", commands.policy_show, "what the school has chosen", within), ("text", "json"))  # type: ignore[operator]
    choose = command("set", commands.policy_set, "choose a stance", within)  # type: ignore[operator]
    choose.add_argument("facet", metavar="FACET")
    choose.add_argument("stance", metavar="STANCE")
    text = command("publish", commands.policy_publish, "publish a file as the policy's whole text", within)  # type: ignore[operator]
    text.add_argument("file", metavar="FILE.md")


def _format(parser: argparse.ArgumentParser, formats: tuple[str, ...]) -> None:
    parser.add_argument("--format", choices=formats, default=formats[0])


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write it as 2026-12-04") from None


def _listen(text: str) -> str:
    try:
        split_listen(text)
    except BadSettings as fault:
        raise argparse.ArgumentTypeError(str(fault)) from None
    return text
