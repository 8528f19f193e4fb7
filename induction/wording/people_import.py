"""A list of people that a lead brings in: what it would do, what it did, and what its columns are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from .dates import listed, short_day
from .numbers import plural

STATES = {"new": "New", "back": "Comes back", "changed": "Changed", "same": "The same"}
# What a column may be, in the words of the select.
COLUMNS = {
    "name": "Name",
    "forename": "Forename",
    "surname": "Surname",
    "preferred name": "Preferred name",
    "email": "Email",
    "role": "Role",
    "mentor": "Mentor",
    "due": "To be done by",
    "groups": "Groups",
    "start date": "First day",
    "leaving date": "Last day, or that they have left",
}
NO_DAYS = "no days"
SEVERAL = ("forename", "surname")  # of several columns, the first that isn't empty is meant
CHANGED_MEANWHILE = (
    "Nothing was done: the people here, or this list, have changed since this page was opened, so the list would do something "
    "else than it said. This is what it would do now."
)
LOOK_FIRST = "Nothing was done yet: what you have written on this page changes the list. This is what it would do now."
NOT_AGREED = "Read what has to be agreed to, and tick that it is meant."
STAY = "They stay as they are. A list ends nobody: whoever has left, you end on their own page."


def days(starts: date | None, ends: date | None, today: date) -> str:
    """*from 1 September until 4 September*."""
    words = [f"from {short_day(starts, today)}"] if starts else []
    return " ".join(words + ([f"until {short_day(ends, today)}"] if ends else [])) or NO_DAYS


def sentence(words: str) -> str:
    """What is said after a line's number, said alone; an email stays as it is."""
    return words if "@" in words.partition(" ")[0] else words[:1].upper() + words[1:]


def people(count: int) -> str:
    """*1 person*, *10,000 people*."""
    return f"{count:,} {'person' if count == 1 else 'people'}"


def would_do(counts: Mapping[str, int]) -> str:
    """*38 people would come in, 2 would change and 4 are here as it says.*"""
    parts = []
    if counts["new"]:
        parts.append(f"{people(counts['new'])} would come in")
    if counts["back"]:
        parts.append(f"{counts['back']:,} would come back")
    if counts["changed"]:
        parts.append(f"{counts['changed']:,} would change")
    if counts["same"]:
        parts.append(f"{counts['same']:,} {'is' if counts['same'] == 1 else 'are'} here as it says")
    if not parts:
        return "So far this list says nothing that could be done."
    return f"{listed(parts)}. Nothing is done yet."


def button(counts: Mapping[str, int]) -> str:
    """*Bring in 38 people*, *Bring in 38 people and change 2*, *Change 2 people*; empty where there is nothing to do."""
    comes, changes = counts["new"] + counts["back"], counts["changed"]
    if comes and changes:
        return f"Bring in {people(comes)} and change {changes:,}"
    if comes:
        return f"Bring in {people(comes)}"
    return f"Change {people(changes)}" if changes else ""


def done(counts: Mapping[str, int]) -> str:
    """What was done, as the title of its page: *38 people brought in, 2 changed*."""
    comes, changes = counts["added"] + counts["returning"], counts["changed"]
    if comes and changes:
        return f"{people(comes)} brought in, {changes:,} changed"
    return f"{people(comes)} brought in" if comes else f"{people(changes)} changed"


def done_besides(counts: Mapping[str, int]) -> str:
    """What else there is to say of it."""
    words = ["All of the list is done."]
    if counts["left_out"]:
        words = [f"All of the list is done, but for {counts['left_out']:,} {plural('line', counts['left_out'])} that you left out."]
    if counts["added"] and counts["returning"]:
        words.append(f"{_of_them(counts['returning'])} had left, and came back without the old password.")
    elif counts["returning"]:
        words.append(f"{'They' if counts['returning'] == 1 else 'All of them'} had left, and came back without the old password.")
    if counts["same"]:
        words.append(f"{counts['same']:,} {'was' if counts['same'] == 1 else 'were'} here as the list says.")
    return " ".join(words)


def _of_them(count: int) -> str:
    return f"{count:,} of them"


def to_mend(things: int, lines: int) -> str:
    """The heading above what is wrong: *7 things to mend, on 26 lines*."""
    if things == 1:
        return "One thing to mend" + (f", on {lines:,} lines" if lines > 1 else "")
    return f"{things:,} things to mend" + (f", on {lines:,} {plural('line', lines)}" if lines != things else "")


def shows(counts: Mapping[str, int], missing: int) -> dict[str, str]:
    """What the list below may show alone, and how many they are."""
    words = {"new": "new", "changed": "changed", "back": "coming back", "same": "the same"}
    found = {show: f"{counts[show]:,} {word}" for show, word in words.items() if counts[show]}
    return {"": "All", **found, **({"missing": f"{missing:,} not in the list"} if missing else {})}


def to_agree(count: int) -> str:
    """The heading above what has to be agreed to."""
    return "One thing to agree to" if count == 1 else f"{count:,} things to agree to"


def agreed(count: int) -> str:
    """What is ticked."""
    if count == 1:
        return "I have read it, and it is meant"
    return f"I have read {'both' if count == 2 else f'all {count:,}'}, and they are meant"


def waits(to_mend: int) -> str:
    """Why there is no button yet."""
    them = "this line is" if to_mend == 1 else "these lines are"
    return f"Once {them} mended or left out, the list can be brought in: all of it, or nothing."


def follow(count: int) -> str:
    """That more is wrong than the page shows."""
    return f"{count:,} more {plural('line', count)} follow{'s' if count == 1 else ''} once these are mended."


def named_as_mentor(typed: str, lines: int) -> str:
    """*Jo Hart is named as mentor on 8 lines*."""
    return f"{typed} is named as mentor on {'one line' if lines == 1 else f'{lines:,} lines'}"


def no_mentor(typed: str, several: bool) -> str:
    """Why they can't be taken as they are named."""
    if several:
        return "Several people have that name. Say which is meant."
    return f"Nobody {'with that email' if '@' in typed else 'of that name'} is a mentor here."


def not_in_it(names: Sequence[str], count: int) -> str:
    """*Ann Lee, Ben Low, Cleo Fox and 5 more are here and not in this list.*"""
    who = listed(names) if count <= 4 else f"{', '.join(names[:3])} and {count - 3:,} more"
    return f"{who} {'is' if count == 1 else 'are'} here and not in this list."


def namesake(name: str, here: str) -> str:
    """That somebody new bears a name that is borne here."""
    return f"{name} is here with {here}. This line would add a second."


NO_EMAIL = "Say which column is the email: people are known by it."
EMAIL_ALONE = "Say which column is the name, too, or what else there is to bring in."


def column_twice(column: str) -> str:
    return f"Two columns are called {COLUMNS[column]}. Choose one of them."
