"""The version of a whole course, which a lead reads and approves: another one as soon as a file or a fact changes.

Of the school it holds its nation alone. What the school decides is published apart, with a version of its own, so a
new choice of policy doesn't ask anybody to read the course again.
"""

from __future__ import annotations

import hashlib
import json

from .model import Course, Library
from .named import Named


def course_version(course: Course, library: Library, nation: str) -> str:
    """The SHA-256 of what a lead approves: the sources of a course, and the facts and words of a nation in them."""
    names = _named(course, library)
    words = library.nations.get(nation, {})
    facts = {name: library.facts[name] for name in names.facts if name in library.facts}
    fields = {
        "course": course.word,
        "source": course.source,
        "lessons": [[lesson.word, lesson.source] for lesson in course.lessons],
        "quizzes": {word: quiz.source for word, quiz in course.quizzes.items()},
        "facts": {name: fact.value for name, fact in facts.items()},
        "helplines": {name: fact.what for name, fact in facts.items() if names.help},  # the help block says that too
        "nation_words": {slot.name: words.get(slot.name, "") for slot in names.slots if slot.kind == "nation"},
        "nation": nation if names.nation else None,  # some blocks are for one nation alone
    }
    pictures = names.pictures(library)
    if pictures:
        fields["pictures"] = pictures
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _named(course: Course, library: Library) -> Named:
    """All that the course's texts name, whatever the school's policy or phase shows of them."""
    names = Named()
    names.add(course.words)
    for lesson in course.lessons:
        names.add(lesson.words)
    for quiz in course.quizzes.values():
        for scenario in quiz.scenarios:
            for scene in scenario.scenes.values():
                names.add_scene(scene)
    if names.help:
        names.add_help(library)
    return names
