"""What follows from a lesson completed: perhaps the course is. Called inside the change that completes it."""

from __future__ import annotations

from datetime import datetime

from ..content.model import Course
from ..records import completions, versions
from ..records.database import Database
from .teaching import Teaching


def finish_course(db: Database, taught: Teaching, course: Course, person_id: int, now: datetime) -> bool:
    """Complete the course if all its lessons are; True if that is new."""
    done = {completion.lesson for completion in completions.of_person(db, person_id) if completion.course == course.word}
    if not all(lesson.word in done for lesson in course.lessons) or "" in done:
        return False
    version = taught.course_edition(course)
    versions.keep(db, version.sha256, "course", version.text, now)
    return completions.complete_course(
        db,
        person_id=person_id,
        course=course.word,
        version=version.sha256,
        policy_version=taught.school.policy_version,
        now=now,
    )
