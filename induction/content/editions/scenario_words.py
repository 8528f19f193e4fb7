"""By which words a scenario is known where people's first judgements of it are counted."""

from __future__ import annotations

import hashlib
import json

from ..conditions import rate
from ..model import Rating, Scenario
from ..problems import silent
from ..reading.course_file import CourseFile
from ..reading.quiz import read_quiz
from .edition import stored_library, stored_school
from .lesson_wording import ATTRIBUTES


def words_of(text: str) -> dict[str, str]:
    """For each scenario of an edition, by its id, the SHA-256 of its words as they are written and of how each option is judged.

    What a school fills in (a name, a number, the day of its policy) is no part of it; what its policy makes of an option is.
    """
    kept = json.loads(text)
    library, school = stored_library(kept), stored_school(kept)
    quiz, _ = read_quiz(CourseFile.of(kept["course"], kept["word"], kept["source"], silent), library, silent, silent)
    lines, begins = quiz.source.split("\n"), sorted(each.line for each in quiz.scenarios)
    found = {}
    for each in quiz.fitting(school):
        until = next((line for line in begins if line > each.line), len(lines) + 1)
        heading, *body = lines[each.line - 1 : until - 1]
        judged = [
            [rate(option.rule, school, library.facets) for option in scene.options] for scene in each.scenes.values()
        ]
        found[each.id] = _digest(each, [ATTRIBUTES.sub("", heading), *body], judged)
    return found


def _digest(scenario: Scenario, lines: list[str], judged: list[list[Rating]]) -> str:
    said = json.dumps([scenario.id, "\n".join(lines).strip(), judged], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()
