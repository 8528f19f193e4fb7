"""How the site is, as pages and figures tell it: what the doctor finds, and the looks beyond."""

from __future__ import annotations

from flask import current_app

from ...records.store.database import DatabaseFault
from ...services import health
from ...services.findings import Finding
from ...services.health import Ground
from ...settings import HOME
from ..site import current_programme, db, now, site, today


def version() -> str:
    """Of the program that runs."""
    return str(current_app.jinja_env.globals["program_version"])


def findings() -> list[Finding]:
    """All of them, in the order in which they are looked at. Never fails: without a database the doctor's alone."""
    here = site()
    found = here.readiness.findings()
    try:
        programme = current_programme()
        ground = Ground(
            db=db(), data=here.settings.data, home=HOME, version=version(), url=here.settings.url, library=programme.library,
            school=programme.school, required=programme.required, now=now(), today=today(), chores=here.readiness.chores,
            walking_since=here.readiness.walking_since,
        )  # fmt: skip
        return [*found, *health.look(ground)]
    except DatabaseFault:
        return found
