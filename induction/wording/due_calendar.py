"""Due dates as a calendar program reads them (RFC 5545): a name and a date, and nothing beyond."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

OWN = "Induction to be done"
REFRESH = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class DueDate:
    """A date by which an induction is to be done."""

    person_id: int
    name: str  # empty: one's own
    due: date
    since: datetime  # when it was last changed


def title(each: DueDate) -> str:
    """*Induction to be done*, *Tess: induction to be done*."""
    return f"{each.name}: {OWN[:1].lower()}{OWN[1:]}" if each.name else OWN


def written(dates: Iterable[DueDate], called: str, key: str) -> bytes:
    """The calendar. The same dates give the same bytes; `key` tells this school's dates from another's."""
    from icalendar import Calendar, Event  # loaded when it is wanted: it takes a tenth of a second

    calendar = Calendar()
    calendar.add("prodid", "-//Induction//Due dates//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", called)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    for each in dates:
        event = Event()
        event.add("uid", f"due-{each.person_id}-{key}")
        event.add("dtstamp", each.since)
        event.add("last-modified", each.since)
        event.add("dtstart", each.due)
        event.add("dtend", each.due + timedelta(days=1))
        event.add("summary", title(each))
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made
