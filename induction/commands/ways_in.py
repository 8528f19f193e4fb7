"""people password, people reset-second-step: for whoever has the server, when somebody is locked out."""

from __future__ import annotations

import click

from ..services import factor_resets, letters, sign_in_rules
from ..services.factor_resets import NotReset
from ..services.sign_in import set_at_the_server
from ..settings import Settings
from .command import Command, now, person, records
from .people import typed_password
from .terminal import Refused, say


@click.command("password", cls=Command)
@click.argument("email")
@click.option("--password-stdin", is_flag=True, required=True, help="Read the password from standard input.")
def people_password(settings: Settings, email: str, password_stdin: bool) -> None:
    """Set a password for somebody who can't get one by mail."""
    db = records(settings)
    found = person(db, email)
    if not found.active:
        raise Refused(f"{found.name} has left. Nothing was changed. Bring them back under People first.")
    secret = typed_password(db, "Nothing was changed.", found.name, found.email)
    set_at_the_server(db, found, secret, now())
    if only_with := sign_in_rules.only_with(db, found.role, settings):
        say(f"Teachers sign in with {only_with} alone, so this password opens nothing before passwords are opened for them:")
        say("induction sign-in set --teachers-by-password yes.")
    say(f"The password of {found.name} is set. Everywhere they were signed in they have been signed out.")
    say("Tell them in person, and ask them to choose another under My record, Change my password.")


@click.command("reset-second-step", cls=Command)
@click.argument("email")
def people_reset_second_step(settings: Settings, email: str) -> None:
    """End somebody's passkeys, app and recovery codes, where they are lost."""
    db = records(settings)
    found = person(db, email)
    try:
        factor_resets.at_the_server(db, found.id, now())
    except NotReset as fault:
        raise Refused(f"{fault} Nothing was changed.") from fault
    say(f"{found.name} has no second step any more, and was signed out everywhere.")
    if letters.office(db).open:
        say(f"A letter that says so is on its way to {found.email}.")
    say("They sign in with their password, and are asked to set up another before anything else. It is on record who did this: the server.")
