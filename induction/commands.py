"""What each command does. Each takes the settings and its arguments and returns the exit code."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from . import create_app, demonstration, prepare, secret_key, serving
from .content import checker, library
from .learning import passwords
from .learning.people import Role
from .records import backup as backups
from .records import doctor as examination
from .records import export as exports
from .records import links, lock, people, people_csv, school
from .records import people_import as importing
from .records import restore as restoring
from .records.database import Database, transaction
from .records.links import LinkKind
from .records.people import Person
from .serving import say
from .settings import HOME, Settings, is_loopback
from .web.forms import EMAIL
from .web.hashing import Hashing
from .web.teaching import ShippedContentFaulty


class Refused(Exception):
    """A problem was found; the words say it."""


def now() -> datetime:
    return datetime.now(UTC)


def records(settings: Settings) -> Database:
    """The database, made if there is none: any command may come before the first start."""
    found = prepare(settings)
    secret_key(settings.data)
    return found


def show(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def show_json(value: Any) -> None:
    show(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


# Serving


def serve(settings: Settings, chosen: Namespace) -> int:
    if chosen.demo:
        if not is_loopback(settings.host):
            raise Refused("The demonstration is for this machine alone; listen on 127.0.0.1.")
        settings = demonstration.settings(settings)
    serving.check_listening(settings, chosen.insecure_http)
    say(f"Data folder: {settings.data}")
    records(settings)
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
            link = serving.first_run_link(found.records, settings)
            if link:
                say(f"Set up your school: {link}")
        serving.serve(app, settings)
    return 0


def first_run(settings: Settings, _: Namespace) -> int:
    link = serving.first_run_link(records(settings), settings)
    if link is None:
        raise Refused("The school is set up already; sign in as a lead, or add one with people add.")
    show(link + "\n")
    return 0


# Content


def check(settings: Settings, chosen: Namespace) -> int:
    own = Path(chosen.folder) if chosen.folder else settings.data if settings.data.is_dir() else None
    if chosen.folder and not own.is_dir():
        raise Refused(f"{own} is no folder; name one that holds courses/ and quizzes/.")
    return checker.report(HOME, own, chosen.today or date.today(), chosen.strict, sys.stdout)


# People


def people_add(settings: Settings, chosen: Namespace) -> int:
    db = records(settings)
    email = people.normal_email(chosen.email)
    name = " ".join(chosen.name.split())
    if not EMAIL.fullmatch(email) or not name or not (email + name).isprintable():
        raise Refused("Write an email address, such as tess.okafor@school.example, and a name.")
    secret = _password(db, name, email) if chosen.password_stdin else None
    try:
        with transaction(db):
            mentor = _person(db, chosen.mentor).id if chosen.mentor else None
            person = people.add(
                db, email=email, name=name, role=Role(chosen.role), mentor_id=mentor, due=chosen.due, now=now()
            )
            if secret:
                people.set_password(db, person.id, secret)
            token = None if secret else links.make(db, LinkKind.INVITATION, person.id, now())
    except people.PeopleFault as fault:
        raise Refused(str(fault)) from fault
    say(f"Added {person.name} as {person.role}.")
    if token:
        show(f"{settings.address}/invitation/{token}\n")
    return 0


def _password(db: Database, *own_words: str) -> str:
    """The hash of the password on standard input; one final newline is not part of it."""
    try:
        password = sys.stdin.buffer.read(4096).decode("utf-8").removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError:
        raise Refused("The password is not UTF-8 text; nobody was added.") from None
    problem = passwords.objection(password, (*own_words, school.details(db).name))
    if problem:
        raise Refused(f"{problem} Nobody was added.")
    return Hashing().hash(password)


def _person(db: Database, email: str) -> Person:
    person = people.by_email(db, email)
    if person is None:
        raise Refused(f"Nobody here has the email {email}.")
    return person


def people_import(settings: Settings, chosen: Namespace) -> int:
    db = records(settings)
    sheet = people_csv.read(Path(chosen.file).read_bytes())
    try:
        with transaction(db):
            plan = importing.plan(db, sheet)
            if plan.problems or chosen.dry_run:
                return _say_plan(plan, chosen.file)
            added = importing.carry_out(db, plan, now())
            tokens = [(person, links.make(db, LinkKind.INVITATION, person, now())) for person in added]
    except people.PeopleFault as fault:
        raise Refused(f"{fault} Nothing was changed.") from fault
    _say_plan(plan, chosen.file, done=True)
    known = people.some(db, added)
    for person_id, token in tokens:
        show(f"{known[person_id].email},{settings.address}/invitation/{token}\n")
    return 0


def _say_plan(plan: Any, file: str, done: bool = False) -> int:
    """The problems by line, or what happened or would happen; the exit code."""
    for problem in plan.problems:
        show(f"{file}:{problem.line}: {problem.words}\n")
    if plan.problems:
        say(f"{len(plan.problems)} problems; nothing was changed.")
        return 1
    verb = "Added" if done else "Would add"
    say(
        f"{verb} {len(plan.added)}, {'changed' if done else 'change'} {len(plan.changed)}, "
        f"{'brought' if done else 'bring'} back {len(plan.returning)}; {plan.unchanged} stay as they are."
    )
    return 0


def people_list(settings: Settings, chosen: Namespace) -> int:
    db = records(settings)
    rows = exports.everyone(db)
    if chosen.format == "json":
        show_json(rows)
    else:
        for row in rows:
            show("  ".join(f"{row[column]}" for column in exports.PEOPLE if row[column]) + "\n")
    return 0


def people_deactivate(settings: Settings, chosen: Namespace) -> int:
    db = records(settings)
    try:
        with transaction(db):
            person = _person(db, chosen.email)
            people.deactivate(db, person.id)
    except people.PeopleFault as fault:
        raise Refused(str(fault)) from fault
    say(f"{person.name} can't sign in any more. What they did stays on record.")
    return 0


def people_invite(settings: Settings, chosen: Namespace) -> int:
    db = records(settings)
    with transaction(db):
        person = _person(db, chosen.email)
        if not person.active:
            raise Refused(f"{person.name} has left; bring them back under People first.")
        token = links.make(db, LinkKind.INVITATION, person.id, now())
    show(f"{settings.address}/invitation/{token}\n")
    return 0


# Policy


def policy_show(settings: Settings, chosen: Namespace) -> int:
    db = records(settings)
    policy = school.policy(db)
    facets = library.read(HOME, settings.data).library.facets
    rows = []
    for name, facet in facets.items():
        choice = policy.choices.get(name)
        stance = facet.stance(choice.stance) if choice else None
        rows.append(
            {
                "facet": name,
                "stance": (stance or facet.cautious).name,
                "chosen": stance is not None,
                "label": (stance or facet.cautious).label,
                "stances": [each.name for each in facet.stances],
            }
        )
    if chosen.format == "json":
        show_json({"version": policy.version, "since": policy.since, "facets": rows})
    else:
        for row in rows:
            note = "" if row["chosen"] else "  (default: not chosen yet)"
            show(f"{row['facet']}  {row['stance']}{note}\n")
    return 0


def policy_set(settings: Settings, chosen: Namespace) -> int:
    db = records(settings)
    facets = library.read(HOME, settings.data).library.facets
    facet = facets.get(chosen.facet)
    if facet is None:
        raise Refused(f"There is no facet {chosen.facet}; {_known(chosen.facet, facets)}")
    if facet.stance(chosen.stance) is None:
        names = [stance.name for stance in facet.stances]
        raise Refused(f"{facet.name} has no stance {chosen.stance}; {_known(chosen.stance, names)}")
    with transaction(db):
        version = school.choose(db, {facet.name: chosen.stance}, None, now())
    say(f"{facet.name} is now {chosen.stance}: version {version} of the policy.")
    return 0


def _known(word: str, known: Iterable[str]) -> str:
    near = get_close_matches(word, list(known), n=1)
    return f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}."


# Exports, backups, the installation


def export(settings: Settings, chosen: Namespace) -> int:
    db = records(settings)
    if chosen.person:
        _person(db, chosen.person)
    rows: list[Mapping[str, Any]]
    if chosen.what == "people":
        if chosen.as_at:
            raise Refused("People are exported as they stand today; --as-at goes with completions.")
        columns, rows = exports.PEOPLE, exports.everyone(db)
        if chosen.person:
            rows = [row for row in rows if row["email"] == people.normal_email(chosen.person)]
    else:
        columns = exports.COMPLETIONS
        rows = exports.completions(db, chosen.person, chosen.as_at)
    text = (
        json.dumps(rows, ensure_ascii=False, indent=2) + "\n" if chosen.format == "json" else exports.csv_text(columns, rows)
    )
    if chosen.output:
        Path(chosen.output).write_text(text, encoding="utf-8", newline="")
        say(f"{len(rows)} rows written to {chosen.output}.")
    else:
        show(text)
    return 0


def backup(settings: Settings, chosen: Namespace) -> int:
    db = records(settings)
    if chosen.file:
        to = Path(chosen.file)
    else:
        folder = settings.data / "backups"
        folder.mkdir(mode=0o700, exist_ok=True)
        to = folder / backups.named_for(now())
    show(f"{backups.backup(db, to)}\n")
    return 0


def restore(settings: Settings, chosen: Namespace) -> int:
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    done = restoring.restore(Path(chosen.file), settings.data, now(), older=chosen.older)
    until = f"up to {done.latest:%d/%m/%Y %H:%M} UTC" if done.latest else "empty"
    say(f"Restored; the records are there {until}. Everybody is signed out, and links have ended.")
    if done.lost_after:
        say(f"Records after that, up to {done.lost_after:%d/%m/%Y %H:%M} UTC, are in {done.replaced} alone.")
    return 0


def doctor(settings: Settings, chosen: Namespace) -> int:
    records(settings)
    findings = examination.examine(settings.data, now())
    if chosen.format == "json":
        show_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            show(f"{'ok  ' if finding.ok else 'LOOK'}  {finding.name}: {finding.words}")
            show(f" {finding.what_to_do}\n" if not finding.ok else "\n")
    return 0 if all(finding.ok for finding in findings) else 1


def migrate(settings: Settings, _: Namespace) -> int:
    records(settings)
    say(f"The database in {settings.data} is up to date.")
    return 0
