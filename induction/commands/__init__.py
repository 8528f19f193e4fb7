"""The command line: serve, check, people, sign-in, policy, export, pack, backup, restore, drill, doctor.

Exit code 0 done, 1 a problem was found and said, 2 wrong usage or a setting that can't be used. Data to standard
output, all else to standard error. Root goes on as the account that the data folder belongs to.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence

import click

from .. import __version__
from . import content, drill, erasing, evidence, installation, mail, pack, people, policy, serve, sign_in, ways_in
from .command import Group, in_words
from .terminal import ready_streams, say

people.group.add_command(erasing.people_erase)
people.group.add_command(ways_in.people_password)
people.group.add_command(ways_in.people_reset_second_step)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    ready_streams()
    words = sys.argv[1:] if arguments is None else arguments
    return in_words(lambda: _run(list(words)))


def _run(words: list[str]) -> int | None:
    """What click's own `main` does, but that exit codes are ours and nothing fails where the terminal is gone."""
    try:
        with induction.make_context("induction", words) as ctx:
            return induction.invoke(ctx)
    except click.exceptions.Exit as ended:  # --help, --version
        return ended.exit_code
    except click.UsageError as fault:
        shown = io.StringIO()
        fault.show(shown)
        say(shown.getvalue().rstrip())
        return fault.exit_code


@click.group(
    cls=Group,
    commands=[
        serve.serve, serve.first_run, content.check, people.group, sign_in.group, policy.group, evidence.export, evidence.verify, pack.pack,
        installation.backup, installation.restore, drill.drill, drill.backup_key, installation.doctor, mail.send_mail,
        installation.migrate,
    ],
    context_settings={"help_option_names": ["-h", "--help"], "show_default": True},
)  # fmt: skip
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.option(
    "--as", "account", metavar="ACCOUNT", help="As root: open the files that are named, then go on as this account."
)
@click.pass_context
def induction(ctx: click.Context, account: str | None) -> None:
    """Staff induction on professional boundaries online, for one school."""
    ctx.obj = account
