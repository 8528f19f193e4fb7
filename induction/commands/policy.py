"""check, and the policy: show, set, publish."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from ..content.checks import checker
from ..content.model import OwnWords
from ..content.problems import TooMuch
from ..content.source import files, written_text
from ..records.policy import versions as policies
from ..records.policy.draft import Draft
from ..records.policy.versions import PublishedMeanwhile
from ..records.school import school
from ..services import own_content, policy_publication, policy_words
from ..serving import say
from ..settings import HOME, Settings
from .common import Refused, looking, now, records, show, show_json
from .files_handed_through import Incoming

MEANWHILE = "Somebody else published a version at this moment. Nothing was changed; run it again."


def check(settings: Settings, chosen: Namespace) -> int:
    own = Path(chosen.folder) if chosen.folder else settings.data if settings.data.is_dir() else None
    if chosen.folder and not own.is_dir():
        raise Refused(f"{own} is no folder; name one that holds courses/ and quizzes/.")
    copies = own_content.copies(own) if own else {}
    _, problems = own_content.check(HOME, own, chosen.today or date.today(), copies)
    return checker.report(problems, chosen.strict, sys.stdout)


def policy_show(settings: Settings, chosen: Namespace) -> int:
    db = looking(settings)
    policy = policies.now(db)
    facets = own_content.taught(HOME, settings.data, now().date()).facets
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
    known = own_content.taught(HOME, settings.data, now().date())
    facets = known.facets
    facet = facets.get(chosen.facet)
    if facet is None:
        raise Refused(f"There is no facet {chosen.facet}; {_known(chosen.facet, facets)}")
    if facet.stance(chosen.stance) is None:
        names = [stance.name for stance in facet.stances]
        raise Refused(f"{facet.name} has no stance {chosen.stance}; {_known(chosen.stance, names)}")
    try:
        version = policy_publication.choose(db, known, {facet.name: chosen.stance}, by=None, at=now())
    except TooMuch:
        raise Refused("The policy’s own words no longer fit with the text of this site; shorten them first.") from None
    except PublishedMeanwhile:
        raise Refused(MEANWHILE) from None
    say(f"{facet.name} is now {chosen.stance}: version {version} of the policy.")
    return 0


def policy_publish(settings: Settings, chosen: Namespace) -> int:
    """Publish a file as the whole text of the policy. Headings with the id of a facet are tied to it."""
    db = records(settings)
    known = own_content.taught(HOME, settings.data, now().date())
    own = OwnWords(True, _read(chosen.file))
    found = policy_words.look_through(own, known)
    if found.problems:
        listed = "\n".join(f"{chosen.file}:{problem.line}: {problem.message}" for problem in found.problems)
        raise Refused(f"{listed}\nNothing was published.")
    own = replace(own, ties={name: name for name, _ in found.headings if name in known.facets})
    own_content.keep_pictures(HOME, settings.data, known.pictures)
    about, _ = school.load(db)
    proposed = policy_publication.propose(db, known, about, Draft(text=own), now())
    try:
        version = policy_publication.publish(db, proposed, by=None)
    except PublishedMeanwhile:
        raise Refused(MEANWHILE) from None
    say(f"Published: version {version} of the policy. Everybody is asked to read it and say so.")
    return 0


def _read(file: Incoming) -> str:
    """The words of a file. Raises Refused where it is no text, or too long for one."""
    words = written_text.decoded(file.read(files.LARGEST))
    if not isinstance(words, str):
        raise Refused(f"{file}:{words[0]}: {words[1]}. Nothing was published.")
    if not words.strip():
        raise Refused(f"{file} is empty. Nothing was published.")
    return words


def _known(word: str, known: Iterable[str]) -> str:
    near = get_close_matches(word, list(known), n=1)
    return f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}."
