"""Courses, lessons, front matter, facts, policy and the words of nations, as they are read from files."""

import os
import re
from datetime import date

import pytest

from induction.content.model import Source
from tests.content.folders import COURSE, FACTS, INDEX, LATE, LATE_QUIZ, LESSON, NATIONS, POLICY, QUIZ


def test_a_folder_without_a_problem(folder):
    reading = folder.read()
    assert reading.problems == ()
    course = reading.library.courses["c"]
    assert (course.title, course.pass_mark, list(course.themes)) == ("Boundaries", 75, ["messages", "parents"])
    assert course.themes["parents"].question == "Who is also a friend?"
    assert [(lesson.slug, lesson.number) for lesson in course.lessons] == [("late", 1)]
    assert [(heading.id, heading.title) for heading in course.lessons[0].headings] == [("what-to-do", ("What to do",))]
    assert list(course.quizzes) == ["late"]
    assert [file.path for file in reading.files if file.path.endswith(".md")] == [LATE, COURSE, LATE_QUIZ]


def test_all_that_front_matter_may_say(folder):
    front = "title: Late\nsummary: Wait.\nminutes: 6\nreviewed: 2026-11-22\nsources:\n  - One, 2026\n  - \"Two: three\""
    folder.lesson("Words.", front)
    folder.write(COURSE, INDEX.replace("pass mark: 75", "pass mark: 100\nrenewal: every 1 September\naudience: Everyone"))
    reading = folder.read()
    assert reading.problems == ()
    lesson = reading.library.courses["c"].lesson("late")
    assert (lesson.summary, lesson.minutes, lesson.reviewed) == ("Wait.", 6, date(2026, 11, 22))
    assert lesson.sources == (Source("One, 2026"), Source("Two: three"))
    assert reading.library.courses["c"].renewal == "every 1 September"
    folder.write(COURSE, INDEX.replace("pass mark: 75", "renewal: every 29 February"))
    assert folder.read().library.courses["c"].renewal == "every 29 February"


def test_sources_may_be_for_some_nations(folder):
    folder.lesson("Words.", 'title: Late\nsources:\n  - One\n  - england: Two, 2026\n  - england,  northern-ireland : "Three: a guide"')
    reading = folder.read()
    assert reading.problems == ()
    assert reading.library.courses["c"].lesson("late").sources == (
        Source("One"),
        Source("Two, 2026", frozenset({"england"})),
        Source("Three: a guide", frozenset({"england", "northern-ireland"})),
    )


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("summary: x", "01-late.md:1: `title` is missing; write `title: …`"),
        ("title:", "01-late.md:2: `title` is empty; write `title: …`"),
        ("title: x\nsumary: y", '01-late.md:3: unknown key "sumary"; write "summary"'),
        ("title: x\ntitle: y", '01-late.md:3: the key "title" is given twice; keep one of them'),
        ("title: x\nminutes: 0", "01-late.md:3: `minutes` is not a whole number from 1 to 600; write `minutes: 6`, say"),
        ("title: x\nminutes: 2.5", "01-late.md:3: `minutes` is not a whole number from 1 to 600; write `minutes: 6`, say"),
        ("title: x\nreviewed: 2026-02-30", "01-late.md:3: 2026-02-30 is not a real date; "),
        ("title: x\nreviewed: May", "01-late.md:3: `reviewed` is not a date; "),
        ("title: x\nsources: {a: b}", "01-late.md:3: `sources` is no list; write `- …` on a line for each, or `- england, wales: …` for some"),
        ("title: x\nsources:\n  - One\n  - {a: b}", '01-late.md:5: unknown nation "a"; known are: england, northern-ireland, scotland, wales; a source'),
        ("title: x\nsources:\n  - Safeguarding: a guide", '01-late.md:4: unknown nation "Safeguarding"; known are: '),
        ("title: x\nsources:\n  - england, Wales: b", '01-late.md:4: unknown nation "Wales"; write "wales"; a source whose own words hold a colon stands in'),
        ("title: x\nsources:\n  - england,: b", '01-late.md:4: unknown nation ""; known are: '),
        ("title: x\nsources:\n  - england: b\n    wales: c", "01-late.md:4: this source is no line of words; write `- …` on a line for each, or"),
        ("title: x\nsources:\n  - {}", "01-late.md:4: this source is no line of words; "),
        ("title: x\nsources:\n  - [a]", "01-late.md:4: this source is no line of words; "),
        ("title: x\nsources:\n  - england:", "01-late.md:4: this source has no words after its nation; write `- england, wales: …`"),
        ("title: x\nsources:\n  - england: [a]", "01-late.md:4: this source has no words after its nation; write "),
        ("title: [x", "01-late.md:3: this can't be read as YAML ("),
        ("title: a: b", "01-late.md:2: this can't be read as YAML ("),
        ("- title", "01-late.md:2: the front matter is not made of keys; write `title: …` there"),
        ("title: &a x", "01-late.md:2: an anchor (&) or alias (*) stands here; "),
        ("title: !!python/name:os.system x", "01-late.md:2: the tag tag:yaml.org,2002:python/name:os.system stands here; "),
    ],
)
def test_front_matter_that_is_wrong(folder, front, said):
    folder.lesson("Words.", front)
    assert [line[: len(said)] for line in folder.said()][:1] == [said]


def test_front_matter_that_is_missing_or_never_closed(folder):
    folder.write(LATE, "Words alone.\n")
    assert folder.said()[0].startswith("01-late.md:1: the file has no front matter; begin it with `---`, `title: …`")
    folder.write(LATE, "---\ntitle: Late\n\nWords.\n")
    assert folder.said()[0].startswith("01-late.md:1: the front matter is never closed; write `---`")


@pytest.mark.parametrize("plain", ["no", "0123", "1e3", "null-ish", "12:30"])
def test_yaml_makes_nothing_of_words_but_words(folder, plain):
    folder.lesson("Words.", f"title: {plain}")
    assert folder.read().library.courses["c"].lesson("late").title == plain


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("pass mark: 75", "pass mark: 101", "index.md:3: `pass mark` is not a whole number from 1 to 100"),
        ("pass mark: 75", "pass_mark: 75", 'index.md:3: unknown key "pass_mark"; write "pass mark"'),
        ("pass mark: 75", "renewal: now and then", 'index.md:3: "now and then" is no renewal; write `12 months`'),
        ("pass mark: 75", "renewal: every 31 June", 'index.md:3: "every 31 June" is no renewal'),
        ("  messages: Messages", "  messages:", 'index.md:5: the theme "messages" has no words'),
        ("  parents:", "  Messages: x\n  parents:", 'index.md:6: two themes are called "Messages", apart from capitals'),
    ],
)
def test_a_course_that_is_wrong(folder, before, after, said):
    folder.write(COURSE, INDEX.replace(before, after))
    assert any(line.startswith(said) for line in folder.said())


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("facts", FACTS.replace("checked: 2026-11-22", "checked: 2026-13-01", 1), "facts.yml:5: 2026-13-01 is not a real date"),
        ("facts", FACTS.replace("  source: The helpline's own site\n", "", 1), "facts.yml:1: `source` is missing"),
        ("facts", FACTS.replace("what:", "wat:", 1), 'facts.yml:3: unknown key "wat"; write "what"'),
        ("facts", FACTS + FACTS, 'facts.yml:11: the key "helpline-phone" is given twice'),
        ("facts", "a b: {value: x}", 'facts.yml:1: "a b" can\'t name a fact'),
        ("policy", POLICY.replace("label: Platforms only, ", ""), "policy.yml:6: `label` is missing"),
        ("policy", POLICY.replace("platforms:", "None:"), 'policy.yml:5: two stances are called "none", apart from capitals'),
        ("policy", POLICY.replace("approved-accounts", "approved-acounts"), 'policy.yml:7: no register is called "approved-acounts"'),
        ("policy", POLICY.replace("pupil-contact:", "nation:"), 'policy.yml:1: "nation" can\'t be a facet'),
        ("policy", POLICY.partition("  stances")[0], 'policy.yml:1: the facet "pupil-contact" has no stances'),
        ("nations", NATIONS.replace("wales", "cornwall"), 'nations.yml:3: unknown nation "cornwall"'),
        ("nations", NATIONS + "  name: x\n", 'nations.yml:1: "england" has no "name", which another nation has'),
    ],
)
def test_tables_that_are_wrong(folder, file, text, said):
    folder.write(f"courses/{file}.yml", text)
    assert [line for line in folder.said() if line.startswith(f"courses/{said}")]


def test_lessons_go_by_their_number_and_gaps_are_fine(folder):
    folder.write("courses/c/10-ten.md", LESSON)
    folder.write("courses/c/2-two.md", LESSON)
    assert [lesson.slug for lesson in folder.read().library.courses["c"].lessons] == ["late", "two", "ten"]


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("courses/c/late-again.md", LESSON, "late-again.md:1: this lesson has no number; call the file 01-late-again.md, say"),
        ("courses/c/03-Late.md", LESSON, '03-Late.md:1: two lessons are called "Late", this one and courses/c/01-late.md'),
        ("courses/c/03-a b.md", LESSON, "03-a b.md:1: this name can't be part of an address; write a number"),
        ("courses/d/01-x.md", LESSON, "courses/d/01-x.md:1: this lesson has no course; write courses/d/index.md beside it"),
        ("quizzes/c/02-lat.md", QUIZ, '02-lat.md:1: this quiz has no lesson "lat" in courses/c/; write "late"'),
        ("quizzes/c/02-late.md", QUIZ, '02-late.md:1: two quizzes are called "late"; keep one of them'),
        ("courses/c/more/01-x.md", LESSON, "more:1: a folder lies inside a course; "),
        ("courses/C/index.md", INDEX, 'index.md:1: two courses are called "c", apart from capitals'),
    ],
)
def test_files_in_the_wrong_place(folder, path, text, said):
    folder.write(path, text)
    assert any(line.startswith(said) for line in folder.said()), folder.said()


@pytest.mark.parametrize("stray", [".01-late.md.swp", ".hidden/x.md", "picture.png", "notes.txt", "01-late.md~"])
def test_stray_files_are_ignored(folder, stray):
    folder.write(f"courses/c/{stray}", b"\xff\x00")
    folder.write(f"courses/{stray}", b"\xff\x00")
    assert folder.said() == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (LESSON.encode("utf-16-be"), "01-late.md:1: this line holds a sign that can't be shown (U+0000); delete it"),
        (LESSON.encode("utf-16") + b"\n", "01-late.md:1: this line is not UTF-8 text; save the file with the encoding UTF-8"),
        (LESSON.encode() + "\n\u0008".encode(), "01-late.md:11: this line holds a sign that can't be shown (U+0008); delete it"),
        (LESSON.encode() + b"\n\xe9", "01-late.md:11: this line is not UTF-8 text; save the file with the encoding UTF-8"),
        (LESSON.encode() + b"\r\n\x00", "01-late.md:11: this line holds a sign that can't be shown (U+0000); delete it"),
        (LESSON.encode() + "\U000f4000".encode(), "01-late.md:10: this line holds a sign that can't be shown (U+F4000); delete it"),
        (LESSON.encode() + b" " * 256 * 1024, "01-late.md:1: this file has more than 262,144 bytes; part it in two"),
    ],
)
def test_files_that_are_no_text(folder, content, said):
    folder.write(LATE, content)
    assert [line[: len(said)] for line in folder.said()] == [said]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: text.replace("\n", "\v"),
        lambda text: text.replace("\n", "\u2028"),
        lambda text: text.encode("utf-16"),
        lambda text: text.replace("\n", "\r\n").encode("utf-16"),
        lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    ],
)
def test_a_byte_order_mark_other_line_ends_and_encodings_change_nothing(folder, change):
    before = folder.read().library
    for path, text in ((LATE, LESSON), (LATE_QUIZ, QUIZ), (COURSE, INDEX), ("courses/facts.yml", FACTS)):
        folder.write(path, change(text))
    assert folder.read().library == before
    assert folder.said() == []


def test_no_link_is_followed(folder, tmp_path):
    """Not even one that stays inside: where it leads may change between two looks."""
    elsewhere = tmp_path / "elsewhere.md"
    elsewhere.write_text(LESSON)
    for name, target in (("02-again", "01-late.md"), ("03-out", elsewhere), ("04-gone", "nowhere.md"), ("05-round", "05-round.md")):
        (folder.shipped / f"courses/c/{name}.md").symlink_to(target)
    (folder.shipped / "courses/d").symlink_to(tmp_path)
    (folder.shipped / "quizzes/d").symlink_to("c")
    (folder.own / "courses").symlink_to(folder.shipped / "courses")
    assert [line.partition(";")[0] for line in folder.said()] == [
        *(f"{path}:1: this is a link, and links aren't followed" for path in ("02-again.md", "03-out.md", "04-gone.md", "05-round.md")),
        *(f"{path}:1: this is a link, and links aren't followed" for path in ("courses/d", "courses", "quizzes/d")),
    ]
    assert [lesson.slug for lesson in folder.read().library.courses["c"].lessons] == ["late"]


def test_the_content_folder_itself_may_be_behind_a_link(folder, tmp_path):
    (tmp_path / "here").symlink_to(folder.shipped)
    from induction.content.reading import library

    assert library.read(tmp_path / "here", None).library == folder.read().library


def test_a_pipe_is_no_file(folder):
    os.mkfifo(folder.shipped / "courses/c/02-pipe.md")
    assert folder.said() == ["02-pipe.md:1: this is no file but a device, a pipe or a folder; put a text file here"]


def test_a_quiz_is_not_blamed_for_a_lesson_that_cant_be_read(folder):
    folder.write(LATE, b"\xff")
    assert folder.said() == ["01-late.md:1: this line is not UTF-8 text; save the file with the encoding UTF-8"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Ask {{ schol }}.", '01-late.md:5: unknown word in braces "schol"; write "school"'),
        ("Ring {{ fact helpline }}.", '01-late.md:5: unknown fact "helpline"; write "helpline-'),
        ("Ring {{ helpline-phone }}.", '01-late.md:5: unknown word in braces "helpline-phone"; write {{ fact helpline-phone }}'),
        ("One.\n\nAsk the {{ nation: lead title }}.", '01-late.md:7: unknown word of a nation "lead title"; write "safeguarding lead title"'),
        ("Ask {{ school.", "01-late.md:5: two braces open here and don't close on the same line; write {{ school }}, say"),
        ("[Go](http://a.example)", '01-late.md:5: a link may not begin with "http:"; write https:'),
        ("[Go](javascript:alert)", '01-late.md:5: a link may not begin with "javascript:"; write https:'),
        ("[Go](//a.example/x)", '01-late.md:5: the link "//a.example/x" leads to another site; '),
        ("[Go](/\\a.example)", '01-late.md:5: the link "/\\a.example" has a space or a sign that no address has; '),
        ("[Go](https://{{ school }}/)", "01-late.md:5: words in braces stand in the address of a link; "),
        ("One\ntwo\n![Map](https://a.example/map.png)", '01-late.md:7: the picture "https://a.example/map.png" comes from elsewhere; '),
        ("![Map](pictures/map.png)", '01-late.md:5: there is no picture "pictures/map.png"; '),
        ("Words.\n{onclick=x}", '01-late.md:6: the attribute "onclick" can\'t be set here; '),
        ("**Words**{style=x}", "01-late.md:5: nothing can be set in braces here; "),
        ("## One {#a}\n\n## Two {#A}", '01-late.md:7: the id "A" is on line 5 too; give one of them another'),
        ("# One", "01-late.md:5: only headings of the second and third level can be used; write ## or ###"),
        ("#### One", "01-late.md:5: only headings of the second and third level can be used; write ## or ###"),
        ("[best]: https://a.example", "01-late.md:5: this line would turn every [best] into a link; write links in place"),
        ("- one\n\n  [best]: https://a.example", "01-late.md:7: this line would turn every [best] into a link; "),
    ],
)
def test_words_that_are_wrong(folder, words, said):
    folder.lesson(words)
    assert [line[: len(said)] for line in folder.said()][:1] == [said]


def test_every_problem_of_a_file_is_said_at_once(folder):
    folder.lesson("{{ a }}\n\n/// keys | b\nc\n///\n\n- [d](ftp://e)\n\n  > {{ f }}\n\n## g {h}\n\n/// more | i\nj", "titel: k")
    assert [int(line.split(":")[1]) for line in sorted(folder.said(), key=lambda line: int(re.findall(r"\d+", line)[1]))] == [
        1, 2, 5, 7, 11, 13, 15, 17,
    ]


def test_the_signature_changes_with_the_files(folder):
    from induction.content.reading import library

    before = library.signature(folder.shipped, folder.own)
    assert library.signature(folder.shipped, folder.own) == before
    folder.write(LATE, LESSON + "More.\n")
    changed = library.signature(folder.shipped, folder.own)
    assert changed != before
    folder.write("courses/policy.yml", POLICY, own=True)
    assert library.signature(folder.shipped, folder.own) != changed
