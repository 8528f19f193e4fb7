"""The nouns of what is taught, as the files say them, before a school's policy is applied.

A noun that may be spoken of when its file is long read knows the line that it stands on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from .clock import Hours
from .link_rules import Places
from .words import Words


class Rating(StrEnum):
    """How an option is judged. Teachers read *over the line* for `breach`."""

    BEST = "best"
    FINE = "fine"
    POOR = "poor"
    BREACH = "breach"


NATIONS = ("england", "wales", "scotland", "northern-ireland")
PHASES = ("primary", "secondary", "all-through")  # an all-through school meets both `primary` and `secondary`


@dataclass(frozen=True, slots=True)
class Fact:
    """What ages: kept once, with where it comes from and the day on which somebody last opened that."""

    name: str
    value: str
    what: str
    source: str
    checked: date | None  # None: to be confirmed
    status_line: int = field(default=0, compare=False)
    nations: tuple[str, ...] = ()  # those on whose Help it stands; none: all

    def is_for(self, nation: str) -> bool:
        return not self.nations or nation in self.nations


@dataclass(frozen=True, slots=True)
class Fill:
    """What a school that takes a stance writes beside it: a line, or a list of one thing a line."""

    word: str  # the word in braces that it fills in
    ask: str
    until: str  # what stands there where the school takes another stance, or has not written it yet
    several: bool = False
    facet: str = ""
    stance: str = ""
    times: Hours | None = None  # it asks for clock times; until the school has written its own, scenarios go by these


@dataclass(frozen=True, slots=True)
class Stance:
    name: str
    label: str
    says: str
    needs: str | None = None
    fill: Fill | None = None
    hours: Hours | None = None  # within which it allows something
    nations: tuple[str, ...] = ()  # whose law allows it; none named: everywhere
    elsewhere: str = ""  # why it can't be chosen in the others

    @property
    def usual_hours(self) -> Hours | None:
        """Its hours, where a school has not written its own."""
        return self.hours or (self.fill.times if self.fill else None)

    def allowed_in(self, nation: str) -> bool:
        return not self.nations or nation in self.nations


@dataclass(frozen=True, slots=True)
class Facet:
    """What differs between schools. `stances` run from the strictest; it applies until the school chooses."""

    name: str
    ask: str
    why: str
    stances: tuple[Stance, ...]

    @property
    def title(self) -> str:
        """Its name as words: *Pupil contact*."""
        words = self.name.replace("-", " ").capitalize()
        return words.replace("Ai ", "AI ", 1) if words.startswith("Ai ") else words

    @property
    def cautious(self) -> Stance:
        return self.stances[0]

    def stance(self, name: str) -> Stance | None:
        return next((stance for stance in self.stances if stance.name == name), None)

    def offered_in(self, nation: str) -> tuple[Stance, ...]:
        """The stances that a school there may choose."""
        return tuple(stance for stance in self.stances if stance.allowed_in(nation))


@dataclass(frozen=True, slots=True)
class Theme:
    """What scenarios are sorted by, and the question a mentor can open a conversation with."""

    name: str
    words: str
    question: str | None = None
    danger: bool = False  # a child may be in danger: no choice of the school decides a rating
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class ConfidenceQuestion:
    """A question of confidence, asked at the start and at the end of a course, answered on a scale of five."""

    name: str
    ask: str
    talk: str  # completes *would like to talk about …*


# Ratings that depend on the school's policy

@dataclass(frozen=True, slots=True)
class Term:
    """`FACET is STANCE`, or `is not`. `nation` and `phase` serve as facets."""

    facet: str
    stance: str
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """Any of these, each of which is all of its terms: `and` binds before `or`."""

    any_of: tuple[tuple[Term, ...], ...]


@dataclass(frozen=True, slots=True)
class RatingRule:
    """`[rating; rating if CONDITION; …]`: the first condition that holds wins, else `otherwise`."""

    otherwise: Rating
    cases: tuple[tuple[Rating, Condition], ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    rule: RatingRule
    label: Words
    feedback: Words
    leads_to: str | None  # the id of a scene in the same scenario
    line: int


@dataclass(frozen=True, slots=True)
class Scene:
    """A moment that asks, or one that ends the story without asking (no options)."""

    id: str
    title: Words
    words: Words
    options: tuple[Option, ...]
    choose_all: bool
    line: int


@dataclass(frozen=True, slots=True)
class ReadAgain:
    """What to read again: a lesson of the same course, and perhaps a heading in it."""

    lesson: str
    heading: str | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """The unit of marking. `scenes` starts with the scenario itself, under its own id."""

    id: str
    title: Words
    themes: tuple[str, ...]
    phase: str | None
    warn: str | None
    read: ReadAgain | None
    scenes: Mapping[str, Scene]
    line: int
    twin: str | None = None  # what its heading names; `twins.twins_of` knows which name each other


@dataclass(frozen=True, slots=True)
class Included:
    """Lines of a lesson or quiz that come from another file, up to the next that do."""

    line: int  # the first of them in the whole text
    home: str  # the path of the file they stand in
    home_line: int  # the first of them there
    item: int  # the line of `draws` that names them


@dataclass(frozen=True, slots=True)
class Quiz:
    course: str
    slug: str  # that of the lesson it belongs to
    title: str
    ask: int | None  # scenarios in one attempt; all of them if None
    scenarios: tuple[Scenario, ...]
    path: str
    source: str  # the text with what it includes, as stored with an attempt
    included: tuple[Included, ...] = ()

    def fitting(self, school: School) -> tuple[Scenario, ...]:
        """The scenarios that a school of this phase meets."""
        return tuple(each for each in self.scenarios if each.phase is None or school.has_phase(each.phase))


@dataclass(frozen=True, slots=True)
class Heading:
    id: str
    title: Words


@dataclass(frozen=True, slots=True)
class Source:
    """What a lesson stands on. Where nations are named, readers elsewhere don't see it."""

    words: str
    nations: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Lesson:
    course: str
    slug: str
    number: int
    title: str
    summary: str
    minutes: int | None
    reviewed: date | None
    sources: tuple[Source, ...]
    words: Words
    headings: tuple[Heading, ...]  # those with an explicit id
    path: str
    source: str  # the text with what it includes
    included: tuple[Included, ...] = ()
    reviewed_line: int = field(default=0, compare=False)
    anchors: frozenset[str] = frozenset()  # the ids in it that stand there whatever the school


@dataclass(frozen=True, slots=True)
class Course:
    slug: str
    title: str
    summary: str
    audience: str
    pass_mark: int  # per cent
    renewal: str | None
    themes: Mapping[str, Theme]
    words: Words
    lessons: tuple[Lesson, ...]
    quizzes: Mapping[str, Quiz]  # by the lesson's slug
    path: str
    source: str
    by_name: bool = False  # given to the people whom a lead names for it, and to nobody else
    confidence: tuple[ConfidenceQuestion, ...] = ()  # asked at the start and at the end
    themes_from: str = ""  # the course whose themes are this one's too
    themes_from_line: int = field(default=0, compare=False)
    anchors: frozenset[str] = frozenset()  # the ids in its words that stand there whatever the school

    def lesson(self, slug: str) -> Lesson | None:
        return next((lesson for lesson in self.lessons if lesson.slug == slug), None)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that may be shown: the name it is served under, which is the SHA-256 of its bytes and its kind, and its size."""

    file: str
    width: int  # pixels
    height: int


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that is taught here: shipped, with the school's own laid over it."""

    courses: Mapping[str, Course]
    facts: Mapping[str, Fact]
    facets: Mapping[str, Facet]
    nations: Mapping[str, Mapping[str, str]]  # nation -> word -> words
    fills: Mapping[str, Fill] = field(default_factory=dict)  # of all stances, by their word
    pictures: Mapping[str, Picture | str] = field(default_factory=dict)  # by path; words are what is wrong with one
    places: Places = field(default_factory=Places)  # where links within the site may lead
    times: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # of an edition: times that hung on policy, as they were
    policy_text: str = ""  # the Markdown of `courses/policy.md`, the policy's text before a school's words are filled in


@dataclass(frozen=True, slots=True)
class Choice:
    """What a school chooses on a facet: the name of a stance, and what it writes beside it."""

    facet: str
    stance: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What a school writes for its policy. `ties` name the section, by its id, that speaks of a facet."""

    only: bool = False  # its words are the whole text, in place of the shipped one
    words: str = ""
    ties: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class School:
    """What a school says of itself: everything its lessons and judgements depend on.

    `words` holds the words in braces that come from the school (`safeguarding lead`, …); `choices` what it
    has chosen, by facet. A facet that is not in `choices` stands at its cautious stance.
    """

    name: str
    nation: str = "england"
    phase: str = "all-through"
    words: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, Choice] = field(default_factory=dict)
    policy_version: int = 0  # 0 until the school has chosen anything
    policy_since: date | None = None

    def has_phase(self, phase: str) -> bool:
        """Whether it is of this phase, which an all-through school is of each."""
        return self.phase in (phase, "all-through")
