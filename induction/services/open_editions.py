"""Editions opened: the scenarios of a quiz, which of their options were sound, and the policy as a document.

An edition is known by the SHA-256 of its text and never changes, so what was opened once need not be opened again.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from ..content.editions import as_it_was, lesson_edition, policy_document, quiz_edition, scenario_words
from ..content.editions.as_it_was import Then
from ..content.editions.edition import Edition
from ..content.editions.lesson_edition import ShownCourse, ShownLesson
from ..content.editions.lesson_pieces import Piece
from ..content.editions.pieces import Changed
from ..content.editions.policy_document import PolicyDocument
from ..content.editions.quiz_edition import JudgedQuiz
from ..records import editions
from ..records.policy import versions
from ..records.store.database import Database
from ..rules import reversals
from ..rules.reversals import Soundness

log = logging.getLogger("induction.content")
OPEN_QUIZZES = 64  # those of attempts in progress among them
WEIGHED_QUIZZES = 500
OPEN_DOCUMENTS = 8
WORDINGS = 64  # of lessons that leads have open
TITLES = 1_000
AS_THEY_WERE = 16  # of each kind, that somebody reads again
COMPARED = 24

Opened = TypeVar("Opened")


class _Latest(Generic[Opened]):
    """The things opened last, by digest. One is opened at a time, so that of two who ask at once only one does the work."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._things: OrderedDict[str, Opened] = OrderedDict()
        self._opening = threading.Lock()

    def get(self, sha256: str, open_it: Callable[[], Opened]) -> Opened:
        with self._opening:
            found = self._things.get(sha256)
            if found is None:
                found = self._things[sha256] = open_it()
                if len(self._things) > self._most:
                    self._things.popitem(last=False)
            self._things.move_to_end(sha256)
            return found

    def known(self, sha256: str) -> Opened | None:
        return self._things.get(sha256)


class OpenEditions:
    """The one memory of what was opened, whichever database it is stored in."""

    def __init__(self) -> None:
        self._quizzes: _Latest[JudgedQuiz] = _Latest(OPEN_QUIZZES)
        self._weighed: _Latest[Soundness] = _Latest(WEIGHED_QUIZZES)
        self._words: _Latest[Mapping[str, str]] = _Latest(WEIGHED_QUIZZES)
        self._documents: _Latest[PolicyDocument] = _Latest(OPEN_DOCUMENTS)
        self._wordings: _Latest[str] = _Latest(WORDINGS)
        self._titles: _Latest[str] = _Latest(TITLES)
        self._lessons_then: _Latest[Then[ShownLesson]] = _Latest(AS_THEY_WERE)
        self._quizzes_then: _Latest[Then[JudgedQuiz]] = _Latest(AS_THEY_WERE)
        self._courses_then: _Latest[Then[ShownCourse]] = _Latest(AS_THEY_WERE)
        self._policies_then: _Latest[Then[PolicyDocument]] = _Latest(OPEN_DOCUMENTS)
        self._changes: _Latest[list[Changed[Piece]]] = _Latest(COMPARED)

    def quiz(self, of: Edition) -> JudgedQuiz:
        """The scenarios of an edition that is at hand."""
        return self._quizzes.get(of.sha256, lambda: quiz_edition.open_quiz(of.text))

    def stored_quiz(self, db: Database, sha256: str) -> JudgedQuiz:
        """The scenarios of an edition as it is stored. Raises LookupError where it is not."""
        return self._quizzes.get(sha256, lambda: quiz_edition.open_quiz(editions.text(db, sha256)))

    def turned_round(self, db: Database, before: str, now: Edition) -> frozenset[str]:
        """The scenarios that were judged the other way round in an edition stored before."""
        taught = self._soundness(before, lambda: editions.text(db, before))
        return reversals.turned_round(taught, self._soundness(now.sha256, lambda: now.text))

    def _soundness(self, sha256: str, text: Callable[[], str]) -> Soundness:
        """Which options are sound. It displaces no quiz that somebody is in the middle of."""

        def weigh() -> Soundness:
            return reversals.soundness(self._quizzes.known(sha256) or quiz_edition.open_quiz(text()))

        return self._weighed.get(sha256, weigh)

    def words(self, of: Edition) -> Mapping[str, str]:
        """By which words the scenarios of an edition that is at hand are counted."""
        return self._words.get(of.sha256, lambda: scenario_words.words_of(of.text))

    def stored_words(self, db: Database, sha256: str) -> Mapping[str, str]:
        """The same of one that is stored."""
        return self._words.get(sha256, lambda: scenario_words.words_of(editions.text(db, sha256)))

    def document(self, db: Database, version: int) -> PolicyDocument | None:
        """The policy's text in one version; None where that has none."""
        found = versions.version(db, version)
        if found is None or not found.text or not found.sha256:
            return None
        text = found.text
        return self._documents.get(found.sha256, lambda: policy_document.open_policy(text))

    def title(self, db: Database, sha256: str) -> str:
        """What a lesson or a course was called in a version of its words. Raises LookupError where that is not kept."""
        return self._titles.get(sha256, lambda: lesson_edition.title(editions.text(db, sha256)))

    # To be read again

    def lesson_then(self, sha256: str, text: Callable[[], str]) -> Then[ShownLesson]:
        """A lesson as it was in an edition; `text` is asked for its text where it has not been opened."""
        return self._lessons_then.get(sha256, lambda: _told(sha256, as_it_was.lesson(text())))

    def quiz_then(self, sha256: str, text: Callable[[], str]) -> Then[JudgedQuiz]:
        """Scenarios as they were."""
        return self._quizzes_then.get(sha256, lambda: _told(sha256, as_it_was.scenarios(text())))

    def course_then(self, sha256: str, text: Callable[[], str]) -> Then[ShownCourse]:
        """What a course said of itself."""
        return self._courses_then.get(sha256, lambda: _told(sha256, as_it_was.course(text())))

    def policy_then(self, sha256: str, text: Callable[[], str]) -> Then[PolicyDocument]:
        """The policy as it was."""
        return self._policies_then.get(sha256, lambda: _told(sha256, as_it_was.policy(text())))

    def changes(self, between: tuple[str, ...], compare: Callable[[], list[Changed[Piece]]]) -> list[Changed[Piece]]:
        """What reads otherwise between two editions, as `compare` found it."""
        return self._changes.get(" ".join(between), compare)

    def shown(self, wording: Edition) -> None:
        """A lead has this wording of a lesson open: should it change meanwhile, they can be told what changed."""
        self._wordings.get(wording.sha256, lambda: wording.text)

    def wording(self, sha256: str) -> str | None:
        """The words of a wording that was shown lately."""
        return self._wordings.known(sha256)


def _told(sha256: str, then: Then[Opened]) -> Then[Opened]:
    """An edition of then; where this release can't read it, the log says why, each time that it is opened anew."""
    if then.trouble:
        log.error("What was taught (%s) can't be drawn by this release, and is shown as it was written. %s", sha256, then.trouble)
    return then
