"""Marking a reader's answers as the product marks them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from induction.content.model import Rating
from induction.rules.judging import Judgement, judge

from .papers import Item

ANSWER = re.compile(r"(\d+)\s*[.):]?\s*([A-Za-z](?:[\s,]*[A-Za-z])*)")
UNANSWERED = Judgement(Rating.POOR, Fraction(0))

Answers = Mapping[int, tuple[str, ...]]  # letters, by the number on the paper


class NoAnswer(Exception):
    """A line of an answer file can't be read. The message says which, and what to write instead."""


@dataclass(frozen=True, slots=True)
class Marked:
    """One item with what was chosen, and what it is worth."""

    item: Item
    chosen: tuple[str, ...]
    judgement: Judgement


def read_answers(text: str, asked: Sequence[Item]) -> Answers:
    """The answers of a file with `1 B` or `7 A C` on each line. Raises NoAnswer."""
    known = {item.number: item for item in asked}
    answers: dict[int, tuple[str, ...]] = {}
    for line, words in enumerate(text.splitlines(), 1):
        if not words.strip():
            continue
        found = ANSWER.fullmatch(words.strip())
        if not found:
            raise NoAnswer(f"line {line}: {words.strip()!r} is no answer; write a number and a letter, as in `7 B`")
        number, letters = int(found[1]), tuple(sorted(set(re.findall("[A-Z]", found[2].upper()))))
        if number not in known or number in answers:
            raise NoAnswer(f"line {line}: {number} {'is answered twice' if number in answers else 'is not on this paper'}")
        _offered(line, known[number], letters)
        answers[number] = letters
    return answers


def _offered(line: int, item: Item, letters: tuple[str, ...]) -> None:
    if unknown := set(letters) - item.lettered.keys():
        raise NoAnswer(f"line {line}: {item.number} has no {min(unknown)}; write one of {' '.join(item.lettered)}")
    if len(letters) > 1 and not item.scene.choose_all:
        raise NoAnswer(f"line {line}: {item.number} asks for one option; write one letter")


def mark(asked: Sequence[Item], answers: Answers) -> list[Marked]:
    """Each item marked; one without an answer is worth nothing."""
    return [_marked(item, answers.get(item.number, ())) for item in asked]


def _marked(item: Item, letters: tuple[str, ...]) -> Marked:
    numbers = [item.lettered[letter].number for letter in letters]
    return Marked(item, letters, judge(item.scene, numbers) if numbers else UNANSWERED)


def percent(marks: Sequence[Fraction]) -> float:
    return float(100 * sum(marks, Fraction(0)) / len(marks)) if marks else 0.0


def chance(asked: Sequence[Item]) -> float:
    """What somebody gets, out of 100, who picks one option of each blindly."""
    blind = [[judge(item.scene, [option.number]).mark for option in item.options] for item in asked]
    return percent([sum(marks, Fraction(0)) / len(marks) for marks in blind])


def report(marked: Sequence[Marked]) -> Iterator[str]:
    """Lines: the mark, each lesson's, and what was missed."""
    asked = [each.item for each in marked]
    breaches = sum(each.judgement.rating is Rating.BREACH for each in marked)
    unanswered = [str(each.item.number) for each in marked if not each.chosen]
    yield f"Mark {percent([each.judgement.mark for each in marked]):.0f} of 100; picking blind {chance(asked):.0f}."
    yield f"Over the line in {breaches} of {len(marked)}."
    if unanswered:
        yield f"Not answered: {', '.join(unanswered)}."
    yield ""
    for course, lesson in dict.fromkeys((item.course, item.lesson) for item in asked):
        marks = [each.judgement.mark for each in marked if (each.item.course, each.item.lesson) == (course, lesson)]
        yield f"{percent(marks):4.0f}  {course}/{lesson} ({len(marks)})"
    for each in marked:
        if each.judgement.mark < 1:
            yield from ("", *_missed(each))


def _missed(each: Marked) -> Iterator[str]:
    yield f"{each.item.number}  {each.item.course}/{each.item.name}"
    for letter in each.chosen:
        option = each.item.lettered[letter]
        yield f"    chose {letter} ({option.rating}): {option.label}"
    for letter in key(each.item):
        yield f"    best  {letter}: {each.item.lettered[letter].label}"


def key(item: Item) -> list[str]:
    """The letters that earn the full mark: one of them, or all of them where all that apply are chosen."""
    good = (Rating.BEST, Rating.FINE) if item.scene.choose_all else (Rating.BEST,)
    return [letter for letter, option in item.lettered.items() if option.rating in good]
