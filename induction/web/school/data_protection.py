"""What is done with whose data, and a draft of the assessment: true of this program, filled in with this school's settings."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template

from ...records.people import lists
from ...records.people.lists import Heads
from ...records.school import school
from ...services import providers, retention
from ...wording import dates
from ...wording import providers as provider_wording
from ...wording.retention import ACTS_SENTENCE, period, sentence
from ..site import current_programme, db, site, today
from .checklist import Backups, known_of_backups
from .person_erase import until_when_backups_stay
from .room import blueprint


@dataclass(frozen=True, slots=True)
class DataProtectionPage:
    school: str
    lead: str  # the data protection lead's name; empty where Settings name none
    day: str
    heads: Heads
    address: str  # of the site
    https: bool
    mail: str  # the mail server's name; empty where there is none
    backups: Backups
    encrypted: bool  # the backups
    copies: str  # what lies in the folder of backups, and until when
    agreed: bool
    times: list[str]
    answers: str  # how long answers in training are kept
    elsewhere: str  # where people sign in, beside here; empty where nowhere


@blueprint.get("/data-protection")
def data_protection() -> str:
    """To be read, completed and printed by the school."""
    settings, times = site().settings, retention.times(db(), today())
    page = DataProtectionPage(
        school=current_programme().school.name,
        lead=school.details(db()).words.get("data protection lead", ""),
        day=dates.in_full(today()),
        heads=lists.heads(db()),
        address=settings.address,
        https=settings.secure,
        mail=settings.smtp.host if settings.smtp else "",
        backups=known_of_backups(),
        encrypted=bool(settings.backup_keys),
        copies=until_when_backups_stay(),
        agreed=times.agreed,
        times=[*(sentence(kind, months) for kind, months in times.months.items()), ACTS_SENTENCE],
        answers=period(times.months[retention.Kind.ANSWERS]),
        elsewhere=provider_wording.either([each.label for each in providers.configured(db(), settings)]),
    )
    return render_template("school/data-protection.html", page=page)
