"""Reading everything that is taught: the shipped content, with the school's own laid over it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from ..link_rules import Places
from ..markdown.html_writer import HtmlWriter
from ..model import Course, Included, Lesson, Library, Picture, Quiz
from ..problems import OfWords, Problem, Report, TooMuch, instead, is_word, short, silent, unreadable
from ..source import files
from ..source.files import NAME, SourceFile
from .course import read_course
from .course_file import CourseFile
from .cross_references import check_scenarios, check_themes
from .includes import Homes, Moved, moved, settled, with_included
from .lesson import read_lesson
from .policy_text import TEMPLATE, read_policy_text
from .quiz import read_quiz
from .tables import check_nations, check_says, laid_over, read_facets, read_facts, read_fills, read_nations

Table = TypeVar("Table")
MOST_PROBLEMS = 200  # in one file; whoever has those knows enough
AS_FILES_ARE_NAMED = "write a number, a hyphen and letters, digits or hyphens, as in 02-friend-requests.md"


@dataclass(frozen=True, slots=True)
class Reading:
    """The library, every problem that reading it met, and the files as they were read."""

    library: Library
    problems: tuple[Problem, ...]
    files: tuple[SourceFile, ...]


def read(
    shipped: Path, own: Path | None, pages: Collection[str] | None = None, begins: Callable[[str], object] = lambda path: None
) -> Reading:
    """Read `courses/` and `quizzes/` of both folders. What can't be read is left out, with its problem.

    `pages` are the addresses of the site that links may lead to beside courses and lessons; None where they are not known.
    `begins` is told the path of each file before it is read.
    """
    every: list[SourceFile] = []
    problems: list[Problem] = []
    pictures: dict[str, Picture | str] = {}
    for folder, root in ((shipped, "shipped"), (own, "own")):
        if folder is not None:
            found = files.read_folder(folder, root, begins)
            every += found.files
            problems += found.problems
            pictures |= found.pictures
    unread = {problem.path for problem in problems}
    known = Library({}, {}, {}, {}, pictures=pictures, places=Places(None if pages is None else frozenset(pages)))
    return _Reader(every, unread, problems, begins, known).reading()


def signature(shipped: Path, own: Path | None) -> Hashable:
    """A value that changes when a file of the content does. Cheap: no file is opened."""
    return files.signature((shipped, own))


@dataclass(slots=True)
class _Reader:
    every: list[SourceFile]
    unread: set[str]
    problems: list[Problem]
    begins: Callable[[str], object]
    known: Library
    counts: Counter[str] = field(default_factory=Counter)  # of problems, by path
    homes: Homes = field(default_factory=lambda: Homes({}))
    of_included: list[Moved] = field(default_factory=list)
    without_themes: set[str] = field(default_factory=set)  # courses whose themes can't be found; it has been reported
    texts: dict[str, Collection[str]] = field(default_factory=dict)  # the ids in each course and lesson, by its address
    linking: list[tuple[HtmlWriter, str]] = field(default_factory=list)  # texts whose links are still to be looked up, and their paths

    def reading(self) -> Reading:
        self.known = self._tables()
        laid = {file.path: file for file in self.every if file.path.endswith(".md")}  # the school's own comes last
        shipped = {file.path: file.text for file in self.every if file.root == "shipped"}
        behind = {path: text for path, text in shipped.items() if path in laid and laid[path].root == "own"}
        self.homes = Homes({path: file.text for path, file in laid.items()}, behind)
        words = sorted({path.split("/")[1] for path in (*laid, *self.unread) if path.count("/") == 2})
        indexes = self._with_themes({word: self._index(word, laid) for word in words})
        courses = {word: course for word in words if (course := self._course(word, indexes[word], laid))}
        self._check_words(courses)
        policy_text = self._policy_text(laid)
        places = Places(self.known.places.pages, self.texts)
        self._look_up_links(places)
        library = replace(self.known, courses=courses, policy_text=policy_text, places=places)
        self.problems += settled(self.problems, self.of_included)
        return Reading(library, tuple(dict.fromkeys(self.problems)), tuple(self.every))

    @contextmanager
    def _reading(self, path: str) -> Iterator[None]:
        """Read a file here: whatever happens while it is read is a problem of that file, and of no other."""
        self.begins(path)
        try:
            yield
        except TooMuch:
            return  # it has been reported
        except Exception as fault:
            self.problems.append(unreadable(path, fault))

    def _report(self, path: str, warning: bool = False, included: Sequence[Included] = ()) -> Report:
        """What notes the problems of a file, and of what is `included` in it. It raises TooMuch when they are too many to go on."""

        def report(line: int, message: str) -> None:
            self.counts[path] += 1
            if self.counts[path] > MOST_PROBLEMS:
                message = f"there are more than {MOST_PROBLEMS} problems in this file; mend those above first"
            problem = Problem(path, max(line, 1), str(message), warning, isinstance(message, OfWords))
            at_home = moved(included, problem)
            if at_home:
                self.of_included.append(at_home)
            else:
                self.problems.append(problem)
            if self.counts[path] > MOST_PROBLEMS:
                raise TooMuch

        return report

    def _tables(self) -> Library:
        facts = {name: fact for layer in self._layers("courses/facts.yml", read_facts) for name, fact in layer.items()}
        layers = self._layers("courses/policy.yml", read_facets)
        facets = laid_over(layers)
        nations: dict[str, dict[str, str]] = {}
        for file in self._named("courses/nations.yml"):
            with self._reading(file.path):
                for nation, words in read_nations(file.text, self._report(file.path)).items():
                    nations[nation] = nations.get(nation, {}) | words
        with self._reading("courses/nations.yml"):
            check_nations(nations, self._report("courses/nations.yml"))
        fills = read_fills(layers[0], silent) if layers else {}  # shipped texts know their words whatever the school writes
        with self._reading("courses/policy.yml"):
            fills |= read_fills(facets, self._report("courses/policy.yml"))
            check_says(facets, nations, self._report("courses/policy.yml"))
        return replace(self.known, facts=facts, facets=facets, nations=nations, fills=fills)

    def _policy_text(self, laid: Mapping[str, SourceFile]) -> str:
        text = laid[TEMPLATE].text if TEMPLATE in laid else ""
        with self._reading(TEMPLATE):
            if text:
                self._note(read_policy_text(text, self.known, self._report(TEMPLATE)).writer, TEMPLATE)
        return text

    def _named(self, path: str) -> list[SourceFile]:
        return [file for file in self.every if file.path == path]

    def _layers(self, path: str, read: Callable[[str, Report], dict[str, Table]]) -> list[dict[str, Table]]:
        """What each file of this path says by name, the shipped one first."""
        layers = []
        for file in self._named(path):
            with self._reading(path):
                layers.append(read(file.text, self._report(path)))
        return layers

    def _index(self, word: str, laid: Mapping[str, SourceFile]) -> Course | None:
        """A course without its lessons and quizzes; None where its index can't be read."""
        index = f"courses/{word}/index.md"
        with self._reading(index):
            if index in laid:
                if not is_word(word):
                    self._report(index)(1, f'"{short(word)}" can\'t name a course; write letters, digits and hyphens')
                report = self._report(index)
                file = CourseFile.of(word, word, laid[index].text, report, index)
                course, writer = read_course(file, self.known, report)
                self._note(writer, index, f"/courses/{word}/")
                return course
            if index not in self.unread:
                for path in sorted(path for path in (*laid, *self.unread) if path.startswith(f"courses/{word}/")):
                    self._report(path)(1, f"this lesson has no course; write courses/{word}/index.md beside it")
        return None

    def _with_themes(self, courses: dict[str, Course | None]) -> dict[str, Course | None]:
        """The same courses, those that name another for it with its themes too."""
        every = dict(courses)
        for word, course in courses.items():
            if course is None or not course.themes_from:
                continue
            home = courses.get(course.themes_from)
            with self._reading(course.path):
                if check_themes(course, home, courses.keys(), self._report(course.path)) and home:
                    every[word] = replace(course, themes={**home.themes, **course.themes, **home.themes})
                    continue
            self.without_themes.add(word)
        return every

    def _course(self, word: str, course: Course | None, laid: Mapping[str, SourceFile]) -> Course | None:
        """A course with its lessons and quizzes."""
        lessons = self._lessons(word, laid)
        about = None if word in self.without_themes else course
        quizzes = self._quizzes(word, laid, about, {lesson.slug: lesson for lesson in lessons})
        return replace(course, lessons=tuple(lessons), quizzes=quizzes) if course else None

    def _lessons(self, course: str, laid: Mapping[str, SourceFile]) -> list[Lesson]:
        lessons: dict[str, Lesson] = {}
        checklists: dict[str, str] = {}
        for path, name in self._in_order(f"courses/{course}/", laid):
            word, report = name["word"], self._report(path)
            same = lessons.get(word.lower())
            if same is not None:
                report(1, f'two lessons are called "{short(word)}", this one and {same.path}; give one another name')
                continue
            with self._reading(path):
                if not name["number"]:
                    report(1, f"this lesson has no number; call the file 01-{short(word)}.md, say")
                number = int(name["number"] or 0)
                file = CourseFile.of(course, word, laid[path].text, report, path, number)
                file, included = with_included(file, self.homes, report, warn=self._of_shipped(laid[path]))
                report = self._report(path, included=included)
                lesson, writer = read_lesson(file, self.known, report)
                self._note(writer, path, f"/courses/{course}/{word}")
                for checklist, line in writer.checklists.items():
                    other = checklists.setdefault(checklist, path)
                    if other != path:
                        report(line, f'{other} has a checklist "{short(checklist)}" too; give one of them another id')
                lessons[word.lower()] = replace(lesson, included=included)
        return list(lessons.values())

    def _quizzes(
        self, course: str, laid: Mapping[str, SourceFile], about: Course | None, lessons: Mapping[str, Lesson]
    ) -> dict[str, Quiz]:
        quizzes: dict[str, Quiz] = {}
        there = self._lesson_words(course, laid)
        for path, name in self._in_order(f"quizzes/{course}/", laid):
            word, report = name["word"], self._report(path)
            with self._reading(path):
                if word not in there:
                    hint = f"{instead(word, there)}, or write that lesson"
                    report(1, f'this quiz has no lesson "{short(word)}" in courses/{course}/; {hint}')
                if any(word.lower() == other.lower() for other in quizzes):
                    report(1, f'two quizzes are called "{short(word)}"; keep one of them')
                    continue
                headings = {heading.id for heading in lessons[word].headings} if word in lessons else set()
                file = CourseFile.of(course, word, laid[path].text, report, path)
                file, included = with_included(file, self.homes, report, headings, self._of_shipped(laid[path]))
                report, warn = self._report(path, included=included), self._report(path, warning=True, included=included)
                quiz, writer = read_quiz(file, self.known, report, warn)
                self._note(writer, path)
                check_scenarios(quiz, about, lessons, there, report)
                quizzes[word] = replace(quiz, included=included)
        return quizzes

    def _note(self, writer: HtmlWriter, path: str, address: str = "") -> None:
        """Note where a text may be linked to, and where it links."""
        if address:
            self.texts[address] = writer.ids
        self.linking.append((writer, path))

    def _look_up_links(self, places: Places) -> None:
        """Report links within the site that lead nowhere, now that every text is known."""
        for writer, path in self.linking:
            with self._reading(path):
                for line, address in writer.links:
                    fault = places.fault(writer.folder, address, writer.ids)
                    if fault:
                        writer.report(line, OfWords(fault))

    def _of_shipped(self, file: SourceFile) -> Report | None:
        """What notes the warnings of a shipped file; None for one of the school's own."""
        return self._report(file.path, warning=True) if file.root == "shipped" else None

    def _lesson_words(self, course: str, laid: Mapping[str, SourceFile]) -> set[str]:
        """The words of all lessons that have a file, those that can't be read too."""
        folder = f"courses/{course}/"
        names = (_name(path) for path in (*laid, *self.unread) if path.startswith(folder) and path != f"{folder}index.md")
        return {name["word"] for name in names if name}

    def _in_order(self, folder: str, laid: Mapping[str, SourceFile]) -> list[tuple[str, re.Match[str]]]:
        """The files of a folder, by their number, then by name. Reports those whose name is no word."""
        found = []
        for path in laid:
            if not path.startswith(folder) or path == f"courses/{path.split('/')[1]}/index.md":
                continue
            name = _name(path)
            if name is None or not is_word(name["word"]):
                self._report(path)(1, f"this name can't be part of an address; {AS_FILES_ARE_NAMED}")
            else:
                found.append((int(name["number"] or 0), path, name))
        return [(path, name) for _, path, name in sorted(found, key=lambda entry: entry[:2])]

    def _check_words(self, courses: Mapping[str, Course]) -> None:
        seen: dict[str, Course] = {}
        for course in courses.values():
            other = seen.setdefault(course.slug.lower(), course)
            if other is not course:
                with suppress(TooMuch):
                    self._report(course.path)(
                        1, f'two courses are called "{course.slug}", apart from capitals; give one of them another name'
                    )


def _name(path: str) -> re.Match[str] | None:
    return NAME.fullmatch(path.rpartition("/")[2])
