"""What readers would see, and its writer may not: every lesson and scenario as it comes out in each school.

Nothing here is an error: what passed goes on passing.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from ..markdown.gaps import written
from ..model import NATIONS, Lesson, Library, Quiz
from ..problems import Problem
from ..reading.includes import Moved, moved, settled
from ..words import Slot, Words
from .rendered_lessons import check_lesson
from .rendered_pieces import Lines, When, both, pieces, where_seen
from .rendered_scenes import check_scenes

MOST_FOUND = 50  # in one file: whoever has those knows enough

Blanks = list[tuple[str, When]]  # words in braces that come out empty, and where


def as_read(library: Library) -> Iterator[Problem]:
    """What is wrong with what readers would see; what is wrong with drawn words at home too is said there alone."""
    found: list[Problem] = []
    of_included: list[Moved] = []
    blanks = _blanks(library)
    for course in library.courses.values():
        by_text: list[tuple[Lesson | Quiz, Iterator[Problem]]] = [
            *((lesson, check_lesson(lesson, library)) for lesson in course.lessons),
            *((quiz, check_scenes(quiz, library)) for quiz in course.quizzes.values()),
        ]
        for text, problems in by_text:
            for problem in islice(chain(problems, _empty(text, blanks, library)), MOST_FOUND):
                at_home = moved(text.included, problem)
                if at_home:
                    of_included.append(at_home)
                else:
                    found.append(problem)
    yield from found
    yield from settled(found, of_included)


# Words in braces

def _blanks(library: Library) -> Blanks:
    """What has no words in some nation or under some stance. A fact without a value is none, and so is reported where it is named."""
    nations = {word for words in library.nations.values() for word in words}
    blank: list[tuple[Slot, When]] = []
    for word in sorted(nations):
        without = frozenset(nation for nation in NATIONS if not library.nations.get(nation, {}).get(word, "").strip())
        blank += [(Slot("nation", word), {"nation": without})] if without else []
    for facet in library.facets.values():
        for stance in facet.stances:
            when = {facet.name: frozenset({stance.name})}
            if not stance.says.strip():
                blank.append((Slot("stance", facet.name), when))
            if stance.fill and not stance.fill.until.strip():
                blank.append((Slot("fill", stance.fill.word), when))
    return [(written(slot), when) for slot, when in blank]


def _empty(text: Lesson | Quiz, blanks: Blanks, library: Library) -> Iterator[Problem]:
    """A warning for each word in braces of which some school would see nothing."""
    lines = Lines(text.source)
    for words in _all_words(text) if blanks else ():
        for piece in pieces(words, library):
            for name, blank in blanks:
                when = both(piece.when, blank) if name in piece.html else None
                if when is not None:
                    message = f"{name} comes out empty{where_seen(when, library)}; give it words, or write others here"
                    yield Problem(text.path, lines.find(name), message, warning=True)


def _all_words(text: Lesson | Quiz) -> Iterator[Words]:
    if isinstance(text, Lesson):
        yield text.words
        return
    for scene in (scene for scenario in text.scenarios for scene in scenario.scenes.values()):
        yield from (scene.title, scene.words)
        for option in scene.options:
            yield from (option.label, option.feedback)
