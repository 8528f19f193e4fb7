"""Texts of a course beside each other on one page: headings one level lower, ids and links that stay apart, nothing
folded, and a plain list where a lesson has boxes to tick.

The HTML is our own, so it may be read by pattern: outside of tags there is no bare `<`, inside none but their own.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import urljoin

from ..markdown.blocks.checklist import WRITTEN as CHECKLIST
from ..model import Course

TOP = "contents"  # what a link to the whole course leads to
TAG = re.compile(r"</?[a-z][^>]*>")
ID = re.compile(r' id="([^"]*)"')
HREF = re.compile(r' href="([^"]*)"')
HEADING = re.compile(r"(</?h)([23])\b")
UNFOLDED = (  # as draw_blocks draws them
    ('<details class="more">\n<summary><span>', '<div class="more">\n<p><b>'),
    ("</span></summary>", "</b></p>"),
    ("</details>", "</div>"),
)
TICKS = re.compile(r'<p class="checklist-note".*?</p>\n|<label [^>]*><input [^>]*><span>|</span></label>', re.DOTALL)
CHECKLIST_BEGINS = re.compile(r"^<div[^>]*>")


# Places. No word of a lesson, heading or scene holds a dot, so no two of them are the same.

def lesson_place(lesson: str) -> str:
    return f"lesson.{lesson}"


def heading_place(lesson: str, heading: str) -> str:
    return f"heading.{lesson}.{heading}"


def scene_place(lesson: str, scene: str) -> str:
    return f"scene.{lesson}.{scene}"


def places(html: str) -> set[str]:
    """The ids in HTML that was made fit."""
    return {name for tag in TAG.findall(html) for name in ID.findall(tag)}


def place(lesson: str, heading: str, there: Collection[str]) -> str:
    """A heading of a lesson where it is on the page, else the lesson; the top where no lesson is named."""
    wanted = heading_place(lesson, heading)
    if heading and wanted in there:
        return wanted
    return lesson_place(lesson) if lesson else TOP


# Making fit

def fit(html: str, lesson: str | None) -> str:
    """HTML of a text, to stand beside others. Ids carry the lesson's word; where there is none they go."""
    html = CHECKLIST.sub(lambda found: CHECKLIST_BEGINS.sub("<div>", TICKS.sub("", found[0])), html)
    for folded, unfolded in UNFOLDED:
        html = html.replace(folded, unfolded)
    return TAG.sub(lambda found: _tag(found[0], lesson), html)


def _tag(tag: str, lesson: str | None) -> str:
    tag = HEADING.sub(lambda found: f"{found[1]}{int(found[2]) + 1}", tag, count=1)
    if tag.startswith('<div class="scrolls"'):
        return tag.replace('role="region"', 'role="group"')  # a region of one name stands once on a page
    return ID.sub(lambda found: "" if lesson is None else f' id="{heading_place(lesson, found[1])}"', tag)


def linked(html: str, course: Course, lesson: str, there: Collection[str]) -> str:
    """The same, with links into this course leading to where it stands on the page. Other links stay."""

    def link(found: re.Match[str]) -> str:
        target = _inside(found[1], course, lesson, there)
        return found[0] if target is None else f' href="#{target}"'

    return TAG.sub(lambda tag: HREF.sub(link, tag[0]) if tag[0].startswith("<a ") else tag[0], html)


def _inside(href: str, course: Course, lesson: str, there: Collection[str]) -> str | None:
    """The place that a link written in a lesson leads to; None where it leads elsewhere."""
    folder = f"/courses/{course.slug}/"
    try:
        path, _, heading = urljoin(f"{folder}{lesson}", href).partition("#")
    except ValueError:
        return None
    word = path.removeprefix(folder)
    if not path.startswith(folder) or (word and course.lesson(word) is None):
        return None
    return place(word, heading, there)
