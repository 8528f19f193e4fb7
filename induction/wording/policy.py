"""What the lead's pages of the policy say of how it stands: each sentence is chosen here, by the facts that make it true."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from .dates import day, short_day
from .numbers import counted, number

COMMAND_LINE = "the command line"


# Questions and choices


def made(how: str, by: str | None, on: date, today: date) -> str:
    """*Drafted by Lou Hartley on Friday 4 December.*"""
    return f"{how} by {by or COMMAND_LINE} on {day(on, today)}."


def bears_on(lessons: int, scenarios: int) -> str:
    return f"Bears on {counted(lessons, 'lesson')} and {counted(scenarios, 'scenario')}."


def undecided(applies: str, gone: str | None) -> str:
    """What applies where nothing is chosen, by its label; `gone` was chosen, and this release no longer offers it."""
    if gone:
        return f"You had chosen “{gone}”, which is no longer offered. “{applies}” applies until you choose again."
    return f"Not chosen yet: “{applies}” applies until you do"


def not_allowed(applies: str, label: str) -> str:
    """Of what was chosen, by its label, and the law of the school's nation doesn't allow; `applies` is in force instead."""
    return f"You had chosen “{label}”, which can’t be chosen in your nation. “{applies}” applies until you choose again."


def cannot_be_chosen(label: str, elsewhere: str) -> str:
    """Of an answer that the law of the school's nation doesn't allow; `elsewhere` says why."""
    return f"“{label}” can’t be chosen in your nation. {elsewhere}"


def no_clock_times(words: str, usual: str) -> str:
    """Of an answer that asks for clock times; `words` were written beside it, empty where nothing was."""
    if words:
        return f"“{words}” is not two clock times, so scenarios go by {usual}. Write when it begins and ends."
    return f"No clock times are written yet, so scenarios go by {usual}. Write when it begins and ends."


def not_published(changes: int) -> str:
    """The heading over a draft."""
    return f"{'One change is' if changes == 1 else f'{changes} changes are'} not published yet"


def in_force(version: int, since: str) -> str:
    """The text that applies, as it stands beside the questions; `version` 0: no text is published."""
    return f"Version {version}, {since}" if version else "Nothing is published yet"


def saved(drafted: Sequence[str], applying: Sequence[str]) -> list[str]:
    """What is said of choices that were saved, by their labels: those that wait in the draft, those that apply already."""
    told = [f"“{label}” is what applies already; nothing in the draft on it." for label in applying]
    if len(drafted) == 1:
        return [f"Saved in the draft: {drafted[0]}. It applies once you publish.", *told]
    if drafted:
        return [f"{number(len(drafted)).capitalize()} choices saved in the draft. They apply once you publish.", *told]
    return told


def chosen_meanwhile(who: str | None, label: str | None, words: str) -> str:
    """That another lead chose after the page was opened; `label` None: what they had chosen was thrown away."""
    beside = f" ({words})" if words else ""
    theirs = f"{who or 'Somebody'} chose “{label}”{beside}" if label else "The draft was thrown away"
    return f"{theirs} after you had opened this page, so nothing is saved yet. Save again, and yours takes its place."


def applies_now(chosen: bool) -> str:
    """Of the answer in force, beside the others."""
    if chosen:
        return "This is in force now."
    cautious = "This is the cautious rule. It applies until you choose."
    return f"{cautious} To choose it changes no judgement; lessons then call it your policy."


# Publishing


def would_change(version: int, *, first: bool, stale: bool) -> str:
    """What publishing after this version would be. `stale`: nothing is drafted; `first`: no text was published before."""
    if stale:
        return (
            "The draft is empty, but your settings or an update have changed what the text says since version "
            f"{version} was published."
        )
    if first:
        return (
            "This would be the first text of your policy: from then on lessons call what you have chosen your policy, "
            "and everybody is asked to read it."
        )
    return f"What version {version + 1} would change beside version {version}."


def still_open(undecided: int) -> str:
    """Of questions that nothing is chosen on; empty where there are none."""
    if not undecided:
        return ""
    count = "One question is" if undecided == 1 else f"{undecided} questions are"
    return f"{count} not chosen yet. There the policy says that the cautious rule applies until you choose."


def why_all_are_asked(first: bool) -> str:
    """Why a version that holds staff to something new cannot be minor."""
    why, what = ("it is the first", "all of it") if first else ("what they are held to changes", "only what changed")
    return f"Everybody is asked to read it and say so, because {why}. They are shown {what}."


def published(version: int, asks: bool) -> str:
    told = "Everybody is asked to read it and say so." if asks else "What people have acknowledged stands."
    return f"Published: version {version}. Lessons and scenarios say so from this moment. {told}"


# Versions, and who has read them


def whom_it_asks(text: bool, material: bool) -> str:
    """Of a version in the list of them."""
    if not text:
        return "no text to read"
    return "asks everybody to read it" if material else "only words changed, so nobody is asked to read it again"


def have_read(version: int, done: int, left: int, *, latest: bool, counts_from: int) -> str:
    """How many have read a version. `counts_from`: whoever has read this one or a later one counts, where it is minor."""
    in_force = ", the one in force" if latest else ""
    later = "" if latest else " or a later one"
    minor = f" Only words changed in it, so whoever has read version {counts_from} or a later one counts."
    count = f"{done:,} of {done + left:,} have read it{later} and said so."
    return f"Version {version}{in_force}: {count}{minor if counts_from != version else ''}"


def before_it_was_published(version: int, published: date, today: date) -> str:
    """Of a day on paper on which there was no such version to sign."""
    return (
        f"Version {version} was published on {short_day(published, today)}; write the day that stands on the paper, or look up"
        " the version that stands on it."
    )


def acknowledged_before(person: str, kept: str | None) -> str:
    """That a signature on paper is not kept, since there is one already; `kept` says which."""
    which = f": {kept}" if kept else ""
    return f"{person} had acknowledged it already{which}. Nothing more was kept."


def signed(on: date, typed_name: str, recorded_by: str | None, today: date) -> str:
    """*Friday 4 December, signed as Tess Okafor, on paper, recorded by Lou Hartley*"""
    how = f", on paper, recorded by {recorded_by}" if recorded_by else ""
    return f"{day(on, today)}, signed as {typed_name}{how}"
