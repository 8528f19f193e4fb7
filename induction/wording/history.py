"""Who somebody was, and how they came in: each entry in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ..rules.calendar import local
from ..rules.deputies import Deputy
from ..rules.person_history import Entry, Way, WayIn, What
from ..rules.sign_in_events import EventKind, ToldEvent
from . import sign_in_events
from .dates import clock, day, day_and_clock, recently, short_in_full

THE_SERVER = "Somebody with access to the server"
ON_THE_SERVER = "Somebody on the server"  # to a colleague, who may ask them
NOBODY = "nobody"


class Standing(StrEnum):
    """What was said of a deputy, as the history's export names it."""

    NAMED = "deputy"
    NOBODY = "no deputy"


@dataclass(frozen=True, slots=True)
class Told:
    """Something of somebody's history, as people read it."""

    at: datetime
    what: What | Way | Standing | EventKind
    by: str  # a name; empty where nobody's is known
    when: str  # *Friday 4 December, 10.42 am*
    words: str


def told(
    entries: Sequence[Entry], ways: Sequence[WayIn], deputies: Sequence[Deputy], courses: Mapping[str, str], today: date,
    events: Sequence[ToldEvent] = (),
) -> list[Told]:  # fmt: skip
    """All of it in sentences, the latest first. Each sequence runs from the oldest; `courses` are titles by name."""
    said: list[tuple[Entry | WayIn | Deputy | ToldEvent, str]] = []
    before: Entry | None = None
    for entry in entries:
        said.append((entry, _of_entry(before, entry, courses)))
        before = entry
    links: dict[int | None, WayIn] = {each.id: each for each in ways}
    used = {each.through for each in ways if each.through is not None}
    said += [(way, _of_way(way, links.get(way.through), way.id in used, today)) for way in ways]
    said += [(each, deputy_named(each)) for each in deputies]
    said += [(each, sign_in_events.said(each)) for each in events]
    said.sort(key=lambda each: each[0].at)
    return [Told(each.at, _what(each), each.by_name or "", day_and_clock(each.at, today), words) for each, words in reversed(said)]


def _what(each: Entry | WayIn | Deputy | ToldEvent) -> What | Way | Standing | EventKind:
    if isinstance(each, Deputy):
        return Standing.NOBODY if each.deputy_id is None else Standing.NAMED
    return each.what


def deputy_named(said: Deputy) -> str:
    """*Lou Hartley: Nia Rowlands stands in for Max Adeyemi, from 4 December 2026 until 18 December 2026.*"""
    who = said.by_name or THE_SERVER
    if said.deputy_id is None:
        return f"{who}: nobody stands in for {said.mentor_name} any more."
    until = f"until {short_in_full(said.ends)}" if said.ends else "until it is taken back"
    return f"{who}: {said.deputy_name} stands in for {said.mentor_name}, from {short_in_full(said.begins)} {until}."


def _of_entry(before: Entry | None, entry: Entry, courses: Mapping[str, str]) -> str:
    who = _who(entry)
    if entry.what is What.BEGAN:
        return f"From here on changes are kept. It stood so: {entry.name}, {entry.email}, {entry.role}."
    if before is None or entry.what is What.ADDED:
        return f"{who} added {entry.name}, {entry.email}, as {entry.role}{_days(entry)}."
    found = changes(before, entry, courses)
    if entry.what is What.PUT_RIGHT:
        return f"An upgrade of this site put it right: {'; '.join(found)}."
    if before.active and not entry.active:
        found.insert(0, "the account was ended")
    if entry.active and not before.active:
        found.insert(0, "the account was opened again")
    return f"{who}: {'; '.join(found) or 'saved it as it stood'}."


def _days(entry: Entry) -> str:
    """*, from 1 September 2026 until 4 September 2026*; empty where there are none."""
    words = f", from {short_in_full(entry.starts)}" if entry.starts else ""
    return f"{words}{'' if words else ','} until {short_in_full(entry.ends)}" if entry.ends else words


def _who(entry: Entry) -> str:
    """Who did it; of what came by itself, why: *By itself, since the last day was 4 December 2026*."""
    if entry.by_itself and not entry.active and entry.ends:
        return f"By itself, since the last day was {short_in_full(entry.ends)}"
    return "Since the mentor’s last day was past" if entry.by_itself else entry.by_name or THE_SERVER


def changes(before: Entry, after: Entry, courses: Mapping[str, str]) -> list[str]:
    """What is another: *name from Tess Okafor to Tess Brown*."""

    def course(word: str | None) -> str:
        return courses.get(word, word) if word else "what everyone is given"

    pairs: Iterable[tuple[str, str, str]] = (
        ("name", before.name, after.name),
        ("email", before.email, after.email),
        ("role", before.role, after.role),
        ("course", course(before.course), course(after.course)),
    )
    found = [f"{what} from {was} to {now}" for what, was, now in pairs if was != now]
    dates = (("date", before.due, after.due), ("first day", before.starts, after.starts), ("last day", before.ends, after.ends))
    found += [_date(what, was, now) for what, was, now in dates if was != now]
    if before.mentor_id != after.mentor_id:
        found.append(f"mentor from {before.mentor_name or NOBODY} to {after.mentor_name or NOBODY}")
    return found


def _date(what: str, before: date | None, after: date | None) -> str:
    was, now = (short_in_full(when) if when else "" for when in (before, after))
    if was and now:
        return f"{what} from {was} to {now}"
    return f"{what} set to {now}" if now else f"{what} of {was} taken away"


def _of_way(way: WayIn, link: WayIn | None, used: bool, today: date) -> str:
    who, where = way.by_name or THE_SERVER, f" ({way.device})" if way.device else ""
    match way.what:
        case Way.RESET if way.own and way.by_not_me:
            told = f"The site made a link for a new password, as {who} had said that a sign-in was not theirs."
            return told if used else f"{told} It has not been used."
        case Way.INVITATION | Way.RESET if way.own:
            what = "an invitation" if way.what is Way.INVITATION else "a link for a new password"
            return f"{who}, or somebody at the sign-in who knows the address, asked for {what}.{'' if used else ' It has not been used.'}"
        case Way.INVITATION:
            return f"{who} made an invitation.{'' if used else ' It has not been used.'}"
        case Way.RESET:
            return f"{who} made a link for a new password.{'' if used else ' It has not been used.'}"
        case Way.CHOSEN if link is not None:
            return f"A password was chosen through {link_words(link, today)}{where}."
        case Way.CHOSEN:
            return f"A password was chosen through a link that was made before changes were kept{where}."
        case Way.CHANGED:
            return f"The password was changed by somebody who knew the one before{where}."
        case Way.SET:
            return f"A password was set without a link: at the first run, or on the server{where}."
        case Way.CLEARED:
            return "The password of before ended. A new one is chosen by a link."
        case _:
            return "From here on links and passwords are kept. There was a password."


def link_words(link: WayIn, today: date) -> str:
    """*the invitation that Lou Hartley made on Friday 4 December*."""
    what = "invitation" if link.what is Way.INVITATION else "link for a new password"
    who = link.by_name or THE_SERVER[0].lower() + THE_SERVER[1:]
    if link.own and link.by_not_me:
        return f"the {what} that went to {who} when they had said that a sign-in was not theirs, on {day(local(link.at).date(), today)}"
    if link.own:
        return f"the {what} that {who}, or somebody at the sign-in who knows the address, asked for on {day(local(link.at).date(), today)}"
    return f"the {what} that {who} made on {day(local(link.at).date(), today)}"


def new_password_words(at: datetime, link: WayIn, today: date) -> str:
    """For the owner of an account, of a password that was chosen through a link."""
    return (
        f"A new password for your account was chosen on {day_and_clock(at, today)}, through {link_words(link, today)}."
        " If that was not you, change your password and tell another lead or the head."
    )


def copied_words(at: datetime, by: str, why: str, today: date) -> str:
    """For whoever it is about, of a copy of everything held about them, which holds more than leads see."""
    return (
        f"{by or THE_SERVER} took out everything held about you, with your answers, on {day_and_clock(at, today)}: “{why}”."
        " If you did not ask for that, tell another lead or the head."
    )


def changed_account_words(before: Entry, after: Entry, today: date) -> str:
    """For the owner of an account whose name or email somebody else has changed."""
    what = "; ".join(each for each in changes(before, after, {}) if each.startswith(("name", "email")))
    return f"{after.by_name or ON_THE_SERVER} changed your {what}, on {day_and_clock(after.at, today)}."


def changed_by(who: str, at: datetime, now: datetime) -> str:
    """*Lou Hartley changed it today at 10.42 am*, to whoever is writing it too."""
    return f"{who} changed it {recently(at, now)} at {clock(at)}"
