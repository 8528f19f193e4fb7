"""Email addresses: one grammar, however they are typed, pasted or brought in."""

from __future__ import annotations

import re
import unicodedata

from ..content import signs
from .text import Unfit, bearable

LONGEST = 254  # characters (RFC 5321, 4.5.3.1, with the errata of 2010)
WRITE = "Write an email address, such as tess.okafor@school.example."
_PASTED = re.compile(r"[^<>]{0,200}<([^<>]*)>")  # as Outlook copies it: Tess Okafor <tess.okafor@school.example>
_LOCAL = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*")
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)+")


def normal(text: str) -> str:
    """The address as it is kept and compared: however it was typed, the same person. Raises Unfit.

    Pasted signs go: those nobody can see, `mailto:`, the name before `<…>`, a semicolon or a full stop after it.
    """
    plain = _plain(text)
    pasted = _PASTED.fullmatch(plain.rstrip(" ;,."))
    plain = (pasted[1] if pasted else plain).strip().removeprefix("mailto:").strip(" ;,").removesuffix(".")
    local, at, domain = plain.rpartition("@")
    if not at or len(plain) > LONGEST or not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(domain):
        raise Unfit(WRITE)
    return plain


def as_typed(text: str) -> str:
    """What to look an account up by: the normal form. Never raises.

    Up to version 1.1 some addresses were taken that are none by this grammar (*head@intranet*). Their owners go on
    signing in: what is no address is only folded, and nothing where it is far too long.
    """
    try:
        return normal(text)
    except Unfit:
        return _plain(text)


def _plain(text: str) -> str:
    """In one case, one width, without signs that nobody sees; empty where it is far too long for an address."""
    if len(text) > bearable(LONGEST) or signs.too_many_marks(text):
        return ""
    return unicodedata.normalize("NFKC", signs.UNSEEN.sub("", text)).strip().casefold()
