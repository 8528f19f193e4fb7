"""check, and the policy: show, set, publish."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from ..content import checker, kept, library, policy_text
from ..content.files import LARGEST, plain_lines, sound
from ..content.nearest import TooMuch
from ..records import policy as policies
from ..records import school
from ..records.database import transaction
from ..serving import say
from ..settings import HOME, Settings
from ..web import publishing
from .common import Refused, looking, now, records, show, show_json
from .files_handed_through import Incoming


def check(settings: Settings, chosen: Namespace) -> int:
    own = Path(chosen.folder) if chosen.folder else settings.data if settings.data.is_dir() else None
    if chosen.folder and not own.is_dir():
        raise Refused(f"{own} is no folder; name one that holds courses/ and quizzes/.")
    copies = kept.copies(own) if own else {}
    return checker.report(HOME, own, chosen.today or date.today(), chosen.strict, sys.stdout, copies)


def policy_show(settings: Settings, chosen: Namespace) -> int:
    db = looking(settings)
    policy = policies.now(db)
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
                "words": choice.words if choice and stance else "",
                "stances": [each.name for each in facet.stances],
            }
        )
    if chosen.format == "json":
        about = {"version": policy.version, "since": policy.since, "asks_for": policy.asks_for, "sha256": policy.sha256}
        show_json({**about, "facets": rows})
    else:
        for row in rows:
            note = "" if row["chosen"] else "  (default: not chosen yet)"
            show(f"{row['facet']}  {row['stance']}{note}\n")
    return 0


def policy_set(settings: Settings, chosen: Namespace) -> int:
    db = records(settings)
    known = library.read(HOME, settings.data).library
    facets = known.facets
    facet = facets.get(chosen.facet)
    if facet is None:
        raise Refused(f"There is no facet {chosen.facet}; {_known(chosen.facet, facets)}")
    if facet.stance(chosen.stance) is None:
        names = [stance.name for stance in facet.stances]
        raise Refused(f"{facet.name} has no stance {chosen.stance}; {_known(chosen.stance, names)}")
    with transaction(db):
        about, _ = school.load(db)
        try:
            version = publishing.choose(db, known, about, {facet.name: chosen.stance}, by=None, now=now())
        except TooMuch:
            raise Refused("The policy’s own words no longer fit with the text of this site; shorten them first.") from None
    say(f"{facet.name} is now {chosen.stance}: version {version} of the policy.")
    return 0


def policy_publish(settings: Settings, chosen: Namespace) -> int:
    """Publish a file as the whole text of the policy. Headings with the id of a facet are tied to it."""
    db = records(settings)
    known = library.read(HOME, settings.data).library
    words = _read(chosen.file)
    own = policy_text.OwnWords(True, words)
    problems = policy_text.own_problems(own, known)
    if problems:
        listed = "\n".join(f"{chosen.file}:{problem.line}: {problem.message}" for problem in problems)
        raise Refused(f"{listed}\nNothing was published.")
    own = replace(own, ties={name: name for name, _ in policy_text.headings(own, known) if name in known.facets})
    with transaction(db):
        about, before = school.load(db)
        proposed = publishing.proposal(db, known, about, {}, now(), own)
        version = publishing.publish(db, proposed, after=before.version, minor=False, note="", by=None, now=now())
    say(f"Published: version {version} of the policy. Everybody is asked to read it and say so.")
    return 0


def _read(file: Incoming) -> str:
    """The words of a file. Raises Refused where it is no text, or too long for one."""
    data = file.read(LARGEST)
    problem = sound(data)
    if isinstance(problem, tuple):
        raise Refused(f"{file}:{problem[0]}: {problem[1]}. Nothing was published.")
    words = plain_lines(data)
    if not words.strip():
        raise Refused(f"{file} is empty. Nothing was published.")
    return words


def _known(word: str, known: Iterable[str]) -> str:
    near = get_close_matches(word, list(known), n=1)
    return f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}."
