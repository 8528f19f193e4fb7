"""Signs: which of Unicode's characters nobody can see, and which no text of people's may hold.

One list for what is typed, brought in from a file, or written in a lesson, so that all three mean the same by *empty*.
"""

from __future__ import annotations

import re
import unicodedata

# Unicode's Default_Ignorable_Code_Point (DerivedCoreProperties.txt, 16.0), and blanks that count as letters or symbols.
_IGNORABLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_BLANK = "\u2800"
UNSEEN = re.compile(f"[{_IGNORABLE}{_BLANK}]")

# Signs that nobody sees and that yet mean something where they stand: they join emoji and some scripts' letters,
# choose a picture's colour, or spell the flags of England, Scotland and Wales.
JOINING = re.compile(
    "(?<=[\u0600-\u08ff\u0900-\u0dff\u2190-\u2bff\U0001f000-\U0001faff\ufe0f])[\u200c\u200d]"
    "(?=[\u0600-\u08ff\u0900-\u0dff\u2190-\u2bff\U0001f000-\U0001faff])"
    "|(?<=[#*0-9\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff])[\ufe0e\ufe0f]"
    "|(?<=\U0001f3f4)[\U000e0020-\U000e007e]{2,8}\U000e007f"
)
LINE_ENDS = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")  # Word's own line break is a vertical tab

LOST = "\ufffd"  # what programs write where a letter came in damaged
_NEVER = ("Cc", "Cs", "Co", "Cn")  # controls, halves of characters, private ones, and what is no character


def without_unseen(text: str) -> str:
    """The text without the signs that nobody can see, but for those that join or colour what stands beside them."""
    if text.isascii() or not UNSEEN.search(text):
        return text
    kept = {at for found in JOINING.finditer(text) for at in range(*found.span())}
    return "".join(sign for at, sign in enumerate(text) if at in kept or not UNSEEN.match(sign))


def unfit(text: str, allowed: str = "\n\t") -> int | None:
    """Where the first character stands that no text may hold: a control, half of one, a private, lost or unknown one."""
    for at, sign in enumerate(text):
        if (sign < " " or sign > "~") and sign not in allowed and (unicodedata.category(sign) in _NEVER or sign == LOST):
            return at
    return None


def name(sign: str) -> str:
    """What people can look up: *U+F4005*."""
    return f"U+{ord(sign):04X}"


def can_be_seen(text: str) -> bool:
    """Whether anything of it shows: a letter, a figure, a mark of punctuation or a picture."""
    return any(unicodedata.category(sign)[0] in "LNPS" and not UNSEEN.match(sign) for sign in text)


def has_a_letter(text: str) -> bool:
    """Whether a letter or a figure stands in it, as in every name."""
    return any(unicodedata.category(sign)[0] in "LN" and not UNSEEN.match(sign) for sign in text)


def too_many_marks(text: str, most: int = 30) -> bool:
    """Whether accents are heaped on one letter as no language does (Unicode UAX 15, 13: stream-safe text has 30).

    Putting such a heap in order takes a time that grows with its square, so it is looked for first.
    """
    if text.isascii():
        return False
    heap = 0
    for sign in text:
        heap = heap + 1 if sign > "~" and unicodedata.combining(sign) else 0
        if heap > most:
            return True
    return False
