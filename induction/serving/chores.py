"""What the site does by itself, and how often: one list."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..bridges import certificates
from ..services import (
    backups,
    certificate,
    erasure,
    evidence,
    leavers,
    packs,
    posting,
    provider_looks,
    reminders,
    retention,
    scenario_figures,
)
from ..web.site import Site
from . import nightly_drill

log = logging.getLogger("induction.caretaker")


@dataclass(frozen=True, slots=True)
class Chore:
    """Harmless when done twice; after a long sleep it does what is right then."""

    name: str
    every: timedelta
    do: Callable[[Site, datetime], None]  # the moment is that of its beginning
    waits: bool = False  # for another disk or a program of its own, and perhaps for ever: it holds up none but its like


def _reminders(site: Site, now: datetime) -> None:
    reminders.plan(site.records, site.programmes.current(), now)


def _end_leavers(site: Site, now: datetime) -> None:
    for each in leavers.end_whose_day_is_past(site.records, now):
        log.info("Account of person %s ended by itself: the last day is past", each)


def _backup(site: Site, now: datetime) -> None:
    if not site.settings.demo:
        backups.keep(site.records, now, site.settings.backup_keys, site.settings.backup_copy)


def _look_at_the_certificate(site: Site, now: datetime) -> None:
    settings = site.settings
    certificate.look(site.records, settings.url, lambda host, port: certificates.look(host, port, settings.trusted_proxy), now)


def _retention(site: Site, now: datetime) -> None:
    retention.on_its_round(site.records, now)


def _count_scenarios(site: Site, now: datetime) -> None:
    scenario_figures.count(site.records, site.programmes.current().editions, now)


def _look_elsewhere(site: Site, now: datetime) -> None:
    provider_looks.look(site.records, site.settings, site.openid.look_again, now)


def _erasures(site: Site, now: datetime) -> None:
    erasure.finish(site.records)


def _write_heads(site: Site, now: datetime) -> None:
    evidence.write_heads(site.records, now)


CHORES: tuple[Chore, ...] = (
    Chore("end the accounts of those whose last day is past", timedelta(minutes=10), _end_leavers),
    Chore("write the reminders that are due", timedelta(minutes=15), _reminders),
    Chore("ask whether those who sign in elsewhere still may", timedelta(minutes=10), _look_elsewhere),
    Chore("make the backup of the night", timedelta(minutes=15), _backup, waits=True),
    Chore("hold the monthly drill", timedelta(hours=1), nightly_drill.hold_where_due, waits=True),
    Chore("look at the certificate", timedelta(days=1), _look_at_the_certificate),
    # Each round of posting does it first; without a mail server there is none, and links in old letters are forgotten all the same.
    Chore("put the letters in order", timedelta(hours=1), lambda site, now: posting.put_in_order(site.records, now)),
    # Before answers go: what is counted by then stays.
    Chore(scenario_figures.CHORE, timedelta(days=1), _count_scenarios),
    Chore(retention.CHORE, timedelta(days=1), _retention),
    Chore("write the head to those who keep it", timedelta(hours=1), _write_heads),
    Chore("finish erasures", timedelta(minutes=10), _erasures),
    Chore("let packs go whose day is over", timedelta(minutes=10), lambda site, now: packs.sweep(site.records, now)),
)
