"""What long lists share: a page, a search and a filter in the address."""

from __future__ import annotations

import math
from urllib.parse import urlencode

from ...rules import text
from ..incoming_request import asked, number

LONGEST_SEARCH = 100  # characters


def list_address(path: str, page: int, show: str, search: str) -> str:
    """The address of another page of the same list."""
    asked = {"show": show, "search": search, "page": page}
    return f"{path}?{urlencode({name: value for name, value in asked.items() if value})}"


def page_number() -> int:
    """The page asked for, from 1; nonsense is the first."""
    return min(max(1, number(asked("page"))), 1_000_000)


def within(count: int, per_page: int) -> tuple[int, int]:
    """The page asked for of a list of so many, and how many pages there are; the last one where a later one was asked for."""
    pages = max(1, math.ceil(count / per_page))
    return min(page_number(), pages), pages


def tidy_search() -> str:
    """What is sought, as a line; nothing where no name could hold it."""
    try:
        return text.line(asked("search"), LONGEST_SEARCH)
    except text.Unfit:
        return ""
