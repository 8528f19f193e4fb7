"""Files made to harm: each is read correctly, or reported with its file and line, and neither takes long.

Reading runs in a process of its own with 256 MiB of memory and two seconds of processor time, after
which the kernel kills it. Nothing here looks at a clock.
"""

import os

import pytest

from tests.content.folders import COURSE, LATE, LATE_QUIZ, LESSON, QUIZ
from tests.content.limits import TookTooMuch

FRONT = "---\ntitle: x\n---\n\n"
LARGEST = 256 * 1024 - 100


def cut(text):
    return text[: LARGEST]


FLOODS = {
    "brackets": "[" * 8_000,
    "brackets, in paragraphs": cut(("[" * 190 + "\n\n") * 2_000),
    "lists in each other": "\n".join("  " * depth + "- x" for depth in range(500)),
    "lists in each other, on one line": "- " * 10_000 + "x",
    "quotes": ">" * LARGEST,
    "quotes in lists": cut("> - " * 10_000),
    "stars": "*" * LARGEST,
    "emphasis": cut(("*a* " * 5_000 + "\n\n") * 20),
    "emphasis in each other": cut(("*a " * 3_000 + "a* " * 3_000 + "\n\n") * 20),
    "emphasis in each other, below the limits": "*a **b " * 80 + "b** a* " * 80,
    "links in each other": "[" * 190 + "a](/b)" * 190,
    "pictures": cut(("![" * 190 + "\n\n") * 1_000),
    "links that never close": cut(("[a](((((((" * 190 + "\n\n") * 200),
    "backticks": cut(("`a " * 6_000 + "\n\n") * 20),
    "backslashes": cut(("\\" * 19_000 + "\n\n") * 20),
    "less-than signs": cut(("<a " * 6_000 + "\n\n") * 20),
    "attributes": "## a {" + ".a " * 60_000 + "}",
    "attributes that never close": cut(("*a*{" * 4_000 + "\n\n") * 20),
    "lines": cut("a\n" * 200_000),
    "empty lines": "\n" * LARGEST,
    "spaces": " " * LARGEST,
    "rules": cut("---\n" * 100_000),
    "headings": cut("## a\n" * 100_000),
    "lists": cut("- a\n\n" * 60_000),
    "tables": cut("a|b\n-|-\na|b\n\n" * 20_000),
    "a wide table": "|a" * 9_000 + "\n" + "|-" * 9_000 + "\n",
    "blocks": cut("/// key\nb\n///\n" * 20_000),
    "blocks that never close": cut("/// key | a\n" * 20_000),
    "tries": cut("/// try | a\n- b\n  > c\n- d\n  > e\n///\n" * 8_000),
    "a try of many choices": "/// try | a\n" + cut("- b\n  > c\n\n" * 25_000) + "\n///\n",
    "tries in each other": "\n".join("/" * (500 - depth) + " try | a" for depth in range(450)),
    "blocks in each other": "\n".join("/" * (500 - depth) + " key" for depth in range(450)),
    "closing lines": cut("///\n" * 60_000),
    "a long chat": "/// chat | a\n" + cut("You: hi\n\n" * 28_000) + "\n///\n",
    "a block with many stances": "/// policy | a: " + "a, " * 80_000 + "\nx\n///\n",
    "words in braces": cut("".join(f"{{{{{number}}}}}\n\n" for number in range(40_000))),
    "entities": cut(("&amp;" * 3_900 + "\n\n") * 20),
    "link definitions": cut("[a]: b\n" * 40_000),
    "one long rating": "- [best; best if " + "a is b and " * 15_000 + "a is b] a\n\n  > b\n",
    "options": cut("- [best] a\n\n  > b\n\n" * 20_000),
    "scenes": "".join(f"### b {{#b{number}}}\n\nx\n\n" for number in range(12_000)),
}


@pytest.mark.parametrize("flood", FLOODS)
def test_floods(folder, flood, read_within_limits):
    folder.write(LATE, FRONT + FLOODS[flood])
    folder.write(LATE_QUIZ, FRONT + "## a {#a .messages}\n\n" + FLOODS[flood])
    said = read_within_limits(folder)
    assert all(line.startswith(("courses/c/01-late.md:", "quizzes/c/01-late.md:")) for line in said)
    assert [line for line in said if line.startswith("quizzes")]  # none of these is a sound quiz


TABLES = {
    "lists in each other": ("a: " + "[" * LARGEST, ":1: this is nested more than 8 deep"),
    "tables in each other": ("a: " + "{" * LARGEST, ":1: this is nested more than 8 deep"),
    "an alias bomb": ("a: &a [x,x]\n" + "".join(f"{b}: &{b} [*{a},*{a}]\n" for a, b in zip("abcdefghi", "bcdefghij", strict=True)), ":1: an anchor (&)"),
    "a merge bomb": ("a: &a {x: 1}\nb: {<<: [*a, *a]}", ":1: an anchor (&)"),
    "a merge without an anchor": ("<<: [a, b]", ':1: "<<" can\'t name a fact'),
    "a tag": ("a: !!python/object/apply:os.system [ls]", ":1: the tag tag:yaml.org,2002:python/object/apply:os.system"),
    "a tag of a scalar": ("x: {value: !!binary aGk=}", ":1: the tag tag:yaml.org,2002:binary"),
    "many keys": ("".join(f"k{number}: v\n" for number in range(20_000)), ":201: there are more than 200 problems in this file"),
    "one key many times": ("k: {}\n" * 30_000, ":202: there are more than 200 problems in this file"),
    "two documents": ("a: {}\n---\nb: {}", ":2: a second document"),
    "a directive": ("%YAML 1.1\n---\na: {}", ":"),
    "a key that is a list": ("? [a, b]\n: c", ":1: a list or table stands where a key belongs"),
    "a long line": ('a: "' + "x" * 200_000 + '"', ":1: the fact \"a\" has nothing under it"),
}


@pytest.mark.parametrize("bomb", TABLES)
def test_yaml_bombs(folder, bomb, read_within_limits):
    text, said = TABLES[bomb]
    folder.write("courses/facts.yml", cut(text))
    found = read_within_limits(folder)
    assert any(line.startswith(f"courses/facts.yml{said}") for line in found), found[:3]


@pytest.mark.parametrize("bomb", ["an alias bomb", "a merge bomb", "a tag", "lists in each other", "many keys"])
def test_yaml_bombs_in_front_matter(folder, bomb, read_within_limits):
    text = TABLES[bomb][0]
    for path in (COURSE, LATE, LATE_QUIZ):
        folder.write(path, f"---\n{cut(text)}\n---\n")
    found = read_within_limits(folder)
    assert {line.split(":")[0] for line in found} >= {COURSE, LATE, LATE_QUIZ}


def test_yaml_under_a_block_is_words(folder, read_within_limits):
    folder.lesson("/// key | a\na: &a [x]\nb: {<<: [\\*a, \\*a]}\n\nb\n///")
    assert read_within_limits(folder) == []


@pytest.mark.parametrize("themes", [400, 9_000])
def test_thousands_of_names_are_not_compared_one_by_one(folder, themes, read_within_limits):
    folder.write(COURSE, "---\ntitle: x\nthemes:\n" + "".join(f"  t{number}-abcdefgh: v\n" for number in range(themes)) + "---\n")
    folder.quiz("## a {#a " + " ".join(f".x{number}-abcdefgh" for number in range(1_200)) + "}\n\n- [best] a\n\n  > b\n\n- [poor] c\n\n  > d\n")
    found = read_within_limits(folder)
    assert found[-1].endswith("there are more than 200 problems in this file; mend those above first")


def test_devices_pipes_and_links_to_them(folder, read_within_limits):
    for number, target in enumerate(("/dev/zero", "/dev/stdin", "/proc/self/mem", "/", ".."), 2):
        (folder.shipped / f"courses/c/0{number}-x{number}.md").symlink_to(target)
    os.mkfifo(folder.shipped / "quizzes/c/02-pipe.md")
    found = read_within_limits(folder)
    assert [line.partition("; ")[0].partition(":1: ")[2] for line in found] == [
        *["this is a link, and links aren't followed"] * 5,
        "this is no file but a device, a pipe or a folder",
    ]


def test_the_largest_file_there_may_be_is_read(folder, read_within_limits):
    """A real quiz of 250 kB, with more scenarios than anybody will write, passes all limits."""
    scenario = QUIZ.partition("---\n\n")[2].replace("It is late.", "It is late. " * 60 + "\n\n/// phone | Instagram\n**Jo** · now\n///")
    many = "\n".join(scenario.replace("#late", f"#late-{number}") for number in range(250_000 // len(scenario)))
    folder.quiz(many)
    folder.lesson("\n\n".join(["Words with [a link](/help) and {{ school }}. " + "Plain words about it. " * 22] * 450))
    assert len(many) > 240_000
    assert read_within_limits(folder) == []


@pytest.mark.parametrize("over", ["held = bytearray(300 * 2**20)", "sum(range(10**11))"])
def test_these_limits_can_fail(folder, read_within_limits, over):
    assert read_within_limits(folder) == []
    with pytest.raises(TookTooMuch):
        read_within_limits(folder, over)
    assert read_within_limits(folder) == [], "and the next may be read"


def test_a_lesson_that_is_refused_leaves_the_others(folder):
    folder.write(LATE, FRONT + "[" * 8_000)
    folder.write("courses/c/02-two.md", LESSON)
    reading = folder.read()
    assert [lesson.slug for lesson in reading.library.courses["c"].lessons] == ["two"]
    assert [str(problem) for problem in reading.problems] == [
        "courses/c/01-late.md:5: there are more than 200 opening brackets in this paragraph; write less, or part it in two"
    ]
