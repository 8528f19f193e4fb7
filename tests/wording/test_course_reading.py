"""What leads are told of a course that they read lesson by lesson."""

import pytest

from induction.wording.course_reading import ReadBy, kept_as_read, left_to_read, lesson_stands, signed_words, so_far

LOU = ReadBy("Lou Hartley", "Thursday 26 November")


@pytest.mark.parametrize(
    ("reading", "before", "words"),
    [
        (LOU, None, "read by Lou Hartley on Thursday 26 November"),
        (None, None, "to read, about 24 minutes"),
        (None, LOU, "changed since Lou Hartley read it on Thursday 26 November: about 24 minutes to read"),
    ],
)
def test_how_a_lesson_stands(reading, before, words):
    assert lesson_stands(reading, before, 24) == words


@pytest.mark.parametrize(
    ("read", "of", "words"), [(0, 11, "0 of 11 read"), (3, 11, "3 of 11 read"), (11, 11, "All 11 read"), (1, 1, "Read")]
)
def test_how_far_leads_are(read, of, words):
    assert so_far(read, of) == words


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (1, "One lesson is left to read. When it is read, the course can be approved here."),
        (8, "Eight lessons are left to read. When all are read, the course can be approved here."),
        (11, "11 lessons are left to read. When all are read, the course can be approved here."),
    ],
)
def test_what_is_left(left, words):
    assert left_to_read(left) == words


@pytest.mark.parametrize(
    ("readers", "alone", "words"),
    [
        (["Lou Hartley"], True, "I have read the lessons and scenarios of this course and approve them for Wrenfield."),
        (["Kit Moran"], False, "Kit Moran has read the lessons and scenarios of this course. I approve them for Wrenfield."),
        (
            ["Lou Hartley", "Kit Moran"], False,
            "Lou Hartley and Kit Moran have read the lessons and scenarios of this course. I approve them for Wrenfield.",
        ),
    ],
)
def test_what_is_signed(readers, alone, words):
    assert signed_words("Wrenfield", readers, alone) == words


@pytest.mark.parametrize(
    ("read", "of", "words"),
    [
        (3, 11, "Kept as read: Messages. 3 of 11 read."),
        (11, 11, "Kept as read: Messages. That was the last: all of it is read, and it can be approved."),
        (1, 1, "Kept as read: Messages. All of it is read, and it can be approved."),
    ],
)
def test_what_follows_a_reading(read, of, words):
    assert kept_as_read("Messages", read, of) == words
