"""What was signed off of somebody's, as their mentor's page and a lead's say it."""

from __future__ import annotations

from ...records.progress import sign_offs
from ...rules import calendar
from ...wording import sign_offs as wording
from ..site import db, today
from .done_elsewhere import title_of


def signed(person_id: int) -> list[str]:
    """*Professional boundaries online, completed on …: signed off by Max Adeyemi on …*, of what counts, the oldest first."""
    said = []
    for each in sign_offs.of_person(db(), person_id):
        if each.counts:
            what = wording.what(title_of(each.course), calendar.local(each.completed_at).date(), None, today())
            said.append(f"{what}: {wording.signed(each.by_name, each.typed_name, calendar.local(each.at).date(), today())}.")
    return said
