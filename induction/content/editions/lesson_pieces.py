"""A lesson and a course as leads read them, in pieces: sections, scenes, choices, questions. Each can change by itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape, unescape

from ..model import Rating, Theme
from . import matching
from .fill import TAG
from .lesson_edition import ShownLesson
from .lesson_for_leads import CourseForLeads, LessonForLeads, PolicyQuestion
from .matching import Patience
from .pieces import Changed, changed, marked
from .quiz_edition import JudgedOption, JudgedScenario, JudgedScene

HEADING = re.compile(r"<h[23]>(.*)</h[23]>", re.DOTALL)
OPENED_OR_CLOSED = re.compile(r"<(/?)([a-z][a-z0-9]*)(?:\s[^<>\"]*(?:\"[^\"]*\"[^<>\"]*)*)?(/?)>")
ID = re.compile(r' id="[^"]*"')
LEAVES = ("br", "hr", "img", "input", "wbr")
HangsOn = Mapping[tuple[str, int], tuple[str, ...]]  # as in LessonForLeads


@dataclass(frozen=True, slots=True)
class Piece:
    """What can change by itself. Its HTML carries no id, so that two versions of it can stand on one page."""

    id: str
    title: str
    html: str
    rating: Rating | None = None


def of_lesson(lesson: LessonForLeads) -> list[Piece]:
    """All that is read of a lesson, in its order."""
    themes = lesson.quiz.themes if lesson.quiz else {}
    return [
        *of_words(lesson.shown),
        *(piece for scenarios in lesson.groups for each in scenarios for piece in of_scenario(each, themes, lesson.hangs_on)),
        *_questions(lesson.questions),
    ]


def of_words(shown: ShownLesson) -> list[Piece]:
    """What a lesson says."""
    about = [shown.title, shown.summary, *shown.sources, f"Checked on {shown.reviewed:%d/%m/%Y}" if shown.reviewed else ""]
    return [Piece("about", "What it is called, and what it stands on", _paragraphs(about)), *_sections(shown.html)]


def of_course(course: CourseForLeads) -> list[Piece]:
    """All that a course says of itself."""
    return [
        Piece("about", "What it is for", _paragraphs([course.summary]) + ID.sub("", course.about)),
        Piece("lessons", "Its lessons, in their order", _list(course.lessons)),
        Piece("confidence", "What people are asked at the start and at the end", _list(each.ask for each in course.confidence)),
        *(Piece(f"theme {each.name}", each.words, _paragraphs([each.question or "No question"])) for each in course.themes),
        *_questions(course.questions),
    ]


def changes(before: Iterable[Piece], after: Iterable[Piece]) -> list[Changed[Piece]]:
    """The pieces that read or are judged otherwise, the words marked that differ; where too much does, all of them."""
    patience = Patience()
    return [_marked(each, patience) for each in changed(before, after, lambda piece: piece)]


def word_count(found: Iterable[Changed[Piece]]) -> int:
    """How many words there are to read in changes."""
    return sum(len(TAG.sub(" ", piece.html).split()) for each in found for piece in (each.before, each.after) if piece)


def _marked(each: Changed[Piece], patience: Patience) -> Changed[Piece]:
    """Of what was there before and after: only the paragraphs that differ, their words marked; a choice stays whole."""
    old, new = each.before, each.after
    if old is None or new is None:
        return each
    before, after = _differing(_blocks(old.html), _blocks(new.html), patience, whole=new.rating is not None)
    return Changed(Piece(old.id, old.title, before, old.rating), Piece(new.id, new.title, after, new.rating))


def _differing(before: list[str], after: list[str], patience: Patience, whole: bool) -> tuple[str, str]:
    """Paragraphs, each compared with the one that it has become; `whole`: with those that stayed."""
    old: list[str] = []
    new: list[str] = []
    for run in matching.runs(before, after, patience):
        if run.equal:
            old += before[run.a : run.b] if whole else ()
            new += after[run.c : run.d] if whole else ()
            continue
        for was, reads in matching.pairs(before[run.a : run.b], after[run.c : run.d]):
            was, reads = marked(was, reads, patience)
            old += [was] if was else ()
            new += [reads] if reads else ()
    return "\n".join(old), "\n".join(new)


def _sections(html: str) -> Iterator[Piece]:
    """What stands under each heading of a lesson; of two headings alike, the second is another."""
    parts: list[tuple[str, list[str]]] = [("The beginning", [])]
    for block in _blocks(ID.sub("", html)):
        if heading := HEADING.fullmatch(block):
            parts.append((unescape(TAG.sub("", heading[1])), []))
        else:
            parts[-1][1].append(block)
    known: Counter[str] = Counter()
    for title, blocks in parts:
        known[title] += 1
        yield Piece(f"section {title} {known[title]}", title, "\n".join(blocks))


def _blocks(html: str) -> list[str]:
    """HTML, cut after each paragraph, list, box or heading that stands in nothing else."""
    cuts, depth = [0], 0
    for tag in OPENED_OR_CLOSED.finditer(html):
        closes, name, leaf = tag.groups()
        if not leaf and name not in LEAVES:
            depth += -1 if closes else 1
        if not depth:
            cuts.append(tag.end())
    return [block for start, end in zip(cuts, [*cuts[1:], len(html)], strict=True) if (block := html[start:end].strip())]


def of_scenario(scenario: JudgedScenario, themes: Mapping[str, Theme], hangs_on: HangsOn) -> Iterator[Piece]:
    """What is read of a scenario, with each choice apart."""
    said = [themes[name].words for name in scenario.themes if name in themes]
    said += [f"{scenario.phase} schools only"] if scenario.phase else []
    said += [f"sends back to {scenario.read.title}"] if scenario.read else []
    said += [f"says first that it is about {scenario.warn}"] if scenario.warn else []
    yield Piece(f"scenario {scenario.id}", scenario.title, _paragraphs([", ".join(said)]))
    for scene in scenario.scenes.values():
        name = "" if scene.id == scenario.id else f"<p><b>{escape(scene.title)}</b></p>\n"
        asks = "<p>All that apply are to be chosen.</p>\n" if scene.choose_all else ""
        yield Piece(f"scene {scenario.id} {scene.id}", scenario.title, name + scene.html + asks)
        yield from (_option(scenario, scene, option, hangs_on.get((scene.id, option.number), ())) for option in scene.options)


def _option(scenario: JudgedScenario, scene: JudgedScene, option: JudgedOption, hangs_on: tuple[str, ...]) -> Piece:
    html = f'<p class="chosen">{option.label_html}</p>\n{option.feedback}'
    more = [f"Hangs on: {' '.join(hangs_on)}" if hangs_on else ""]
    more += [f"Goes on to {scenario.scenes[option.leads_to].title}" if option.leads_to else ""]
    return Piece(f"option {scenario.id} {scene.id} {option.number}", scenario.title, html + _paragraphs(more), option.rating)


def _questions(questions: Iterable[PolicyQuestion]) -> Iterator[Piece]:
    for each in questions:
        yield Piece(f"policy {each.name}", each.ask, _list(f"{label}: {says}" for label, says in each.answers))


def _paragraphs(words: Iterable[str]) -> str:
    return "".join(f"<p>{escape(each)}</p>\n" for each in words if each)


def _list(items: Iterable[str]) -> str:
    return "<ul>\n" + "".join(f"<li>{escape(each)}</li>\n" for each in items) + "</ul>\n"
