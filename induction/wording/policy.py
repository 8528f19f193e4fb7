"""What the lead's pages of the policy say of how it stands: each sentence is chosen here, by the facts that make it true."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ..rules.policy_answers import Standing
from .dates import day, short_day
from .numbers import counted, number

COMMAND_LINE = "the command line"


# Questions and choices


def made(how: str, by: str | None, on: date, today: date) -> str:
    """*Drafted by Lou Hartley on Friday 4 December.*"""
    return f"{how} by {by or COMMAND_LINE} on {day(on, today)}."


def bears_on(lessons: int, scenarios: int) -> str:
    return f"Bears on {counted(lessons, 'lesson')} and {counted(scenarios, 'scenario')}."


def answer(label: str, words: str) -> str:
    """A choice, and what is written beside it: *In the school day (8am to 4pm)*."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    return f"{label} ({'; '.join(lines)})" if lines else label


def state(standing: Standing, drafted: bool) -> str:
    """How a question stands, in a row of the list."""
    words = {
        Standing.OPEN: "not chosen: the cautious rule applies",
        Standing.ANOTHER: "asks for another answer",
        Standing.NO_TIMES: f"clock times missing{', not published yet' if drafted else ''}",
        Standing.DRAFTED: "chosen, not published yet",
        Standing.CHOSEN: "chosen",
    }
    return words[standing]


def how_it_stands(standings: Sequence[Standing], drafted: int) -> str:
    """The whole policy in a sentence. `drafted`: how many answers are not published yet."""
    total, left = len(standings), sum(each.is_open for each in standings)
    answered, timeless = total - left, standings.count(Standing.NO_TIMES)
    if not answered:
        return f"None of the {total} questions is answered yet, so the cautious rule applies on each."
    told = f"{number(answered).capitalize()} of the {total} questions {'is' if answered == 1 else 'are'} answered"
    if not left:
        told = f"All {total} questions are answered"
    if drafted:
        told += ", and not published yet" if drafted == answered else f", {number(drafted)} of them not published yet"
    if left:
        told += f"; on the other{f' {number(left)}' if left > 1 else ''} the cautious rule applies"
    if timeless:
        told += f"; {number(timeless)} {'asks' if timeless == 1 else 'ask'} for clock times"
    return f"{told}."


def undecided(applies: str, gone: str | None) -> str:
    """What applies where nothing is chosen, by its label; `gone` was chosen, and this release no longer offers it."""
    if gone:
        return f"You had chosen “{gone}”, which is no longer offered. “{applies}” applies until you choose again."
    return f"Not chosen yet: “{applies}” applies until you do"


def not_allowed(applies: str, label: str) -> str:
    """Of what was chosen, by its label, and the law of the school's nation doesn't allow; `applies` is in force instead."""
    return f"You had chosen “{label}”, which can’t be chosen in your nation. “{applies}” applies until you choose again."


def until_published(applies: str) -> str:
    """Of an answer that is chosen and not in force yet; `applies` is, by its label."""
    return f"Not published yet: until it is, “{applies}” applies"


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


def saved(title: str, chosen: str, applies: bool) -> str:
    """What is said of an answer that was saved; `applies`: it is in force already, so that nothing waits on it."""
    if applies:
        return f"Saved: {title}, “{chosen}”. It is what applies already, so nothing waits in the draft on it."
    return f"Saved in the draft: {title}, “{chosen}”. It applies once you publish."


def unchanged(title: str, chosen: str) -> str:
    """Of an answer that stood so before it was sent."""
    return f"{title} stands as it did, “{chosen}”. Nothing more was changed."


ALL_ANSWERED = "That was the last open question. This is what staff would read."


def took_cautious(taken: int, meanwhile: int) -> str:
    """Of the cautious rule, chosen on questions that were open; `meanwhile`: others, which a page had shown as open."""
    told = "Nothing was changed."
    if taken:
        told = f"Saved in the draft: the cautious rule on {counted(taken, 'question')}. It is your policy once you publish."
    if not meanwhile:
        return told
    were, stay = ("was", "stays as it is") if meanwhile == 1 else ("were", "stay as they are")
    return f"{told} {counted(meanwhile, 'question').capitalize()} {were} answered meanwhile, and {stay}."


def still_to_write(ask: str) -> str:
    """Of an answer that asks for words beside it, and has none yet."""
    return f"Still to be written: {ask}"


def chosen_meanwhile(who: str | None, label: str | None, words: str) -> str:
    """That another lead chose after the page was opened; `label` None: what they had chosen was thrown away."""
    beside = f" ({words})" if words else ""
    theirs = f"{who or 'Somebody'} chose “{label}”{beside}" if label else "The draft was thrown away"
    return f"{theirs} after you had opened this page, so nothing is saved yet. Save again, and yours takes its place."


def applies_now(label: str, chosen: bool) -> str:
    """Of the answer in force, in the place of what another would change."""
    if chosen:
        return f"“{label}” is in force now."
    return f"“{label}” is the cautious rule, which applies already. To choose it changes no judgement; lessons then call it your policy."


# What a change of policy changes


def from_to(now: str, then: str) -> str:
    """The heading over what an answer would change beside the one in force."""
    return f"From “{now}” to “{then}”"


def first_few(names: Sequence[str], most: int = 3) -> str:
    """*Late messages, A gift and 12 more*."""
    few = list(names[: most + 1] if len(names) == most + 1 else names[:most])  # nobody says *and one more*
    left = len(names) - len(few)
    last = f"{number(left)} more" if left else few.pop() if few else ""
    return f"{', '.join(few)} and {last}" if few else last


def read_otherwise(titles: Sequence[str]) -> str:
    """Of lessons whose words change."""
    if not titles:
        return "No lesson reads otherwise."
    return f"{counted(len(titles), 'lesson').capitalize()} {'reads' if len(titles) == 1 else 'read'} otherwise: {first_few(titles)}."


def judged_otherwise(scenarios: int, first: int) -> str:
    """Of scenarios whose judgement changes, the `first` of which follow."""
    if not scenarios:
        return "No scenario is judged otherwise."
    which = ", among them" if first < scenarios else ""
    return f"{counted(scenarios, 'scenario').capitalize()} {'is' if scenarios == 1 else 'are'} judged otherwise{which}:"


def folded(lessons: int, scenarios: int) -> str:
    """What can be unfolded of what changes; empty where nothing does."""
    of = [counted(count, what) for count, what in ((lessons, "lesson"), (scenarios, "scenario")) if count]
    return f"All of it, now and then: {' and '.join(of)}" if of else ""


def taught_otherwise(people: int) -> str:
    """Of people who were taught a judgement that is turned round."""
    if not people:
        return "Nobody was taught otherwise."
    who = "One person was" if people == 1 else f"{number(people).capitalize()} people were"
    return f"{who} taught otherwise, and can be asked again."


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
