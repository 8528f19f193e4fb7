"""The caretaker: does what the site does by itself, beside those who are served.

Four threads walk: one posts letters as they are written, one sees to the packs that leads ask for, two look once a minute which
chores are due, the second for those that wait for another disk: a share that no longer answers holds up nothing else. A chore is done
by one server at a time; what goes wrong with one is kept for the health page, and the others are done all the same.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from ..bridges import mail
from ..records.school import chores as records
from ..records.school.outbox import Letter
from ..records.store.database import DatabaseFault, transaction
from ..services import posting, reminders
from ..services.posting import Delivery, Round
from ..web.site import Site
from . import pack_maker
from .chores import CHORES, Chore

log = logging.getLogger("induction.caretaker")

LOOKS = 60.0  # seconds between two looks at the chores
POSTS = 3.0  # seconds between two looks at the outbox
PACKS = 2.0  # seconds between two looks whether a pack is asked for
STOPPED = timedelta(hours=1)  # a chore that was begun longer ago than this is of a server that was killed


def utc_now() -> datetime:
    return datetime.now(UTC)


class Caretaker:
    """Walks until told to stop."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._stopping = threading.Event()
        rounds = [
            ("chores", LOOKS, lambda: self._walk(False)),
            ("chores that wait", LOOKS, lambda: self._walk(True)),
            ("packs", PACKS, self._make_packs),
        ]
        if site.settings.smtp:
            rounds.append(("letters", POSTS, self._post))
        self._threads = [
            threading.Thread(target=self._go, args=(every, walk), name=name, daemon=True) for name, every, walk in rounds
        ]

    def start(self) -> None:
        self._site.readiness.chores, self._site.readiness.walking_since = intervals(), utc_now()
        try:
            posting.put_in_order(self._site.records, utc_now(), at_start=True)
        except DatabaseFault as fault:
            log.error("The letters wait: %s", fault)
        for thread in self._threads:
            thread.start()

    def begin_no_more(self) -> None:
        """Let the letter and the chore in hand be the last."""
        self._stopping.set()

    def stop(self) -> None:
        """Once the letter and the chore in hand are done, or after a while."""
        self.begin_no_more()
        for thread in self._threads:
            thread.join(timeout=5)

    def _go(self, every: float, walk: Callable[[], object]) -> None:
        while not self._stopping.wait(every):
            try:
                walk()
            except DatabaseFault as fault:
                log.error("The caretaker waits: %s", fault)
            except Exception:  # the next walk may go well; what goes wrong with a chore is kept besides
                log.exception("The caretaker stumbled")
        self._site.records.close()  # this thread's connection

    def _post(self) -> None:
        post_letters(self._site, stopping=self._stopping.is_set)

    def _make_packs(self) -> None:
        pack_maker.make_what_is_asked_for(self._site, utc_now, stopping=self._stopping.is_set)

    def _walk(self, waits: bool) -> None:
        walk(self._site, stopping=self._stopping.is_set, waits=waits)


def intervals() -> dict[str, timedelta]:
    """How often each chore is done, by its name."""
    return {chore.name: chore.every for chore in CHORES}


def post_letters(
    site: Site, clock: Callable[[], datetime] = utc_now, stopping: Callable[[], bool] = lambda: False
) -> Delivery:
    """Post what can go."""
    server = site.settings.smtp
    if server is None:
        return Delivery(trouble="No mail server is set.")

    def wanted(letter: Letter) -> str:
        return reminders.why_not_wanted(site.records, site.programmes.current(), letter, clock())

    return posting.deliver(Round(site.records, lambda: mail.dial(server), clock, wanted, stopping))


def walk(
    site: Site, clock: Callable[[], datetime] = utc_now, stopping: Callable[[], bool] = lambda: False, waits: bool | None = None
) -> None:
    """Do each chore that is due, by what the clock says when it begins: a drill before it may have taken half an hour.

    `waits`: those alone that wait for another disk, or those that don't; None: all of them.
    """
    for chore in CHORES:
        if waits in (None, chore.waits) and not stopping():
            _do(site, chore, clock)


def _do(site: Site, chore: Chore, clock: Callable[[], datetime]) -> None:
    claim, now = secrets.token_hex(8), clock()
    with transaction(site.records):
        ours = records.claim(site.records, chore.name, claim, until=now + STOPPED, before=now - chore.every, now=now)
    if not ours:
        return
    trouble = ""
    try:
        chore.do(site, now)
    except Exception as fault:  # kept, and told of on the health page
        trouble = str(fault) or type(fault).__name__
        log.exception("The chore %s went wrong", chore.name)
    with transaction(site.records):
        records.end(site.records, chore.name, claim, trouble, clock())
