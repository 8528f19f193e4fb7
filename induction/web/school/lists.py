"""What the lead's lists share: the room itself, and a page, a search and a filter in the address."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, request

blueprint = Blueprint("school", __name__, url_prefix="/school")


def list_address(path: str, page: int, show: str, search: str) -> str:
    """The address of another page of the same list."""
    asked = {"show": show, "search": search, "page": page}
    return f"{path}?{urlencode({name: value for name, value in asked.items() if value})}"


def page_number() -> int:
    """The page asked for, from 1; nonsense is the first."""
    text = request.args.get("page", "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def tidy_search() -> str:
    return "".join(letter for letter in request.args.get("search", "") if letter.isprintable())[:100].strip()
