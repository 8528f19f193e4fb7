"""The questions of confidence that a course may ask before it begins and after it ends."""

from pathlib import Path

import pytest

from induction.content.model import ConfidenceQuestion
from induction.content.reading import library
from tests.content.folders import COURSE, INDEX, LESSON

ASKED = """\
confidence:
  saying-no: {ask: How ready do you feel to say no?, talk: saying no kindly}
  late-writing:
    ask: "How ready do you feel for this: a pupil writes at night?"
    talk: what to do when a pupil writes at night
"""


def index(more: str) -> str:
    """The course's file with more in its front matter. What is added begins on line 7."""
    return INDEX.replace("\n---\n\n", f"\n{more}---\n\n", 1)


def test_questions_are_read_in_their_order(folder):
    folder.write(COURSE, index(ASKED))
    reading = folder.read()
    assert reading.problems == ()
    assert reading.library.courses["c"].confidence == (
        ConfidenceQuestion("saying-no", "How ready do you feel to say no?", "saying no kindly"),
        ConfidenceQuestion("late-writing", "How ready do you feel for this: a pupil writes at night?", "what to do when a pupil writes at night"),
    )


def test_a_course_need_not_ask(folder):
    assert folder.read().library.courses["c"].confidence == ()


def test_questions_are_words_alone_and_never_markup(folder):
    folder.write(COURSE, index('confidence:\n  a: {ask: "<b>Ready</b> for {{ school }}?", talk: "*x*"}\n'))
    assert folder.read().library.courses["c"].confidence == (ConfidenceQuestion("a", "<b>Ready</b> for {{ school }}?", "*x*"),)


def test_five_are_enough(folder):
    asked = "".join(f"  q{number}: {{ask: Ready?, talk: x}}\n" for number in range(1, 6))
    folder.write(COURSE, index(f"confidence:\n{asked}"))
    assert folder.said() == []
    folder.write(COURSE, index(f"confidence:\n{asked}  q6: {{ask: Ready?, talk: x}}\n  q7: {{ask: Ready?, talk: x}}\n"))
    assert folder.said() == ["index.md:13: more than 5 questions of confidence stand here; keep the 5 that matter most"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("confidence: yes", "index.md:7: the questions of confidence have no names; write each on an indented line, as `saying-no: {ask: "),
        ("confidence:", "index.md:7: the questions of confidence have no names; write each on an indented line"),
        ("confidence:\n  - ask: x", "index.md:7: the questions of confidence have no names; write each on an indented line"),
        ("confidence:\n  saying-no: Say no?", 'index.md:8: the question "saying-no" lacks its two parts; write `saying-no: {ask: How ready'),
        ("confidence:\n  saying-no:", 'index.md:8: the question "saying-no" lacks its two parts; write `saying-no: {ask: How ready'),
        ("confidence:\n  a: {ask: x}", "index.md:8: `talk` is missing; write `talk: …`"),
        ("confidence:\n  a: {talk: x}", "index.md:8: `ask` is missing; write `ask: …`"),
        ("confidence:\n  a: {ask: , talk: x}", "index.md:8: `ask` is empty; write `ask: …`"),
        ("confidence:\n  a: {ask: [x], talk: x}", "index.md:8: `ask` is not plain words; write it on one line as `ask: …`"),
        ("confidence:\n  a: {ask: x, tlak: x}", 'index.md:8: unknown key "tlak"; write "talk"'),
        ("confidence:\n  a b: {ask: x, talk: x}", 'index.md:8: "a b" can\'t name a question of confidence; write letters, digits and hyphens'),
        ("confidence:\n  a: {ask: x, talk: x}\n  A: {ask: y, talk: y}", 'index.md:9: two questions of confidence are called "A", apart from capitals; '),
        ("confidence:\n  a: {ask: x, talk: x}\n  a: {ask: y, talk: y}", 'index.md:9: the key "a" is given twice; keep one of them'),
        ("confidense:\n  a: {ask: x, talk: x}", 'index.md:7: unknown key "confidense"; write "confidence"'),
    ],
)
def test_questions_that_are_wrong(folder, more, said):
    folder.write(COURSE, index(f"{more}\n"))
    assert any(line.startswith(said) for line in folder.said()), folder.said()


def test_no_lesson_takes_their_address(folder):
    folder.write("courses/c/02-Confidence.md", LESSON)
    assert folder.said() == [
        '02-Confidence.md:1: no lesson can be called "confidence", which is the address of a course\'s questions; give the file another name'
    ]


def test_the_shipped_course_asks_three():
    shipped = library.read(Path(__file__).parents[2], None).library.courses["professional-boundaries-online"]
    assert [question.name for question in shipped.confidence] == ["saying-no", "pupil-in-trouble", "something-about-me"]
    assert all(question.ask.endswith("?") and question.talk[0].islower() for question in shipped.confidence)
    assert not any(question.talk.endswith(".") for question in shipped.confidence), "a sentence goes on after it"
