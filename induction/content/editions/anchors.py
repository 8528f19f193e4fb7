"""Where the texts of a course stand beside each other on one page: ids that stay apart, and links from one to another.

No slug of a lesson, and no id of a heading or scene, holds a dot, so no two places are the same.
"""

from __future__ import annotations

from ..markdown.page import Page
from ..model import Course

TOP = "contents"  # what a link to the whole course leads to


def lesson_place(lesson: str) -> str:
    return f"lesson.{lesson}"


def heading_place(lesson: str, heading: str) -> str:
    return f"heading.{lesson}.{heading}"


def scene_place(lesson: str, scene: str) -> str:
    return f"scene.{lesson}.{scene}"


def place(course: Course, lesson: str, heading: str) -> str:
    """A heading of a lesson where every school has it on the page, else the lesson; the top where no lesson is named."""
    text = course.lesson(lesson) if lesson else course
    if text and heading in text.anchors:
        return heading_place(lesson, heading)
    return lesson_place(lesson) if lesson else TOP


def one_page(course: Course, lesson: str, anchors: bool = True) -> Page:
    """The page of all of a course, as one of its texts is written for it; an empty `lesson` is what the course says of itself.

    Headings stand one level lower, and nothing is folded or to be ticked. Without `anchors` nothing leads into the text.
    """
    folder = f"/courses/{course.slug}/"

    def anchor(name: str) -> str:
        return heading_place(lesson, name) if anchors else ""

    def link(address: str) -> str:
        path, _, heading = (f"{folder}{lesson}{address}" if address.startswith("#") else address).partition("#")
        other = path.removeprefix(folder)
        if not path.startswith(folder) or (other and course.lesson(other) is None):
            return address
        return f"#{place(course, other, heading)}"

    return Page(heading=3, folded=False, ticks=False, table="group", anchor=anchor, link=link)
