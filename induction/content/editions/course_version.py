"""The version of a whole course, which a lead reads and approves: another one as soon as anything changes that it says.

That is its files, the facts and words of a nation in them, the themes of another course, and the questions of policy that
it hangs on, with every answer that a school may give. Of the school itself it holds the nation alone. What the school
decides is published apart, with a version of its own, so another choice doesn't ask anybody to read the course again.
"""

from __future__ import annotations

import hashlib
import json

from ..model import Course, Facet, Library, Stance
from .mentions import Mentions


def course_version(course: Course, library: Library, nation: str) -> str:
    """The SHA-256 of what a lead approves: the sources of a course, and all that they name and no school decides."""
    names = _named(course, library, nation)
    fields = _files_and_facts(course, library, nation, names)
    fields["policy"] = {facet.name: _question(facet, nation) for facet in facets_named(names, library)}
    fields["themes"] = {name: [theme.words, theme.question, theme.danger] for name, theme in course.themes.items()}
    return _digest(fields)


def without_policy(course: Course, library: Library, nation: str) -> str:
    """The version as the second release knew it: without the questions of policy, and the themes of another course.

    An approval of it was of this very course, and the lead is told what it lacks, not that the course has changed.
    """
    return _digest(_files_and_facts(course, library, nation, _named(course, library, nation)))


def _files_and_facts(course: Course, library: Library, nation: str, names: Mentions) -> dict[str, object]:
    return {
        "course": course.slug,
        "source": course.source,
        "lessons": [[lesson.slug, lesson.source] for lesson in course.lessons],
        "quizzes": {word: quiz.source for word, quiz in course.quizzes.items()},
        **values(names, library, nation),
    }


def values(names: Mentions, library: Library, nation: str) -> dict[str, object]:
    """What texts name and no school decides, with its words in a nation."""
    words = library.nations.get(nation, {})
    known: dict[str, object] = {
        "facts": {name: library.facts[name].value for name in names.facts if name in library.facts},
        "helplines": names.helplines(library, nation),
        "nation_words": {slot.name: words.get(slot.name, "") for slot in names.slots if slot.kind == "nation"},
        "nation": nation if names.nation else None,  # some blocks are for one nation alone
    }
    younger: dict[str, object] = {"pictures": names.pictures(library), "checked": names.checked(library)}
    return known | {name: held for name, held in younger.items() if held}


def facets_named(names: Mentions, library: Library) -> list[Facet]:
    """The questions of policy that are named, in their own order, and those whose answer a school writes out in words of its own."""
    written = {library.fills[slot.name].facet for slot in names.slots if slot.kind == "fill" and slot.name in library.fills}
    return [facet for facet in library.facets.values() if facet.name in names.facets | written]


def _question(facet: Facet, nation: str) -> dict[str, object]:
    """A question of policy as lessons and scenarios show it, its answers in their order: the first stands until one is chosen."""
    return {"ask": facet.ask, "stances": [_answer(stance) for stance in facet.offered_in(nation)]}


def _answer(stance: Stance) -> list[object]:
    fill = [stance.fill.word, stance.fill.until] if stance.fill else None
    hours = [str(stance.usual_hours)] if stance.usual_hours else []  # of answers that have none the version is as it was
    return [stance.name, stance.label, stance.says, fill, *hours]


def _digest(fields: dict[str, object]) -> str:
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _named(course: Course, library: Library, nation: str) -> Mentions:
    """All that the course's texts name in a nation, whatever the school's policy or phase shows of them."""
    names = Mentions()
    names.add(course.words)
    for lesson in course.lessons:
        names.add_lesson(lesson)
    for quiz in course.quizzes.values():
        for scenario in quiz.scenarios:
            for scene in scenario.scenes.values():
                names.add_scene(scene)
    if names.help:
        names.add_help(library, nation)
    return names
