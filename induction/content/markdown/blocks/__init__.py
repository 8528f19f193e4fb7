"""The blocks that text may hold. A new one is a class in a file here, and a line in `EVERY`."""

from __future__ import annotations

import xml.etree.ElementTree as etree

from .base import Block
from .boxes import Key, Law, More
from .checklist import Checklist
from .choices import Try
from .conditional import Help, Only, Policy
from .phone import Phone
from .talk import Chat, Post

EVERY: tuple[Block, ...] = (
    Chat(),
    Checklist(),
    Help(),
    Key(),
    Law(),
    More(),
    Only(),
    Phone(),
    Policy(),
    Post(),
    Try(),
)
BLOCKS = {block.name: block for block in EVERY}
TAG = "block-"  # before the name, in the tree


def block_of(element: etree.Element) -> Block | None:
    """The block that an element of the tree is, if it is one."""
    return BLOCKS.get(element.tag.removeprefix(TAG)) if element.tag.startswith(TAG) else None
