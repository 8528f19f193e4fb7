"""What home offers besides lessons: the questions on confidence, while they are open."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass

from ..content.model import Course
from ..records.progress import confidence as records
from ..records.progress.confidence import Kept
from ..records.store.database import Database
from ..rules import confidence as rules
from ..rules.confidence import Moment
from ..wording.confidence import offered


@dataclass(frozen=True, slots=True)
class Offer:
    """What home may offer: an address and its words."""

    address: str
    words: str


def offer(
    db: Database, person_id: int, courses: Iterable[Course], completed: Container[tuple[str, str]]
) -> Offer | None:
    """The questions that are open to somebody in the first of these courses that has some. At most one query.

    `completed` holds (course, lesson) of what they have completed.
    """
    might = [course for course in courses if course.confidence and open_stage(course, completed, None)]
    kept = records.of_person(db, person_id) if might else {}
    for course in might:
        said = kept[course.slug].said if course.slug in kept else {}
        stage = open_stage(course, completed, kept.get(course.slug))
        if stage and rules.is_offered(stage, said):
            return Offer(f"/courses/{course.slug}/confidence", offered(stage, len(course.confidence), bool(said)))
    return None


def open_stage(course: Course, completed: Container[tuple[str, str]], kept: Kept | None) -> Moment | None:
    """Which of a course's questions somebody can answer now."""
    done = {lesson.slug for lesson in course.lessons if (course.slug, lesson.slug) in completed}
    return rules.open_stage([lesson.slug for lesson in course.lessons], done, kept.said if kept else {})
