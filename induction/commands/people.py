"""people add, import, list, deactivate, invite."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date

import click

from ..records import exports
from ..records.people import people, staff_groups
from ..records.people.one_time_links import LinkKind
from ..records.people.people import Person
from ..records.people.person import Details
from ..records.school import school
from ..records.store.database import Database
from ..rules import calendar, email_address, passwords, text
from ..rules.roles import Role
from ..services import letters, own_content
from ..services import people as deeds
from ..services.password_hashing import Hashing
from ..services.people_file import reader
from ..services.people_import import bring_in
from ..services.people_plan import Plan, plan
from ..services.spreadsheet.csv_file import csv_text
from ..settings import HOME, Settings
from ..wording.numbers import in_figures, plural
from .command import Day, Group, format_option, looking, made, now, records
from .command import person as person_with
from .files_handed_through import Incoming
from .terminal import Refused, say, say_how_far, show, show_json, show_sheet

BEFORE_A_DAY = {"start": "from ", "end": "until "}  # which of several days it is


@click.group("people", cls=Group)
def group() -> None:
    """People: add, import, list, deactivate, invite, erase, set a password, reset a second step."""


@group.command("add", makes_the_folder=True)
@click.argument("email")
@click.option("--name", metavar="NAME", required=True)
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.TEACHER.value)
@click.option("--mentor", metavar="EMAIL")
@click.option("--due", type=Day())
@click.option("--starts", type=Day(), help="The first day on which they get in.")
@click.option("--ends", type=Day(), help="The last one; after it the account ends by itself.")
@click.option("--course", metavar="COURSE", help="A course for named people, in place of what everyone is given.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def people_add(
    settings: Settings, email: str, name: str, role: str, mentor: str | None, due: date | None,
    starts: date | None, ends: date | None, course: str | None, password_stdin: bool,
) -> None:  # fmt: skip
    """Add a person, and show the link of their invitation."""
    db = made(settings)
    email, name = _who(email, name)
    secret = typed_password(db, "Nobody was added.", name, email) if password_stdin else None
    try:
        followed_by = person_with(db, mentor).id if mentor else None
        details = Details(email, name, Role(role), followed_by, due, _course(settings, course), starts, ends)
        person, token = deeds.add(db, details, by=None, now=now(), password_hash=secret)
    except people.PeopleFault as fault:
        raise Refused(str(fault)) from fault
    say(f"Added {person.name} as {person.role}.")
    if token:
        _invited(settings, db, person, token)


def _invited(settings: Settings, db: Database, person: Person, token: str) -> None:
    """Show the link; and say that the site's own mail brings it too, where there is some: it may not reach whoever is locked out."""
    if letters.office(db).open:
        say(f"A letter with the invitation to {person.email} is on its way. The link is the same:")
    show(f"{settings.address}/invitation/{token}\n")


def _who(email: str, name: str) -> tuple[str, str]:
    """The email and the name, fit to keep. Raises Refused."""
    try:
        email, name = email_address.normal(email), text.name(name)
    except text.Unfit as fault:
        raise Refused(f"{fault} Nobody was added.") from fault
    if not name:
        raise Refused("Write a name too. Nobody was added.")
    return email, name


def _course(settings: Settings, word: str | None) -> str | None:
    """A course that is given by name. Raises Refused."""
    if word is None:
        return None
    taught = own_content.taught(HOME, settings.data, now().date())
    named = {course.slug for course in taught.courses.values() if course.by_name}
    if word not in named:
        raise Refused(f"No course given to named people is called {word}; known are {', '.join(sorted(named)) or 'none'}.")
    return word


def typed_password(db: Database, undone: str, *own_words: str) -> str:
    """The hash of the password on standard input; one final newline is not part of it. `undone`: what was not done, where it can't be."""
    try:
        typed = sys.stdin.buffer.read(4096).decode("utf-8").removesuffix("\n").removesuffix("\r")
        password = text.secret(typed, passwords.LONGEST)
    except UnicodeDecodeError:
        raise Refused(f"The password is not UTF-8 text. {undone}") from None
    except text.Unfit as fault:
        raise Refused(f"{fault} {undone}") from None
    problem = passwords.objection(password, (*own_words, school.details(db).name))
    if problem:
        raise Refused(f"{problem} {undone}")
    return Hashing().hash(password)


@group.command("import")
@click.argument("file", type=Incoming)
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@click.option("--roles", is_flag=True, help="Do what is named by line: roles, people brought back, values cleared.")
def people_import(settings: Settings, file: Incoming, dry_run: bool, roles: bool) -> int:
    """Bring people in from a CSV, XLSX or ODS file, all or nothing."""
    db = records(settings)
    sheet = reader.read(file.read(reader.LARGEST), calendar.local(now()).date())
    for note in sheet.notes:
        say(note)
    if dry_run:
        return _say_what_would_be(plan(sheet, people.everybody(db), staff_groups.names(db)), file, roles)
    try:
        made, tokens = bring_in(db, sheet, agreed=roles, now=now(), tell=say_how_far)
    except people.PeopleFault as fault:
        raise Refused(f"{fault} Nothing was changed.") from fault
    if tokens is None:
        return _say_what_would_be(made, file, roles)
    for each in made.weighty:
        say(f"{file}:{each.line}: {each.words}")
    say(f"Added {len(made.added)}, changed {len(made.changed)}, brought back {len(made.returning)}; {made.unchanged} stay as they are.")
    _show_links(settings, db, tokens)
    return 0


def _say_what_would_be(plan: Plan, file: Incoming, agreed: bool) -> int:
    """The problems by line, or what would happen and what of it has to be agreed to; the exit code."""
    for problem in plan.problems:
        show(f"{file}:{problem.line}: {problem.words}\n")
    for each in plan.weighty:
        say(f"{file}:{each.line}: {each.words}")
    if plan.problems:
        say(f"{in_figures(len(plan.problems), 'problem')}; nothing was changed.")
        return 1
    say(
        f"Would add {len(plan.added)}, change {len(plan.changed)}, bring back {len(plan.returning)}; "
        f"{plan.unchanged} stay as they are."
    )
    if plan.weighty and not agreed:
        say("Nothing was changed. If what stands above by line is meant, add --roles.")
        return 1
    return 0


def _show_links(settings: Settings, db: Database, tokens: Mapping[int, str]) -> None:
    """A sheet of those who need an invitation, with their links, while there is no mail; nothing where there is nobody."""
    invited = people.by_ids(db, tokens)
    if tokens and letters.office(db).open:
        say(f"On their way by mail: {len(tokens)} {plural('invitation', len(tokens))}.")
        return
    rows = [
        {"name": invited[each].name, "email": invited[each].email, "link": f"{settings.address}/invitation/{token}"}
        for each, token in tokens.items()
    ]
    if rows:
        show_sheet(csv_text(("name", "email", "link"), rows))


@group.command("list")
@format_option("text", "json")
def people_list(settings: Settings, format: str) -> None:
    """List the people."""
    db = looking(settings)
    rows = exports.everyone(db)
    if format == "json":
        show_json(rows)
    else:
        for row in rows:
            show("  ".join(f"{BEFORE_A_DAY.get(column, '')}{row[column]}" for column in exports.PEOPLE if row[column]) + "\n")


@group.command("deactivate")
@click.argument("email")
def people_deactivate(settings: Settings, email: str) -> None:
    """Somebody has left."""
    db = records(settings)
    try:
        person = person_with(db, email)
        teachers = people.teachers_of(db, person.id)
        ended = deeds.end(db, person.id, by=None, now=now(), follower=deeds.NOBODY)
    except people.PeopleFault as fault:
        raise Refused(str(fault)) from fault
    if not ended:
        say(f"{person.name} had left before; nothing was changed.")
        return
    say(f"{person.name} can't sign in any more. What they did stays on record.")
    if teachers:
        say(f"Without a mentor at present: {', '.join(each.name for each in teachers)}. Choose who follows under People.")


@group.command("invite")
@click.argument("email")
def people_invite(settings: Settings, email: str) -> None:
    """Make a new invitation link; the older one ends."""
    db = records(settings)
    person = person_with(db, email)
    try:
        token = deeds.make_link(db, person.id, LinkKind.INVITATION, by=None, now=now())
    except deeds.HasLeft as fault:
        raise Refused(f"{person.name} has left; bring them back under People first.") from fault
    _invited(settings, db, person, token)
