"""Reading a course's `index.md`."""

from __future__ import annotations

import re
from datetime import date

from ..markdown.html_writer import HtmlWriter
from ..markdown.page import ITS_OWN, Page
from ..model import ConfidenceQuestion, Course, Library, Theme
from ..problems import Report, instead, is_word, short
from ..source import front_matter
from ..source.yaml_lines import Table, Text
from .course_file import CourseFile

KEYS = ("title", "summary", "audience", "pass mark", "renewal", "themes", "confidence", "given to", "themes from")
THEME_KEYS = ("words", "question", "danger")
GIVEN_TO = ("everyone", "named people")
CONFIDENCE_KEYS = ("ask", "talk")
MOST_CONFIDENCE = 5  # questions: a minute, not a survey
PASS_MARK = 80
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


def read_course(file: CourseFile, known: Library, report: Report, page: Page = ITS_OWN) -> tuple[Course, HtmlWriter]:
    """A course as its `index.md` says it, without lessons and quizzes, and what wrote it. Raises TooMuch, which has been reported."""
    table = file.table
    front_matter.check_keys(table, KEYS, report)
    title, summary, audience = (front_matter.shown(table, key, report, 1 if key == "title" else 0) for key in KEYS[:3])
    pass_mark = front_matter.whole_number(table, "pass mark", 1, 100, report)
    renewal, themes = _renewal(table, report), _themes(table, report)
    words, writer = file.written(known, report, page)
    course = Course(
        file.slug, title, summary, audience, pass_mark or PASS_MARK, renewal, themes, words, (), {}, file.path, file.text,
        confidence=_confidence(table, report),
        by_name=_choice(table, "given to", GIVEN_TO, report) == "named people",
        themes_from=front_matter.words(table, "themes from", report),
        themes_from_line=table.lines.get("themes from", 1),
        anchors=frozenset(writer.anchors),
    )  # fmt: skip
    return course, writer


def _choice(table: Table, key: str, known: tuple[str, ...], report: Report) -> str:
    """One of the words known; the first where there is none, or it is another."""
    words = front_matter.words(table, key, report)
    if not words or words in known:
        return words or known[0]
    report(table.lines[key], f'`{key}` can\'t be "{short(words)}"; {instead(words, known)}')
    return known[0]


def _renewal(table: Table, report: Report) -> str | None:
    """`12 months`, or `every 1 September`."""
    renewal = front_matter.words(table, "renewal", report)
    if not renewal or re.fullmatch(r"[1-9][0-9]? months?", renewal):
        return renewal or None
    day = re.fullmatch(r"every ([0-9]{1,2}) ([A-Z][a-z]+)", renewal)
    if day and day[2] in MONTHS:
        try:
            date(2028, MONTHS.index(day[2]) + 1, int(day[1]))  # a leap year: 29 February is the 28th in others
        except ValueError:
            day = None
        else:
            return renewal
    report(table.lines["renewal"], f'"{short(renewal)}" is no renewal; write `12 months` or `every 1 September`')
    return None


def _themes(table: Table, report: Report) -> dict[str, Theme]:
    themes = table.get("themes")
    if themes is None:
        return {}
    if not isinstance(themes, Table):
        report(table.lines["themes"], "the themes have no names; write each on an indented line, as `friend-requests: Friend requests`")
        return {}
    found: dict[str, Theme] = {}
    lower: set[str] = set()
    for name, value in themes.items():
        line = themes.lines[name]
        if not is_word(name):
            report(line, f'"{short(name)}" can\'t name a theme; write letters, digits and hyphens')
        if name.lower() in lower:
            report(line, f'two themes are called "{name}", apart from capitals; give one of them another name')
        if name == "choose-all":
            report(line, 'no theme can be called "choose-all", which says how a scene is answered; give it another name')
        lower.add(name.lower())
        found[name] = _theme(name, value, line, report)
    return found


def _theme(name: str, value: object, line: int, report: Report) -> Theme:
    if isinstance(value, Text) and value:
        return Theme(name, str(value), line=line)
    if isinstance(value, Table):
        front_matter.check_keys(value, THEME_KEYS, report)
        words, question = front_matter.words(value, "words", report, line), front_matter.words(value, "question", report)
        return Theme(name, words, question or None, _choice(value, "danger", ("no", "yes"), report) == "yes", line)
    report(line, f'the theme "{short(name)}" has no words; write `{short(name)}: Friend requests`, say')
    return Theme(name, name, line=line)


def _confidence(table: Table, report: Report) -> tuple[ConfidenceQuestion, ...]:
    asked = table.get("confidence")
    if asked is None:
        return ()
    if not isinstance(asked, Table):
        like = "`saying-no: {ask: How ready do you feel to say no?, talk: saying no kindly}`"
        report(table.lines["confidence"], f"the questions of confidence have no names; write each on an indented line, as {like}")
        return ()
    found: dict[str, ConfidenceQuestion] = {}
    for number, (name, value) in enumerate(asked.items(), start=1):
        line = asked.lines[name]
        if not is_word(name):
            report(line, f'"{short(name)}" can\'t name a question of confidence; write letters, digits and hyphens')
        if name.lower() in found:
            report(line, f'two questions of confidence are called "{name}", apart from capitals; give one of them another name')
        if number == MOST_CONFIDENCE + 1:
            report(line, f"more than {MOST_CONFIDENCE} questions of confidence stand here; keep the {MOST_CONFIDENCE} that matter most")
        found[name.lower()] = _question(name, value, line, report)
    return tuple(found.values())


def _question(name: str, value: object, line: int, report: Report) -> ConfidenceQuestion:
    if not isinstance(value, Table):
        report(line, f'the question "{short(name)}" lacks its two parts; write `{short(name)}: {{ask: How ready do you feel …?, talk: …}}`')
        return ConfidenceQuestion(name, name, name)
    front_matter.check_keys(value, CONFIDENCE_KEYS, report)
    return ConfidenceQuestion(name, front_matter.words(value, "ask", report, line), front_matter.words(value, "talk", report, line))
