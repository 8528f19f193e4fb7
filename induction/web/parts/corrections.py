"""Entries of somebody's record that can be corrected, as pages show them: what each says, whether it counts, what was said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ...records.policy import acknowledgements
from ...records.progress import completions, sign_offs
from ...records.progress import corrections as records
from ...records.progress.completions import Completion
from ...records.progress.sign_offs import SignOff
from ...rules.calendar import local
from ...rules.corrections import TOLD_FOR, Correction, Kind, last_strike
from ...wording import corrections as wording
from ...wording import sign_offs as signing
from ..site import current_programme, db, now, today
from .past_attempts import lesson_titles

Corrected = Mapping[tuple[Kind, int], tuple[Correction, ...]]


@dataclass(frozen=True, slots=True)
class EntryShown:
    kind: Kind
    id: int
    what: str  # *“Friend requests”, passed on Friday 4 December*
    at: datetime
    counts: bool
    said: list[str]  # each correction, the oldest first
    corrected: tuple[Correction, ...]
    lesson: bool  # a completion of one


@dataclass(frozen=True, slots=True)
class SignedShown:
    """A sign-off beside what it is of."""

    words: str
    counts: bool
    said: list[str]


def said_of(kind: Kind, number: int, corrected: Corrected) -> list[str]:
    return [wording.said(each, today()) for each in corrected.get((kind, number), ())]


def entries(person_id: int) -> list[EntryShown]:
    """All of somebody's, the latest first."""
    corrected, titles = records.of_person(db(), person_id), lesson_titles(current_programme())

    def shown(kind: Kind, number: int, what: str, at: datetime, counts: bool, lesson: bool = False) -> EntryShown:
        of_it = corrected.get((kind, number), ())
        said = said_of(kind, number, corrected)
        if kind is Kind.SIGN_OFF and not counts and last_strike(of_it) is None:
            said.append(wording.WITH_ITS_COURSE)
        return EntryShown(kind, number, what, at, counts, said, of_it, lesson)

    found = [
        shown(Kind.COMPLETION, each.id, _completed(each, titles), each.completed_at, each.counts, bool(each.lesson))
        for each in completions.of_person(db(), person_id)
    ]
    for read in acknowledgements.of_person(db(), person_id):
        words = wording.policy(read.version, read.signed_on or _day(read.at), today())
        found.append(shown(Kind.ACKNOWLEDGEMENT, read.id, words, read.at, read.counts))
    for sign_off in sign_offs.of_person(db(), person_id):
        words = wording.sign_off(titles.get((sign_off.course, ""), sign_off.course), sign_off.by_name, _day(sign_off.at), today())
        found.append(shown(Kind.SIGN_OFF, sign_off.id, words, sign_off.at, sign_off.counts))
    return sorted(found, key=lambda each: (each.at, each.kind is not Kind.COMPLETION, each.id), reverse=True)


def _completed(each: Completion, titles: Mapping[tuple[str, str], str]) -> str:
    title, day = titles.get((each.course, each.lesson), each.lesson or each.course), _day(each.completed_at)
    return wording.lesson(title, each.percent, day, today()) if each.lesson else wording.course(title, day, today())


def _day(at: datetime) -> date:
    return local(at).date()


def signed(found: Sequence[SignOff], corrected: Corrected) -> dict[int, list[SignedShown]]:
    """Sign-offs by the completion that they are of."""
    by_completion: dict[int, list[SignedShown]] = {}
    for each in found:
        words = signing.signed(each.by_name, each.typed_name, _day(each.at), today())
        shown = SignedShown(words, each.counts, said_of(Kind.SIGN_OFF, each.id, corrected))
        by_completion.setdefault(each.completion_id, []).append(shown)
    return by_completion


def told_lately(person_id: int) -> list[str]:
    """What was corrected of somebody's of late, for them to read on home. One query where there is nothing."""
    found = records.since(db(), person_id, now() - TOLD_FOR)
    if not found:
        return []
    known = {(each.kind, each.id): each.what for each in entries(person_id)}
    return [wording.on_home(each, known[each.kind, each.entry], today()) for each in found]
