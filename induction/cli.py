"""The command line: serve, check, people, policy, export, backup, restore, doctor.

Exit code 0 done, 1 a problem was found and said, 2 wrong usage or a setting that can't be used. Data to standard
output, all else to standard error. Root goes on as the account that the data folder belongs to.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from . import __version__, commands
from .commands.common import NotShown, ready_streams
from .commands.files_handed_through import Incoming, Outgoing, hand_through
from .records.store.database import DatabaseFault
from .records.store.lock import FolderTaken, ServerRunning
from .rules.calendar import NotADay, read_day
from .services import installation
from .serving import PortTaken, say
from .settings import BadSettings, from_environment, split_listen


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    ready_streams()
    chosen = _parser().parse_args(arguments)
    return _in_words(lambda: _run(chosen))


def _run(chosen: argparse.Namespace) -> int:
    settings = from_environment(os.environ)
    if getattr(chosen, "listen", None):
        settings = replace(settings, listen=chosen.listen)
    account = chosen.account
    if account is None and os.geteuid() == 0 and not getattr(chosen, "demo", False):
        account = installation.account_for(settings.data)
    if account is None:
        return chosen.run(settings, chosen)
    return hand_through(account, settings.data, chosen, lambda: _in_words(lambda: chosen.run(settings, chosen)))


def _in_words(work: Callable[[], int]) -> int:
    """The exit code of `work`; what goes wrong is said in a sentence."""
    try:
        return work()
    except BadSettings as fault:
        say(str(fault))
        return 2
    except (DatabaseFault, FolderTaken, PortTaken, ServerRunning, commands.Refused) as fault:
        say(str(fault))
        return 1
    except NotShown as fault:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        say(str(fault))
        return 1
    except KeyboardInterrupt:
        return 130
    except OSError as fault:
        say(f"{fault.filename}: {fault.strerror}. Nothing was changed." if fault.filename else f"That did not work: {fault}.")
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "induction", description="Staff induction on professional boundaries online, for one school."
    )
    parser.set_defaults(run=lambda *_: parser.error("say what to do; induction --help lists it"))
    parser.add_argument("--version", action="version", version=f"induction {__version__}")
    parser.add_argument(
        "--as", dest="account", metavar="ACCOUNT", help="as root: open the files that are named, then go on as this account"
    )
    commands_ = parser.add_subparsers(metavar="COMMAND")

    def command(name: str, run: object, words: str, within: object = commands_) -> argparse.ArgumentParser:
        made = within.add_parser(name, help=words, description=words)  # type: ignore[attr-defined]
        made.set_defaults(run=run, makes_the_folder=run in commands.MAKERS)
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
    export.add_argument("--as-at", metavar="DATE", type=_past_date, help="as it stood at the end of that day")
    _format(export, ("csv", "json"))
    export.add_argument("--output", metavar="FILE", type=Outgoing, default="-", help="to a new file; standard output if left out")
    command("backup", commands.backup, "write a backup").add_argument("file", nargs="?", metavar="FILE", type=Outgoing)
    restore = command("restore", commands.restore, "put a backup back")
    restore.add_argument("file", metavar="FILE", type=Incoming)
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
    bring = command("import", commands.people_import, "bring people in from a CSV, XLSX or ODS file, all or nothing", within)  # type: ignore[operator]
    bring.add_argument("file", metavar="FILE", type=Incoming)
    bring.add_argument("--dry-run", action="store_true", help="say what would happen, and change nothing")
    bring.add_argument("--roles", action="store_true", help="do what is named by line: roles, people brought back, values cleared")
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
    text.add_argument("file", metavar="FILE.md", type=Incoming)


def _format(parser: argparse.ArgumentParser, formats: tuple[str, ...]) -> None:
    parser.add_argument("--format", choices=formats, default=formats[0])


def _date(text: str) -> date:
    return _read_day(text, past=False)


def _past_date(text: str) -> date:
    return _read_day(text, past=True)


def _read_day(text: str, past: bool) -> date:
    try:
        return read_day(text, date.today(), past=past)
    except NotADay as fault:
        raise argparse.ArgumentTypeError(str(fault)) from None


def _listen(text: str) -> str:
    try:
        split_listen(text)
    except BadSettings as fault:
        raise argparse.ArgumentTypeError(str(fault)) from None
    return text
