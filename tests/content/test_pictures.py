"""Pictures of a school's own: known by their bytes, part of the version that shows them."""

import hashlib
import os

import pytest

from induction.content.editions import course_version, fill, lesson_edition
from induction.content.model import School
from induction.content.source.pictures import LARGEST
from tests.content.folders import LATE, LATE_QUIZ, LESSON, QUIZ
from tests.content.pictures import chunk, jpeg, png, webp

SCHOOL = School("Wrenfield")
MAP = "courses/c/pictures/map.png"


def shown(folder, picture, name="map.png"):
    """What reading says of a lesson that shows this picture."""
    folder.write(f"courses/c/pictures/{name}", picture)
    folder.lesson(f"One.\n\n![A map of the site](pictures/{name})")
    return folder.said()


@pytest.mark.parametrize(
    ("picture", "name", "kind"),
    [(png(), "map.png", "png"), (jpeg(), "map.jpg", "jpg"), (jpeg(), "MAP.JPEG", "jpg"), (webp(), "map.webp", "webp"), (jpeg(), "map.png", "jpg")],
)
def test_a_picture_is_drawn_under_the_sha256_of_its_bytes(folder, picture, name, kind):
    assert shown(folder, picture, name) == []
    reading = folder.read()
    html = fill.render(reading.library.courses["c"].lesson("late").words, SCHOOL, reading.library)
    file = f"{hashlib.sha256(picture).hexdigest()}.{kind}"
    assert f'<img src="/pictures/{file}" alt="A map of the site" width="3" height="2">' in html


@pytest.mark.parametrize(
    ("picture", "said"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "is no PNG, JPEG or WebP by its bytes"),
        (b"GIF89a" + b"\0" * 40, "is no PNG, JPEG or WebP by its bytes"),
        (b"", "is no PNG, JPEG or WebP by its bytes"),
        (png()[:-4], "is damaged or not whole"),
        (png() + b"<script>", "is damaged or not whole"),
        (png().replace(b"IDAT", b"IDAX"), "is damaged or not whole"),
        (jpeg()[:-2], "is damaged or not whole"),
        (b"\xff\xd8\xff", "is damaged or not whole"),
        (b"\xff\xd8\xff\xda\0\0\xff\xd9", "is damaged or not whole"),
        (webp()[:-1], "is damaged or not whole"),
        (b"RIFF\0\0\0\0WAVE", "is damaged or not whole"),
        (png(70_000, 1), "is 70,000 by 1 pixels"),
        (webp(5_999, 5_999), "is 5,999 by 5,999 pixels"),
        (png(3, 2, (b"acTL", b"\0" * 8)), "moves"),
        (webp(moves=True), "moves"),
        (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"\0" * 13) + chunk(b"IEND", b""), "is damaged or not whole"),
        (b"\x89PNG\r\n\x1a\n" + b"\xff" * 60, "is damaged or not whole"),
    ],
)
def test_what_is_no_picture_is_an_error_where_it_is_shown(folder, picture, said):
    [line] = shown(folder, picture)
    assert line.startswith("01-late.md:7: the picture map.png ") and said in line


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("![Map](pictures/mop.png)", '01-late.md:5: there is no picture "pictures/mop.png"; write "courses/c/pictures/map.png"'),
        ("![Map](map.png)", '01-late.md:5: there is no picture "map.png"; '),
        ("![Map](/static/map.png)", '01-late.md:5: there is no picture "/static/map.png"; '),
        ("![Map](pictures/map.svg)", '01-late.md:5: there is no picture "pictures/map.svg"; '),
        ("![Map](../../etc/passwd)", '01-late.md:5: there is no picture "../../etc/passwd"; '),
        ("![](pictures/map.png)", "01-late.md:5: this picture has no words for who can't see it; "),
        ("![  ](pictures/map.png)", "01-late.md:5: this picture has no words for who can't see it; "),
        ('![Map](pictures/map.png "Map")', "01-late.md:5: words in quotes after an address are shown to few; "),
    ],
)
def test_pictures_that_are_not_there_or_say_nothing(folder, words, said):
    folder.write(MAP, png())
    folder.lesson(words)
    assert [line[: len(said)] for line in folder.said()] == [said]


def test_a_picture_that_is_too_large_is_not_read(folder):
    assert shown(folder, png() + b"\0" * LARGEST) == ["01-late.md:7: map.png: this file has more than 300,000 bytes; save it smaller"]


def test_a_picture_that_nobody_shows_may_be_anything(folder):
    folder.write("courses/c/pictures/holiday.png", b"none")
    folder.write("courses/c/pictures/notes.txt", b"none")
    assert folder.said() == []


def test_no_link_and_no_device_is_a_picture(folder):
    pictures = folder.shipped / "courses/c/pictures"
    pictures.mkdir()
    (pictures / "map.png").symlink_to("/dev/zero")
    os.mkfifo(pictures / "pipe.png")
    folder.lesson("![Map](pictures/map.png) ![Pipe](pictures/pipe.png)")
    assert [line.partition(";")[0] for line in folder.said()] == [
        "01-late.md:5: map.png: this is a link, and links aren't followed",
        "01-late.md:5: pipe.png: this is no file but a device, a pipe or a folder",
    ]


def test_a_quiz_shows_the_pictures_of_its_course_and_the_policy_those_beside_it(folder):
    folder.write(MAP, png())
    folder.write("courses/pictures/map.png", jpeg())
    folder.write(LATE_QUIZ, QUIZ.replace("It is late.", "![Map](pictures/map.png)"))
    folder.write("courses/policy.md", "---\ntitle: Ours\n---\n\n![Map](pictures/map.png)\n")
    assert folder.said() == []


def test_another_picture_is_another_version_and_an_edition_shows_its_own(folder):
    plain = folder.read().library
    before = lesson_edition.lesson_edition(plain.courses["c"].lesson("late"), plain, SCHOOL)
    assert '"pictures"' not in before.text  # a text without pictures keeps the version it always had
    found = {}
    for picture in (png(), png(4, 4)):
        folder.write(MAP, picture)
        folder.write(LATE, LESSON + "\n![Map](pictures/map.png)\n")
        library = folder.read().library
        course = library.courses["c"]
        made = lesson_edition.lesson_edition(course.lesson("late"), library, SCHOOL)
        found[made.sha256, course_version.course_version(course, library, "england")] = made
        assert f"/pictures/{hashlib.sha256(picture).hexdigest()}.png" in lesson_edition.open_lesson(made.text).html
    assert len({version for version, _ in found}) == len({version for _, version in found}) == 2
    assert 'width="3"' in lesson_edition.open_lesson(next(iter(found.values())).text).html  # the first still shows its own
