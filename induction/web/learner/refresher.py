"""A course that has come round once more: why it is asked, until when, and what changed since it was done last."""

from __future__ import annotations

from dataclasses import dataclass

from ...content.model import Course
from ...rules.cycles import Round
from ...services import refreshers
from ...services.refreshers import News
from ...wording import cycles
from ..site import current_programme, db, today, viewer


@dataclass(frozen=True, slots=True)
class Refresher:
    course: Course
    why: str
    until: str
    in_short: str  # how much changed
    news: News


def of_round(course: Course, within: Round) -> Refresher | None:
    """Of a course that somebody is to do once more; None the first time, and where it is done."""
    if within.begins is None or within.complete:
        return None
    programme = current_programme()
    news = refreshers.news(db(), programme, course, viewer().id, within)
    return Refresher(
        course,
        cycles.why(within, programme.cycle(course)),
        cycles.until(within, today()),
        cycles.how_much_changed(len(news.facts), len(news.rules), len(news.lessons)),
        news,
    )
