"""What reads or is judged otherwise than it did: a lesson, the scenarios that were asked, a course, the policy."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from html import escape

from .lesson_edition import ShownCourse, ShownLesson
from .lesson_pieces import ID, Piece, changes, of_scenario, of_words
from .pieces import Changed
from .policy_document import PolicyDocument
from .quiz_edition import JudgedQuiz

# The foot of a rule names the version of the policy: another version with the same rule is no change of it.
VERSION = re.compile(r'(<p class="policy-foot">[^<]*?) · version [0-9]+(?:, [0-9]+ [A-Z][a-z]+ [0-9]{4})?(?= · <a )')


def of_lesson(before: ShownLesson, after: ShownLesson) -> list[Changed[Piece]]:
    """What a lesson says otherwise, by its sections."""
    return changes(_lesson(before), _lesson(after))


def _lesson(shown: ShownLesson) -> list[Piece]:
    return of_words(replace(shown, html=VERSION.sub(r"\1", shown.html)))


def of_scenarios(before: JudgedQuiz, after: JudgedQuiz, asked: Iterable[str]) -> list[Changed[Piece]]:
    """What those scenarios of a quiz say or judge otherwise that were asked and are still there."""
    there = [word for word in asked if word in before.scenarios and word in after.scenarios]
    return changes(_scenarios(before, there), _scenarios(after, there))


def _scenarios(quiz: JudgedQuiz, words: Iterable[str]) -> list[Piece]:
    found = [piece for word in words for piece in of_scenario(quiz.scenarios[word], quiz.themes, {})]
    return [replace(piece, html=VERSION.sub(r"\1", piece.html)) for piece in found]


def of_course(before: ShownCourse, after: ShownCourse) -> list[Changed[Piece]]:
    """What a course says of itself otherwise."""
    return changes(_course(before), _course(after))


def _course(shown: ShownCourse) -> list[Piece]:
    return of_words(ShownLesson(shown.title, shown.summary, None, None, (), shown.html, ()))


def of_policy(before: PolicyDocument, after: PolicyDocument) -> list[Changed[Piece]]:
    """What the policy says otherwise, by its sections."""
    return changes(_policy(before), _policy(after))


def _policy(document: PolicyDocument) -> list[Piece]:
    return [
        Piece("title", "What it is called", f"<p>{escape(document.title)}</p>"),
        *(
            Piece(f"section {each.id}", each.title or "The beginning", f"<p><b>{escape(each.title)}</b></p>\n{ID.sub('', each.html)}")
            for each in document.sections
        ),
    ]
