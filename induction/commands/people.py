"""people add, import, list, deactivate, invite."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from ..content import library
from ..learning import passwords
from ..learning.people import Role
from ..records import export as exports
from ..records import links, people, people_csv, school
from ..records import people_import as importing
from ..records.database import Database, transaction
from ..records.links import LinkKind
from ..services import people as deeds
from ..services.people import Details
from ..serving import say
from ..settings import HOME, Settings
from ..web.forms import EMAIL
from ..web.hashing import Hashing
from .common import Refused, now, records, show, show_json
from .common import person as person_with


def people_add(settings: Settings, chosen: Namespace) -> int:
    db = records(settings)
    email = people.normal_email(chosen.email)
    name = " ".join(chosen.name.split())
    if not EMAIL.fullmatch(email) or not name or not (email + name).isprintable():
        raise Refused("Write an email address, such as tess.okafor@school.example, and a name.")
    secret = _password(db, name, email) if chosen.password_stdin else None
    try:
        mentor = person_with(db, chosen.mentor).id if chosen.mentor else None
        details = Details(email, name, Role(chosen.role), mentor, chosen.due, _course(settings, chosen.course))
        person, token = deeds.add(db, details, by=None, now=now(), password_hash=secret)
    except people.PeopleFault as fault:
        raise Refused(str(fault)) from fault
    say(f"Added {person.name} as {person.role}.")
    if token:
        show(f"{settings.address}/invitation/{token}\n")
    return 0


def _course(settings: Settings, word: str | None) -> str | None:
    """A course that is given by name. Raises Refused."""
    if word is None:
        return None
    named = {course.word for course in library.read(HOME, settings.data).library.courses.values() if course.by_name}
    if word not in named:
        raise Refused(f"No course given to named people is called {word}; known are {', '.join(sorted(named)) or 'none'}.")
    return word


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
        say(f"{len(plan.problems)} problem{'s' * (len(plan.problems) != 1)}; nothing was changed.")
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
        person = person_with(db, chosen.email)
        teachers = people.teachers_of(db, person.id)
        ended = deeds.end(db, person.id, by=None, now=now(), follower=deeds.NOBODY)
    except people.PeopleFault as fault:
        raise Refused(str(fault)) from fault
    if not ended:
        say(f"{person.name} had left before; nothing was changed.")
        return 0
    say(f"{person.name} can't sign in any more. What they did stays on record.")
    if teachers:
        say(f"Without a mentor at present: {', '.join(each.name for each in teachers)}. Choose who follows under People.")
    return 0


def people_invite(settings: Settings, chosen: Namespace) -> int:
    db = records(settings)
    person = person_with(db, chosen.email)
    try:
        token = deeds.make_link(db, person.id, LinkKind.INVITATION, by=None, now=now())
    except deeds.HasLeft as fault:
        raise Refused(f"{person.name} has left; bring them back under People first.") from fault
    show(f"{settings.address}/invitation/{token}\n")
    return 0
