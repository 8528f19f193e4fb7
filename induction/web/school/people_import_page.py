"""What a list would do, as a page: what is to be mended, what is to be agreed to, and everybody in it, line by line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ...records.people.person import Person
from ...rules.names import called
from ...rules.roles import Role
from ...rules.text import folded
from ...services import people_mentors
from ...services.people_file.headings import Column
from ...services.people_file.row import LineProblem
from ...services.people_mentors import LEAVE, MAKE, UnknownMentor
from ...services.people_plan import PersonChange, State
from ...services.people_preview import Preview
from ...wording import dates
from ...wording import people_import as wording
from ..parts.paging import list_address, within
from ..site import today

AT_ONCE = 25  # lines to mend, and mentors to ask about, on a page
PER_PAGE = 50
FIELDS = {"name": Column.NAME, "email": Column.EMAIL, "role": Column.ROLE, "mentor": Column.MENTOR, "due": Column.DUE,
          "start": Column.START, "left": Column.LEFT, "groups": Column.GROUPS}  # fmt: skip
SHOWS = ("new", "back", "changed", "same", "weighty", "missing")  # what the list below may be asked to show alone


@dataclass(frozen=True, slots=True)
class CellField:
    """A cell in trouble, to be mended."""

    name: str
    label: str
    value: str
    error: str


@dataclass(frozen=True, slots=True)
class LineToMend:
    line: int
    who: str
    words: tuple[str, ...]  # of what is wrong with the line as a whole
    fields: tuple[CellField, ...]
    can_be_left_out: bool
    leave_out: bool  # whether that is ticked beforehand


@dataclass(frozen=True, slots=True)
class MentorQuestion:
    """Somebody named as a mentor who is none."""

    line: int  # the first that names them
    words: str
    of: str  # whose mentor that would be
    error: str
    choices: Mapping[str, str]
    chosen: str


@dataclass(frozen=True, slots=True)
class Cell:
    now: str
    then: str

    @property
    def differs(self) -> bool:
        return self.now != self.then


@dataclass(frozen=True, slots=True)
class ListedLine:
    """One person of the list, or who isn't in it."""

    where: str  # *line 5*; empty where they are not in the list
    state: str
    email: str
    name: Cell
    role: Cell
    mentor: Cell
    due: Cell
    days: Cell  # from when until when they are here
    groups: Cell
    words: tuple[str, ...] = ()  # what of it has to be agreed to


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why nothing was done, and what is to be ticked where that is it."""

    title: str
    words: str
    tick: str = ""


@dataclass(frozen=True, slots=True)
class PreviewPage:
    id: int
    file: str
    notes: tuple[str, ...]
    lead: str
    to_mend: tuple[LineToMend, ...]
    mentors: tuple[MentorQuestion, ...]
    more_to_mend: int
    things: int  # to mend
    troubled: int  # lines that they are on
    weighty: tuple[LineProblem, ...]
    more_weighty: int
    namesakes: tuple[tuple[int, str], ...]  # line and words of who may be here already
    left_out: tuple[tuple[int, str], ...]
    missing: str
    button: str
    saw: str
    lines: tuple[ListedLine, ...]
    shows: Mapping[str, str]
    show: str
    page: int
    pages: int
    days: bool  # whether any of the lines has a first or a last day
    trouble: Trouble | None
    agreed: bool
    with_groups: bool  # whether the list says anything of groups

    def address(self, page: int) -> str:
        return list_address(f"/school/people/import/{self.id}", page, self.show, "") + "#list"


def preview_page(preview: Preview, show: str, trouble: Trouble | None = None, agreed: bool = False) -> PreviewPage:
    counts = Counter(change.state.value for change in preview.plan.changes)
    unknown = people_mentors.unknown(preview)
    to_mend = _lines_to_mend(preview, {line for each in unknown for line in each.lines})
    weighty, missing = preview.plan.weighty, preview.missing
    show = show if show in SHOWS else ""
    rows = _Rows(preview)
    listed = rows.of(show)
    page, pages = within(len(listed), PER_PAGE)
    lines = tuple(rows.drawn(each) for each in listed[(page - 1) * PER_PAGE : page * PER_PAGE])
    return PreviewPage(
        id=preview.kept.id, file=preview.kept.file, notes=preview.sheet.notes, lead=wording.would_do(counts),
        to_mend=tuple(to_mend[:AT_ONCE]),
        mentors=tuple(_question(preview, each) for each in unknown[:AT_ONCE]),
        more_to_mend=len(to_mend[AT_ONCE:]) + sum(len(each.lines) for each in unknown[AT_ONCE:]),
        things=len(to_mend) + len(unknown),
        troubled=len({problem.line for problem in preview.plan.problems}),
        weighty=weighty[:PER_PAGE], more_weighty=len(weighty[PER_PAGE:]),
        namesakes=_namesakes(preview),
        left_out=tuple((line, _who(preview, line)) for line in preview.left_out[:PER_PAGE]),
        missing=wording.not_in_it([each.name for each in missing[:4]], len(missing)) if missing else "",
        button="" if preview.plan.problems else wording.button(counts),
        saw=preview.fingerprint,
        lines=lines,
        shows=wording.shows(counts, len(missing)), show=show, page=page, pages=pages,
        days=any({each.days.now, each.days.then} != {wording.NO_DAYS} for each in lines),
        trouble=trouble, agreed=agreed, with_groups=any(each.groups is not None for each in preview.plan.changes),
    )  # fmt: skip


# What is to be mended


def _lines_to_mend(preview: Preview, asked: set[int]) -> list[LineToMend]:
    """By line; but for those whose only trouble is a mentor who is asked about by name."""
    by_line: dict[int, list[LineProblem]] = {}
    for problem in preview.plan.problems:
        if problem.column is not Column.MENTOR or problem.line not in asked:
            by_line.setdefault(problem.line, []).append(problem)
    return [_line_to_mend(preview, line, problems) for line, problems in by_line.items()]


def _line_to_mend(preview: Preview, line: int, problems: Sequence[LineProblem]) -> LineToMend:
    said, whole = preview.sheet.said.get(line, {}), [problem for problem in problems if problem.column is None]
    wrong = {problem.column: problem for problem in reversed(problems) if problem.column}
    anew = {*FIELDS.values()} - {Column.START, Column.LEFT} if said and any(not problem.leave_out for problem in whole) else set()
    fields = [
        CellField(
            f"cell-{line}-{name}",
            wording.COLUMNS[column.value],
            (column in wrong and wrong[column].meant) or said.get(column, ""),
            wording.sentence(wrong[column].words) if column in wrong else "",
        )
        for name, column in FIELDS.items() if column in wrong or column in anew
    ]  # fmt: skip
    words = tuple(wording.sentence(each.words) for each in whole)
    leave = all(problem.leave_out for problem in problems)
    return LineToMend(line, _who(preview, line), words, tuple(fields), bool(said or fields), leave)


def _who(preview: Preview, line: int) -> str:
    said = preview.sheet.said.get(line, {})
    return said.get(Column.NAME) or said.get(Column.EMAIL) or ""


def _question(preview: Preview, who: UnknownMentor) -> MentorQuestion:
    choices = {MAKE: f"Make {who.name} a mentor"} if who.email else {}
    choices[LEAVE] = "Name no mentor on these lines" if len(who.lines) > 1 else "Name no mentor on this line"
    names = people_mentors.mentors(preview)
    shared = Counter(map(folded, names.values()))
    choices |= {email: called(name, email, shared[folded(name)] > 1) for email, name in names.items()}
    words, error = wording.named_as_mentor(who.typed, len(who.lines)), wording.no_mentor(who.typed, who.several)
    of = dates.listed([_who(preview, line) for line in who.lines[:4]], len(who.lines))
    return MentorQuestion(who.lines[0], words, of, error, choices, MAKE if who.email else LEAVE)


def _namesakes(preview: Preview) -> tuple[tuple[int, str], ...]:
    """But for those of whom something has to be agreed to, where they can be left out already."""
    asked = {each.line for each in preview.plan.weighty[:PER_PAGE]}
    found = [(change, person) for change, person in preview.namesakes if change.line not in asked]
    return tuple((change.line, wording.namesake(change.name, person.email)) for change, person in found[:AT_ONCE])


# Everybody in the list


class _Rows:
    """Lines of the list as they are drawn: with what people are called."""

    def __init__(self, preview: Preview) -> None:
        self._preview = preview
        self._names = {each.email: each.name for each in preview.known} | {each.email: each.name for each in preview.plan.changes}
        self._last = preview.last_line
        self._emails = {each.id: each.email for each in preview.known}
        self._shared = Counter(map(folded, self._names.values()))
        self._weighty: dict[int, list[str]] = {}
        for each in preview.plan.weighty:
            self._weighty.setdefault(each.line, []).append(each.words)

    def of(self, show: str) -> list[PersonChange | Person]:
        """Those who are asked for; all of the list, those first of whom something is done."""
        if show == "missing":
            return [*self._preview.missing]
        changes = self._preview.plan.changes
        if show == "weighty":
            return [each for each in changes if each.line in self._weighty]
        order = [State.CHANGED, State.BACK, State.NEW, State.SAME]
        return sorted((each for each in changes if show in ("", each.state)), key=lambda each: order.index(each.state))

    def drawn(self, who: PersonChange | Person) -> ListedLine:
        if isinstance(who, Person):
            role, due, groups = _role(who.role), _due(who.due), self._groups(who.id)
            mentor = self._mentor(self._emails.get(who.mentor_id or 0))
            return ListedLine("", "", who.email, *(Cell(each, each) for each in (who.name, role, mentor, due, _days(who), groups)))
        before, state = who.before, wording.STATES[who.state]
        belongs = self._groups(before.id) if before else _in_words(who.groups or ())
        moved = _in_words(who.groups or ()) if who.moves else belongs
        then = (who.name, _role(who.role), self._mentor(who.mentor), _due(who.due), _days(who), moved)
        now = then
        if before:
            now = (before.name, _role(before.role), self._mentor(who.mentor_before), _due(before.due), _days(before), belongs)
        words = tuple(self._weighty.get(who.line, ()))
        where = f"line {who.line:,}" if who.line <= self._last else "added here"
        return ListedLine(where, state, who.email, *(Cell(*each) for each in zip(now, then, strict=True)), words)

    def _groups(self, person_id: int) -> str:
        return _in_words(self._preview.groups.get(person_id, ()))

    def _mentor(self, email: str | None) -> str:
        if not email:
            return "nobody"
        name = self._names.get(email, email)
        return called(name, email, self._shared[folded(name)] > 1)


def _role(role: Role) -> str:
    return role.value.capitalize()


def _in_words(groups: Sequence[str]) -> str:
    return ", ".join(groups) or "none"


def _due(due: date | None) -> str:
    return dates.short_day(due, today()) if due else "no date"


def _days(who: PersonChange | Person) -> str:
    return wording.days(who.starts, who.ends, today())


CELL = re.compile(r"cell-([0-9]{1,7})-([a-z]+)")
