"""Confidence before and after a course, in words: the scale, what has changed, and what its page says. Never a mark."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..content.model import ConfidenceQuestion
from ..rules.confidence import AnswersByMoment, Moment
from .numbers import counted
from .sentences import sentence

SCALE = {1: "not at all", 2: "a little", 3: "partly", 4: "mostly", 5: "fully"}
LEFT_OPEN = "left open"
_WHEN = {Moment.BEFORE: "start", Moment.AFTER: "end"}
_HEADINGS = {Moment.BEFORE: "Before you begin", Moment.AFTER: "At the end", None: "How ready you feel"}


# Question by question


@dataclass(frozen=True, slots=True)
class ConfidenceChange:
    """One question: what was said at the start and at the end. None where it was left open or not asked."""

    ask: str
    before: int | None
    after: int | None
    words: str  # *At the start: a little. At the end: mostly. That is more than at the start.*


def changes(questions: Iterable[ConfidenceQuestion], said: AnswersByMoment) -> list[ConfidenceChange]:
    """Question by question; nothing where every stage was skipped. One that is asked no more goes by its name."""
    asks = {question.name: question.ask for question in questions}
    answered = [name for answers in said.values() for name in answers]
    if not answered:
        return []
    names = list(dict.fromkeys([*asks, *answered]))
    return [_change(asks.get(name, name.replace("-", " ")), name, said) for name in names]


def _change(ask: str, name: str, said: AnswersByMoment) -> ConfidenceChange:
    before, after = (said.get(stage, {}).get(name) for stage in Moment)
    spoken = [
        f"At the {_WHEN[stage]}: {SCALE.get(said[stage].get(name, 0), LEFT_OPEN)}." for stage in Moment if stage in said
    ]
    if before and after:
        spoken.append(_compared(before, after))
    return ConfidenceChange(ask, before, after, " ".join(spoken))


def _compared(before: int, after: int) -> str:
    if after == before:
        return "That is the same."
    if after > before:
        return "That is more than at the start."
    return "That is less than at the start, which often means seeing more of what it takes."


def legend(told: Sequence[ConfidenceChange]) -> str:
    """What the signs of the picture are."""
    before, after = any(each.before for each in told), any(each.after for each in told)
    if before and after:
        return "A ring is where you stood at the start, a dot where you stood at the end."
    return f"A {'ring' if before else 'dot'} is where you stood at the {'start' if before else 'end'}."


# The questions


def offered(stage: Moment, count: int, again: bool) -> str:
    """What home offers: so many questions; `again` where those before were answered."""
    questions = counted(count, "question")
    if stage is Moment.BEFORE:
        return f"Before you begin: {questions}, one minute"
    return f"{sentence(questions)} again, to see what has changed" if again else f"At the end: {questions}, one minute"


def heading(stage: Moment | None) -> str:
    """The page's, by the questions that are open now."""
    return _HEADINGS[stage]


def lead(count: int, stage: Moment | None, said: AnswersByMoment) -> str:
    """The page's first sentences: how many questions are open now or, where none are, what it shows."""
    answered = any(said.values())
    if stage is None:
        return _said_when(said) if answered else "A few questions, before the first lesson and after the last."
    asked = counted(count, "question")
    again = f"The same {asked} again" if stage is Moment.AFTER and answered else sentence(asked)
    return f"{again}, one minute. There is no right answer, and you may leave any of them open."


def _said_when(said: AnswersByMoment) -> str:
    if Moment.AFTER not in said:
        return "What you said at the start. The questions come once more when every lesson is done."
    return "What you said at the start and at the end." if Moment.BEFORE in said else "What you said at the end."


def kept_words(stage: Moment, answered: bool, shared: bool, may_share: bool) -> str:
    """What is told once they are saved. `shared`: what was said before is read by a mentor until now; `may_share`: there
    is something to share now, and somebody to share it with.
    """
    if not answered:
        later = " The page opens once more when every lesson is done." if stage is Moment.BEFORE else ""
        return f"Left open, and not offered again.{later}"
    if shared:
        return f"Kept. Your mentor reads nothing of it any more: these are new answers{', so you decide anew below' if may_share else ''}."
    return f"Kept. Nobody else sees it{' unless you share it below' if may_share else ''}."
