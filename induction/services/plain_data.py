"""Content that was read, as JSON and back: plain data, which can do nothing but be what it says."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from ..content import model, words
from ..content.checks.checker import Checked, Dated
from ..content.link_rules import Places
from ..content.problems import Problem
from ..content.reading.library import Reading
from ..content.source.files import SourceFile

NOUNS: tuple[type, ...] = (
    *(each for noun_file in (model, words) for each in vars(noun_file).values() if isinstance(each, type) and is_dataclass(each)),
    *(model.Rating, Problem, Checked, Dated, Places, Reading, SourceFile),
)
MADE_BY: dict[str, Callable[..., Any]] = {
    "tuple": lambda *items: items,
    "set": lambda *items: frozenset(items),
    "date": date.fromisoformat,
    **{noun.__name__: noun for noun in NOUNS},
}


KEPT_ONCE = frozenset({words.Slot.__name__, model.Term.__name__, model.Condition.__name__, model.RatingRule.__name__})


def written(value: Any) -> bytes:
    """A noun of the content as JSON. Raises TypeError for what is none of them."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":")).encode()


def read(text: bytes) -> Any:
    """What was written, equal texts and words of it kept once. Raises ValueError, TypeError, LookupError or RecursionError."""
    return _made(json.loads(text), {})


def _plain(value: Any) -> Any:
    """Numbers, texts and tables by text as they are; all else as a list that begins with the name of what it is."""
    kind = type(value)
    if kind in (str, int, bool, type(None)):
        return value
    if kind is dict and all(type(key) is str for key in value):
        return {key: _plain(each) for key, each in value.items()}
    if kind is tuple:
        return ["tuple", *map(_plain, value)]
    if kind is frozenset:
        return ["set", *map(_plain, sorted(value))]
    if kind is date:
        return ["date", value.isoformat()]
    if kind in NOUNS:
        parts = [value.value] if isinstance(value, Enum) else [getattr(value, each.name) for each in fields(value)]
        return [kind.__name__, *map(_plain, parts)]
    raise TypeError(f"{kind.__name__} is no noun of the content")


def _made(value: Any, kept: dict[Any, Any]) -> Any:
    if type(value) is list:
        made = MADE_BY[value[0]](*[_made(each, kept) for each in value[1:]])
        return kept.setdefault(made, made) if value[0] in KEPT_ONCE else made
    if type(value) is dict:
        return {key: _made(each, kept) for key, each in value.items()}
    return kept.setdefault(value, value) if type(value) is str else value
