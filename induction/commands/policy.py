"""check, policy show and policy set."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from ..content import checker, kept, library
from ..records import school
from ..records.database import transaction
from ..serving import say
from ..settings import HOME, Settings
from .common import Refused, now, records, show, show_json


def check(settings: Settings, chosen: Namespace) -> int:
    own = Path(chosen.folder) if chosen.folder else settings.data if settings.data.is_dir() else None
    if chosen.folder and not own.is_dir():
        raise Refused(f"{own} is no folder; name one that holds courses/ and quizzes/.")
    copies = kept.copies(own) if own else {}
    return checker.report(HOME, own, chosen.today or date.today(), chosen.strict, sys.stdout, copies)


def policy_show(settings: Settings, chosen: Namespace) -> int:
    db = records(settings)
    policy = school.policy(db)
    facets = library.read(HOME, settings.data).library.facets
    rows = []
    for name, facet in facets.items():
        choice = policy.choices.get(name)
        stance = facet.stance(choice.stance) if choice else None
        rows.append(
            {
                "facet": name,
                "stance": (stance or facet.cautious).name,
                "chosen": stance is not None,
                "label": (stance or facet.cautious).label,
                "stances": [each.name for each in facet.stances],
            }
        )
    if chosen.format == "json":
        show_json({"version": policy.version, "since": policy.since, "facets": rows})
    else:
        for row in rows:
            note = "" if row["chosen"] else "  (default: not chosen yet)"
            show(f"{row['facet']}  {row['stance']}{note}\n")
    return 0


def policy_set(settings: Settings, chosen: Namespace) -> int:
    db = records(settings)
    facets = library.read(HOME, settings.data).library.facets
    facet = facets.get(chosen.facet)
    if facet is None:
        raise Refused(f"There is no facet {chosen.facet}; {_known(chosen.facet, facets)}")
    if facet.stance(chosen.stance) is None:
        names = [stance.name for stance in facet.stances]
        raise Refused(f"{facet.name} has no stance {chosen.stance}; {_known(chosen.stance, names)}")
    with transaction(db):
        version = school.choose(db, {facet.name: chosen.stance}, None, now())
    say(f"{facet.name} is now {chosen.stance}: version {version} of the policy.")
    return 0


def _known(word: str, known: Iterable[str]) -> str:
    near = get_close_matches(word, list(known), n=1)
    return f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}."
