"""The cast: Tess (new teacher), Max (her mentor), Nia (mentor of another, Sam), Lou (lead), Ana (has left).

They live in a fresh data folder with a real database and a real site. The folder is made once and
copied for each test; nobody's password is hashed twice. `Cast` is what a test asks for:

    def test_…(cast):
        page = cast.tess.open("/")
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path

from argon2 import PasswordHasher
from flask import Flask, Response

from induction import create_app
from induction.records.people import one_time_links, people
from induction.records.people.one_time_links import LinkKind
from induction.records.people.people import Person
from induction.records.people.person import Details
from induction.records.progress import attempts, completions
from induction.records.progress.attempts import Attempt
from induction.records.progress.completions import Completion
from induction.records.school import school
from induction.records.store import migrations
from induction.records.store.columns import moment_text
from induction.records.store.database import Database, transaction
from induction.rules import calendar
from induction.rules.roles import Role
from induction.services import installation, policy_publication, sign_in
from induction.services.open_editions import OpenEditions
from induction.services.programme import Programme, Programmes
from induction.services.readiness import Readiness
from induction.settings import Settings
from induction.web.site import Site
from tests import compiled
from tests.browser import Browser, Page

COURSE = "professional-boundaries-online"
DEVICE = "Safari on iPhone"  # of the tests' browser
PASSWORD = "nine calm otters paddle"
# As cheap as argon2id goes: a suite signs in some thousand times. What a real one costs matters in tests/faults alone.
SECRET = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
WORDS = {
    "safeguarding lead": "Priya Nair",
    "safeguarding lead phone": "01632 960141",
    "headteacher": "Helen Marsh",
    "out of hours": "Priya Nair on 01632 960145",
    "induction lead": "Lou Hartley",
    "switchboard": "01632 960140",
}
SCHOOL = {"name": "Wrenfield School", "nation": "england", "phase": "all-through", "words": WORDS, "public_contacts": False}
DUE_IN = 11  # days from today, for Tess
OPENED = OpenEditions()
COMES_AND_GOES = ("sessions", "devices", "tries", "pulse")


def make_template(folder: Path) -> Path:
    """A data folder with the school and the cast in it."""
    now = datetime.now(UTC)
    db = installation.prepare(folder, now)
    with transaction(db):
        school.save(db, **SCHOOL)
        lou = _add(db, "Lou Hartley", Role.LEAD, now)
        mentor, nia = _add(db, "Max Adeyemi", Role.MENTOR, now), _add(db, "Nia Évans", Role.MENTOR, now)
        tess = _add(db, "Tess Okafor", Role.TEACHER, now, mentor, calendar.local(now).date() + timedelta(days=DUE_IN))
        sam = _add(db, "Sam Price", Role.TEACHER, now, nia)
        ana = _add(db, "Ana Costa", Role.TEACHER, now, mentor)
        for person in (lou, mentor, nia, tess, sam, ana):
            people.set_password(db, person.id, SECRET, now=now)
        people.deactivate(db, ana.id, now=now)
    db.close()
    return folder


def _add(
    db: Database, name: str, role: Role, now: datetime, mentor: Person | None = None, due: date | None = None
) -> Person:
    email = f"{name.split()[0].lower()}@wrenfield.example"
    return people.add(db, Details(email, name, role, mentor_id=mentor and mentor.id, due=due), now=now)


class Cast:
    """Everyone, each with a browser of their own, signed in when first asked for."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.site: Site = app.extensions["induction"]
        self.records = self.site.records
        self.data = self.site.settings.data

    @cached_property
    def tess(self) -> Browser:
        return self._here("tess")

    @cached_property
    def max(self) -> Browser:
        return self._here("max")

    @cached_property
    def nia(self) -> Browser:
        return self._here("nia")

    @cached_property
    def sam(self) -> Browser:
        return self._here("sam")

    @cached_property
    def lou(self) -> Browser:
        return self._here("lou", "/help")  # the overview, on which leads land, costs more than most pages that are tried

    def _here(self, who: str, to: str = "/") -> Browser:
        """Their browser, signed in a moment ago by the deed behind the page; the page itself is what `sign_in` goes through."""
        browser, known = self.browser(), people.password_of(self.records, email_of(who))
        assert known is not None
        begun = sign_in.begin(self.records, known, sign_in.Browser(DEVICE, None, "", None), datetime.now(UTC))
        assert begun is not None
        with browser.client.session_transaction() as session:
            session.update(_user_id=begun.token, _fresh=True)
        marked = Response()
        self.site.marks.give(marked, begun.mark)
        name, _, value = marked.headers["Set-Cookie"].partition(";")[0].partition("=")
        browser.client.set_cookie(name, value)
        assert browser.open(to).status == 200
        return browser

    def browser(self) -> Browser:
        """A browser nobody has signed in with: a stranger's."""
        return Browser(self.app)

    def sign_in(self, who: str, browser: Browser | None = None, password: str = PASSWORD, to: str = "/") -> Browser:
        """A (further) browser of theirs, signed in through the page, which leads `to` another."""
        browser = browser or self.browser()
        page = self.try_to_sign_in(who, browser, password, to)
        assert page.way and page.status == 200, f"{who} could not sign in: {page.problems}"
        if page.is_at("/welcome"):
            browser.press("Go on")
        return browser

    def try_to_sign_in(self, who: str, browser: Browser, password: str = PASSWORD, to: str = "/") -> Page:
        browser.open("/sign-in" if to == "/" else f"/sign-in?next={to}")
        return browser.press("Sign in", email=email_of(who), password=password)

    def who(self, name: str) -> Person:
        """Their row as it stands."""
        found = people.by_email(self.records, email_of(name))
        assert found is not None
        return found

    def was_here(self, name: str) -> None:
        """They have signed in before, so that they come in without reading first who sees what."""
        with transaction(self.records):
            before = moment_text(datetime.now(UTC) - timedelta(days=1))
            self.records.execute("update people set last_seen_at = ? where id = ?", [before, self.who(name).id])

    def add(self, name: str, role: Role = Role.TEACHER, mentor: str | None = None, due: date | None = None) -> Person:
        with transaction(self.records):
            return _add(self.records, name, role, datetime.now(UTC), self.who(mentor) if mentor else None, due)

    def sign_in_new(self, who: str) -> Browser:
        """A browser of somebody just added, who has chosen the password of everybody here."""
        secret = self.records.value("select password_hash from people where email = ?", [email_of("lou")])
        with transaction(self.records):
            people.set_password(self.records, self.who(who).id, secret, now=datetime.now(UTC))
        return self.sign_in(who)

    def link(self, kind: LinkKind, name: str | None, made: datetime | None = None) -> str:
        """The token of a new link."""
        with transaction(self.records):
            return one_time_links.make(self.records, kind, self.who(name).id if name else None, made or datetime.now(UTC))

    def age_sessions(self, name: str, unused: timedelta, begun: timedelta) -> None:
        """Put back the clock of somebody's sessions: last used, and begun, so long ago."""
        now = datetime.now(UTC)
        with transaction(self.records):
            changed = self.records.execute(
                "update sessions set last_used_at = ?, started_at = ? where person = ?",
                [moment_text(now - unused), moment_text(now - begun), self.who(name).id],
            )
        assert changed, f"{name} has no session"

    def choose(self, **stances: str) -> int:
        """Choose stances, facets written with _ for -; the policy's version."""
        chosen: Mapping[str, str] = {facet.replace("_", "-"): stance for facet, stance in stances.items()}
        known, lou = self.programme.library, self.who("lou").id
        return policy_publication.choose(self.records, known, chosen, by=lou, at=datetime.now(UTC))

    def attempts_of(self, name: str) -> list[Attempt]:
        """Newest first, with answers."""
        return attempts.history(self.records, self.who(name).id, answers=True)

    def completions_of(self, name: str) -> list[Completion]:
        return completions.of_person(self.records, self.who(name).id)

    @property
    def programme(self) -> Programme:
        return self.site.programmes.current()

    def all_that_is_kept(self) -> dict[str, list[str]]:
        """Every row of every table, but for who is signed in where and when."""
        tables = [row["name"] for row in self.records.rows("select name from sqlite_master where type = 'table'")]
        kept = [table for table in tables if table not in COMES_AND_GOES and not table.startswith(("sqlite_", "_"))]
        return {
            table: sorted(str({**row, "last_seen_at": None}) for row in self.records.rows(f"select * from {table}"))
            for table in kept
        }

    def fact_count(self) -> dict[str, int]:
        """How many rows each table of what happened has: equal before and after where nothing may be lost or made."""
        tables = ("people", "attempts", "answers", "completions", "versions", "policy_choices", "conversations", "links")
        return {table: self.records.value(f"select count(*) from {table}") for table in tables}


def email_of(who: str) -> str:
    return who if "@" in who else f"{who}@wrenfield.example"


def move_in(app: Flask, template: Path, folder: Path) -> Cast:
    """The cast in a fresh copy of the folder, with a site that is up already.

    Checking the shipped content takes half a second and comes out the same for every test, so the
    site is made once and given the test's own database. What was opened of editions is shared: each is
    known by the SHA-256 of its words.
    """
    shutil.copytree(template, folder, dirs_exist_ok=True)
    records = migrations.open_database(folder / "induction.db", datetime.now(UTC))
    made: Site = app.extensions["induction"]
    app.extensions["induction"] = replace(
        made,
        settings=replace(made.settings, data=folder),
        records=records,
        programmes=Programmes(made.shelf, records, OPENED),
        readiness=Readiness(records, folder),
    )
    return Cast(app)


def own_site(template: Path, folder: Path, **settings: object) -> Cast:
    """The cast with a site made from nothing, where a test needs another start or other settings."""
    shutil.copytree(template, folder, dirs_exist_ok=True)
    return Cast(create_app(Settings(compiled.give(folder), **settings)))  # type: ignore[arg-type]
