"""School holidays as councils publish them, pasted by a lead: lines, tables, or what a calendar file holds.

*Autumn half term: Monday 26 October to Friday 30 October 2026*; *Schools close on 16 October 2026 and reopen on 2 November
2026*; cells parted by tabs, commas or bars. A line that names a term, or days when staff are in, is left out and says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from .calendar import NotADay, read_day
from .sending_days import Holiday
from .text import LONGEST_LINE

MOST_LINES = 150
LONGEST = 60  # characters of a holiday's name
UNNAMED = "School holiday"
WHOLE_YEAR = timedelta(days=365)
_A_DAY = timedelta(days=1)

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?[ ]+)?"
_NUMBER = r"[0-9]{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:,?[ ]+[0-9]{4}\b)?"
_DATE = (
    r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b"
    r"|\b[0-9]{1,2}([/.-])[0-9]{1,2}\1[0-9]{2,4}\b"
    rf"|\b{_WEEKDAY}{_NUMBER}(?:[ ]of)?[ -]{_MONTH}(?![a-z]){_YEAR}(?:-[0-9]{{2,4}}\b)?"
    rf"|\b{_WEEKDAY}{_MONTH}(?![a-z])[ ]+{_NUMBER}(?![0-9]){_YEAR}"
)
DATE = re.compile(_DATE, re.IGNORECASE)
_SHARED = re.compile(  # *26 to 30 October 2026*, *Monday 26 – Friday 30 October*
    rf"\b({_WEEKDAY}{_NUMBER})[ ]*(?:-|–|—|to|until|till)[ ]*"
    rf"({_WEEKDAY}{_NUMBER}(?:[ ]of)?[ ]({_MONTH})(?![a-z])(,?[ ]+[0-9]{{4}}\b)?)",
    re.IGNORECASE,
)
_A_YEAR = re.compile(r"[0-9]{4}\Z|[/.-][0-9]{2}\Z|\A[0-9]{4}-")
_JOINS = re.compile(r"(?i)\b(?:from|between|starts?|begins?|on|to|until|till|and|ends?|inclusive|the|is|are|school|schools)\Z")
_EDGES = " \t:;,.|–—-()*•"
_STAFF_ARE_IN = re.compile(r"(?i)\b(?:inset|in-service|training|development|teacher) days?\b|\binset\b")
_TERM = re.compile(r"(?i)\b(?:term|semester)s?\b")
_HOLIDAY = re.compile(r"(?i)half[ -]?term|holiday|break|clos|vacation|mid-?term")
_BACK = re.compile(r"(?i)\b(?:re-?opens?|returns?|back|resumes?)\b")
_LAST_IN = re.compile(r"(?i)\b(?:close[sd]?|break(?:s|ing)? up|last day)\b")
_ONE_END = re.compile(r"(?i)\b(?:starts?|begins?|ends?|from|until|till)\b")  # one day alone is not the whole of it


@dataclass(frozen=True, slots=True)
class Line:
    """A line that was pasted, and what it was read as: a holiday; or why it is left out; or what is wrong with it."""

    number: int
    words: str
    holiday: Holiday | None = None
    left_out: str = ""
    problem: str = ""


def read(pasted: str, today: date) -> tuple[Line, ...]:
    """What each line says that is not empty; at most 150 of them."""
    lines = [(number, " ".join(line.split(" "))) for number, line in enumerate(pasted.split("\n"), start=1) if line.strip()]
    found = [_line(number, words, today) for number, words in lines[:MOST_LINES]]
    if len(lines) > MOST_LINES:
        found.append(Line(lines[MOST_LINES][0], "", problem=f"Paste {MOST_LINES} lines at most, and the rest after them."))
    return tuple(found)


def checked(number: int, words: str, holiday: Holiday, today: date) -> Line:
    """A holiday as a line, with what is wrong with its days."""
    if holiday.last < holiday.first:
        return Line(number, words, problem="It ends before it starts. Write the first day, then the last.")
    if holiday.last - holiday.first >= WHOLE_YEAR:
        return Line(number, words, problem="It lasts a year or more. Write each holiday by itself.")
    if holiday.last < today:
        return Line(number, words, left_out="It is over.")
    return Line(number, words, holiday)


def _line(number: int, whole: str, today: date) -> Line:
    words = whole.strip()[:LONGEST_LINE]
    if len(whole.strip()) > LONGEST_LINE:
        return Line(number, words, problem=f"This line is longer than {LONGEST_LINE} characters. Write each holiday on a line of its own.")
    dates = list(_dates(words))
    if reason := _not_a_holiday(words, len(dates)):
        return Line(number, words, left_out=reason)
    if len(dates) > 2:
        return Line(number, words, problem=f"There are {len(dates)} dates. Write each holiday on a line of its own.")
    try:
        first, last = _days([text for text, _, _ in dates], today)
    except NotADay as fault:
        return Line(number, words, problem=str(fault))
    if len(dates) == 2 and last >= first:
        first += _A_DAY if _LAST_IN.search(words) else timedelta()
        last -= _A_DAY if _BACK.search(words) else timedelta()
    elif len(dates) == 1 and any(sign.search(words) for sign in (_BACK, _LAST_IN, _ONE_END)):
        return Line(number, words, problem="One day is missing. Write the first and the last day of the holiday on one line.")
    return checked(number, words, Holiday(_name(words, dates[0][1], dates[-1][2]), first, last), today)


def _dates(words: str) -> Iterator[tuple[str, int, int]]:
    """The dates in a line, each with where it begins and ends; the month that two share is said of both."""
    shared = _SHARED.search(words)
    if shared and not any(found.start() < shared.start() for found in DATE.finditer(words)):
        yield f"{shared[1]} {shared[3]}{shared[4] or ''}", *shared.span(1)
        yield shared[2], *shared.span(2)
        return
    yield from ((found[0], *found.span()) for found in DATE.finditer(words))


def _not_a_holiday(words: str, dates: int) -> str:
    """Why a line is left out; empty where it is none that is."""
    if not dates:
        return "No date stands in it."
    if _STAFF_ARE_IN.search(words):
        return "Staff are in on that day."
    if _TERM.search(words) and not _HOLIDAY.search(words):
        return "It names a term, not a holiday."
    return ""


def _days(texts: list[str], today: date) -> tuple[date, date]:
    """The first and the last day, a year that one of them lacks taken from the other. Raises NotADay."""
    first, last = texts[0], texts[-1]
    if _A_YEAR.search(first):
        begins = read_day(first, today)
        return begins, read_day(last, today) if _A_YEAR.search(last) else _with_year(last, begins.year, from_day=begins)
    if _A_YEAR.search(last):
        ends = read_day(last, today)
        return _with_year(first, ends.year, to_day=ends), ends
    ends = read_day(last, today)
    return (ends, ends) if len(texts) == 1 else (_with_year(first, ends.year, to_day=ends), ends)


def _with_year(text: str, year: int, *, from_day: date = date.min, to_day: date = date.max) -> date:
    """A day without its year, as the nearest from, or up to, another one. Raises NotADay."""
    other = year + (1 if to_day == date.max else -1)
    plain = re.sub(rf"(?i)\A{_WEEKDAY}", "", text)
    near = read_day(f"{plain} {year}", from_day)
    if not from_day <= near <= to_day:
        year = other
    return read_day(f"{text} {year}", from_day)


def _name(words: str, begins: int, ends: int) -> str:
    """What a holiday is called: the words before its dates, else those after them."""
    for piece in (words[:begins], words[ends:]):
        tidy = " ".join(piece.split()).strip(_EDGES)
        while (shorter := _JOINS.sub("", tidy).strip(_EDGES)) != tidy:
            tidy = shorter
        if any(sign.isalpha() for sign in tidy) and not (_LAST_IN.search(tidy) or _BACK.search(tidy)):
            return tidy[:LONGEST].strip()
    return UNNAMED
