"""check."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ..content.checks import checker
from ..services import own_content
from ..services.kept_content import Kept
from ..settings import HOME, Settings
from .command import Command, Day
from .terminal import Refused, show


@click.command(cls=Command)
@click.option("--strict", is_flag=True, help="Exit code 1 on warnings too.")
@click.option("--today", type=Day(), help="Take this day for today.")
@click.argument("folder", required=False)
def check(settings: Settings, strict: bool, today: date | None, folder: str | None) -> int:
    """Check the lessons and quizzes. Those in courses/ and quizzes/ of FOLDER lie over ours.

    Besides what is wrong it lists the facts that a school has to confirm; strictly checked, only what is wrong.
    """
    own = Path(folder) if folder else settings.data if settings.data.is_dir() else None
    if folder and not own.is_dir():
        raise Refused(f"{own} is no folder; name one that holds courses/ and quizzes/.")
    copies = own_content.copies(own) if own else {}
    reading, problems = own_content.check(HOME, own, today or date.today(), copies, Kept(settings.data))
    lines = [str(problem) for problem in problems]
    if reading and not strict:
        lines += checker.to_confirm(reading.library)
    show("".join(f"{line}\n" for line in lines))
    return 0 if checker.passes(problems, strict) else 1
