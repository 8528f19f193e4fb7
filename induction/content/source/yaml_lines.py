"""YAML as writers need it: words, lists and tables, each with its line; nothing that runs or multiplies.

Every scalar is text: `no` is a word, `18` is two digits. Anchors, aliases and tags are refused, and
so are keys given twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import yaml

from ..problems import Report, short

DEEPEST = 8
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # only its events are used, nothing is constructed


class Text(str):
    """Words, and the line they begin on."""

    line: int = 0


class Items(list["Node"]):
    """A list, and the line it begins on."""

    line: int = 0


class Table(dict[str, "Node"]):
    """Named values, the line the table begins on, and in `lines` the line of each name."""

    line: int = 0
    unread: bool = False  # what stands there is no table; it has been reported, and nothing is missing from it

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[str, int] = {}


Node: TypeAlias = Text | Items | Table


class _Refused(Exception):
    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def read(text: str, first_line: int, report: Report) -> Node | None:
    """The tree of a YAML text whose first line is `first_line`; None where there is none or it can't be read."""
    try:
        return _Builder(yaml.parse(text, Loader=LOADER), first_line, report).document()
    except _Refused as refused:
        report(refused.line, str(refused))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = short(error.problem or "it can't be read")
        report(first_line + (mark.line if mark else 0), _unreadable(what))
    except yaml.YAMLError as error:
        report(first_line, _unreadable(short(str(error))))
    return None


def _unreadable(what: str) -> str:
    return (
        f"this can't be read as YAML ({what}); write each value as `key: words`, "
        'indent with spaces, and put words that contain a colon or begin with a sign in "quotes"'
    )


class _Builder:
    def __init__(self, events: Iterator[yaml.Event], first_line: int, report: Report) -> None:
        self._events = events
        self._first = first_line
        self._report = report

    def document(self) -> Node | None:
        node = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent) and (node is not None or event.version or event.tags):
                raise _Refused(self._line(event), "a second document or a directive begins here; keep one, without %")
            if isinstance(event, yaml.NodeEvent):
                node = self._node(event, 1)
        return node

    def _line(self, event: yaml.Event) -> int:
        return self._first + (event.start_mark.line if event.start_mark else 0)

    def _node(self, event: yaml.Event, depth: int) -> Node:
        line = self._line(event)
        if not isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) or event.anchor:
            raise _Refused(line, "an anchor (&) or alias (*) stands here; write the words out, in quotes if they begin so")
        if event.tag is not None:
            raise _Refused(line, f"the tag {short(event.tag)} stands here; leave out what begins with !")
        if depth > DEEPEST:
            raise _Refused(line, f"this is nested more than {DEEPEST} deep; write it flatter")
        node: Node
        if isinstance(event, yaml.ScalarEvent):
            node = Text(event.value.strip())
        else:
            node = self._table(depth) if isinstance(event, yaml.MappingStartEvent) else self._items(depth)
        node.line = line
        return node

    def _items(self, depth: int) -> Items:
        items = Items()
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return items

    def _table(self, depth: int) -> Table:
        table = Table()
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            if not isinstance(key, Text):
                raise _Refused(key.line, "a list or table stands where a key belongs; write `key: words`, in quotes if needed")
            value = self._node(next(self._events), depth + 1)
            if key in table:
                self._report(key.line, f'the key "{short(key)}" is given twice; keep one of them')
                continue
            table[str(key)] = value
            table.lines[str(key)] = key.line
        return table
