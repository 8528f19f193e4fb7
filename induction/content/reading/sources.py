"""Reading what a lesson stands on: words for every nation, or for those that are named before them."""

from __future__ import annotations

from ..conditions import unknown
from ..model import Source
from ..problems import Report
from ..source.yaml_lines import Items, Node, Table, Text

FOR_SOME = "`- england, wales: …`"


def read_sources(table: Table, report: Report) -> tuple[Source, ...]:
    """The sources in front matter; a single line counts as a list of one."""
    value = table.get("sources")
    if isinstance(value, Text):
        return (Source(str(value)),) if value else ()
    if value is None:
        return ()
    if not isinstance(value, Items):
        report(table.lines["sources"], f"`sources` is no list; write `- …` on a line for each, or {FOR_SOME} for some nations alone")
        return ()
    read = (_source(item, report) for item in value)
    return tuple(source for source in read if source)


def _source(item: Node, report: Report) -> Source | None:
    if isinstance(item, Text):
        return Source(str(item))
    if not isinstance(item, Table) or len(item) != 1:
        report(item.line, f"this source is no line of words; write `- …` on a line for each, or {FOR_SOME} for some nations alone")
        return None
    ((nations, words),) = item.items()
    line, named = item.lines[nations], [nation.strip() for nation in nations.split(",")]
    for fault in dict.fromkeys(filter(None, (unknown("nation", nation, {}) for nation in named))):
        report(line, f'{fault}; a source whose own words hold a colon stands in "quotes"')
    if not isinstance(words, Text) or not words:
        report(line, f"this source has no words after its nation; write {FOR_SOME}")
        return None
    return Source(str(words), frozenset(named))
