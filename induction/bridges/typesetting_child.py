"""Sets documents as PDF: a program of its own, with nothing of ours, which the server starts and can end.

A document comes on standard input as a pickle of its files and its moment, after its length; out goes its PDF after its length, or
what the typesetter said of it, after a length below nought. One that takes too long or fills the memory ends this process alone.

The typesetter brings fonts for Latin, Greek, Cyrillic, Hebrew, Arabic and some more. Where a letter is in none of these, the fonts of
this machine are asked; where it is in none at all, its number stands for it, and *unset* in the data says which letter that is. PDF/UA
allows no box in its place, so that the typesetter names each such letter.
"""

import json
import os
import pickle
import re
import resource
import struct
import sys
import unicodedata
from functools import cache

LENGTH = struct.Struct(">q")
LACKING = re.compile(r'the text `"(.+?)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


def main(seconds: int, memory: int) -> None:
    os.nice(10)  # whoever answers goes first
    try:
        with open("/proc/self/oom_score_adj", "w") as score:
            score.write("1000")  # where memory runs out, this goes before the server
    except OSError:
        pass
    for limit, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(limit, (most, most))
    import typst  # only now: it is what the limits are for

    given, taken = sys.stdin.buffer, sys.stdout.buffer
    while header := given.read(LENGTH.size):
        files, moment = pickle.loads(given.read(*LENGTH.unpack(header)))
        used = resource.getrusage(resource.RUSAGE_SELF)
        until = int(used.ru_utime + used.ru_stime) + 1 + seconds
        resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))
        try:
            made, sign = with_every_letter(files, moment), 1
        except typst.TypstError as fault:
            made, sign = f"{fault.message}\n{fault.diagnostic}".encode(), -1
        taken.write(LENGTH.pack(sign * len(made)) + made)
        taken.flush()


@cache
def compiler(system_fonts: bool):
    import typst

    return typst.Compiler(font_paths=typst.Fonts(include_system_fonts=system_fonts))


def compiled(files: dict[str, bytes], moment: int, system_fonts: bool) -> bytes:
    return compiler(system_fonts).compile(files, format="pdf", pdf_standards=["ua-1"], timestamp=moment)


def with_every_letter(files: dict[str, bytes], moment: int) -> bytes:
    """The PDF, with the fonts that are needed. Raises TypstError."""
    import typst

    try:
        return compiled(files, moment, False)
    except typst.TypstError as fault:
        if not lacking(fault):
            raise
    try:
        return compiled(files, moment, True)
    except typst.TypstError as fault:
        found = lacking(fault)
        if not found:
            raise
    data = numbered(json.loads(files["data.json"]), found)
    told = [f"{number(letter)} {name(letter)}".strip() for letter in sorted(found)]
    return compiled({**files, "data.json": json.dumps({**data, "unset": told}).encode()}, moment, True)


def lacking(fault) -> set[str]:
    """The letters that no font has."""
    return {ESCAPED.sub(lambda each: chr(int(each[1], 16)), text) for text in LACKING.findall(fault.diagnostic)}


def numbered(held, letters: set[str]):
    """Data with the numbers of these letters in their place."""
    if isinstance(held, str):
        for letter in sorted(letters, key=len, reverse=True):
            held = held.replace(letter, f"[{number(letter)}]")
        return held
    if isinstance(held, list):
        return [numbered(each, letters) for each in held]
    return {key: numbered(each, letters) for key, each in held.items()} if isinstance(held, dict) else held


def number(letters: str) -> str:
    return " ".join(f"U+{ord(each):04X}" for each in letters)


def name(letters: str) -> str:
    return ", ".join(filter(None, (unicodedata.name(each, "").lower() for each in letters)))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
