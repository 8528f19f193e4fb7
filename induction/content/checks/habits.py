"""Habits of picking an option without reading what it is about: how much each option attracts one.

A habit that is drawn to several options alike picks each of them equally often.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from .guessing_words import (
    ABSOLUTE,
    CAUTIOUS,
    NEVER_BEST,
    NO_REASONS,
    NOBODY,
    NOW,
    PEOPLE,
    REASONS,
    REASONS_AFTER_A_COMMA,
    REPORTING,
)

Labels = Sequence[str]
Habit = Callable[[Labels], list[int]]  # how much each option attracts it


def either(listed: Iterable[str]) -> str:
    """A pattern for any of the listed words, the longest first; a star stands for any ending."""
    return "|".join(re.escape(word).replace(r"\*", r"\w*") for word in sorted(listed, key=len, reverse=True))


def words_in(listed: Iterable[str]) -> re.Pattern[str]:
    """Finds the listed words, whole and in any case."""
    return re.compile(rf"(?<!\w)(?:{either(listed)})(?!\w)", re.IGNORECASE)


_cautious = words_in(CAUTIOUS)
_reporting = words_in(REPORTING)
_never_best = words_in(NEVER_BEST)
_absolute = words_in(ABSOLUTE)
_now = words_in(NOW)
_role = words_in(PEOPLE)
_name = re.compile(rf"(?<=[a-z,;] )(?!(?:{either(NOBODY)})\b)[A-Z][a-z]+")  # the first word of a sentence may be any
_reason = re.compile(
    rf"\b(?:{either(REASONS)})\b|,\s(?!(?:{either(NO_REASONS)})\b)(?:{either(REASONS_AFTER_A_COMMA)})\b", re.IGNORECASE
)


def gives_a_reason(label: str) -> bool:
    """Whether a reason is tacked on to what it says to do."""
    return bool(_reason.search(label))


def names_somebody(label: str) -> bool:
    """Whether it names a person, or one at the school by what they are."""
    return bool(_name.search(label) or _role.search(label))


HABITS: dict[str, Habit] = {
    "the longest option": lambda labels: [len(label) for label in labels],
    "the most cautious words": lambda labels: [len(_cautious.findall(label)) for label in labels],
    "the option that mentions reporting": lambda labels: [bool(_reporting.search(label)) for label in labels],
    "the first option": lambda labels: [number == 0 for number in range(len(labels))],
    "the shortest option": lambda labels: [-len(label) for label in labels],
    "the last option": lambda labels: [number == len(labels) - 1 for number in range(len(labels))],
    "the option with no reason tacked on": lambda labels: [not gives_a_reason(label) for label in labels],
    "the option with a name and a now": lambda labels: [names_somebody(label) + bool(_now.search(label)) for label in labels],
    "the option without the words that are never best": lambda labels: [-len(_never_best.findall(label)) for label in labels],
    "the least absolute option": lambda labels: [-len(_absolute.findall(label)) for label in labels],
}
