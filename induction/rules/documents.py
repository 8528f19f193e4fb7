"""Documents that are handed in: known by their bytes and not by their names. PDF, PNG and JPEG; badges have a way of their own."""

from __future__ import annotations

import zlib
from enum import StrEnum

LARGEST = 5 * 1024 * 1024  # bytes
MOST_PIXELS = 100_000_000  # of a picture; a telephone's largest have half of that
LONGEST_NAME = 200  # characters of what a file is called
NOT_WHOLE = "The file is damaged or not whole. Save it again, and send that."
ANOTHER_KIND = "The file is no PDF, PNG or JPEG, whatever its name says. Save it as a PDF, or take a picture of it."
TOO_LARGE = "The file has more than 5 MB. Save it smaller, or take a picture of it."
EMPTY = "The file is empty: it has 0 bytes. Choose another one."


class Kind(StrEnum):
    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    JSON = "json"  # a badge, which is read elsewhere
    TOKEN = "jwt"  # a badge too

    @property
    def media_type(self) -> str:
        return f"image/{self}" if self in (Kind.PNG, Kind.JPEG) else f"application/{self}"


ENDINGS = {Kind.PDF: ("pdf",), Kind.PNG: ("png",), Kind.JPEG: ("jpg", "jpeg"), Kind.JSON: ("json",), Kind.TOKEN: ("jwt",)}


class Unfit(ValueError):
    """A file that is not taken; `str` says why, and what to do."""


_OTHERS = (  # how others begin that people hand in, and what these are
    (b"PK", "a zip file, or a Word or Excel document"),
    (b"\xd0\xcf\x11\xe0", "an older Word or Excel document"),
    (b"GIF8", "a GIF"),
    (b"RIFF", "a WebP picture"),
    (b"{\\rtf", "a text document"),
    (b"\x1f\x8b", "a packed file"),
)


def kind(content: bytes) -> Kind:
    """What a file is by its bytes, from the first on. Raises Unfit."""
    if not content:
        raise Unfit(EMPTY)
    if len(content) > LARGEST:
        raise Unfit(TOO_LARGE)
    if content.startswith(b"%PDF-"):
        return _pdf(content)
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return _png(content)
    if content.startswith(b"\xff\xd8\xff"):
        return _jpeg(content)
    raise Unfit(_another(content))


def _another(content: bytes) -> str:
    if content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return "The file is a web page, whatever its name says. Print the page to a PDF, and send that."
    if content[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1"):
        return "The file is a picture as newer telephones keep it (HEIC). Save or send it as JPEG, and take that."
    what = next((what for begins, what in _OTHERS if content.startswith(begins)), None)
    return f"The file is {what}, and no PDF, PNG or JPEG. Save it as a PDF, and send that." if what else ANOTHER_KIND


def _pdf(content: bytes) -> Kind:
    if b"%%EOF" not in content[-1024:]:
        raise Unfit(NOT_WHOLE)
    return Kind.PDF


def _png(content: bytes) -> Kind:
    """Each chunk with its sum, from the head to the end."""
    at, size = 8, 0
    while True:
        length, name = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        end = at + 12 + length
        if end > len(content) or zlib.crc32(content[at + 4 : end - 4]) != int.from_bytes(content[end - 4 : end], "big"):
            raise Unfit(NOT_WHOLE)
        if (at == 8) != (name == b"IHDR"):
            raise Unfit(NOT_WHOLE)
        if at == 8:
            size = int.from_bytes(content[16:20], "big") * int.from_bytes(content[20:24], "big")
        if name == b"IEND":
            return _of_size(Kind.PNG, size)
        at = end


def _jpeg(content: bytes) -> Kind:
    """From mark to mark up to the frame's head, which says how large it is; and somewhere the mark of the end."""
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        mark, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if mark == 0xFF:  # filling
            at += 1
            continue
        if 0xC0 <= mark <= 0xCF and mark not in (0xC4, 0xC8, 0xCC):
            size = int.from_bytes(content[at + 5 : at + 7], "big") * int.from_bytes(content[at + 7 : at + 9], "big")
            if content.rfind(b"\xff\xd9") < at:
                raise Unfit(NOT_WHOLE)
            return _of_size(Kind.JPEG, size)
        if length < 2 or mark == 0xDA:
            break
        at += 2 + length
    raise Unfit(NOT_WHOLE)


def _of_size(found: Kind, pixels: int) -> Kind:
    if not pixels:
        raise Unfit(NOT_WHOLE)
    if pixels > MOST_PIXELS:
        raise Unfit("The picture has more points than any telephone takes. Save it smaller, and send that.")
    return found


def called(name: str, found: Kind) -> str:
    """What a file is called from then on: its name, with the ending of what it is. `name` is fit to keep, or empty."""
    plain = name.replace("/", "-").replace("\\", "-").strip(" .") or "certificate"
    stem, dot, ending = plain.rpartition(".")
    if dot and ending.lower() in ENDINGS[found]:
        return f"{stem[: LONGEST_NAME - 5]}.{ending}" if stem else f"certificate.{ending}"
    return f"{plain[: LONGEST_NAME - 5]}.{ENDINGS[found][0]}"
