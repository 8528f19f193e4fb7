"""policy show, set, publish."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from difflib import get_close_matches

import click

from ..content.conditions import chosen, in_force
from ..content.model import OwnWords
from ..content.problems import TooMuch
from ..content.source import files, written_text
from ..records.policy.draft import Draft
from ..records.policy.versions import PublishedMeanwhile
from ..records.school import school
from ..services import own_content, policy_publication, policy_words
from ..settings import HOME, Settings
from ..wording import policy as wording
from .command import Group, format_option, looking, now, records
from .files_handed_through import Incoming
from .terminal import Refused, say, show, show_json

MEANWHILE = "Somebody else published a version at this moment. Nothing was changed; run it again."


@click.group("policy", cls=Group)
def group() -> None:
    """The school's policy: show, set, publish."""


@group.command("show")
@format_option("text", "json")
def policy_show(settings: Settings, format: str) -> None:
    """Show what the school has chosen."""
    db = looking(settings)
    about, policy = school.load(db)
    facets = own_content.taught(HOME, settings.data, now().date()).facets
    rows = []
    for name, facet in facets.items():
        stance, applies = chosen(about, facet), in_force(about, facet)
        rows.append(
            {
                "facet": name,
                "stance": applies.name,
                "chosen": stance is not None,
                "label": applies.label,
                "words": policy.choices[name].words if stance else "",
                "stances": [each.name for each in facet.offered_in(about.nation)],
            }
        )
    if format == "json":
        about = {"version": policy.version, "since": policy.since, "asks_for": policy.asks_for, "sha256": policy.sha256}
        show_json({**about, "facets": rows})
    else:
        for row in rows:
            note = "" if row["chosen"] else "  (default: not chosen yet)"
            show(f"{row['facet']}  {row['stance']}{note}\n")


@group.command("set")
@click.argument("facet")
@click.argument("stance")
def policy_set(settings: Settings, facet: str, stance: str) -> None:
    """Choose a stance."""
    db = records(settings)
    known = own_content.taught(HOME, settings.data, now().date())
    if facet not in known.facets:
        raise Refused(f"There is no facet {facet}; {_known(facet, known.facets)}")
    names = [each.name for each in known.facets[facet].stances]
    if stance not in names:
        raise Refused(f"{facet} has no stance {stance}; {_known(stance, names)}")
    asked = known.facets[facet].stance(stance)
    if asked and not asked.allowed_in(school.load(db)[0].nation):
        raise Refused(wording.cannot_be_chosen(asked.label, asked.elsewhere))
    try:
        version = policy_publication.choose(db, known, {facet: stance}, by=None, at=now())
    except TooMuch:
        raise Refused("The policy’s own words no longer fit with the text of this site; shorten them first.") from None
    except PublishedMeanwhile:
        raise Refused(MEANWHILE) from None
    say(f"{facet} is now {stance}: version {version} of the policy.")


@group.command("publish")
@click.argument("file", metavar="FILE.md", type=Incoming)
def policy_publish(settings: Settings, file: Incoming) -> None:
    """Publish a file as the policy's whole text. Headings with the name of a facet are tied to it."""
    db = records(settings)
    known = own_content.taught(HOME, settings.data, now().date())
    own = OwnWords(True, _read(file))
    found = policy_words.look_through(own, known)
    if found.problems:
        listed = "\n".join(f"{file}:{problem.line}: {problem.message}" for problem in found.problems)
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
