"""Lessons and quizzes that include parts of others: the words of other files, put after a file's own before it is read.

`draws` in the front matter names sections of other lessons, or scenarios of other quizzes. So what is read, stored as
an edition and kept as evidence is whole by itself, and what is written once need not be written again. A problem that
the file at home has too is reported there alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..markdown.block_structure import build
from ..model import Included
from ..problems import Problem, Report, TooMuch, instead, short, silent
from ..source import front_matter, line_marks
from ..source.files import LARGEST, NAME
from ..source.yaml_lines import Items, Table, Text
from .course_file import CourseFile

MOST_INCLUDED = 60
TARGET = re.compile(r"([^/#\s]+)/([^/#\s]+)#([^/#\s]+)")
READ = re.compile(r"""(?<=[\s{])read=("[^"]*"|'[^']*'|[^\s}]*)""")
ON_LINE = re.compile(r"\bon line ([0-9]+)")
KINDS = {"courses": ("lesson", "section"), "quizzes": ("quiz", "scenario")}  # what lies there, and what of it can be included

Moved = tuple[Problem, Problem]  # a problem in included words: as the home file would have it, and as it is reported here


@dataclass(frozen=True, slots=True)
class _Home:
    """A file that is included from: its lines, and the first and last of each section, from 1. None where it can't be read."""

    lines: Sequence[str]
    sections: Mapping[str, tuple[int, int]] | None
    includes: bool  # from others itself


@dataclass(slots=True)
class Homes:
    """All files that may be included from, by path. Each is looked through once, when it is first asked for.

    `behind` are the shipped files under a school's copies: a shipped file goes on including from them what a
    copy no longer has, so that changing one lesson does not break another.
    """

    texts: Mapping[str, str]
    behind: Mapping[str, str] = field(default_factory=dict)
    _paths: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)  # top folder, course, slug -> path
    _seen: dict[tuple[str, bool], _Home] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for path in sorted(self.texts):
            top, _, rest = path.partition("/")
            course, _, file = rest.partition("/")
            name = NAME.fullmatch(file)
            if name and path != f"courses/{course}/index.md":
                self._paths.setdefault(top, {}).setdefault(course, {}).setdefault(name["word"], path)

    def piece(self, top: str, item: Text, report: Report, warn: Report | None) -> tuple[str, int, list[str]] | None:
        """What an item of `draws` names: its path, its first line there, and its lines. Reports what there isn't.

        `warn` is told where a shipped file includes what only the shipped file under a copy has; None: it may not.
        """
        target, (file, part) = TARGET.fullmatch(item), KINDS[top]
        if target is None:
            report(item.line, f'"{short(item)}" names nothing to draw; write COURSE/LESSON#ID, with the id of a {part} there')
            return None
        course, word, name = target.groups()
        courses = self._paths.get(top, {})
        if word not in courses.get(course, {}):
            report(
                item.line,
                f'the course "{short(course)}" has no {file} "{short(word)}"; {instead(word, courses[course])}'
                if course in courses
                else f'unknown course "{short(course)}"; {instead(course, courses)}',
            )
            return None
        path = courses[course][word]
        home = self._home(path)
        if warn and path in self.behind and name not in (home.sections or {}):
            shipped = self._home(path, shipped=True)
            if name in (shipped.sections or {}):
                warn(item.line, f'your copy of {path} has no {part} "{short(name)}", so the shipped words are drawn here')
                home = shipped
        if home.includes:
            report(item.line, f"{path} itself draws from others; name the file where the words stand")
        elif home.sections is None:
            report(item.line, f"nothing can be drawn from {path} as it stands; mend that file first")
        elif name not in home.sections:
            report(item.line, f'{path} has no {part} "{short(name)}"; {instead(name, home.sections)}')
        else:
            first, last = home.sections[name]
            return path, first, _without_end(home.lines[first - 1 : last])
        return None

    def _home(self, path: str, shipped: bool = False) -> _Home:
        if (path, shipped) not in self._seen:
            self._seen[path, shipped] = _look_through((self.behind if shipped else self.texts)[path])
        return self._seen[path, shipped]


def _look_through(text: str) -> _Home:
    table, body, first_line = front_matter.split(text, silent)
    lines = text.rstrip("\n").split("\n")
    if "draws" in table:
        return _Home(lines, {}, includes=True)
    try:
        begins = list(_headings(body, first_line))
    except TooMuch:
        return _Home(lines, None, includes=False)
    ends = [line - 1 for _, line in begins[1:]] + [len(lines)]
    sections: dict[str, tuple[int, int]] = {}
    for (name, line), end in zip(begins, ends, strict=True):
        sections.setdefault(name, (line, end))
    sections.pop("", None)
    return _Home(lines, sections, includes=False)


def _without_end(lines: Sequence[str]) -> list[str]:
    """Lines without the empty ones at their end."""
    return "\n".join(lines).rstrip().split("\n")


def _headings(body: str, first_line: int) -> Iterator[tuple[str, int]]:
    """The id and line of each `##` heading, as Markdown finds them: none that stands in a block, a quote or code."""
    for element in build(body, first_line, silent)[0]:
        if element.tag == "h2":
            yield element.get("id") or "", line_marks.first_line("".join(element.itertext()), first_line)


def with_included(
    file: CourseFile, homes: Homes, report: Report, headings: Collection[str] = (), warn: Report | None = None
) -> tuple[CourseFile, tuple[Included, ...]]:
    """A file with all that it includes put after it, and where that is from.

    `headings` are the ids in the lesson that a quiz belongs to: what its scenarios send back to read. An item that
    can't be included is reported at its line and left out. `warn` comes with a shipped file (see `Homes`).
    """
    if "draws" not in file.table:
        return file, ()
    top = file.path.partition("/")[0]
    lines, included, size = file.text.rstrip("\n").split("\n"), [], len(file.text.encode())
    for item in _items(file.table, report):
        piece = homes.piece(top, item, report, warn)
        if piece is None:
            continue
        home, home_line, words = piece
        if top == "quizzes":
            words[0] = _read_here(words[0], file.slug, headings)
        size += len("\n".join(words).encode()) + 2
        if size > LARGEST:
            report(item.line, f"with this the whole has more than {LARGEST:,} bytes; draw less, or part it in two")
            break
        included.append(Included(len(lines) + 2, home, home_line, item.line))
        lines += ["", *words]
    return file.with_text("\n".join(lines) + "\n"), tuple(included)


def _items(table: Table, report: Report) -> list[Text]:
    """What is to be included, each once."""
    value, line = table["draws"], table.lines["draws"]
    if not isinstance(value, Items) or not value:
        report(line, "`draws` is no list; write each on a line of its own under it, as `- COURSE/LESSON#ID`")
        return []
    if len(value) > MOST_INCLUDED:
        report(line, f"more than {MOST_INCLUDED} things are drawn; draw fewer, or part the file in two")
    items: dict[str, Text] = {}
    for item in value[:MOST_INCLUDED]:
        if not isinstance(item, Text):
            report(item.line, "a list or table stands where something to draw belongs; write `- COURSE/LESSON#ID`")
        elif item in items:
            report(item.line, f'"{short(item)}" is drawn twice; keep one of them')
        else:
            items[item] = item
    return list(items.values())


def _read_here(heading: str, word: str, headings: Collection[str]) -> str:
    """A scenario's heading that sends back to the lesson of its new quiz, and to the same heading if that is there."""
    before, brace, attributes = heading.rpartition("{")

    def here(found: re.Match[str]) -> str:
        name = found[1].strip("\"'").partition("#")[2]
        return f'read="{word}#{name}"' if name in headings else f'read="{word}"'

    return before + READ.sub(here, brace + attributes)


# Problems in included words

def included_at(included: Sequence[Included], line: int) -> Included | None:
    """What a line of the whole text belongs to; None where it is the file's own."""
    return next((place for place in reversed(included) if line >= place.line), None)


def home_line(place: Included, line: int) -> int:
    """The line in the home file that a line of the whole text is."""
    return place.home_line + line - place.line


def moved(included: Sequence[Included], problem: Problem) -> Moved | None:
    """A problem as the home file would have it, and as it is told here; None where it is in the file's own words."""
    place = included_at(included, problem.line)
    if place is None:
        return None

    def line_at_home(found: re.Match[str]) -> str:
        other = included_at(included, int(found[1]))
        return f"on line {home_line(other, int(found[1]))}" if other and other.home == place.home else found[0]

    def line_here(found: re.Match[str]) -> str:
        other = included_at(included, int(found[1]))
        return f"on line {home_line(other, int(found[1]))} of {other.home}" if other else found[0]

    at_home = ON_LINE.sub(line_at_home, problem.message)
    here = f"in what is drawn here, {ON_LINE.sub(line_here, problem.message)}"
    return (
        replace(problem, path=place.home, line=home_line(place, problem.line), message=at_home),
        replace(problem, line=place.item, message=here),
    )


def settled(found: Collection[Problem], of_included: Iterable[Moved]) -> list[Problem]:
    """The problems of included words that their home file doesn't have: what is wrong here alone."""
    known = set(found)
    return list(dict.fromkeys(here for at_home, here in of_included if at_home not in known))


def lines_here(included: Sequence[Included], lines_of: Mapping[str, Collection[int]], path: str) -> set[int]:
    """The lines of a whole text among those given by file, its own and those of its homes."""
    lines = {line for line in lines_of.get(path, ()) if included_at(included, line) is None}
    for place in included:
        here = (place.line + line - place.home_line for line in lines_of.get(place.home, ()))
        lines.update(line for line in here if included_at(included, line) is place)
    return lines
