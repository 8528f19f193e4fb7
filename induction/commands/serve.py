"""serve and first-run."""

from __future__ import annotations

from argparse import Namespace

from .. import create_app, demonstration, serving
from ..records.store import lock
from ..services import installation, people
from ..services.own_content import ShippedContentFaulty
from ..serving import say
from ..settings import Settings, is_loopback
from .common import Refused, made, now, show


def serve(settings: Settings, chosen: Namespace) -> int:
    if not chosen.demo:
        return _serve(settings, chosen)
    if not is_loopback(settings.host):
        raise Refused("The demonstration is for this machine alone; listen on 127.0.0.1.")
    with demonstration.place(settings) as own:
        return _serve(own, chosen)


def _serve(settings: Settings, chosen: Namespace) -> int:
    serving.check_listening(settings, chosen.insecure_http)
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
            demonstration.fill(found, now())
            say(f"An invented school: open {settings.address} and choose who to be.")
        else:
            token = people.first_run_token(found.records, now())
            if token:
                say(f"Set up your school: {settings.address}/first-run/{token}")
        serving.serve(app, settings)
    return 0


def first_run(settings: Settings, _: Namespace) -> int:
    token = people.first_run_token(made(settings), now())
    if token is None:
        raise Refused("The school is set up already; sign in as a lead, or add one with people add.")
    show(f"{settings.address}/first-run/{token}\n")
    return 0
