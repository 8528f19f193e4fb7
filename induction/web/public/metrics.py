"""Figures for a program that watches the site, in the text format of Prometheus. Nothing in them is about anybody.

The package that writes the format is loaded when they are first asked for: it takes a quarter of a second and 14 MB.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Response, abort, request

from ...records.people import lists
from ...records.school import chores
from ...records.store.database import DatabaseFault
from ...rules import calendar
from ...services.findings import Finding
from ...settings import is_loopback
from ..parts.looks import findings, version
from ..security.access import under_any_host
from ..site import db, site, today
from .room import blueprint

if TYPE_CHECKING:
    from prometheus_client.core import Metric

FORWARDED = ("X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-For", "Forwarded", "Via")  # what a proxy adds


@blueprint.get("/metrics", endpoint="metrics")
@under_any_host
def figures() -> Response:
    """To this machine itself, or with the token; for anybody else there is no such page."""
    if not (_has_the_token() or _is_this_machine()):
        abort(404)
    from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
    from prometheus_client.registry import CollectorRegistry

    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Figures(bool(site().readiness), findings()))  # in this order: the first look is waited for
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _has_the_token() -> bool:
    token, sent = site().settings.metrics_token, request.headers.get("Authorization", "")
    return token is not None and hmac.compare_digest(sent.encode(), f"Bearer {token}".encode())


def _is_this_machine() -> bool:
    """Asked from here and not through a proxy, behind which the whole world would stand.

    A trusted proxy leaves its word in the headers. The word of one that is not named has been taken away: there the token is
    needed, wherever the site has an address of its own, or is asked for under a name that is not this machine's.
    """
    settings, asked = site().settings, urlsplit(f"//{request.host}").hostname or ""
    own = urlsplit(settings.url or "").hostname
    if settings.trusted_proxy is None and not (is_loopback(own or "localhost") and is_loopback(asked)):
        return False
    return is_loopback(request.environ.get("REMOTE_ADDR", "")) and not any(name in request.headers for name in FORWARDED)


class _Figures:
    """What is asked now; collected once."""

    def __init__(self, ready: bool, found: list[Finding]) -> None:
        self._ready, self._found = ready, found

    def collect(self) -> Iterator[Metric]:
        yield _of("induction_version", "What runs.", [({"version": version()}, 1)])
        yield _of("induction_ready", "Whether the site could do its work.", [({}, self._ready)])
        known = [({"look": each.name}, each.ok) for each in self._found if each.known]
        yield _of("induction_well", "Whether all is well, by what was looked at.", known)
        for each in self._found:
            for name, value in each.numbers.items():
                yield _of(f"induction_{name}", f"Of the look at: {each.name}.", [({}, value)])
        try:
            yield from _from_the_records()
        except DatabaseFault:
            return


def _from_the_records() -> Iterator[Metric]:
    yield _of("induction_people_here_today", "People who were here today.", [({}, lists.seen_since(db(), calendar.midnight(today())))])
    done = chores.all_of_them(db()).values()
    begun = [({"chore": each.name}, each.begun_at.timestamp()) for each in done if each.begun_at]
    yield _of("induction_chore_begun_seconds", "When a chore was begun last, in seconds since 1970.", begun)
    yield _of("induction_chore_well", "Whether it went well.", [({"chore": each.name}, not each.trouble) for each in done])


def _of(name: str, says: str, values: list[tuple[dict[str, str], float]]) -> Metric:
    from prometheus_client.core import GaugeMetricFamily

    labels = sorted(values[0][0]) if values else []
    family = GaugeMetricFamily(name, says, labels=labels)
    for named, value in values:
        family.add_metric([named[label] for label in labels], float(value))
    return family
