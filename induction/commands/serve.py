"""serve and first-run."""

from __future__ import annotations

from dataclasses import replace

import click

from .. import create_app, demonstration, serving
from ..records.store import lock
from ..services import installation, people
from ..services.own_content import ShippedContentFaulty
from ..serving.caretaker import Caretaker
from ..settings import BadSettings, Settings, is_loopback, split_listen
from .command import Command, made, now
from .terminal import Refused, say, show


def _address(text: str) -> str:
    try:
        split_listen(text)
    except BadSettings as fault:
        raise click.BadParameter(str(fault)) from None
    return text


@click.command(cls=Command, makes_the_folder=True)
@click.option("--listen", metavar="HOST:PORT", type=_address, help="Where to listen; 127.0.0.1:8000 if left out.")
@click.option("--demo", is_flag=True, help="Show an invented school, from a folder of its own.")
@click.option("--insecure-http", is_flag=True, help="Plain http beyond this machine, all the same.")
def serve(settings: Settings, listen: str | None, demo: bool, insecure_http: bool) -> None:
    """Serve the site."""
    if listen:
        settings = replace(settings, listen=listen)
    if not demo:
        _serve(settings, insecure_http)
        return
    if not is_loopback(settings.host):
        raise Refused("The demonstration is for this machine alone; listen on 127.0.0.1.")
    with demonstration.place(settings) as own:
        _serve(own, insecure_http)


def _serve(settings: Settings, insecure_http: bool) -> None:
    serving.check_listening(settings, insecure_http)
    say(f"Data folder: {settings.data}")
    installation.make_folder(settings.data)
    with lock.serving(settings.data):
        try:
            app = create_app(settings)
        except ShippedContentFaulty as fault:
            for problem in fault.problems:
                say(str(problem))
            raise Refused("The shipped lessons do not pass the check, so nothing was started.") from fault
        found = app.extensions["induction"]
        for problem in found.shelf.problems:
            say(f"In the school's own content, {problem}")
        if settings.demo:
            demonstration.fill(found.records, found.programmes, found.hashing, now())
            say(f"An invented school: open {settings.address} and choose who to be.")
        else:
            token = people.first_run_token(found.records, now())
            if token:
                say(f"Set up your school: {settings.address}/first-run/{token}")
        server = serving.listen(app, settings)
        caretaker = Caretaker(found)
        say(f"Serving on {settings.address}")
        caretaker.start()
        server.run(when_told=caretaker.begin_no_more)
        caretaker.stop()
        say("Stopped.")


@click.command("first-run", cls=Command, makes_the_folder=True)
def first_run(settings: Settings) -> None:
    """Show a new first-run link, while there is no lead."""
    token = people.first_run_token(made(settings), now())
    if token is None:
        raise Refused("The school is set up already; sign in as a lead, or add one with people add.")
    show(f"{settings.address}/first-run/{token}\n")
