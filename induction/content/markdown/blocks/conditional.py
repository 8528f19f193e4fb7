"""Blocks that hang on the school: `policy` and `only`, whose words some schools see, and `help`, which it fills.

They become parts of the words; `editions.fill` writes them for one school.
"""

from __future__ import annotations

import xml.etree.ElementTree as etree

from ...conditions import unknown
from ...problems import short
from ...words import HelpBlock, OnlyBlock, PolicyBlock
from .base import Block, Writer


class Policy(Block):
    """`/// policy | question: stance, stance`: where the school's policy takes one of these stances."""

    name = "policy"

    def write(self, writer: Writer, block: etree.Element) -> None:
        line = writer.line
        facet, stances = _choice(writer, block, self.name, "facet: stance, stance")
        if facet in ("nation", "phase"):
            writer.report(line, f"`policy` shows the school's own choices; write `/// only | {short(block.get('argument', ''))}`")
        writer.part(PolicyBlock(facet, stances, writer.words_for_some(block)))


class Only(Block):
    """`/// only | nation: england, wales`, or `phase: primary`: in a school of these."""

    name = "only"

    def write(self, writer: Writer, block: etree.Element) -> None:
        line = writer.line
        facet, values = _choice(writer, block, self.name, "nation: england, wales")
        if facet in writer.known.facets:
            writer.report(line, f"`only` goes by nation or phase; write `/// policy | {short(block.get('argument', ''))}`")
        writer.part(OnlyBlock(facet, values, writer.words_for_some(block)))


class Help(Block):
    """`/// help`: the school's contacts and the helplines."""

    name = "help"

    def write(self, writer: Writer, block: etree.Element) -> None:
        if block.get("argument") or len(block):
            writer.report(writer.line, "the block `help` holds no words of its own; write `/// help` and `///`, nothing between")
        writer.part(HelpBlock())


def _choice(writer: Writer, block: etree.Element, name: str, example: str) -> tuple[str, frozenset[str]]:
    """`facet: stance, stance`, with what is unknown reported."""
    facet, _, rest = (piece.strip() for piece in block.get("argument", "").partition(":"))
    values = [value for piece in rest.split(",") if (value := piece.strip())]
    if not facet or not values:
        writer.report(writer.line, f"the block `{name}` doesn't say for whom; write `/// {name} | {example}`")
    faults = [fault for value in values if (fault := unknown(facet, value, writer.known.facets))]
    for fault in dict.fromkeys(faults):
        writer.report(writer.line, fault)
    return facet, frozenset(values)
