"""A course that comes round once more for somebody: what in it has changed since they did it last."""

from __future__ import annotations

from dataclasses import dataclass

from ..content.editions.since_last import Changed, LessonNews, since_last
from ..content.model import Course, Lesson
from ..records import editions
from ..records.progress import completions
from ..records.store.database import Database
from ..rules.cycles import Round
from .programme import Programme


@dataclass(frozen=True, slots=True)
class ChangedLesson:
    title: str
    href: str
    sections: tuple[str, ...]  # that read otherwise; an empty title: what stands first
    new: bool  # the whole lesson


@dataclass(frozen=True, slots=True)
class News:
    """All that changed in a course; each fact and each rule once, in however many lessons it stands."""

    facts: tuple[Changed, ...]  # law, numbers and names that age, by what they are
    rules: tuple[Changed, ...]  # of the school's policy
    lessons: tuple[ChangedLesson, ...]

    @property
    def nothing(self) -> bool:
        return not (self.facts or self.rules or self.lessons)


def news(db: Database, programme: Programme, course: Course, person_id: int, within: Round) -> News:
    """What changed in a course since the completions before the round that somebody is in."""
    known = completions.words_before(db, person_id, course.slug, within.begins) if within.begins else {}
    facts: dict[str, Changed] = {}
    rules: dict[str, Changed] = {}
    lessons = []
    for lesson in course.lessons:
        found = _of_lesson(db, programme, course, lesson, known[lesson.slug]) if lesson.slug in known else LessonNews()
        facts |= {each.name: each for each in found.facts}
        rules |= {each.name: each for each in found.rules}
        if found.sections or lesson.slug not in known:
            href = f"/courses/{course.slug}/{lesson.slug}"
            lessons.append(ChangedLesson(lesson.title, href, found.sections, lesson.slug not in known))
    named = programme.library.facts
    told = (Changed(named[name].what if name in named else name, each.before, each.after) for name, each in facts.items())
    return News(tuple(told), tuple(rules.values()), tuple(lessons))


def _of_lesson(db: Database, programme: Programme, course: Course, lesson: Lesson, before: str) -> LessonNews:
    now = programme.lesson_edition(course, lesson)
    if now.sha256 == before:
        return LessonNews()
    found: LessonNews = programme.remember(
        ("since last", course.slug, lesson.slug, before), lambda: since_last(editions.text(db, before), now.text)
    )
    return found
