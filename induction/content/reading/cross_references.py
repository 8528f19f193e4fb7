"""What can only be said once several files are read: themes of another course, and what scenarios send back to."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ..model import Course, Lesson, Quiz
from ..problems import OfWords, Report, instead, short


def check_themes(course: Course, home: Course | None, known: Collection[str], report: Report) -> bool:
    """Whether a course can take its themes from the one that it names."""
    line, name = course.themes_from_line, course.themes_from
    if home is None or home is course:
        others = [other for other in known if other != course.slug]
        report(line, f'`themes from` names no other course: "{short(name)}"; {instead(name, others)}')
        return False
    if home.themes_from:
        report(line, f'the course "{name}" has its themes from another; write `themes from: {short(home.themes_from)}`')
        return False
    lower = {theme.lower() for theme in home.themes}
    for theme in (theme for theme in course.themes.values() if theme.name.lower() in lower):
        report(theme.line, f'the theme "{theme.name}" comes from the course "{name}"; give this one another name')
    return True


def check_scenarios(quiz: Quiz, course: Course | None, lessons: Mapping[str, Lesson], there: set[str], report: Report) -> None:
    """Check the themes of scenarios, and what they send back to read."""
    for scenario in quiz.scenarios:
        for theme in scenario.themes:
            if course and theme not in course.themes:
                report(scenario.line, f'unknown theme "{short(theme)}"; {instead(theme, course.themes)}, or add it to the course')
        read = scenario.read
        if read is None:
            continue
        if read.lesson not in there:
            report(scenario.line, f'`read` names no lesson of this course: "{short(read.lesson)}"; {instead(read.lesson, there)}')
        elif read.heading and read.lesson in lessons:
            ids = [heading.id for heading in lessons[read.lesson].headings]
            if read.heading not in ids:
                fault = f'the lesson "{read.lesson}" has no heading "{short(read.heading)}"; {instead(read.heading, ids)}'
                report(scenario.line, OfWords(fault))  # a school's copy of a lesson lacks what is new in the shipped one
