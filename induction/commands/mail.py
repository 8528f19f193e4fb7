"""send-mail."""

from __future__ import annotations

import click

from ..bridges import mail
from ..services import letters, posting, reminders
from ..services.open_editions import OpenEditions
from ..services.posting import Round
from ..services.programme import Programmes
from ..services.shelf import Shelf
from ..settings import HOME, Settings
from .command import Command, now, records
from .terminal import Refused, say


@click.command("send-mail", cls=Command)
def send_mail(settings: Settings) -> int:
    """Post the letters that wait; `serve` does it by itself."""
    server = settings.smtp
    if server is None:
        raise Refused("There is no mail server: set INDUCTION_SMTP, such as smtp://NAME:PASSWORD@HOST:587.")
    db = records(settings)
    letters.set_up_office(db, letters.office(db).address or settings.address, open=True)  # links are the running site's
    programme = Programmes(Shelf(HOME, settings.data), db, OpenEditions()).current()
    done = posting.deliver(
        Round(db, lambda: mail.dial(server), now, lambda letter: reminders.why_not_wanted(db, programme, letter, now()))
    )
    say(f"Sent {done.sent}, refused {done.refused}, waiting {done.waiting}, no longer wanted {done.dropped}, unsure {done.unsure}.")
    if done.trouble:
        say(f"The mail server can't be used: {done.trouble}.")
    return 1 if done.trouble or done.refused or done.unsure else 0
