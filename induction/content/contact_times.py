"""Times of day that hang on a school's policy: `{{ hours: contact-hours end + 30 }}` is half an hour after its hours end."""

from __future__ import annotations

import re
from collections.abc import Mapping

from . import clock
from .clock import DAY, Hours, NotHours
from .conditions import in_force
from .model import Facet, Library, School
from .problems import instead, short

MOST = 240  # minutes before or after
FORM = re.compile(r"(?P<facet>\S+) (?P<edge>begin|end)(?: (?P<sign>[+-]) (?P<minutes>[0-9]{1,3}))?")
INSTEAD = "write {{ hours: contact-hours end + 30 }}, say: `begin` or `end`, then + or - and minutes"


def tidy(name: str) -> str:
    """What stands after `hours:`, with single blanks round its sign."""
    return " ".join(re.sub(r"(?<=[\w\s])([+-])\s*(?=[0-9]*$)", r" \1 ", name).split())


def fault(name: str, known: Library) -> str | None:
    """What is wrong with such a time, and what to write instead; None where nothing is."""
    if name in known.times:
        return None
    match = FORM.fullmatch(name)
    if match is None:
        return f'"{short(name)}" is no time that can be worked out; {INSTEAD}'
    if int(match["minutes"] or 0) > MOST:
        return f'"{short(name)}" is more than {MOST} minutes away; write whole minutes from 0 to {MOST}'
    return _without_hours(match["facet"], known.facets)


def _without_hours(name: str, facets: Mapping[str, Facet]) -> str | None:
    with_hours = [facet.name for facet in facets.values() if all(stance.usual_hours for stance in facet.stances)]
    if name not in facets:
        return f'unknown facet "{short(name)}"; {instead(name, with_hours)}'
    if name not in with_hours:
        stance = next(stance for stance in facets[name].stances if not stance.usual_hours)
        return (
            f'the stance "{stance.name}" of {name} has no hours to count from; write `hours: 8am to 6pm` under it, say, '
            "or `times` under its `fill`"
        )
    return None


def contact_time(name: str, school: School, library: Library) -> tuple[str, str]:
    """A time that hangs on a school's policy, in words and as a telephone shows it. It never leaves the day."""
    if name in library.times:
        return library.times[name]
    match = FORM.fullmatch(name)
    hours = hours_in_force(school, library.facets[match["facet"]]) if match and match["facet"] in library.facets else None
    if match is None or hours is None:
        return "", ""
    away = int(f"{match['sign'] or '+'}{match['minutes'] or 0}")
    minutes = min(max((hours.begin if match["edge"] == "begin" else hours.end) + away, 0), DAY)
    return clock.in_words(minutes), clock.on_a_clock(minutes)


def hours_in_force(school: School, facet: Facet) -> Hours | None:
    """The hours of the stance in force: those that the school has written beside it, else its usual ones."""
    stance, choice = in_force(school, facet), school.choices.get(facet.name)
    own = choice.words if stance.fill and choice and choice.stance == stance.name else ""
    return written_hours(own) or stance.usual_hours


def written_hours(words: str) -> Hours | None:
    """The hours that a school has written; None where it has written none, or something else."""
    try:
        return clock.read_hours(words)
    except NotHours:
        return None
