"""A school's own letters: what Markdown becomes as plain text, and what a letter can't hold, by line."""

import pytest

from induction.wording.own_letters import read

KNOWN = ("first name", "what is left")
WORDS = {"first name": "Tess *the* {first name}", "what is left": ""}


@pytest.mark.parametrize(
    ("written", "paragraphs"),
    [
        ("Hello {first name},\n\nsoon.", ["Hello Tess *the* {first name},", "soon."]),  # a name is nobody's markup
        ("Hello { First  Name },", ["Hello Tess *the* {first name},"]),
        ("one line\nand the next", ["one line and the next"]),
        ("one\\\ntwo", ["one\ntwo"]),
        ("**strong** and *soft*", ["*strong* and *soft*"]),
        ("- one\n- two\n  - three", ["– one\n– two\n  – three"]),
        ("1. one\n2. two", ["1. one\n2. two"]),
        ("see [our page](https://a.example/x?a=1&b=2), please", ["see our page, please\nhttps://a.example/x?a=1&b=2"]),
        ("[a](https://a.example) and [b](https://b.example)", ["a and b\nhttps://a.example\nhttps://b.example"]),
        ("<https://a.example/x>", ["https://a.example/x"]),
        ("write to [Lou](mailto:lou@a.example)", ["write to Lou (lou@a.example)"]),
        ("ring [01632 960140](tel:01632960140)", ["ring 01632 960140 (01632960140)"]),
        ("{what is left}", []),
        ("It is. {what is left} Yes.", ["It is. Yes."]),
        ("5 × 3 &times; a\\*b", ["5 × 3 × a*b"]),
    ],
)
def test_what_a_letter_becomes(written, paragraphs):
    found = read(written, KNOWN)
    assert (found.problems, found.filled(WORDS)) == ((), paragraphs)


@pytest.mark.parametrize(
    ("written", "line", "says"),
    [
        ("Hello\n\n{surname of}", 3, "There is no word {surname of} here; known are: first name, what is left"),
        ("{fist name}", 1, "There is no word {fist name} here; write {first name}"),
        ("{first name", 1, "A brace too many stands here; write a word in single braces, such as {first name}"),
        ("{{ first name }}", 1, "A brace too many stands here; write a word in single braces, such as {first name}"),
        ("# Title", 1, "A letter holds paragraphs, lists and links; write this as one of them"),
        ("x\n\n> said", 3, "A letter holds paragraphs, lists and links; write this as one of them"),
        ("---\n\nx", 1, "A letter holds paragraphs, lists and links; write this as one of them"),
        ("use `code`", 1, "A letter holds paragraphs, lists and links; write this as one of them"),
        ("![map](pictures/map.png)", 1, "A letter holds paragraphs, lists and links; write this as one of them"),
        ("| a | b |\n|---|---|\n| c | d |", 1, "A letter holds paragraphs, lists and links; write this as one of them"),
        ("/// key | x\nwords\n///", 1, "A letter holds paragraphs, lists and links; write this as one of them"),
        ("x\n<i>y</i>", 2, "<i> is no word and isn't read here; write *words*"),
        ("see https://a.example.", 1, "The address https://a.example. stands among the words; write [words](https://…)"),
        ("[a](http://a.example)", 1, 'A link may not begin with "http:"; write https:, mailto: or tel:'),
        ("[a](/policy)", 1, "Write all of the address, from https:"),
        ("[a](https://a.example/{first name})", 1, "Words in braces stand in the address of a link; write them in its words"),
        ("some **stars", 1, "This * opens or closes nothing; write * at both ends of the words, or \\* for the sign itself"),
    ],
)
def test_what_a_letter_can_not_hold(written, line, says):
    assert (line, says) in read(written, KNOWN).problems


@pytest.mark.parametrize("deep", ["> " * 400 + "x", "- " * 300 + "x", "[" * 900, "*" * 1999, "{" * 1999, "(" * 900 + "[a](https://"])
def test_nothing_hangs_or_breaks_it(deep):
    found = read(deep[:2000], KNOWN)
    assert found.problems or found.filled(WORDS)
