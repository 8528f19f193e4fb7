"""All that one teacher has completed and signed, each with the way to the words of its day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import abort, render_template

from ...records.people import people
from ...records.policy import acknowledgements
from ...records.progress import completions
from ...rules.happened import Kind
from ...wording import cycles, dates, standing
from ..parts.paging import list_address, within
from ..parts.past_attempts import lesson_titles, title_of
from ..site import current_programme, db, today, viewer
from .room import blueprint

PER_PAGE = 30


@dataclass(frozen=True, slots=True)
class Row:
    title: str
    href: str
    detail: str
    at: datetime
    counts: bool  # a lead may have said that it does not


@dataclass(frozen=True, slots=True)
class CompletedPage:
    name: str
    base: str
    rows: list[Row]
    page: int
    pages: int

    def address(self, page: int) -> str:
        return list_address(f"{self.base}/completed", page, "", "")


@blueprint.get("/mentor/<id:person_id>/completed")
def completed(person_id: int) -> str:
    person = people.visible_teacher(db(), viewer().id, person_id, today()) or abort(404)
    rows = sorted([*_completions(person.id), *_signed(person.id)][::-1], key=lambda row: row.at, reverse=True)
    page, pages = within(len(rows), PER_PAGE)
    shown = rows[(page - 1) * PER_PAGE : page * PER_PAGE]
    return render_template("mentor/completed.html", page=CompletedPage(person.name, f"/mentor/{person.id}", shown, page, pages))


def _completions(person_id: int) -> list[Row]:
    titles = lesson_titles(current_programme())
    return [
        Row(
            title_of(each, titles),
            f"/{Kind.COMPLETION}/{each.id}",
            ", ".join(filter(None, (
                f"{standing.day_of(each.completed_at, today())} · {standing.what_was_done(each.lesson, each.percent)}",
                cycles.round_of(each.round),
            ))),
            each.completed_at,
            each.counts,
        )
        for each in completions.of_person(db(), person_id)
    ]  # fmt: skip


def _signed(person_id: int) -> list[Row]:
    return [
        Row(
            f"Our policy, version {each.version}",
            f"/{Kind.ACKNOWLEDGEMENT}/{each.id}",
            f"{dates.day(each.signed_on, today()) if each.signed_on else standing.day_of(each.at, today())} · signed as {each.typed_name}",
            each.at,
            each.counts,
        )
        for each in acknowledgements.of_person(db(), person_id)
    ]
