"""Who may open what: every page stands in a room, and its room says whom it is open to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from flask import Blueprint, Flask

from ...rules import roles
from ...rules.roles import Role

View = TypeVar("View", bound=Callable[..., Any])
Audience = frozenset[Role | None]  # None: strangers

ANYBODY: Audience = frozenset({None, *Role})  # signed in or not
STAFF: Audience = frozenset(Role)
MENTORS: Audience = frozenset(roles.MENTORS)
LEADS: Audience = frozenset({Role.LEAD})


class Room(Blueprint):
    """The pages of one folder, with whom they are open to."""

    def __init__(self, name: str, folder: str, open_to: Audience, url_prefix: str | None = None) -> None:
        super().__init__(name, folder, url_prefix=url_prefix)
        self.open_to = open_to


def audiences(app: Flask) -> Mapping[str, Audience]:
    """Endpoint to who may open it. Raises RuntimeError for pages that stand in no room."""
    found = {name: getattr(app.blueprints.get(name.rpartition(".")[0]), "open_to", None) for name in app.view_functions}
    if missing := [name for name, audience in found.items() if not audience]:
        raise RuntimeError(f"Nothing says who may open {', '.join(sorted(missing))}: put them into a Room.")
    return {name: audience for name, audience in found.items() if audience}


def under_any_host(view: View) -> View:
    """For a page that answers by whatever name the machine is called: it builds no address and knows nobody."""
    view.under_any_host = True  # type: ignore[attr-defined]
    return view


def for_setting_up(view: View) -> View:
    """For a page that somebody opens whose session waits for them to set up a second step."""
    view.for_setting_up = True  # type: ignore[attr-defined]
    return view


def same_for_all(view: View) -> View:
    """For a page that doesn't ask who is there."""
    view.same_for_all = True  # type: ignore[attr-defined]
    return view


def marked(app: Flask, mark: str) -> frozenset[str]:
    """The endpoints whose pages have that mark."""
    return frozenset(name for name, view in app.view_functions.items() if hasattr(view, mark))
