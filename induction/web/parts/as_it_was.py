"""What happened that day, as every page that shows it again begins; a foreign one is not there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import update_wrapper
from typing import TypeVar

from flask import Blueprint, abort
from markupsafe import Markup

from ...content.editions import as_it_was
from ...records.progress import taught as records
from ...records.progress.taught import Taught
from ...rules import calendar
from ...rules.happened import Kind
from ...rules.roles import Role
from ...services import own_content
from ...services import taught as services
from ...wording import dates
from ...wording import taught as wording
from ..site import current_programme, db, site, today, viewer


@dataclass(frozen=True, slots=True)
class Head:
    """Of a page on something that somebody completed, tried or signed."""

    taught: Taught
    title: str  # what the lesson or the course was called that day
    who: str
    first_name: str
    when: str  # *Friday 4 December 2026, 10.42 am*
    as_then: str  # *As it was on 4 December 2026, when you completed it.*
    base: str  # the address of what happened
    back: tuple[str, str]  # to whoever's list it stands on: words and address


def head(kind: Kind, number: int) -> Head:
    """What happened, if whoever asks may see it."""
    found = records.find(db(), viewer().id, kind, number, today()) or abort(404)
    who, day = wording.who(found.name, found.name_now), found.signed_on or calendar.local(found.at).date()
    return Head(
        taught=found,
        title=f"Our policy, version {found.policy_version}" if kind is Kind.ACKNOWLEDGEMENT else services.title(current_programme(), found),
        who=who,
        first_name=found.name.split()[0],
        when=wording.when(found.at),
        as_then=wording.as_then(kind, "you" if found.own else found.name, dates.short_in_full(day)),
        base=f"/{kind}/{number}" + ("/taught" if kind is Kind.ATTEMPT else ""),
        back=("My record", "/record") if found.own else (who, f"/mentor/{found.person_id}"),
    )


View = TypeVar("View", bound=Callable[..., object])


def of_each(room: Blueprint, what: str, *kinds: Kind) -> Callable[[View], View]:
    """A page under what happened, for each of these kinds, which the view is told; `what` is the end of its address."""

    def register(view: View) -> View:
        for kind in kinds:
            one = kind.removesuffix("s")
            ends = "/taught" if kind is Kind.ATTEMPT and not what else f"/{what}" if what else ""
            endpoint = f"{one}{ends.replace('/', '_')}" if ends else one
            room.add_url_rule(f"/{kind}/<id:{one}_id>{ends}", endpoint, _told(view, kind, f"{one}_id"))
        return view

    return register


def _told(view: Callable[..., object], kind: Kind, name: str) -> Callable[..., object]:
    return update_wrapper(lambda **asked: view(kind, asked[name]), view)


def page(of: Head, what: str) -> str:
    """The address of one of its pages: `lesson`, `scenarios`, `policy`, `changes`."""
    return f"/{of.taught.kind}/{of.taught.id}/{what}"


def with_pictures(html: str) -> tuple[Markup, int]:
    """Words of then as they are shown, and how many of their pictures are not kept any more."""
    shown, gone = as_it_was.with_its_pictures(html, lambda name: own_content.has_picture(site().settings.data, name))
    return Markup(shown), gone


def may_have_all_scenarios() -> bool:
    """Whether whoever asks may take along scenarios that others have still to meet."""
    return viewer().role is Role.LEAD
