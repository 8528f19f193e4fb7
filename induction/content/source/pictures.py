"""Pictures of a school's own, known by their bytes and not by their names: PNG, JPEG and WebP that stand still."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable

from ..model import Picture

LARGEST = 300_000  # bytes, of which nobody reads more
LONGEST_SIDE = 6_000  # pixels
MOST_PIXELS = 20_000_000
ENDINGS = (".png", ".jpg", ".jpeg", ".webp")
TYPES = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp"}
Size = tuple[int, int]


class _Unfit(Exception):
    """What the bytes are not, and what to do."""


def look(name: str, content: bytes) -> Picture | str:
    """The picture that bytes hold; else what is wrong with the file of this name."""
    found = next((each for each in KINDS if content.startswith(each[0])), None)
    if found is None:
        return f"the picture {name} is no PNG, JPEG or WebP by its bytes; save it as one of them"
    _, kind, measure = found
    try:
        width, height = measure(content)
    except _Unfit as fault:
        return f"the picture {name} {fault}"
    except (IndexError, ValueError, zlib.error):
        return f"the picture {name} is damaged or not whole; save it again"
    if not (0 < width <= LONGEST_SIDE and 0 < height <= LONGEST_SIDE and width * height <= MOST_PIXELS):
        return f"the picture {name} is {width:,} by {height:,} pixels; make it smaller than {LONGEST_SIDE:,} either way"
    return Picture(f"{hashlib.sha256(content).hexdigest()}.{kind}", width, height)


def _png(content: bytes) -> Size:
    """Every chunk, with its sum, up to the end (W3C PNG, 5.3)."""
    at, size, data = 8, (0, 0), False
    while True:
        length, name = int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8]
        body, end = content[at + 8 : at + 8 + length], at + 12 + length
        if end > len(content) or zlib.crc32(name + body) != int.from_bytes(content[end - 4 : end]):
            raise ValueError
        if name == b"acTL":
            raise _Unfit("moves; save one that stands still")
        if at == 8:
            if name != b"IHDR" or length != 13:
                raise ValueError
            size = int.from_bytes(body[:4]), int.from_bytes(body[4:8])
        data = data or name == b"IDAT"
        if name == b"IEND":
            if not data or end != len(content):
                raise ValueError
            return size
        at = end


def _jpeg(content: bytes) -> Size:
    """The frame's header, before the picture itself, and the mark of the end (ITU T.81, B)."""
    if not content.rstrip(b"\0").endswith(b"\xff\xd9"):
        raise ValueError
    at = 2
    while content[at] == 0xFF:
        mark = content[at + 1]
        if mark == 0xFF:  # filling
            at += 1
            continue
        length = int.from_bytes(content[at + 2 : at + 4])
        if 0xC0 <= mark <= 0xCF and mark not in (0xC4, 0xC8, 0xCC):
            return int.from_bytes(content[at + 7 : at + 9]), int.from_bytes(content[at + 5 : at + 7])
        if length < 2 or mark == 0xDA:
            break
        at += 2 + length
    raise ValueError


def _webp(content: bytes) -> Size:
    """The first chunk in a RIFF of the length it says (RFC 9649)."""
    kind, head = content[12:16], content[20:30]
    if content[8:12] != b"WEBP" or int.from_bytes(content[4:8], "little") + 8 != len(content) or len(head) < 10:
        raise ValueError
    if kind == b"VP8X":
        if head[0] & 2:
            raise _Unfit("moves; save one that stands still")
        return int.from_bytes(head[4:7], "little") + 1, int.from_bytes(head[7:10], "little") + 1
    if kind == b"VP8 " and head[3:6] == b"\x9d\x01\x2a":
        return int.from_bytes(head[6:8], "little") & 0x3FFF, int.from_bytes(head[8:10], "little") & 0x3FFF
    if kind == b"VP8L" and head[0] == 0x2F:
        bits = int.from_bytes(head[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    raise ValueError


KINDS: tuple[tuple[bytes, str, Callable[[bytes], Size]], ...] = (
    (b"\x89PNG\r\n\x1a\n", "png", _png),
    (b"\xff\xd8\xff", "jpg", _jpeg),
    (b"RIFF", "webp", _webp),
)
